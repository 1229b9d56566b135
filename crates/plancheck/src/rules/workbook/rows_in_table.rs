//! WB11: every scheme line lies in the rows that the template's own sums read.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Choice, Computed, Counted, Line, Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, Section};
use crate::workbook::CellRef;
use crate::workbook::area::Runs;
use crate::workbook::formula::{Named, named};

/// WB11 rows-in-table.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB11",
    name: "rows-in-table",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "No scheme line lies outside the rows that the template's own sums read. Which rows those are is read from the formulas of the running balances, of the required spend and of the summary by scheme type.",
    matters: "The template's sums leave out a line below or beside their rows without a word. The balances look right, and the money is in no total that the national team reads.",
    example: "A scheme of £50,000 was pasted into row 460, but the running balances read rows 49 to 448.",
    todo: "Move the line into a free row of the table. Do not insert rows below it.",
    source: super::super::template("formulas of 3. Summary and 5. Expenditure"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// A sum of the template and the rows of the table that it reads.
struct Witness<'a> {
    computed: &'a Computed,
    rows: Runs,
    /// The same, as its formula names them.
    range: String,
}

fn check(plan: &Plan) -> Outcome {
    let lines = match plan.lines(&[Field::Amount]) {
        Ok(lines) => lines,
        Err(waits) => return Outcome::of(Vec::new(), waits),
    };
    let Some(first) = lines.first() else {
        return Outcome::does_not_apply("the expenditure table has no lines");
    };
    let (mut witnesses, mut waits) = (Vec::new(), Vec::new());
    for computed in plan.computed.iter().filter(|it| sums_lines(it.total)) {
        match rows_read(plan, computed, first) {
            Ok(Some((rows, range))) => witnesses.push(Witness { computed, rows, range }),
            Ok(None) => {}
            Err(wait) => waits.push(wait),
        }
    }
    if witnesses.is_empty() {
        if waits.is_empty() {
            waits.push(wait(None, None, "no sum over the lines of the table was found".to_owned()));
        }
        return Outcome::of(Vec::new(), waits);
    }
    // A sum whose rows are not known says nothing, as long as another says where the table ends.
    let findings = lines.iter().filter_map(|line| outside(plan, line, &witnesses));
    Outcome::of(findings.collect(), Vec::new())
}

/// Whether a computed cell adds up lines of the table.
fn sums_lines(total: Total) -> bool {
    match total {
        Total::Spend(_) | Total::Planned(_) | Total::TypeSpend(_) => true,
        Total::Income(_)
        | Total::NhsIncome
        | Total::Pool
        | Total::AllSpend
        | Total::Balance(_)
        | Total::AllBalance
        | Total::Required(_)
        | Total::UnderSpend(_)
        | Total::TypeShare(_)
        | Total::AllTypes
        | Total::Rate(..)
        | Total::Discharges(..) => false,
    }
}

/// The rows that a sum reads. None where it repeats another sum, and a wait where they cannot be told.
fn rows_read(plan: &Plan, computed: &Computed, line: &Line) -> Result<Option<(Runs, String)>, Wait> {
    let cell = computed.figure.cell;
    let place = plan.place(cell);
    if !computed.formula {
        return Err(wait(
            Some("WB05"),
            Some(cell),
            format!("{cell} ({}) is typed, not computed", computed.label),
        ));
    }
    let facts = plan.facts.sheets.get(usize::from(cell.sheet));
    if let Some(Err(why)) = facts.map(|it| &it.formulas) {
        return Err(wait(
            None,
            Some(cell),
            format!("the formula of {place} is not known, because {}", why.0),
        ));
    }
    let Some(formula) = plan.facts.formula_at(cell) else {
        let why = format!("the formula of {place} is not spelt out in this file; save a copy as .xlsx");
        return Err(wait(None, Some(cell), why));
    };
    let unclear =
        || wait(None, Some(cell), format!("the formula of {place} does not name the rows that it reads"));
    let amounts_at = line.amount.cell;
    let (mut amounts, mut ranges) = (Runs::default(), Vec::new());
    // By column: what the amounts are picked by.
    let mut picked_by: BTreeMap<u32, Runs> = BTreeMap::new();
    for it in named(formula) {
        let area = match it {
            Named::Area { sheet, area } => {
                let on = sheet.map_or(Some(usize::from(cell.sheet)), |name| sheet_called(plan, &name));
                on.map(|on| (on, area))
            }
            Named::Name(name) => plan.facts.area_of_name(&plan.sheets, usize::from(cell.sheet), &name),
            Named::Function(name) if UNCLEAR.contains(&name.as_str()) => return Err(unclear()),
            Named::Columns | Named::Outside(_) => return Err(unclear()),
            Named::Function(_) => None,
        };
        let Some((_, area)) = area.filter(|it| it.0 == usize::from(amounts_at.sheet)) else { continue };
        let single = area.first_row == area.last_row;
        if area.has_col(amounts_at.col) {
            // A cell above the table is a sum that stands in the same column, and is repeated.
            if !single || area.first_row >= amounts_at.row {
                amounts.add(area.first_row, area.last_row);
                ranges.push(area.to_string());
            }
        } else if !single {
            picked_by.entry(area.first_col).or_default().add(area.first_row, area.last_row);
        }
    }
    if amounts.is_empty() {
        return Ok(None);
    }
    // A line must be in the rows of the amounts and in those of whatever they are picked by. An area that
    // shares no row with the amounts is there for something else.
    let mut rows = amounts.clone();
    for other in picked_by.values().filter(|it| !amounts.and(it).is_empty()) {
        rows = rows.and(other);
    }
    ranges.sort_unstable();
    ranges.dedup();
    Ok(Some((rows, ranges.join(" and "))))
}

/// Functions that work a reference out.
const UNCLEAR: [&str; 3] = ["INDIRECT", "OFFSET", "INDEX"];

fn sheet_called(plan: &Plan, name: &str) -> Option<usize> {
    plan.sheets.iter().position(|it| it.to_lowercase() == name.to_lowercase())
}

fn wait(on: Option<&'static str>, cell: Option<CellRef>, why: String) -> Wait {
    Wait { on, cell, why, missing_value: false }
}

/// The finding on a line that a sum should read and does not.
fn outside(plan: &Plan, line: &Line, witnesses: &[Witness<'_>]) -> Option<Finding> {
    let row = line.amount.cell.row;
    let missed = |it: &&Witness<'_>| !it.rows.contains(row);
    let own: Vec<&Witness<'_>> = witnesses.iter().filter(|it| counts(it.computed.total, line)).collect();
    let missing: Vec<&Witness<'_>> = if own.is_empty() {
        // No sum that is known picks this line: it is outside only where it is outside of all of them.
        let missing: Vec<&Witness<'_>> = witnesses.iter().filter(missed).collect();
        if missing.len() < witnesses.len() { Vec::new() } else { missing }
    } else {
        own.into_iter().filter(missed).collect()
    };
    let first = missing.first()?;
    let amount = match line.amount.get().value() {
        Some(amount) => format!("{} of ", money::show_pounds(amount)),
        None => String::new(),
    };
    let label = line.label();
    let sums: BTreeSet<String> = missing
        .iter()
        .map(|it| format!("{} ({}, {})", it.computed.label, plan.place(it.computed.figure.cell), it.range))
        .collect();
    let count = sums.len();
    let shown: Vec<String> = sums.into_iter().take(2).collect();
    let more = if count > shown.len() { format!(" and {} more", count - shown.len()) } else { String::new() };
    let sheet = plan.sheet_name(line.amount.cell);
    Some(
        Finding::new(State::NotMet, line.about(), format!("Row {} lies outside the table's sums", row + 1))
            .message(format!(
                "Row {} of sheet {sheet} ({amount}{label}) lies outside the rows that the template's own sums read: \
                 {}{more}.",
                row + 1,
                shown.join("; ")
            ))
            .todo(format!(
                "Move the line into a free row of {}, or copy the formula back from an untouched template if it was \
                 changed. Then recalculate.",
                first.range
            ))
            .ask(format!("Ask whether {label} is part of the plan: the template's totals leave it out."))
            .cell(line.amount.cell, "amount")
            .cells(missing.iter().map(|it| it.computed.figure.cell), "sum")
            .expected(first.range.clone(), line.amount.cell.a1()),
    )
}

/// Whether a sum is meant to count a line.
fn counts(total: Total, line: &Line) -> bool {
    match total {
        Total::Spend(source) => matches!(line.source.get(), Choice::Known(it) if it.idx == source),
        Total::Planned(minimum) => matches!(line.counts(minimum), Counted::Share(_)),
        Total::TypeSpend(scheme_type) => {
            line.scheme_type.get().known().is_some_and(|it| it.name == scheme_type.name)
        }
        Total::Income(_)
        | Total::NhsIncome
        | Total::Pool
        | Total::AllSpend
        | Total::Balance(_)
        | Total::AllBalance
        | Total::Required(_)
        | Total::UnderSpend(_)
        | Total::TypeShare(_)
        | Total::AllTypes
        | Total::Rate(..)
        | Total::Discharges(..) => false,
    }
}
