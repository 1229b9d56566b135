//! What calamine leaves out of Excel 97 to 2003 files: which cells hold a formula (it gives shared and
//! array formulas no text), how large a sheet is before it is laid out in memory, and the facts beside
//! the cells.
//!
//! Records as in [MS-XLS] 2.1.4: a type and a length of two bytes each, then the body.

mod properties;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::area::{LAST_COL, LAST_ROW, Runs};
use super::facts::{DefinedName, Facts, Formulas, Link, SheetFacts, Tab, TabState, Unread, file_name};
use crate::open::{Limits, OpenError};

const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
/// Every record that begins with a row and a column.
const CELLS: [u16; 12] =
    [0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00BD, 0x00BE, 0x0201, 0x00D6];
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
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
    sheets: BTreeMap<String, Records>,
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
struct Records {
    protected: bool,
    hidden_rows: Runs,
    hidden_cols: Runs,
    notes: bool,
    drop_downs: bool,
}

/// Reads the records that matter here.
///
/// # Errors
/// Where the sheets span more cells than the limit, empty ones included: calamine lays a sheet out whole.
pub(super) fn scan(bytes: &[u8], limits: &Limits) -> Result<Scan, OpenError> {
    let (stream, is_97) = stream(bytes).map_err(|it| OpenError::damaged(&it.to_string()))?;
    let mut scan = Scan { is_97, ..Scan::default() };
    for (kind, body) in records(&stream, 0).take_while(|(kind, _)| *kind != END) {
        match kind {
            PROTECT => scan.structure_protected = u16_at(body, 0).is_some_and(|it| it != 0),
            SUPPORTING_BOOK => scan.links.extend(address(body)),
            _ => scan.connections |= CONNECTIONS.contains(&kind),
        }
    }
    let mut spanned = 0_usize;
    for tab in bound_sheets(&stream) {
        scan.macro_sheets |= tab.kind == MACRO_SHEET;
        let (mut last_row, mut last_col, mut depth) = (0_usize, 0_usize, 0_usize);
        let mut formulas = BTreeSet::new();
        let mut sheet = Records::default();
        for (kind, body) in records(&stream, tab.offset) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                // A chart embedded in the sheet has a stream of its own.
                END => depth -= 1,
                _ if depth != 1 => {}
                kind if CELLS.contains(&kind) => {
                    let (Some(row), Some(col)) = (u16_at(body, 0), u16_at(body, 2)) else { continue };
                    last_row = last_row.max(usize::from(row) + 1);
                    last_col = last_col.max(usize::from(col) + 1);
                    if FORMULA.contains(&kind) {
                        formulas.insert((u32::from(row), u32::from(col)));
                    }
                }
                kind => {
                    scan.connections |= CONNECTIONS.contains(&kind);
                    sheet.read(kind, body);
                }
            }
        }
        spanned += last_row * last_col;
        if spanned > limits.cells {
            return Err(OpenError::too_many_cells(limits.cells));
        }
        scan.formulas.insert(tab.name.clone(), formulas);
        scan.sheets.insert(tab.name, sheet);
    }
    Ok(scan)
}

impl Records {
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
        people: file
            .ok_or_else(|| not_of_xls("the properties"))
            .and_then(|mut it| properties::people(&mut it)),
        names: Ok(names
            .iter()
            .map(|(name, formula)| DefinedName { name: name.clone(), sheet: None, formula: formula.clone() })
            .collect()),
        sheets,
    }
}

fn sheet_facts(records: Option<&Records>, state: TabState) -> SheetFacts {
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
    let is_97 = file.exists("Workbook");
    let mut stream = Vec::new();
    file.open_stream(if is_97 { "Workbook" } else { "Book" })?.read_to_end(&mut stream)?;
    Ok((stream, is_97))
}

/// A tab: its name, what it holds, and where its records begin.
struct BoundSheet {
    name: String,
    kind: u8,
    offset: usize,
}

fn bound_sheets(stream: &[u8]) -> Vec<BoundSheet> {
    records(stream, 0)
        .take_while(|(kind, _)| *kind != END)
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .filter_map(|(_, body)| {
            let offset = u32::from_le_bytes(body.get(..4)?.try_into().ok()?);
            let length = usize::from(*body.get(6)?);
            let (name, _) = characters(body.get(7..)?, length)?;
            Some(BoundSheet { name, kind: *body.get(5)?, offset: usize::try_from(offset).ok()? })
        })
        .collect()
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

/// The records from an offset on, as far as the stream holds them.
fn records(stream: &[u8], offset: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(offset..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let body = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, body))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests;
