//! What is to be known about a file besides the values in its cells: what is hidden, protected, linked,
//! offered, remarked and signed.
//!
//! A fact is either read or not, and then it says why: formats differ in what can be read of them, and
//! nothing is ever guessed.

use std::collections::BTreeMap;

use super::area::{Area, Runs};
use super::formula::{self, Named};
use super::{Cell, CellRef, Value, Workbook};

/// Something known about the file, or why it could not be read.
pub type Fact<T> = Result<T, Unread>;

/// Why a fact could not be read, in a clause: "the notes of an .xls file are not read".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(pub String);

impl Unread {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Unread(why.into())
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
    /// The programs in it, each in a few words: "a VBA project".
    pub macros: Fact<Vec<String>>,
    /// The names of its connections to databases, files and web pages.
    pub connections: Fact<Vec<String>>,
    /// The people and organisations in the properties of the document.
    pub people: Fact<Vec<Person>>,
    /// Names given to areas.
    pub names: Fact<Vec<DefinedName>>,
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
    /// The drop-downs of its cells.
    pub drop_downs: Fact<Vec<DropDown>>,
    /// Its notes and comments.
    pub notes: Fact<Vec<Note>>,
    /// The texts of its formulas.
    pub formulas: Fact<Formulas>,
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

/// Someone in the properties of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Which property: "author".
    pub property: &'static str,
    /// What it says.
    pub name: String,
}

/// A name given to an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedName {
    /// The name.
    pub name: String,
    /// The sheet that it holds on, counted as the sheets of the workbook; `None` for all.
    pub sheet: Option<usize>,
    /// What it stands for.
    pub formula: String,
}

/// A drop-down and the cells that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropDown {
    /// The cells.
    pub areas: Vec<Area>,
    /// What it offers.
    pub list: List,
}

/// Where the options of a drop-down come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// They are written out.
    Options(Vec<String>),
    /// They stand in the cells of an area on a sheet.
    Cells {
        /// The sheet, counted in the order of the tabs.
        sheet: usize,
        /// The area.
        area: Area,
    },
    /// They are worked out by a formula, which is not done here.
    Computed(String),
}

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
            drop_downs: Err(why.clone()),
            notes: Err(why.clone()),
            formulas: Err(why.clone()),
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
            people: Err(why.clone()),
            names: Err(why.clone()),
            sheets: states.iter().map(|it| SheetFacts::unread(*it, why)).collect(),
        }
    }

    /// The text of the formula in a cell, without its "=".
    pub fn formula_at(&self, cell: CellRef) -> Option<&str> {
        self.sheets.get(usize::from(cell.sheet))?.formulas.as_ref().ok()?.at(cell.row, cell.col)
    }

    /// The options that the drop-down of a cell offers: trimmed, without blanks. `None` where the cell
    /// has no drop-down, or where its options are not known.
    pub fn options_at(&self, workbook: &Workbook, cell: CellRef) -> Option<Vec<String>> {
        let drop_downs = self.sheets.get(usize::from(cell.sheet))?.drop_downs.as_ref().ok()?;
        let here = |it: &&DropDown| it.areas.iter().any(|it| it.contains(cell.row, cell.col));
        match &drop_downs.iter().find(here)?.list {
            List::Options(options) => Some(options.clone()),
            List::Cells { sheet, area } => {
                let sheet = workbook.sheets.get(*sheet)?;
                let inside = |it: &&Cell| area.contains(it.row, it.col);
                Some(sheet.cells().iter().filter(inside).filter_map(|it| option_text(&it.value)).collect())
            }
            List::Computed(_) => None,
        }
    }

    /// The area that a name stands for on a sheet, and the sheet it lies on.
    pub(crate) fn area_of_name(
        &self,
        workbook: &Workbook,
        sheet: usize,
        name: &str,
    ) -> Option<(usize, Area)> {
        let names: Vec<&str> = workbook.sheets.iter().map(|it| it.name.as_str()).collect();
        area_of_name(&names, self.names.as_ref().ok()?, sheet, name)
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
                    } else if called.contains('/') && links.len() < most::LINKS {
                        // OpenDocument has no list of them beside the formulas.
                        links.push(Link { target: file_name(&called), called, used_in: Ok(vec![cell]) });
                    }
                }
            }
        }
    }
}

impl Link {
    fn is_called(&self, called: &str) -> bool {
        // One place of a file may write its address in full and another not.
        self.called == called || (called.contains('/') && file_name(called) == self.target)
    }

    fn add_user(&mut self, cell: CellRef) {
        if let Ok(used_in) = &mut self.used_in
            && used_in.last() != Some(&cell)
        {
            used_in.push(cell);
        }
    }
}

/// What a cell offers as an option.
fn option_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(figure) => figure.normalize().to_string(),
        Value::Bool(yes) => yes.to_string().to_uppercase(),
        Value::Date(date) => date.to_string(),
        Value::Blank | Value::Error(_) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// How many names may stand for other names in turn.
const NAMES_IN_TURN: usize = 5;

/// The area that a name stands for where it is used on a sheet, and the sheet it lies on.
pub(super) fn area_of_name(
    sheets: &[&str],
    names: &[DefinedName],
    sheet: usize,
    name: &str,
) -> Option<(usize, Area)> {
    let mut name = name.to_owned();
    for _ in 0..NAMES_IN_TURN {
        let called = |it: &&DefinedName| it.name.eq_ignore_ascii_case(&name);
        let own = names.iter().filter(called).find(|it| it.sheet == Some(sheet));
        let found = own.or_else(|| names.iter().filter(called).find(|it| it.sheet.is_none()))?;
        match formula::named(&found.formula).as_slice() {
            [Named::Area { sheet: Some(on), area }] => return Some((sheet_called(sheets, on)?, *area)),
            [Named::Name(next)] => next.clone_into(&mut name),
            _ => return None,
        }
    }
    None
}

/// The sheet of a name, which spreadsheet programs compare without regard to case.
pub(super) fn sheet_called(sheets: &[&str], name: &str) -> Option<usize> {
    let exact = sheets.iter().position(|it| *it == name);
    exact.or_else(|| sheets.iter().position(|it| it.to_lowercase() == name.to_lowercase()))
}

/// Where the options of a drop-down on a sheet come from, told from what its file says: options in
/// quotes, an area, a name, or a formula.
pub(super) fn list(sheets: &[&str], names: &[DefinedName], sheet: usize, says: &str) -> List {
    let says = says.trim().trim_start_matches('=');
    if let Some(quoted) = says.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        return List::Options(options(&quoted.replace("\"\"", "\"")));
    }
    let found = match formula::named(says).as_slice() {
        [Named::Area { sheet: on, area }] => match on {
            Some(on) => sheet_called(sheets, on).map(|on| (on, *area)),
            None => Some((sheet, *area)),
        },
        [Named::Name(name)] => area_of_name(sheets, names, sheet, name),
        _ => None,
    };
    match found {
        Some((sheet, area)) => List::Cells { sheet, area },
        None => List::Computed(says.to_owned()),
    }
}

/// The options of "New, Existing".
fn options(text: &str) -> Vec<String> {
    text.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
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

/// How much is kept of each kind of fact. A template's workbook holds a few hundred formulas and a
/// dozen drop-downs; what goes beyond these is not read, and the fact says so.
pub(super) mod most {
    /// Characters of all formulas together.
    pub(in crate::workbook) const FORMULA_TEXT: usize = 16 * 1024 * 1024;
    /// Runs of hidden rows on a sheet.
    pub(in crate::workbook) const RUNS: usize = 50_000;
    /// Areas with a drop-down on a sheet.
    pub(in crate::workbook) const DROP_DOWN_AREAS: usize = 50_000;
    /// Characters of all notes on a sheet.
    pub(in crate::workbook) const NOTE_TEXT: usize = 4 * 1024 * 1024;
    /// Links to other workbooks.
    pub(in crate::workbook) const LINKS: usize = 200;
    /// Names, notes, connections and properties, and characters in each.
    pub(in crate::workbook) const ENTRIES: usize = 20_000;
    /// Bytes of a part that is held in memory as a whole.
    pub(in crate::workbook) const PART: u64 = 64 * 1024 * 1024;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, sheet: Option<usize>, formula: &str) -> DefinedName {
        DefinedName { name: name.to_owned(), sheet, formula: formula.to_owned() }
    }

    #[test]
    fn lists_are_told_apart() {
        let sheets = ["5a. Expenditure", "Lookups"];
        let names = [
            name("Areas", None, "Lookups!$B$2:$B$8"),
            name("areas", Some(0), "Lookups!$C$2:$C$4"),
            name("Same", None, "Areas"),
            name("Loop", None, "Loop"),
            name("Lost", None, "#REF!"),
        ];
        let cells = |sheet, area: &str| List::Cells { sheet, area: Area::read(area).unwrap() };
        let list = |sheet, says| list(&sheets, &names, sheet, says);
        assert_eq!(list(0, "\"New, Existing,\""), List::Options(vec!["New".into(), "Existing".into()]));
        assert_eq!(list(0, "Lookups!$B$2:$B$8"), cells(1, "B2:B8"));
        assert_eq!(list(0, "lookups!$B$2:$B$8"), cells(1, "B2:B8"));
        assert_eq!(list(0, "$R$1:$R$3"), cells(0, "R1:R3"));
        assert_eq!(list(1, "Areas"), cells(1, "B2:B8"));
        assert_eq!(list(0, "AREAS"), cells(1, "C2:C4"));
        assert_eq!(list(1, "Same"), cells(1, "B2:B8"));
        for says in ["INDIRECT($E49)", "Loop", "Lost", "Nowhere", "Elsewhere!A1:A3", "[1]Lookups!A1:A3", ""] {
            assert_eq!(list(0, says), List::Computed(says.to_owned()));
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
