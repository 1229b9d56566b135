//! The cells of a sheet, put together for the rows that are asked for.

use std::collections::BTreeMap;
use std::ops::Range;

use super::format::{self, Shown};
use super::sheet::Xf;
use super::{Band, Colour, Content, Display, DisplaySheet};
use crate::workbook::Value;

/// A cell as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayCell {
    /// Counted from nought.
    pub row: u32,
    /// Counted from nought.
    pub col: u32,
    /// What Excel shows in it; nothing for a formula that was saved without a value.
    pub text: String,
    /// What it looks like: its place in [`DisplaySheet::styles`].
    pub style: u32,
    /// What kind of value it holds.
    pub holds: Holds,
    /// Whether it holds a formula.
    pub formula: bool,
    /// What is remarked at it.
    pub note: Option<String>,
}

/// What kind of value a cell holds, on which it depends where Excel puts it by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holds {
    /// Nothing. With a formula: it was saved without a value.
    #[default]
    Nothing,
    /// Text, which stands on the left.
    Text,
    /// A number or a date, which stands on the right.
    Number,
    /// TRUE or FALSE, which stands in the centre.
    Logical,
    /// An error, which stands in the centre.
    Error,
}

impl Display {
    /// The cells of some rows of a sheet, ordered by row and column: those that hold something, are
    /// remarked at, or can be seen although they are blank. The rows are counted from nought, the end not
    /// included.
    ///
    /// Cells under a merged area are among them for the sake of their borders.
    pub fn cells(&self, sheet: usize, rows: Range<u32>) -> Vec<DisplayCell> {
        let Some(sheet) = self.sheets.get(sheet) else { return Vec::new() };
        let rows = rows.start..rows.end.min(sheet.rows);
        let content = &sheet.content;
        let mut cells: BTreeMap<(u32, u32), DisplayCell> = BTreeMap::new();
        for (row, col, xf) in between(&content.blanks, &rows, |it| it.0) {
            let style = content.style(*xf, None);
            cells.insert((*row, *col), DisplayCell { row: *row, col: *col, style, ..DisplayCell::default() });
        }
        let all = content.sheet.cells();
        let start = all.partition_point(|it| it.row < rows.start);
        for (idx, cell) in all.iter().enumerate().skip(start).take_while(|(_, it)| it.row < rows.end) {
            let xf = content.xfs.get(idx).copied().unwrap_or_default();
            let is_number = content.numbers.binary_search(&idx).is_ok();
            let (shown, holds) = self.shown(content, xf, &cell.value, is_number);
            let cell = DisplayCell {
                row: cell.row,
                col: cell.col,
                style: content.style(xf, shown.colour),
                text: shown.text,
                holds,
                formula: cell.formula,
                note: None,
            };
            cells.insert((cell.row, cell.col), cell);
        }
        for ((row, col), text) in between(&content.notes, &rows, |it| it.0.0) {
            let blank = || DisplayCell { row: *row, col: *col, ..sheet.blank(*row, *col) };
            cells.entry((*row, *col)).or_insert_with(blank).note = Some(text.clone());
        }
        cells.into_values().collect()
    }

    /// The text of a value and what kind it is of.
    fn shown(&self, content: &Content, xf: Xf, value: &Value, is_number: bool) -> (Shown, Holds) {
        let format = content.looks.get(&xf).and_then(|it| self.formats.get(&it.format));
        let plainly = |text: String| Shown { text, colour: None };
        match (value, format) {
            (Value::Blank, _) => (Shown::default(), Holds::Nothing),
            (Value::Number(figure), Some(format)) => (format.number(*figure, self.from_1904), Holds::Number),
            (Value::Number(figure), None) => (plainly(format::general(*figure)), Holds::Number),
            (Value::Date(date), format) => {
                let shown = match (format, date.serial) {
                    (Some(format), Some(serial)) => format.number(serial, self.from_1904),
                    (Some(_) | None, _) => plainly(format::plain_date(date, self.from_1904)),
                };
                (shown, Holds::Number)
            }
            (Value::Text(text), format) if is_number => {
                let shown = format::beyond_figures(text, format);
                (shown.unwrap_or_else(|| plainly(text.clone())), Holds::Number)
            }
            (Value::Text(text), Some(format)) => (format.text(text), Holds::Text),
            (Value::Text(text), None) => (plainly(text.clone()), Holds::Text),
            (Value::Bool(yes), _) => {
                (plainly(if *yes { "TRUE" } else { "FALSE" }.to_owned()), Holds::Logical)
            }
            (Value::Error(error), _) => (plainly(error.clone()), Holds::Error),
        }
    }
}

impl DisplaySheet {
    /// A cell of which nothing is said: it looks as its row does, or else its column.
    fn blank(&self, row: u32, col: u32) -> DisplayCell {
        let of = |bands: &[Band], at: u32| {
            let idx = bands.partition_point(|it| it.last < at);
            bands.get(idx).filter(|it| it.first <= at).and_then(|it| it.style)
        };
        let style = of(&self.bands, row).or_else(|| of(&self.columns, col)).unwrap_or_default();
        DisplayCell { style, ..DisplayCell::default() }
    }
}

impl Content {
    /// The place of a style in the sheet's list, in a colour that a number format asks for.
    fn style(&self, xf: Xf, colour: Option<Colour>) -> u32 {
        let Some(look) = self.looks.get(&xf) else { return 0 };
        let coloured = colour.and_then(|it| look.coloured.iter().find(|other| other.0 == it));
        coloured.map_or(look.style, |it| it.1)
    }
}

/// Those of an ordered list that lie in some rows.
fn between<'l, T>(list: &'l [T], rows: &Range<u32>, row: impl Fn(&T) -> u32) -> &'l [T] {
    let start = list.partition_point(|it| row(it) < rows.start);
    let end = list.partition_point(|it| row(it) < rows.end);
    list.get(start..end).unwrap_or_default()
}
