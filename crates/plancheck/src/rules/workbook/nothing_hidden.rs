//! WB07: nothing that the rules read is hidden.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Held, Leaf, Plan};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::workbook::facts::{SheetFacts, TabState};
use crate::workbook::{CellRef, column_name};

/// WB07 nothing-hidden.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB07",
    name: "nothing-hidden",
    class: Class::Workbook,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No amount, chosen option or answer stands in a hidden row, column or sheet. Rows that a filter leaves out, and those of no height, count as hidden. Blank cells, zeros, the template's own totals and its look-up lists do not.",
    matters: "What is hidden still counts in every total, but nobody who reads the workbook sees it: a reviewer cannot check what they do not know is there.",
    example: "Rows 61 to 63 of the expenditure sheet are hidden and hold three schemes of £120,000 together.",
    todo: "Unhide the rows, columns or sheets (select all, right-click a row or column heading, Unhide), and clear any filter. Clear a line only if it is not part of the plan.",
    source: super::super::template("1. Guidance: Note on entering information into this template"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Plan(check),
};

/// What somebody enters or chooses. What the template works out is not looked for.
const ENTERED: [Leaf; 3] = [Leaf::Figure, Leaf::Share, Leaf::Text];
/// Cells that a finding marks at most.
const MOST_CELLS: usize = 200;

/// Something hidden as a whole: a sheet, or rows or columns next to each other on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hidden {
    Sheet,
    Rows(u32, u32),
    Cols(u32, u32),
}

fn check(plan: &Plan) -> Outcome {
    let mut waits: Vec<Wait> = Vec::new();
    let (mut seen, mut unread) = (BTreeSet::new(), BTreeSet::new());
    let mut groups: BTreeMap<(u16, Hidden), Vec<Held>> = BTreeMap::new();
    let of = |cell: CellRef| plan.facts.sheets.get(usize::from(cell.sheet)).and_then(|it| hidden(it, cell));
    // What was not found may be hidden as well.
    waits.extend(plan.lost_entries());
    for held in plan.ledger.held(&ENTERED, |cell| of(cell).is_some() || why_unread(plan, cell).is_some()) {
        if let Some(how) = of(held.cell) {
            // One cell may be read as several leaves.
            if seen.insert(held.cell) {
                groups.entry((held.cell.sheet, how)).or_default().push(held);
            }
        } else if unread.insert(held.cell.sheet) {
            waits.extend(why_unread(plan, held.cell));
        }
    }
    let money = Money::of(plan);
    let findings = groups.iter().map(|((sheet, how), held)| finding(plan, &money, *sheet, *how, held));
    Outcome::of(findings.collect(), waits)
}

/// How a cell is hidden, if it is. A hidden sheet hides everything, and a row before a column.
fn hidden(facts: &SheetFacts, cell: CellRef) -> Option<Hidden> {
    if facts.state != TabState::Visible {
        return Some(Hidden::Sheet);
    }
    let rows = facts.hidden_rows.as_ref().ok().and_then(|it| it.run_of(cell.row));
    let cols = facts.hidden_cols.as_ref().ok().and_then(|it| it.run_of(cell.col));
    rows.map(|it| Hidden::Rows(it.0, it.1)).or(cols.map(|it| Hidden::Cols(it.0, it.1)))
}

fn why_unread(plan: &Plan, cell: CellRef) -> Option<Wait> {
    let facts = plan.facts.sheets.get(usize::from(cell.sheet))?;
    let why = facts.hidden_rows.as_ref().err().or(facts.hidden_cols.as_ref().err())?;
    let why = format!("what is hidden on sheet {}, because {}", plan.sheet_name(cell), why.0);
    Some(Wait { on: None, cell: None, why, missing_value: false })
}

/// Where there is money.
struct Money {
    /// Every amount in the plan that somebody enters, and its cell.
    amounts: BTreeMap<CellRef, Decimal>,
    /// The rows of the scheme lines, each with its sheet.
    lines: BTreeSet<(u16, u32)>,
}

impl Money {
    fn of(plan: &Plan) -> Self {
        let lines = plan.expenditure.iter().flat_map(|it| &it.lines).map(|it| it.amount.cell);
        Money { amounts: amounts(plan), lines: lines.map(|it| (it.sheet, it.row)).collect() }
    }
}

fn amounts(plan: &Plan) -> BTreeMap<CellRef, Decimal> {
    let rows = plan.streams.iter().flat_map(|it| it.rows.iter().flatten().chain(&it.districts));
    let lines = plan.expenditure.iter().flat_map(|it| &it.lines);
    let minimums = plan.minimums.iter().filter_map(|it| it.required.as_ref().ok());
    let spend = plan.capacity.iter().flat_map(|it| [&it.overall_spend, &it.related_spend]).flatten();
    let figures = rows.map(|it| &it.amount).chain(lines.map(|it| &it.amount)).chain(minimums).chain(spend);
    figures.filter_map(|it| Some((it.cell, it.peek().value()?))).collect()
}

fn finding(plan: &Plan, money: &Money, sheet: u16, how: Hidden, held: &[Held]) -> Finding {
    let at = CellRef { sheet, row: 0, col: 0 };
    let name = plan.sheet_name(at);
    let very = plan.facts.sheets.get(usize::from(sheet)).is_some_and(|it| it.state == TabState::VeryHidden);
    let numbered = |what: &str, first: String, last: String| {
        if first == last { format!("{what} {first}") } else { format!("{what}s {first} to {last}") }
    };
    let many = matches!(how, Hidden::Rows(a, b) | Hidden::Cols(a, b) if a != b);
    let is = if many { "are" } else { "is" };
    // "Rows 61 to 63".
    let (numbers, kind) = match how {
        Hidden::Sheet => (String::new(), "hidden sheet"),
        Hidden::Rows(first, last) => {
            (numbered("Row", (first + 1).to_string(), (last + 1).to_string()), "hidden rows")
        }
        Hidden::Cols(first, last) => {
            (numbered("Column", column_name(first), column_name(last)), "hidden columns")
        }
    };
    let (place, title) = match how {
        Hidden::Sheet => (format!("Sheet {name}"), format!("Sheet {name} is hidden")),
        Hidden::Rows(..) | Hidden::Cols(..) => {
            (format!("{numbers} of sheet {name}"), format!("{numbers} of {name} {is} hidden"))
        }
    };
    let filtered = if matches!(how, Hidden::Rows(..)) { " or filtered out" } else { "" };
    let (mut cells, mut total, mut counted) = (Vec::new(), Decimal::ZERO, 0_usize);
    for it in held {
        cells.push(it.cell);
        if let Some(amount) = money.amounts.get(&it.cell) {
            total = total.saturating_add(*amount);
            counted += 1;
        }
    }
    cells.sort_unstable();
    let unhide = match how {
        Hidden::Sheet if very => {
            "Show the sheet again. It is hidden so that Unhide does not list it: in Excel press Alt+F11, choose the \
             sheet and set Visible to -1, or ask whoever hid it."
                .to_owned()
        }
        Hidden::Sheet => "Right-click any tab, choose Unhide, and show the sheet again.".to_owned(),
        Hidden::Rows(first, last) => {
            let clear = match money.lines.range((sheet, first)..=(sheet, last)).take(2).count() {
                0 => "",
                1 => " Clear the line only if it is not part of the plan.",
                _ => " Clear a line only if it is not part of the plan.",
            };
            format!("Unhide {}, or clear the filter.{clear}", lower(&numbers))
        }
        Hidden::Cols(..) => format!("Unhide {}.", lower(&numbers)),
    };
    let subject = held.first().map_or("", |it| it.what.as_str());
    let about = match how {
        Hidden::Sheet => format!("{kind}: {name}"),
        Hidden::Rows(..) | Hidden::Cols(..) => format!("{kind}: {subject}"),
    };
    Finding::new(State::NeedsJudgement, about, title)
        .message(format!(
            "{place} {is} hidden{filtered} and {}: {}.",
            holds(cells.len(), counted, total, many),
            listed(&cells)
        ))
        .todo(unhide)
        .ask(format!(
            "Ask why {} {is} hidden, and whether what stands there is part of the plan.",
            lower(&place)
        ))
        .cells(cells.into_iter().take(MOST_CELLS), "hidden")
}

/// "holds £120,000 in 3 amounts and 24 other entries".
fn holds(entries: usize, amounts: usize, total: Decimal, many: bool) -> String {
    let verb = if many { "hold" } else { "holds" };
    let count = |number: usize, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{} {more}", money::show_number(number.into(), 0)),
    };
    let others = entries - amounts.min(entries);
    match (amounts, others) {
        (0, others) => format!("{verb} {}", count(others, "entry", "entries")),
        (amounts, 0) => {
            format!("{verb} {} in {}", money::show_pounds(total), count(amounts, "amount", "amounts"))
        }
        (amounts, others) => format!(
            "{verb} {} in {} and {}",
            money::show_pounds(total),
            count(amounts, "amount", "amounts"),
            count(others, "other entry", "other entries")
        ),
    }
}

/// "B50, C50, D50 and 11 more".
fn listed(cells: &[CellRef]) -> String {
    let names: Vec<String> = cells.iter().take(6).map(|it| it.a1()).collect();
    let more = cells.len() - names.len();
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

/// A place in the middle of a sentence.
fn lower(place: &str) -> String {
    let mut letters = place.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
