//! Finding labels on a sheet. Every place that rules read is found this way.

use std::collections::BTreeMap;

use super::label;
use super::labels::Wanted;
use crate::workbook::{Sheet, Value};

/// A place on a sheet: row and column, counted from nought.
pub type Place = (u32, u32);

/// The labels of one sheet and where they stand, as far as somebody looks for them.
#[derive(Debug, Default)]
pub struct Labels(BTreeMap<String, Vec<Place>>);

impl Labels {
    /// Every text on the sheet that is a label of some template.
    pub(super) fn of(sheet: &Sheet, wanted: &Wanted) -> Self {
        let mut labels: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for cell in sheet.cells() {
            if let Value::Text(text) = &cell.value
                && let Some(key) = wanted.key(text)
            {
                labels.entry(key).or_default().push((cell.row, cell.col));
            }
        }
        Labels(labels)
    }

    /// Every place where one of these labels stands, in reading order.
    pub fn all(&self, variants: &[&str]) -> Vec<Place> {
        let mut places: Vec<Place> = self.places(variants).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The places of each of these labels, in reading order.
    fn places(&self, variants: &[&str]) -> impl Iterator<Item = &[Place]> {
        variants.iter().filter_map(|it| self.0.get(&label::key(it))).map(Vec::as_slice)
    }

    /// The first place, in reading order, where one of these labels stands.
    pub fn first(&self, variants: &[&str]) -> Option<Place> {
        self.below(0, variants)
    }

    /// The first place at or below a row where one of these labels stands.
    pub fn below(&self, row: u32, variants: &[&str]) -> Option<Place> {
        let below = |places: &[Place]| places.get(places.partition_point(|it| it.0 < row)).copied();
        self.places(variants).filter_map(below).min()
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
