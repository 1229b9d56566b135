//! CD03: capacity is no less than demand.

use rust_decimal::Decimal;

use super::{capital, listed, not_asked, people};
use crate::finding::{Finding, State, Term};
use crate::plan::{Matched, Part, Plan};
use crate::report::Match;
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Month;

/// CD03 capacity-meets-demand.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD03",
    name: "capacity-meets-demand",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "Capacity is no less than demand for every discharge pathway, every service in the community and every month. Capacity on pathway 0 is that of voluntary and community services and of urgent community response. Demand from discharge is the Totals Summary where that is typed, because it may hold discharges of no listed trust; else it is the sum over the trusts.",
    matters: "A shortfall means people who wait in hospital, or at home without the support they were referred for.",
    example: "5,927 people are expected on pathway 0 in October 2022, and there is capacity for 4,601: 1,326 too few.",
    todo: "Check that demand and capacity count the same people, then plan more capacity in the months that are short or say in the narrative plan how the gap is met.",
    source: super::super::capacity_template(
        "3.1 Demand - Hospital Discharge, 3.2 Demand - Community, 4.1 Capacity - Discharge, 4.2 Capacity - Community",
    ),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: super::MONTHLY,
    check: Check::Plan(check),
};

/// Demand and capacity for every pathway and service, month by month: what the report shows of them.
pub fn demand_and_capacity(plan: &Plan) -> Vec<Match> {
    let mut matches = Vec::new();
    for it in plan.matched() {
        for (month, demand, capacity) in it.months {
            matches.push(Match {
                id: it.id,
                what: it.what,
                month,
                demand: demand.people.ok(),
                capacity: capacity.people.ok(),
            });
        }
    }
    matches
}

fn check(plan: &Plan) -> Outcome {
    if plan.capacity.is_none() {
        return not_asked();
    }
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for it in plan.matched() {
        let mut short = Vec::new();
        for (month, demand, capacity) in &it.months {
            match (&demand.people, &capacity.people) {
                (Ok(people), Ok(room)) if room < people => {
                    short.push(Short { month: *month, people: *people, room: *room, demand, capacity })
                }
                (Ok(_), Ok(_)) => {}
                (demand, capacity) => {
                    waits.extend(
                        [demand, capacity].into_iter().filter_map(|it| it.as_ref().err()).flatten().cloned(),
                    );
                }
            }
        }
        if !short.is_empty() {
            findings.push(shortfall(&it, &short));
        }
    }
    Outcome::of(findings, waits)
}

/// A month in which capacity is less than demand.
struct Short<'a> {
    month: Month,
    people: Decimal,
    room: Decimal,
    demand: &'a Part,
    capacity: &'a Part,
}

impl Short<'_> {
    fn gap(&self) -> Decimal {
        self.people - self.room
    }
}

fn shortfall(it: &Matched, short: &[Short<'_>]) -> Finding {
    let months = it.months.len();
    let all: Vec<String> = short
        .iter()
        .map(|it| {
            let (gap, room) = (people(it.gap()), people(it.room));
            format!("{gap} in {} ({room} of {})", it.month, people(it.people))
        })
        .collect();
    let mut sum = Vec::new();
    for it in short {
        let month = it.month;
        let labelled = |term: &Term, of: &str, sign: Decimal| Term {
            label: format!("{month}: {of}, {}", term.label),
            amount: term.amount * sign,
            cell: term.cell,
        };
        sum.extend(it.capacity.terms.iter().map(|it| labelled(it, "capacity", Decimal::ONE)));
        sum.extend(it.demand.terms.iter().map(|it| labelled(it, "demand", Decimal::NEGATIVE_ONE)));
        sum.push(Term::result(format!("{month}: capacity less demand"), -it.gap()));
    }
    let figures = |of: fn(&Short<'_>) -> Decimal| {
        short.iter().map(|it| format!("{} in {}", people(of(it)), it.month)).collect::<Vec<_>>().join("; ")
    };
    Finding::new(
        State::NeedsJudgement,
        it.what,
        format!("{}: capacity is below demand in {} of {months} months", capital(it.what), short.len()),
    )
    .message(format!("Capacity for {} is below demand by {}.", it.what, listed(&all)))
    .todo(format!(
        "Check that demand and capacity count the same people. Then plan more capacity in {}, or say in the narrative plan \
         how the gap is met.",
        if short.len() == 1 { "this month" } else { "these months" }
    ))
    .ask("Ask how these people will be supported, and whether demand and capacity count the same people.")
    .cells(short.iter().flat_map(|it| it.capacity.cells.iter().copied()), "capacity")
    .cells(short.iter().flat_map(|it| it.demand.cells.iter().copied()), "demand")
    .people(sum)
    .expected(figures(|it| it.people), figures(|it| it.room))
}
