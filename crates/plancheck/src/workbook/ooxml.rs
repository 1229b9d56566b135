//! The facts in the parts of Excel's packages: .xlsx and .xlsm, and what a .xlsb holds beside its binary
//! sheets.
//!
//! Parts are found by the relations between them, elements by their local names. A part that cannot be
//! read makes its own facts unknown and no others.

mod binary;
mod looks;
mod package;
mod parts;
mod places;
mod rows;
mod sheet;

pub(super) use binary::sheets_are_apart;
pub(crate) use looks::{LookParts, look_parts};
pub(crate) use package::{Package, Relation, key as part_key, list_of_relations};
pub(super) use parts::Properties;
pub(super) use places::{are_apart, places};
pub(super) use sheet::is_nought;

use std::collections::BTreeSet;

use parts::{Book, Named, Notes, Styles};
use sheet::{Validation, Worksheet};

use super::facts::{
    self, DefinedName, DropDown, Fact, Facts, Formulas, Link, Lists, Names, Note, Property, Room, SheetFacts,
    Tab, TabState, Tabs, Unread, most,
};

/// Reads the facts of a .xlsx or .xlsm file. The formulas are left to the reader of cells.
pub(super) fn facts(bytes: &[u8], tabs: &[Tab]) -> Facts {
    facts_and_parts(bytes, tabs).0
}

/// The same, with the name of the part of each sheet, where it is known.
pub(super) fn facts_and_parts(bytes: &[u8], tabs: &[Tab]) -> (Facts, Vec<Option<String>>) {
    let states: Vec<TabState> = tabs.iter().map(|it| it.1).collect();
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(why) => return (Facts::unread(&states, &why), Vec::new()),
    };
    let mut parts = Vec::new();
    let main = package.main_part();
    let relations = package.relations(&main);
    let mut book = Book::default();
    let read = package.visit(&main, &mut book);
    let styles = styles(&mut package, relations.as_deref().unwrap_or_default());
    let by_name = Tabs::of(tabs.iter().map(|it| it.0.as_str()));
    let names = read.clone().and_then(|()| names(&book, &by_name));
    let none = Names::default();
    let mut lists = Lists::new(&by_name, names.as_ref().unwrap_or(&none));
    let mut kept = Kept::default();
    let sheets = tabs
        .iter()
        .enumerate()
        .map(|(idx, (name, state))| {
            let part =
                read.clone().and_then(|()| part_of(name, &book, relations.as_deref().unwrap_or_default()));
            parts.push(part.as_ref().ok().and_then(|it| package.stored(it)).map(str::to_owned));
            let part = match part {
                Ok(part) => part,
                Err(why) => return SheetFacts::unread(*state, &why),
            };
            let notes = notes(&mut package, &part, &mut kept);
            let facts = match rows::read(&mut package, &part, kept.room) {
                Ok(worksheet) => {
                    let long_amounts = amounts(&worksheet, &styles);
                    let mut said = worksheet.said();
                    let sheet = sheet(worksheet, *state, idx, &mut lists);
                    if sheet.drop_downs.is_err() {
                        said = 0;
                    }
                    kept.room.said = kept.room.said.saturating_sub(said);
                    SheetFacts { long_amounts, notes, ..sheet }
                }
                Err(why) => SheetFacts { notes, ..SheetFacts::unread(*state, &why) },
            };
            kept.room.take(&facts);
            facts
        })
        .collect();
    let facts = Facts {
        structure_protected: read.clone().map(|()| book.structure_protected),
        links: match (&read, &relations) {
            (Ok(()), Ok(relations)) => Ok(links(&mut package, &book.links, relations)),
            (Err(why), _) | (Ok(()), Err(why)) => Err(why.clone()),
        },
        macros: Ok(macros(&package)),
        connections: read.and(relations).and_then(|it| connections(&mut package, &it)),
        properties: properties(&mut package),
        names,
        sheets,
    };
    (facts, parts)
}

/// Reads the facts of a .xlsb file. The formulas are left to the reader of cells.
pub(super) fn binary_facts(bytes: &[u8], tabs: &[Tab], names: &[(String, String)]) -> Facts {
    let states: Vec<TabState> = tabs.iter().map(|it| it.1).collect();
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(why) => return Facts::unread(&states, &why),
    };
    let main = package.main_part();
    let relations = package.relations(&main);
    let book = package.bytes(&main).map(|it| binary::book(&it));
    let mut kept = Kept::default();
    let sheets = tabs
        .iter()
        .map(|(name, state)| {
            let part = book.as_ref().map_err(Clone::clone).and_then(|book| {
                let id = book.tabs.iter().find(|it| it.0 == *name).map(|it| it.1.as_str());
                target(id, relations.as_deref().unwrap_or_default())
            });
            let facts = match part {
                Ok(part) => binary::sheet(&mut package, &part, *state, &mut kept),
                Err(why) => SheetFacts::unread(*state, &why),
            };
            kept.room.take(&facts);
            facts
        })
        .collect();
    Facts {
        structure_protected: book.map(|it| it.structure_protected),
        links: relations.as_ref().map_err(Clone::clone).map(|relations| {
            let linked = |it: &&Relation| it.kind == "externalLink";
            let ids: Vec<String> =
                relations.iter().filter(linked).take(most::LINKS).map(|it| it.id.clone()).collect();
            let mut links = links(&mut package, &ids, relations);
            for link in &mut links {
                link.used_in = Err(Unread::of_format("the formulas that use links", "xlsb"));
            }
            links
        }),
        macros: Ok(macros(&package)),
        connections: relations.and_then(|it| connections(&mut package, &it)),
        properties: properties(&mut package),
        names: Names::on_all_sheets(names),
        sheets,
    }
}

/// What is kept of all sheets so far.
#[derive(Default)]
struct Kept {
    room: Room,
    /// The parts of notes.
    notes: BTreeSet<String>,
}

/// The names given to areas. The file counts every tab, charts too; the workbook counts those it reads.
fn names(book: &Book, sheets: &Tabs<'_>) -> Fact<Names> {
    let name = |(name, tab, formula): &(String, Option<usize>, String)| DefinedName {
        name: name.clone(),
        sheet: tab.and_then(|it| book.tabs.get(it)).and_then(|(name, _)| sheets.called(name)),
        formula: formula.trim().to_owned(),
    };
    Names::of(book.names.iter().map(name).collect())
}

/// The part of a sheet.
fn part_of(name: &str, book: &Book, relations: &[Relation]) -> Fact<String> {
    let id = book.tabs.iter().find(|it| it.0 == *name).map(|it| it.1.as_str());
    target(id, relations)
}

fn target(id: Option<&str>, relations: &[Relation]) -> Fact<String> {
    let found = id.and_then(|id| relations.iter().find(|it| it.id == id && !it.outside));
    found.map(|it| it.target.clone()).ok_or_else(Unread::damaged)
}

fn sheet(mut worksheet: Worksheet, state: TabState, idx: usize, lists: &mut Lists<'_>) -> SheetFacts {
    let drop_downs = worksheet.validations().and_then(|found| {
        let drop_down = |it: Validation| {
            let list = if it.quoted.is_empty() { lists.of(idx, &it.says) } else { lists.quoted(&it.quoted) };
            Ok(DropDown { list: list?, areas: it.areas })
        };
        found.into_iter().map(drop_down).collect()
    });
    SheetFacts {
        state,
        protected: Ok(worksheet.protected),
        hidden_rows: worksheet.rows(),
        hidden_cols: worksheet.cols(),
        merges: worksheet.merges(),
        notes: Ok(Vec::new()),
        drop_downs,
        formulas: Ok(Formulas::default()),
        long_amounts: Ok(BTreeSet::new()),
    }
}

fn styles(package: &mut Package<'_>, relations: &[Relation]) -> Fact<Styles> {
    let part = relations.iter().find(|it| it.kind == "styles" && !it.outside);
    let part = part.ok_or_else(|| Unread::new("the workbook has no styles"))?;
    let mut styles = Styles::default();
    package.visit(&part.target, &mut styles)?;
    Ok(styles)
}

/// The cells of a sheet with a number of ten digits that is shown as an amount.
fn amounts(worksheet: &Worksheet, styles: &Fact<Styles>) -> Fact<BTreeSet<(u32, u32)>> {
    let styles = styles.as_ref().map_err(Clone::clone)?;
    let shown = worksheet.long_numbers.iter().filter(|it| styles.shows_amount(it.1));
    Ok(shown.map(|it| it.0).collect())
}

/// The notes and comments of a sheet. A comment is stored as a note too, for programs that know no
/// comments; the text may then stand there twice.
fn notes(package: &mut Package<'_>, part: &str, kept: &mut Kept) -> Fact<Vec<Note>> {
    let mut notes = Vec::new();
    let Room { notes: mut number, note_text: mut text, .. } = kept.room;
    for relation in package.relations(part)? {
        let binary = relation.target.to_lowercase().ends_with(".bin");
        match relation.kind.as_str() {
            "comments" if binary => return Err(Unread::of_format("the notes", "xlsb")),
            "comments" | "threadedComment" => {
                // Excel gives every sheet a part of its own; a part is read once.
                if !kept.notes.insert(package::key(&relation.target)) {
                    return Err(Unread::new("the file refers to the same notes more than once"));
                }
                let mut visitor = Notes::new(number, text);
                package.visit(&relation.target, &mut visitor)?;
                let found = visitor.settled()?;
                number -= found.len();
                text -= found.iter().map(|it| it.text.len()).sum::<usize>();
                notes.extend(found);
            }
            _ => {}
        }
    }
    Ok(notes)
}

/// The other workbooks, in the order by which formulas count them.
fn links(package: &mut Package<'_>, ids: &[String], relations: &[Relation]) -> Vec<Link> {
    let mut links = Vec::new();
    for (number, id) in (1..).zip(ids) {
        let part = relations.iter().find(|it| it.id == *id).map(|it| it.target.clone()).unwrap_or_default();
        // A link's part refers to the file; where there are several, the first is the one that was typed.
        let address = package.relations(&part).unwrap_or_default().into_iter().find(|it| it.outside);
        links.push(Link {
            called: number.to_string(),
            target: address.map(|it| facts::file_name(&it.target)).unwrap_or_default(),
            used_in: Ok(Vec::new()),
        });
    }
    links
}

fn macros(package: &Package<'_>) -> Vec<String> {
    let mut macros = Vec::new();
    if package.names().any(|it| it.ends_with("vbaproject.bin")) {
        macros.push("macros".to_owned());
    }
    if package.names().any(|it| it.starts_with("xl/macrosheets/") && !it.contains("/_rels/")) {
        macros.push("a macro sheet of Excel 4".to_owned());
    }
    macros
}

fn connections(package: &mut Package<'_>, relations: &[Relation]) -> Fact<Vec<String>> {
    let mut found = Vec::new();
    for relation in relations.iter().filter(|it| it.kind == "connections" && !it.outside) {
        if relation.target.to_lowercase().ends_with(".bin") {
            found.push(String::new());
            continue;
        }
        let mut visitor = Named { element: "connection", attribute: "name", found: Vec::new() };
        package.visit(&relation.target, &mut visitor)?;
        found.extend(visitor.found);
    }
    found.truncate(most::ENTRIES);
    Ok(found)
}

fn properties(package: &mut Package<'_>) -> Fact<Vec<Property>> {
    let mut properties = Vec::new();
    for relation in package.relations("")? {
        let wanted: &'static [(&str, &str)] = match relation.kind.as_str() {
            "core-properties" => {
                &[("creator", "author"), ("lastModifiedBy", "last modified by"), ("modified", facts::SAVED)]
            }
            "extended-properties" => &[("Manager", "manager"), ("Company", "company")],
            _ => continue,
        };
        if !relation.outside && package.has(&relation.target) {
            let mut visitor = Properties::new(wanted);
            package.visit(&relation.target, &mut visitor)?;
            properties.extend(visitor.found());
        }
    }
    Ok(properties)
}

#[cfg(test)]
mod tests;
