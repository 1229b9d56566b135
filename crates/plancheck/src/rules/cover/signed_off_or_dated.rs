//! CV02: the plan is signed off, or there is a date by which it will be.

use crate::finding::{Finding, State};
use crate::plan::{Located, Plan, Text, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::workbook::own_checklist_agrees::{BLANK, PROMPT};
use crate::template::{Section, label};
use crate::workbook::Date;

/// CV02 signed-off-or-dated.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV02",
    name: "signed-off-or-dated",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The cover says Yes to sign-off, or No with the date on which it is expected. Yes beside an expected date is a contradiction.",
    matters: "National condition 1 asks for a jointly agreed plan. Assurers must know whether the board has agreed this one or when it will.",
    example: "Signed off is Yes, and the expected date says 7 December 2022.",
    todo: "Say Yes and clear the date, or say No and give the date.",
    source: super::super::template(
        "2. Cover: Has this plan been signed off by the HWB; If no please indicate when",
    ),
    requirement: Some("PR1"),
    kinds: super::super::WORKBOOKS,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

/// What names the finding on a No without a date, which speaks against a Yes to PR1.
pub(in crate::rules) const NO_DATE: &str = "sign-off, no date";

fn check(plan: &Plan) -> Outcome {
    let (answer, expected) = match (&plan.cover.signed_off, &plan.cover.expected) {
        (Ok(answer), Ok(expected)) => (answer, expected),
        (Err(absent), _) | (_, Err(absent)) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let waits: Vec<_> = [answer, expected].into_iter().filter_map(Located::unreadable).collect();
    if !waits.is_empty() {
        return Outcome::of(Vec::new(), waits);
    }
    let called = plan.template.called;
    let said = answer.get().text().filter(|it| !is_prompt(it)).map(label::option_key);
    let date = date_in(expected.get());
    let (open, role) = match answer.get().text() {
        None => ("is blank".to_owned(), BLANK),
        Some(text) if is_prompt(text) => (format!("still holds the prompt “{}”", shortened(text)), PROMPT),
        Some(_) => (String::new(), "answer"),
    };
    let about = if said.as_deref() == Some("no") { NO_DATE } else { "sign-off" };
    let finding = |title: &str| {
        Finding::new(State::NotMet, about, title).cell(answer.cell, role).cell(
            expected.cell,
            if about == NO_DATE && expected.get().is_blank() { BLANK } else { "expected date" },
        )
    };
    let finding = match (said.as_deref(), date) {
        (Some("yes"), None) | (Some("no"), Some(_)) => return Outcome::met(),
        // A remark on a sign-off that has taken place is no date that is yet to come.
        (Some("yes"), Some(_)) if says_done(expected.get()) => return Outcome::met(),
        (Some("yes"), Some(date)) => finding("Signed off, and yet to be signed off")
            .message(format!(
                "{} says the {called} is signed off, but {} gives {date} as the date when it is expected to be. Both \
                 cannot be true.",
                plan.place(answer.cell),
                expected.cell
            ))
            .todo(format!(
                "If the {called} is signed off, clear the date in {}. If it is not, answer No in {}.",
                expected.cell, answer.cell
            ))
            .ask(format!(
                "Ask whether the board, or whoever has its delegated authority, has signed the {called} off, and when."
            ))
            .expected("Yes without a date, or No with one", format!("Yes and {date}")),
        (Some("no"), None) => finding("Not signed off, and no date given")
            .message(format!(
                "{} says the {called} is not signed off, but {} gives no date when it is expected to be.",
                plan.place(answer.cell),
                expected.cell
            ))
            .todo(format!("Enter the date of the board's meeting in {}.", expected.cell))
            .ask(format!("Ask when the board will sign the {called} off."))
            .expected("a date", expected.get().text().unwrap_or("nothing")),
        (Some(other), _) => finding("The answer on sign-off is neither Yes nor No")
            .message(format!(
                "{} asks whether the {called} is signed off and holds “{}”, which is neither Yes nor No.",
                plan.place(answer.cell),
                shortened(answer.get().text().unwrap_or(other))
            ))
            .todo(format!("Choose Yes or No in {}.", answer.cell))
            .ask(format!("Ask whether the board has signed the {called} off."))
            .expected("Yes or No", other),
        (None, date) => {
            let (beside, todo) = match date {
                Some(date) => (
                    format!(", though {} gives {date} as the date when it is expected to be", expected.cell),
                    format!(
                        "Choose No in {} to keep {date} in {}. With Yes, clear {}.",
                        answer.cell, expected.cell, expected.cell
                    ),
                ),
                None => (
                    String::new(),
                    format!(
                        "Choose Yes or No in {}; with No, give the expected date in {}.",
                        answer.cell, expected.cell
                    ),
                ),
            };
            let place = plan.place(answer.cell);
            finding("The question on sign-off is not answered")
                .message(format!("{place} asks whether the {called} is signed off and {open}{beside}."))
                .todo(todo)
                .ask(format!("Ask whether the board has signed the {called} off."))
                .expected("Yes or No", answer.get().text().unwrap_or("nothing"))
        }
    };
    Outcome::of(vec![finding], Vec::new())
}

/// What says that the board has signed off.
const DONE: [&str; 5] = ["signed", "approved", "agreed", "ratified", "endorsed"];
/// What says that it has yet to, whatever it is to do.
const TO_COME: [&str; 9] =
    ["to be", "will be", "not", "yet", "expected", "awaiting", "awaited", "pending", "due"];

/// Whether a text speaks of a sign-off that has taken place: "Signed 7 December 2022, see minutes".
fn says_done(text: &Text) -> bool {
    let text = text.text().map(str::to_lowercase).unwrap_or_default();
    let words: Vec<&str> = text.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()).collect();
    let has = |wanted: &&str| {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        words.windows(wanted.len()).any(|it| it == wanted)
    };
    DONE.iter().any(has) && !TO_COME.iter().any(has)
}

/// The date in the cell, in words: a real date, a number that Excel would show as one, or a text that gives
/// a day and a month. "n/a", "tbc" and a mention of "item 12" are no dates.
fn date_in(text: &Text) -> Option<String> {
    match text {
        Text::Date(date) if date.year > 1900 => Some(date.to_string()),
        Text::Is(text) => {
            let serial = text.parse().ok().and_then(Date::from_serial).map(|it| it.to_string());
            serial.or_else(|| Date::is_in(text).then(|| text.clone()))
        }
        Text::Date(_) | Text::Blank | Text::Error(_) | Text::NoValue => None,
    }
}
