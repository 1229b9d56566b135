//! Drop-downs and what they offer.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::names::{Names, Tabs};
use super::{Fact, Facts, Unread, most};
use crate::workbook::area::Area;
use crate::workbook::formula::{self, Named};
use crate::workbook::{Cell, CellRef, Value, Workbook};

/// A drop-down and the cells that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropDown {
    /// The cells.
    pub areas: Vec<Area>,
    /// What it offers. Thousands of drop-downs may offer the same.
    pub list: Rc<List>,
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

impl Facts {
    /// The sheets whose cells are the options of some drop-down, counted in the order of the tabs.
    pub(in crate::workbook) fn sheets_that_offer(&self) -> BTreeSet<usize> {
        let drop_downs = self.sheets.iter().filter_map(|it| it.drop_downs.as_ref().ok()).flatten();
        let on = |it: &DropDown| match &*it.list {
            List::Cells { sheet, .. } => Some(*sheet),
            List::Options(_) | List::Computed(_) => None,
        };
        drop_downs.filter_map(on).collect()
    }

    /// The options that the drop-down of a cell offers: trimmed, without blanks. `None` where the cell
    /// has no drop-down, or where its options are not known.
    pub fn options_at(&self, workbook: &Workbook, cell: CellRef) -> Option<Vec<String>> {
        let drop_downs = self.sheets.get(usize::from(cell.sheet))?.drop_downs.as_ref().ok()?;
        let here = |it: &&DropDown| it.areas.iter().any(|it| it.contains(cell.row, cell.col));
        match &*drop_downs.iter().find(here)?.list {
            List::Options(options) => Some(options.clone()),
            List::Cells { sheet, area } => {
                let sheet = workbook.sheets.get(*sheet)?;
                let cells = sheet.cells();
                let start = cells.partition_point(|it| it.row < area.first_row);
                let end = cells.partition_point(|it| it.row <= area.last_row);
                let inside = |it: &&Cell| area.contains(it.row, it.col);
                let found = cells.get(start..end).unwrap_or_default().iter().filter(inside);
                Some(found.filter_map(|it| option_text(&it.value)).collect())
            }
            List::Computed(_) => None,
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

/// The lists of a workbook as its drop-downs are read: each is made out once, however many go by it.
pub(in crate::workbook) struct Lists<'n> {
    tabs: &'n Tabs<'n>,
    names: &'n Names,
    /// By what the drop-down says, and the sheet it says it on.
    known: BTreeMap<(Option<usize>, String), Rc<List>>,
    /// How many more options may be spelt out.
    room: usize,
}

impl<'n> Lists<'n> {
    /// No lists yet, in a workbook of these sheets and names.
    pub(in crate::workbook) fn new(tabs: &'n Tabs<'n>, names: &'n Names) -> Self {
        Lists { tabs, names, known: BTreeMap::new(), room: most::OPTIONS }
    }

    /// Where the options of a drop-down on a sheet come from, told from what its file says: options in
    /// quotes, an area, a name, or a formula.
    ///
    /// # Errors
    /// Where there are more options than are kept.
    pub(in crate::workbook) fn of(&mut self, sheet: usize, says: &str) -> Fact<Rc<List>> {
        let says = says.trim().trim_start_matches('=');
        let quoted = says.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        // Options that are written out are the same on every sheet.
        let key = (quoted.is_none().then_some(sheet), says.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        let list = match quoted {
            Some(quoted) => List::Options(self.options(&quoted.replace("\"\"", "\""), options)?),
            None => self.elsewhere(sheet, says),
        };
        Ok(self.keep(key, list))
    }

    /// The options of a list that is written with quotes around those that hold a comma.
    ///
    /// # Errors
    /// Where there are more options than are kept.
    pub(in crate::workbook) fn quoted(&mut self, text: &str) -> Fact<Rc<List>> {
        // No text that is no list of this kind has a line break before it.
        let key = (None, format!("\n{text}"));
        if let Some(known) = self.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        let list = List::Options(self.options(text, quoted_options)?);
        Ok(self.keep(key, list))
    }

    /// The same of an OpenDocument file, which puts each option in quotes.
    ///
    /// # Errors
    /// Where there are more options than are kept.
    pub(in crate::workbook) fn of_open_document(&mut self, sheet: usize, says: &str) -> Fact<Rc<List>> {
        if says.trim_start().starts_with('"') { self.quoted(says) } else { self.of(sheet, says) }
    }

    fn keep(&mut self, key: (Option<usize>, String), list: List) -> Rc<List> {
        let list = Rc::new(list);
        self.known.insert(key, Rc::clone(&list));
        list
    }

    /// Reads options, once it is known that they are not too many.
    fn options(&mut self, text: &str, read: fn(&str) -> Vec<String>) -> Fact<Vec<String>> {
        let count = text.bytes().filter(|it| *it == b',').count() + 1;
        self.room = self.room.checked_sub(count).ok_or_else(|| Unread::too_many("options in drop-downs"))?;
        Ok(read(text))
    }

    fn elsewhere(&self, sheet: usize, says: &str) -> List {
        let found = match formula::named(says).as_slice() {
            [Named::Area { sheet: on, area }] => match on {
                Some(on) => self.tabs.called(on).map(|on| (on, *area)),
                None => Some((sheet, *area)),
            },
            [Named::Name(name)] => {
                self.names.area(sheet, name).and_then(|(on, area)| Some((self.tabs.called(on)?, area)))
            }
            _ => None,
        };
        match found {
            Some((sheet, area)) => List::Cells { sheet, area },
            None => List::Computed(says.to_owned()),
        }
    }
}

/// The options of "New, Existing".
fn options(text: &str) -> Vec<String> {
    text.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// The same where options that hold a comma have quotes around them.
fn quoted_options(text: &str) -> Vec<String> {
    let mut options = vec![String::new()];
    let mut in_quotes = false;
    for it in text.chars() {
        match it {
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => options.push(String::new()),
            other => {
                if let Some(last) = options.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    options.into_iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::DefinedName;
    use super::*;

    fn name(name: &str, sheet: Option<usize>, formula: &str) -> DefinedName {
        DefinedName { name: name.to_owned(), sheet, formula: formula.to_owned() }
    }

    #[test]
    fn lists_are_told_apart() {
        let tabs = Tabs::of(["5a. Expenditure", "Lookups"]);
        let names = Names::of(vec![
            name("Areas", None, "Lookups!$B$2:$B$8"),
            name("areas", Some(0), "Lookups!$C$2:$C$4"),
            name("Same", None, "Areas"),
            name("Loop", None, "Loop"),
            name("Lost", None, "#REF!"),
        ])
        .unwrap();
        let cells = |sheet, area: &str| List::Cells { sheet, area: Area::read(area).unwrap() };
        let mut lists = Lists::new(&tabs, &names);
        let mut list = |sheet, says| (*lists.of(sheet, says).unwrap()).clone();
        assert_eq!(list(0, "\"New, Existing,\""), List::Options(vec!["New".into(), "Existing".into()]));
        assert_eq!(list(0, "Lookups!$B$2:$B$8"), cells(1, "B2:B8"));
        assert_eq!(list(0, "lookups!$B$2:$B$8"), cells(1, "B2:B8"));
        assert_eq!(list(0, "$R$1:$R$3"), cells(0, "R1:R3"));
        assert_eq!(list(1, "$R$1:$R$3"), cells(1, "R1:R3"));
        assert_eq!(list(1, "Areas"), cells(1, "B2:B8"));
        assert_eq!(list(0, "AREAS"), cells(1, "C2:C4"));
        assert_eq!(list(1, "Same"), cells(1, "B2:B8"));
        for says in ["INDIRECT($E49)", "Loop", "Lost", "Nowhere", "Elsewhere!A1:A3", "[1]Lookups!A1:A3", ""] {
            assert_eq!(list(0, says), List::Computed(says.to_owned()));
        }
    }

    /// A list that a thousand drop-downs spell out is one list, and lists have no more options together than
    /// are kept.
    #[test]
    fn options_are_counted_over_the_whole_workbook() {
        let tabs = Tabs::of(["1", "2"]);
        let names = Names::default();
        let mut lists = Lists::new(&tabs, &names);
        let half = |letter: &str| vec![letter; most::OPTIONS / 2].join(",");
        let first = lists.of(0, &format!("\"{}\"", half("a"))).unwrap();
        for sheet in [0, 1] {
            assert!(Rc::ptr_eq(&first, &lists.of(sheet, &format!("\"{}\"", half("a"))).unwrap()));
        }
        assert!(lists.quoted(&half("b")).is_ok());
        let why = lists.of(0, "\"Yes,No\"").unwrap_err().0;
        assert_eq!(why, "the workbook has more options in drop-downs than are read");
        assert!(lists.quoted("Yes,No").is_err());
        assert!(lists.of(0, "Lookups!$A$1:$A$9").is_ok());
        assert!(
            Lists::new(&tabs, &names)
                .of(0, &format!("\"{},a\"", vec!["a"; most::OPTIONS].join(",")))
                .is_err()
        );
    }
}
