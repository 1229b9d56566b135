//! WB04: formulas show what their inputs give.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Computed, Figure, Leaf, Plan, Total, Trouble};
use crate::rule::{Check, Class, Outcome, Rule};

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
    needs: &[],
    check: Check::Plan(check),
};

/// What names the finding on formulas saved without values, whose cure is to open and save the workbook.
pub(crate) const NO_SAVED_VALUES: &str = "formulas without saved values";

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut unknowable = 0_usize;
    for computed in plan.computed.iter().filter(|it| it.formula) {
        let Some(shown) = computed.figure.get().value() else { continue };
        match plan.totals().expected(computed.total) {
            Err(_) => unknowable += 1,
            Ok(expected) if agrees(computed, shown, expected) => {}
            // What Excel shows for numbers stored as text is current; those cells stand under WB06.
            Ok(expected) => match plan.totals_in_excel().expected(computed.total) {
                Ok(in_excel) if agrees(computed, shown, in_excel) => {}
                Ok(_) | Err(_) => findings.push(stale(plan, computed, shown, expected)),
            },
        }
    }
    let mut without_value = Vec::new();
    for kept in plan.ledger.troubles(&[Leaf::Figure, Leaf::Text, Leaf::Computed]) {
        match kept.trouble {
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
            Trouble::NoValue => without_value.push(kept.cell),
            Trouble::TextNumber(..) | Trouble::NotANumber(_) => {}
        }
    }
    if !without_value.is_empty() {
        let count = money::show_number(without_value.len().into(), 0);
        findings.push(
            Finding::new(State::CouldNotCheck, NO_SAVED_VALUES, "Formulas were saved without their values")
                .message(format!(
                    "{count} cells hold a formula but no value: the program that saved the workbook did not \
                     calculate. Totals were recomputed from the inputs; what the workbook itself shows could \
                     not be compared with them."
                ))
                .todo("Open the workbook in Excel, let it calculate, and save it.")
                .ask("Ask for the workbook saved from Excel, if you need to see its own totals.")
                .cells(without_value, "formula without a value"),
        );
    }
    let reason = (unknowable > 0).then(|| {
        format!("{unknowable} formulas were left out, because they rest on cells that another finding names.")
    });
    Outcome::of(findings, Vec::new()).because(reason)
}

fn agrees(computed: &Computed, shown: Decimal, expected: Decimal) -> bool {
    computed.shown.rounded(shown) == computed.shown.rounded(expected)
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
        | Total::AllTypes => "total",
    }
}

fn todo_for_error(error: &str) -> String {
    let cause = match error {
        "#REF!" => "A cell or sheet that the formula reads was deleted. Copy the formula back from an untouched template",
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
