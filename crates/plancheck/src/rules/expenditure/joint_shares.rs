//! EX09: the shares of joint lines are shares of one whole, and no other line has any.

use rust_decimal::Decimal;

use super::{listed, on_lines};
use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Commissioner, Figure, Line, Located, Plan, as_shares, come_to_a_whole, is_placeholder};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, Section};

/// EX09 joint-shares.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX09",
    name: "joint-shares",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "A line that is commissioned jointly gives the share of the NHS and the share of the local authority, and the two add up to 100%. 60 and 40, 60% and 40%, 0.6 and 0.4 say the same. A joint line of 100% and 0% needs judgement. A line that is not joint has no shares. Does not apply where no line is joint and none has shares.",
    matters: "Of a joint line, the NHS share alone counts towards NHS commissioned out of hospital spend. A share that is missing or wrong makes that minimum wrong; one of 0% or 100% says that one body commissions the scheme alone.",
    example: "An advocacy scheme is Joint with 60% from the NHS and 30% from the council.",
    todo: "Enter both shares so that they add up to 100%. Where one body commissions the whole, choose it as the commissioner and clear the shares.",
    source: super::super::template(
        "5. Expenditure: % NHS (if Joint Commissioner), % LA (if Joint Commissioner); 1. Guidance: 5. Expenditure, Commissioner",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Commissioner, Field::NhsShare, Field::LocalShare], |lines| {
        let (mut findings, mut waits, mut joint) = (Vec::new(), Vec::new(), false);
        for line in lines {
            let found = match line.commissioner.need(Some("EX04")) {
                Err(wait) => Err(vec![wait]),
                Ok(Some(Commissioner::Joint)) => {
                    joint = true;
                    of_joint(plan, line)
                }
                Ok(Some(Commissioner::Nhs | Commissioner::Local) | None) => of_one(plan, line),
            };
            match found {
                Ok(finding) => findings.extend(finding),
                Err(more) => waits.extend(more),
            }
        }
        if !joint && findings.is_empty() && waits.is_empty() {
            return Outcome::does_not_apply("no line is commissioned jointly");
        }
        Outcome::of(findings, waits)
    })
}

/// The shares of a line, with what each is called.
fn shares(line: &Line) -> [(&Located<Figure>, &'static str); 2] {
    [(&line.nhs_share, "NHS share"), (&line.local_share, "local authority share")]
}

fn of_joint(plan: &Plan, line: &Line) -> Result<Option<Finding>, Vec<Wait>> {
    let blank: Vec<_> = shares(line).into_iter().filter(|it| it.0.get().is_blank()).collect();
    if !blank.is_empty() {
        return Ok(Some(without(plan, line, &blank)));
    }
    let (nhs, local) = match (line.nhs_share.need(None), line.local_share.need(None)) {
        (Ok(nhs), Ok(local)) => as_shares(nhs, local),
        (nhs, local) => return Err(nhs.err().into_iter().chain(local.err()).collect()),
    };
    let both = format!("{} from the NHS and {} from the local authority", percent(nhs), percent(local));
    let finding = if !come_to_a_whole((nhs, local)) {
        let negative = nhs.min(local) < Decimal::ZERO;
        let what = if negative {
            "which cannot be shares of it".to_owned()
        } else {
            format!("which add up to {} and not to 100%", percent(nhs.saturating_add(local)))
        };
        finding(State::NotMet, line, "The shares of a joint line do not add up to 100%")
            .message(format!(
                "{}: {} is Joint with {both}, {what}.",
                plan.place(line.nhs_share.cell),
                line.label()
            ))
            .todo("Enter both shares so that they add up to 100%.")
            .ask(format!("Ask which share of {} the NHS commissions.", line.label()))
            .expected("100%", percent(nhs.saturating_add(local)))
    } else if nhs.is_zero() || local.is_zero() {
        let whole = if local.is_zero() { "the NHS" } else { "the local authority" };
        finding(State::NeedsJudgement, line, "A joint line belongs to one commissioner alone")
            .message(format!(
                "{}: {} is Joint with {both}, so that {whole} commissions all of it.",
                plan.place(line.nhs_share.cell),
                line.label()
            ))
            .todo(format!(
                "Choose {whole} as the commissioner and clear the shares, or enter the shares that were agreed."
            ))
            .ask(format!("Ask whether {} is commissioned jointly, and in which shares.", line.label()))
            .expected("two shares above 0%", format!("{} and {}", percent(nhs), percent(local)))
    } else {
        return Ok(None);
    };
    Ok(Some(finding))
}

fn without(plan: &Plan, line: &Line, blank: &[(&Located<Figure>, &'static str)]) -> Finding {
    let what = blank.iter().map(|it| it.1).collect::<Vec<_>>().join(" and no ");
    let place = blank.first().map_or(String::new(), |it| plan.place(it.0.cell));
    let mut finding = Finding::new(State::NotMet, about(line), format!("A joint line has no {what}"))
        .message(format!("{} is Joint and has no {what} ({place}).", line.heading()))
        .todo("Enter both shares so that they add up to 100%.")
        .ask(format!("Ask which share of {} the NHS commissions.", line.label()))
        .expected(blank.iter().map(|it| it.1).collect::<Vec<_>>().join(", "), "blank");
    for (share, name) in blank {
        finding = finding.cell(share.cell, name);
    }
    finding.cell(line.commissioner.cell, "commissioner")
}

/// The cells open for joint lines only; a nought there says the same as a blank, and so does "n/a".
fn of_one(plan: &Plan, line: &Line) -> Result<Option<Finding>, Vec<Wait>> {
    let (mut given, mut waits) = (Vec::new(), Vec::new());
    for (share, name) in shares(line) {
        match share.get() {
            Figure::Blank => {}
            Figure::NotANumber(text) if is_placeholder(text) => {}
            Figure::Number(it) | Figure::TextNumber(it) if it.is_zero() => {}
            Figure::Number(it) | Figure::TextNumber(it) => given.push((share.cell, name, *it)),
            Figure::NotANumber(_) | Figure::Error(_) | Figure::NoValue => {
                waits.extend(share.need(None).err())
            }
        }
    }
    let Some((first, ..)) = given.first() else {
        return if waits.is_empty() { Ok(None) } else { Err(waits) };
    };
    let figures: Vec<String> = given
        .iter()
        .map(|(_, name, share)| format!("{} as the {name}", percent(as_shares(*share, Decimal::ZERO).0)))
        .collect();
    let figures = listed(&figures);
    Ok(Some(
        finding(State::NotMet, line, "A line that is not joint has shares")
            .message(format!(
                "{}: {} is not Joint ({}), but gives {figures}.",
                plan.place(*first),
                line.label(),
                line.commissioner.cell
            ))
            .todo("Clear the shares, or choose Joint as the commissioner.")
            .ask(format!("Ask who commissions {}, and whether jointly.", line.label()))
            .expected("blank", figures),
    ))
}

fn about(line: &Line) -> String {
    format!("{}, shares", line.about())
}

fn finding(state: State, line: &Line, title: &str) -> Finding {
    Finding::new(state, about(line), title)
        .cell(line.nhs_share.cell, "NHS share")
        .cell(line.local_share.cell, "local authority share")
        .cell(line.commissioner.cell, "commissioner")
}

/// "60%", "33.33%".
fn percent(share: Decimal) -> String {
    let percent = money::round(share.saturating_mul(Decimal::ONE_HUNDRED), 2).normalize();
    format!("{}%", money::show_number(percent, percent.scale()))
}
