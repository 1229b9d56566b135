//! What the binary parts of a file hold together, which no part can say alone.

use crate::open::bounds::Limits;
use crate::open::error::OpenError;
use crate::open::tokens::{Cost, Length};

/// Bytes that may be moved to spell out the formulas of a file: some seconds of it.
pub(crate) const FORMULA_WORK: u64 = 4 * 1024 * 1024 * 1024;

/// What has been counted in all parts of a file.
#[derive(Debug, Default)]
pub(in crate::open) struct Totals {
    pub(super) sheets: usize,
    pub(super) names: usize,
    /// References to sheets, as formulas count them.
    pub(super) references: usize,
    /// Characters of the longest name of a sheet or a range.
    pub(super) longest: u64,
    /// Texts that cells share, as the file declares them.
    pub(super) strings: usize,
    /// Bytes of them.
    pub(super) text: usize,
    /// One more than the highest that a cell refers to.
    pub(super) strings_used: usize,
    /// One more than the highest reference that a formula of a cell makes.
    pub(super) references_used: usize,
    /// The texts of the formulas of names.
    pub(super) name_text: Length,
    pub(super) work: Length,
}

impl Totals {
    /// Takes in a formula.
    pub(super) fn formula(&mut self, cost: &Cost) {
        self.work.add(cost.work);
        self.references_used = self.references_used.max(cost.sheet.map_or(0, |it| usize::from(it) + 1));
    }

    /// Compares what the parts say with each other, once all of them have been read.
    pub(in crate::open) fn settle(&self, limits: &Limits) -> Result<(), OpenError> {
        if self.strings_used > self.strings || self.references_used > self.references {
            return Err(OpenError::damaged());
        }
        // Three bytes to a character.
        let longest = self.longest * 3;
        if self.name_text.with_names_of(longest) > limits.text as u64 {
            return Err(OpenError::too_much_formula_text(limits.text));
        }
        if self.work.with_names_of(longest) > FORMULA_WORK {
            return Err(OpenError::too_much_formula_work(FORMULA_WORK));
        }
        Ok(())
    }
}
