//! What calamine leaves out of Excel 97 to 2003 files: which cells hold a formula (it gives shared and
//! array formulas no text), and how large a sheet is before it is laid out in memory.
//!
//! Records as in [MS-XLS] 2.1.4: a type and a length of two bytes each, then the body.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::open::{Limits, OpenError};

const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
/// Every record that begins with a row and a column.
const CELLS: [u16; 12] =
    [0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00BD, 0x00BE, 0x0201, 0x00D6];
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;

/// The places of all formulas, by the name of their sheet.
///
/// # Errors
/// Where the sheets span more cells than the limit, empty ones included: calamine lays a sheet out whole.
pub(super) fn formulas(
    bytes: &[u8],
    limits: &Limits,
) -> Result<BTreeMap<String, BTreeSet<(u32, u32)>>, OpenError> {
    let stream = stream(bytes).map_err(|it| OpenError::damaged(&it.to_string()))?;
    let mut sheets = BTreeMap::new();
    let mut spanned = 0_usize;
    for (name, offset) in bound_sheets(&stream) {
        let mut formulas = BTreeSet::new();
        let (mut last_row, mut last_col, mut depth) = (0_usize, 0_usize, 0_usize);
        for (kind, body) in records(&stream, offset) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                // A chart embedded in the sheet has a stream of its own.
                END => depth -= 1,
                kind if depth == 1 && CELLS.contains(&kind) => {
                    let (Some(row), Some(col)) = (u16_at(body, 0), u16_at(body, 2)) else { continue };
                    last_row = last_row.max(usize::from(row) + 1);
                    last_col = last_col.max(usize::from(col) + 1);
                    if FORMULA.contains(&kind) {
                        formulas.insert((u32::from(row), u32::from(col)));
                    }
                }
                _ => {}
            }
        }
        spanned += last_row * last_col;
        if spanned > limits.cells {
            return Err(OpenError::too_many_cells(limits.cells));
        }
        sheets.insert(name, formulas);
    }
    Ok(sheets)
}

fn stream(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes))?;
    let name = if file.exists("Workbook") { "Workbook" } else { "Book" };
    let mut stream = Vec::new();
    file.open_stream(name)?.read_to_end(&mut stream)?;
    Ok(stream)
}

/// The name of each sheet and where its records begin.
fn bound_sheets(stream: &[u8]) -> Vec<(String, usize)> {
    records(stream, 0)
        .take_while(|(kind, _)| *kind != END)
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .filter_map(|(_, body)| {
            let offset = u32::from_le_bytes(body.get(..4)?.try_into().ok()?);
            let length = usize::from(*body.get(6)?);
            let name = if body.get(7)? & 1 == 0 {
                body.get(8..8 + length)?.iter().map(|it| char::from(*it)).collect()
            } else {
                let wide: Vec<u16> =
                    body.get(8..8 + length * 2)?.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
                String::from_utf16_lossy(&wide)
            };
            Some((name, usize::try_from(offset).ok()?))
        })
        .collect()
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
