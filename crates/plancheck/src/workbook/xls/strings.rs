//! How long the texts are that cells share, told as calamine tells it: one after the other, across the records
//! that go on where one was too long.

use crate::open::{Limits, OpenError, SHARED_TEXTS};

use super::record::{u16_at, u32_at};

/// Records that go on with another. The reader takes each from the front of a list.
const CONTINUED: usize = 20_000;

/// The bytes of each text in UTF-8, at most; `factor` is what a byte may come to beyond what its code says.
///
/// # Errors
/// Where a text does not fit, or there are too many.
pub(super) fn sizes(
    first: &[u8],
    continued: &[&[u8]],
    factor: usize,
    limits: &Limits,
) -> Result<Vec<usize>, OpenError> {
    if continued.len() > CONTINUED {
        return Err(OpenError::damaged());
    }
    let mut reader = Reader { data: first.get(8..).ok_or_else(OpenError::damaged)?, rest: continued };
    let mut sizes = Vec::new();
    while !reader.data.is_empty() || reader.go_on() {
        if sizes.len() >= limits.strings {
            return Err(OpenError::too_many(SHARED_TEXTS, sizes.len() + 1, limits.strings));
        }
        sizes.push(reader.text().ok_or_else(OpenError::damaged)? * factor);
    }
    Ok(sizes)
}

struct Reader<'s> {
    data: &'s [u8],
    rest: &'s [&'s [u8]],
}

impl Reader<'_> {
    fn go_on(&mut self) -> bool {
        let Some((next, rest)) = self.rest.split_first() else { return false };
        (self.data, self.rest) = (next, rest);
        true
    }

    /// Reads a text: its length and flags, the lengths of what follows it, and its characters.
    fn text(&mut self) -> Option<usize> {
        if self.data.is_empty() {
            return Some(0);
        }
        let (length, flags) = (usize::from(u16_at(self.data, 0)?), *self.data.get(2)?);
        self.data = self.data.get(3..)?;
        let mut behind = 0_usize;
        if flags & 8 != 0 {
            behind = usize::from(u16_at(self.data, 0)?) * 4;
            self.data = self.data.get(2..)?;
        }
        if flags & 4 != 0 {
            behind = behind.checked_add(usize::try_from(u32_at(self.data, 0)?).ok()?)?;
            self.data = self.data.get(4..)?;
        }
        let size = self.characters(length, flags)?;
        self.skip(behind)?;
        Some(size)
    }

    fn characters(&mut self, length: usize, mut flags: u8) -> Option<usize> {
        let (mut left, mut bytes) = (length, 0);
        loop {
            let width = width(flags);
            let now = left.min(self.data.len() / width);
            let (text, rest) = self.data.split_at_checked(now * width)?;
            bytes += size(text, width);
            self.data = rest;
            left -= now;
            if left == 0 {
                return Some(bytes);
            }
            if !self.go_on() {
                return None;
            }
            // The characters that go on may be of another width.
            let (first, rest) = self.data.split_first()?;
            (flags, self.data) = (*first, rest);
        }
    }

    fn skip(&mut self, length: usize) -> Option<()> {
        let mut left = length;
        while left > 0 {
            if self.data.is_empty() && !self.go_on() {
                return None;
            }
            let now = left.min(self.data.len());
            self.data = self.data.get(now..)?;
            left -= now;
        }
        Some(())
    }
}

/// The bytes of a character, as a text's flags say.
pub(super) fn width(flags: u8) -> usize {
    1 + usize::from(flags & 1)
}

/// The bytes of a text in UTF-8, at most.
pub(super) fn size(text: &[u8], width: usize) -> usize {
    let unit = |it: &[u8]| match it {
        [low] | [low, 0] if *low < 0x80 => 1,
        [_] => 2,
        [_, high] if *high < 8 => 2,
        _ => 3,
    };
    text.chunks(width.max(1)).map(unit).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(first: &[u8], continued: &[&[u8]]) -> Option<Vec<usize>> {
        let limits = Limits { strings: 3, ..Limits::default() };
        let first = [&[0; 8], first].concat();
        sizes(&first, continued, 1, &limits).ok()
    }

    #[test]
    fn texts_of_every_kind() {
        assert_eq!(read(&[], &[]), Some(vec![]));
        assert_eq!(read(&[2, 0, 0, b'a', 0xE9, 1, 0, 1, 0xAC, 0x20], &[]), Some(vec![3, 3]));
        // With runs of formats, and with what else may follow.
        assert_eq!(read(&[1, 0, 8, 1, 0, b'a', 1, 2, 3, 4, 0, 0, 0], &[]), Some(vec![1, 0]));
        assert_eq!(read(&[1, 0, 4, 2, 0, 0, 0, b'a', 1], &[&[2, 1, 0, 0, b'b']]), Some(vec![1, 1]));
    }

    #[test]
    fn texts_go_on_in_the_next_record() {
        assert_eq!(read(&[3, 0, 0, b'a'], &[&[1, b'b', 0, b'c', 0, 1, 0, 0, b'd']]), Some(vec![3, 1]));
        assert_eq!(read(&[3, 0, 0], &[&[0], &[0, b'a', b'b'], &[0, b'c']]), Some(vec![3]));
        for (first, continued) in [
            (&[3, 0, 0, b'a'][..], &[][..]),
            (&[3, 0, 0, b'a'], &[&[0, b'b'][..]]),
            (&[3, 0, 0, b'a'], &[&[]]),
            (&[3, 0], &[]),
            (&[1, 0, 4, 0, 0, 0, 0x80, b'a'], &[]),
        ] {
            assert_eq!(read(first, continued), None, "{first:?}");
        }
    }

    #[test]
    fn too_many() {
        assert_eq!(read(&[0; 9], &[]), Some(vec![0; 3]));
        assert_eq!(read(&[0; 12], &[]), None);
        assert_eq!(read(&[], &vec![&[][..]; CONTINUED + 1]), None);
    }
}
