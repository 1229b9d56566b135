//! Names given to areas, and the tabs that they lead to: each found by what it is called, because a drop-down or
//! a sum may go by a name, and a file may have very many of them.

use std::collections::BTreeMap;

use super::{Fact, Facts, Unread, most};
use crate::workbook::area::Area;
use crate::workbook::formula::{self, Named};

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

/// The names of a workbook.
#[derive(Debug, Default)]
pub struct Names {
    all: Vec<DefinedName>,
    /// What each stands for, by the name in lower case and the sheet that it holds on.
    meanings: BTreeMap<(String, Option<usize>), Meaning>,
}

/// What a name stands for.
#[derive(Debug)]
enum Meaning {
    /// An area on a sheet.
    Area(String, Area),
    /// Another name.
    Name(String),
    /// Nothing that can be told without working it out, or nothing any more.
    Other,
}

/// How many names may stand for other names in turn.
const NAMES_IN_TURN: usize = 5;
/// Bytes of a formula that names one area and nothing else, at most.
const ONE_AREA: usize = 1_000;

impl Names {
    /// These names.
    ///
    /// # Errors
    /// Where there are more than are kept: a name that is not among them is not one that is not there.
    pub(in crate::workbook) fn of(all: Vec<DefinedName>) -> Fact<Self> {
        if all.len() > most::ENTRIES {
            return Err(Unread::too_many("defined names"));
        }
        let mut meanings = BTreeMap::new();
        for it in &all {
            meanings.entry((it.name.to_ascii_lowercase(), it.sheet)).or_insert_with(|| meaning(&it.formula));
        }
        Ok(Names { all, meanings })
    }

    /// Names that hold on every sheet, each with what it stands for.
    ///
    /// # Errors
    /// Where there are more than are kept.
    pub(in crate::workbook) fn on_all_sheets(names: &[(String, String)]) -> Fact<Self> {
        // One more than are kept says that there are too many.
        let each = names.iter().take(most::ENTRIES + 1);
        Names::of(
            each.map(|(name, formula)| DefinedName {
                name: name.clone(),
                sheet: None,
                formula: formula.clone(),
            })
            .collect(),
        )
    }

    /// Each of them, in the order of the file.
    pub fn all(&self) -> &[DefinedName] {
        &self.all
    }

    /// The area that a name stands for where it is used on a sheet, and the name of the sheet it lies on.
    pub(super) fn area(&self, sheet: usize, name: &str) -> Option<(&str, Area)> {
        let mut name = name.to_ascii_lowercase();
        for _ in 0..NAMES_IN_TURN {
            let own = self.meanings.get(&(name.clone(), Some(sheet)));
            match own.or_else(|| self.meanings.get(&(name, None)))? {
                Meaning::Area(on, area) => return Some((on, *area)),
                Meaning::Name(next) => name = next.to_ascii_lowercase(),
                Meaning::Other => return None,
            }
        }
        None
    }
}

fn meaning(formula: &str) -> Meaning {
    if formula.len() > ONE_AREA {
        return Meaning::Other;
    }
    match formula::named(formula).as_slice() {
        [Named::Area { sheet: Some(on), area }] => Meaning::Area(on.clone(), *area),
        [Named::Name(next)] => Meaning::Name(next.clone()),
        _ => Meaning::Other,
    }
}

impl Facts {
    /// The area that a name stands for on a sheet, and the sheet it lies on.
    pub fn area_of_name(&self, sheets: &[String], sheet: usize, name: &str) -> Option<(usize, Area)> {
        let (on, area) = self.names.as_ref().ok()?.area(sheet, name)?;
        let same = |it: &&String| it.chars().flat_map(char::to_lowercase).eq(lower(on));
        let exact = sheets.iter().position(|it| it == on);
        let found = exact.or_else(|| sheets.iter().position(|it| same(&it)));
        found.map(|on| (on, area))
    }
}

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// The sheets of a workbook by the names on their tabs, which spreadsheet programs compare without regard to
/// case.
pub(in crate::workbook) struct Tabs<'s> {
    exact: BTreeMap<&'s str, usize>,
    in_lower_case: BTreeMap<String, usize>,
}

impl<'s> Tabs<'s> {
    /// The sheets of these names.
    pub(in crate::workbook) fn of(names: impl IntoIterator<Item = &'s str>) -> Self {
        let mut tabs = Tabs { exact: BTreeMap::new(), in_lower_case: BTreeMap::new() };
        for (idx, name) in names.into_iter().enumerate() {
            tabs.exact.entry(name).or_insert(idx);
            tabs.in_lower_case.entry(name.to_lowercase()).or_insert(idx);
        }
        tabs
    }

    /// The sheet of a name.
    pub(in crate::workbook) fn called(&self, name: &str) -> Option<usize> {
        self.exact.get(name).or_else(|| self.in_lower_case.get(&name.to_lowercase())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: impl Into<String>, formula: impl Into<String>) -> DefinedName {
        DefinedName { name: name.into(), sheet: None, formula: formula.into() }
    }

    #[test]
    fn more_names_than_are_kept_are_none_at_all() {
        let names = |count: usize| Names::of((0..count).map(|it| name(format!("n{it}"), "A!$A$1")).collect());
        assert_eq!(names(most::ENTRIES).unwrap().all().len(), most::ENTRIES);
        let why = names(most::ENTRIES + 1).unwrap_err().0;
        assert_eq!(why, "the workbook has more defined names than are read");
    }

    /// Looking one up costs no more where there are many, and each may stand for a long formula.
    #[test]
    fn names_are_found_without_looking_through_them_all() {
        let mut all: Vec<_> =
            (1..most::ENTRIES).map(|it| name(format!("n{it}"), "1+".repeat(4_000))).collect();
        all.push(name("Last", "Lookups!$A$1:$A$9"));
        let names = Names::of(all).unwrap();
        for _ in 0..200_000 {
            assert_eq!(names.area(3, "LAST").map(|it| it.0), Some("Lookups"));
            assert_eq!(names.area(3, "n7"), None);
        }
    }

    #[test]
    fn a_sheet_is_found_in_any_case() {
        let tabs = Tabs::of(["4. Income", "4. INCOME", "Lookups"]);
        assert_eq!(tabs.called("4. INCOME"), Some(1));
        assert_eq!(tabs.called("4. income"), Some(0));
        assert_eq!(tabs.called("lookups"), Some(2));
        assert_eq!(tabs.called("Look ups"), None);
    }
}
