//! How much more of the facts is kept, on all sheets together.

use super::{SheetFacts, most};

/// How many more there may be of what a file can have very many of, on every sheet.
#[derive(Clone, Copy, Debug)]
pub(in crate::workbook) struct Room {
    /// Runs of hidden rows.
    pub(in crate::workbook) runs: usize,
    pub(in crate::workbook) merges: usize,
    /// Areas with a drop-down.
    pub(in crate::workbook) areas: usize,
    /// Bytes of what drop-downs say.
    pub(in crate::workbook) said: usize,
    pub(in crate::workbook) notes: usize,
    /// Bytes of what notes say.
    pub(in crate::workbook) note_text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            runs: most::RUNS,
            merges: most::MERGES,
            areas: most::DROP_DOWN_AREAS,
            said: most::OPTIONS_TEXT,
            notes: most::ENTRIES,
            note_text: most::NOTE_TEXT,
        }
    }
}

impl Room {
    /// Makes room for the facts of a sheet. What drop-downs say is not kept as it is said.
    pub(in crate::workbook) fn take(&mut self, sheet: &SheetFacts) {
        let less = |room: &mut usize, size: usize| *room = room.saturating_sub(size);
        less(&mut self.runs, sheet.hidden_rows.as_ref().map_or(0, |it| it.len()));
        less(&mut self.merges, sheet.merges.as_ref().map_or(0, Vec::len));
        let areas = sheet.drop_downs.iter().flatten().map(|it| it.areas.len().max(1)).sum();
        less(&mut self.areas, areas);
        less(&mut self.notes, sheet.notes.as_ref().map_or(0, Vec::len));
        less(&mut self.note_text, sheet.notes.iter().flatten().map(|it| it.text.len()).sum());
    }
}
