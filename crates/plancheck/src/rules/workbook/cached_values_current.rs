//! WB04: formulas show what their inputs give.

mod aside;

use std::collections::BTreeSet;

use aside::Aside;
use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Computed, Figure, Leaf, Plan, Stands, Total, Trouble};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::{PUT_BACK, listed};
use crate::template::Section;
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
    let (mut unknowable, mut aside) = (BTreeSet::new(), Aside::default());
    for computed in plan.computed.iter().filter(|it| it.formula) {
        let cell = computed.figure.cell;
        match plan.stands(computed) {
            // Formulas without a value, and with an error of their own, are found among the troubles below.
            Stands::Current | Stands::NoValue | Stands::Error => {}
            Stands::Waits(_) => {
                unknowable.insert(cell);
            }
            Stands::InExcel(ours) => {
                let more = computed.figure.peek().value().is_some_and(|it| it > ours);
                if more { &mut aside.more } else { &mut aside.less }.push(cell);
            }
            Stands::Follows { typed } => *(if typed { &mut aside.typed } else { &mut aside.stale }) += 1,
            Stands::NoFigure(expected) => findings.push(no_figure(plan, computed, expected)),
            Stands::Stale { shown, expected } => findings.push(stale(plan, computed, shown, expected)),
        }
    }
    aside.unknowable = unknowable.len();
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
                    .todo(if kept.leaf == Leaf::Computed || plan.is_prefilled(kept.cell) {
                        todo_for_error(&error)
                    } else {
                        replace(kept.leaf, kept.cell)
                    })
                    .ask("Ask for the workbook again, recalculated and without errors.")
                    .cell(kept.cell, "error")
                    .expected("a value", error),
            ),
            Trouble::NoValue if kept.leaf == Leaf::Computed => totals.push(kept.cell),
            Trouble::NoValue => inputs.push(kept.cell),
            Trouble::TextNumber(..) | Trouble::ShownAsDate(..) | Trouble::NotANumber(_) => {}
        }
    }
    if !totals.is_empty() {
        findings.push(without_values(
            plan,
            NO_SAVED_VALUES,
            totals,
            "Totals were recomputed from the inputs; what the workbook itself shows could not be compared with them.",
        ));
    }
    if !inputs.is_empty() {
        findings.push(without_values(
            plan,
            "inputs without saved values",
            inputs,
            "The workbook's own figures or answers stand there, so the rules that need them could not be checked.",
        ));
    }
    let mut waits = plan.unfound(|_| true);
    waits.extend(absent_sheets(plan));
    Outcome::of(findings, waits).because(aside.reason(plan))
}

/// The waits of a rule that looks at computed cells everywhere, for the sheets that are missing.
pub(super) fn absent_sheets(plan: &Plan) -> Vec<Wait> {
    plan.absent_sheets.iter().filter(|it| it.computes).map(|it| Wait::for_sheet(it)).collect()
}

/// A formula that shows a text, or nothing where there is something to show.
fn no_figure(plan: &Plan, computed: &Computed, expected: Decimal) -> Finding {
    let shown = match computed.figure.peek() {
        Figure::NotANumber(text) => format!("the text “{}”", crate::plan::shortened(text)),
        _ => "nothing".to_owned(),
    };
    Finding::new(State::NotMet, about(plan, computed), format!("{} shows no figure", computed.label))
        .message(format!(
            "{} ({}) is a formula that shows {shown}, but its inputs give {}.",
            plan.place(computed.figure.cell),
            computed.label,
            computed.shown.print(expected)
        ))
        .todo(format!("{PUT_BACK} Then recalculate and save."))
        .ask("Ask why the formula was changed, and read the recomputed figure.")
        .cell(computed.figure.cell, role(computed))
        .expected(computed.shown.plain(expected), shown)
}

fn without_values(plan: &Plan, about: &str, cells: Vec<CellRef>, means: &str) -> Finding {
    let (title, what) = match cells.as_slice() {
        [one] => (
            "A formula was saved without its value",
            format!("{} holds a formula but no value", plan.place(*one)),
        ),
        // A program that does not calculate leaves all of them without.
        few if few.len() <= 3 => {
            let places: Vec<String> = few.iter().map(|it| plan.place(*it)).collect();
            (
                "Formulas were saved without their values",
                format!("{} hold formulas but no values", listed(&places)),
            )
        }
        all => {
            let count = money::show_number(all.len().into(), 0);
            let why = "the program that saved the workbook did not calculate";
            (
                "Formulas were saved without their values",
                format!("{count} cells hold a formula but no value: {why}"),
            )
        }
    };
    Finding::new(State::CouldNotCheck, about, title)
        .message(format!("{what}. {means}"))
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
        .todo(format!(
            "Open the workbook in Excel, press Ctrl+Alt+F9 to recalculate, and save. If the figure stays, the formula was \
             changed. {PUT_BACK}"
        ))
        .ask("Ask whether the workbook was recalculated after the last change, and read the recomputed figure.")
        .cell(computed.figure.cell, role(computed))
        .expected(computed.shown.plain(expected), computed.shown.plain(shown))
}

/// What names a computed cell in a fingerprint: the sheet's part of the template and the label.
pub(super) fn about(plan: &Plan, computed: &Computed) -> String {
    let sheet = plan.template.sheet(computed.section).map_or("", |it| it.name);
    format!("{sheet}, {}", computed.label)
}

/// The part a computed cell plays.
pub(super) fn role(computed: &Computed) -> &'static str {
    match computed.total {
        Total::Balance(_) | Total::AllBalance if computed.section == Section::Summary => "difference",
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

/// What to do about an error in a cell that the template fills in or computes.
fn todo_for_error(error: &str) -> String {
    let cure = match error {
        "#REF!" => format!("A cell or sheet that the formula reads was deleted. {PUT_BACK}"),
        "#DIV/0!" => {
            "The formula divides by an empty cell or by 0. Fill in the figure it divides by.".to_owned()
        }
        "#N/A" => "A look-up found nothing. Choose the board on the cover again, from the list.".to_owned(),
        "#NAME?" => format!("The formula uses a name that is gone. {PUT_BACK}"),
        "#VALUE!" => {
            "The formula reads a text where it needs a number. Correct the cells it reads.".to_owned()
        }
        _ => format!("The formula cannot be worked out. {PUT_BACK}"),
    };
    format!("{cure} Then recalculate and save.")
}

/// What to do about an error in a cell that an area fills in.
fn replace(leaf: Leaf, cell: CellRef) -> String {
    match leaf {
        Leaf::Figure | Leaf::Share | Leaf::Computed => {
            format!("Replace the error in {cell} with the figure.")
        }
        Leaf::Text | Leaf::Witness => format!("Clear the error in {cell} and enter what belongs there."),
    }
}
