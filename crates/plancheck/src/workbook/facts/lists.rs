//! Drop-downs and what they offer, and the names of areas that their lists may go by.

use super::Facts;
use crate::workbook::area::Area;
use crate::workbook::formula::{self, Named};
use crate::workbook::{Cell, CellRef, Value, Workbook};

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

impl Facts {
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
    pub fn area_of_name(&self, sheets: &[String], sheet: usize, name: &str) -> Option<(usize, Area)> {
        let sheets: Vec<&str> = sheets.iter().map(String::as_str).collect();
        area_of_name(&sheets, self.names.as_ref().ok()?, sheet, name)
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
fn area_of_name(sheets: &[&str], names: &[DefinedName], sheet: usize, name: &str) -> Option<(usize, Area)> {
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
pub(in crate::workbook) fn sheet_called(sheets: &[&str], name: &str) -> Option<usize> {
    let exact = sheets.iter().position(|it| *it == name);
    exact.or_else(|| sheets.iter().position(|it| it.to_lowercase() == name.to_lowercase()))
}

/// Where the options of a drop-down on a sheet come from, told from what its file says: options in
/// quotes, an area, a name, or a formula.
pub(in crate::workbook) fn list(sheets: &[&str], names: &[DefinedName], sheet: usize, says: &str) -> List {
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
}
