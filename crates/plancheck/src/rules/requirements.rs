//! Rules on the answers to the planning requirements.

pub(super) mod answered;
pub(super) mod evidence_noted;
pub(super) mod no_explained;
pub(super) mod yes_borne_out;

use crate::plan::{Answer, Plan};
use crate::rule::Wait;
use crate::template::label;

/// The answers, and a wait for each requirement whose row was not found.
fn answers(plan: &Plan) -> (Vec<&Answer>, Vec<Wait>) {
    let answers = match &plan.answers {
        Ok(answers) => answers,
        Err(absent) => return (Vec::new(), vec![absent.wait()]),
    };
    let found = |code: &str| answers.iter().any(|it| it.code == code);
    let missing = plan.template.requirements.asked.iter().filter(|it| !found(it.code));
    let waits = missing.map(|it| Wait {
        on: None,
        cell: None,
        why: format!("the row of {} was not found", it.code),
        missing_value: false,
    });
    (answers.iter().collect(), waits.collect())
}

/// The answers that are this option, and what to wait on where one cannot be read.
fn answered<'p>(plan: &'p Plan, option: &str) -> (Vec<&'p Answer>, Vec<Wait>) {
    let (answers, mut waits) = answers(plan);
    waits.extend(answers.iter().filter_map(|it| it.answer.unreadable()));
    (answers.into_iter().filter(|it| is(it, option)).collect(), waits)
}

/// Whether an answer is this option: case, spaces and trailing punctuation are forgiven.
fn is(answer: &Answer, option: &str) -> bool {
    answer.answer.get().text().is_some_and(|it| label::option_key(it) == label::option_key(option))
}
