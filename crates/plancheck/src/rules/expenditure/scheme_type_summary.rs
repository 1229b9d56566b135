//! EX16: the summary by scheme type is what the lines come to.

use rust_decimal::Decimal;

use super::on_lines;
use crate::finding::{Finding, State, Term};
use crate::plan::{Computed, Line, Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::{typed_figures, wrong_total};
use crate::rules::words::PUT_BACK;
use crate::template::{Field, SchemeType, Section};

/// EX16 scheme-type-summary.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX16",
    name: "scheme-type-summary",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "On the summary, the amount of each scheme type is what its lines come to. Its percentage is that amount over all of them, and the total is the sum, to the precision shown. A formula that shows an older figure stands under WB04.",
    matters: "The summary is what most readers see of the plan. National reporting takes its picture of what the fund buys from spend by scheme type.",
    example: "The summary says £1,030,200 for Other; the lines of that type come to £2,714,550.",
    todo: PUT_BACK,
    source: super::super::template("3. Summary: Scheme Types"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Summary, Section::Expenditure],
    check: Check::Plan(check),
};

fn is_by_type(total: Total) -> bool {
    matches!(total, Total::TypeSpend(_) | Total::TypeShare(_) | Total::AllTypes)
}

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Type, Field::Amount], |lines| {
        let cells = plan.computed.iter().filter(|it| it.section == Section::Summary && is_by_type(it.total));
        let unfound = plan.unfound(|it| it.section == Section::Summary && it.total.is_some_and(is_by_type));
        typed_figures(plan, cells, unfound, |it, held, expected| match it.total {
            Total::TypeShare(scheme_type) => wrong_share(plan, it, scheme_type, held, expected),
            total => {
                let mut sum = terms(lines, total);
                sum.push(Term::result("Sum of the lines", expected));
                wrong_total(plan, it, "lines", held, expected)
                    .ask("Ask for the workbook with the template's own formulas, and read the lines.")
                    .sum(sum)
            }
        })
    })
}

/// The lines of a type, or of all types.
fn terms(lines: &[Line], total: Total) -> Vec<Term> {
    let wanted = |it: &&Line| match (total, it.scheme_type.get().known()) {
        (Total::TypeSpend(wanted), Some(it)) => it.name == wanted.name,
        (_, it) => it.is_some(),
    };
    lines
        .iter()
        .filter(wanted)
        .filter_map(|it| Some(Term::at(it.heading(), it.amount.get().value()?, it.amount.cell)))
        .collect()
}

fn wrong_share(
    plan: &Plan,
    it: &Computed,
    scheme_type: &SchemeType,
    held: Decimal,
    expected: Decimal,
) -> Finding {
    let (held_shown, expected_shown) = (it.shown.print(held), it.shown.print(expected));
    Finding::new(
        State::NotMet,
        it.label.clone(),
        format!("The share of {} does not follow from the lines", scheme_type.name),
    )
    .message(format!(
        "{} ({}) says {held_shown}, but its lines come to {expected_shown} of all.",
        plan.place(it.figure.cell),
        it.label
    ))
    .todo(PUT_BACK)
    .ask("Ask for the workbook with the template's own formulas, and read the lines.")
    .cell(it.figure.cell, "share")
    .expected(it.shown.plain(expected), it.shown.plain(held))
}
