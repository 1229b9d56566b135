//! The part of a sheet: which style each cell has, and how wide, high, frozen and ruled the sheet is. The
//! values in its cells were read before.

use std::borrow::Cow;

use super::style::Style;
use super::styles::Styles;
use crate::workbook::area::{Area, LAST_COL, LAST_ROW};
use crate::workbook::facts::most;
use crate::workbook::xml::{Element, Visit};
use crate::workbook::{Cell, Value};

/// The place of a style in the workbook's list of them: there are fewer than 65,536.
pub(super) type Xf = u16;

/// What a sheet's part says, and what it is asked.
#[derive(Debug)]
pub(super) struct SheetPart<'a> {
    /// The cells that hold something.
    cells: &'a [Cell],
    styles: &'a Styles,
    /// Rows and columns beyond which cells without content are not kept.
    near: (u32, u32),
    room: &'a mut Room,
    pub(super) found: Found,
    /// The cell that is expected next, of those that hold something.
    next: usize,
    row: u32,
    next_row: u32,
    next_col: u32,
    views: usize,
    /// The first row and column that are shown.
    top_left: (u32, u32),
}

/// What may still be kept of a workbook.
#[derive(Debug)]
pub(super) struct Room {
    /// Cells without content.
    pub(super) blanks: usize,
    /// Runs of rows.
    pub(super) bands: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The style of each cell that holds something, as many as there are of them.
    pub(super) xfs: Vec<Xf>,
    /// Which of them are numbers in the file, however large, where a text was read.
    pub(super) numbers: Vec<usize>,
    /// Cells that hold nothing and can be seen, or that a row's or column's style must not show through:
    /// row, column and style, in the order of the file.
    pub(super) blanks: Vec<(u32, u32, Xf)>,
    /// Runs of columns.
    pub(super) columns: Vec<Line>,
    /// Runs of rows.
    pub(super) rows: Vec<Line>,
    /// Whether rows of which nothing is said are hidden.
    pub(super) hides_rows: bool,
    /// Where it does: the first and last of each run of rows of which something is said.
    pub(super) said: Vec<(u32, u32)>,
    /// The width of a column that says none, in characters.
    pub(super) width: Option<f64>,
    /// The same without the room beside the characters.
    pub(super) base_width: Option<u32>,
    /// The height of a row that says none, in points.
    pub(super) height: Option<f64>,
    /// Rows and columns that stay when the others are scrolled.
    pub(super) frozen: (u32, u32),
    /// Whether the sheet is shown without lines between its cells.
    pub(super) no_grid: bool,
}

/// Rows or columns next to each other that are of one size and style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) first: u32,
    pub(super) last: u32,
    /// Points for rows, characters for columns.
    pub(super) size: Option<f64>,
    /// What cells without an entry of their own look like.
    pub(super) xf: Option<Xf>,
}

/// The place of a style as it is written; the first, where there is no such style.
fn xf(text: Option<Cow<'_, str>>, styles: &Styles) -> Xf {
    let place: Option<usize> = text.and_then(|it| it.trim().parse().ok());
    place.filter(|it| *it < styles.styles.len()).and_then(|it| Xf::try_from(it).ok()).unwrap_or_default()
}

fn size(element: &Element<'_>, name: &str) -> Option<f64> {
    element.attr(name).and_then(|it| it.trim().parse().ok()).filter(|it: &f64| it.is_finite() && *it >= 0.0)
}

impl<'a> SheetPart<'a> {
    pub(super) fn new(cells: &'a [Cell], styles: &'a Styles, near: (u32, u32), room: &'a mut Room) -> Self {
        let found = Found { xfs: vec![0; cells.len()], ..Found::default() };
        SheetPart {
            cells,
            styles,
            near,
            room,
            found,
            next: 0,
            row: 0,
            next_row: 0,
            next_col: 0,
            views: 0,
            top_left: (0, 0),
        }
    }

    fn sees(&self, xf: Xf) -> bool {
        self.styles.styles.get(usize::from(xf)).is_some_and(Style::shows_when_blank)
    }

    fn view(&mut self, element: &Element<'_>) {
        self.views += 1;
        if self.views == 1 {
            self.found.no_grid = element.attr("showGridLines").is_some_and(|it| it == "0" || it == "false");
            let first = element.attr("topLeftCell").as_deref().and_then(Area::read);
            self.top_left = first.map_or((0, 0), |it| (it.first_row, it.first_col));
        }
    }

    fn pane(&mut self, element: &Element<'_>) {
        let frozen = element.attr("state").is_some_and(|it| it.starts_with("frozen"));
        let split = |name: &str| {
            let lines = size(element, name).filter(|_| frozen).unwrap_or_default();
            // Whole lines where it is frozen; a split that is not is a distance.
            lines.min(f64::from(LAST_ROW)) as u32
        };
        // Lines before the first that is shown cannot be scrolled to, and stay as well.
        let after = |before: u32, split: u32| if split > 0 { before.saturating_add(split) } else { 0 };
        let (rows, cols) = self.top_left;
        self.found.frozen = (after(rows, split("ySplit")), after(cols, split("xSplit")));
    }

    fn columns(&mut self, element: &Element<'_>) {
        let Some(first) = element.number("min").and_then(|it| it.checked_sub(1)) else { return };
        let last = element.number("max").and_then(|it| it.checked_sub(1)).unwrap_or(first).min(LAST_COL);
        // They come from left to right; one that does not would have to be looked for again and again.
        if first <= last && self.found.columns.last().is_none_or(|it| it.last < first) {
            let xf = element.written("style").map(|it| xf(Some(it), self.styles));
            self.found.columns.push(Line { first, last, size: size(element, "width"), xf });
        }
    }

    fn begin_row(&mut self, element: &Element<'_>) {
        // A row without a number follows the one before it, and a cell without an address too.
        self.row = element
            .written("r")
            .and_then(|it| it.trim().parse::<u32>().ok()?.checked_sub(1))
            .unwrap_or(self.next_row);
        (self.next_row, self.next_col) = (self.row.saturating_add(1), 0);
        if self.row >= self.near.0 {
            return;
        }
        if self.found.hides_rows {
            self.say();
        }
        let xf =
            element.written("s").filter(|_| element.is("customFormat")).map(|it| xf(Some(it), self.styles));
        let line = Line { first: self.row, last: self.row, size: size(element, "ht"), xf };
        if (line.size, line.xf) == (None, None) {
            return;
        }
        let same = |it: &&mut Line| {
            it.last.checked_add(1) == Some(line.first) && (it.size, it.xf) == (line.size, line.xf)
        };
        if let Some(before) = self.found.rows.last_mut().filter(same) {
            before.last = line.last;
        } else if let (true, Some(left)) =
            (self.found.rows.len() < most::RUNS, self.room.bands.checked_sub(1))
        {
            self.room.bands = left;
            self.found.rows.push(line);
        }
    }

    /// Notes that something is said of this row.
    fn say(&mut self) {
        match self.found.said.last_mut() {
            // Beyond what is kept, none is taken for hidden.
            Some(it) if self.row <= it.1.saturating_add(1) || self.room.bands == 0 => {
                it.1 = it.1.max(self.row)
            }
            Some(_) | None => {
                self.room.bands = self.room.bands.saturating_sub(1);
                self.found.said.push((self.row, self.row));
            }
        }
    }

    fn cell(&mut self, element: &Element<'_>) {
        let place = element.written("r").and_then(|it| Area::read(&it));
        let (row, col) = place.map_or((self.row, self.next_col), |it| (it.first_row, it.first_col));
        self.next_col = col.saturating_add(1);
        // They come in the order of the sheet, or else they are looked for.
        let here = |it: &Cell| (it.row, it.col) == (row, col);
        let idx = if self.cells.get(self.next).is_some_and(here) {
            Some(self.next)
        } else {
            self.cells.binary_search_by_key(&(row, col), |it| (it.row, it.col)).ok()
        };
        if idx.is_none() && (row >= self.near.0 || col >= self.near.1) {
            return;
        }
        let xf = xf(element.written("s"), self.styles);
        let Some(idx) = idx else { return self.blank(row, col, xf) };
        self.next = idx + 1;
        if let Some(slot) = self.found.xfs.get_mut(idx) {
            *slot = xf;
        }
        if let Some(Cell { value: Value::Text(_), .. }) = self.cells.get(idx)
            && element.written("t").is_none_or(|it| it == "n")
        {
            self.found.numbers.push(idx);
        }
    }

    fn blank(&mut self, row: u32, col: u32, xf: Xf) {
        let of_row = self.found.rows.last().filter(|it| it.last == row).and_then(|it| it.xf);
        let below = of_row.or_else(|| self.of_column(col)).unwrap_or_default();
        let counts = self.sees(xf) || (xf != below && self.sees(below));
        if let (true, Some(left)) = (counts, self.room.blanks.checked_sub(1)) {
            self.room.blanks = left;
            self.found.blanks.push((row, col, xf));
        }
    }

    fn of_column(&self, col: u32) -> Option<Xf> {
        let idx = self.found.columns.partition_point(|it| it.last < col);
        self.found.columns.get(idx).filter(|it| it.first <= col)?.xf
    }
}

impl Visit for SheetPart<'_> {
    fn open(&mut self, element: &Element<'_>, depth: usize) {
        match (depth, element.name()) {
            (2, "sheetFormatPr") => {
                self.found.width = size(element, "defaultColWidth");
                self.found.base_width = element.number("baseColWidth");
                self.found.height = size(element, "defaultRowHeight");
                self.found.hides_rows = element.is("zeroHeight");
            }
            (3, "sheetView") => self.view(element),
            (4, "pane") if self.views == 1 => self.pane(element),
            (3, "col") => self.columns(element),
            (3, "row") => self.begin_row(element),
            (4, "c") => self.cell(element),
            _ => {}
        }
    }
    /// Behind the last cell that holds something, rows that are not near it tell nothing.
    fn done(&self) -> bool {
        self.row >= self.near.0 && self.next >= self.cells.len()
    }
}
