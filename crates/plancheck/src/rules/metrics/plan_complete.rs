//! MT01: every planned figure of every metric is filled in.

use crate::finding::{Finding, State};
use crate::plan::{Metric, Plan, Rate};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::ambitions::{self, metrics, planned};
use crate::rules::words::listed;
use crate::template::Section;
use crate::workbook::CellRef;

/// MT01 plan-complete.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT01",
    name: "plan-complete",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Every planned figure of this round is filled in: each quarter or the year of each metric, with its numerator and denominator where it has them. Last year's plan, which the template also shows, is not looked at.",
    matters: "Planning requirement 8 asks for an ambition for every metric. A quarter without a figure has none, and its rate cannot be worked out.",
    example: "The planned numerator of discharge to usual place of residence is blank for the fourth quarter.",
    todo: "Fill in the blank figures on the metrics sheet.",
    source: super::super::template("6. Metrics: 2022-23 Q1 Plan to 2022-23 Q4 Plan, 2022-23 Plan"),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (metrics, mut waits) = metrics(plan);
    let mut findings = Vec::new();
    for (_, metric) in metrics {
        let (rates, missing) = planned(plan, metric);
        waits.extend(missing);
        findings.extend(incomplete(plan, metric, rates.into_iter().map(|it| it.1)));
    }
    Outcome::of(findings, waits)
}

fn incomplete<'p>(plan: &Plan, metric: &Metric, rates: impl Iterator<Item = &'p Rate>) -> Option<Finding> {
    let mut blanks: Vec<(String, CellRef)> = Vec::new();
    let mut filled = false;
    for rate in rates {
        for (what, figure) in rate.figures() {
            if figure.get().is_blank() {
                blanks.push((format!("the {what} for {}", rate.period.name()), figure.cell));
            } else {
                filled = true;
            }
        }
    }
    let first = blanks.first()?.1;
    let name = ambitions::name(metric);
    let cells = listed(&blanks.iter().map(|it| it.1.to_string()).collect::<Vec<_>>());
    let missing = if filled {
        let each: Vec<String> = blanks.iter().map(|(what, cell)| format!("{what} ({cell})")).collect();
        format!("lacks {}", listed(&each))
    } else {
        format!("has no plan for {}: {cells} are blank", plan.template.year)
    };
    Some(
        Finding::new(State::NotMet, name.clone(), format!("The plan for {name} is not complete"))
            .message(format!("On sheet {}, {name} {missing}.", plan.sheet_name(first)))
            .todo(format!("Enter the planned figures in {cells}."))
            .ask(format!("Ask for the whole ambition for {name}."))
            .cells(blanks.iter().map(|it| it.1), "blank")
            .expected("a figure in each", "blank"),
    )
}
