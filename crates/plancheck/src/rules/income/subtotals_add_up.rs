//! IN02: each stream's total is the sum of its rows.

use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::typed_figures;
use crate::template::Section;

/// IN02 subtotals-add-up.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN02",
    name: "subtotals-add-up",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The total of each stream of income is the sum of its rows, such as one row for each ICB, and the total NHS contribution is the sum of the two NHS streams.",
    matters: "Expenditure is balanced against these totals, source by source.",
    example: "A second ICB was added, but “Total NHS Minimum Contribution” is a typed figure and still holds the first alone.",
    todo: "Copy the formula back from an untouched template.",
    source: super::super::template(
        "4. Income: Total Minimum LA Contribution, Total iBCF, Total Additional LA, Total NHS Minimum, Total Additional NHS and Total NHS Contribution",
    ),
    requirement: Some("PR7"),
    needs: &[Section::Income],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let totals = plan.computed.iter().filter(|it| {
        it.section == Section::Income && matches!(it.total, Total::Income(_) | Total::NhsIncome)
    });
    let unfound = plan.unfound(|it| matches!(it.total, Some(Total::Income(_) | Total::NhsIncome)));
    typed_figures(plan, totals, unfound, |it, held, expected| {
        let mut sum: Vec<Term> = match it.total {
            Total::Income(idx) => plan.streams.get(idx).map(|it| it.terms()).unwrap_or_default(),
            _ => plan
                .streams
                .iter()
                .enumerate()
                .filter(|(_, stream)| stream.source.nhs)
                .filter_map(|(idx, stream)| {
                    Some(Term::result(stream.source.name, plan.totals().income(idx).ok()?))
                })
                .collect(),
        };
        sum.push(Term::result("Sum of the rows", expected));
        Finding::new(State::NotMet, it.label.clone(), format!("{} is not the sum of its rows", it.label))
            .message(format!(
                "{} ({}) says {}, but its rows add up to {}: {} {}.",
                plan.place(it.figure.cell),
                it.label,
                money::show_pounds(held),
                money::show_pounds(expected),
                money::show_pounds((held - expected).abs()),
                if held > expected { "too much" } else { "too little" }
            ))
            .todo("Copy the formula back from an untouched template, so that the total follows its rows.")
            .ask("Ask which is right, the total or the rows.")
            .cell(it.figure.cell, "total")
            .sum(sum)
            .expected(money::plain(expected), money::plain(held))
    })
}
