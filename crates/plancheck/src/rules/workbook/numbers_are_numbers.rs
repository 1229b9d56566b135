//! WB06: figures are numbers and not text.

use crate::finding::{Finding, State};
use crate::money;
use std::collections::BTreeSet;

use crate::plan::{Commissioner, Leaf, Line, Plan, Trouble, says_none};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::workbook::CellRef;

/// WB06 numbers-are-numbers.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB06",
    name: "numbers-are-numbers",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No figure that is entered is stored as text. A text that is plainly a number, such as “£1,200”, is read and used; any other text is not. No figure that is entered is shown as a date.",
    matters: "Excel's sums leave text out without a word, so the template's own balances miss the amount.",
    example: "The expenditure of a line is “tbc”, or was pasted from an e-mail as the text “£1,200”.",
    todo: "Set the format of the cell to Number, then type the figure without the pound sign, commas or words.",
    source: super::super::template("1. Guidance: Note on entering information into this template"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let unused = unused_shares(plan);
    let mut findings = Vec::new();
    for kept in plan.ledger.troubles(&[Leaf::Figure, Leaf::Share]) {
        let place = plan.place(kept.cell);
        match kept.trouble {
            Trouble::TextNumber(text, figure) => findings.push(
                Finding::new(
                    State::NeedsJudgement,
                    kept.what.clone(),
                    format!("{} is a number stored as text", kept.cell),
                )
                .message(format!(
                    "{place} ({}) holds the text “{}”. It was read as {}. Excel's own sums leave text out.",
                    kept.what,
                    text,
                    money::show_number(figure, figure.normalize().scale())
                ))
                .todo(format!(
                    "Set the format of {} to Number, then type {} into it.",
                    kept.cell,
                    money::plain(figure)
                ))
                .ask("Ask whether the figure is meant, and for a workbook in which it is a number.")
                .cell(kept.cell, "figure")
                .expected(money::plain(figure), format!("the text “{text}”")),
            ),
            Trouble::ShownAsDate(date, figure) => {
                let read = money::show_number(figure, figure.normalize().scale());
                findings.push(
                    Finding::new(
                        State::NeedsJudgement,
                        kept.what.clone(),
                        format!("{} shows a date instead of a figure", kept.cell),
                    )
                    .message(format!(
                        "{place} ({}) shows the date {date}. Behind it stands {read}, which was read and which Excel's \
                         own sums count. Excel makes a date out of what is typed like one, such as 3.10 or 1-2.",
                        kept.what
                    ))
                    .todo(format!(
                        "Set the format of {} to Number. If it then shows another figure than you mean, type the figure \
                         again.",
                        kept.cell
                    ))
                    .ask("Ask which figure is meant.")
                    .cell(kept.cell, "figure")
                    .expected("a number", format!("the date {date}")),
                );
            }
            Trouble::NotANumber(text) if unused.contains(&kept.cell) && says_none(&text) => {}
            Trouble::NotANumber(text) => findings.push(
                Finding::new(
                    State::NotMet,
                    kept.what.clone(),
                    format!("{} holds a text instead of a figure", kept.cell),
                )
                .message(format!(
                    "{place} ({}) holds the text “{}” where a figure belongs. It was not counted as 0 or as anything \
                     else.",
                    kept.what,
                    crate::plan::shortened(&text)
                ))
                .todo(if plan.is_prefilled(kept.cell) {
                    format!("Put the pre-filled figure back into {}.", kept.cell)
                } else {
                    format!("Type the figure into {}.", kept.cell)
                })
                .ask("Ask for the figure.")
                .cell(kept.cell, "figure")
                .expected("a number", text),
            ),
            Trouble::Error(_) | Trouble::NoValue => {}
        }
    }
    // A figure that was not found may be a text as well.
    Outcome::of(findings, plan.lost_figures())
}

/// The shares of lines that one commissioner pays for: they are left open, and “n/a” there says no more than
/// a blank.
fn unused_shares(plan: &Plan) -> BTreeSet<CellRef> {
    let of_one =
        |line: &&Line| matches!(line.commissioner.peek().known(), Some(it) if *it != Commissioner::Joint);
    let lines = plan.expenditure.iter().flat_map(|it| &it.lines);
    lines.filter(of_one).flat_map(|it| [it.nhs_share.cell, it.local_share.cell]).collect()
}
