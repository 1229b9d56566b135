//! CD07: the boxes of assumptions are filled.

use super::not_asked;
use crate::finding::{Finding, State};
use crate::plan::{Plan, Text, is_placeholder, says_none, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};

/// CD07 assumptions-given.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD07",
    name: "assumptions-given",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "Each of the boxes “Any assumptions made” is filled: on both sheets of demand and on both of capacity.",
    matters: "Demand and capacity are estimates. Without the assumptions behind them nobody can tell whether two areas, or two months, compare.",
    example: "The box on 4.2 Capacity - Community is empty.",
    todo: "Say in the box how the figures were arrived at. Where there are no assumptions, write “None”.",
    source: super::super::capacity_template("3.1 and 3.2 Demand, 4.1 and 4.2 Capacity: Any assumptions made"),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: super::MONTHLY,
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let Some(capacity) = &plan.capacity else { return not_asked() };
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for it in &capacity.assumptions {
        let text = match &it.text {
            Ok(text) => text,
            Err(absent) => {
                waits.push(absent.wait());
                continue;
            }
        };
        if let Some(wait) = text.unreadable() {
            waits.push(wait);
            continue;
        }
        let filled = match text.get() {
            Text::Blank => false,
            Text::Is(text) => {
                says_none(text) && text.chars().any(char::is_alphanumeric) || !is_placeholder(text)
            }
            Text::Date(_) | Text::Error(_) | Text::NoValue => true,
        };
        if !filled {
            let sheet = plan.template.sheet(it.section).map_or("", |it| it.name);
            let said = text.get().text();
            let what = match said {
                None => "is empty".to_owned(),
                Some(said) => format!("says “{}” and gives none", shortened(said)),
            };
            findings.push(
                Finding::new(State::NeedsJudgement, sheet, format!("No assumptions are given on {sheet}"))
                    .message(format!("{}, beside “Any assumptions made”, {what}.", plan.place(text.cell)))
                    .todo(
                        "Say how the figures were arrived at. Where there are no assumptions, write “None”.",
                    )
                    .ask("Ask what the figures on this sheet rest on.")
                    .cell(text.cell, "assumptions")
                    .expected("the assumptions made", said.unwrap_or("nothing")),
            );
        }
    }
    Outcome::of(findings, waits)
}
