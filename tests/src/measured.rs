//! The workbooks that `cargo xtask bench` measures: sizes that plans really have, and sizes that grow.

use rust_decimal::Decimal;

use crate::book::{At, Book, Content, Format, Look, Sheet, Value};
use crate::layout::planning_2022_23::lay_out;
use crate::plan_text::Plan;
use crate::plans;
use crate::write::xlsx;

/// How many health and wellbeing boards there are in England.
pub const BOARDS: usize = 153;

/// As large as the template with a plan in it: 15 sheets, some 60 lines, some 300 KB.
pub fn template_sized() -> Vec<u8> {
    xlsx(&with_look_ups(&plans::sefton(), 0))
}

/// A plan of 1,500 lines, with two look-up sheets of 20,000 rows.
pub fn large() -> Vec<u8> {
    let mut book = plans::big_book(1_500);
    book.sheets.extend([look_up("Look-up A", 20_000, 10, 1), look_up("Look-up B", 20_000, 10, 2)]);
    xlsx(&book)
}

/// A plan of 50,000 lines.
pub fn huge() -> Vec<u8> {
    plans::big(50_000)
}

/// The plan of one of the boards of England, counted from 0. Each is as large as the template, and no two are
/// alike.
pub fn of_board(number: usize) -> Vec<u8> {
    let mut plan = plans::sefton();
    plan.edit(&format!("cover: board = Exampleshire {}", number + 1));
    xlsx(&with_look_ups(&plan, number as u64))
}

/// A plan of so many lines, of which so many lack the name of their scheme: a finding each.
pub fn with_findings(lines: usize, findings: usize) -> Vec<u8> {
    let mut book = plans::big_book(lines);
    for line in 1..=findings {
        book.wound(&format!("5a. Expenditure: line {line} under Scheme Name = blank"));
    }
    xlsx(&book)
}

/// The plan with the hidden sheets of figures that the national template looks its pre-filled cells up in.
fn with_look_ups(plan: &Plan, seed: u64) -> Book {
    const SHEETS: usize = 15;
    let mut book = lay_out(plan);
    for number in book.sheets.len()..SHEETS {
        book.sheets.push(look_up(&format!("Look-up {number}"), 153, 42, seed * 100 + number as u64));
    }
    book
}

/// A hidden sheet of figures: a row for each of so many names.
fn look_up(name: &str, rows: u32, cols: u32, seed: u64) -> Sheet {
    let mut sheet = Sheet::new(name);
    sheet.hidden = true;
    sheet.protected = true;
    let mut figures = Figures(seed);
    for row in 0..rows {
        sheet.text(At { row, col: 0 }, format!("{name}, row {}", row + 1), Look::Plain);
        for col in 1..cols {
            let figure = Content::Typed(Value::Number(figures.next()));
            sheet.put(At { row, col }, figure, Format::General, Look::Plain);
        }
    }
    sheet
}

/// Figures that look like amounts and repeat nothing, the same on every run.
struct Figures(u64);

impl Figures {
    fn next(&mut self) -> Decimal {
        // The constants of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Decimal::new(i64::try_from(self.0 >> 37).unwrap(), 2)
    }
}
