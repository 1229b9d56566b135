//! MT04: each ambition is better than what came before it.

use crate::finding::{Finding, State};
use crate::plan::Plan;
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::ambitions::{Compared, compared};
use crate::template::Section;

/// MT04 stretching.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT04",
    name: "stretching",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "Each planned quarter is better than the same quarter a year before. Each planned year is better than the latest estimate or, without one, the latest year that has happened. Lower is better for avoidable and residential admissions, higher for discharge to usual place of residence and reablement. Values are worked out from their figures and compared exactly: the same is not better.",
    matters: "Planning requirement 8 asks whether the metrics are stretching. An ambition that is no better may be right, where demand grows or a year was exceptional, but it needs a reason that assurers can follow.",
    example: "708.1 residential admissions per 100,000 are planned, 54.1 more than the 654.0 estimated for the year before.",
    todo: "Set a better ambition, or say in the rationale why this one is as good as can be.",
    source: super::super::template(
        "7. Confirmation of Planning Requirements: PR8 Does the plan set stretching metrics",
    ),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (compared, waits) = compared(plan);
    let findings = compared.iter().filter(|it| !it.is_better()).map(|it| no_better(plan, it)).collect();
    Outcome::of(findings, waits)
}

fn no_better(plan: &Plan, it: &Compared<'_>) -> Finding {
    let [to, from, _] = it.shown();
    let (which, todo, ask, expected) = if it.is_best() {
        (
            format!("Nothing is better than {to}"),
            "Say in the rationale how it will be kept.",
            format!("Ask how {to} will be kept."),
            format!("{to} kept"),
        )
    } else {
        (
            format!("For this metric, {} is better", it.better()),
            RULE.todo,
            format!(
                "Ask what makes the ambition for {} stretching, and whether its rationale says so.",
                it.name()
            ),
            format!("{} than {from}", it.better()),
        )
    };
    let is = if it.to == it.from { "no better" } else { "worse" };
    it.finding(format!("The plan for {} is {is} than {}", it.name(), it.before()))
        .message(format!("{} ({}): {}. {which}.", it.place(plan), it.name(), it.sentence()))
        .todo(todo)
        .ask(ask)
        .expected(expected, to)
}
