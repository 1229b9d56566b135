//! What the template fills in by itself from national figures: an area neither enters nor changes it.

use super::Plan;
use crate::rule::Wait;
use crate::template::SourceRole;
use crate::workbook::CellRef;

impl Plan {
    /// Whether the template fills a cell in: a minimum spend, or a contribution that is set nationally.
    pub fn is_prefilled(&self, cell: CellRef) -> bool {
        let minimums = self.minimums.iter().filter_map(|it| it.required.as_ref().ok()).map(|it| it.cell);
        let national = self.streams.iter().filter(|it| it.source.role != SourceRole::Additional);
        let amounts = national.flat_map(|it| it.rows.iter().flatten()).map(|it| it.amount.cell);
        minimums.chain(amounts).any(|it| it == cell)
    }
}

/// The wait for a cell that the template fills in and that is blank. No rule reports it.
pub(super) fn missing(cell: CellRef, what: &str) -> Wait {
    let why = format!("{cell} is blank: put the pre-filled {what} back");
    Wait { on: None, cell: Some(cell), why, missing_value: false }
}
