//! The cover: questions with their answers to the right, the table of contacts, and the template's own
//! checklist.

use std::collections::BTreeMap;

use super::{View, Views};
use crate::plan::leaf::{Located, Text};
use crate::plan::{Absent, Checked, Contact, Cover, Sought};
use crate::template::anchor::Place;
use crate::template::{CoverSpec, RoleSpec, Section, label, labels};

/// No table of contacts and no checklist is longer than this.
const MOST_ROWS: u32 = 60;

pub(super) fn read(views: &Views<'_>) -> Cover {
    let spec = &views.known.template.cover;
    let view = views.of(Section::Cover);
    let column = view.as_ref().ok().and_then(|view| answer_column(view, spec.questions));
    let place = |labels: &[&str]| -> Sought<Place> {
        let view = view.as_ref().map_err(Absent::clone)?;
        // A question stands left of its answer: the heading "E-mail" of the table of contacts asks nothing.
        let mut found = view.labels.all(labels).into_iter();
        let label = found.find(|it| column.is_none_or(|col| it.1 < col));
        let label = label.ok_or_else(|| view.no_label(labels))?;
        Ok((label.0, answer_col(view, label, column)))
    };
    let answer = |labels: &[&str], what: &str| -> Sought<Located<Text>> {
        let view = view.as_ref().map_err(Absent::clone)?;
        Ok(view.text(place(labels)?, || what.to_owned()))
    };
    Cover {
        board: answer(spec.board, "the health and wellbeing board"),
        signed_off: answer(spec.signed_off, "the answer on sign-off"),
        expected: answer(spec.expected, "the expected date of sign-off"),
        completed_by: answer(spec.completed_by, "who completed the template"),
        email: answer(spec.email, "the e-mail address of who completed the template"),
        phone: answer(spec.phone, "the contact number"),
        phone_is_number: view.as_ref().is_ok_and(|view| place(spec.phone).is_ok_and(|it| view.is_number(it))),
        delegated: answer(spec.delegated, "the delegated authority"),
        job_title: answer(spec.job_title, "the job title of who signs off"),
        signatory: answer(spec.signatory, "the name of who signs off"),
        contacts: view.as_ref().map_err(Absent::clone).and_then(|view| contacts(view, spec)),
        checklist: view.as_ref().map(|view| checklist(views, view)).unwrap_or_default(),
    }
}

/// The board as the other sheets repeat it.
pub(super) fn boards_repeated(views: &Views<'_>) -> Vec<Located<Text>> {
    let template = views.known.template;
    let mut repeated = Vec::new();
    for sheet in template.sheets.iter().filter(|it| it.section != Section::Cover) {
        let Ok(view) = views.of(sheet.section) else { continue };
        let Some(label) = view.labels.first(template.board_repeated) else { continue };
        if let Some(cell) = view.right_of(label).next() {
            repeated.push(view.witness((cell.row, cell.col)));
        }
    }
    repeated
}

/// The column in which most questions have their answer: where a blank answer belongs.
fn answer_column(view: &View<'_>, questions: &[&str]) -> Option<u32> {
    let mut columns: BTreeMap<u32, usize> = BTreeMap::new();
    for question in questions {
        let Some(label) = view.labels.first(&[question]) else { continue };
        if let Some(answer) = view.right_of(label).next() {
            *columns.entry(answer.col).or_default() += 1;
        }
    }
    columns.into_iter().max_by_key(|(col, count)| (*count, u32::MAX - *col)).map(|(col, _)| col)
}

/// Where the answer to one question stands: the next filled cell, if it is not beyond the column of
/// answers (where notes and checker columns stand), else that column.
fn answer_col(view: &View<'_>, label: Place, column: Option<u32>) -> u32 {
    let column = column.filter(|it| *it > label.1).unwrap_or(label.1 + 1);
    view.right_of(label).next().map(|it| it.col).filter(|it| *it <= column).unwrap_or(column)
}

/// The rows of the table of contacts: every role of the template, and rows that the area has added.
fn contacts(view: &View<'_>, spec: &CoverSpec) -> Sought<Vec<Contact>> {
    if spec.roles.is_empty() {
        return Ok(Vec::new());
    }
    let head = view.find(&[labels::ROLE])?;
    let column = |labels: &[&str]| {
        view.texts_in_row(head.0)
            .find(|(at, _)| view.is_label(*at, labels))
            .map(|(at, _)| at.1)
            .ok_or_else(|| view.no_label(labels))
    };
    let columns = [
        column(&["Professional Title (e.g. Dr, Cllr, Prof)", "Professional Title"])?,
        column(&["First-name", "First name"])?,
        column(&["Surname"])?,
        column(&["E-mail", "Email"])?,
    ];
    let end = view.labels.below(head.0 + 1, spec.checklist).map_or(head.0 + MOST_ROWS, |it| it.0);
    let role_of = |text: &str| -> Option<&'static RoleSpec> {
        spec.roles.iter().find(|role| label::key(role.name) == label::key(text))
    };
    let mut contacts = Vec::new();
    for row in head.0 + 1..end {
        let role_text = view.text_at(row, head.1).unwrap_or_default().to_owned();
        let role = role_of(&role_text);
        let filled = columns.iter().any(|col| view.text_at(row, *col).is_some());
        if role.is_none() && !filled {
            continue;
        }
        let of = |what: &str| match role_text.as_str() {
            "" => format!("{what} of a further contact"),
            role => format!("{what} of the {role}"),
        };
        let [title, first_name, surname, email] = columns;
        contacts.push(Contact {
            title: view.text((row, title), || of("the title")),
            first_name: view.text((row, first_name), || of("the first name")),
            surname: view.text((row, surname), || of("the surname")),
            email: view.text((row, email), || of("the e-mail address")),
            role,
            role_text,
        });
    }
    Ok(contacts)
}

/// The Yes or No that the template's checklist gives to each sheet.
fn checklist(views: &Views<'_>, view: &View<'_>) -> Vec<Checked> {
    let template = views.known.template;
    let Some(head) = view.labels.all(template.cover.checklist).into_iter().next_back() else {
        return Vec::new();
    };
    let mut checked: Vec<Checked> = Vec::new();
    for row in head.0 + 1..head.0 + MOST_ROWS {
        let sheet = view.texts_in_row(row).filter(|(at, _)| at.1 < head.1).find_map(|(_, text)| {
            let key = label::key(text);
            template.sheets.iter().find(|it| label::key(it.name) == key || label::key(it.heading) == key)
        });
        if let Some(sheet) = sheet.filter(|it| !checked.iter().any(|seen| seen.section == it.section)) {
            checked.push(Checked { section: sheet.section, complete: view.witness((row, head.1)) });
        }
    }
    checked
}
