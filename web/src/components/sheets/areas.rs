//! The merged areas of a sheet, found by the rows they are in.

use std::collections::BTreeMap;

use plancheck_api::sheets::Merge;

use super::grid::BLOCK;
use crate::address::At;

/// The merged areas of a sheet by the blocks of rows that they reach into. They do not overlap, so that a
/// block has no more of them than cells.
#[derive(Debug, Default)]
pub(super) struct Areas(BTreeMap<u32, Vec<Merge>>);

impl Areas {
    /// Those of a sheet that begin in its first rows and columns, each cut off at the last of them.
    pub(super) fn new(merges: &[Merge], rows: u32, cols: u32) -> Self {
        let mut areas = Areas::default();
        for it in merges.iter().filter(|it| it.row < rows && it.col < cols) {
            let cut = Merge {
                rows: it.rows.min(rows - it.row).max(1),
                cols: it.cols.min(cols - it.col).max(1),
                ..*it
            };
            for block in cut.row / BLOCK..=(cut.row + cut.rows - 1) / BLOCK {
                areas.0.entry(block).or_default().push(cut);
            }
        }
        areas
    }

    /// Those that a row has a part in, by their first columns.
    pub(super) fn of_row(&self, row: u32) -> BTreeMap<u32, Merge> {
        let of_block = self.0.get(&(row / BLOCK)).into_iter().flatten();
        of_block.filter(|it| inside(it.row, it.rows, row)).map(|it| (it.col, *it)).collect()
    }

    /// The area that a cell is in.
    pub(super) fn at(&self, at: At) -> Option<&Merge> {
        let mut of_block = self.0.get(&(at.row / BLOCK)).into_iter().flatten();
        of_block.find(|it| inside(it.row, it.rows, at.row) && inside(it.col, it.cols, at.col))
    }

    /// The cell that is shown where another is covered: the first of its merged area.
    pub(super) fn shown_at(&self, at: At) -> At {
        self.at(at).map_or(at, |it| At { row: it.row, col: it.col })
    }
}

fn inside(first: u32, count: u32, it: u32) -> bool {
    first <= it && it - first < count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_covered_cell_is_shown_at_the_first_of_its_area_also_beyond_a_block() {
        let merge = Merge { row: 48, col: 1, rows: 5, cols: 2 };
        let wide = Merge { row: 0, col: 2, rows: 1, cols: u32::MAX };
        let areas = Areas::new(&[wide, merge], 52, 4);
        let at = |range| At::read(range).unwrap();
        assert_eq!(areas.shown_at(at("C52")), at("B49"));
        assert_eq!(areas.shown_at(at("D52")), at("D52"));
        assert_eq!(areas.shown_at(at("D1")), at("C1"));
        assert_eq!(areas.of_row(51).get(&1), Some(&Merge { rows: 4, ..merge }));
        assert_eq!(areas.of_row(0).get(&2), Some(&Merge { cols: 2, ..wide }));
    }
}
