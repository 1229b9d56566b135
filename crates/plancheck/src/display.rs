//! Every sheet of a workbook for display, as its readers know it from Excel: texts as their number formats
//! show them, fills, fonts and borders, widths and heights, merged cells, what is hidden and what is frozen.
//!
//! Rules never see any of it, so this is the one part of the core that may use floats. Conditional formats
//! are not evaluated: colours that depend on values, such as those of a template's own checklist, are not
//! shown. Nor are pictures, charts, patterns, gradients, styles of tables, turned text and the looks of parts
//! of a text. A number in General is shown as in a column that is wide enough: with up to eleven characters,
//! where Excel shortens it to the width of its own. Names of months and days are English whatever language a
//! format asks for.

mod cells;
mod colour;
mod format;
mod looks;
pub(crate) mod pixels;
mod sheet;
mod style;
mod styles;

use std::collections::BTreeMap;

use crate::check::{Input, Options};
use crate::open::{OpenError, open};
use crate::workbook::area::Area;
use crate::workbook::facts::TabState;
use crate::workbook::{Format as FileFormat, Sheet, Workbook};

pub use cells::{DisplayCell, Holds};
pub use colour::Colour;
pub use style::{Borders, Horizontal, Style, Vertical};

use format::Format;
use looks::Book;

/// So many runs of rows with a height or a style of their own are kept of a workbook; the rows after them are
/// shown as if they had none. The heads of all sheets travel at once.
const MOST_BANDS: usize = 100_000;

/// A workbook for display. The cells of a sheet are asked for by rows, because a sheet may have millions.
#[derive(Debug)]
pub struct Display {
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<DisplaySheet>,
    /// What cannot be shown as Excel shows it, and why, in plain words; nothing where all can.
    pub plain: Option<String>,
    /// The number formats in use, by their numbers; nothing for General.
    formats: BTreeMap<u32, Format>,
    /// Whether dates are counted from 1904.
    from_1904: bool,
}

/// A sheet for display: everything but its cells.
#[derive(Debug)]
pub struct DisplaySheet {
    /// The name on its tab.
    pub name: String,
    /// How its tab is shown.
    pub state: TabState,
    /// How many rows are in use, counted from the first: those with cells that hold something, and near them
    /// those with merged cells or with blank ones that are filled or have a border.
    pub rows: u32,
    /// How many columns are in use, in the same way.
    pub cols: u32,
    /// How many cells hold something.
    pub filled: u32,
    /// The width of a column that has none of its own, in pixels.
    pub col_width: u32,
    /// The height of a row that has none of its own, in pixels.
    pub row_height: u32,
    /// Columns with a width or a style of their own, from left to right.
    pub columns: Vec<Band>,
    /// Rows with a height or a style of their own, from top to bottom.
    pub bands: Vec<Band>,
    /// Columns that are hidden, the first and last of each run.
    pub hidden_cols: Vec<(u32, u32)>,
    /// Rows that are hidden, the first and last of each run.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Merged areas. Only what stands in the first cell of each is shown.
    pub merges: Vec<Area>,
    /// How many rows stay when the others are scrolled.
    pub frozen_rows: u32,
    /// How many columns stay when the others are scrolled.
    pub frozen_cols: u32,
    /// Whether lines are shown between cells that have no border.
    pub grid: bool,
    /// What cells look like. The first is the style of a cell of which nothing else is said.
    pub styles: Vec<Style>,
    content: Content,
}

impl DisplaySheet {
    /// What is remarked at cells, each with its row and column, in this order.
    pub fn notes(&self) -> &[((u32, u32), String)] {
        &self.content.notes
    }
}

/// Rows or columns next to each other that are of one size and style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first, counted from nought.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// How wide or high each is, in pixels, where that is said.
    pub size: Option<u32>,
    /// The style of its cells that are not given themselves; a row's comes before a column's.
    pub style: Option<u32>,
}

/// What a sheet's cells are put together from.
#[derive(Debug)]
struct Content {
    sheet: Sheet,
    /// The style of each cell that holds something; none of any where the looks are not known.
    xfs: Vec<sheet::Xf>,
    /// Which of those are numbers where a text was read, in order.
    numbers: Vec<usize>,
    /// Cells that hold nothing and can be seen, ordered by row and column.
    blanks: Vec<(u32, u32, sheet::Xf)>,
    /// What is remarked at cells, ordered by row and column.
    notes: Vec<((u32, u32), String)>,
    /// What each style in use looks like on this sheet.
    looks: BTreeMap<sheet::Xf, Look>,
}

/// A style as a sheet uses it.
#[derive(Clone, Debug, Default)]
struct Look {
    /// Its place in the sheet's list of styles.
    style: u32,
    /// The same in each colour that its number format may ask for.
    coloured: Vec<(Colour, u32)>,
    /// The number of its number format.
    format: u32,
}

/// Reads a workbook for display.
///
/// # Errors
/// Where it cannot be opened, as [`open`] says. Looks that cannot be read cost no more
/// than themselves: [`Display::plain`] says which.
pub fn display(input: &Input<'_>, options: &Options) -> Result<Display, OpenError> {
    let workbook = open(input.bytes, &options.limits, &mut |_, _| {})?;
    let Workbook { format, sheets, facts, .. } = workbook;
    let (mut book, mut missing) = match format {
        FileFormat::Xlsx => Book::read(input.bytes, &sheets),
        FileFormat::Xlsb | FileFormat::Xls | FileFormat::Ods => (Book::default(), Vec::new()),
    };
    let mut room = sheet::Room { blanks: options.limits.cells, bands: MOST_BANDS };
    let sheets = sheets
        .into_iter()
        .zip(&facts.sheets)
        .enumerate()
        .map(|(idx, (sheet, facts))| {
            let found = book.sheet(idx, &sheet, facts, &mut room, &mut missing);
            looks::sheet(sheet, facts, found, &mut book)
        })
        .collect();
    let (formats, unknown) = book.formats();
    missing.extend(unknown);
    let plain = match format {
        FileFormat::Xlsx if missing.is_empty() => None,
        FileFormat::Xlsx => Some(format!("Not shown as Excel shows it: {}.", missing.join("; "))),
        FileFormat::Xlsb | FileFormat::Xls | FileFormat::Ods => {
            Some("Colours, widths and number formats of this kind of file are not shown.".to_owned())
        }
    };
    Ok(Display { sheets, plain, formats, from_1904: book.counts_from_1904() })
}
