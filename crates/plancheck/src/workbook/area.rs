//! Rectangles of cells, and runs of rows or columns, as numbers: however large they are, they cost the
//! memory of their corners.

mod firsts;

use std::collections::BTreeMap;

pub(crate) use firsts::Firsts;

/// The last row that a sheet can have, counted from nought.
pub const LAST_ROW: u32 = 1_048_575;
/// The last column that a sheet can have, counted from nought.
pub const LAST_COL: u32 = 16_383;

/// A rectangle of cells, both corners included, counted from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// The first row.
    pub first_row: u32,
    /// The last row.
    pub last_row: u32,
    /// The first column.
    pub first_col: u32,
    /// The last column.
    pub last_col: u32,
}

impl Area {
    /// One cell.
    pub fn cell(row: u32, col: u32) -> Self {
        Area { first_row: row, last_row: row, first_col: col, last_col: col }
    }

    /// The area between two corners, whichever of them is named first.
    pub fn between(a: (u32, u32), b: (u32, u32)) -> Self {
        Area {
            first_row: a.0.min(b.0),
            last_row: a.0.max(b.0),
            first_col: a.1.min(b.1),
            last_col: a.1.max(b.1),
        }
    }

    /// Reads "O49", "O49:P448", "$O:$O" or "9:12".
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let Some((from, to)) = text.split_once(':') else {
            let (row, col) = cell(text)?;
            return Some(Area::cell(row, col));
        };
        if let (Some(from), Some(to)) = (cell(from), cell(to)) {
            return Some(Area::between(from, to));
        }
        if let (Some(from), Some(to)) = (column(from), column(to)) {
            return Some(Area::between((0, from), (LAST_ROW, to)));
        }
        let (from, to) = (row(from)?, row(to)?);
        Some(Area::between((from, 0), (to, LAST_COL)))
    }

    /// The smallest area that holds this one and another.
    pub fn with(self, other: Area) -> Self {
        Area {
            first_row: self.first_row.min(other.first_row),
            last_row: self.last_row.max(other.last_row),
            first_col: self.first_col.min(other.first_col),
            last_col: self.last_col.max(other.last_col),
        }
    }

    /// Whether a cell lies in it.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        self.has_row(row) && self.has_col(col)
    }

    /// Whether a row crosses it.
    pub fn has_row(&self, row: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row)
    }

    /// Whether a column crosses it.
    pub fn has_col(&self, col: u32) -> bool {
        (self.first_col..=self.last_col).contains(&col)
    }
}

impl std::fmt::Display for Area {
    /// "O49:O448", "O49", "O:P" for whole columns, "9:12" for whole rows.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = |row, col| super::CellRef { sheet: 0, row, col }.a1();
        if self.first_row == 0 && self.last_row >= LAST_ROW {
            return write!(f, "{}:{}", super::column_name(self.first_col), super::column_name(self.last_col));
        }
        if self.first_col == 0 && self.last_col >= LAST_COL {
            return write!(f, "{}:{}", self.first_row + 1, self.last_row + 1);
        }
        let (from, to) = (at(self.first_row, self.first_col), at(self.last_row, self.last_col));
        if from == to { f.write_str(&from) } else { write!(f, "{from}:{to}") }
    }
}

/// Row and column of "O49" or "$O$49".
pub(super) fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let letters = text.find(|it: char| !it.is_ascii_alphabetic())?;
    let (col, digits) = text.split_at_checked(letters)?;
    Some((row(digits)?, column(col)?))
}

/// The column of "O" or "$O".
pub(super) fn column(text: &str) -> Option<u32> {
    let letters = text.strip_prefix('$').unwrap_or(text);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|it| it.is_ascii_alphabetic()) {
        return None;
    }
    let number =
        letters.bytes().fold(0, |number, it| number * 26 + u32::from(it.to_ascii_uppercase() - b'A') + 1);
    (number - 1 <= LAST_COL).then(|| number - 1)
}

/// The row of "49" or "$49".
pub(super) fn row(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('$').unwrap_or(text);
    if digits.len() > 7 || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    number.checked_sub(1).filter(|it| *it <= LAST_ROW)
}

/// Rows or columns, as runs that neither touch nor overlap: the last of each by its first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs(BTreeMap<u32, u32>);

impl Runs {
    /// Adds a run, wherever it lies.
    pub fn add(&mut self, first: u32, last: u32) {
        if first > last {
            return;
        }
        let (mut first, mut last) = (first, last);
        // Whatever it touches becomes part of it.
        while let Some((from, to)) =
            self.0.range(..=last.saturating_add(1)).next_back().map(|(a, b)| (*a, *b))
        {
            if to.saturating_add(1) < first {
                break;
            }
            self.0.remove(&from);
            (first, last) = (first.min(from), last.max(to));
        }
        self.0.insert(first, last);
    }

    /// The run that a row or column belongs to.
    pub fn run_of(&self, number: u32) -> Option<(u32, u32)> {
        let (first, last) = self.0.range(..=number).next_back()?;
        (*last >= number).then_some((*first, *last))
    }

    /// Whether a row or column belongs to one.
    pub fn contains(&self, number: u32) -> bool {
        self.run_of(number).is_some()
    }

    /// Every run, the first and last of each, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().map(|(first, last)| (*first, *last))
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rows or columns belong to one.
    pub fn numbers(&self) -> usize {
        self.0.iter().map(|(first, last)| (last - first) as usize + 1).sum()
    }

    /// What belongs to these runs and to others too.
    pub fn and(&self, other: &Runs) -> Runs {
        let mut both = BTreeMap::new();
        for (first, last) in &self.0 {
            // The run of the other that may begin before this one, and those that begin within it.
            let before = other.0.range(..first).next_back();
            for (from, to) in before.into_iter().chain(other.0.range(first..=last)) {
                if to >= first {
                    both.insert(*first.max(from), *last.min(to));
                }
            }
        }
        Runs(both)
    }

    /// The numbers between these two that belong to none, as runs.
    pub fn between(&self, first: u32, last: u32) -> Vec<(u32, u32)> {
        let mut gaps = Vec::new();
        let mut next = self.run_of(first).map_or(first, |it| it.1.saturating_add(1));
        for (from, to) in self.0.range(first..) {
            if *from > last {
                break;
            }
            if *from > next {
                gaps.push((next, from - 1));
            }
            next = next.max(to.saturating_add(1));
        }
        if next <= last {
            gaps.push((next, last));
        }
        gaps
    }

    /// Everything up to a last number that belongs to none.
    pub fn others(&self, last: u32) -> Runs {
        let mut others = BTreeMap::new();
        let mut next = 0;
        for (from, to) in &self.0 {
            if *from > next {
                others.insert(next, from - 1);
            }
            next = to.saturating_add(1);
        }
        if next <= last {
            others.insert(next, last);
        }
        Runs(others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(runs: &[(u32, u32)]) -> Runs {
        Runs(runs.iter().copied().collect())
    }

    #[test]
    fn areas_are_read_and_written() {
        for text in ["O49", "O49:P448", "O:O", "B:XFD", "9:12", "A1"] {
            assert_eq!(Area::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Area::read("$O$448:$N$49").unwrap().to_string(), "N49:O448");
        for text in
            ["", "O", "O0", "O49:", "XFE1", "A1048577", "AAAA1", "Scheme!A1", "1O", "O-1", "é1", "$", ":"]
        {
            assert_eq!(Area::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_sheet_is_an_area_like_any_other() {
        let all = Area::read("A1:XFD1048576").unwrap();
        assert!(all.contains(LAST_ROW, LAST_COL));
        assert!(Area::read("O:O").unwrap().contains(LAST_ROW, 14));
    }

    #[test]
    fn runs_are_joined_in_whatever_order_they_come() {
        let mut joined = Runs::default();
        for (first, last) in [(5, 6), (7, 9), (20, 20), (1, 2), (2, 4), (30, 29)] {
            joined.add(first, last);
        }
        assert_eq!(joined, runs(&[(1, 9), (20, 20)]));
        assert_eq!(joined.run_of(9), Some((1, 9)));
        assert!(!joined.contains(10) && joined.contains(20) && !joined.contains(0));
        assert_eq!((joined.len(), joined.numbers()), (2, 10));
        assert_eq!(joined.others(25), runs(&[(0, 0), (10, 19), (21, 25)]));
        assert_eq!(Runs::default().others(3), runs(&[(0, 3)]));
    }

    #[test]
    fn runs_are_compared() {
        let some = runs(&[(1, 9), (20, 30), (40, 40)]);
        assert_eq!(
            some.and(&runs(&[(0, 2), (5, 25), (28, 50)])),
            runs(&[(1, 2), (5, 9), (20, 25), (28, 30), (40, 40)])
        );
        assert_eq!(some.and(&runs(&[(10, 19)])), Runs::default());
        assert_eq!(some.and(&some), some);
    }
}
