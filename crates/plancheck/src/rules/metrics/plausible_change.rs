//! MT05: no ambition is far from what came before it.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::Plan;
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::ambitions::{Compared, compared};
use crate::rules::words::listed;
use crate::template::Section;

/// MT05 plausible-change.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT05",
    name: "plausible-change",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No planned value differs by more than 25% from the same quarter a year before or, for a year, from the latest estimate, in either direction. The change is taken as a share of the earlier value. A change from 0 to more always needs judgement.",
    matters: "Services seldom change by a quarter within a year. Such a change is most often a figure in the wrong cell, a quarter taken for a year, or a numerator that counts something else.",
    example: "130 avoidable admissions per 100,000 are planned for a quarter that had 200.5 the year before, 35.2% less.",
    todo: "Check the planned figures and those they are compared with. If they are right, say in the rationale what brings the change about.",
    source: super::super::template(
        "6. Metrics: Actual, estimated and Plan columns; Rationale for how ambition was set",
    ),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

/// The largest change that is taken as it is: a quarter of the earlier value.
const QUARTER: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

fn check(plan: &Plan) -> Outcome {
    let (compared, waits) = compared(plan);
    let mut findings = Vec::new();
    let mut from_nought = Vec::new();
    for it in &compared {
        let change = (it.to - it.from).abs();
        if it.from.is_zero() {
            if it.to > Decimal::ZERO {
                findings.push(from_nothing(plan, it));
            } else if !it.to.is_zero() {
                from_nought.push(it.name());
            }
        } else if change > it.from.abs().saturating_mul(QUARTER) {
            findings.push(implausible(plan, it, change));
        }
    }
    let reason = format!(
        "No percentage change can be worked out from 0, for {}: look at the change yourself.",
        listed(&from_nought)
    );
    Outcome::of(findings, waits).because((!from_nought.is_empty()).then_some(reason))
}

/// Of a change from nothing, nobody can say how large it is.
fn from_nothing(plan: &Plan, it: &Compared<'_>) -> Finding {
    it.finding(format!("The plan for {} follows a value of 0 in {}", it.name(), it.before()))
        .message(format!(
            "{} ({}): {}. No percentage change can be worked out from 0.",
            it.place(plan),
            it.name(),
            it.sentence()
        ))
        .todo(RULE.todo)
        .ask(format!(
            "Ask whether 0 for {} is right, and what brings the change in {} about.",
            it.before(),
            it.name()
        ))
}

fn implausible(plan: &Plan, it: &Compared<'_>, change: Decimal) -> Finding {
    let share = share(change, it.from);
    let [to, from, _] = it.shown();
    it.finding(format!("The plan for {} is {share} away from {}", it.name(), it.before()))
        .message(format!(
            "{} ({}): {}, a change of {share}. More than 25% within a year is unusual.",
            it.place(plan),
            it.name(),
            it.sentence()
        ))
        .todo(RULE.todo)
        .ask(format!(
            "Ask what brings such a change in {} about, and whether the figures are right.",
            it.name()
        ))
        .expected(format!("within 25% of {from}"), to)
}

/// A change as a percentage of what it changes: with as many decimal places as show it above 25%.
fn share(change: Decimal, of: Decimal) -> String {
    let percent = change
        .checked_div(of.abs())
        .and_then(|it| it.checked_mul(Decimal::ONE_HUNDRED))
        .unwrap_or(Decimal::ONE_HUNDRED);
    let tells = |places: &u32| money::round(percent, *places) > Decimal::from(25);
    format!("{}%", money::show_number(percent, (1..=9).find(tells).unwrap_or(9)))
}
