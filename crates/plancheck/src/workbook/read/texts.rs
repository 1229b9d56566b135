//! The texts of formulas as a sheet is read: shared ones spelt out for each of their cells, and no more of
//! them kept than there is room for.

use std::collections::BTreeMap;

use crate::workbook::facts::{Fact, Formulas, Unread, most};
use crate::workbook::formula::shifted;

/// Bytes that it costs to keep a formula, besides its text.
const ENTRY: usize = 64;

/// The texts of one sheet's formulas.
pub(super) struct Texts<'r> {
    found: Formulas,
    /// The formula that several cells share, and the cell it is written for.
    shared: BTreeMap<usize, ((u32, u32), String)>,
    /// Cells that share one.
    sharing: Vec<((u32, u32), usize)>,
    /// How many more characters may be kept.
    room: &'r mut usize,
    full: bool,
}

impl<'r> Texts<'r> {
    pub(super) fn new(room: &'r mut usize) -> Self {
        Texts { found: Formulas::default(), shared: BTreeMap::new(), sharing: Vec::new(), room, full: false }
    }

    /// Whether there is room for no more.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Keeps a formula.
    pub(super) fn keep(&mut self, at: (u32, u32), text: &str) {
        if text.is_empty() || !self.take(text.len() + ENTRY) {
            return;
        }
        self.found.insert(at.0, at.1, text);
    }

    /// Keeps a formula that other cells share.
    pub(super) fn keep_shared(&mut self, at: (u32, u32), idx: usize, text: String) {
        self.keep(at, &text);
        if self.take(text.len() + ENTRY) {
            self.shared.insert(idx, (at, text));
        }
    }

    /// Notes that a cell shares a formula, which may come later in the file.
    pub(super) fn share(&mut self, at: (u32, u32), idx: usize) {
        if self.take(16) {
            self.sharing.push((at, idx));
        }
    }

    fn take(&mut self, size: usize) -> bool {
        match self.room.checked_sub(size) {
            Some(left) if !self.full && size <= most::FORMULA + ENTRY => *self.room = left,
            Some(_) | None => self.full = true,
        }
        !self.full
    }

    /// All of them, or that there are too many to know any: one that is not kept is not one that is not
    /// there.
    pub(super) fn settled(mut self) -> Fact<Formulas> {
        for (at, idx) in std::mem::take(&mut self.sharing) {
            if self.full {
                break;
            }
            let spelt = self.shared.get(&idx).map(|(from, text)| {
                shifted(text, i64::from(at.0) - i64::from(from.0), i64::from(at.1) - i64::from(from.1))
            });
            if let Some(text) = spelt {
                self.keep(at, &text);
            }
        }
        if self.full {
            return Err(too_many());
        }
        Ok(self.found)
    }
}

/// Why no formula's text is known.
pub(super) fn too_many() -> Unread {
    Unread::new("the workbook holds more formulas than are read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_formula_is_spelt_out_wherever_it_is_written() {
        let mut room = 1_000;
        let mut texts = Texts::new(&mut room);
        texts.share((9, 4), 0);
        texts.keep_shared((8, 4), 0, "SUMIF($N$49:$N$448,B9,$O$49:$O$448)".to_owned());
        texts.share((10, 4), 0);
        texts.share((0, 0), 7);
        let found = texts.settled().unwrap();
        assert_eq!(found.at(9, 4), Some("SUMIF($N$49:$N$448,B10,$O$49:$O$448)"));
        assert_eq!(found.at(10, 4), Some("SUMIF($N$49:$N$448,B11,$O$49:$O$448)"));
        assert_eq!(found.at(0, 0), None);
    }

    /// As many formulas as a workbook may hold, and one byte more.
    #[test]
    fn formulas_of_all_sheets_have_one_bound() {
        let fill = |size: usize| {
            let mut room = most::FORMULA_TEXT;
            let mut left = size;
            while left > 0 {
                let mut texts = Texts::new(&mut room);
                for row in 0..1_000 {
                    let length = left.min(most::FORMULA + ENTRY).saturating_sub(ENTRY);
                    if length == 0 {
                        left = 0;
                        break;
                    }
                    texts.keep((row, 0), &"1".repeat(length));
                    left -= length + ENTRY;
                }
                texts.settled()?;
            }
            Ok(room)
        };
        assert_eq!(fill(most::FORMULA_TEXT), Ok(0));
        assert_eq!(fill(most::FORMULA_TEXT + ENTRY + 1), Err(too_many()));
        let mut room = most::FORMULA_TEXT;
        for (length, is_kept) in [(most::FORMULA, true), (most::FORMULA + 1, false)] {
            let mut texts = Texts::new(&mut room);
            texts.keep((0, 0), &"1".repeat(length));
            assert_eq!(texts.settled().is_ok(), is_kept);
        }
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut room = 200;
        let mut texts = Texts::new(&mut room);
        texts.keep_shared((0, 0), 0, "A1+1".repeat(10));
        (1..100).for_each(|row| texts.share((row, 0), 0));
        assert!(texts.settled().is_err());
    }
}
