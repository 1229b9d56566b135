//! Reads the binary parts of a .xlsb file as they are inflated, and stops where a record asks for more than is
//! believed or is too short for what will be read of it: before any library keeps a byte of it.
//!
//! Records as in [MS-XLSB] 2.1.4: a type and a length of variable size, then the body. Where a record begins,
//! and which of them are read, is told as calamine tells it, which reads the same bytes afterwards. It reads
//! into a buffer that never shrinks, so that a record shorter than what is read of it is filled up with what
//! an earlier one left.

mod kinds;
mod totals;

use std::mem::take;

use super::bounds::Limits;
use super::error::OpenError;
use kinds::Reading;
pub(crate) use totals::FORMULA_WORK;
pub(super) use totals::Totals;

/// The longest record that is believed: a text of a cell has 64 KB.
const LONGEST: usize = 1024 * 1024;

/// A part as it goes by.
pub(super) struct Records<'l> {
    limits: &'l Limits,
    at: At,
    body: Vec<u8>,
    reading: Reading,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// The first byte of a type.
    Kind,
    /// Its second byte, with the bits of the first.
    SecondOfKind(u16),
    /// A length: the type, the bits so far, and how many there are of them.
    Length(u16, usize, u32),
    /// A body, of which so many bytes are to come.
    Body(u16, usize),
    /// Nothing that is read.
    Done,
}

impl<'l> Records<'l> {
    /// A reading of the part of this name; none where it is never read as records.
    ///
    /// A sheet may have any name below its folder, so that everything there is taken for one. What is none
    /// does not have the records that a sheet begins with.
    pub(super) fn of(name: &str, limits: &'l Limits) -> Option<Self> {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        let reading = match name.as_str() {
            "xl/workbook.bin" => Reading::Book,
            "xl/styles.bin" => Reading::Styles,
            "xl/sharedstrings.bin" => Reading::Texts,
            _ if ["worksheets", "chartsheets", "dialogsheets"]
                .iter()
                .any(|it| name.strip_prefix("xl/").is_some_and(|name| name.starts_with(it))) =>
            {
                Reading::Sheet
            }
            _ => return None,
        };
        Some(Records { limits, at: At::Kind, body: Vec::new(), reading })
    }

    /// Reads on.
    ///
    /// # Errors
    /// Where a limit is exceeded or a record is not what it says.
    pub(super) fn read(&mut self, chunk: &[u8], totals: &mut Totals) -> Result<(), OpenError> {
        let mut rest = chunk;
        while self.at != At::Done {
            if let At::Body(kind, left) = self.at {
                let (now, after) = rest.split_at(left.min(rest.len()));
                self.body.extend_from_slice(now);
                rest = after;
                self.at = At::Body(kind, left - now.len());
                if left > now.len() {
                    break;
                }
                let body = take(&mut self.body);
                self.at =
                    if self.reading.body(kind, &body, self.limits, totals)? { At::Kind } else { At::Done };
                // The memory serves again.
                self.body = body;
                self.body.clear();
                continue;
            }
            let Some((byte, after)) = rest.split_first() else { break };
            rest = after;
            let (bits, goes_on) = (*byte & 0x7F, *byte & 0x80 != 0);
            match self.at {
                At::Kind if goes_on => self.at = At::SecondOfKind(u16::from(bits)),
                At::Kind => self.kind(u16::from(bits)),
                At::SecondOfKind(first) => self.kind(first + (u16::from(bits) << 7)),
                At::Length(kind, length, size) => {
                    let length = length + (usize::from(bits) << size);
                    if length > LONGEST {
                        return Err(OpenError::too_long_a_piece(LONGEST));
                    }
                    let ends = !goes_on || size == 21;
                    self.at = if ends { At::Body(kind, length) } else { At::Length(kind, length, size + 7) };
                }
                At::Body(..) | At::Done => {}
            }
        }
        Ok(())
    }

    /// A type is known.
    fn kind(&mut self, kind: u16) {
        self.at = match self.reading.kind(kind) {
            kinds::Next::Body => At::Length(kind, 0, 0),
            kinds::Next::Kind => At::Kind,
            kinds::Next::Nothing => At::Done,
        };
    }
}

#[cfg(test)]
mod tests;
