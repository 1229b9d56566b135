//! A workbook as the checks see it: sheets of typed cells at absolute positions, and nothing about how
//! it was stored.

pub mod area;
pub mod facts;
pub mod formula;
mod ods;
pub(crate) mod ooxml;
pub(crate) mod own;
mod read;
mod xls;
pub(crate) mod xml;

use std::fmt;
use std::rc::Rc;

use rust_decimal::Decimal;

pub use facts::Facts;
pub(crate) use ooxml::{Package, Relation, list_of_relations, part_key};
pub(crate) use read::{read, read_unpacked};

/// A workbook that could be opened.
#[derive(Debug)]
pub struct Workbook {
    /// How it was stored.
    pub format: Format,
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Whether there are sheets of figures that were left unread, which look empty: nothing that is checked could
    /// stand there.
    pub has_unread: bool,
    /// What is known of it besides its cells. The plan keeps it when the sheets are gone.
    pub facts: Rc<Facts>,
}

/// How a workbook was stored, told from its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, with macros or without.
    Xlsx,
    /// The binary form of the same.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// One sheet.
#[derive(Debug)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Only cells that hold something, ordered by row and column.
    cells: Vec<Cell>,
}

/// One cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Counted from nought.
    pub row: u32,
    /// Counted from nought.
    pub col: u32,
    /// What it holds: for a formula, the value saved with it.
    pub value: Value,
    /// Whether it holds a formula.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: a formula that was saved without its value.
    Blank,
    /// A number.
    Number(Decimal),
    /// A number that is shown as a date.
    Date(Date),
    /// Text, as typed.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// "#REF!", "#N/A", …
    Error(String),
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year of the Common Era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// The number behind it, where the format stores one.
    pub serial: Option<Decimal>,
}

/// The months in English: the workbook may print them in any language.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Date {
    /// "7 December 2022".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"?");
        write!(f, "{} {month} {}", self.day, self.year)
    }
}

impl Date {
    /// "7 Dec 2022".
    pub fn short(&self) -> String {
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).and_then(|it| it.get(..3));
        format!("{} {} {}", self.day, month.unwrap_or("?"), self.year)
    }

    /// The day of a serial number of this century: Excel's count of days, from 1 January 2000 (36526) on.
    pub fn from_serial(serial: u32) -> Option<Self> {
        if !(36_526..=73_050).contains(&serial) {
            return None;
        }
        let (mut year, mut left) = (2000_u16, serial - 36_526);
        let leap =
            |year: u16| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        loop {
            let days = if leap(year) { 366 } else { 365 };
            if left < days {
                break;
            }
            left -= days;
            year += 1;
        }
        let february = if leap(year) { 29 } else { 28 };
        for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            if left < days {
                let day = u8::try_from(left + 1).ok()?;
                return Some(Date { year, month, day, serial: Some(serial.into()) });
            }
            left -= days;
        }
        None
    }

    /// Whether a text gives a date: a month by its name with a day or a year beside it, or day, month and
    /// year as numbers.
    pub fn is_in(text: &str) -> bool {
        let words: Vec<String> = text
            .split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect();
        let is_month = |word: &str| {
            MONTHS.iter().any(|month| {
                let month = month.to_lowercase();
                word == month || (word.len() == 3 && month.starts_with(word))
            })
        };
        let is_number = |word: &str| word.starts_with(|it: char| it.is_ascii_digit()) && word.len() <= 4;
        let named = words.windows(2).any(
            |pair| matches!(pair, [a, b] if (is_month(a) && is_number(b)) || (is_number(a) && is_month(b))),
        );
        let numbered =
            words.windows(3).any(|three| three.iter().all(|it| it.bytes().all(|it| it.is_ascii_digit())));
        named || (numbered && text.contains(['/', '-', '.']))
    }
}

/// A cell's place in the workbook. It travels with every value of the plan from the moment it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The sheet, counted from nought in the order of the tabs.
    pub sheet: u16,
    /// Counted from nought.
    pub row: u32,
    /// Counted from nought.
    pub col: u32,
}

impl CellRef {
    /// "O49".
    pub fn a1(self) -> String {
        column_name(self.col) + &(self.row + 1).to_string()
    }

    /// "O49 on sheet 5a. Expenditure", given the names of all sheets.
    pub fn place(self, sheets: &[String]) -> String {
        format!("{self} on sheet {}", sheets.get(usize::from(self.sheet)).map_or("", String::as_str))
    }
}

/// The letters of a column counted from nought: "O".
pub fn column_name(col: u32) -> String {
    let mut letters = Vec::new();
    let mut col = col.saturating_add(1);
    while col > 0 {
        letters.push(char::from(b'A' + u8::try_from((col - 1) % 26).unwrap_or(0)));
        col = (col - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    /// "O49". The sheet is left to the context.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.a1())
    }
}

impl Sheet {
    /// A sheet with these cells. Where two claim one place, the later one stands.
    pub fn new(name: String, hidden: bool, mut cells: Vec<Cell>) -> Self {
        // Spreadsheet programs write cells in order, so this is a check and not a sort.
        if !cells.is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col)) {
            cells.sort_by_key(|it| (it.row, it.col));
            cells.reverse();
            cells.dedup_by_key(|it| (it.row, it.col));
            cells.reverse();
        }
        // They grew one by one, and are there until the end of a check.
        cells.shrink_to_fit();
        Sheet { name, hidden, cells }
    }

    /// The cell at a place, where it holds something.
    pub fn at(&self, row: u32, col: u32) -> Option<&Cell> {
        let idx = self.cells.binary_search_by_key(&(row, col), |it| (it.row, it.col)).ok()?;
        self.cells.get(idx)
    }

    /// Every cell that holds something, ordered by row and column.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cells of one row that hold something, ordered by column.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|it| it.row < row);
        let end = self.cells.partition_point(|it| it.row <= row);
        self.cells.get(start..end).unwrap_or_default()
    }

    /// The last row that holds something.
    pub fn last_row(&self) -> u32 {
        self.cells.last().map_or(0, |it| it.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a1(row: u32, col: u32) -> String {
        CellRef { sheet: 0, row, col }.a1()
    }

    #[test]
    fn addresses_are_written_as_excel_writes_them() {
        assert_eq!(a1(48, 14), "O49");
        assert_eq!(a1(0, 25), "Z1");
        assert_eq!(a1(0, 26), "AA1");
        assert_eq!(a1(1_048_575, 16_383), "XFD1048576");
    }

    #[test]
    fn a_cell_written_twice_holds_what_was_written_last() {
        let cell = |col, text: &str| Cell { row: 0, col, value: Value::Text(text.into()), formula: false };
        let sheet = Sheet::new("s".into(), false, vec![cell(1, "b"), cell(0, "old"), cell(0, "new")]);
        assert_eq!(sheet.at(0, 0).unwrap().value, Value::Text("new".into()));
        assert_eq!(sheet.cells().len(), 2);
    }

    #[test]
    fn a_date_is_told_from_a_text_that_is_none() {
        for text in ["7 December 2022", "early Dec 2022", "7th December", "07/12/2022", "2022-12-07"] {
            assert!(Date::is_in(text), "{text}");
        }
        for text in
            ["tbc", "n/a", "not known, it may be at the next meeting", "tbc - see section 2", "item 12"]
        {
            assert!(!Date::is_in(text), "{text}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(Date::from_serial(44_902).unwrap().to_string(), "7 December 2022");
        assert_eq!(Date::from_serial(45_351).unwrap().to_string(), "29 February 2024");
        assert_eq!(Date::from_serial(12), None);
    }
}
