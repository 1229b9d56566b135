//! Finding labels on a sheet. Every place that rules read is found this way.

use std::collections::BTreeMap;

use super::label;
use crate::workbook::{Sheet, Value};

/// A place on a sheet: row and column, counted from nought.
pub type Place = (u32, u32);

/// The labels of one sheet and where they stand.
#[derive(Debug, Default)]
pub struct Labels(BTreeMap<String, Vec<Place>>);

impl Labels {
    /// Every text on the sheet that is short enough to be a label.
    pub fn of(sheet: &Sheet) -> Self {
        let mut labels: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for cell in sheet.cells() {
            if let Value::Text(text) = &cell.value
                && text.len() <= label::LONGEST
            {
                labels.entry(label::key(text)).or_default().push((cell.row, cell.col));
            }
        }
        Labels(labels)
    }

    /// Every place where one of these labels stands, in reading order.
    pub fn all(&self, variants: &[&str]) -> Vec<Place> {
        let mut places: Vec<Place> =
            variants.iter().filter_map(|it| self.0.get(&label::key(it))).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The first place, in reading order, where one of these labels stands.
    pub fn first(&self, variants: &[&str]) -> Option<Place> {
        self.all(variants).first().copied()
    }

    /// The first place at or below a row where one of these labels stands.
    pub fn below(&self, row: u32, variants: &[&str]) -> Option<Place> {
        self.all(variants).into_iter().find(|it| it.0 >= row)
    }

    /// Whether a label stands anywhere on the sheet.
    pub fn has(&self, label: &str) -> bool {
        self.0.contains_key(&label::key(label))
    }

    /// How many of these labels stand on the sheet.
    pub fn count(&self, labels: &[&str]) -> usize {
        labels.iter().filter(|it| self.has(it)).count()
    }
}
