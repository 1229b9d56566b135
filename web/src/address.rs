//! Cells by their addresses: "O49" and "O49:O51".

/// A cell, its row and column counted from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) row: u32,
    pub(crate) col: u32,
}

impl At {
    /// Reads "O49"; the first cell of "O49:O51".
    pub(crate) fn read(range: &str) -> Option<Self> {
        let first = range.split(':').next()?;
        let letters = first.bytes().take_while(u8::is_ascii_uppercase).count();
        let (letters, digits) = first.split_at_checked(letters)?;
        if letters.is_empty() || letters.len() > 3 {
            return None;
        }
        let col = letters.bytes().fold(0_u32, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
        let row: u32 = digits.parse().ok()?;
        Some(Self { row: row.checked_sub(1)?, col: col - 1 })
    }

    /// "O49".
    pub(crate) fn range(self) -> String {
        format!("{}{}", column(self.col), self.row + 1)
    }
}

/// "A", "Z", "AA".
pub(crate) fn column(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_columns_written() {
        assert_eq!(At::read("A1"), Some(At { row: 0, col: 0 }));
        assert_eq!(At::read("AB12:AC13"), Some(At { row: 11, col: 27 }));
        for wrong in ["", "A", "12", "A0", "a1", "ABCD1", "A-1"] {
            assert_eq!(At::read(wrong), None, "{wrong}");
        }
        assert_eq!(At { row: 11, col: 27 }.range(), "AB12");
        assert_eq!([0, 25, 26, 701, 702].map(column), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
