//! What gives a person away: NHS numbers, and columns of dates of birth or of names.
//!
//! It is looked for narrowly. A workbook of a council and an ICB is full of numbers, names and postcodes
//! that belong to nobody: amounts, codes, telephone numbers, providers, officers.

mod columns;
mod context;
mod nhs_number;

use std::collections::BTreeSet;

use crate::workbook::facts::SheetFacts;
use crate::workbook::{CellRef, Sheet, Value};

pub(super) use columns::Kind;
use context::{About, Context};

/// What was found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Cells with an NHS number.
    pub(super) numbers: BTreeSet<CellRef>,
    /// Cells whose note has one.
    pub(super) noted: BTreeSet<CellRef>,
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
        let is_number = match &cell.value {
            Value::Text(text) => {
                nhs_number::candidates(text).any(|it| it.is_certain(|| context.of(cell.row, cell.col)))
            }
            Value::Number(figure) if !cell.formula && !shown_as_amount(cell.row, cell.col) => {
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
            found.numbers.insert(CellRef { sheet: idx, row: cell.row, col: cell.col });
        }
    }
    for note in facts.iter().flat_map(|it| it.notes.iter().flatten()) {
        if nhs_number::candidates(&note.text).any(|it| it.is_certain(|| About::Nothing)) {
            found.noted.insert(CellRef { sheet: idx, row: note.row, col: note.col });
        }
    }
    found.columns = columns::look(idx, sheet, &found.numbers);
    found
}
