//! MT03: the figures of the metrics are possible.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Given, Located, Metric, Plan, Rate};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::ambitions::{self, metrics, planned};
use crate::rules::words::listed;
use crate::template::{Measure, Section};
use crate::workbook::CellRef;

/// MT03 possible-values.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT03",
    name: "possible-values",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "No figure of a metric is below 0, no percentage is above 100%, and no numerator is more than its denominator where it counts some of the same people. Past and planned figures are both looked at.",
    matters: "A figure that cannot be is a slip of the keyboard or a figure in the wrong cell, and the rate made from it means nothing.",
    example: "300 people are planned to be at home after 91 days, of 280 who were discharged.",
    todo: "Correct the figure. A numerator above its denominator often means that the two were swapped.",
    source: super::super::template("6. Metrics: Indicator value, Numerator and Denominator"),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (metrics, mut waits) = metrics(plan);
    let mut findings = Vec::new();
    for (_, metric) in metrics {
        waits.extend(planned(plan, metric).1);
        for rate in &metric.rates {
            let mut read: Vec<(&'static str, CellRef, Decimal)> = Vec::new();
            for (what, figure) in rate.figures() {
                // Of a past period nobody asks for a figure, and a blank is not impossible.
                let reported = rate.blank_stands_under(plan.template).is_some();
                if figure.get().is_blank() && !reported {
                    continue;
                }
                match figure.need(rate.blank_stands_under(plan.template)) {
                    Ok(it) => read.push((what, figure.cell, it)),
                    Err(wait) => waits.push(wait),
                }
            }
            findings.extend(impossible(plan, metric, rate, &read));
        }
    }
    Outcome::of(findings, waits)
}

/// What cannot be among the figures that were read.
fn impossible(
    plan: &Plan,
    metric: &Metric,
    rate: &Rate,
    read: &[(&'static str, CellRef, Decimal)],
) -> Option<Finding> {
    let below: Vec<_> = read.iter().filter(|it| it.2 < Decimal::ZERO).collect();
    if let Some((what, cell, figure)) = below.first() {
        let each: Vec<String> =
            below.iter().map(|it| format!("the {} in {} is {}", it.0, it.1, shown(it.2))).collect();
        let why = format!("{}, and no such figure can be below 0", listed(&each));
        let title = format!("The {what} is below 0");
        return Some(
            finding(plan, metric, rate, *cell, &title, &why)
                .cells(below.iter().map(|it| it.1), "figure")
                .todo(format!(
                    "Enter 0 or more in {}.",
                    listed(&below.iter().map(|it| it.1.to_string()).collect::<Vec<_>>())
                ))
                .expected("0 or more", money::plain(*figure)),
        );
    }
    let Given::Parts { numerator, denominator } = &rate.given else { return None };
    let figure = |of: &Located<_>| read.iter().find(|it| it.1 == of.cell).map(|it| it.2);
    let (over, under) = (figure(numerator)?, figure(denominator)?);
    if !metric.spec.numerator_is_part || over <= under {
        return None;
    }
    let (above, below) = (numerator.cell, denominator.cell);
    let why = if under.is_zero() {
        format!(
            "the numerator in {above} is {}, and the denominator in {below} is 0, of which nothing is a part",
            shown(over)
        )
    } else {
        let more = match metric.spec.measure {
            Measure::Percentage => "which makes more than 100%",
            Measure::Entered | Measure::Per100k => "of which it is a part",
        };
        format!(
            "the numerator in {above} is {}, more than the denominator in {below}, {}, {more}",
            shown(over),
            shown(under)
        )
    };
    Some(
        finding(plan, metric, rate, numerator.cell, "The numerator is more than the denominator", &why)
            .todo("Correct the figure. If the numerator and the denominator were swapped, swap them back.")
            .cell(numerator.cell, "numerator")
            .cell(denominator.cell, "denominator")
            .expected(format!("no more than {}", shown(under)), money::plain(over)),
    )
}

fn finding(plan: &Plan, metric: &Metric, rate: &Rate, cell: CellRef, title: &str, why: &str) -> Finding {
    let name = format!("{}, {}", ambitions::name(metric), rate.period.title());
    Finding::new(State::NotMet, name.clone(), format!("{title}: {name}"))
        .message(format!("On sheet {} ({name}), {why}.", plan.sheet_name(cell)))
        .ask(format!("Ask for the right figures of {name}."))
}

/// The figure with as many decimal places as it has.
fn shown(figure: Decimal) -> String {
    money::show_number(figure, figure.normalize().scale())
}

#[cfg(test)]
mod tests {
    use crate::template::{Measure, TEMPLATES};

    #[test]
    fn a_percentage_is_a_part_of_its_denominator() {
        for metric in TEMPLATES.iter().flat_map(|it| it.metrics) {
            if metric.measure == Measure::Percentage {
                assert!(metric.numerator_is_part, "{}", metric.number);
            }
        }
    }
}
