//! PR03: no Yes to a planning requirement is contradicted by the plan's own figures.

use crate::finding::{Finding, State};
use crate::plan::{Answer, Plan};
use crate::rule::{Check, Class, Outcome, Outcomes, Rule, Wait};
use crate::rules::cover::signed_off_or_dated::NO_DATE;
use crate::template::{Section, label};

/// PR03 yes-borne-out.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "PR03",
    name: "yes-borne-out",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "No Yes to a planning requirement is contradicted by the plan. PR1 is contradicted by a sign-off of No without a date, and PR4 and PR5 by a minimum spend that is not met. PR7 is by a source of funding that does not balance, or by missing Care Act, carers or reablement lines. PR8 is by metrics or narratives that are missing.",
    matters: "The answers are what the board puts its name to. A Yes beside figures that say No is the first thing an assurance panel will ask about.",
    example: "PR4 says Yes, but planned spend on adult social care is £12,000 below its minimum.",
    todo: "Put the figures right, or answer No and give the actions and the timeframe.",
    source: super::super::template(
        "7. Planning Requirements: PR1, PR4, PR5, PR7, PR8 and their key lines of enquiry",
    ),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Requirements],
    check: Check::After(check),
};

/// Which rules bear out which requirement.
const WITNESSES: [(&str, &[&str]); 5] = [
    ("PR1", &["CV02"]),
    ("PR4", &["EX02"]),
    ("PR5", &["EX03"]),
    ("PR7", &["EX01", "EX15"]),
    ("PR8", &["MT01", "MT06"]),
];

fn check(plan: &Plan, outcomes: &Outcomes<'_>) -> Outcome {
    let answers = match &plan.answers {
        Ok(answers) => answers,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    let mut tested = 0;
    for (code, witnesses) in WITNESSES {
        let Some(answer) = answers.iter().find(|it| it.code == code) else { continue };
        if let Some(wait) = answer.answer.unreadable() {
            waits.push(wait);
            continue;
        }
        if answer.answer.get().text().map(label::option_key).as_deref() != Some("yes") {
            continue;
        }
        tested += 1;
        let against: Vec<(&str, &Finding)> = witnesses
            .iter()
            .filter_map(|it| Some((*it, outcomes.of(it)?)))
            .flat_map(|(rule, outcome)| outcome.findings.iter().map(move |it| (rule, it)))
            .filter(|(rule, it)| it.state == State::NotMet && (*rule != "CV02" || it.about == NO_DATE))
            .collect();
        if against.is_empty() {
            let waiting = witnesses.iter().filter_map(|it| outcomes.of(it)).flat_map(|it| &it.waits);
            for wait in waiting {
                if !waits.contains(wait) {
                    waits.push(wait.clone());
                }
            }
        } else {
            findings.push(contradicted(plan, answer, &against));
        }
    }
    if tested == 0 && findings.is_empty() && waits.is_empty() {
        return Outcome::does_not_apply("no requirement that figures can bear out is answered Yes");
    }
    Outcome::of(findings, waits)
}

fn contradicted(plan: &Plan, answer: &Answer, against: &[(&str, &Finding)]) -> Finding {
    let cell = answer.answer.cell;
    let (rule, first) = against.first().map_or(("", None), |(rule, it)| (*rule, Some(*it)));
    let what = first.map_or("", |it| it.message.as_str());
    let more = match against.len().saturating_sub(1) {
        0 => String::new(),
        1 => " 1 more finding speaks against it.".to_owned(),
        more => format!(" {more} more findings speak against it."),
    };
    let mut rules: Vec<&str> = against.iter().map(|it| it.0).collect();
    rules.dedup();
    let code = answer.code;
    let mut finding = Finding::new(
        State::NotMet,
        code,
        format!("{code} is answered Yes, but the plan says otherwise"),
    )
    .message(format!(
        "{} answers Yes to {code}, but {rule} is not met: {what}{more}",
        plan.place(cell)
    ))
    .todo(format!(
        "Put right what {} names. If that cannot be done before submission, answer No in {cell} and give the actions and \
         the timeframe.",
        rules.join(" and ")
    ))
    .ask(format!("Ask on what the Yes to {code} rests, with {} not met.", rules.join(" and ")))
    .cell(cell, "answer")
    .expected("Yes borne out by the figures, or No", "Yes")
    .requirement(Some(code));
    for (_, theirs) in against {
        if let Some(mark) = theirs.cells.first() {
            finding = finding.cell(mark.cell, "what speaks against it");
        }
    }
    finding
}
