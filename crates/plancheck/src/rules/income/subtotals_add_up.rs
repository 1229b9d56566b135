//! IN02: each stream's total is the sum of its rows.

use crate::finding::{State, Term};
use crate::plan::{Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::{typed_figures, wrong_total};
use crate::rules::words::PUT_BACK;
use crate::template::Section;

/// IN02 subtotals-add-up.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN02",
    name: "subtotals-add-up",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The total of each stream of income is the sum of its rows, such as one row for each ICB. The total NHS contribution is the sum of the two NHS streams.",
    matters: "Expenditure is balanced against these totals, source by source.",
    example: "A second ICB was added, but “Total NHS Minimum Contribution” is a typed figure and still holds the first alone.",
    todo: PUT_BACK,
    source: super::super::template(
        "4. Income: Total Minimum LA Contribution, Total iBCF, Total Additional LA, Total NHS Minimum, Total Additional NHS and Total NHS Contribution",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
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
            _ => super::stream_terms(plan, |it| it.nhs),
        };
        sum.push(Term::result("Sum of the rows", expected));
        wrong_total(plan, it, "rows", held, expected)
            .ask("Ask which is right, the total or the rows.")
            .sum(sum)
    })
}
