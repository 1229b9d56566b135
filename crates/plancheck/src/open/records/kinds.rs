//! The records of each part, in the order in which calamine reads them.

use crate::open::bounds::Limits;
use crate::open::error::{OpenError, SHARED_TEXTS};
use crate::open::tokens::{self, Cost, Edition};

use super::Totals;

/// Which part is read, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The workbook, up to the end of its tabs.
    Book,
    /// The workbook behind its tabs.
    Names,
    /// The styles, where only types are read: the reader takes every byte for one.
    Styles,
    /// So many number formats are to come.
    Formats(u32),
    /// So many styles of cells are to come.
    CellStyles(u32),
    /// The shared texts, up to where they begin.
    Texts,
    /// So many texts are to come.
    Strings(u32),
    /// What lies between two texts, up to a record of this type.
    StringsUntil(u32, u16),
    /// A sheet, up to its size.
    Sheet,
    /// A sheet, up to its cells.
    Size,
    /// What lies before the cells, up to a record of this type.
    SizeUntil(u16),
    /// The cells of a sheet.
    Cells,
}

/// What follows a type.
pub(super) enum Next {
    /// A length and a body.
    Body,
    /// The next type.
    Kind,
    /// Nothing that is read.
    Nothing,
}

/// Characters of a name.
const NAME: u32 = 255;
/// Bytes of a formula's tokens.
const FORMULA: usize = 16_385;
/// References to sheets.
const REFERENCES: usize = 65_000;
/// What ends the names of a workbook.
const BEHIND_NAMES: [u16; 9] = [0x9D, 0x225, 0x18D, 0x180, 0x9A, 0x252, 0x229, 0x9B, 0x84];

impl Reading {
    /// Whether a record's body is read.
    pub(super) fn kind(self, kind: u16) -> Next {
        match self {
            Reading::Styles if kind != 0x267 && kind != 0x269 => Next::Kind,
            Reading::Names if BEHIND_NAMES.contains(&kind) => Next::Nothing,
            _ => Next::Body,
        }
    }

    /// Reads a record, and says whether more of the part is read.
    pub(super) fn body(
        &mut self,
        kind: u16,
        body: &[u8],
        limits: &Limits,
        totals: &mut Totals,
    ) -> Result<bool, OpenError> {
        let damaged = OpenError::damaged;
        match (*self, kind) {
            (Reading::Book, 0x99) if body.is_empty() => return Err(damaged()),
            (Reading::Book, 0x9C) => tab(body, limits, totals)?,
            (Reading::Book, 0x90) => *self = Reading::Names,
            (Reading::Names, 0x16A) => references(body, totals).ok_or_else(damaged)?,
            (Reading::Names, 0x27) => name(body, limits, totals)?,
            (Reading::Styles, _) => {
                let count = u32_at(body, 0).ok_or_else(damaged)?;
                let next = if kind == 0x267 { Reading::Formats(count) } else { Reading::CellStyles(count) };
                return Ok(self.count(next));
            }
            (Reading::Formats(left), 0x2C) => {
                wide(body, 2).ok_or_else(damaged)?;
                return Ok(self.count(Reading::Formats(left.saturating_sub(1))));
            }
            (Reading::CellStyles(left), 0x2F) => {
                body.get(..4).ok_or_else(damaged)?;
                return Ok(self.count(Reading::CellStyles(left.saturating_sub(1))));
            }
            (Reading::Texts, 0x9F) => {
                let count = u32_at(body, 4).ok_or_else(damaged)?;
                totals.strings = index(count);
                if totals.strings > limits.strings {
                    return Err(OpenError::too_many(SHARED_TEXTS, totals.strings, limits.strings));
                }
                return Ok(self.count(Reading::Strings(count)));
            }
            (Reading::Strings(left), 0x13) => {
                let (text, _) = wide(body, 1).ok_or_else(damaged)?;
                totals.text = totals.text.saturating_add(size(text));
                if totals.text > limits.text {
                    return Err(OpenError::too_much_text(limits.text));
                }
                return Ok(self.count(Reading::Strings(left.saturating_sub(1))));
            }
            (Reading::Strings(left), 0x23) => *self = Reading::StringsUntil(left, 0x24),
            (Reading::StringsUntil(left, end), _) if kind == end => *self = Reading::Strings(left),
            (Reading::Sheet, 0x94) => {
                body.get(..16).ok_or_else(damaged)?;
                *self = Reading::Size;
            }
            (Reading::Size, 0x91) => *self = Reading::Cells,
            (Reading::Size, 0x85 | 0x25 | 0x186) => *self = Reading::SizeUntil(kind + 1),
            (Reading::SizeUntil(end), _) if kind == end => *self = Reading::Size,
            (Reading::Cells, 0x92) => return Ok(false),
            (Reading::Cells, _) => cell(kind, body, totals).ok_or_else(damaged)?,
            _ => {}
        }
        Ok(true)
    }

    /// Goes on with what is counted, or with what follows it.
    fn count(&mut self, next: Reading) -> bool {
        *self = match next {
            Reading::Formats(0) => Reading::Styles,
            other => other,
        };
        !matches!(next, Reading::CellStyles(0) | Reading::Strings(0))
    }
}

/// A tab: its state, its number, the id of its part, and its name.
fn tab(body: &[u8], limits: &Limits, totals: &mut Totals) -> Result<(), OpenError> {
    totals.sheets += 1;
    // A name is repeated wherever a cell of the sheet is.
    if body.len() > limits.name {
        return Err(OpenError::too_many("bytes in the name of a sheet", body.len(), limits.name));
    }
    if totals.sheets > limits.sheets {
        return Err(OpenError::too_many("sheets", totals.sheets, limits.sheets));
    }
    match u32_at(body, 8) {
        // No part at all.
        Some(u32::MAX) => return Ok(()),
        // A part whose id says nothing.
        Some(0) => return Err(OpenError::damaged()),
        Some(_) | None => {}
    }
    let name = wide(body, 8).and_then(|(_, at)| wide(body, at)).map(|(name, _)| name);
    named(name, totals).ok_or_else(OpenError::damaged)
}

/// A name of a sheet or a range.
fn named(name: Option<&[u8]>, totals: &mut Totals) -> Option<()> {
    let length = name?.len() as u64 / 2;
    totals.longest = totals.longest.max(length);
    (length <= u64::from(NAME)).then_some(())
}

/// The references that formulas make to sheets.
fn references(body: &[u8], totals: &mut Totals) -> Option<()> {
    let count = index(u32_at(body, 0)?);
    body.get(4..)?.get(..count.checked_mul(12)?)?;
    totals.references = count;
    (count <= REFERENCES).then_some(())
}

/// A name of a range: flags, a shortcut and a sheet, the name, and its formula.
fn name(body: &[u8], limits: &Limits, totals: &mut Totals) -> Result<(), OpenError> {
    totals.names += 1;
    if totals.names > limits.names {
        return Err(OpenError::too_many("defined names", limits.names + 1, limits.names));
    }
    let damaged = OpenError::damaged;
    let (name, at) = wide(body, 9).ok_or_else(damaged)?;
    named(Some(name), totals).ok_or_else(damaged)?;
    let cost = formula(body, at).ok_or_else(damaged)?;
    totals.name_text.add(cost.text);
    totals.formula(&cost);
    // The references come before the names.
    if totals.references_used > totals.references && cost.sheet.is_some() {
        return Err(damaged());
    }
    Ok(())
}

/// A row or a cell, as much of it as is read; `None` where it is too short.
fn cell(kind: u16, body: &[u8], totals: &mut Totals) -> Option<()> {
    let needs = match kind {
        0x00 => 4,
        0x02 | 0x07 => 12,
        0x03 | 0x04 => 9,
        0x05 => 16,
        0x06 | 0x08 => wide(body, 8)?.1,
        0x09..=0x0B => 8,
        _ => return Some(()),
    };
    body.get(..needs)?;
    // A formula stands behind the value it had and two bytes of flags.
    let at = match kind {
        0x07 => {
            totals.strings_used = totals.strings_used.max(index(u32_at(body, 8)?).saturating_add(1));
            return Some(());
        }
        0x08 => needs + 2,
        0x09 => 18,
        0x0A | 0x0B => 11,
        _ => return Some(()),
    };
    totals.formula(&formula(body, at)?);
    Some(())
}

/// What the formula at a place costs.
fn formula(body: &[u8], at: usize) -> Option<Cost> {
    let length = index(u32_at(body, at)?);
    let tokens = body.get(at.checked_add(4)?..)?.get(..length)?;
    if length > FORMULA {
        return None;
    }
    tokens::cost(tokens, Edition::Xlsb)
}

/// The text at a place, and where it ends.
fn wide(body: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let start = at.checked_add(4)?;
    let end = start.checked_add(index(u32_at(body, at)?).checked_mul(2)?)?;
    Some((body.get(start..end)?, end))
}

/// The bytes of a text in UTF-8, at most.
fn size(text: &[u8]) -> usize {
    let unit = |it: &[u8]| match it {
        [low, 0] if *low < 0x80 => 1,
        [_, high] if *high < 8 => 2,
        _ => 3,
    };
    text.chunks(2).map(unit).sum()
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
