//! Which of many areas is the first that holds a row: what a look through all of them would find.

use std::collections::BTreeMap;

use super::{Area, Runs};

/// The areas that cross one column, by the rows of which each is the first.
#[derive(Debug, Default)]
pub(crate) struct Firsts<T> {
    taken: Runs,
    /// The last row of each run by its first, and whose it is.
    runs: BTreeMap<u32, (u32, T)>,
}

impl<T: Copy> Firsts<T> {
    /// The areas in their order, each with what it stands for, as far as they cross a column.
    pub(crate) fn of<'a>(areas: impl IntoIterator<Item = (&'a Area, T)>, col: u32) -> Self {
        let mut firsts = Firsts { taken: Runs::default(), runs: BTreeMap::new() };
        for (area, of) in areas.into_iter().filter(|it| it.0.has_col(col)) {
            for (first, last) in firsts.taken.between(area.first_row, area.last_row) {
                firsts.runs.insert(first, (last, of));
            }
            firsts.taken.add(area.first_row, area.last_row);
        }
        firsts
    }

    /// What the first area stands for that holds a row.
    pub(crate) fn at(&self, row: u32) -> Option<T> {
        let (_, (last, of)) = self.runs.range(..=row).next_back()?;
        (*last >= row).then_some(*of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_area_of_a_row_is_found_as_by_looking_through_all() {
        let areas: Vec<Area> = ["B5:C9", "A3:B6", "B1:B20", "C1:C9", "B8:B30", "B40", "B25:B41", "A1:A9"]
            .map(|it| Area::read(it).unwrap())
            .to_vec();
        for col in 0..4 {
            let firsts = Firsts::of(areas.iter().zip(0..), col);
            for row in 0..45 {
                let first = areas.iter().position(|it| it.contains(row, col));
                assert_eq!(firsts.at(row), first, "row {row}, column {col}");
            }
        }
    }
}
