//! What can be told of the binary parts of a .xlsb file: records as in [MS-XLSB] 2.1.4, a type and a
//! length of variable size, then the body.

use std::collections::{BTreeMap, BTreeSet};

use crate::open::OpenError;
use crate::workbook::area::{LAST_COL, LAST_ROW, Runs};
use crate::workbook::facts::{Formulas, SheetFacts, TabState, Unread, most};
use crate::workbook::xml::{Element, Visit};

use super::Kept;
use super::package::{Package, key, list_of_relations, resolved};

const ROW: u16 = 0;
const COLUMNS: u16 = 60;
const SHEET: u16 = 156;
const BOOK_PROTECTION: u16 = 534;
const SHEET_PROTECTION: u16 = 535;
const VALIDATIONS: [u16; 2] = [573, 1053];

/// What the workbook's part says.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pub(super) structure_protected: bool,
    /// The name of each tab and the id of its part.
    pub(super) tabs: Vec<(String, String)>,
}

/// The part that calamine takes for the workbook, whatever the package says.
const MAIN: &str = "xl/workbook.bin";

/// Makes sure that every tab has a part of its own.
///
/// # Errors
/// Where two tabs lead to one part, which would be read for each, or one to none; or where it depends on the
/// reader where they lead.
pub(in crate::workbook) fn sheets_are_apart(bytes: &[u8]) -> Result<(), OpenError> {
    let damaged = |_: Unread| OpenError::damaged();
    let mut package = Package::open(bytes).map_err(damaged)?;
    // The reader of cells takes no other name for either, and tabs that lead nowhere for a fault of its own.
    let is_named = |name: &str| package.stored(name) == Some(name);
    if !is_named(MAIN) || !is_named(&list_of_relations(MAIN)) {
        return Err(OpenError::damaged());
    }
    let book = book(&package.bytes(MAIN).map_err(damaged)?);
    let mut targets = Targets::default();
    package.visit(&list_of_relations(MAIN), &mut targets).map_err(damaged)?;
    if targets.are_ambiguous || book.tabs.len() >= most::ENTRIES {
        return Err(OpenError::damaged());
    }
    let mut seen = BTreeSet::new();
    for (_, id) in book.tabs.iter().filter(|it| !it.1.is_empty()) {
        // Beyond these, what an id is depends on how its bytes are taken for characters.
        if !id.bytes().all(|it| it.is_ascii_graphic()) {
            return Err(OpenError::damaged());
        }
        let part = targets.found.get(id).ok_or_else(OpenError::damaged)?;
        if !seen.insert(part) {
            return Err(OpenError::shared_sheet());
        }
    }
    Ok(())
}

/// Where the relations of the workbook lead, by their ids.
#[derive(Default)]
struct Targets {
    found: BTreeMap<String, String>,
    /// Whether readers may differ about one.
    are_ambiguous: bool,
}

impl Visit for Targets {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        if element.name() != "Relationship" {
            return;
        }
        // Some readers look at prefixes and some do not, some take the first of two attributes and some the
        // last.
        let keys = keys(element.attributes());
        let once = |name: &str| keys.iter().filter(|it| it.rsplit(':').next() == Some(name)).count() == 1;
        let (Some(id), Some(target)) = (element.written("Id"), element.attr("Target")) else { return };
        let is_plain = element.whole_name() == "Relationship" && element.written("Target").is_some();
        let part = key(&resolved("xl", &target));
        let is_new = self.found.insert(id.into_owned(), part).is_none();
        self.are_ambiguous |= !is_plain || !once("Id") || !once("Target") || !is_new;
    }
}

/// The names of attributes.
fn keys(attributes: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        keys.push(key.trim());
        let value = after.trim_start();
        let Some(quote) = value.chars().next() else { break };
        rest = value.get(quote.len_utf8()..).and_then(|it| it.split_once(quote)).map_or("", |it| it.1);
    }
    keys
}

pub(super) fn book(bytes: &[u8]) -> Book {
    let mut book = Book::default();
    for (kind, body) in records(bytes) {
        match kind {
            BOOK_PROTECTION => book.structure_protected = body.get(4).is_some_and(|it| it & 1 == 1),
            SHEET if book.tabs.len() < most::ENTRIES => {
                if let Some((id, rest)) = body.get(8..).and_then(text)
                    && let Some((name, _)) = text(rest)
                {
                    book.tabs.push((name, id));
                }
            }
            _ => {}
        }
    }
    book
}

pub(super) fn sheet(package: &mut Package<'_>, part: &str, state: TabState, kept: &mut Kept) -> SheetFacts {
    let bytes = match package.bytes(part) {
        Ok(bytes) => bytes,
        Err(why) => return SheetFacts::unread(state, &why),
    };
    let mut facts = SheetFacts {
        state,
        protected: Ok(false),
        hidden_rows: Ok(Runs::default()),
        hidden_cols: Ok(Runs::default()),
        merges: Err(Unread::of_format("the merged cells", "xlsb")),
        drop_downs: Ok(Vec::new()),
        notes: super::notes(package, part, kept),
        formulas: Ok(Formulas::default()),
        long_amounts: Err(Unread::of_format("the number formats", "xlsb")),
    };
    let (mut rows, mut cols) = (Runs::default(), Runs::default());
    for (kind, body) in records(&bytes) {
        match kind {
            ROW => {
                let hidden = body.get(11).is_some_and(|it| it & 0x10 != 0);
                if let Some(row) = number(body, 0).filter(|it| hidden && *it <= LAST_ROW) {
                    rows.add(row, row);
                }
            }
            COLUMNS => {
                let hidden = body.get(16).is_some_and(|it| it & 1 == 1) || number(body, 8) == Some(0);
                if let (true, Some(first), Some(last)) = (hidden, number(body, 0), number(body, 4)) {
                    cols.add(first, last.min(LAST_COL));
                }
            }
            SHEET_PROTECTION => facts.protected = Ok(number(body, 2).is_some_and(|it| it != 0)),
            kind if VALIDATIONS.contains(&kind) => {
                facts.drop_downs = Err(Unread::of_format("the drop-downs", "xlsb"));
            }
            _ => {}
        }
        if rows.len() > kept.room.runs {
            let why = Unread::too_many("hidden rows");
            facts.hidden_rows = Err(why.clone());
            facts.hidden_cols = Err(why);
            return facts;
        }
    }
    facts.hidden_rows = Ok(rows);
    facts.hidden_cols = Ok(cols);
    facts
}

/// The records of a part, as far as it holds them.
fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = varying(&mut rest, 2)?;
        let length = usize::try_from(varying(&mut rest, 4)?).ok()?;
        let (body, after) = rest.split_at_checked(length)?;
        rest = after;
        Some((u16::try_from(kind).ok()?, body))
    })
}

/// A number of seven bits a byte, the lowest first, the highest bit saying that there are more.
fn varying(rest: &mut &[u8], most: usize) -> Option<u32> {
    let mut number = 0;
    for idx in 0..most {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7F) << (7 * idx);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A text, and what follows it: its length in units of two bytes, and those. No text at all has a length
/// of all ones.
fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let units = usize::try_from(number(bytes, 0)?).ok()?;
    let (_, rest) = bytes.split_at_checked(4)?;
    if units == 0xFFFF_FFFF {
        return Some((String::new(), rest));
    }
    let (text, rest) = rest.split_at_checked(units.checked_mul(2)?)?;
    let units: Vec<u16> =
        text.chunks_exact(2).filter_map(|it| Some(u16::from_le_bytes(it.try_into().ok()?))).collect();
    Some((String::from_utf16_lossy(&units), rest))
}
