//! PR02: each No comes with actions and a timeframe.

use crate::finding::{Finding, State};
use crate::plan::{Answer, Plan};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::answers::{self, Lack, is_filled, lack};
use crate::rules::words::{either, listed};
use crate::template::Section;

/// PR02 no-explained.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "PR02",
    name: "no-explained",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Each planning requirement that is answered No has the actions in place towards meeting it and the time by which it will be met. “n/a” and “tbc” are neither.",
    matters: "A plan may be submitted with a requirement not yet met, if the area says what it is doing about it and by when. Assurers follow up on both.",
    example: "PR3 is answered No, the actions are given, and the timeframe is blank.",
    todo: "Give the actions and the timeframe beside each No.",
    source: super::super::template(
        "7. Confirmation of Planning Requirements: Where the Planning requirement is not met",
    ),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Requirements],
    check: Check::Plan(check),
};

const TIMEFRAME: &str = "timeframe";

fn check(plan: &Plan) -> Outcome {
    let (noes, mut waits) = super::answered(plan, "No");
    if noes.is_empty() && waits.is_empty() {
        return Outcome::does_not_apply("no planning requirement is answered No");
    }
    let mut findings = Vec::new();
    for answer in noes {
        let mut lacks = Vec::new();
        for (what, text) in [("actions", &answer.actions), (TIMEFRAME, &answer.timeframe)] {
            match text.as_ref().map_err(|it| it.wait()).and_then(|it| lack(what, &[it], is_filled)) {
                Ok(found) => lacks.extend(found),
                Err(wait) => waits.push(wait),
            }
        }
        if !lacks.is_empty() {
            findings.push(unexplained(plan, answer, &lacks));
        }
    }
    Outcome::of(findings, waits)
}

fn with_article(what: &str) -> String {
    if what == TIMEFRAME { format!("a {what}") } else { what.to_owned() }
}

fn unexplained(plan: &Plan, answer: &Answer, lacks: &[Lack]) -> Finding {
    let code = answer.code;
    let named: Vec<String> = lacks.iter().map(|it| with_article(it.what())).collect();
    let (whats, cells) = (listed(&named), answers::cells(lacks));
    let finding =
        Finding::new(State::NotMet, code, format!("{code} is answered No without {}", either(&named)))
            .message(format!(
                "{} answers No to {code}, and the row gives {}.",
                plan.place(answer.answer.cell),
                answers::clauses(lacks)
            ))
            .todo(format!("Enter {whats} for {code} in {cells}."))
            .ask(format!("Ask for {whats} for meeting {code}."))
            .requirement(Some(code));
    answers::on(finding, lacks, "actions and a timeframe").cell(answer.answer.cell, "No")
}
