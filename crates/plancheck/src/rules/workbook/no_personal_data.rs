//! WB10: nobody who is cared for can be known from the workbook.

use std::collections::BTreeSet;

use crate::finding::{Finding, State};
use crate::plan::{Located, Plan, Text, is_placeholder};
use crate::rule::{Check, Class, Outcome, Rule, Source, Wait};
use crate::rules::personal_data::{self, Found, Kind};
use crate::workbook::area::Area;
use crate::workbook::{CellRef, Workbook};

/// WB10 no-personal-data.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB10",
    name: "no-personal-data",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No cell and no comment on any sheet holds an NHS number: ten digits, of which the last checks the others (Modulus 11). No column or form asks for the NHS number, date of birth or name of a patient, client, service user or resident and has such values under or beside it. Telephone numbers, amounts, codes and references are told apart by what stands around them. The contacts on the Cover and the people in the document's properties are listed before you share the workbook, and are no fault.",
    matters: "A plan goes to many readers. A person's NHS number or date of birth in it is a breach of their confidentiality, and has to be reported as one.",
    example: "A comment on a scheme line names a patient's NHS number.",
    todo: "Take the personal data out, and out of every copy. If the workbook has already been sent, tell your information governance lead.",
    source: Source {
        document: "NHS Data Model and Dictionary",
        reference: "NHS NUMBER: the Modulus 11 check digit",
    },
    requirement: None,
    kinds: super::super::EVERY,
    needs: &[],
    check: Check::Contents(check),
};

/// What every finding says of the data it found.
const NOT_REPEATED: &str = "The report does not repeat them.";
/// Cells that a finding marks at most.
const MOST_CELLS: usize = 200;

fn check(workbook: &Workbook, plan: Option<&Plan>) -> Outcome {
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    let mut withheld = BTreeSet::new();
    for (idx, sheet) in (0..=u16::MAX).zip(&workbook.sheets) {
        let facts = workbook.facts.sheets.get(usize::from(idx));
        let found = personal_data::look(idx, sheet, facts);
        findings.extend(one_of_each(numbers(&sheet.name, &found), columns(&sheet.name, &found)));
        withheld.extend(found.digits);
        if let Some(Err(why)) = facts.map(|it| &it.notes) {
            let why =
                format!("the notes on sheet {} could not be looked through, because {}", sheet.name, why.0);
            waits.push(Wait { on: None, cell: None, why, missing_value: false });
        }
    }
    let mut outcome = Outcome::of(findings, waits).because(before_sharing(workbook, plan));
    outcome.withheld = withheld;
    outcome
}

/// The finding on a sheet's NHS numbers. It says where they are, and never what they are.
fn numbers(sheet: &str, found: &Found) -> Option<Finding> {
    let all: BTreeSet<CellRef> = found.numbers.union(&found.noted).copied().collect();
    if all.is_empty() {
        return None;
    }
    let mut places = Vec::new();
    if !found.numbers.is_empty() {
        places.push(counted(&found.numbers, "cell", "cells"));
    }
    if !found.noted.is_empty() {
        places.push(counted(&found.noted, "comment", "comments"));
    }
    let holds = if all.len() == 1 {
        "holds what looks like an NHS number"
    } else {
        "hold what look like NHS numbers"
    };
    Some(
        Finding::new(
            State::NeedsJudgement,
            format!("NHS numbers on {sheet}"),
            format!("Sheet {sheet} holds what looks like an NHS number"),
        )
        .message(format!(
            "On sheet {sheet}, {} {holds}: ten digits with the right check digit. {NOT_REPEATED}",
            places.join(" and ")
        ))
        .todo(
            "Look at the cells. If the numbers are a person's, take them out, and out of every copy; if the workbook has \
             already been sent, tell your information governance lead.",
        )
        .ask("Do not pass the workbook on. Ask for one without them, and tell your information governance lead.")
        .cells(found.numbers.iter().copied().take(MOST_CELLS), "number")
        .cells(found.noted.iter().copied().take(MOST_CELLS), "comment"),
    )
}

/// A sheet's NHS numbers and a heading that announces them are one finding, with all its cells.
fn one_of_each(numbers: Option<Finding>, columns: Vec<Finding>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = numbers.into_iter().collect();
    for column in columns {
        let Some(same) = findings.iter_mut().find(|it| it.about == column.about) else {
            findings.push(column);
            continue;
        };
        same.message = format!("{} {}", same.message.replace(NOT_REPEATED, "").trim_end(), column.message);
        // The reader is taken to the heading.
        for mark in std::mem::replace(&mut same.cells, column.cells) {
            if same.cells.iter().all(|it| it.cell != mark.cell) {
                same.cells.push(mark);
            }
        }
    }
    findings
}

/// One finding for each kind of heading on a sheet.
fn columns(sheet: &str, found: &Found) -> Vec<Finding> {
    let mut findings = Vec::new();
    for kind in [Kind::NhsNumber, Kind::DateOfBirth, Kind::Name] {
        let headings: Vec<_> = found.columns.iter().filter(|it| it.1 == kind).collect();
        let Some(first) = headings.first() else { continue };
        let cells: BTreeSet<CellRef> = headings.iter().flat_map(|it| &it.2).copied().collect();
        findings.push(
            Finding::new(
                State::NeedsJudgement,
                format!("{} on {sheet}", kind.name()),
                format!("Sheet {sheet} holds what looks like {}", kind.name()),
            )
            .message(format!(
                "On sheet {sheet}, the heading in {} announces {}, and {} filled in under or beside it. {NOT_REPEATED}",
                first.0,
                kind.name(),
                match cells.len() {
                    1 => "1 cell is".to_owned(),
                    more => format!("{more} cells are"),
                }
            ))
            .todo(
                "Look at the cells. If they are about people who are cared for, take them out, and out of every copy; if \
                 the workbook has already been sent, tell your information governance lead.",
            )
            .ask("Do not pass the workbook on. Ask for one without them, and tell your information governance lead.")
            .cell(first.0, "heading")
            .cells(cells.into_iter().take(MOST_CELLS), "personal data"),
        );
    }
    findings
}

/// "3 cells (C9, C10, C11)".
fn counted(cells: &BTreeSet<CellRef>, one: &str, more: &str) -> String {
    let shown: Vec<String> = cells.iter().take(6).map(|it| it.a1()).collect();
    let rest = if cells.len() > shown.len() { ", …" } else { "" };
    let count = if cells.len() == 1 { format!("1 {one}") } else { format!("{} {more}", cells.len()) };
    format!("{count} ({}{rest})", shown.join(", "))
}

/// What names people and is meant to: the contacts of the cover and the document's properties.
fn before_sharing(workbook: &Workbook, plan: Option<&Plan>) -> Option<String> {
    let mut parts: Vec<String> = plan.and_then(contacts).into_iter().collect();
    let people = workbook.facts.people.as_ref().map(Vec::as_slice).unwrap_or_default();
    let mut properties: Vec<&str> = Vec::new();
    for person in people {
        if !properties.contains(&person.property) {
            properties.push(person.property);
        }
    }
    if !properties.is_empty() {
        let fields = if properties.len() == 1 { "field" } else { "fields" };
        parts.push(format!("the document's properties are filled in ({fields}: {})", properties.join(", ")));
    }
    (!parts.is_empty()).then(|| format!("Before you share it: {}.", parts.join("; ")))
}

/// "C14, C16 and C32:G38 on sheet 2. Cover name people or say how to reach them".
fn contacts(plan: &Plan) -> Option<String> {
    let filled = |it: &Located<Text>| it.peek().text().is_some_and(|it| !is_placeholder(it));
    let cover = &plan.cover;
    let answers = [&cover.completed_by, &cover.email, &cover.phone, &cover.signatory];
    let mut cells: Vec<CellRef> =
        answers.into_iter().flatten().filter(|it| filled(it)).map(|it| it.cell).collect();
    cells.sort_unstable();
    let mut places: Vec<String> = cells.iter().map(|it| it.a1()).collect();
    let rows =
        cover.contacts.iter().flatten().flat_map(|it| [&it.title, &it.first_name, &it.surname, &it.email]);
    let table: Vec<CellRef> = rows.filter(|it| filled(it)).map(|it| it.cell).collect();
    let corners = table.iter().fold(None, |area: Option<Area>, it| {
        let here = Area::cell(it.row, it.col);
        Some(area.map_or(here, |area| area.with(here)))
    });
    places.extend(corners.map(|it| it.to_string()));
    let first = cells.first().or(table.first())?;
    let last = places.pop()?;
    let (places, name) = if places.is_empty() {
        (last, "names people or says how to reach them")
    } else {
        (format!("{} and {last}", places.join(", ")), "name people or say how to reach them")
    };
    Some(format!("{places} on sheet {} {name}", plan.sheet_name(*first)))
}
