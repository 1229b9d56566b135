//! EX14: grants are spent on what they are given for.

use std::collections::BTreeSet;

use super::{labels, on_lines, places, some_of};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Area, Choice, Line, Plan, Stream, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::first_of;
use crate::template::{Field, Purpose, Section};
use crate::workbook::CellRef;

/// EX14 grant-purpose.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX14",
    name: "grant-purpose",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Lines paid from the DFG are of the type DFG Related Schemes, and lines paid from the iBCF have the area of spend Social Care.",
    matters: "Both are grants with conditions. The DFG pays for adaptations to homes, and the iBCF for adult social care, for easing pressure on the NHS and for the market of care providers. Another use can be within the conditions, and somebody must be able to say why.",
    example: "£927,590 of the iBCF pays for a scheme with the area of spend Community Health.",
    todo: "Correct the source, the type or the area where it is wrong. Otherwise be ready to say under which condition of the grant the scheme falls.",
    source: super::super::template(
        "7. Planning Requirements: PR3 and PR7, grant conditions; 5b. Scheme types: DFG Related Schemes",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Type, Field::Area, Field::Source], |lines| {
        let mut waits: Vec<Wait> = Vec::new();
        let mut astray: Vec<Vec<&Line>> = plan.streams.iter().map(|_| Vec::new()).collect();
        let mut tested = false;
        let purposes: Vec<Purpose> = plan.streams.iter().filter_map(|it| it.source.purpose).collect();
        // What nothing is planned for is no use of a grant.
        for line in lines.iter().filter(|it| it.amount.get().value().is_none_or(|it| !it.is_zero())) {
            match line.source.need(Some("EX04")) {
                Ok(None) => {}
                Ok(Some(source)) => {
                    let Some(purpose) = source.spec.purpose else { continue };
                    tested = true;
                    match serves(line, purpose) {
                        Ok(true) => {}
                        Ok(false) => {
                            if let Some(lines) = astray.get_mut(source.idx) {
                                lines.push(line);
                            }
                        }
                        Err(wait) => waits.push(wait),
                    }
                }
                // Whichever grant may pay for it, it must serve that one.
                Err(wait) if purposes.iter().any(|it| serves(line, *it) != Ok(true)) => waits.push(wait),
                Err(_) => {}
            }
        }
        if !tested && waits.is_empty() {
            return Outcome::does_not_apply("no line is paid from a grant with a purpose of its own");
        }
        let findings =
            plan.streams.iter().zip(&astray).filter_map(|(stream, lines)| elsewhere(plan, stream, lines));
        Outcome::of(findings.collect(), waits)
    })
}

/// Whether a line serves a purpose.
fn serves(line: &Line, purpose: Purpose) -> Result<bool, Wait> {
    match purpose {
        Purpose::SchemesOfType(name) => {
            Ok(line.scheme_type.need(Some("EX04"))?.is_some_and(|it| it.is_named(name)))
        }
        Purpose::SocialCare => Ok(line.area.need(Some("EX04"))? == Some(&Area::SocialCare)),
    }
}

/// How a purpose is spoken of and where a line shows it.
struct Shown {
    /// After "is" or "are".
    wanted: String,
    field: &'static str,
    cell: fn(&Line) -> CellRef,
    held: fn(&Line) -> String,
}

fn shown(purpose: Purpose) -> Shown {
    match purpose {
        Purpose::SchemesOfType(name) => Shown {
            wanted: format!("of the type {name}"),
            field: "scheme type",
            cell: |it| it.scheme_type.cell,
            held: |it| match it.scheme_type.get() {
                Choice::Known(it) => it.name.to_owned(),
                Choice::Unknown(it) => shortened(it),
                Choice::Blank | Choice::Unreadable(_) => String::new(),
            },
        },
        Purpose::SocialCare => Shown {
            wanted: "in the area of spend Social Care".to_owned(),
            field: "area of spend",
            cell: |it| it.area.cell,
            held: |it| shortened(&it.written.area),
        },
    }
}

fn elsewhere(plan: &Plan, stream: &Stream, lines: &[&Line]) -> Option<Finding> {
    let shown = shown(stream.source.purpose?);
    lines.first()?;
    let (wanted, field, name) = (&shown.wanted, shown.field, stream.source.stream);
    let mut sum: Vec<Term> = lines
        .iter()
        .filter_map(|it| Some(Term::at(it.heading(), it.amount.get().value()?, it.amount.cell)))
        .collect();
    let total = money::sum(sum.iter().map(|it| it.amount));
    sum.push(Term::result(format!("From {name}, not {wanted}"), total));
    let mut seen = BTreeSet::new();
    let held = lines.iter().map(|it| (shown.held)(it));
    let held: Vec<String> = held.filter(|it| seen.insert(it.clone())).collect();
    let cells: Vec<_> = lines.iter().map(|it| (shown.cell)(it)).collect();
    let count = match cells.len() {
        1 => format!("{}: one line paid from {name} is", places(plan, &cells)),
        more => format!("{}: {more} lines paid from {name} are", places(plan, &cells)),
    };
    Some(
        Finding::new(
            State::NeedsJudgement,
            stream.source.name,
            format!("{} is spent on something else", stream.source.name),
        )
        .message(format!(
            "{count} not {wanted} but {}, {} in all: {}.",
            some_of(&held),
            money::show_pounds(total),
            some_of(&labels(lines.iter().copied()))
        ))
        .todo(format!(
            "Correct the source or the {field} where it is wrong; otherwise be ready to say why the conditions of \
             {name} allow it."
        ))
        .ask(format!("Ask how the use of {} meets the conditions of {name}.", money::show_pounds(total)))
        .cells(cells, field)
        .cells(lines.iter().map(|it| it.source.cell), "source of funding")
        .sum(sum)
        .expected(wanted.as_str(), first_of(&held).join(" | ")),
    )
}
