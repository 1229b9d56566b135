//! PR01: each planning requirement is answered Yes or No.

use crate::finding::{Finding, State};
use crate::plan::{Answer, Plan, Text, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::template::Section;

/// PR01 answered.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "PR01",
    name: "answered",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Each planning requirement is answered Yes or No. Case, spaces and trailing punctuation are forgiven; “Y”, “Partly” and “tbc” are none of the template's options.",
    matters: "The answers are the area's own statement that the plan meets the national conditions. A requirement without one has not been confirmed.",
    example: "PR6 is left blank, or answered “Partly”.",
    todo: "Choose Yes or No for each requirement. With No, give the actions and the timeframe.",
    source: super::super::template(
        "7. Confirmation of Planning Requirements: Please confirm whether your BCF plan meets the Planning Requirement?",
    ),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Requirements],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (answers, mut waits) = super::answers(plan);
    let mut findings = Vec::new();
    for answer in answers {
        match answer.answer.unreadable() {
            Some(wait) => waits.push(wait),
            None => findings.extend(open(plan, answer)),
        }
    }
    Outcome::of(findings, waits)
}

/// The finding on an answer that is neither Yes nor No.
fn open(plan: &Plan, answer: &Answer) -> Option<Finding> {
    if super::is(answer, "Yes") || super::is(answer, "No") {
        return None;
    }
    let (code, cell) = (answer.code, answer.answer.cell);
    let held = match answer.answer.get() {
        Text::Is(text) => Some(shortened(text)),
        Text::Date(date) => Some(date.to_string()),
        Text::Blank | Text::Error(_) | Text::NoValue => None,
    };
    let (title, message, role) = match &held {
        None => (
            format!("{code} is not answered"),
            format!("{} should say whether the plan meets {code}, and is blank.", plan.place(cell)),
            "blank",
        ),
        Some(text) if is_prompt(text) => (
            format!("{code} is not answered"),
            format!(
                "{} should say whether the plan meets {code}, and still holds the prompt “{text}”.",
                plan.place(cell)
            ),
            "answer",
        ),
        Some(text) => (
            format!("The answer to {code} is neither Yes nor No"),
            format!(
                "{} should say whether the plan meets {code}, and holds “{text}”, which is neither Yes nor No.",
                plan.place(cell)
            ),
            "answer",
        ),
    };
    Some(
        Finding::new(State::NotMet, code, title)
            .message(message)
            .todo(format!(
                "Choose Yes or No in {cell}. With No, give the actions and the timeframe in the same row."
            ))
            .ask(format!("Ask whether the plan meets {code}."))
            .cell(cell, role)
            .expected("Yes or No", held.unwrap_or_else(|| "nothing".to_owned()))
            .requirement(Some(code)),
    )
}
