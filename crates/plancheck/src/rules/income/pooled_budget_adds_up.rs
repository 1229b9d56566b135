//! IN01: the pooled budget is the sum of its streams.

use crate::finding::{State, Term};
use crate::plan::{Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::{typed_figures, wrong_total};
use crate::rules::words::PUT_BACK;
use crate::template::Section;

/// IN01 pooled-budget-adds-up.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN01",
    name: "pooled-budget-adds-up",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "“Total BCF Pooled Budget” is the sum of the streams of income: DFG, iBCF, the minimum NHS contribution and additional contributions.",
    matters: "The pooled budget is the figure that boards agree and that is quoted everywhere else.",
    example: "The total was typed in as £51,055,373 and not changed when the DFG was.",
    todo: PUT_BACK,
    source: super::super::template("4. Income: Total BCF Pooled Budget"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let pool =
        plan.computed.iter().filter(|it| it.section == Section::Income && matches!(it.total, Total::Pool));
    let unfound = plan.unfound(|it| matches!(it.total, Some(Total::Pool)));
    typed_figures(plan, pool, unfound, |it, held, expected| {
        let mut sum = super::stream_terms(plan, |_| true);
        sum.push(Term::result("Sum of the streams", expected));
        wrong_total(plan, it, "streams", held, expected)
            .ask("Ask which is right, the total or the streams, and what the board agreed.")
            .sum(sum)
    })
}
