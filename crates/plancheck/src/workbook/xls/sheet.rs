//! One sheet of an Excel 97 to 2003 file: what its records say, and how much of it is handed on.

use std::collections::BTreeSet;

use crate::open::tokens::{self, Edition};
use crate::open::{FORMULA_WORK, Limits, OpenError};

use super::globals::{BoundSheet, Globals};
use super::record::{BEGIN, CONTINUE, END, Records, put, u16_at, u32_at};
use super::{CONNECTIONS, SheetRecords, strings};

/// Formulas, of which calamine reads the first kind.
const FORMULAS: [u16; 3] = [FORMULA, 0x0206, 0x0406];
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const SMALL_NUMBER: u16 = 0x027E;
const SMALL_NUMBERS: u16 = 0x00BD;
const YES_OR_ERROR: u16 = 0x0205;
const SHARED_TEXT: u16 = 0x00FD;
const TEXT: u16 = 0x0204;
const RICH_TEXT: u16 = 0x00D6;
/// The text that the formula before shows.
const SHOWN_TEXT: u16 = 0x0207;
/// Bytes of a formula's tokens.
const TOKENS: usize = 1_800;

/// How much more all sheets together may hold.
pub(super) struct Room<'l> {
    limits: &'l Limits,
    /// Cells that the sheets span, empty ones included.
    cells: usize,
    text: usize,
    formula_text: u64,
    formula_work: u64,
    /// Bytes of records. No sheet lies over another, but for those of no cells that lie nowhere.
    bytes: usize,
    /// Whether a formula was left out for want of room.
    pub(super) is_short: bool,
}

impl<'l> Room<'l> {
    pub(super) fn new(limits: &'l Limits, stream: &[u8]) -> Self {
        Room {
            limits,
            cells: limits.cells,
            text: limits.text,
            formula_text: limits.text as u64,
            formula_work: FORMULA_WORK,
            bytes: stream.len().saturating_mul(2),
            is_short: false,
        }
    }

    fn take_text(&mut self, size: usize) -> Result<(), OpenError> {
        self.text = self.text.checked_sub(size).ok_or_else(|| OpenError::too_much_text(self.limits.text))?;
        Ok(())
    }

    /// Makes room for a formula; `None` where there is none.
    fn take_formula(&mut self, text: u64, work: u64) -> Option<()> {
        let left = (self.formula_text.checked_sub(text), self.formula_work.checked_sub(work));
        let (Some(text), Some(work)) = left else {
            self.is_short = true;
            return None;
        };
        (self.formula_text, self.formula_work) = (text, work);
        Some(())
    }
}

/// What a sheet's records say.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) formulas: BTreeSet<(u32, u32)>,
    pub(super) records: SheetRecords,
    pub(super) connections: bool,
    rows: usize,
    cols: usize,
}

/// Reads a sheet, and writes the records that are handed on.
///
/// # Errors
/// Where it is damaged, or more than there is room for: calamine lays a sheet out whole.
pub(super) fn read(
    stream: &[u8],
    tab: &BoundSheet,
    globals: &Globals,
    room: &mut Room<'_>,
    kept: &mut Vec<u8>,
) -> Result<Sheet, OpenError> {
    let mut sheet = Sheet::default();
    let mut records = Records::from(stream, tab.offset);
    let before = records.left();
    let (mut has_begun, mut depth) = (false, 0_usize);
    while let Some(record) = records.next() {
        let (kind, body) = record?;
        match kind {
            BEGIN if has_begun => depth += 1,
            BEGIN => has_begun = true,
            END if depth == 0 => break,
            END => depth -= 1,
            // A chart embedded in the sheet has a stream of its own.
            _ if depth > 0 => {}
            SHOWN_TEXT => {
                let goes_on = matches!(records.clone().next(), Some(Ok((CONTINUE, _))));
                let fits = text(body, globals.edition, room)?;
                match fits {
                    Some(_) => put(kept, kind, body),
                    None if goes_on => put(kept, kind, &shortened(body, globals.edition)),
                    None => return Err(OpenError::damaged()),
                }
            }
            kind => sheet.record(kind, body, globals, room, kept)?,
        }
    }
    put(kept, END, &[]);
    let used = before - records.left();
    room.bytes = room.bytes.checked_sub(used).ok_or_else(OpenError::shared_sheet)?;
    let spanned = sheet.rows.saturating_mul(sheet.cols);
    let too_many = || OpenError::too_many_cells(room.limits.cells);
    room.cells = room.cells.checked_sub(spanned).ok_or_else(too_many)?;
    Ok(sheet)
}

impl Sheet {
    fn record(
        &mut self,
        kind: u16,
        body: &[u8],
        globals: &Globals,
        room: &mut Room<'_>,
        kept: &mut Vec<u8>,
    ) -> Result<(), OpenError> {
        let damaged = OpenError::damaged;
        if FORMULAS.contains(&kind)
            && let (Some(row), Some(col)) = (u16_at(body, 0), u16_at(body, 2))
        {
            self.formulas.insert((u32::from(row), u32::from(col)));
        }
        match kind {
            FORMULA => {
                let (formula, cost) = formula(body, globals.edition).ok_or_else(damaged)?;
                let is_kept = cost.is_some_and(|it| {
                    let size = |it: tokens::Length| it.with_names_of(globals.longest);
                    room.take_formula(size(it.text), size(it.work)).is_some()
                });
                if is_kept {
                    put(kept, kind, formula);
                } else {
                    // The value stays, and no text of the formula will be known.
                    put(kept, kind, &[formula.get(..20).unwrap_or_default(), &[0, 0]].concat());
                }
            }
            SHARED_TEXT => {
                let idx = u32_at(body, 6).and_then(|it| usize::try_from(it).ok()).ok_or_else(damaged)?;
                room.take_text(globals.strings.get(idx).copied().unwrap_or(0))?;
                put(kept, kind, body);
            }
            TEXT | RICH_TEXT => {
                text(body.get(6..).ok_or_else(damaged)?, globals.edition, room)?.ok_or_else(damaged)?;
                put(kept, kind, body);
            }
            SMALL_NUMBERS => {
                last_of_several(body).ok_or_else(damaged)?;
                put(kept, kind, body);
            }
            NUMBER | SMALL_NUMBER | YES_OR_ERROR => put(kept, kind, body),
            _ => {
                self.connections |= CONNECTIONS.contains(&kind);
                self.records.read(kind, body);
                return Ok(());
            }
        }
        let (row, col) = (u16_at(body, 0).ok_or_else(damaged)?, u16_at(body, 2).ok_or_else(damaged)?);
        let last = if kind == SMALL_NUMBERS { last_of_several(body).unwrap_or(col) } else { col };
        self.rows = self.rows.max(usize::from(row) + 1);
        self.cols = self.cols.max(usize::from(last) + 1);
        Ok(())
    }
}

/// A formula as far as its tokens go, and what it costs where they can be read; `None` where they do not fit.
fn formula(body: &[u8], edition: Edition) -> Option<(&[u8], Option<tokens::Cost>)> {
    let length = usize::from(u16_at(body, 20)?);
    let tokens = body.get(22..)?.get(..length)?;
    if length > TOKENS {
        return None;
    }
    Some((body.get(..22 + length)?, tokens::cost(tokens, edition)))
}

/// The last column of a record of several cells; `None` where they are not as many as it says.
fn last_of_several(body: &[u8]) -> Option<u16> {
    let (first, last) = (u16_at(body, 2)?, u16_at(body, body.len().checked_sub(2)?)?);
    let count = usize::from(last.checked_sub(first)?) + 1;
    (body.len() == 6 + 6 * count).then_some(last)
}

/// Takes in a text: its length, from Excel 97 on a byte of flags, and its characters. `None` where they do not
/// fit.
///
/// # Errors
/// Where it is none, or there is no room.
fn text(body: &[u8], edition: Edition, room: &mut Room<'_>) -> Result<Option<()>, OpenError> {
    let length = usize::from(u16_at(body, 0).ok_or_else(OpenError::damaged)?);
    if body.len() == 2 && length == 0 {
        return Ok(Some(()));
    }
    let (head, width) = layout(body, edition).ok_or_else(OpenError::damaged)?;
    let characters = body.get(head..).unwrap_or_default();
    let fits = characters.get(..length * width);
    room.take_text(strings::size(fits.unwrap_or(characters), width))?;
    Ok(fits.map(|_| ()))
}

/// Where the characters of a text begin, and the bytes of each.
fn layout(body: &[u8], edition: Edition) -> Option<(usize, usize)> {
    match edition {
        Edition::Xls95 => Some((2, 1)),
        Edition::Xls97 | Edition::Xlsb => Some((3, strings::width(*body.get(2)?))),
    }
}

/// A text that goes on in another record, as much of it as stands in this one: calamine reads no more of it.
fn shortened(body: &[u8], edition: Edition) -> Vec<u8> {
    let (head, width) = layout(body, edition).unwrap_or((2, 1));
    let length = body.len().saturating_sub(head) / width;
    let length = u16::try_from(length).unwrap_or(u16::MAX);
    [&length.to_le_bytes(), body.get(2..).unwrap_or_default()].concat()
}
