//! IN06: contributions are whole pounds and not negative.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{IncomeRow, Plan, Stream, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::PREFILLED_INCOME;
use crate::template::{Section, SourceRole};

/// IN06 whole-pounds.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN06",
    name: "whole-pounds",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Every contribution on the income sheet, and every district's part of one, is a whole number of pounds and not below £0.",
    matters: "Allocations are published in whole pounds. Pence are not shown and add up to differences that nobody can see; a negative contribution hides that another is too high.",
    example: "The additional contribution of the council is £252,100.40. The sheet shows £252,100.",
    todo: "Enter the amount in whole pounds; the districts must still add up to their grant. Lower the contribution that a reduction belongs to. Put a pre-filled contribution back.",
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
                let of = |it| (it, Giver::of(stream));
                let parts = stream.districts.iter().map(|it| (it, Giver::District));
                for (row, from) in rows.iter().map(of).chain(parts).filter(|it| !it.0.amount.get().is_blank())
                {
                    given = true;
                    match row.amount.need(None) {
                        Err(wait) => waits.push(wait),
                        Ok(amount) => findings.extend(fault(plan, stream, row, from, amount)),
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

/// What an amount stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Giver {
    /// National figures that the template fills in.
    National,
    /// Somebody who contributes by choice.
    Contributor,
    /// A district that receives a part of a grant.
    District,
}

impl Giver {
    fn of(stream: &Stream) -> Self {
        match stream.source.role {
            SourceRole::NhsMinimum | SourceRole::Mandatory => Giver::National,
            SourceRole::Additional => Giver::Contributor,
        }
    }
}

fn fault(plan: &Plan, stream: &Stream, row: &IncomeRow, from: Giver, amount: Decimal) -> Option<Finding> {
    let pence = money::pence(amount);
    let negative = pence.is_sign_negative() && !pence.is_zero();
    if !negative && money::is_whole_pounds(amount) {
        return None;
    }
    let (title, what) =
        if negative { ("is negative", "below £0") } else { ("has pence", "not a whole number of pounds") };
    let todo = match (from, negative) {
        (Giver::National, _) => format!("Put the pre-filled contribution back. {PREFILLED_INCOME}"),
        (Giver::District, false) => {
            "Round to whole pounds so that the districts still add up to the grant.".to_owned()
        }
        (Giver::District, true) => {
            "Lower the part of the district that the reduction belongs to, and clear this one.".to_owned()
        }
        (Giver::Contributor, false) => format!("Enter {}.", money::show_pounds(money::pounds(amount))),
        (Giver::Contributor, true) => {
            "Lower the contribution that the reduction belongs to, and clear this one.".to_owned()
        }
    };
    let (cell, stream_name) = (row.amount.cell, stream.source.stream);
    let who = if from == Giver::District { "district" } else { "contributor" };
    let name = row.name.get().text().map_or_else(|| format!("an unnamed {who}"), shortened);
    let (part, holds) = match from {
        Giver::District => ("district's part", format!("as {name}'s part of {stream_name}")),
        Giver::National | Giver::Contributor => {
            ("contribution", format!("from {name} as part of {stream_name}"))
        }
    };
    let ask = match from {
        Giver::District => format!("Ask how much {name} is to receive."),
        Giver::National => "Ask why the pre-filled contribution was changed.".to_owned(),
        Giver::Contributor => format!("Ask how much {name} contributes to {stream_name}."),
    };
    let about = format!("{}, {who} {name}", stream.source.name);
    Some(
        Finding::new(State::NotMet, about, format!("The {part} in {cell} {title}"))
            .message(format!(
                "{} holds {} {holds}, which is {what}.",
                plan.place(cell),
                money::show_pounds(amount)
            ))
            .todo(todo)
            .ask(ask)
            .cell(cell, "amount")
            .expected("a whole number of pounds, not negative", money::plain(pence)),
    )
}
