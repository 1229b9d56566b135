//! EX09: the shares of joint lines are shares of one whole, and no other line has any.

use rust_decimal::Decimal;

use super::what_if::nhs_name;
use super::{listed, on_lines, places};
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

/// What to do about shares that are missing or do not add up.
const ENTER_BOTH: &str = "Enter both shares so that they add up to 100%.";

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Commissioner, Field::NhsShare, Field::LocalShare], |lines| {
        let nhs = nhs_name(plan);
        let (mut findings, mut waits, mut joint) = (Vec::new(), Vec::new(), false);
        for line in lines {
            let found = match line.commissioner.need(Some("EX04")) {
                Err(wait) => Err(vec![wait]),
                Ok(Some(Commissioner::Joint)) => {
                    joint = true;
                    of_joint(plan, line, &nhs)
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

fn of_joint(plan: &Plan, line: &Line, nhs_name: &str) -> Result<Option<Finding>, Vec<Wait>> {
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
        let sum = percent(nhs.saturating_add(local));
        let (title, what, todo, shares) = if nhs.min(local) < Decimal::ZERO {
            (
                "The shares of a joint line cannot be right",
                "which cannot be shares of it".to_owned(),
                "Enter two shares between 0% and 100% that add up to 100%.",
                ("shares between 0% and 100%", format!("{} and {}", percent(nhs), percent(local))),
            )
        } else {
            (
                "The shares of a joint line do not add up to 100%",
                format!("which add up to {sum} and not to 100%"),
                ENTER_BOTH,
                ("100%", sum),
            )
        };
        finding(State::NotMet, line, title)
            .message(format!(
                "{}: {} is Joint with {both}, {what}.",
                plan.place(line.nhs_share.cell),
                line.label()
            ))
            .todo(todo)
            .ask(format!("Ask which share of {} the NHS commissions.", line.label()))
            .expected(shares.0, shares.1)
    } else if nhs.is_zero() || local.is_zero() {
        let (whole, option) =
            if local.is_zero() { ("the NHS", nhs_name) } else { ("the local authority", "LA") };
        finding(State::NeedsJudgement, line, "A joint line belongs to one commissioner alone")
            .message(format!(
                "{}: {} is Joint with {both}, so that {whole} commissions all of it.",
                plan.place(line.nhs_share.cell),
                line.label()
            ))
            .todo(format!(
                "Choose {option} in {} and clear {} and {}, or enter the shares that were agreed.",
                line.commissioner.cell, line.nhs_share.cell, line.local_share.cell
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
    let place = places(plan, &blank.iter().map(|it| it.0.cell).collect::<Vec<_>>());
    let mut finding = Finding::new(State::NotMet, about(line), format!("A joint line has no {what}"))
        .message(format!("{} is Joint and has no {what} ({place}).", line.heading()))
        .todo(ENTER_BOTH)
        .ask(format!("Ask which share of {} the NHS commissions.", line.label()))
        .expected(blank.iter().map(|it| it.1).collect::<Vec<_>>().join(" and "), "blank");
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
    let mut found = Finding::new(State::NotMet, about(line), "A line that is not joint has shares");
    for (cell, name, _) in &given {
        found = found.cell(*cell, name);
    }
    Ok(Some(
        found
            .cell(line.commissioner.cell, "commissioner")
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
