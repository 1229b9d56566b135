//! EX12: amounts are positive whole pounds.

use rust_decimal::Decimal;

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
    matters: "The template works in whole pounds. Pence add up to differences that nobody sees, and a line of nought or less is no plan to spend.",
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
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for line in lines {
        match line.amount.need(Some("EX04")) {
            Err(wait) => waits.push(wait),
            Ok(amount) => findings.extend(fault(plan, line, amount)),
        }
    }
    Outcome::of(findings, waits)
}

fn fault(plan: &Plan, line: &Line, amount: Decimal) -> Option<Finding> {
    let (title, what, todo) = if amount.is_zero() {
        ("is nought", "is no amount to spend", "Enter the amount, or clear the whole line.".to_owned())
    } else if amount.is_sign_negative() {
        (
            "is negative",
            "is below nought",
            "Lower the line that the reduction belongs to, and clear this one.".to_owned(),
        )
    } else if !amount.fract().is_zero() {
        (
            "has pence",
            "is not a whole number of pounds",
            format!("Enter {}.", money::show_pounds(money::pounds(amount))),
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
                if amount.normalize().scale() <= 2 {
                    money::show_pounds(amount)
                } else {
                    money::show_number(amount, amount.normalize().scale())
                },
                line.label()
            ))
            .todo(todo)
            .ask(format!("Ask what is planned to be spent on {}.", line.label()))
            .cell(cell, "amount")
            .expected("a positive whole number of pounds", money::plain(amount)),
    )
}
