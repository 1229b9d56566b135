//! IN06: contributions are whole pounds and not negative.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{IncomeRow, Plan, Stream, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Section;

/// IN06 whole-pounds.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN06",
    name: "whole-pounds",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Every contribution on the income sheet, and every district's part of one, is a whole number of pounds and not below nought.",
    matters: "Allocations are published in whole pounds. Pence are not shown and add up to differences that nobody can see; a negative contribution hides that another is too high.",
    example: "The additional contribution of the council is £252,100.40. The sheet shows £252,100.",
    todo: "Enter the amount in whole pounds. Lower the contribution that a reduction belongs to.",
    source: super::super::template("1. Guidance: 4. Income, allocations are rounded to the nearest pound"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    let mut given = false;
    for stream in &plan.streams {
        match &stream.rows {
            Err(absent) => waits.push(absent.wait()),
            Ok(rows) => {
                let of = |it| (it, "contributor");
                let parts = stream.districts.iter().map(|it| (it, "district"));
                for (row, who) in rows.iter().map(of).chain(parts).filter(|it| !it.0.amount.get().is_blank())
                {
                    given = true;
                    match row.amount.need(None) {
                        Err(wait) => waits.push(wait),
                        Ok(amount) => findings.extend(fault(plan, stream, row, who, amount)),
                    }
                }
            }
        }
    }
    if !given && waits.is_empty() {
        return Outcome::does_not_apply("no contribution has an amount");
    }
    Outcome::of(findings, waits)
}

fn fault(plan: &Plan, stream: &Stream, row: &IncomeRow, who: &str, amount: Decimal) -> Option<Finding> {
    // A calculation may leave a trace far behind the point that is no penny.
    let pence = money::round(amount, 2);
    let (title, what, todo) = if pence.is_sign_negative() && !pence.is_zero() {
        (
            "is negative",
            "below nought",
            "Lower the contribution that the reduction belongs to, and clear this one.".to_owned(),
        )
    } else if !pence.fract().is_zero() {
        (
            "has pence",
            "not a whole number of pounds",
            format!("Enter {}.", money::show_pounds(money::pounds(amount))),
        )
    } else {
        return None;
    };
    let cell = row.amount.cell;
    let name = row.name.get().text().map_or_else(|| format!("an unnamed {who}"), shortened);
    let about = format!("{}, {who} {name}", stream.source.name);
    Some(
        Finding::new(State::NotMet, about, format!("The contribution in {cell} {title}"))
            .message(format!(
                "{} holds {} from {name} as part of {}, which is {what}.",
                plan.place(cell),
                money::show_pounds(amount),
                stream.source.stream
            ))
            .todo(todo)
            .ask(format!("Ask how much {name} contributes to {}.", stream.source.stream))
            .cell(cell, "amount")
            .expected("a whole number of pounds, not negative", money::plain(pence)),
    )
}
