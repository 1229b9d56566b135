//! CV03: the cover says who signs for the board, and whose delegated authority is used.

use crate::finding::{Finding, State};
use crate::plan::{Located, Plan, Text, is_a_name, is_prompt, says_none, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::answers::{self, lack};
use crate::template::{Section, label};

/// CV03 signatory-named.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV03",
    name: "signatory-named",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The cover gives the job title and the name of whoever signs the plan off for the health and wellbeing board. Where the plan is signed off by delegated authority, it says who that is. A blank, “No” or “n/a” there claims no delegation and is fine; “Yes” or “tbc” names nobody.",
    matters: "National condition 1 asks for a plan that all parties have agreed. Assurers check that whoever signed it had the board's authority to do so.",
    example: "The name of who signs is “tbc”, or the question on delegated authority is answered “Yes”.",
    todo: "Enter the job title and the name of who signs. If that is done by delegated authority, enter whose.",
    source: super::super::template(
        "2. Cover: Please indicate who is signing off the plan for submission on behalf of the HWB; If using a delegated authority",
    ),
    requirement: Some("PR1"),
    kinds: super::super::WORKBOOKS,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    let mut lacks = Vec::new();
    for (what, answer) in [("job title", &plan.cover.job_title), ("name", &plan.cover.signatory)] {
        match answer {
            Err(absent) => waits.push(absent.wait()),
            Ok(answer) => match lack(what, &[answer], |it| it.text().is_some_and(is_a_name)) {
                Err(wait) => waits.push(wait),
                Ok(found) => lacks.extend(found.map(|it| (it, answer.cell))),
            },
        }
    }
    if let Some((_, cell)) = lacks.first() {
        let sheet = plan.sheet_name(*cell).to_owned();
        let lacks: Vec<_> = lacks.into_iter().map(|it| it.0).collect();
        findings.push(nobody(plan.template.called, &sheet, &lacks));
    }
    // Not every template asks for it.
    if !plan.template.cover.delegated.is_empty() {
        match &plan.cover.delegated {
            Err(absent) => waits.push(absent.wait()),
            Ok(answer) => match delegated(plan, answer) {
                Err(wait) => waits.push(wait),
                Ok(finding) => findings.extend(finding),
            },
        }
    }
    Outcome::of(findings, waits)
}

fn nobody(called: &str, sheet: &str, lacks: &[answers::Lack]) -> Finding {
    let title = format!("No {} for the person who signs for the board", answers::any_of(lacks));
    let finding = Finding::new(State::NotMet, "who signs", title)
        .message(format!(
            "Sheet {sheet} should say who signs the {called} off for the board, and gives {}.",
            answers::clauses(lacks)
        ))
        .todo(format!(
            "Enter the {} of the person who signs for the board in {}.",
            answers::whats(lacks),
            answers::cells(lacks)
        ))
        .ask(format!("Ask who signed the {called} off for the board, and in what office."));
    answers::on(finding, lacks, "the job title and the name of who signs for the board")
}

/// What is wrong with the answer on delegated authority, if anything is.
fn delegated(plan: &Plan, answer: &Located<Text>) -> Result<Option<Finding>, Wait> {
    if let Some(wait) = answer.unreadable() {
        return Err(wait);
    }
    let held = match answer.get() {
        Text::Is(text) if claims_nothing(text) || names_somebody(text) => return Ok(None),
        Text::Is(text) => shortened(text),
        Text::Date(date) => date.to_string(),
        // What cannot be read was sent away above.
        Text::Blank | Text::Error(_) | Text::NoValue => return Ok(None),
    };
    let cell = answer.cell;
    Ok(Some(
        Finding::new(State::NotMet, "delegated authority", "The delegated authority is not named")
            .message(format!(
                "{} should say who signs the plan off by delegated authority, and holds “{held}”, which names nobody.",
                plan.place(cell)
            ))
            .todo(format!(
                "Enter who signs by delegated authority in {cell}. If the board signs the plan off itself, clear the cell."
            ))
            .ask("Ask whether the board has delegated its sign-off, to whom, and where that is minuted.")
            .cell(cell, "answer")
            .expected("a person or an office, or nothing", held),
    ))
}

/// Whether an answer says that no authority was delegated: "No", "n/a", or the template's own prompt.
fn claims_nothing(text: &str) -> bool {
    matches!(label::option_key(text).as_str(), "no" | "n" | "false") || says_none(text) || is_prompt(text)
}

fn names_somebody(text: &str) -> bool {
    is_a_name(text) && !matches!(label::option_key(text).as_str(), "y" | "true")
}
