//! MT02: each rate is its numerator over its denominator.

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Given, Plan, Shown, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::typed_figures;
use crate::rules::words::PUT_BACK;
use crate::template::Section;

/// MT02 rates-recompute.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT02",
    name: "rates-recompute",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Each percentage is its numerator over its denominator, and each rate is that times 100,000, to the precision shown.",
    matters: "Ambitions are set and compared as rates. A rate that does not follow from its figures cannot be assured.",
    example: "The planned rate of residential admissions is typed as 650.0, but 482 over 68,069 gives 708.1.",
    todo: "Put the formula back, or correct the numerator or denominator.",
    source: super::super::template("6. Metrics: 8.3 Quarter (%), 8.4 Annual Rate and 8.5 Annual (%)"),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let rates = plan
        .computed
        .iter()
        .filter(|it| it.section == Section::Metrics && matches!(it.total, Total::Rate(..)));
    let unfound = plan.unfound(|it| it.section == Section::Metrics);
    typed_figures(plan, rates, unfound, |it, held, expected| {
        let mut finding = Finding::new(
            State::NotMet,
            it.label.clone(),
            format!("{} does not follow from its figures", it.label),
        )
        .todo(format!("If the numerator or denominator is wrong, correct it. {PUT_BACK}"))
        .ask("Ask which is meant, the rate or the figures behind it.")
        .cell(it.figure.cell, "rate")
        .expected(it.shown.plain(expected), it.shown.plain(held));
        let mut of = String::new();
        if let Total::Rate(metric, rate) = it.total
            && let Some(rate) = plan.metrics.get(metric).and_then(|it| it.rates.get(rate))
            && let Given::Parts { numerator: over, denominator: under } = &rate.given
            && let (Some(numerator), Some(denominator)) = (over.get().value(), under.get().value())
        {
            let times = if matches!(it.shown, Shown::Percent) { "" } else { ", times 100,000," };
            of = format!(
                "{} over {}{times} ",
                money::show_number(numerator, numerator.normalize().scale()),
                money::show_number(denominator, denominator.normalize().scale())
            );
            finding = finding.cell(over.cell, "numerator").cell(under.cell, "denominator");
        }
        finding.message(format!(
            "{} ({}) says {}, but {of}gives {}.",
            plan.place(it.figure.cell),
            it.label,
            it.shown.print(held),
            it.shown.print(expected)
        ))
    })
}
