//! A workbook from any bytes: a plan, and changes to it that somebody or some program might have made. Every
//! input means something, so that a fuzzer can find its way.
//!
//! The first byte chooses the workbook and the second the format. Then come records of eight bytes:
//!
//! | byte | what it chooses |
//! |---|---|
//! | 0 | the change |
//! | 1 | the sheet |
//! | 2, 3 | the cell, among those that hold something or have a look |
//! | 4 | the kind of value |
//! | 5, 6, 7 | the value, another cell, or how many |
//!
//! A text of its own takes as many bytes behind its record as byte 5 says.

mod values;

use crate::book::{Area, At, Book, Content, Sheet};
use crate::layout::{capacity_demand_2022_23, planning_2022_23};
use crate::{plans, seeds, write};

/// So many changes are made at most: more would make a large file of a small input.
const MOST: usize = 48;
/// How many kinds of change there are.
pub const CHANGES: u8 = 28;
/// How many rows or columns are pushed in.
const COUNTS: [u32; 6] = [1, 2, 7, 40, 1000, 1_100_000];
/// The last cell of a sheet.
const LAST: At = At { row: 1_048_575, col: 16_383 };

/// The file that an input stands for.
pub fn file(input: &[u8]) -> Vec<u8> {
    let book = book(input);
    match input.get(1).unwrap_or(&0) % 8 {
        6 => write::xlsb(&book),
        7 => write::ods(&book),
        _ => write::xlsx(&book),
    }
}

/// The workbook that an input stands for.
pub fn book(input: &[u8]) -> Book {
    let mut book = match input.first().unwrap_or(&0) % 4 {
        0 => planning_2022_23::lay_out(&plans::exampleshire()),
        1 => capacity_demand_2022_23::lay_out(&plans::exampleshire_capacity()),
        2 => planning_2022_23::lay_out(&plans::blank()),
        _ => planning_2022_23::lay_out(&plans::sefton()),
    };
    // What has a look and nothing in it is in the way: of the changes, and of so many workbooks a second.
    book.drop_blank_rows(seeds::ROWS);
    let mut rest = Rest(input.get(2..).unwrap_or_default());
    for _ in 0..MOST {
        let Some(record) = rest.take(8) else { break };
        if book.sheets.is_empty() {
            break;
        }
        book.change(record, &mut rest);
    }
    book
}

/// What is left of an input.
struct Rest<'i>(&'i [u8]);

impl<'i> Rest<'i> {
    fn take(&mut self, bytes: usize) -> Option<&'i [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }
}

impl Book {
    fn change(&mut self, record: &[u8], rest: &mut Rest<'_>) {
        let byte = |idx: usize| record.get(idx).copied().unwrap_or(0);
        let place = usize::from(byte(1)) % self.sheets.len();
        let name = self.sheets[place].name.clone();
        let at = self.sheets[place].any(usize::from(byte(2)) | usize::from(byte(3)) << 8);
        let other = self.sheets[place].any(usize::from(byte(5)) | usize::from(byte(6)) << 8);
        let count = COUNTS[usize::from(byte(7)) % COUNTS.len()];
        let value = values::value(record, rest);
        let few_sheets = self.sheets.len() < 20;
        let sheet = &mut self.sheets[place];
        match byte(0) % CHANGES {
            // Cells are what a plan is made of, so most changes are made to them.
            0..=3 => sheet.set(at, value.map_or(Content::Blank, Content::Typed)),
            4 | 5 => {
                if let Content::Formula { text, .. } = sheet.content(at).clone() {
                    sheet.set(at, Content::Formula { text, shows: value });
                }
            }
            6 => sheet.set(at, Content::Formula { text: values::formula(byte(5)).to_owned(), shows: value }),
            7 => {
                let content = sheet.content(other).clone();
                sheet.set(at, content);
            }
            8 => drop(sheet.cells.remove(&at)),
            9 => sheet.move_row(at.row, other.row),
            10 => self.insert_rows(&name, at.row, count),
            11 => self.insert_cols(&name, at.col, count.min(20_000)),
            12 => drop(self.sheets.remove(place)),
            13 => self.rename(&name, values::name(byte(5))),
            14 => {
                let sheet = self.sheets.remove(place);
                self.sheets.insert(usize::from(byte(5)) % (self.sheets.len() + 1), sheet);
            }
            15 if few_sheets => {
                let sheet = self.sheets[place].clone();
                self.sheets.push(sheet);
            }
            15 | 16 => self.drop_values(),
            17 => sheet.type_over(),
            18 => sheet.hidden = byte(5).is_multiple_of(2),
            19 => sheet.very_hidden = byte(5).is_multiple_of(2),
            20 => drop(sheet.hidden_rows.insert(at.row)),
            21 => drop(sheet.hidden_cols.insert(at.col)),
            22 => {
                let from = At { row: at.row.min(other.row), col: at.col.min(other.col) };
                let to = At { row: at.row.max(other.row), col: at.col.max(other.col) };
                sheet.merges.push(Area { from, to });
            }
            23 => sheet.drop_downs.insert(0, (at.rows(1 + count), values::formula(byte(5)).to_owned())),
            24 => drop(sheet.notes.insert(at, values::text(byte(6)).to_owned())),
            25 => sheet.frozen = Some(at),
            26 => sheet.set(LAST, value.map_or(Content::Blank, Content::Typed)),
            _ => match byte(5) % 6 {
                0 => self.dates_from_1904 = true,
                1 => self.link_to(values::text(byte(6))),
                2 => self.connections.push(values::text(byte(6)).to_owned()),
                3 => self.macros = true,
                4 => self.author = Some(values::text(byte(6)).to_owned()),
                _ => self.structure_protected = false,
            },
        }
    }
}

impl Sheet {
    /// One of its cells, or the first where it has none.
    fn any(&self, number: usize) -> At {
        let idx = number % self.cells.len().max(1);
        self.cells.keys().nth(idx).copied().unwrap_or(At { row: 0, col: 0 })
    }
}
