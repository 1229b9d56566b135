//! Where cells stand that the reader of cells cannot read, and whether two sheets are one part.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::parts::Book;
use super::{part_of, target};
use crate::open::OpenError;
use crate::workbook::area::Area;
use crate::workbook::facts::{Fact, Unread};
use crate::workbook::xml::{Element, Visit};

/// The row and column of a cell, and whether it holds a formula.
type Place = ((u32, u32), bool);

/// The places of some cells of a sheet, by their numbers in the order of the file, which counts empty ones.
pub(in crate::workbook) fn places(
    bytes: &[u8],
    sheet: &str,
    wanted: &BTreeSet<usize>,
) -> Fact<BTreeMap<usize, Place>> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part();
    let relations = package.relations(&main)?;
    let mut book = Book::default();
    package.visit(&main, &mut book)?;
    let part = part_of(sheet, &book, &relations)?;
    let mut places = Places { wanted, found: BTreeMap::new(), next: 0, row: 0, col: 0, last: None };
    package.visit(&part, &mut places)?;
    Ok(places.found)
}

struct Places<'w> {
    wanted: &'w BTreeSet<usize>,
    found: BTreeMap<usize, Place>,
    next: usize,
    row: u32,
    col: u32,
    /// The cell that is open, where it is wanted.
    last: Option<usize>,
}

impl Visit for Places<'_> {
    fn open(&mut self, element: &Element<'_>, depth: usize) {
        match (depth, element.name()) {
            (3, "row") => {
                self.row = element.number("r").and_then(|it| it.checked_sub(1)).unwrap_or(self.row);
                self.col = 0;
            }
            (4, "c") => {
                let said = element.attr("r").as_deref().and_then(Area::read);
                let (row, col) = said.map_or((self.row, self.col), |it| (it.first_row, it.first_col));
                self.col = col.saturating_add(1);
                self.last = self.wanted.contains(&self.next).then_some(self.next);
                if let Some(number) = self.last {
                    self.found.insert(number, ((row, col), false));
                }
                self.next += 1;
            }
            (5, "f") => {
                if let Some((_, formula)) = self.last.and_then(|it| self.found.get_mut(&it)) {
                    *formula = true;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, depth: usize) {
        if (depth, name) == (3, "row") {
            self.row = self.row.saturating_add(1);
        }
    }

    fn done(&self) -> bool {
        self.wanted.last().is_none_or(|it| self.next > it.saturating_add(1))
    }
}

/// Makes sure that no two sheets have one name or one part: each would be read anew, and a small file could
/// have as much read as it has sheets.
///
/// # Errors
/// Where they have, or where it depends on the program which part is meant.
pub(in crate::workbook) fn are_apart(bytes: &[u8]) -> Result<(), OpenError> {
    let damaged = |_: Unread| OpenError::damaged();
    let mut package = Package::open(bytes).map_err(damaged)?;
    // Programs differ in which they take where a package names several workbooks.
    let found = package.relations("").map_err(damaged)?.into_iter();
    let mut mains: BTreeSet<String> =
        found.filter(|it| it.kind == "officeDocument" && !it.outside).map(|it| it.target).collect();
    mains.insert(package.main_part());
    if mains.len() > 3 {
        return Err(OpenError::damaged());
    }
    for main in mains.iter().filter(|it| !it.to_lowercase().ends_with(".bin")) {
        if !package.has(main) {
            continue;
        }
        let relations = package.relations(main).map_err(damaged)?;
        let mut book = Book::default();
        package.visit(main, &mut book).map_err(damaged)?;
        let mut names = BTreeSet::new();
        let mut parts = BTreeSet::new();
        for (name, id) in &book.tabs {
            let part = target(Some(id), &relations).unwrap_or_else(|_| id.clone());
            if !names.insert(name.to_lowercase()) {
                return Err(OpenError::sheets_of_one_name());
            }
            if !parts.insert(part.to_lowercase()) {
                return Err(OpenError::shared_sheet());
            }
        }
    }
    Ok(())
}
