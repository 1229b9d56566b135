//! The part of an Excel 97 to 2003 file that stands before its sheets, and how much of it is handed on.

use crate::open::tokens::Edition;
use crate::open::{Limits, OpenError};

use super::record::{BEGIN, CONTINUE, END, Records, put, u16_at, u32_at};
use super::{CONNECTIONS, PROTECT, SUPPORTING_BOOK, address, characters, strings};

const ENCRYPTION: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const DATES: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const NAME: u16 = 0x0018;
const REFERENCES: u16 = 0x0017;
const STRINGS: u16 = 0x00FC;
/// The code page of texts in UTF-16.
const UTF_16: u16 = 1200;

/// What stands before the sheets.
pub(super) struct Globals {
    pub(super) tabs: Vec<BoundSheet>,
    pub(super) edition: Edition,
    /// The bytes of each text that cells share.
    pub(super) strings: Vec<usize>,
    /// Bytes of the longest name of a sheet or a range, at most.
    pub(super) longest: u64,
    pub(super) structure_protected: bool,
    pub(super) connections: bool,
    /// Addresses of other workbooks.
    pub(super) links: Vec<String>,
    /// The records that are handed on, without the end.
    pub(super) kept: Vec<u8>,
    /// What a byte of text may come to: in a code page that is not its own, more than its code says.
    factor: usize,
    names: usize,
}

/// A tab: its name, what it holds, and where its records begin.
pub(super) struct BoundSheet {
    pub(super) name: String,
    pub(super) kind: u8,
    pub(super) offset: usize,
    /// Where in the records that are handed on the offset stands.
    pub(super) stands_at: usize,
}

/// Reads what stands before the sheets.
///
/// # Errors
/// Where it is encrypted, damaged, or more than the limits.
pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Globals, OpenError> {
    let mut globals = Globals {
        tabs: Vec::new(),
        edition: Edition::Xls97,
        strings: Vec::new(),
        longest: 0,
        structure_protected: false,
        connections: false,
        links: Vec::new(),
        kept: Vec::new(),
        factor: 1,
        names: 0,
    };
    let mut records = Records::from(stream, 0);
    while let Some(record) = records.next() {
        let (kind, body) = record?;
        if kind == END {
            break;
        }
        globals.record(kind, body, &mut records, stream.len(), limits)?;
    }
    Ok(globals)
}

impl Globals {
    fn record(
        &mut self,
        kind: u16,
        body: &[u8],
        records: &mut Records<'_>,
        stream: usize,
        limits: &Limits,
    ) -> Result<(), OpenError> {
        let first = || u16_at(body, 0).ok_or_else(OpenError::damaged);
        match kind {
            ENCRYPTION if body.iter().any(|it| *it != 0) => return Err(OpenError::encrypted()),
            PROTECT => self.structure_protected = u16_at(body, 0).is_some_and(|it| it != 0),
            SUPPORTING_BOOK => self.links.extend(address(body)),
            BEGIN => self.edition = edition(first()?, u16_at(body, 2).unwrap_or(0)),
            // Two bytes may come of each, and three of each of them.
            CODE_PAGE => self.factor = if first()? == UTF_16 { 1 } else { 6 },
            DATES | REFERENCES => {
                first()?;
            }
            // A format is no longer than that, and a long one would be taken for a longer one yet.
            FORMAT if u16_at(body, 2).is_some_and(|it| it > 255) && self.edition == Edition::Xls97 => {
                return Ok(());
            }
            FORMAT | STYLE => {}
            BOUND_SHEET => self.tab(body, stream, limits)?,
            NAME => self.name(body, limits)?,
            STRINGS => {
                let continued = records.continued();
                self.strings = strings::sizes(body, &continued, self.factor, limits)?;
                put(&mut self.kept, kind, body);
                continued.iter().for_each(|it| put(&mut self.kept, CONTINUE, it));
                return Ok(());
            }
            _ => self.connections |= CONNECTIONS.contains(&kind),
        }
        // What else there is calamine does not read, or could not read where it is not as it should be.
        const KEPT: [u16; 8] = [BEGIN, CODE_PAGE, DATES, FORMAT, STYLE, BOUND_SHEET, NAME, REFERENCES];
        if KEPT.contains(&kind) {
            put(&mut self.kept, kind, body);
        }
        Ok(())
    }

    fn tab(&mut self, body: &[u8], stream: usize, limits: &Limits) -> Result<(), OpenError> {
        if self.tabs.len() >= limits.sheets {
            return Err(OpenError::too_many("sheets", self.tabs.len() + 1, limits.sheets));
        }
        let tab = bound_sheet(body, self.edition, self.kept.len() + 4).ok_or_else(OpenError::damaged)?;
        let shared = |it: &BoundSheet| it.offset == tab.offset && it.kind == 0 && tab.kind == 0;
        if self.tabs.iter().any(shared) {
            return Err(OpenError::shared_sheet());
        }
        if tab.offset >= stream {
            return Err(OpenError::damaged());
        }
        self.longest = self.longest.max(tab.name.len() as u64);
        self.tabs.push(tab);
        Ok(())
    }

    fn name(&mut self, body: &[u8], limits: &Limits) -> Result<(), OpenError> {
        self.names += 1;
        if self.names > limits.names {
            return Err(OpenError::too_many("defined names", limits.names + 1, limits.names));
        }
        let length = name_length(body, self.edition).ok_or_else(OpenError::damaged)?;
        self.longest = self.longest.max(length as u64 * 3);
        Ok(())
    }
}

/// Which edition a file is of, by the version and the kind that its first record gives.
fn edition(version: u16, kind: u16) -> Edition {
    match (version, kind) {
        (0x0200 | 0x0002 | 0x0007 | 0x0300 | 0x0400 | 0x0500, _) | (0, 0x1000) => Edition::Xls95,
        _ => Edition::Xls97,
    }
}

fn bound_sheet(body: &[u8], edition: Edition, stands_at: usize) -> Option<BoundSheet> {
    let length = usize::from(*body.get(6)?);
    let rest = body.get(7..)?;
    // Before Excel 97 a name had no flags, and was written in the code page.
    let name: String = match edition {
        Edition::Xls95 => rest.get(..length)?.iter().map(|it| char::from(*it)).collect(),
        Edition::Xls97 | Edition::Xlsb => characters(rest, length)?.0,
    };
    let offset = usize::try_from(u32_at(body, 0)?).ok()?;
    Some(BoundSheet { name: name.replace('\0', ""), kind: *body.get(5)?, offset, stands_at })
}

/// The characters of the name of a range; `None` where the name or its formula does not fit.
fn name_length(body: &[u8], edition: Edition) -> Option<usize> {
    let (length, tokens) = (usize::from(*body.get(3)?), usize::from(u16_at(body, 4)?));
    let rest = body.get(14..)?;
    let size = match edition {
        Edition::Xls95 => length,
        Edition::Xls97 | Edition::Xlsb => 1 + length * strings::width(*rest.first()?),
    };
    let tokens = rest.get(size..)?.len().checked_sub(tokens).and_then(|at| rest.get(size + at..))?;
    // A reference to another sheet is read at once, as far as it should go.
    let is_95 = edition == Edition::Xls95;
    let needs = match tokens.first().map(|it| it & 0x1F) {
        Some(0x1A) if tokens.first()? & 0x60 != 0 => {
            if is_95 {
                18
            } else {
                7
            }
        }
        Some(0x1B) if tokens.first()? & 0x60 != 0 => {
            if is_95 {
                21
            } else {
                11
            }
        }
        Some(0x1C | 0x1D) if tokens.first()? & 0x60 != 0 => {
            if is_95 {
                13
            } else {
                3
            }
        }
        _ => 0,
    };
    (tokens.len() >= needs).then_some(length)
}
