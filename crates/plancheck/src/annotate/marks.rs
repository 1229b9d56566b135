//! Which cells get a comment, and what it says.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{cut, fit, length};
use super::{Wording, state_words};
use crate::finding::State;
use crate::report::{Document, Found};
use crate::workbook::area::Area;
use crate::workbook::{CellRef, own};

/// Comments on one sheet at most: a sheet with more is read better from the list of results.
pub(super) const MOST_ON_A_SHEET: usize = 500;
/// Findings that one comment tells of at most.
const MOST_IN_A_COMMENT: usize = 12;
/// The longest comment, in units of UTF-16: about a page.
const LONGEST: usize = 4_000;
/// The longest part of a comment that is about one finding.
const LONGEST_PART: usize = 2_000;

/// What a comment says of one finding.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// "plancheck EX02, not met".
    pub(super) head: String,
    /// The rest of it, from the line end on.
    pub(super) body: String,
}

/// A comment to be made, its parts the worst first.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Counted from nought.
    pub(super) row: u32,
    /// Counted from nought.
    pub(super) col: u32,
    pub(super) parts: Vec<Part>,
    /// What stands below them.
    pub(super) foot: String,
}

impl Mark {
    /// All of it, as one text.
    pub(super) fn text(&self) -> String {
        let parts: String = self.parts.iter().map(|it| format!("{}{}\n\n", it.head, it.body)).collect();
        parts + &self.foot
    }
}

/// The comments of one sheet.
#[derive(Debug, Default)]
pub(super) struct OnSheet {
    /// By row and column.
    pub(super) marks: Vec<Mark>,
    /// Cells that findings name and that get none, because there would be too many.
    pub(super) left_out: usize,
}

/// A comment in the making: for each finding how bad it is, whether the cell is one of its others and not
/// its first, and its place in the order.
#[derive(Debug, Default)]
struct Gathered {
    findings: Vec<(Option<usize>, bool, usize)>,
    more: usize,
}

/// The comments of every sheet, by the number of the sheet. `merges` are the merged areas of each: a
/// comment on one of their cells is shown on the first only. `results` is the name of the sheet of results.
pub(super) fn of(
    document: &Document,
    wording: Wording,
    merges: &[&[Area]],
    results: &str,
) -> BTreeMap<u16, OnSheet> {
    let worst_first = worst_first(&document.findings);
    let (gathered, left_out) = gathered(&worst_first);
    let mut shown: BTreeMap<CellRef, Gathered> = BTreeMap::new();
    for (cell, here) in gathered {
        let there = shown.entry(shown_at(cell, merges)).or_default();
        there.findings.extend(here.findings);
        there.more += here.more;
    }
    let mut sheets: BTreeMap<u16, OnSheet> = BTreeMap::new();
    for (cell, mut here) in shown {
        here.findings.sort_unstable();
        // Two cells of one merged area may be of the same finding.
        let mut seen = BTreeSet::new();
        here.findings.retain(|it| seen.insert(it.2));
        let parts = here
            .findings
            .iter()
            .filter_map(|(_, other, place)| Some((worst_first.get(*place)?, *other)))
            .map(|(found, other)| if other { pointer(document, found) } else { whole(found, wording) });
        let mark = bounded(cell, parts.collect(), here.more, results);
        sheets.entry(cell.sheet).or_default().marks.push(mark);
    }
    for cell in left_out {
        sheets.entry(cell.sheet).or_default().left_out += 1;
    }
    sheets
}

/// The cells that findings name, no more than so many of a sheet, and those that are too many.
fn gathered(worst_first: &[&Found]) -> (BTreeMap<CellRef, Gathered>, BTreeSet<CellRef>) {
    let mut gathered: BTreeMap<CellRef, Gathered> = BTreeMap::new();
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    let mut left_out = BTreeSet::new();
    // Where there are too many, the cells that readers are taken to come before all others.
    for first in [true, false] {
        for (place, found) in worst_first.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for (idx, cell) in found.finding.cells.iter().map(|it| it.cell).enumerate() {
                if !seen.insert(cell) || (idx == 0) != first {
                    continue;
                }
                let count = counts.entry(cell.sheet).or_default();
                if !gathered.contains_key(&cell) {
                    if *count >= MOST_ON_A_SHEET {
                        left_out.insert(cell);
                        continue;
                    }
                    *count += 1;
                }
                let here = gathered.entry(cell).or_default();
                if here.findings.len() < MOST_IN_A_COMMENT {
                    here.findings.push((rank(found), !first, place));
                } else {
                    here.more += 1;
                }
            }
        }
    }
    (gathered, left_out)
}

/// The findings, the worst first and otherwise in the order of the report.
pub(super) fn worst_first(findings: &[Found]) -> Vec<&Found> {
    let mut order: Vec<&Found> = findings.iter().collect();
    order.sort_by_key(|it| rank(it));
    order
}

/// How bad a finding is, the worst lowest.
fn rank(found: &Found) -> Option<usize> {
    State::WORST_FIRST.iter().position(|it| *it == found.finding.state)
}

/// The first cell of the merged area that a cell is in.
fn shown_at(cell: CellRef, merges: &[&[Area]]) -> CellRef {
    let merges = merges.get(usize::from(cell.sheet)).copied().unwrap_or_default();
    match merges.iter().find(|it| it.contains(cell.row, cell.col)) {
        Some(area) => CellRef { row: area.first_row, col: area.first_col, ..cell },
        None => cell,
    }
}

/// No more than a comment may hold, and what was left out of it.
fn bounded(cell: CellRef, all: Vec<Part>, more: usize, results: &str) -> Mark {
    let (mut parts, mut room, mut more): (Vec<Part>, usize, usize) = (Vec::new(), LONGEST, more);
    for part in all {
        let size = length(&part.head) + length(&part.body) + 2;
        match room.checked_sub(size) {
            Some(left) => {
                room = left;
                parts.push(part);
            }
            None => more += 1,
        }
    }
    let more = match more {
        0 => String::new(),
        1 => format!("And 1 more finding: see the sheet {results}.\n\n"),
        more => format!("And {more} more findings: see the sheet {results}.\n\n"),
    };
    Mark { row: cell.row, col: cell.col, parts, foot: more + &own::last_line() }
}

fn head(found: &Found) -> String {
    own::first_line(found.rule.code, &state_words(found.finding.state))
}

/// All there is to say.
fn whole(found: &Found, wording: Wording) -> Part {
    let finding = &found.finding;
    let (label, advice) = wording.of(finding);
    let mut body = String::new();
    for line in [finding.title.clone(), finding.message.clone(), format!("{label}: {advice}")] {
        body.push('\n');
        body.push_str(&line);
    }
    Part { head: head(found), body: cut(&fit(&body), LONGEST_PART) }
}

/// Where the whole of it stands.
fn pointer(document: &Document, found: &Found) -> Part {
    let first = found.finding.cells.first().map(|it| it.cell);
    let place = first
        .map_or_else(String::new, |it| format!(": see {} on sheet {}", it.a1(), document.sheet_name(it)));
    let body = format!("{place}\n{}", found.finding.title);
    Part { head: head(found), body: cut(&fit(&body), LONGEST_PART) }
}
