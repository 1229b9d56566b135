//! How large the box of a comment is, and which cells lie under it. Everything is counted in pixels of 96
//! to the inch, as Excel counts them.

use std::collections::BTreeMap;

use crate::display::pixels;
use crate::workbook::area::{LAST_COL, LAST_ROW};
use crate::workbook::xml::Element;

/// A small letter of the comments' font, on average.
const LETTER: i64 = 6;
/// A line of it.
const LINE: i64 = 15;
/// The margins of a box, both sides together.
const MARGINS: i64 = 16;
/// The widths that a box may have; a text of more lines than [`MANY`] gets the wider one.
const WIDTHS: [i64; 2] = [320, 480];
const MANY: usize = 24;
/// Rows or columns that a box may lie over: hidden ones add nothing to its size.
const FARTHEST: u32 = 1_000;

/// The size of a box that shows a text.
pub(super) fn size(text: &str) -> (i64, i64) {
    let letters = |width: i64| usize::try_from((width - MARGINS) / LETTER).unwrap_or(1);
    let [narrow, wide] = WIDTHS;
    let (width, lines) = match lines(text, letters(narrow)) {
        few if few <= MANY => (narrow, few),
        _ => (wide, lines(text, letters(wide))),
    };
    (width, i64::try_from(lines).unwrap_or(i64::MAX / LINE / 2).saturating_mul(LINE) + MARGINS)
}

/// The lines that a text takes where so many letters fit in one, broken between words.
pub(super) fn lines(text: &str, letters: usize) -> usize {
    let most = letters.max(1);
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1_usize, 0_usize);
        for word in line.split(' ').map(|it| it.chars().count()) {
            let needed = if used == 0 { word } else { used + 1 + word };
            if needed <= most {
                used = needed;
            } else {
                lines += usize::from(used > 0) + word.saturating_sub(1) / most;
                used = word % most;
            }
        }
        lines
    };
    text.split('\n').map(of_line).sum()
}

/// The widths of a sheet's columns and the heights of its rows.
#[derive(Debug)]
pub(super) struct Grid {
    /// The last column and the width of each run of columns, by its first.
    cols: BTreeMap<u32, (u32, i64)>,
    col: i64,
    rows: BTreeMap<u32, i64>,
    row: i64,
}

impl Default for Grid {
    fn default() -> Self {
        Grid { cols: BTreeMap::new(), col: 64, rows: BTreeMap::new(), row: 20 }
    }
}

/// The pixels of a length as a file has it.
fn length(text: &str, pixels: fn(f64) -> u32) -> Option<i64> {
    text.trim().parse().ok().map(|it| pixels(it).into())
}

/// The width of a column, said in characters.
fn width(characters: &str) -> Option<i64> {
    length(characters, pixels::width)
}

/// The height of a row, said in points.
fn height(points: &str) -> Option<i64> {
    length(points, pixels::height)
}

impl Grid {
    /// Takes in "sheetFormatPr".
    pub(super) fn defaults(&mut self, element: &Element<'_>) {
        self.col = element.attr("defaultColWidth").as_deref().and_then(width).unwrap_or(self.col);
        self.row = element.attr("defaultRowHeight").as_deref().and_then(height).unwrap_or(self.row);
        if element.is("zeroHeight") {
            self.row = 0;
        }
    }

    /// Takes in "col".
    pub(super) fn add_cols(&mut self, element: &Element<'_>) {
        let number = |name| element.number(name).and_then(|it| it.checked_sub(1));
        let Some(first) = number("min") else { return };
        let wide =
            if element.is("hidden") { Some(0) } else { element.attr("width").as_deref().and_then(width) };
        if let Some(wide) = wide {
            self.cols.insert(first, (number("max").unwrap_or(first), wide));
        }
    }

    /// Takes in "row" where it is like no other; `row` is its number.
    pub(super) fn add_row(&mut self, row: u32, element: &Element<'_>) {
        let high =
            if element.is("hidden") { Some(0) } else { element.attr("ht").as_deref().and_then(height) };
        if let Some(high) = high.filter(|it| *it != self.row) {
            self.rows.insert(row, high);
        }
    }

    fn col(&self, col: u32) -> i64 {
        let run = self.cols.range(..=col).next_back();
        run.filter(|it| it.1.0 >= col).map_or(self.col, |it| it.1.1)
    }

    fn row(&self, row: u32) -> i64 {
        self.rows.get(&row).copied().unwrap_or(self.row)
    }
}

/// Where a box lies: its left and right, top and bottom edges, each as a column or row and how far into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    left: (u32, i64),
    top: (u32, i64),
    right: (u32, i64),
    bottom: (u32, i64),
}

impl Anchor {
    /// A box of this size to the right of a cell.
    pub(super) fn beside(grid: &Grid, row: u32, col: u32, size: (i64, i64)) -> Self {
        let left = ((col + 1).min(LAST_COL), if col < LAST_COL { 15 } else { 0 });
        let top = if row == 0 { (0, 2) } else { (row - 1, 10) };
        Anchor::from(grid, left, top, size)
    }

    fn from(grid: &Grid, left: (u32, i64), top: (u32, i64), size: (i64, i64)) -> Self {
        Anchor {
            left,
            top,
            right: beyond(left, size.0, LAST_COL, |it| grid.col(it)),
            bottom: beyond(top, size.1, LAST_ROW, |it| grid.row(it)),
        }
    }

    /// "3, 15, 11, 10, 8, 2, 20, 4" of a shape.
    pub(super) fn read(text: &str) -> Option<Self> {
        let numbers: Option<Vec<i64>> = text.split(',').map(|it| it.trim().parse().ok()).collect();
        let Ok([a, b, c, d, e, f, g, h]) = <[i64; 8]>::try_from(numbers?) else { return None };
        let at = |idx: i64, into| Some((u32::try_from(idx).ok()?, into));
        Some(Anchor { left: at(a, b)?, top: at(c, d)?, right: at(e, f)?, bottom: at(g, h)? })
    }

    /// The same box, no smaller than this.
    pub(super) fn at_least(self, grid: &Grid, size: (i64, i64)) -> Self {
        let now = (
            between(self.left, self.right, |it| grid.col(it)),
            between(self.top, self.bottom, |it| grid.row(it)),
        );
        if now.0 >= size.0 && now.1 >= size.1 {
            return self;
        }
        Anchor::from(grid, self.left, self.top, (now.0.max(size.0), now.1.max(size.1)))
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Anchor { left, top, right, bottom } = self;
        write!(f, "{}, {}, {}, {}, ", left.0, left.1, top.0, top.1)?;
        write!(f, "{}, {}, {}, {}", right.0, right.1, bottom.0, bottom.1)
    }
}

/// Where one is after so many pixels.
fn beyond(from: (u32, i64), distance: i64, last: u32, size_of: impl Fn(u32) -> i64) -> (u32, i64) {
    let (mut idx, mut into) = (from.0, from.1.saturating_add(distance));
    let farthest = from.0.saturating_add(FARTHEST).min(last);
    loop {
        let size = size_of(idx);
        if into <= size || idx >= farthest {
            return (idx, into.min(size));
        }
        into -= size;
        idx += 1;
    }
}

/// How many pixels lie between two places.
fn between(from: (u32, i64), to: (u32, i64), size_of: impl Fn(u32) -> i64) -> i64 {
    let last = to.0.min(from.0.saturating_add(FARTHEST));
    let whole: i64 = (from.0..last).map(size_of).sum();
    whole.saturating_sub(from.1).saturating_add(to.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_grow_with_their_text() {
        assert_eq!(lines("", 50), 1);
        assert_eq!(lines("one\n\nthree", 50), 3);
        assert_eq!(lines("four words in ten", 10), 2);
        assert_eq!(lines("four words or sentences", 10), 3);
        assert_eq!(lines(&"x".repeat(101), 50), 3);
        assert_eq!(lines(&format!("a {}", "x".repeat(100)), 50), 3);
        assert!(size(&"word ".repeat(300)).0 > size("word").0);
        assert!(size(&"word ".repeat(100)).1 > size(&"word ".repeat(50)).1);
    }

    #[test]
    fn an_anchor_covers_what_its_size_asks() {
        let mut grid = Grid::default();
        grid.cols.insert(5, (6, 0));
        grid.rows.insert(3, 100);
        let anchor = Anchor::beside(&grid, 3, 2, (320, 150));
        assert_eq!(anchor.to_string(), "3, 15, 2, 10, 10, 15, 5, 20");
        assert_eq!(Anchor::read(" 3, 15, 2,10, 10, 15, 5, 20\n"), Some(anchor));
        assert_eq!(anchor.at_least(&grid, (300, 100)), anchor);
        assert_eq!(anchor.at_least(&grid, (320, 190)).to_string(), "3, 15, 2, 10, 10, 15, 7, 20");
        for text in ["", "1, 2", "a, 0, 0, 0, 0, 0, 0, 0", "-1, 0, 0, 0, 0, 0, 0, 0"] {
            assert_eq!(Anchor::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_cell_of_a_sheet_has_room_too() {
        let anchor = Anchor::beside(&Grid::default(), LAST_ROW, LAST_COL, (320, 150));
        assert_eq!(anchor.to_string(), "16383, 0, 1048574, 10, 16383, 64, 1048575, 20");
    }
}
