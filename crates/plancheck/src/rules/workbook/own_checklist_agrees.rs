//! WB12: the template's own checklist agrees with what is blank.

use crate::finding::{Finding, State};
use crate::plan::{Checked, Plan};
use crate::rule::{Check, Class, Outcome, Outcomes, Rule, Wait, Waits};
use crate::rules;
use crate::template::{Section, label};
use crate::workbook::CellRef;

/// WB12 own-checklist-agrees.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB12",
    name: "own-checklist-agrees",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "The Yes or No that the template's checklist gives to each sheet agrees with whether required cells on that sheet are blank. Both kinds of disagreement are told: No where nothing is blank, and Yes where something is.",
    matters: "The national team reads the checklist first. A template that calls itself incomplete may be sent back, and one that calls itself complete hides what is missing.",
    example: "The checklist says No for 6. Metrics, but every required cell of that sheet is filled.",
    todo: "Recalculate the workbook (Ctrl+Alt+F9) and look at the checklist again. If it stays, look for cells on that sheet which hold only a space, and for a checklist that was typed over.",
    source: super::super::template("2. Cover: Checklist, Complete"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::After(check),
};

/// The rules that find required cells blank.
const COMPLETENESS: [&str; 11] =
    ["CV01", "CV02", "CV03", "CV04", "IN05", "EX04", "EX07", "MT01", "MT06", "PR01", "PR02"];

/// The part that a blank cell plays in a finding of those rules. A cell that holds something which is no
/// answer, such as "n/a", plays another: the template takes it for filled.
pub(in crate::rules) const BLANK: &str = "blank";

/// The part of a cell that still holds the template's prompt: for the template that is blank.
pub(in crate::rules) const PROMPT: &str = "prompt";

fn check(plan: &Plan, outcomes: &Outcomes<'_>) -> Outcome {
    if plan.template.cover.checklist.is_empty() {
        return Outcome::does_not_apply("this template has no checklist");
    }
    if let Some(cover) = plan.absent_sheets.iter().find(|it| it.section == Section::Cover) {
        return Outcome::of(Vec::new(), vec![Wait::for_sheet(cover)]);
    }
    let said: Vec<(&Checked, bool)> = plan
        .cover
        .checklist
        .iter()
        .filter_map(|it| match it.complete.get().text().map(label::option_key).as_deref() {
            Some("yes") => Some((it, true)),
            Some("no") => Some((it, false)),
            // An empty cell is no witness.
            _ => None,
        })
        .collect();
    if said.is_empty() {
        let why = if plan.cover.checklist.is_empty() {
            "there is no checklist"
        } else {
            "the checklist's answers are empty"
        };
        return Outcome::does_not_apply(why);
    }
    let mut findings = Vec::new();
    let mut waits = Waits::default();
    for (checked, complete) in said {
        let (blanks, waiting) = blanks_on(checked.section, outcomes);
        if complete == blanks.is_empty() {
            // What could not be read may be blank or not; only a No beside it stays open.
            if complete {
                waits.extend(waiting);
            }
            continue;
        }
        if !complete && !waiting.is_empty() {
            waits.extend(waiting);
            continue;
        }
        findings.push(disagreement(plan, checked, complete, &blanks));
    }
    Outcome::of(findings, waits)
}

/// The required cells of a sheet that are blank, and what the rules that say so wait on.
fn blanks_on(section: Section, outcomes: &Outcomes<'_>) -> (Vec<CellRef>, Vec<Wait>) {
    let (mut blanks, mut waits) = (Vec::new(), Vec::new());
    for code in COMPLETENESS {
        let on_sheet = rules::by_code(code).is_some_and(|it| it.needs.contains(&section));
        let Some(outcome) = outcomes.of(code).filter(|_| on_sheet) else { continue };
        let cells =
            outcome.findings.iter().flat_map(|it| &it.cells).filter(|it| matches!(it.role, BLANK | PROMPT));
        blanks.extend(cells.map(|it| it.cell));
        waits.extend(outcome.waits.iter().cloned());
    }
    blanks.sort_unstable();
    blanks.dedup();
    (blanks, waits)
}

fn disagreement(plan: &Plan, checked: &Checked, complete: bool, blanks: &[CellRef]) -> Finding {
    let name = plan.template.sheet(checked.section).map_or("", |it| it.name);
    let cell = checked.complete.cell;
    let place = plan.place(cell);
    let finding = if complete {
        let cells: Vec<String> = blanks.iter().take(6).map(|it| it.a1()).collect();
        let more = if blanks.len() > cells.len() { " and more" } else { "" };
        let cells = cells.join(", ");
        let (title, count, fill, ask) = match blanks.len() {
            1 => ("a cell is blank", "1 required cell is".to_owned(), cells.clone(), "cell"),
            many => (
                "cells are blank",
                format!("{many} required cells are"),
                "the blank cells".to_owned(),
                "cells",
            ),
        };
        Finding::new(State::NotMet, name, format!("The checklist says Yes for {name}, but {title}"))
            .message(format!(
                "{place} (the template's checklist) says Yes, complete, for {name}, but {count} blank there: {cells}{more}."
            ))
            .todo(format!("Fill {fill} in, recalculate (Ctrl+Alt+F9) and see whether the checklist follows."))
            .ask(format!("Ask for the blank {ask}, and whether the checklist was typed over."))
            .expected("No", "Yes")
    } else {
        Finding::new(State::NotMet, name, format!("The checklist says No for {name}, but nothing is blank"))
            .message(format!(
                "{place} (the template's checklist) says No, not complete, for {name}, but no cell that must always be \
                 filled is blank there."
            ))
            .todo(format!(
                "Recalculate (Ctrl+Alt+F9) and look for red cells in the checker column of {name}. If it stays No, say so \
                 when you submit: the national team reads this checklist."
            ))
            .ask(format!("Ask which cell of {name} keeps the checklist at No."))
            .expected("Yes", "No")
    };
    finding.cell(cell, "checklist").cells(blanks.iter().copied(), "blank cell")
}
