//! EX18: a minimum spend that is met is met with room to spare.

use rust_decimal::Decimal;

use super::some_of;
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule, Waits};
use crate::rules::words::either;
use crate::template::{Minimum, MinimumSpec, Section};
use crate::workbook::CellRef;

/// EX18 thin-headroom.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX18",
    name: "thin-headroom",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Each minimum spend that is met is met by more than 1% of the minimum. Where it is not, each line is named that would break the minimum if it alone were coded otherwise.",
    matters: "A condition that is only just met depends on how single lines are coded. Assurers look at those lines first, and a later correction may break the condition.",
    example: "Adult social care spend is £584 above its minimum of £13,584,091, and 24 lines count that are larger than £584.",
    todo: "Look at the area of spend, commissioner and source of the lines named, and be ready to explain them; or plan a little more that counts.",
    source: super::super::template("5. Expenditure: Required Spend, National Conditions 2 & 3"),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let totals = plan.totals();
    let mut findings = Vec::new();
    let mut waits = Waits::default();
    let mut any_met = false;
    for spend in &plan.minimums {
        let minimum = spend.spec.minimum;
        match (totals.required(minimum), totals.expected(Total::Planned(minimum))) {
            (Ok(required), Ok(planned)) => {
                let headroom = money::pounds(planned).saturating_sub(money::pounds(required));
                if headroom >= Decimal::ZERO {
                    any_met = true;
                    if headroom.saturating_mul(Decimal::ONE_HUNDRED) <= money::pounds(required) {
                        let cell = spend.required.as_ref().ok().map(|it| it.cell);
                        let terms = totals.planned(minimum).map(|it| it.1).unwrap_or_default();
                        findings.push(thin(spend.spec, cell, (required, headroom), &terms));
                    }
                }
            }
            (required, planned) => {
                waits.extend(required.err().into_iter().chain(planned.err()).flatten());
            }
        }
    }
    if !any_met && waits.is_empty() {
        return Outcome::does_not_apply("neither minimum spend is met, so there is no headroom to judge");
    }
    Outcome::of(findings, waits)
}

fn thin(
    spec: &MinimumSpec,
    required_cell: Option<CellRef>,
    (required, headroom): (Decimal, Decimal),
    terms: &[Term],
) -> Finding {
    let (spend, coding) = match spec.minimum {
        Minimum::SocialCare => ("adult social care", "area of spend and source of funding"),
        Minimum::OutOfHospital => {
            ("NHS commissioned out of hospital services", "area of spend, commissioner and source of funding")
        }
    };
    // Coded otherwise, a line takes all that it counts with it.
    let mut breaking: Vec<&Term> = terms.iter().filter(|it| money::pounds(it.amount) > headroom).collect();
    breaking.sort_by_key(|it| (-it.amount, it.cell));
    // Cut off and not rounded: 0.999% is less than 1%.
    let percent = headroom
        .saturating_mul(Decimal::ONE_HUNDRED)
        .checked_div(required)
        .map_or(Decimal::ZERO, |it| it.trunc_with_scale(2));
    let names: Vec<String> = breaking.iter().map(|it| named(it)).collect();
    let explain =
        |lines: &str, them: &str| format!("Check the {coding} of {lines}, and be ready to explain {them}.");
    let ask_each = format!("Ask why each of these lines counts as {spend}, beginning with the largest.");
    let (depends, todo, ask) = match breaking.len() {
        0 => (
            "No single line, coded otherwise, would break it.".to_owned(),
            "Plan a little more that counts, or be ready to explain how each line is coded.".to_owned(),
            format!("Ask what happens to the spend on {spend} if a line turns out to be coded wrongly."),
        ),
        1 => (
            format!("{}, coded otherwise, would break it.", names.concat()),
            explain("this line", "it"),
            format!("Ask why this line counts as {spend}."),
        ),
        2 => (
            format!("Either of 2 lines, coded otherwise, would break it: {}.", either(&names)),
            explain("these lines", "them"),
            ask_each,
        ),
        more => (
            format!("Any of {more} lines, coded otherwise, would break it: {}.", some_of(&names)),
            explain("these lines", "them"),
            ask_each,
        ),
    };
    let (minimum, room) = (money::show_pounds(money::pounds(required)), money::show_pounds(headroom));
    let percent = money::show_number(percent, 2);
    let (title, above) = if headroom.is_zero() {
        (format!("{} is met exactly", spec.condition), format!("exactly the minimum of {minimum}"))
    } else {
        (
            format!("{} is met by {room} only", spec.condition),
            format!("{room} above the minimum of {minimum}, which is {percent}% of it"),
        )
    };
    Finding::new(State::NeedsJudgement, format!("{}, headroom", spec.condition), title)
        .message(format!("Planned spend on {spend} from the minimum NHS contribution is {above}. {depends}"))
        .todo(todo)
        .ask(ask)
        .expected("more than 1% above the minimum", format!("{room} ({percent}%)"))
        .requirement(Some(spec.requirement))
        .cells(required_cell, "minimum required")
        .cells(breaking.iter().filter_map(|it| it.cell), "amount that counts")
}

/// A line and its cell: a scheme may have many lines.
fn named(term: &Term) -> String {
    term.cell.map_or_else(|| term.label.clone(), |cell| format!("{} in {cell}", term.label))
}
