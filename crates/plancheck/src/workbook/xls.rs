//! Excel 97 to 2003 files: what calamine leaves out of them (which cells hold a formula, for it gives shared
//! and array formulas no text, and the facts beside the cells), and what may be handed to it at all.
//!
//! calamine believes what a file says of itself, and would lay out, copy or wait without end. So the stream of
//! records is read here first, and what calamine reads is written anew from the records that hold good, into a
//! file of nothing else. The facts come from the file as it is.

mod globals;
mod properties;
mod record;
mod sheet;
mod strings;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::area::{LAST_COL, LAST_ROW, Runs};
use super::facts::{Facts, Formulas, Link, Names, SheetFacts, Tab, TabState, Unread, file_name};
use crate::open::{Limits, OpenError};
use record::{END, put, u16_at};
use sheet::Room;

const PROTECT: u16 = 0x0012;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const NOTE: u16 = 0x001C;
const VALIDATION: u16 = 0x01BE;
const SUPPORTING_BOOK: u16 = 0x01AE;
/// A query to a database, a query table, a connection.
const CONNECTIONS: [u16; 3] = [0x00DC, 0x01AD, 0x0876];
/// The kind of tab that holds macros of Excel 4.
const MACRO_SHEET: u8 = 1;

/// What a file's records say.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The places of all formulas, by the name of their sheet.
    pub(super) formulas: BTreeMap<String, BTreeSet<(u32, u32)>>,
    /// Whether the texts of some formulas would come to more than is read.
    pub(super) leaves_formulas_out: bool,
    sheets: BTreeMap<String, SheetRecords>,
    structure_protected: bool,
    macro_sheets: bool,
    connections: bool,
    /// Addresses of other workbooks.
    links: Vec<String>,
    /// Whether the records are those of Excel 97 and later.
    is_97: bool,
}

/// What the records of one sheet say.
#[derive(Clone, Debug, Default)]
struct SheetRecords {
    protected: bool,
    hidden_rows: Runs,
    hidden_cols: Runs,
    notes: bool,
    drop_downs: bool,
}

/// Reads the records that matter here, and gives the file that may be handed to calamine.
///
/// # Errors
/// Where the file is damaged or encrypted, or asks for more than the limits allow.
pub(super) fn scan(bytes: &[u8], limits: &Limits) -> Result<(Scan, Vec<u8>), OpenError> {
    let (stream, is_97) = stream(bytes).map_err(|_| OpenError::damaged())?;
    let mut globals = globals::read(&stream, limits)?;
    let mut kept = std::mem::take(&mut globals.kept);
    put(&mut kept, END, &[]);
    let mut scan = Scan {
        structure_protected: globals.structure_protected,
        connections: globals.connections,
        links: std::mem::take(&mut globals.links),
        is_97,
        ..Scan::default()
    };
    let mut room = Room::new(limits, &stream);
    for tab in &globals.tabs {
        scan.macro_sheets |= tab.kind == MACRO_SHEET;
        let offset = u32::try_from(kept.len()).map_err(|_| OpenError::damaged())?;
        let stands_at = kept.get_mut(tab.stands_at..tab.stands_at + 4).ok_or_else(OpenError::damaged)?;
        stands_at.copy_from_slice(&offset.to_le_bytes());
        let sheet = sheet::read(&stream, tab, &globals, &mut room, &mut kept)?;
        scan.connections |= sheet.connections;
        scan.formulas.insert(tab.name.clone(), sheet.formulas);
        scan.sheets.insert(tab.name.clone(), sheet.records);
    }
    scan.leaves_formulas_out = room.is_short;
    drop(stream);
    let checked = wrapped(&kept, is_97).map_err(|_| OpenError::damaged())?;
    Ok((scan, checked))
}

/// A compound file of one stream.
fn wrapped(stream: &[u8], is_97: bool) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    let mut out = file.create_stream(name_of_stream(is_97))?;
    out.write_all(stream)?;
    out.flush()?;
    drop(out);
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn name_of_stream(is_97: bool) -> &'static str {
    if is_97 { "Workbook" } else { "Book" }
}

impl SheetRecords {
    fn read(&mut self, kind: u16, body: &[u8]) {
        match kind {
            PROTECT => self.protected = u16_at(body, 0).is_some_and(|it| it != 0),
            ROW => {
                let hidden = u16_at(body, 12).is_some_and(|it| it & 0x20 != 0);
                if let Some(row) = u16_at(body, 0).map(u32::from).filter(|it| hidden && *it <= LAST_ROW) {
                    self.hidden_rows.add(row, row);
                }
            }
            COLUMNS => {
                let hidden = u16_at(body, 8).is_some_and(|it| it & 1 == 1) || u16_at(body, 4) == Some(0);
                if let (true, Some(first), Some(last)) = (hidden, u16_at(body, 0), u16_at(body, 2)) {
                    self.hidden_cols.add(u32::from(first), u32::from(last).min(LAST_COL));
                }
            }
            NOTE => self.notes = true,
            VALIDATION => self.drop_downs = true,
            _ => {}
        }
    }
}

/// The facts of a file. The formulas are left to the reader of cells.
pub(super) fn facts(bytes: &[u8], scan: &Scan, tabs: &[Tab], names: &[(String, String)]) -> Facts {
    let not_of_xls = |what: &str| Unread::of_format(what, "xls");
    let sheets = tabs.iter().map(|(name, state)| sheet_facts(scan.sheets.get(name), *state)).collect();
    let file = CompoundFile::open(Cursor::new(bytes)).ok();
    let has_vba = file.as_ref().map(|it| it.is_storage("_VBA_PROJECT_CUR"));
    let mut macros = Vec::new();
    if has_vba == Some(true) {
        macros.push("macros".to_owned());
    }
    if scan.macro_sheets {
        macros.push("a macro sheet of Excel 4".to_owned());
    }
    let link = |address: &String| Link {
        called: String::new(),
        target: file_name(address),
        used_in: Err(not_of_xls("the formulas that use links")),
    };
    Facts {
        structure_protected: Ok(scan.structure_protected),
        // Before Excel 97 links were kept in another way.
        links: if scan.is_97 {
            Ok(scan.links.iter().map(link).collect())
        } else {
            Err(not_of_xls("the links"))
        },
        macros: if has_vba.is_some() { Ok(macros) } else { Err(not_of_xls("the macros")) },
        connections: Ok(if scan.connections { vec![String::new()] } else { Vec::new() }),
        properties: file
            .ok_or_else(|| not_of_xls("the properties"))
            .and_then(|mut it| properties::properties(&mut it)),
        names: Names::on_all_sheets(names),
        sheets,
    }
}

fn sheet_facts(records: Option<&SheetRecords>, state: TabState) -> SheetFacts {
    let Some(records) = records else {
        return SheetFacts::unread(state, &Unread::damaged());
    };
    let none_or =
        |there: bool, what: &str| if there { Err(Unread::of_format(what, "xls")) } else { Ok(Vec::new()) };
    SheetFacts {
        state,
        protected: Ok(records.protected),
        hidden_rows: Ok(records.hidden_rows.clone()),
        hidden_cols: Ok(records.hidden_cols.clone()),
        merges: Err(Unread::of_format("the merged cells", "xls")),
        drop_downs: none_or(records.drop_downs, "the drop-downs").map(|_: Vec<()>| Vec::new()),
        notes: none_or(records.notes, "the notes").map(|_: Vec<()>| Vec::new()),
        formulas: Ok(Formulas::default()),
        long_amounts: Err(Unread::of_format("the number formats", "xls")),
    }
}

fn stream(bytes: &[u8]) -> std::io::Result<(Vec<u8>, bool)> {
    let mut file = CompoundFile::open(Cursor::new(bytes))?;
    let is_97 = file.is_stream(name_of_stream(true));
    let mut stream = Vec::new();
    file.open_stream(name_of_stream(is_97))?.read_to_end(&mut stream)?;
    Ok((stream, is_97))
}

/// A text of so many characters behind a byte that says how wide they are, and what follows it.
fn characters(body: &[u8], length: usize) -> Option<(String, &[u8])> {
    let (wide, rest) = body.split_first()?;
    if wide & 1 == 0 {
        let (text, rest) = rest.split_at_checked(length)?;
        return Some((text.iter().map(|it| char::from(*it)).collect(), rest));
    }
    let (text, rest) = rest.split_at_checked(length.checked_mul(2)?)?;
    let units: Vec<u16> = text.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

/// The address of the workbook that a record of links names, where it is another one.
fn address(body: &[u8]) -> Option<String> {
    /// The workbook itself, and the functions of add-ins.
    const NONE: [u16; 2] = [0x0401, 0x3A01];
    let length = u16_at(body, 2)?;
    if NONE.contains(&length) {
        return None;
    }
    let (text, _) = characters(body.get(4..)?, usize::from(length))?;
    // Drives and folders are set off by characters that no path holds.
    let path: String = text.chars().map(|it| if it.is_control() { '\\' } else { it }).collect();
    let named = path.chars().any(char::is_alphanumeric);
    named.then_some(path)
}

#[cfg(test)]
mod tests;
