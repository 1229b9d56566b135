//! What is to be known about a file besides the values in its cells: what is hidden, protected, linked,
//! offered, remarked and signed.
//!
//! A fact is either read or not, and then it says why: formats differ in what can be read of them, and
//! nothing is ever guessed.

mod lists;
mod names;
mod room;

use std::collections::{BTreeMap, BTreeSet};

use super::CellRef;
use super::area::{Area, Runs};
use super::formula::{self, Named};
pub(super) use lists::Lists;
pub use lists::{DropDown, List};
pub(super) use names::Tabs;
pub use names::{DefinedName, Names};
pub(super) use room::Room;

/// Something known about the file, or why it could not be read.
pub type Fact<T> = Result<T, Unread>;

/// Why a fact could not be read, in a clause: "the notes of an .xls file are not read".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(pub String);

impl Unread {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Unread(why.into())
    }

    /// The clause for what there is more of than is kept: "hidden rows".
    pub(super) fn too_many(what: &str) -> Self {
        Unread(format!("the workbook has more {what} than are read"))
    }

    /// The clause for a part that is missing or broken. Which part it is says nothing to whoever filled the
    /// workbook in.
    pub(super) fn damaged() -> Self {
        Unread::new("that part of the file is damaged: open it in Excel, let Excel repair it, and save")
    }

    /// The clause for a part that a format has and that is not read from it.
    pub(super) fn of_format(what: &str, ending: &str) -> Self {
        Unread(format!("{what} of a .{ending} file are not read; save a copy as .xlsx"))
    }
}

/// What is known about a workbook.
#[derive(Debug)]
pub struct Facts {
    /// Whether sheets are kept from being added, renamed, moved and taken out.
    pub structure_protected: Fact<bool>,
    /// Other workbooks that formulas may read from.
    pub links: Fact<Vec<Link>>,
    /// The programs in it, each in a few words: "macros".
    pub macros: Fact<Vec<String>>,
    /// The names of its connections to databases, files and web pages.
    pub connections: Fact<Vec<String>>,
    /// What the document says of itself: who wrote it, and when it was saved.
    pub properties: Fact<Vec<Property>>,
    /// Names given to areas.
    pub names: Fact<Names>,
    /// One for each sheet of the workbook, in their order.
    pub sheets: Vec<SheetFacts>,
}

/// What is known about a sheet.
#[derive(Debug)]
pub struct SheetFacts {
    /// How its tab is shown.
    pub state: TabState,
    /// Whether it is protected, with a password or without.
    pub protected: Fact<bool>,
    /// Rows that are hidden, filtered away or of no height. Rows that the file does not list hold
    /// nothing and are not among them.
    pub hidden_rows: Fact<Runs>,
    /// Columns that are hidden or of no width.
    pub hidden_cols: Fact<Runs>,
    /// Areas of several cells that are shown as one, whose content stands in their first cell.
    pub merges: Fact<Vec<Area>>,
    /// The drop-downs of its cells.
    pub drop_downs: Fact<Vec<DropDown>>,
    /// Its notes and comments.
    pub notes: Fact<Vec<Note>>,
    /// The texts of its formulas.
    pub formulas: Fact<Formulas>,
    /// Cells with a number of ten digits that is shown as an amount: with a currency, or with its thousands
    /// set off.
    pub long_amounts: Fact<BTreeSet<(u32, u32)>>,
}

/// How a tab is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabState {
    /// As tabs are.
    Visible,
    /// Hidden; "Unhide" shows it.
    Hidden,
    /// Hidden so that only a program can show it.
    VeryHidden,
}

/// A sheet that the reader of cells has found: its name and how its tab is shown.
pub(super) type Tab = (String, TabState);

/// Another workbook that formulas may read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How formulas call it: "1" for "[1]Sheet1!A1", or its address.
    pub(super) called: String,
    /// The name of the file, or its address where that has no name of a file; empty where it is not
    /// stored.
    pub target: String,
    /// The formulas that read from it, as far as their texts are known.
    pub used_in: Fact<Vec<CellRef>>,
}

/// A property of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Which: "author".
    pub name: &'static str,
    /// What it says.
    pub says: String,
}

/// The property that gives the moment when the document was saved last. The others name people and
/// organisations.
pub(super) const SAVED: &str = "last saved";

/// A note or a comment at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Counted from nought.
    pub row: u32,
    /// Counted from nought.
    pub col: u32,
    /// What it says.
    pub text: String,
}

/// The texts of formulas, by row and column, without their "=" and as Excel's files write them.
#[derive(Debug, Default)]
pub struct Formulas(BTreeMap<(u32, u32), Box<str>>);

impl Formulas {
    pub(super) fn insert(&mut self, row: u32, col: u32, text: impl Into<Box<str>>) {
        self.0.insert((row, col), text.into());
    }

    /// The formula of a cell.
    pub fn at(&self, row: u32, col: u32) -> Option<&str> {
        self.0.get(&(row, col)).map(AsRef::as_ref)
    }

    /// Every formula, by row and column.
    pub fn iter(&self) -> impl Iterator<Item = ((u32, u32), &str)> {
        self.0.iter().map(|(at, text)| (*at, text.as_ref()))
    }
}

impl SheetFacts {
    /// Facts of which nothing could be read.
    pub(super) fn unread(state: TabState, why: &Unread) -> Self {
        SheetFacts {
            state,
            protected: Err(why.clone()),
            hidden_rows: Err(why.clone()),
            hidden_cols: Err(why.clone()),
            merges: Err(why.clone()),
            drop_downs: Err(why.clone()),
            notes: Err(why.clone()),
            formulas: Err(why.clone()),
            long_amounts: Err(why.clone()),
        }
    }
}

impl Facts {
    /// Facts of which nothing could be read.
    pub(super) fn unread(states: &[TabState], why: &Unread) -> Self {
        Facts {
            structure_protected: Err(why.clone()),
            links: Err(why.clone()),
            macros: Err(why.clone()),
            connections: Err(why.clone()),
            properties: Err(why.clone()),
            names: Err(why.clone()),
            sheets: states.iter().map(|it| SheetFacts::unread(*it, why)).collect(),
        }
    }

    /// The properties that name people and organisations; none where they cannot be read.
    pub fn people(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().flatten().filter(|it| it.name != SAVED)
    }

    /// When the document was last saved, as it says itself: "2022-09-26T10:05Z", without the Z where it does not
    /// say by which clock. `None` where it says nothing that can be read as a moment.
    pub fn saved(&self) -> Option<String> {
        self.properties.iter().flatten().filter(|it| it.name == SAVED).find_map(|it| moment(&it.says))
    }

    /// The text of the formula in a cell, without its "=".
    pub fn formula_at(&self, cell: CellRef) -> Option<&str> {
        self.sheets.get(usize::from(cell.sheet))?.formulas.as_ref().ok()?.at(cell.row, cell.col)
    }

    /// Notes in which formulas every link is used, once all of them have been read.
    pub(super) fn find_users_of_links(&mut self) {
        let Ok(links) = &mut self.links else { return };
        for (idx, facts) in (0..=u16::MAX).zip(&self.sheets) {
            let formulas = match &facts.formulas {
                Ok(formulas) => formulas,
                Err(why) => {
                    links.iter_mut().for_each(|it| it.used_in = Err(why.clone()));
                    return;
                }
            };
            for ((row, col), text) in formulas.iter().filter(|it| it.1.contains('[')) {
                let cell = CellRef { sheet: idx, row, col };
                for named in formula::named(text) {
                    let Named::Outside(called) = named else { continue };
                    if let Some(link) = links.iter_mut().find(|it| it.is_called(&called)) {
                        link.add_user(cell);
                    } else if is_address(&called) && links.len() < most::LINKS {
                        // OpenDocument has no list of them beside the formulas.
                        links.push(Link { target: file_name(&called), called, used_in: Ok(vec![cell]) });
                    }
                }
            }
        }
    }
}

/// A moment as files give it ("2022-09-26T10:05:00.123Z") to the minute.
fn moment(text: &str) -> Option<String> {
    let is_like = |text: &str, pattern: &str| {
        let fits = |(it, like): (char, char)| if like == '0' { it.is_ascii_digit() } else { it == like };
        text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(fits)
    };
    let to_the_minute = text.get(..16).filter(|it| is_like(it, "0000-00-00T00:00"))?;
    let zone = if text.ends_with('Z') { "Z" } else { "" };
    Some(format!("{to_the_minute}{zone}"))
}

/// Whether a formula calls a link by its address, and not by its number in the workbook's list.
fn is_address(called: &str) -> bool {
    called.bytes().any(|it| !it.is_ascii_digit())
}

impl Link {
    fn is_called(&self, called: &str) -> bool {
        // One place of a file may write its address in full and another not.
        self.called == called || (is_address(called) && file_name(called) == self.target)
    }

    fn add_user(&mut self, cell: CellRef) {
        if let Ok(used_in) = &mut self.used_in
            && used_in.last() != Some(&cell)
        {
            used_in.push(cell);
        }
    }
}

/// The last part of an address or path: what people call the file.
pub(super) fn file_name(address: &str) -> String {
    let address = address.trim();
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit(['/', '\\']).find(|it| !it.is_empty()).unwrap_or(address);
    percent_decoded(name)
}

/// "old%20plan.xlsx" as "old plan.xlsx".
pub(super) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|it| char::from(*it).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How much is kept of each kind of fact, of a whole workbook: a small file has as many sheets as it likes. A
/// template's workbook holds a few hundred formulas and a dozen drop-downs; what goes beyond these is not read,
/// and the fact says so.
pub(crate) mod most {
    /// Bytes of all formulas together, with what it costs to keep each.
    pub(crate) const FORMULA_TEXT: usize = 48 * 1024 * 1024;
    /// Characters of a formula: no more than Excel takes.
    pub(crate) const FORMULA: usize = 8 * 1024;
    /// Runs of hidden rows.
    pub(crate) const RUNS: usize = 50_000;
    /// Areas with a drop-down.
    pub(crate) const DROP_DOWN_AREAS: usize = 50_000;
    /// Merged areas.
    pub(crate) const MERGES: usize = 50_000;
    /// Bytes of all that drop-downs say of their options.
    pub(crate) const OPTIONS_TEXT: usize = 4 * 1024 * 1024;
    /// Options that drop-downs spell out, each list counted once.
    pub(crate) const OPTIONS: usize = 100_000;
    /// Bytes of all notes.
    pub(crate) const NOTE_TEXT: usize = 4 * 1024 * 1024;
    /// Links to other workbooks. That there are more than so many needs no more of them.
    pub(crate) const LINKS: usize = 200;
    /// Names, notes, connections and properties, and characters in each.
    pub(crate) const ENTRIES: usize = 20_000;
    /// Bytes of a part that is held in memory as a whole.
    pub(crate) const PART: u64 = 64 * 1024 * 1024;
    /// Bytes of all parts together as they are read: no more than a file may hold, for each is read once.
    pub(crate) const READ: u64 = 256 * 1024 * 1024;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_and_nothing_else_is() {
        assert_eq!(moment("2022-09-26T10:05:00.1Z").as_deref(), Some("2022-09-26T10:05Z"));
        assert_eq!(moment("2022-09-26T10:05:00+01:00").as_deref(), Some("2022-09-26T10:05"));
        for other in ["", "2022-09-26", "26/09/2022 10:05:00", "=2022-09-26T10:05", "2022-09-26T10:0é:00Z"] {
            assert_eq!(moment(other), None, "{other}");
        }
    }

    #[test]
    fn files_are_called_by_their_names() {
        for (address, name) in [
            ("file:///C:\\Users\\x\\old%20plan.xlsx", "old plan.xlsx"),
            ("https://example.org/sites/bcf/plan.xlsx?web=1", "plan.xlsx"),
            ("plan.xlsx", "plan.xlsx"),
            ("../plan.xlsx", "plan.xlsx"),
            ("%E2%82%AC%zz%4", "€%zz%4"),
            ("", ""),
        ] {
            assert_eq!(file_name(address), name);
        }
    }
}
