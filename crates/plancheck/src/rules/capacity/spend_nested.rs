//! CD06: what the Better Care Fund pays is a part of all that is spent.

use rust_decimal::Decimal;

use super::not_asked;
use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Figure, Located, Plan, Sought};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Section;

/// CD06 spend-nested.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD06",
    name: "spend-nested",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The BCF related spend on intermediate care is no more than the overall spend, and both are above £0.",
    matters: "The overall spend holds what the Better Care Fund pays. A part that is larger than its whole, or a spend of nothing, tells nobody what intermediate care costs.",
    example: "The overall spend is £2,000,000 and the BCF related spend £2,400,000.",
    todo: "Enter the whole spend on intermediate care, BCF and non BCF, and the part of it that the Better Care Fund pays.",
    source: super::super::capacity_template("5.0 Spend: Overall Spend (BCF & Non BCF), BCF related spend"),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: &[Section::Spend],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let Some(capacity) = &plan.capacity else { return not_asked() };
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    let overall = read(&capacity.overall_spend, &mut waits);
    let related = read(&capacity.related_spend, &mut waits);
    for (spend, name) in [(overall, "overall spend"), (related, "BCF related spend")] {
        if let Some((cell, amount)) = spend.filter(|it| money::pounds(it.1) <= Decimal::ZERO) {
            findings.push(
                Finding::new(State::NotMet, name, format!("The {name} is not above £0"))
                    .message(format!(
                        "{} gives the {name} on intermediate care as {}, which is not above £0.",
                        plan.place(cell.cell),
                        money::show_pounds(amount)
                    ))
                    .todo(format!("Enter the {name} for the whole year. An estimate will do."))
                    .ask(format!("Ask for the {name} on intermediate care, as an estimate if need be."))
                    .cell(cell.cell, "spend")
                    .expected("an amount above £0", money::plain(amount)),
            );
        }
    }
    if let (Some((whole, overall)), Some((part, related))) = (overall, related)
        && money::pounds(related) > money::pounds(overall)
    {
        let gap = money::show_pounds(money::pounds(related) - money::pounds(overall));
        findings.push(
            Finding::new(State::NotMet, "BCF related spend above overall spend", "The BCF related spend is more than the whole")
                .message(format!(
                    "{} gives the BCF related spend as {}, which is {gap} more than the overall spend of {} ({}).",
                    plan.place(part.cell),
                    money::show_pounds(related),
                    money::show_pounds(overall),
                    whole.cell
                ))
                .todo("Enter the overall spend with the BCF related spend in it, or correct the one that is wrong.")
                .ask("Ask whether the two amounts were swapped, or the overall spend leaves the BCF out.")
                .cell(part.cell, "part")
                .cell(whole.cell, "whole")
                .expected(format!("no more than {}", money::show_pounds(overall)), money::plain(related)),
        );
    }
    Outcome::of(findings, waits)
}

/// A spend that was found and can be read.
fn read<'a>(
    spend: &'a Sought<Located<Figure>>,
    waits: &mut Vec<Wait>,
) -> Option<(&'a Located<Figure>, Decimal)> {
    let read = spend.as_ref().map_err(|it| it.wait()).and_then(|it| Ok((it, it.need(None)?)));
    read.map_err(|wait| waits.push(wait)).ok()
}
