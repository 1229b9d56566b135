//! What is to be marked on the cells of a workbook.

use std::collections::{BTreeMap, BTreeSet};

use plancheck_api::wire::{Document, State, Total};

use crate::address::At;

/// A finding at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its place among the document's findings.
    pub(crate) finding: usize,
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
#[derive(Debug, Default)]
pub(crate) struct OfSheet {
    /// What was found at each cell, in the order of the findings.
    pub(crate) found: BTreeMap<At, Vec<Mark>>,
    /// The findings that lead here first, each with its first cell.
    pub(crate) first: Vec<(usize, At)>,
    /// The cells that rules read.
    pub(crate) read: BTreeSet<At>,
    /// The totals beside ours.
    pub(crate) totals: BTreeMap<At, Total>,
}

impl Marks {
    /// What a report marks on its document.
    pub(crate) fn of(document: &Document) -> Self {
        let mut marks = Marks::default();
        for (finding, it) in document.findings.iter().enumerate() {
            for (nth, cell) in it.cells.iter().enumerate() {
                let Some(at) = At::read(&cell.range) else { continue };
                let sheet = marks.sheets.entry(cell.sheet.clone()).or_default();
                if nth == 0 {
                    sheet.first.push((finding, at));
                }
                let (rule, title) = (it.rule.clone(), it.title.clone());
                let at = sheet.found.entry(at).or_default();
                if at.iter().all(|it| it.finding != finding) {
                    at.push(Mark { finding, rule, state: it.state, title });
                }
            }
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

    /// What is to be marked on a sheet, if anything is.
    pub(crate) fn on(&self, sheet: &str) -> Option<&OfSheet> {
        self.sheets.get(sheet)
    }

    /// How many findings lead to a sheet.
    pub(crate) fn count(&self, sheet: &str) -> usize {
        self.on(sheet).map_or(0, |it| it.first.len())
    }
}
