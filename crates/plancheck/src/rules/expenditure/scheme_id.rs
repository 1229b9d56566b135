//! EX05: a scheme has one number and one name.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{listed, on_lines, places};
use crate::finding::{Finding, State};
use crate::plan::{Line, Located, Plan, Text, is_placeholder, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::first_of;
use crate::template::{Field, Section, label};

/// EX05 scheme-id.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX05",
    name: "scheme-id",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Each scheme ID is a whole number, and all lines with one ID have one name; a difference in case, spaces or punctuation is none. One name under several IDs needs judgement: it may be one scheme or several.",
    matters: "A scheme that is paid from several sources, or has several providers, is several lines. The ID is what holds them together: under two IDs it is read as two schemes, and two schemes under one ID as one.",
    example: "“District Nurses Out of Hours” stands under IDs 6 and 7. Or scheme 16 is “Advocacy” in one line and “Care Act” in the next.",
    todo: "Give every line of a scheme the same number and the same name, and every other scheme a number of its own.",
    source: super::super::template("1. Guidance: 5. Expenditure, Scheme ID and Scheme Name"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// Lines that say one thing, by what they say.
type Groups<'p> = BTreeMap<String, Vec<&'p Line>>;

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Id, Field::Name], |lines| {
        let mut waits: Vec<Wait> = Vec::new();
        let (mut unnumbered, mut by_id, mut by_name) = (Groups::new(), Groups::new(), Groups::new());
        for line in lines {
            waits.extend([&line.id, &line.name].into_iter().filter_map(missing));
            let (id, name) = (written(&line.id), written(&line.name));
            if let Some(id) = &id {
                let number = whole_number(id);
                let groups = if number.is_some() { &mut by_id } else { &mut unnumbered };
                groups.entry(number.clone().unwrap_or_else(|| label::option_key(id))).or_default().push(line);
                // A number that is none is a fault of its own.
                if let (Some(_), Some(name)) = (number, name.filter(|it| !is_placeholder(it))) {
                    by_name.entry(name_key(&name)).or_default().push(line);
                }
            }
        }
        let mut findings: Vec<Finding> = unnumbered.values().map(|lines| no_number(plan, lines)).collect();
        findings.extend(unnumbered.values().chain(by_id.values()).filter_map(|lines| two_names(plan, lines)));
        findings.extend(by_name.values().filter_map(|lines| two_ids(plan, lines)));
        Outcome::of(findings, waits)
    })
}

/// What a rule must wait on, where a text is blank or unreadable.
fn missing(text: &Located<Text>) -> Option<Wait> {
    let blank = || Wait {
        on: Some("EX04"),
        cell: Some(text.cell),
        why: format!("{} is blank", text.cell),
        missing_value: false,
    };
    if text.get().is_blank() { Some(blank()) } else { text.unreadable() }
}

/// What is written there. Excel makes a date of "1-2".
fn written(text: &Located<Text>) -> Option<String> {
    match text.get() {
        Text::Is(it) => Some(it.clone()),
        Text::Date(it) => Some(it.to_string()),
        Text::Blank | Text::Error(_) | Text::NoValue => None,
    }
}

/// The number that an ID is, where it is a whole one: "7", "07" and "7.0" are the same.
fn whole_number(id: &str) -> Option<String> {
    let key = label::option_key(id);
    if !key.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return None;
    }
    let number: Decimal = key.parse().ok()?;
    number.fract().is_zero().then(|| number.normalize().to_string())
}

/// A name without what people do not mean by a difference: case, spaces and punctuation, and "&" for "and".
/// Figures stay apart: "1.1" is not "11".
fn name_key(name: &str) -> String {
    let plain = label::option_key(name).replace('&', " and ");
    let mut key = String::with_capacity(plain.len());
    let mut parted = false;
    for it in plain.chars() {
        if !it.is_alphanumeric() {
            parted = true;
            continue;
        }
        if parted && it.is_ascii_digit() && key.ends_with(|last: char| last.is_ascii_digit()) {
            key.push(' ');
        }
        parted = false;
        key.push(it);
    }
    if key.is_empty() { plain } else { key }
}

fn no_number(plan: &Plan, lines: &[&Line]) -> Finding {
    let cells: Vec<_> = lines.iter().map(|it| it.id.cell).collect();
    let id = lines.first().and_then(|it| written(&it.id)).map_or(String::new(), |it| shortened(&it));
    let give = if cells.len() == 1 { "gives" } else { "give" };
    Finding::new(State::NotMet, format!("scheme ID {id}"), format!("Scheme ID “{id}” is not a whole number"))
        .message(format!(
            "{} {give} the scheme ID “{id}”, which is not a whole number.",
            places(plan, &cells)
        ))
        .todo("Enter a number without letters or decimals, the same on every line of the scheme.")
        .ask(format!("Ask which scheme the ID “{id}” stands for."))
        .cells(cells, "scheme ID")
        .expected("a whole number", id)
}

/// What stands in a field of the lines that share another: each once, with the first line that has it.
fn different<'p>(
    lines: &[&'p Line],
    field: fn(&'p Line) -> &'p Located<Text>,
    key: impl Fn(&str) -> Option<String>,
) -> Vec<(String, &'p Line)> {
    let (mut seen, mut different) = (BTreeSet::new(), Vec::new());
    for line in lines {
        if let Some(text) = written(field(line))
            && let Some(key) = key(&text)
            && seen.insert(key)
        {
            different.push((text, *line));
        }
    }
    different
}

fn two_names(plan: &Plan, lines: &[&Line]) -> Option<Finding> {
    let names = different(lines, |it| &it.name, |it| (!is_placeholder(it)).then(|| name_key(it)));
    let [(_, first), _, ..] = names.as_slice() else { return None };
    let id = shortened(&written(&first.id)?);
    let shown: Vec<String> =
        names.iter().map(|(name, line)| format!("“{}” ({})", shortened(name), line.name.cell)).collect();
    Some(
        Finding::new(
            State::NotMet,
            format!("scheme ID {id}, names"),
            format!("Scheme ID {id} has {} names", names.len()),
        )
        .message(format!(
            "On sheet {}, scheme ID {id} stands for {}.",
            plan.sheet_name(first.name.cell),
            listed(&first_of(&shown))
        ))
        .todo("Give the lines of one scheme one name. If they are several schemes, give each a number of its own.")
        .ask(format!("Ask whether scheme {id} is one scheme or several."))
        .cells(names.iter().map(|it| it.1.name.cell), "scheme name")
        .cells(names.iter().map(|it| it.1.id.cell), "scheme ID")
        .expected(
            "one name",
            first_of(&names.iter().map(|it| shortened(&it.0)).collect::<Vec<_>>()).join(" | "),
        ),
    )
}

fn two_ids(plan: &Plan, lines: &[&Line]) -> Option<Finding> {
    let ids = different(lines, |it| &it.id, whole_number);
    let [(_, first), _, ..] = ids.as_slice() else { return None };
    let name = shortened(&written(&first.name)?);
    let numbers: Vec<String> = ids.iter().filter_map(|it| whole_number(&it.0)).collect();
    let numbers = listed(&first_of(&numbers));
    Some(
        Finding::new(
            State::NeedsJudgement,
            format!("scheme name {name}"),
            format!("“{name}” stands under IDs {numbers}"),
        )
        .message(format!(
            "“{name}” stands under scheme IDs {numbers} on sheet {} ({}). It may be one scheme or several.",
            plan.sheet_name(first.id.cell),
            listed(&first_of(&ids.iter().map(|it| it.1.id.cell.a1()).collect::<Vec<_>>()))
        ))
        .todo("Give the lines one ID if they are one scheme. If they are not, give each a name that tells it apart.")
        .ask(format!("Ask whether “{name}” is one scheme, and what sets the lines under IDs {numbers} apart."))
        .cells(ids.iter().map(|it| it.1.id.cell), "scheme ID")
        .cells(ids.iter().map(|it| it.1.name.cell), "scheme name")
        .expected("one scheme ID", numbers),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_known_however_they_are_written() {
        for id in ["7", "07", "7.0", " 7 ", "7."] {
            assert_eq!(whole_number(id).as_deref(), Some("7"), "{id}");
        }
        for id in ["7a", "7.5", "-7", "1,2", "Scheme 7", "", "n/a", "7 February 2022"] {
            assert_eq!(whole_number(id), None, "{id}");
        }
    }

    #[test]
    fn names_differ_in_more_than_case_spaces_and_punctuation() {
        for (one, other) in [
            ("Carers' breaks", "CARERS BREAKS."),
            ("Home-care", "Home care"),
            ("Placements & Packages", "Placements and  packages"),
            ("Rapid/Crisis Response", "Rapid / Crisis response"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} and {other}");
        }
        for (one, other) in [("Scheme 1.1", "Scheme 11"), ("Care Act", "Care Act 2"), ("Falls", "Fall")] {
            assert_ne!(name_key(one), name_key(other), "{one} and {other}");
        }
    }
}
