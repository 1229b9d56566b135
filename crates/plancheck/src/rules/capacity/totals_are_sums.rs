//! CD02: the discharge totals are the sums over the trusts.

use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::recomputed::typed_figures;
use crate::rules::words::PUT_BACK;
use crate::template::Section;

use super::{not_asked, people};

/// CD02 totals-are-sums.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD02",
    name: "totals-are-sums",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The totals of discharges by pathway and month are the sums over the trusts.",
    matters: "Capacity is set against these totals. Discharges that no listed trust accounts for cannot be planned with anybody.",
    example: "Pathway 0 for October 2022 is typed as 5,927, but the two trusts add up to 4,590.",
    todo: "If the total holds discharges of trusts that are not listed, first enter those under “Other”. Then put the formula back.",
    source: super::super::capacity_template(
        "3.1 Demand - Hospital Discharge: Totals Summary (autopopulated)",
    ),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: &[Section::DischargeDemand],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let Some(capacity) = &plan.capacity else { return not_asked() };
    let discharges = |it: &Total| matches!(it, Total::Discharges(..));
    let totals = plan.computed.iter().filter(|it| discharges(&it.total));
    let unfound = plan.unfound(|it| it.total.as_ref().is_some_and(discharges));
    typed_figures(plan, totals, unfound, |it, held, expected| {
        let (gap, side) = ((held - expected).abs(), if held > expected { "too many" } else { "too few" });
        let mut sum = Vec::new();
        if let Total::Discharges(pathway, month) = it.total {
            for row in capacity.trusts_on(pathway) {
                let Ok(figure) = row.months.of(month) else { continue };
                let Some(amount) = figure.get().value() else { continue };
                let trust = row.named().map_or("no trust".to_owned(), crate::plan::shortened);
                sum.push(Term::at(trust, amount, figure.cell));
            }
        }
        sum.push(Term::result("Sum of the trusts", expected));
        let first = if held > expected {
            "If the total holds discharges of trusts that are not listed, first enter those under “Other”. "
        } else {
            ""
        };
        Finding::new(State::NotMet, it.label.clone(), format!("{} is not the sum of the trusts", it.label))
            .message(format!(
                "{} ({}) says {}, but the trusts add up to {}: {} {side}.",
                plan.place(it.figure.cell),
                it.label,
                people(held),
                people(expected),
                people(gap)
            ))
            .todo(format!("{first}{PUT_BACK}"))
            .ask("Ask which is right, the total or the trusts, and whose discharges make the difference.")
            .cell(it.figure.cell, "total")
            .cells(sum.iter().filter_map(|it| it.cell), "trust")
            .people(sum)
            .expected(money::plain(expected), money::plain(held))
    })
}
