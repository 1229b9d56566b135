//! CD04: capacity is not a copy of demand.

use rust_decimal::Decimal;

use super::{capital, listed, not_asked, people};
use crate::finding::{Finding, State};
use crate::plan::{Matched, Plan};
use crate::rule::{Check, Class, Outcome, Rule, Wait};

/// CD04 capacity-not-copied.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD04",
    name: "capacity-not-copied",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "The capacity of a pathway or service is not identical to its demand in every month. Rows of 0 alone are left out.",
    matters: "Capacity follows from caseloads and lengths of stay, and demand from referrals. Where the two agree to the person in every month, one was probably copied from the other and shows no gap that there may be.",
    example: "Demand and capacity of pathway 2 are both 77, 97, 104, 110, 116 and 101.",
    todo: "Work capacity out from caseload, occupancy and length of stay, as the template's guidance says.",
    source: super::super::capacity_template(
        "1.0 Guidance: 4.1 Capacity - discharge: (Caseload*days in month*max occupancy percentage)/average duration of service or length of stay",
    ),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: super::MONTHLY,
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    if plan.capacity.is_none() {
        return not_asked();
    }
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for it in plan.matched() {
        let mut same: Vec<Decimal> = Vec::new();
        let mut differs = false;
        let mut missing = Vec::new();
        for (_, demand, capacity) in &it.months {
            match (&demand.people, &capacity.people) {
                (Ok(demand), Ok(capacity)) if demand == capacity => same.push(*demand),
                (Ok(_), Ok(_)) => differs = true,
                (demand, capacity) => {
                    missing.extend(
                        [demand, capacity].into_iter().filter_map(|it| it.as_ref().err()).flatten().cloned(),
                    );
                }
            }
        }
        // One month that differs settles it, whatever the others hold.
        if differs {
            continue;
        }
        if !missing.is_empty() {
            waits.extend(missing);
        } else if same.iter().any(|it| !it.is_zero()) {
            findings.push(copied(&it, &same));
        }
    }
    Outcome::of(findings, waits)
}

fn copied(it: &Matched, same: &[Decimal]) -> Finding {
    let figures = listed(&same.iter().map(|it| people(*it)).collect::<Vec<_>>());
    Finding::new(
        State::NeedsJudgement,
        it.what,
        format!("{}: capacity is identical to demand", capital(it.what)),
    )
    .message(format!(
        "Capacity for {} is identical to demand in every month: {figures} people. One looks copied from the other.",
        it.what
    ))
    .todo("Work capacity out from caseload, occupancy and length of stay, as the template's guidance says, or note beside the figures why the two agree.")
    .ask("Ask how capacity was worked out, and whether demand was limited to what there is capacity for.")
    .cells(it.months.iter().flat_map(|it| it.2.cells.iter().copied()), "capacity")
    .cells(it.months.iter().flat_map(|it| it.1.cells.iter().copied()), "demand")
}
