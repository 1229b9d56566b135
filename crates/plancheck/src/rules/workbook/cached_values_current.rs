//! WB04: formulas show what their inputs give.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Computed, Figure, Leaf, Plan, Stands, Total, Trouble};
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
    Outcome::of(findings, waits).because(aside.reason())
}

/// Formulas that do not show what their inputs give, through no fault of their own.
#[derive(Default)]
struct Aside {
    /// Nobody can say what they should show.
    unknowable: usize,
    /// They follow a typed total.
    typed: usize,
    /// They follow a formula that is out of date.
    stale: usize,
    /// Excel counts less there than the rules do.
    less: Vec<CellRef>,
    /// Excel counts more there.
    more: Vec<CellRef>,
}

impl Aside {
    /// What qualifies the state.
    fn reason(&self) -> Option<String> {
        let formulas = |count: usize, one: &str, more: &str| match count {
            1 => format!("1 formula {one}"),
            _ => format!("{count} formulas {more}"),
        };
        let mut parts = Vec::new();
        if self.unknowable > 0 {
            let left = formulas(self.unknowable, "was", "were");
            parts.push(format!("{left} left out, because what they rest on is missing or unreadable."));
        }
        if self.typed > 0 {
            let follow = formulas(self.typed, "follows", "follow");
            parts.push(format!("{follow} a typed total that its inputs do not give (see WB05)."));
        }
        if self.stale > 0 {
            let follow = formulas(self.stale, "follows", "follow");
            parts.push(format!("{follow} a formula that is out of date."));
        }
        let cells = |all: &[CellRef]| all.iter().map(|it| it.a1()).collect::<Vec<_>>().join(", ");
        if !self.less.is_empty() {
            parts.push(format!("Excel's formulas in {} show less than the rules count.", cells(&self.less)));
        }
        if !self.more.is_empty() {
            parts.push(format!("Excel's formulas in {} show more than the rules count.", cells(&self.more)));
        }
        if !self.less.is_empty() || !self.more.is_empty() {
            parts.push(
                "Excel takes no number stored as text into a sum, compares options to the letter, spaces and all, and \
                 multiplies by a share of 60 as it stands; the rules read what is meant."
                    .to_owned(),
            );
        }
        (!parts.is_empty()).then(|| parts.join(" "))
    }
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
        .todo("Copy the formula back from an untouched template, recalculate and save.")
        .ask("Ask why the formula was changed, and read the recomputed figure.")
        .cell(computed.figure.cell, role(computed.total))
        .expected(computed.shown.plain(expected), shown)
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
