//! Columns and forms of personal data, known by a heading that means nothing else and by what stands under
//! or beside it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::plan::is_placeholder;
use crate::template::label::{self, Opening};
use crate::workbook::{CellRef, Date, Sheet, Value};

/// What a heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Kind {
    /// NHS numbers, right or mistyped.
    NhsNumber,
    /// Dates of birth.
    DateOfBirth,
    /// Names of people who are cared for.
    Name,
}

impl Kind {
    /// "dates of birth".
    pub(in crate::rules) fn name(self) -> &'static str {
        match self {
            Kind::NhsNumber => "NHS numbers",
            Kind::DateOfBirth => "dates of birth",
            Kind::Name => "names of people who are cared for",
        }
    }
}

const HEADINGS: [(&str, Kind); 26] = [
    ("nhs number", Kind::NhsNumber),
    ("nhs no", Kind::NhsNumber),
    ("nhs num", Kind::NhsNumber),
    ("nhs id", Kind::NhsNumber),
    ("patient nhs number", Kind::NhsNumber),
    ("client nhs number", Kind::NhsNumber),
    ("date of birth", Kind::DateOfBirth),
    ("dob", Kind::DateOfBirth),
    ("d.o.b", Kind::DateOfBirth),
    ("birth date", Kind::DateOfBirth),
    ("patient date of birth", Kind::DateOfBirth),
    ("client date of birth", Kind::DateOfBirth),
    ("patient name", Kind::Name),
    ("patient's name", Kind::Name),
    ("name of patient", Kind::Name),
    ("patient surname", Kind::Name),
    ("client name", Kind::Name),
    ("client's name", Kind::Name),
    ("name of client", Kind::Name),
    ("client surname", Kind::Name),
    ("service user name", Kind::Name),
    ("service user's name", Kind::Name),
    ("name of service user", Kind::Name),
    ("resident name", Kind::Name),
    ("resident's name", Kind::Name),
    ("name of resident", Kind::Name),
];

/// Rows under a heading that are looked at, and cells of one that are marked.
const MOST: u32 = 200;

/// The headings on a sheet that have personal data under or beside them. Cells in `known` are found already.
pub(super) fn look(idx: u16, sheet: &Sheet, known: &BTreeSet<CellRef>) -> Vec<(CellRef, Kind, Vec<CellRef>)> {
    let mut found = Vec::new();
    for cell in sheet.cells() {
        let Value::Text(text) = &cell.value else { continue };
        let Some(kind) = heading(text) else { continue };
        let at = |row, col| CellRef { sheet: idx, row, col };
        let holds = |row: u32, col: u32| sheet.at(row, col).is_some_and(|it| is_of_kind(&it.value, kind));
        let under =
            (1..MOST).map(|down| cell.row.saturating_add(down)).take_while(|row| holds(*row, cell.col));
        let mut cells: Vec<CellRef> = under.map(|row| at(row, cell.col)).collect();
        // A single name under a heading may be the next label of a form.
        if kind == Kind::Name && cells.len() < 2 {
            cells.clear();
        }
        let beside = cell.col.saturating_add(1);
        // Beside a heading of a table stands the next heading, which is a text too.
        let is_form = kind != Kind::Name || text.trim_end().ends_with(':');
        if cells.is_empty() && is_form && holds(cell.row, beside) {
            cells.push(at(cell.row, beside));
        }
        cells.retain(|it| !known.contains(it));
        if !cells.is_empty() {
            found.push((at(cell.row, cell.col), kind, cells));
        }
    }
    found
}

/// What a text announces, if it is a heading of personal data.
pub(super) fn heading(text: &str) -> Option<Kind> {
    // Most texts begin otherwise, and need not be folded.
    if !begins_like_one(label::opening(text)) {
        return None;
    }
    let key = label::option_key(text);
    HEADINGS.iter().find(|it| it.0 == key).map(|it| it.1)
}

fn begins_like_one(opening: Opening) -> bool {
    let is = |begins: &str| begins.chars().eq(opening.into_iter().take(begins.len()));
    ["nhs", "pati", "clie", "serv", "resi", "name", "date", "birt", "dob", "d.o"].into_iter().any(is)
}

fn is_of_kind(value: &Value, kind: Kind) -> bool {
    match (kind, value) {
        (Kind::NhsNumber, Value::Text(text)) => digits(text) == 10,
        (Kind::NhsNumber, Value::Number(figure)) => digits(&figure.normalize().to_string()) == 10,
        (Kind::DateOfBirth, Value::Date(_)) => true,
        // A day that is not shown as one: from 1910 on.
        (Kind::DateOfBirth, Value::Number(figure)) => {
            *figure >= Decimal::from(3_654) && *figure <= Decimal::from(73_050) && figure.is_integer()
        }
        (Kind::DateOfBirth, Value::Text(text)) => {
            Date::is_in(text) && text.chars().any(|it| it.is_ascii_digit())
        }
        (Kind::Name, Value::Text(text)) => {
            text.chars().any(char::is_alphabetic)
                && !text.trim_end().ends_with(':')
                && !is_placeholder(text)
                && heading(text).is_none()
        }
        (
            Kind::NhsNumber | Kind::DateOfBirth | Kind::Name,
            Value::Number(_) | Value::Date(_) | Value::Blank | Value::Bool(_) | Value::Error(_),
        ) => false,
    }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_known_however_it_is_written() {
        for (text, kind) in HEADINGS {
            for written in [text.to_owned(), text.to_uppercase(), format!(" *{text}: "), format!("{text}.")] {
                assert_eq!(heading(&written), Some(kind), "{written}");
            }
        }
        assert_eq!(heading("Dates of birth are not collected"), None);
    }

    #[test]
    fn what_stands_under_a_heading_is_told_from_what_cannot_be_meant() {
        let number = |it: &str| Value::Number(it.parse().unwrap());
        let text = |it: &str| Value::Text(it.to_owned());
        for (kind, value, is_one) in [
            (Kind::NhsNumber, number("9434765918"), true),
            (Kind::NhsNumber, number("943476591"), false),
            (Kind::NhsNumber, text("943 476 5918"), true),
            (Kind::NhsNumber, text("do not enter"), false),
            (Kind::DateOfBirth, number("3654"), true),
            (Kind::DateOfBirth, number("73050"), true),
            (Kind::DateOfBirth, number("3653"), false),
            (Kind::DateOfBirth, number("73051"), false),
            (Kind::DateOfBirth, number("15000.5"), false),
            (Kind::DateOfBirth, text("12/03/1938"), true),
            (Kind::DateOfBirth, text("12 beds"), false),
            (Kind::DateOfBirth, text("not collected"), false),
            (Kind::Name, text("A Person"), true),
            (Kind::Name, text("12"), false),
            (Kind::Name, text("Address: "), false),
            (Kind::Name, text("n/a"), false),
            (Kind::Name, text("Date of birth"), false),
            (Kind::Name, number("12"), false),
        ] {
            assert_eq!(is_of_kind(&value, kind), is_one, "{kind:?}: {value:?}");
        }
    }
}
