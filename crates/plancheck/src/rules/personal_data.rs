//! What gives a person away: NHS numbers, and columns of dates of birth or of names.
//!
//! It is looked for narrowly. A workbook of a council and an ICB is full of numbers, names and postcodes
//! that belong to nobody: amounts, codes, telephone numbers, providers, officers.

mod columns;
mod context;
mod nhs_number;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::workbook::facts::SheetFacts;
use crate::workbook::{CellRef, Sheet, Value, own};

pub(super) use columns::Kind;
use context::{About, Context};

/// What was found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Cells with an NHS number.
    pub(super) numbers: BTreeSet<CellRef>,
    /// Cells whose note has one.
    pub(super) noted: BTreeSet<CellRef>,
    /// The numbers themselves, ten digits each: what no report may repeat.
    pub(super) digits: BTreeSet<String>,
    /// Headings of columns of personal data, and the cells under or beside each.
    pub(super) columns: Vec<(CellRef, Kind, Vec<CellRef>)>,
}

/// Looks through a sheet and its notes.
pub(super) fn look(idx: u16, sheet: &Sheet, facts: Option<&SheetFacts>) -> Found {
    let mut found = Found::default();
    let context = Context::new(sheet);
    let shown_as_amount = |row: u32, col: u32| {
        facts.and_then(|it| it.long_amounts.as_ref().ok()).is_some_and(|it| it.contains(&(row, col)))
    };
    for cell in sheet.cells() {
        let mut digits = Vec::new();
        let is_number = match &cell.value {
            Value::Text(text) => {
                let certain = nhs_number::candidates(text)
                    .filter(|it| it.is_certain(|| context.of(cell.row, cell.col)))
                    .map(|it| it.digits);
                digits.extend(certain);
                !digits.is_empty()
            }
            // The length first: nearly no figure is as long, and a text of each would cost more than all the rest.
            Value::Number(figure)
                if has_ten_digits(*figure) && !cell.formula && !shown_as_amount(cell.row, cell.col) =>
            {
                let digits = figure.normalize().to_string();
                nhs_number::is_one(&digits)
                    && match context.of(cell.row, cell.col) {
                        About::Person | About::Nothing => true,
                        About::Phone | About::Code | About::Amount => false,
                    }
            }
            Value::Number(_) | Value::Blank | Value::Date(_) | Value::Bool(_) | Value::Error(_) => false,
        };
        if is_number {
            if let Value::Number(figure) = &cell.value {
                digits.push(figure.normalize().to_string());
            }
            found.digits.extend(digits);
            found.numbers.insert(CellRef { sheet: idx, row: cell.row, col: cell.col });
        }
    }
    for note in facts.iter().flat_map(|it| it.notes.iter().flatten()) {
        if nhs_number::candidates(&note.text).any(|it| it.is_certain(|| About::Nothing)) {
            found.noted.insert(CellRef { sheet: idx, row: note.row, col: note.col });
        }
    }
    // The list of our own results has columns of texts from everywhere.
    if !own::is_results(sheet) {
        found.columns = columns::look(idx, sheet, &found.numbers);
    }
    found
}

/// Whether a text may be or announce personal data, whatever stands around it.
pub(crate) fn may_matter(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 10 || columns::heading(text).is_some()
}

/// Whether a figure has ten digits before its point.
fn has_ten_digits(figure: Decimal) -> bool {
    matches!(i64::try_from(figure), Ok(1_000_000_000..=9_999_999_999))
}

/// A text without any number that would be one of a person where nothing but the text itself tells what it
/// is.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut text = text.to_owned();
    // What is withheld changes what stands before the next number. Each turn takes digits away.
    loop {
        let certain = nhs_number::candidates(&text).filter(|it| it.is_certain(|| About::Nothing));
        let numbers: BTreeSet<String> = certain.map(|it| it.digits).collect();
        if numbers.is_empty() {
            return text;
        }
        text = withhold(&text, &numbers);
    }
}

/// A text without these numbers, however they are written in it.
pub(crate) fn withhold(text: &str, numbers: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|it: char| it.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let run = from.find(|it: char| !it.is_ascii_digit()).unwrap_or(from.len());
        let length = match nhs_number::written(from) {
            Some((digits, length)) if numbers.contains(&digits) => {
                out.push_str("[number withheld]");
                length
            }
            Some(_) | None => {
                out.push_str(from.get(..run).unwrap_or_default());
                run
            }
        };
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_withheld_however_it_is_written() {
        let numbers = BTreeSet::from(["9434765919".to_owned()]);
        for (text, without) in [
            ("no 943 476 5919, 12 beds", "no [number withheld], 12 beds"),
            ("9434765919", "[number withheld]"),
            ("94347659190 and 943-476-5919.", "94347659190 and [number withheld]."),
            ("£1,234 and 1514960000", "£1,234 and 1514960000"),
        ] {
            assert_eq!(withhold(text, &numbers), without);
        }
    }

    #[test]
    fn texts_that_may_matter_are_told_from_those_that_cannot() {
        for text in ["9434765919", "call 01234 567 890", "Patient name", "NHS Number:"] {
            assert!(may_matter(text), "{text}");
        }
        for text in ["", "Acute", "Area 123456789", "NHS"] {
            assert!(!may_matter(text), "{text}");
        }
    }
}
