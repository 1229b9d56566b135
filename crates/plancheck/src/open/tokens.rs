//! What it costs to spell out a formula, told from its tokens before calamine does it.
//!
//! calamine writes a formula by inserting into the text so far, so that a short formula can take long and
//! come to much. The tokens are told apart as calamine tells them apart, as in [MS-XLS] 2.5.198 and
//! [MS-XLSB] 2.5.97: what it stops at ends the reading here too. Every cost is what it can be at most.

/// How a file writes its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edition {
    /// Excel 5 and 95.
    Xls95,
    /// Excel 97 to 2003.
    Xls97,
    /// .xlsb.
    Xlsb,
}

/// Bytes, and names of sheets and ranges whose length is not known yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Length {
    bytes: u64,
    names: u64,
}

impl Length {
    pub(crate) fn add(&mut self, other: Length) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.names = self.names.saturating_add(other.names);
    }

    fn times(self, factor: u64) -> Length {
        Length { bytes: self.bytes.saturating_mul(factor), names: self.names.saturating_mul(factor) }
    }

    /// The bytes in all, where no name is longer than this.
    pub(crate) fn with_names_of(self, longest: u64) -> u64 {
        self.bytes.saturating_add(self.names.saturating_mul(longest))
    }
}

/// What a formula comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Its text.
    pub(crate) text: Length,
    /// What is moved to write it.
    pub(crate) work: Length,
    /// The highest reference to a sheet.
    pub(crate) sheet: Option<u16>,
}

/// Formulas inside each other beyond which a formula is not believed.
const DEEPEST: usize = 64;
/// How many functions calamine has names for.
const FUNCTIONS: u16 = 485;
/// What a token costs beside its text.
const TOKEN: u64 = 16;

/// What a formula costs; `None` where its tokens do not fit or stand in each other too deep.
pub(crate) fn cost(tokens: &[u8], edition: Edition) -> Option<Cost> {
    let mut cost = Cost::default();
    cost.read(tokens, edition, 0)?;
    Some(cost)
}

/// What a token does to the text.
enum Step {
    /// Adds so many bytes and names.
    Add(u64, u64),
    /// Adds so many bytes, and moves what is there.
    Move(u64),
    /// Puts so many bytes one by one before what is there.
    Insert(u64),
    /// Adds a formula of its own, of so many bytes of tokens.
    Nest(usize),
    /// Ends the reading.
    Stop,
}

impl Cost {
    /// Reads tokens, and says whether all of them were known.
    fn read(&mut self, tokens: &[u8], edition: Edition, depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let mut rest = tokens;
        while let Some((kind, after)) = rest.split_first() {
            let (size, step) = self.token(*kind, after, edition)?;
            rest = after.get(size..)?;
            self.work.add(Length { bytes: TOKEN, names: 0 });
            match step {
                // One byte more, for the comma behind it.
                Step::Add(bytes, names) => self.text.add(Length { bytes: bytes + 1, names }),
                Step::Move(bytes) => {
                    self.text.add(Length { bytes, names: 0 });
                    self.work.add(self.text);
                }
                Step::Insert(bytes) => {
                    self.text.add(Length { bytes, names: 0 });
                    self.work.add(self.text.times(bytes));
                }
                Step::Nest(length) => {
                    let (inner, behind) = rest.split_at_checked(length)?;
                    if !self.read(inner, edition, depth + 1)? {
                        return Some(false);
                    }
                    rest = behind;
                    self.text.add(Length { bytes: 1, names: 0 });
                    self.work.add(self.text);
                }
                Step::Stop => return Some(false),
            }
        }
        Some(true)
    }

    /// How many bytes belong to a token, and what it does.
    fn token(&mut self, kind: u8, rest: &[u8], edition: Edition) -> Option<(usize, Step)> {
        let by = |xls95: usize, xls97: usize, xlsb: usize| match edition {
            Edition::Xls95 => xls95,
            Edition::Xls97 => xls97,
            Edition::Xlsb => xlsb,
        };
        let binary = edition == Edition::Xlsb;
        // Operands come in three classes, which differ in two bits of their kind.
        let kind = if (0x20..0x80).contains(&kind) { (kind & 0x1F) | 0x20 } else { kind };
        if names_a_row_behind_all(kind, rest, edition) {
            return None;
        }
        Some(match kind {
            0x01 => (4, Step::Add(0, 0)),
            0x03..=0x11 => (0, Step::Move(2)),
            0x12 | 0x13 => (0, Step::Move(1)),
            0x14 => (0, Step::Add(1, 0)),
            0x15 => (0, Step::Move(2)),
            0x16 => (0, Step::Add(0, 0)),
            0x17 => text(rest, edition)?,
            0x18 if binary => match rest.first()? {
                0x19 => (13, Step::Add(0, 0)),
                0x1D => (5, Step::Add(0, 0)),
                _ => (0, Step::Stop),
            },
            0x18 => (5, Step::Add(0, 0)),
            0x19 => attribute(rest, binary)?,
            0x1C => (1, Step::Add(16, 0)),
            0x1D => (1, Step::Add(5, 0)),
            0x1E => (2, Step::Add(5, 0)),
            0x1F => (8, Step::Add(digits(rest)?, 0)),
            0x20 => (by(7, 7, 14), Step::Add(10, 0)),
            0x21 | 0x22 => {
                let size = if kind == 0x21 { 2 } else { 3 };
                let known = u16_at(rest, size - 2)? < FUNCTIONS;
                match (known, binary) {
                    (true, _) => (size, Step::Move(32)),
                    (false, false) => (0, Step::Stop),
                    (false, true) => return None,
                }
            }
            0x23 if u16_at(rest, 0)? == 0 && u16_at(rest, 2)? == 0 => return None,
            0x23 => (4, Step::Add(8, 1)),
            0x24 => (by(3, 4, 6), Step::Add(24, 0)),
            0x25 => (by(6, 8, 12), Step::Add(48, 0)),
            0x29 if binary => (2, Step::Nest(usize::from(u16_at(rest, 0)?))),
            0x2A => (by(3, 4, 6), Step::Add(8, 0)),
            0x2B => (by(6, 8, 12), Step::Add(8, 0)),
            0x39 => (6, Step::Add(16, 0)),
            0x3A..=0x3D => {
                self.sheet = self.sheet.max(u16_at(rest, 0));
                let is_area = kind % 2 == 1;
                (if is_area { by(10, 10, 14) } else { by(6, 6, 8) }, Step::Add(48, 1))
            }
            _ => (0, Step::Stop),
        })
    }
}

/// Whether a reference names the last row that a number of its size can count. Sheets of old files have that row,
/// but calamine counts on from it and has no number left.
fn names_a_row_behind_all(kind: u8, rest: &[u8], edition: Edition) -> bool {
    let rows: &[usize] = match (kind, edition) {
        // Before Excel 97 a row had fewer bits, and areas are counted in more.
        (0x24, Edition::Xls97) => &[0],
        (0x3A, Edition::Xls95 | Edition::Xls97) => &[2],
        (0x24, Edition::Xlsb) => &[0],
        (0x25, Edition::Xlsb) => &[0, 4],
        (0x3A, Edition::Xlsb) => &[2],
        (0x3B, Edition::Xlsb) => &[2, 6],
        _ => &[],
    };
    let size = if edition == Edition::Xlsb { 4 } else { 2 };
    let is_last = |at: &usize| rest.get(*at..at + size).is_some_and(|row| row.iter().all(|it| *it == 0xFF));
    rows.iter().any(is_last)
}

/// A text in quotes.
fn text(rest: &[u8], edition: Edition) -> Option<(usize, Step)> {
    let (size, bytes) = match edition {
        Edition::Xls95 => (1 + usize::from(*rest.first()?), 3),
        Edition::Xls97 => {
            let length = usize::from(*rest.first()?);
            let width = 1 + usize::from(*rest.get(1)? & 1);
            // In a code page that is not theirs, two bytes may come of each.
            (2 + length * width, 6)
        }
        Edition::Xlsb => (2 + 2 * usize::from(u16_at(rest, 0)?), 2),
    };
    Some((size, Step::Add(2 + bytes * size as u64, 0)))
}

/// A token that calculates nothing: spaces, jumps, and a sum of one area.
fn attribute(rest: &[u8], binary: bool) -> Option<(usize, Step)> {
    Some(match (rest.first()?, binary) {
        (0x10, _) => (3, Step::Move(5)),
        (0x01 | 0x02 | 0x08 | 0x20 | 0x21, _) | (0x40 | 0x41 | 0x80, true) => (3, Step::Add(0, 0)),
        (0x04, true) => (11, Step::Add(0, 0)),
        (0x04, false) => (3 + 2 * (usize::from(u16_at(rest, 1)?) + 1), Step::Add(0, 0)),
        (0x40 | 0x41, false) => (3, Step::Insert(u64::from(*rest.get(2)?))),
        _ => (0, Step::Stop),
    })
}

/// How many characters a number has at most: it is written without an exponent.
fn digits(rest: &[u8]) -> Option<u64> {
    let exponent = i32::from((u16_at(rest, 6)? >> 4) & 0x7FF) - 1023;
    let is_nought = rest.get(..8)?.iter().all(|it| *it == 0);
    Some(if is_nought || exponent.abs() <= 64 { 40 } else { 344 })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_as_people_write_them_cost_little() {
        // SUM(A1:B2)+1, in each edition.
        let xls95 = [0x25, 0, 0, 1, 0, 0, 1, 0x19, 0x10, 0, 0, 0x1E, 1, 0, 0x03];
        let xls97 = [0x25, 0, 0, 1, 0, 0, 0, 1, 0, 0x19, 0x10, 0, 0, 0x1E, 1, 0, 0x03];
        let xlsb = [0x25, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0x19, 0x10, 0, 0, 0x1E, 1, 0, 0x03];
        for (tokens, edition) in
            [(&xls95[..], Edition::Xls95), (&xls97, Edition::Xls97), (&xlsb, Edition::Xlsb)]
        {
            let cost = cost(tokens, edition).unwrap();
            assert!((12..100).contains(&cost.text.with_names_of(0)), "{cost:?}");
            assert!(cost.work.with_names_of(0) < 300, "{cost:?}");
        }
    }

    #[test]
    fn spaces_cost_what_they_move() {
        let tokens = [[0x1E, 1, 0].as_slice(), &[0x19, 0x40, 0, 255].repeat(400)].concat();
        let dear = cost(&tokens, Edition::Xls97).unwrap();
        assert!(dear.text.with_names_of(0) > 400 * 255);
        assert!(dear.work.with_names_of(0) > 400 * 400 * 255 * 255 / 2);
        // An .xlsb file's spaces are left out.
        assert!(cost(&tokens, Edition::Xlsb).unwrap().work.with_names_of(0) < 10_000);
    }

    #[test]
    fn names_count_by_their_length() {
        let cost = cost(&[0x23, 1, 0, 0, 0, 0x3A, 7, 0, 0, 0, 0, 0, 0x03], Edition::Xls97).unwrap();
        assert_eq!(cost.text.with_names_of(1000) - cost.text.with_names_of(0), 2000);
        assert_eq!(cost.work.with_names_of(1000) - cost.work.with_names_of(0), 2000);
        assert_eq!(cost.sheet, Some(7));
    }

    #[test]
    fn formulas_inside_each_other_have_an_end() {
        let nested = |levels: usize| {
            (0..levels).fold(vec![0x1E, 1, 0], |inner, _| {
                let length = u16::try_from(inner.len()).unwrap();
                [&[0x29], &length.to_le_bytes()[..], &inner].concat()
            })
        };
        assert!(cost(&nested(64), Edition::Xlsb).is_some());
        assert_eq!(cost(&nested(65), Edition::Xlsb), None);
        // Older files have none, and the reading stops there.
        assert!(cost(&nested(5_000), Edition::Xls97).is_some());
    }

    #[test]
    fn a_row_that_cannot_be_counted_on_from_is_none() {
        for (kind, edition, at) in [
            (0x24, Edition::Xls97, 0),
            (0x44, Edition::Xls97, 0),
            (0x5A, Edition::Xls97, 2),
            (0x3A, Edition::Xls95, 2),
            (0x24, Edition::Xlsb, 0),
            (0x25, Edition::Xlsb, 0),
            (0x65, Edition::Xlsb, 4),
            (0x3A, Edition::Xlsb, 2),
            (0x3B, Edition::Xlsb, 2),
            (0x7B, Edition::Xlsb, 6),
        ] {
            let size = if edition == Edition::Xlsb { 4 } else { 2 };
            let mut tokens = [[kind].as_slice(), &[0; 14]].concat();
            tokens[1 + at..1 + at + size].fill(0xFF);
            assert_eq!(cost(&tokens, edition), None, "{kind:x} {edition:?}");
            tokens[1 + at] = 0xFE;
            assert!(cost(&tokens, edition).is_some(), "{kind:x} {edition:?}");
        }
    }

    #[test]
    fn tokens_that_do_not_fit_are_none() {
        for tokens in
            [&[0x1E, 1][..], &[0x17, 9, 0, b'x'], &[0x25, 0], &[0x19], &[0x29, 9, 0, 1], &[0x21, 0xFF, 0xFF]]
        {
            assert_eq!(cost(tokens, Edition::Xlsb), None, "{tokens:?}");
        }
    }
}
