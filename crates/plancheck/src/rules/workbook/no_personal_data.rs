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

/// Cells that a finding marks at most.
const MOST_CELLS: usize = 200;

fn check(workbook: &Workbook, plan: Option<&Plan>) -> Outcome {
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    let mut withheld = BTreeSet::new();
    for (idx, sheet) in (0..=u16::MAX).zip(&workbook.sheets) {
        let facts = workbook.facts.sheets.get(usize::from(idx));
        let found = personal_data::look(idx, sheet, facts);
        let kinds = [Kind::NhsNumber, Kind::DateOfBirth, Kind::Name];
        findings.extend(kinds.into_iter().filter_map(|it| of_kind(&sheet.name, &found, it)));
        withheld.extend(found.digits);
        if let Some(Err(why)) = facts.map(|it| &it.notes) {
            let why = format!("the comments on sheet {}, because {}", sheet.name, why.0);
            waits.push(Wait { on: None, cell: None, why, missing_value: false });
        }
    }
    let mut outcome = Outcome::of(findings, waits).because(before_sharing(workbook, plan));
    outcome.withheld = withheld;
    outcome
}

/// The finding on personal data of a kind on a sheet. It says where they are, and never what they are.
fn of_kind(sheet: &str, found: &Found, kind: Kind) -> Option<Finding> {
    let none = BTreeSet::new();
    let (numbers, noted) =
        if kind == Kind::NhsNumber { (&found.numbers, &found.noted) } else { (&none, &none) };
    let certain = numbers.union(noted).count();
    let headings: Vec<_> = found.columns.iter().filter(|it| it.1 == kind).collect();
    let heading = headings.first().map(|it| it.0);
    let under: BTreeSet<CellRef> = headings.iter().flat_map(|it| &it.2).copied().collect();
    let mut said = Vec::new();
    if certain > 0 {
        let places = [counted(numbers, "cell", "cells"), counted(noted, "comment", "comments")];
        let places: Vec<String> = places.into_iter().flatten().collect();
        let hold = if certain == 1 {
            "holds what looks like an NHS number"
        } else {
            "hold what look like NHS numbers"
        };
        said.push(format!("{} {hold}: ten digits with the right check digit", places.join(" and ")));
    }
    if let Some(heading) = heading {
        let more = if certain > 0 { " more" } else { "" };
        let filled = match under.len() {
            1 => format!("1{more} cell is"),
            many => format!("{many}{more} cells are"),
        };
        let announces = format!("the heading in {heading} announces {}", kind.name());
        said.push(format!("{announces}, and {filled} filled in under or beside it"));
    }
    if said.is_empty() {
        return None;
    }
    let (cells, them) = if certain + under.len() == 1 { ("cell", "it") } else { ("cells", "them") };
    let them_in_it = if certain > 0 { "an NHS number" } else { kind.name() };
    let finding = Finding::new(
        State::NeedsJudgement,
        format!("{} on {sheet}", kind.name()),
        format!("Sheet {sheet} holds what looks like {them_in_it}"),
    )
    .message(format!("On sheet {sheet}, {}. The report does not repeat {them}.", said.join("; ")))
    .todo(format!(
        "Look at the {cells}. If what stands there is about people who are cared for, take it out, and out of every copy; \
         if the workbook has already been sent, tell your information governance lead."
    ))
    .ask(format!(
        "Do not pass the workbook on. Ask for one without {them}, and tell your information governance lead."
    ))
    // The reader is taken to the heading.
    .cells(heading, "heading")
    .cells(under.iter().copied().take(MOST_CELLS), "personal data");
    let others = |all: &BTreeSet<CellRef>| all.difference(&under).copied().collect::<Vec<_>>();
    Some(
        finding
            .cells(others(numbers).into_iter().take(MOST_CELLS), "number")
            .cells(others(noted).into_iter().take(MOST_CELLS), "comment"),
    )
}

/// "3 cells (C9, C10, C11)"; nothing where there is none.
fn counted(cells: &BTreeSet<CellRef>, one: &str, more: &str) -> Option<String> {
    if cells.is_empty() {
        return None;
    }
    let shown: Vec<String> = cells.iter().take(6).map(|it| it.a1()).collect();
    let rest = if cells.len() > shown.len() { ", …" } else { "" };
    let count = if cells.len() == 1 { format!("1 {one}") } else { format!("{} {more}", cells.len()) };
    Some(format!("{count} ({}{rest})", shown.join(", ")))
}

/// What names people and is meant to: the contacts of the cover and the document's properties.
fn before_sharing(workbook: &Workbook, plan: Option<&Plan>) -> Option<String> {
    let mut parts: Vec<String> = plan.and_then(contacts).into_iter().collect();
    let mut properties: Vec<&str> = Vec::new();
    for person in workbook.facts.people() {
        if !properties.contains(&person.name) {
            properties.push(person.name);
        }
    }
    if !properties.is_empty() {
        let properties = properties.join(", ");
        parts.push(format!("the document's properties (File, Info) are filled in: {properties}"));
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
