//! One sheet, as the extraction looks at it.

use std::rc::Rc;

use crate::plan::leaf::{Figure, Leaf, Ledger, Located, Text};
use crate::plan::{Absent, Computed, Shown, Total};
use crate::template::Section;
use crate::template::anchor::{Labels, Place};
use crate::template::label;
use crate::workbook::{Cell, CellRef, Sheet, Value};

/// A sheet, its labels and the ledger that its leaves are entered in.
pub(super) struct View<'a> {
    pub(super) sheet_idx: u16,
    pub(super) sheet: &'a Sheet,
    pub(super) labels: &'a Labels,
    pub(super) ledger: Rc<Ledger>,
}

impl<'a> View<'a> {
    pub(super) fn cell(&self, place: Place) -> CellRef {
        CellRef { sheet: self.sheet_idx, row: place.0, col: place.1 }
    }

    fn value(&self, place: Place) -> Option<(&'a Value, bool)> {
        self.sheet.at(place.0, place.1).map(|it| (&it.value, it.formula))
    }

    /// The figure at a place.
    pub(super) fn figure(&self, place: Place, what: impl FnOnce() -> String) -> Located<Figure> {
        self.leaf(place, Leaf::Figure, what)
    }

    /// The figure at a place, as this kind of leaf.
    pub(super) fn leaf(&self, place: Place, leaf: Leaf, what: impl FnOnce() -> String) -> Located<Figure> {
        self.ledger.figure(self.cell(place), leaf, self.value(place), what)
    }

    /// The text at a place.
    pub(super) fn text(&self, place: Place, what: impl FnOnce() -> String) -> Located<Text> {
        self.ledger.text(self.cell(place), Leaf::Text, self.value(place), what)
    }

    /// A text that the template fills in by itself: a second witness, whose troubles are nobody's fault.
    pub(super) fn witness(&self, place: Place) -> Located<Text> {
        self.ledger.text(self.cell(place), Leaf::Witness, self.value(place), String::new)
    }

    /// Whether a number stands at a place, and not a text.
    pub(super) fn is_number(&self, place: Place) -> bool {
        matches!(self.value(place), Some((Value::Number(_), _)))
    }

    /// A cell that the template computes.
    pub(super) fn computed(
        &self,
        place: Place,
        section: Section,
        total: Total,
        shown: Shown,
        label: impl Into<String>,
    ) -> Computed {
        let label = label.into();
        let figure =
            self.ledger.figure(self.cell(place), Leaf::Computed, self.value(place), || label.clone());
        let formula = self.sheet.at(place.0, place.1).is_some_and(|it| it.formula);
        Computed { total, section, label, shown, figure, formula }
    }

    /// The text at a place, for finding the way: nothing of the plan.
    pub(super) fn text_at(&self, row: u32, col: u32) -> Option<&'a str> {
        text_of(self.sheet.at(row, col)?)
    }

    /// Whether one of these labels stands at a place.
    pub(super) fn is_label(&self, place: Place, variants: &[&str]) -> bool {
        self.text_at(place.0, place.1).is_some_and(|text| {
            let key = label::key(text);
            variants.iter().any(|it| label::key(it) == key)
        })
    }

    /// The first of these labels, or the clause that says it is not there.
    pub(super) fn find(&self, variants: &[&str]) -> Result<Place, Absent> {
        self.labels.first(variants).ok_or_else(|| self.no_label(variants))
    }

    /// The clause that says a label is not on this sheet.
    pub(super) fn no_label(&self, variants: &[&str]) -> Absent {
        let label = variants.first().copied().unwrap_or_default();
        Absent::Label(format!("the label “{label}” was not found on sheet {}", self.sheet.name))
    }

    /// The cells to the right of a place in its row that hold something, nearest first.
    pub(super) fn right_of(&self, place: Place) -> impl Iterator<Item = &'a Cell> {
        self.sheet.row(place.0).iter().filter(move |it| it.col > place.1)
    }

    /// The texts that stand in one row, with their places.
    pub(super) fn texts_in_row(&self, row: u32) -> impl Iterator<Item = (Place, &'a str)> {
        self.sheet.row(row).iter().filter_map(|it| Some(((it.row, it.col), text_of(it)?)))
    }
}

fn text_of(cell: &Cell) -> Option<&str> {
    match &cell.value {
        Value::Text(text) => Some(text.trim()).filter(|it| !it.is_empty()),
        Value::Blank | Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => None,
    }
}
