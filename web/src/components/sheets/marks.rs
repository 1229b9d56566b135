//! What is to be marked on the cells of a workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{CellMark, Document, Finding, State, Total};

use crate::address::At;
use crate::components::findings::card_id;
use crate::stage::Joint;

/// What stands between the workbooks on the page, given to all components as context.
#[derive(Clone, Copy)]
pub(crate) struct Joints(pub(crate) RwSignal<Vec<(u32, Arc<Joint>)>>);

/// A finding at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The id of its card on the page.
    pub(crate) card: String,
    /// The code of the rule.
    pub(crate) rule: String,
    pub(crate) state: State,
    pub(crate) title: String,
}

/// Everything to be marked, sheet by sheet.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    sheets: BTreeMap<String, OfSheet>,
}

/// What is to be marked on one sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfSheet {
    /// What was found at each cell, in the order of the findings.
    pub(crate) found: BTreeMap<At, Vec<Mark>>,
    /// The first cell on this sheet of each finding that has one here.
    pub(crate) first: Vec<At>,
    /// The cells that rules read.
    pub(crate) read: BTreeSet<At>,
    /// The totals beside ours.
    pub(crate) totals: BTreeMap<At, Total>,
}

impl Marks {
    /// What a report marks on its document: its own findings, whose cards are named by `id`, and those across
    /// workbooks, which say of each cell in which document it stands.
    pub(crate) fn of(document: &Document, place: u32, id: &str, joints: &[Arc<Joint>]) -> Self {
        let mut marks = Marks::default();
        marks.find(&document.findings, id, |_| true);
        for (index, joint) in joints.iter().enumerate() {
            marks.find(&joint.across.findings, &format!("together-{index}"), |it| it.document == Some(place));
        }
        for coverage in &document.coverage {
            let sheet = marks.sheets.entry(coverage.sheet.clone()).or_default();
            sheet.read.extend(coverage.read.iter().filter_map(|it| At::read(it)));
        }
        for total in &document.totals {
            let sheet = marks.sheets.entry(total.cell.sheet.clone()).or_default();
            if let Some(at) = At::read(&total.cell.range) {
                sheet.totals.insert(at, total.clone());
            }
        }
        marks
    }

    fn find(&mut self, findings: &[Finding], id: &str, here: impl Fn(&CellMark) -> bool) {
        for (nth, it) in findings.iter().enumerate() {
            let card = card_id(id, nth);
            let mut sheets: BTreeSet<&str> = BTreeSet::new();
            for cell in it.cells.iter().filter(|it| here(it)) {
                let Some(at) = At::read(&cell.range) else { continue };
                let sheet = self.sheets.entry(cell.sheet.clone()).or_default();
                if sheets.insert(&cell.sheet) {
                    sheet.first.push(at);
                }
                let found = sheet.found.entry(at).or_default();
                if found.iter().all(|it| it.card != card) {
                    let (card, rule, title) = (card.clone(), it.rule.clone(), it.title.clone());
                    found.push(Mark { card, rule, state: it.state, title });
                }
            }
        }
    }

    /// What is to be marked on a sheet, if anything is.
    pub(crate) fn on(&self, sheet: &str) -> Option<&OfSheet> {
        self.sheets.get(sheet)
    }

    /// How many findings have a cell on a sheet.
    pub(crate) fn count(&self, sheet: &str) -> usize {
        self.on(sheet).map_or(0, |it| it.first.len())
    }
}

impl OfSheet {
    /// The same, each mark at the cell that is shown in the place of its own.
    pub(crate) fn moved(&self, shown_at: impl Fn(At) -> At) -> Self {
        let mut moved = OfSheet {
            first: self.first.iter().map(|at| shown_at(*at)).collect(),
            read: self.read.iter().map(|at| shown_at(*at)).collect(),
            ..OfSheet::default()
        };
        for (at, marks) in &self.found {
            let found = moved.found.entry(shown_at(*at)).or_default();
            for mark in marks {
                if !found.contains(mark) {
                    found.push(mark.clone());
                }
            }
        }
        for (at, total) in &self.totals {
            moved.totals.entry(shown_at(*at)).or_insert_with(|| total.clone());
        }
        moved
    }
}
