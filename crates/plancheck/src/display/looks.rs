//! What a workbook looks like: its styles and formats, and for each sheet those that it uses, what is in use
//! of it, and its sizes in pixels.

use std::collections::{BTreeMap, BTreeSet};

use super::colour::{Colour, Theme, ThemePart};
use super::format::{Format, builtin};
use super::pixels::{base_width, height, width};
use super::sheet::{Found, Line, Room, SheetPart, Xf};
use super::style::Style;
use super::styles::{Styles, StylesPart};
use super::{Band, Content, DisplaySheet, Look};
use crate::workbook::area::{Area, LAST_COL, LAST_ROW, Runs};
use crate::workbook::facts::{Fact, Note, SheetFacts, Unread};
use crate::workbook::ooxml::{LookParts, Package, look_parts};
use crate::workbook::{Cell, Sheet, Value};

/// How far from the cells that hold something blank ones count that can be seen: what is painted down to the
/// last row of a sheet is not in use.
const NEAR_ROWS: u32 = 500;
const NEAR_COLS: u32 = 26;

/// How many formats are kept ready: four times as many as Excel lets a workbook have of its own.
const MOST_FORMATS: usize = 1_000;

/// The looks of a workbook.
#[derive(Default)]
pub(super) struct Book<'b> {
    package: Option<(Package<'b>, LookParts)>,
    styles: Styles,
    formats: BTreeMap<u32, Format>,
    /// Formats that are in use and not shown.
    unknown: BTreeSet<u32>,
}

impl<'b> Book<'b> {
    /// Reads the parts of an .xlsx file that are of the whole workbook, and says which could not be read.
    pub(super) fn read(bytes: &'b [u8], sheets: &[Sheet]) -> (Self, Vec<String>) {
        let names: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
        let mut missing = Vec::new();
        let opened = Package::open(bytes).and_then(|mut package| {
            let parts = look_parts(&mut package, &names)?;
            Ok((package, parts))
        });
        let (mut package, parts) = match opened {
            Ok(opened) => opened,
            Err(why) => {
                missing.push(format!("colours, widths and number formats, because {}", why.0));
                return (Book::default(), missing);
            }
        };
        let mut theme = Ok(Theme::default());
        if let Some(name) = &parts.theme {
            let mut part = ThemePart::default();
            theme = package.visit(name, &mut part).map(|()| part.theme);
        }
        let mut styles = Ok(Styles::default());
        if let Some(name) = &parts.styles {
            let mut part = StylesPart::default();
            let known = theme.clone().unwrap_or_default();
            styles = package.visit(name, &mut part).map(|()| part.resolved(&known));
        }
        let styles = styles.unwrap_or_else(|why| {
            missing.push(format!("colours, borders and number formats, because {}", why.0));
            Styles::default()
        });
        if let (Err(why), true) = (&theme, styles.needs_theme) {
            missing.push(format!("the colours of the workbook's theme, because {}", why.0));
        }
        (Book { package: Some((package, parts)), styles, ..Book::default() }, missing)
    }

    /// Whether dates are counted from 1904.
    pub(super) fn counts_from_1904(&self) -> bool {
        self.package.as_ref().is_some_and(|it| it.1.dates_from_1904)
    }

    /// The formats in use, and what is to be said of those that are not shown.
    pub(super) fn formats(&mut self) -> (BTreeMap<u32, Format>, Option<String>) {
        let codes = self.unknown.iter().filter_map(|it| self.styles.codes.get(it));
        // One of them says what kind they are; a list would say no more.
        let said = codes.min().map(|code| {
            let start: String = code.chars().take(40).collect();
            format!("number formats such as “{start}”, in place of which numbers are given as they are")
        });
        (std::mem::take(&mut self.formats), said)
    }

    /// Reads the part of a sheet. `room` is what may still be kept.
    pub(super) fn sheet(
        &mut self,
        idx: usize,
        sheet: &Sheet,
        facts: &SheetFacts,
        room: &mut Room,
        missing: &mut Vec<String>,
    ) -> Option<Found> {
        let (package, parts) = self.package.as_mut()?;
        let near = near(used_by_content(sheet, &notes(facts)));
        let part = parts.sheets.get(idx)?.clone();
        let read = part.and_then(|part| {
            let mut visitor = SheetPart::new(sheet.cells(), &self.styles, near, room);
            package.visit(&part, &mut visitor)?;
            Ok(visitor.found)
        });
        let because = |it: Unread| {
            missing.push(format!("the widths and colours of “{}”, because {}", sheet.name, it.0));
        };
        read.map_err(because).ok()
    }

    /// Makes a format ready, once for all its cells.
    fn prepare(&mut self, number: u32) {
        if self.formats.contains_key(&number) || self.unknown.contains(&number) {
            return;
        }
        let code = self.styles.codes.get(&number).map(String::as_str).or_else(|| builtin(number));
        let says = |it: &&str| !it.is_empty() && !it.eq_ignore_ascii_case("general");
        let Some(code) = code.filter(says) else { return };
        if let Some(format) = Format::read(code).filter(|_| self.formats.len() < MOST_FORMATS) {
            self.formats.insert(number, format);
        } else {
            self.unknown.insert(number);
        }
    }
}

/// Whether a cell holds something that its readers know of.
fn holds(cell: &Cell) -> bool {
    cell.formula || cell.value != Value::Text(String::new())
}

/// The first row and column that are not in use, told from the cells that hold something and from notes.
fn used_by_content(sheet: &Sheet, notes: &[((u32, u32), String)]) -> (u32, u32) {
    let cells = sheet.cells().iter().filter(|it| holds(it)).map(|it| (it.row, it.col));
    grown((0, 0), cells.chain(notes.iter().map(|it| it.0)))
}

/// The extent with some cells more.
fn grown(extent: (u32, u32), cells: impl Iterator<Item = (u32, u32)>) -> (u32, u32) {
    cells.fold(extent, |(rows, cols), (row, col)| {
        (rows.max(row.min(LAST_ROW).saturating_add(1)), cols.max(col.min(LAST_COL).saturating_add(1)))
    })
}

/// The first row and column that are too far from the content to count by their looks alone.
fn near(content: (u32, u32)) -> (u32, u32) {
    let limit = |used: u32, room: u32, last: u32| used.saturating_add(room).min(last.saturating_add(1));
    (limit(content.0, NEAR_ROWS, LAST_ROW), limit(content.1, NEAR_COLS, LAST_COL))
}

/// Puts a sheet together from its values, facts and looks.
pub(super) fn sheet(
    sheet: Sheet,
    facts: &SheetFacts,
    found: Option<Found>,
    book: &mut Book<'_>,
) -> DisplaySheet {
    let notes = notes(facts);
    let mut found = found.unwrap_or_default();
    if !found.blanks.is_sorted() {
        found.blanks.sort();
    }
    let content = used_by_content(&sheet, &notes);
    let near = near(content);
    let merges = facts.merges.as_deref().unwrap_or_default();
    let merges = apart(merges.iter().filter_map(|it| cut(*it, near)).collect());
    let seen = |xf: Xf| book.styles.styles.get(usize::from(xf)).is_some_and(Style::shows_when_blank);
    let blanks = found.blanks.iter().filter(|it| seen(it.2)).map(|it| (it.0, it.1));
    let (rows, cols) = grown(content, blanks.chain(merges.iter().map(|it| (it.last_row, it.last_col))));
    let mut list = StyleList::default();
    list.look(0, book);
    let used: BTreeSet<Xf> = found.xfs.iter().copied().chain(found.blanks.iter().map(|it| it.2)).collect();
    let looks = used.into_iter().map(|xf| (xf, list.look(xf, book))).collect();
    let default_width = found.width.map_or_else(|| base_width(found.base_width), width);
    let mut bands = |lines: &[Line], end: u32, size: fn(f64) -> u32| {
        let inside = lines.iter().filter(|it| it.first < end);
        inside
            .map(|it| Band {
                first: it.first,
                last: it.last.min(end.saturating_sub(1)),
                size: it.size.map(size),
                style: it.xf.map(|xf| list.look(xf, book).style),
            })
            .collect::<Vec<Band>>()
    };
    let columns = bands(&found.columns, cols, width);
    found.rows.sort_by_key(|it| it.first);
    let bands = bands(&found.rows, rows, height);
    DisplaySheet {
        name: sheet.name.clone(),
        state: facts.state,
        rows,
        cols,
        filled: u32::try_from(sheet.cells().iter().filter(|it| holds(it)).count()).unwrap_or(u32::MAX),
        col_width: default_width,
        row_height: found.height.map_or(20, height),
        columns,
        bands,
        hidden_cols: runs(&facts.hidden_cols, cols),
        hidden_rows: hidden_rows(facts, &found, rows),
        merges,
        frozen_rows: found.frozen.0.min(rows),
        frozen_cols: found.frozen.1.min(cols),
        grid: !found.no_grid,
        styles: list.styles,
        content: Content {
            sheet,
            xfs: found.xfs,
            numbers: found.numbers,
            blanks: found.blanks,
            notes,
            looks,
        },
    }
}

/// The styles of a sheet, each once.
#[derive(Default)]
struct StyleList {
    styles: Vec<Style>,
    places: BTreeMap<Style, u32>,
}

impl StyleList {
    fn place(&mut self, style: Style) -> u32 {
        let next = u32::try_from(self.styles.len()).unwrap_or(u32::MAX);
        *self.places.entry(style).or_insert_with_key(|it| {
            self.styles.push(it.clone());
            next
        })
    }

    /// A style of the workbook as this sheet has it.
    fn look(&mut self, xf: Xf, book: &mut Book<'_>) -> Look {
        let style = book.styles.styles.get(usize::from(xf)).cloned().unwrap_or_default();
        let format = book.styles.formats.get(usize::from(xf)).copied().unwrap_or_default();
        book.prepare(format);
        let colours: BTreeSet<Colour> =
            book.formats.get(&format).into_iter().flat_map(Format::colours).collect();
        let coloured = colours.into_iter().map(|colour| {
            let colour_of_text = Some(colour).filter(|it| *it != Colour::BLACK);
            (colour, self.place(Style { colour: colour_of_text, ..style.clone() }))
        });
        let coloured = coloured.collect();
        Look { style: self.place(style), coloured, format }
    }
}

/// The part of an area that is not too far away, where that is more than one cell.
fn cut(area: Area, near: (u32, u32)) -> Option<Area> {
    let last_row = area.last_row.min(near.0.checked_sub(1)?);
    let last_col = area.last_col.min(near.1.checked_sub(1)?);
    let inside = area.first_row <= last_row && area.first_col <= last_col;
    let several = (area.first_row, area.first_col) != (last_row, last_col);
    (inside && several).then_some(Area { last_row, last_col, ..area })
}

/// Areas without those that overlap one before them, which no sheet of Excel's has.
fn apart(areas: BTreeSet<Area>) -> Vec<Area> {
    // From top to bottom: by their first columns those that were met last, with their last columns and rows.
    let mut open: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let free = |it: &Area| {
        while let Some((col, (last_col, last_row))) = open.range(..=it.last_col).next_back() {
            if *last_col < it.first_col {
                break;
            }
            if *last_row >= it.first_row {
                return false;
            }
            let col = *col;
            open.remove(&col);
        }
        open.insert(it.first_col, (it.last_col, it.last_row));
        true
    };
    areas.into_iter().filter(free).collect()
}

/// The rows that are hidden: those that say so, and those of which nothing is said where that hides them.
fn hidden_rows(facts: &SheetFacts, found: &Found, end: u32) -> Vec<(u32, u32)> {
    let mut hidden = runs(&facts.hidden_rows, end);
    if found.hides_rows {
        let mut next = 0;
        for (first, last) in found.said.iter().copied().chain([(end, end)]) {
            if next < first {
                hidden.push((next, first.min(end).saturating_sub(1)));
            }
            next = last.saturating_add(1);
        }
        hidden.sort_unstable();
    }
    hidden
}

/// Runs that begin before an end, cut off there.
fn runs(runs: &Fact<Runs>, end: u32) -> Vec<(u32, u32)> {
    let all = runs.iter().flat_map(Runs::iter);
    all.filter(|it| it.0 < end).map(|(first, last)| (first, last.min(end.saturating_sub(1)))).collect()
}

/// The notes of a sheet, one for each cell. A comment of a conversation is stored once more for programs that
/// know none, with a sentence that says so; that one is left out.
fn notes(facts: &SheetFacts) -> Vec<((u32, u32), String)> {
    let mut by_cell: BTreeMap<(u32, u32), Vec<&Note>> = BTreeMap::new();
    for note in facts.notes.iter().flatten() {
        by_cell.entry((note.row, note.col)).or_default().push(note);
    }
    let joined = |notes: Vec<&Note>| {
        let stand_in = |it: &&Note| it.text.starts_with("[Threaded comment]");
        let own: Vec<&str> =
            notes.iter().copied().filter(|it| !stand_in(it)).map(|it| it.text.as_str()).collect();
        let all = || notes.iter().map(|it| it.text.as_str()).collect();
        let texts: Vec<&str> = if own.is_empty() { all() } else { own };
        texts.join("\n")
    };
    by_cell.into_iter().map(|(at, notes)| (at, joined(notes))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Area {
        Area::read(text).unwrap()
    }

    #[test]
    fn areas_are_cut_where_nothing_is_near() {
        assert_eq!(cut(area("A1:XFD1048576"), (10, 5)), Some(area("A1:E10")));
        assert_eq!(cut(area("B2:C3"), (10, 5)), Some(area("B2:C3")));
        assert_eq!(cut(area("E10:Z99"), (10, 5)), None);
        assert_eq!(cut(area("A11:B12"), (10, 5)), None);
        assert_eq!(cut(area("A1:B1"), (0, 0)), None);
    }

    #[test]
    fn of_areas_that_overlap_the_first_stays() {
        let kept = |texts: &[&str]| -> Vec<Area> {
            let kept = apart(texts.iter().map(|it| area(it)).collect());
            assert!(kept.iter().all(|it| texts.iter().any(|text| area(text) == *it)));
            kept
        };
        assert_eq!(kept(&["B2:C3", "C3:D4"]), [area("B2:C3")]);
        assert_eq!(kept(&["A1:A9", "B2:D2", "A3:D3", "B3:D3", "A10:D10"]).len(), 4);
        assert_eq!(kept(&["B1:B5", "D1:D2", "A3:D3", "C3:D3"]).len(), 3);
    }
}
