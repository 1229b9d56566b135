//! IN03: in a two-tier area, the districts' parts of a grant add up to it.

use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Plan, Stream};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::PREFILLED_INCOME;
use crate::template::Section;

/// IN03 district-split-adds-up.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN03",
    name: "district-split-adds-up",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Where the Disabled Facilities Grant is broken down by district, the districts' amounts add up to the grant, in whole pounds. Does not apply where the breakdown holds no amounts, as in a one-tier area.",
    matters: "In a two-tier area the grant is passed down to the district councils, which have the duty to pay for adaptations. PR3 asks for the amount agreed with each. A split that does not add up leaves a district short, or promises money that is not there.",
    example: "The grant is £9,000,000. The twelve districts' amounts come to £8,900,000, because one district still has last year's amount.",
    todo: "Correct the district whose amount is out. Enter money that the county keeps by agreement in a row of its own. Do not change the pre-filled grant.",
    source: super::super::template(
        "4. Income: DFG breakdown for two-tier areas only; 7. Planning Requirements: PR3",
    ),
    requirement: Some("PR3"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    let mut split = false;
    for (idx, stream) in plan.streams.iter().enumerate() {
        if let Err(absent) = &stream.rows {
            // Without its rows nobody knows whether there is a breakdown under them.
            if !stream.source.breakdown.is_empty() {
                waits.push(absent.wait());
            }
            continue;
        }
        let (mut terms, mut unread) = (Vec::new(), Vec::new());
        for district in stream.districts.iter().filter(|it| !it.amount.get().is_blank()) {
            match district.amount.need(None) {
                Ok(amount) => {
                    let name = district.name.get().text().unwrap_or("a district without a name");
                    terms.push(Term::at(name, amount, district.amount.cell));
                }
                Err(wait) => unread.push(wait),
            }
        }
        // Look-ups give nought for every district that there is not.
        if unread.is_empty() && terms.iter().all(|it| it.amount.is_zero()) {
            continue;
        }
        split = true;
        match plan.totals().income(idx) {
            Ok(grant) if unread.is_empty() => findings.extend(compare(plan, stream, terms, grant)),
            Ok(_) => waits.extend(unread),
            Err(more) => waits.extend(unread.into_iter().chain(more)),
        }
    }
    if !split && waits.is_empty() {
        return Outcome::does_not_apply("no grant is broken down by district");
    }
    Outcome::of(findings, waits)
}

fn compare(
    plan: &Plan,
    stream: &Stream,
    mut terms: Vec<Term>,
    grant: rust_decimal::Decimal,
) -> Option<Finding> {
    let given = money::sum(terms.iter().map(|it| it.amount));
    let gap = money::pounds(given).saturating_sub(money::pounds(grant));
    if gap.is_zero() {
        return None;
    }
    let amount = money::show_pounds(gap.abs());
    let more = if gap.is_sign_negative() { "less" } else { "more" };
    let grant_cells = stream.rows.iter().flatten().filter(|it| it.amount.get().value().is_some());
    let grant_cells: Vec<_> = grant_cells.map(|it| it.amount.cell).collect();
    let cells: Vec<_> = terms.iter().filter_map(|it| it.cell).collect();
    let place = match cells.as_slice() {
        [first, .., last] => format!("{first} to {}", plan.place(*last)),
        few => few.first().map_or(String::new(), |it| plan.place(*it)),
    };
    let count = terms.len();
    terms.push(Term::result("Sum of the districts", given));
    terms.push(Term::result(format!("Less {}", stream.source.stream), -grant));
    terms.push(Term::result("Difference", gap));
    Some(
        Finding::new(
            State::NotMet,
            format!("{} by district", stream.source.name),
            format!("The districts' parts of {} do not add up to it", stream.source.stream),
        )
        .message(format!(
            "The amounts of {count} {} ({place}) add up to {}, which is {amount} {more} than {} of {}.",
            if count == 1 { "district" } else { "districts" },
            money::show_pounds(money::pounds(given)),
            stream.source.stream,
            money::show_pounds(money::pounds(grant))
        ))
        .todo(if gap.is_sign_negative() {
            format!(
                "Find the {amount}: correct a district's amount, or enter what the county keeps in a row of its own. \
                 {PREFILLED_INCOME}"
            )
        } else {
            format!("Find the {amount}: correct a district's amount. {PREFILLED_INCOME}")
        })
        .ask(format!(
            "Ask what each district is to receive and where the {amount} belongs; what was agreed with the housing \
             authorities?"
        ))
        .cells(cells, "district")
        .cells(grant_cells, "grant")
        .sum(terms)
        .expected(money::plain(grant), money::plain(given)),
    )
}
