//! WB04: formulas show what their inputs give.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Computed, Figure, Leaf, Plan, Total, Trouble};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::workbook::CellRef;

/// WB04 cached-values-current.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB04",
    name: "cached-values-current",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Every formula that holds a total, balance, rate or share shows what its inputs give, and no cell that the rules read shows an error.",
    matters: "Assurers read the figures that are shown. A total saved before the last change, or an error such as #REF!, misleads them about a plan that may be right.",
    example: "The running balance still shows £0 after a line was raised by £1, because the workbook was saved without being recalculated.",
    todo: "Open the workbook in Excel, press Ctrl+Alt+F9 to recalculate everything, look at the cells again and save.",
    source: super::super::template("formulas of 3. Summary, 4. Income, 5. Expenditure and 6. Metrics"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Plan(check),
};

/// What names the finding on formulas saved without values, whose cure is to open and save the workbook.
pub(crate) const NO_SAVED_VALUES: &str = "formulas without saved values";

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let spreads = errors_that_spread(plan);
    let (mut unknowable, mut not_counted) = (BTreeSet::new(), Vec::new());
    for computed in plan.computed.iter().filter(|it| it.formula) {
        let figure = computed.figure.get();
        if *figure == Figure::NoValue {
            continue;
        }
        match (plan.totals().expected(computed.total), figure.value()) {
            // No other finding names a blank that it divides by: the error is named here.
            (Err(waits), _)
                if matches!(figure, Figure::Error(_)) && waits.iter().all(|it| it.on.is_none()) => {}
            // What it shows, be it an error, only follows from a cell that has a finding of its own.
            (Err(_), _) => {
                unknowable.insert(computed.figure.cell);
            }
            (Ok(_), None) if matches!(figure, Figure::Error(it) if spreads.contains(it)) => {
                unknowable.insert(computed.figure.cell);
            }
            (Ok(_), None) if matches!(figure, Figure::Error(_)) => {}
            (Ok(expected), None) => findings.extend(no_figure(plan, computed, expected)),
            (Ok(expected), Some(shown)) if computed.agrees(shown, expected) => {}
            (Ok(_), Some(shown)) if plan.excel_shows(computed, shown) => {
                not_counted.push(computed.figure.cell)
            }
            (Ok(expected), Some(shown)) => findings.push(stale(plan, computed, shown, expected)),
        }
    }
    let (mut totals, mut inputs) = (Vec::new(), Vec::new());
    for kept in plan.ledger.troubles(&[Leaf::Figure, Leaf::Share, Leaf::Text, Leaf::Computed]) {
        match kept.trouble {
            Trouble::Error(_) if unknowable.contains(&kept.cell) => {}
            Trouble::Error(error) => findings.push(
                Finding::new(State::NotMet, kept.what.clone(), format!("{} shows {error}", kept.cell))
                    .message(format!(
                        "{} ({}) shows the error {error}, so it cannot be read.",
                        plan.place(kept.cell),
                        kept.what
                    ))
                    .todo(todo_for_error(&error))
                    .ask("Ask for the workbook again, recalculated and without errors.")
                    .cell(kept.cell, "error")
                    .expected("a value", error),
            ),
            Trouble::NoValue if kept.leaf == Leaf::Computed => totals.push(kept.cell),
            Trouble::NoValue => inputs.push(kept.cell),
            Trouble::TextNumber(..) | Trouble::NotANumber(_) => {}
        }
    }
    if !totals.is_empty() {
        findings.push(without_values(
            NO_SAVED_VALUES,
            totals,
            "Totals were recomputed from the inputs; what the workbook itself shows could not be compared with them.",
        ));
    }
    if !inputs.is_empty() {
        findings.push(without_values(
            "inputs without saved values",
            inputs,
            "The workbook's own figures or answers stand there, so the rules that need them could not be checked.",
        ));
    }
    let mut waits = plan.unfound(|_| true);
    waits.extend(absent_sheets(plan));
    Outcome::of(findings, waits).because(reason(unknowable.len(), &not_counted))
}

/// The errors that an unreadable input spreads: its own, and #VALUE! where it is a text. The template's
/// formulas multiply whole columns, so that one such cell reaches totals it is no part of.
fn errors_that_spread(plan: &Plan) -> BTreeSet<String> {
    let inputs = plan.ledger.troubles(&[Leaf::Figure, Leaf::Share]).into_iter();
    inputs
        .filter_map(|it| match it.trouble {
            Trouble::NotANumber(_) => Some("#VALUE!".to_owned()),
            Trouble::Error(error) => Some(error),
            Trouble::TextNumber(..) | Trouble::NoValue => None,
        })
        .collect()
}

/// What qualifies the state: formulas that were left out, and formulas that count less than we do.
fn reason(unknowable: usize, not_counted: &[CellRef]) -> Option<String> {
    let mut parts = Vec::new();
    if unknowable > 0 {
        let formulas = if unknowable == 1 { "1 formula was" } else { &format!("{unknowable} formulas were") };
        parts.push(format!("{formulas} left out, because what they rest on is missing or unreadable."));
    }
    if !not_counted.is_empty() {
        let cells: Vec<String> = not_counted.iter().map(|it| it.a1()).collect();
        parts.push(format!(
            "Excel's formulas in {} leave out what is stored as text or not written as in the template's lists; the \
             rules count it.",
            cells.join(", ")
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The waits of a rule that looks at computed cells everywhere, for the sheets that are missing.
pub(super) fn absent_sheets(plan: &Plan) -> Vec<Wait> {
    plan.absent_sheets.iter().filter(|it| it.computes).map(|it| Wait::for_sheet(it)).collect()
}

/// A formula that shows a text, or nothing where there is something to show.
fn no_figure(plan: &Plan, computed: &Computed, expected: Decimal) -> Option<Finding> {
    let shown = match computed.figure.peek() {
        Figure::NotANumber(text) => format!("the text “{}”", crate::plan::shortened(text)),
        // A formula may well show nothing for nought.
        _ if computed.agrees(Decimal::ZERO, expected) => return None,
        _ => "nothing".to_owned(),
    };
    Some(
        Finding::new(State::NotMet, about(plan, computed), format!("{} shows no figure", computed.label))
            .message(format!(
                "{} ({}) is a formula that shows {shown}, but its inputs give {}.",
                plan.place(computed.figure.cell),
                computed.label,
                computed.shown.print(expected)
            ))
            .todo("Copy the formula back from an untouched template, recalculate and save.")
            .ask("Ask why the formula was changed, and read the recomputed figure.")
            .cell(computed.figure.cell, role(computed.total))
            .expected(computed.shown.plain(expected), shown),
    )
}

fn without_values(about: &str, cells: Vec<CellRef>, means: &str) -> Finding {
    let count = match cells.len() {
        1 => "1 cell holds a formula".to_owned(),
        more => format!("{} cells hold a formula", money::show_number(more.into(), 0)),
    };
    Finding::new(State::CouldNotCheck, about, "Formulas were saved without their values")
        .message(format!(
            "{count} but no value: the program that saved the workbook did not calculate. {means}"
        ))
        .todo("Open the workbook in Excel, let it calculate, and save it.")
        .ask("Ask for the workbook saved from Excel, with its figures calculated.")
        .cells(cells, "formula without a value")
}

fn stale(plan: &Plan, computed: &Computed, shown: Decimal, expected: Decimal) -> Finding {
    let (is, should) = (computed.shown.print(shown), computed.shown.print(expected));
    Finding::new(State::NotMet, about(plan, computed), format!("{} is out of date", computed.label))
        .message(format!(
            "{} ({}) shows {is}, but its inputs give {should}.",
            plan.place(computed.figure.cell),
            computed.label
        ))
        .todo("Open the workbook in Excel, press Ctrl+Alt+F9 to recalculate, and save. If the figure stays, the formula was changed: copy it back from an untouched template.")
        .ask("Ask whether the workbook was recalculated after the last change, and read the recomputed figure.")
        .cell(computed.figure.cell, role(computed.total))
        .expected(computed.shown.plain(expected), computed.shown.plain(shown))
}

/// What names a computed cell in a fingerprint: the sheet's part of the template and the label.
pub(super) fn about(plan: &Plan, computed: &Computed) -> String {
    let sheet = plan.template.sheet(computed.section).map_or("", |it| it.name);
    format!("{sheet}, {}", computed.label)
}

/// The part a computed cell plays.
pub(super) fn role(total: Total) -> &'static str {
    match total {
        Total::Balance(_) | Total::AllBalance | Total::UnderSpend(_) => "balance",
        Total::Rate(..) => "rate",
        Total::TypeShare(_) => "share",
        Total::Income(_)
        | Total::NhsIncome
        | Total::Pool
        | Total::Spend(_)
        | Total::AllSpend
        | Total::Required(_)
        | Total::Planned(_)
        | Total::TypeSpend(_)
        | Total::AllTypes
        | Total::Discharges(..) => "total",
    }
}

fn todo_for_error(error: &str) -> String {
    let cause = match error {
        "#REF!" => {
            "A cell or sheet that the formula reads was deleted. Copy the formula back from an untouched template"
        }
        "#DIV/0!" => "The formula divides by an empty cell or by nought. Fill in the figure it divides by",
        "#N/A" => "A look-up found nothing: choose the board on the cover again, from the list",
        "#NAME?" => "The formula uses a name that is gone. Copy the formula back from an untouched template",
        "#VALUE!" => "The formula reads a text where it needs a number. Correct the cells it reads",
        _ => "Correct the formula, or copy it back from an untouched template",
    };
    format!("{cause}, then recalculate and save.")
}

/// Whether a computed cell holds a figure at all: shared with the rule on typed constants.
pub(super) fn holds_something(computed: &Computed) -> bool {
    !matches!(computed.figure.get(), Figure::Blank | Figure::NoValue | Figure::Error(_))
}
