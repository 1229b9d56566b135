//! CV01: the cover names the board.

use crate::finding::{Finding, State};
use crate::plan::{Plan, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::workbook::own_checklist_agrees::{BLANK, PROMPT};
use crate::template::Section;

/// CV01 board-named.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV01",
    name: "board-named",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "A health and wellbeing board is selected on the cover.",
    matters: "The template fills in the board's allocations and past performance from this one cell, and plans are filed by it.",
    example: "The cell beside “Health and Wellbeing Board” is empty.",
    todo: "Choose the board from the list on the cover.",
    source: super::super::template("2. Cover: Health and Wellbeing Board"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let board = match &plan.cover.board {
        Ok(board) => board,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    if let Some(wait) = board.unreadable() {
        return Outcome::of(Vec::new(), vec![wait]);
    }
    if plan.board_name().is_some() {
        return Outcome::met();
    }
    let held = board.get().text();
    let (says, role) = match held {
        None => ("but no board is chosen".to_owned(), BLANK),
        Some(text) if is_prompt(text) => {
            (format!("and still holds the prompt “{}”", shortened(text)), PROMPT)
        }
        Some(text) => (format!("and holds “{}”, which names none", shortened(text)), "answer"),
    };
    let finding = Finding::new(State::NotMet, "board", "No board is selected")
        .message(format!("{} should name the health and wellbeing board, {says}.", plan.place(board.cell)))
        .todo("Choose the board from the list on the cover.")
        .ask(format!("Ask which board this {} is for.", plan.template.called))
        .cell(board.cell, role)
        .expected("a health and wellbeing board", held.unwrap_or("nothing"));
    Outcome::of(vec![finding], Vec::new())
}
