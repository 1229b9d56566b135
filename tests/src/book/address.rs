//! Addresses and days.

/// A cell's place, counted from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The row.
    pub row: u32,
    /// The column.
    pub col: u32,
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The top left corner.
    pub from: At,
    /// The bottom right corner.
    pub to: At,
}

/// The place of a cell given as "C56".
pub fn at(address: &str) -> At {
    match At::read(address) {
        Some(at) => at,
        None => panic!("“{address}” is no address of a cell"),
    }
}

impl At {
    /// Reads "C56" or "$C$56".
    pub fn read(address: &str) -> Option<Self> {
        let plain = address.replace('$', "");
        let split = plain.find(|it: char| it.is_ascii_digit())?;
        let (letters, digits) = plain.split_at(split);
        let row: u32 = digits.parse().ok()?;
        if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|it| it.is_ascii_uppercase()) {
            return None;
        }
        let col = letters.bytes().fold(0, |col, it| col * 26 + u32::from(it - b'A') + 1);
        Some(At { row: row.checked_sub(1)?, col: col - 1 })
    }

    /// The letters of its column.
    pub fn letters(self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.col + 1;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().map(|it| char::from(*it)).collect()
    }

    /// The cell so many rows below.
    pub fn down(self, rows: u32) -> Self {
        At { row: self.row + rows, ..self }
    }

    /// The cell so many columns to the right.
    pub fn right(self, cols: u32) -> Self {
        At { col: self.col + cols, ..self }
    }

    /// The area from here down, so many rows in all.
    pub fn rows(self, rows: u32) -> Area {
        Area { from: self, to: self.down(rows - 1) }
    }
}

impl Area {
    /// Whether a cell lies in it.
    pub fn contains(&self, at: At) -> bool {
        (self.from.row..=self.to.row).contains(&at.row) && (self.from.col..=self.to.col).contains(&at.col)
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.letters(), self.row + 1)
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.from == self.to { self.from.fmt(f) } else { write!(f, "{}:{}", self.from, self.to) }
    }
}

/// The serial number of a day written as "2022-12-07": days since the thirtieth of December 1899.
pub(super) fn serial(day: &str) -> Option<i64> {
    let bytes = day.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, date): (i64, i64, i64) =
        (day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?);
    // Days since the first of March of the year nought, with the year begun in March.
    let shifted = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let since = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + of_year;
    Some(since - 693_899)
}

/// The day of a serial number, as "2022-12-07".
pub fn day(serial: i64) -> String {
    let since = serial + 693_899;
    let mut year = since * 10_000 / 3_652_425;
    let first = |year: i64| year * 365 + year / 4 - year / 100 + year / 400;
    while first(year + 1) <= since {
        year += 1;
    }
    while first(year) > since {
        year -= 1;
    }
    let of_year = since - first(year);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    format!("{year:04}-{month:02}-{date:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_printed() {
        for address in ["A1", "Z9", "AA10", "O49", "XFD1048576"] {
            assert_eq!(at(address).to_string(), address);
        }
        assert_eq!(at("$C$56"), At { row: 55, col: 2 });
    }

    #[test]
    fn days_are_the_serials_that_excel_uses() {
        assert_eq!(serial("1900-03-01"), Some(61));
        assert_eq!(serial("2022-12-07"), Some(44902));
        assert_eq!(serial("2000-02-29"), Some(36585));
        for serial_number in [61, 36585, 36586, 44902, 45291, 45292] {
            assert_eq!(serial(&day(serial_number)), Some(serial_number));
        }
    }
}
