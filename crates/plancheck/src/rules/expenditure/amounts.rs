//! EX12: amounts are positive whole pounds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::some_of;
use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Line, Plan};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, Section};

/// EX12 amounts.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX12",
    name: "amounts",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "The amount of each line is a positive whole number of pounds.",
    matters: "The template works in whole pounds. Pence add up to differences that nobody sees, and a line of £0 or less is no plan to spend.",
    example: "A line holds £1,200.50, or −£500 to make a source balance.",
    todo: "Enter the amount in whole pounds. Show a reduction by lowering the line it belongs to.",
    source: super::super::template(
        "1. Guidance: 5. Expenditure, Expenditure (£); 4. Income: allocations are rounded to the nearest pound",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let lines = match plan.lines(&[Field::Amount]) {
        Ok(lines) => lines,
        Err(waits) => return Outcome::of(Vec::new(), waits),
    };
    if lines.is_empty() {
        return Outcome::does_not_apply("the expenditure table has no lines");
    }
    let rounding = rounding(lines);
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for line in lines {
        match line.amount.need(Some("EX04")) {
            Err(wait) => waits.push(wait),
            Ok(amount) => findings.extend(fault(plan, line, amount, &rounding)),
        }
    }
    Outcome::of(findings, waits)
}

fn fault(plan: &Plan, line: &Line, amount: Decimal, rounding: &BTreeMap<usize, String>) -> Option<Finding> {
    let pence = money::pence(amount);
    let (title, what, todo) = if pence.is_zero() {
        ("is £0", "is no amount to spend", "Enter the amount, or clear the whole line.".to_owned())
    } else if pence.is_sign_negative() {
        (
            "is negative",
            "is below £0",
            "Lower the line that the reduction belongs to, and clear this one.".to_owned(),
        )
    } else if !money::is_whole_pounds(amount) {
        (
            "has pence",
            "is not a whole number of pounds",
            line.source
                .peek()
                .known()
                .and_then(|it| rounding.get(&it.idx).cloned())
                .unwrap_or_else(|| format!("Enter {}.", money::show_pounds(money::pounds(amount)))),
        )
    } else {
        return None;
    };
    let cell = line.amount.cell;
    Some(
        Finding::new(State::NotMet, line.about(), format!("The amount in {cell} {title}"))
            .message(format!(
                "{} holds {} for {}, which {what}.",
                plan.place(cell),
                money::show_pounds(amount),
                line.label()
            ))
            .todo(todo)
            .ask(format!("Ask what is planned to be spent on {}.", line.label()))
            .cell(cell, "amount")
            .expected("a positive whole number of pounds", money::plain(pence)),
    )
}

/// What to do about pence, by the source of funding: several lines of one source are rounded together, or else
/// it may balance no more.
fn rounding(lines: &[Line]) -> BTreeMap<usize, String> {
    let mut pence: BTreeMap<usize, Vec<(&Line, Decimal)>> = BTreeMap::new();
    for line in lines {
        if let (Some(source), Some(amount)) = (line.source.peek().known(), line.amount.peek().value())
            && !money::is_whole_pounds(amount)
        {
            pence.entry(source.idx).or_default().push((line, amount));
        }
    }
    pence.into_iter().filter_map(|(source, lines)| Some((source, together(&lines)?))).collect()
}

/// What to do about the pence of several lines of one source.
fn together(lines: &[(&Line, Decimal)]) -> Option<String> {
    let [(first, _), _, ..] = lines else { return None };
    let cells: Vec<String> = lines.iter().map(|it| it.0.amount.cell.to_string()).collect();
    Some(format!(
        "Round {} to whole pounds that come to {} together, so that the balance of {} stays as it is.",
        some_of(&cells),
        money::show_pounds(money::pounds(money::sum(lines.iter().map(|it| it.1)))),
        first.source.peek().known()?.spec.stream
    ))
}
