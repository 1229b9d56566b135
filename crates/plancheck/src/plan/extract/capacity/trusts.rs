//! The table of trusts: a row for each trust and pathway, in whichever order, and as many as there are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Columns, View, Views};
use crate::plan::leaf::{Choice, Located, Text, is_nothing, shortened};
use crate::plan::{Sought, TrustRow, is_a_name, same_trust};
use crate::template::anchor::Place;
use crate::template::{CapacitySpec, Section, label};
use crate::workbook::Value;
use crate::workbook::area::{Area, Firsts};

pub(super) fn read(views: &Views<'_>, spec: &'static CapacitySpec) -> Sought<Vec<TrustRow>> {
    let view = views.of(Section::DischargeDemand)?;
    let heading = view.find(spec.discharges.trust)?;
    let pathways = view.labels.all(spec.discharges.pathway).into_iter().find(|it| it.0 == heading.0);
    let pathways = pathways.ok_or_else(|| view.no_label(spec.discharges.pathway))?.1;
    let columns = Columns::beside(&view, heading, spec.months);
    // Where they are not known, the rows themselves must tell.
    let facts = views.workbook.facts.sheets.get(usize::from(view.sheet_idx));
    let merges = facts.and_then(|it| it.merges.as_ref().ok()).into_iter().flatten();
    let merges: Vec<Area> =
        merges.filter(|it| it.first_row > heading.0 && it.first_row < it.last_row).copied().collect();
    let read = [heading.1, pathways].into_iter().chain(columns.found());
    let merges = read.map(|col| (col, Firsts::of(merges.iter().map(|it| (it, *it)), col))).collect();
    let table = Table { view: &view, spec, trusts: heading.1, pathways, columns, merges };
    Ok(table.rows(heading))
}

struct Table<'a> {
    view: &'a View<'a>,
    spec: &'static CapacitySpec,
    trusts: u32,
    pathways: u32,
    columns: Columns,
    /// Cells below the heading that stand for several rows, by the columns that are read.
    merges: BTreeMap<u32, Firsts<Area>>,
}

/// A row of the sheet, before it is known whether one cell names the trust or the pathway of several.
struct Raw {
    row: u32,
    trust: bool,
    pathway: Named,
    figures: bool,
}

/// What the cell of a row's pathway says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Nothing,
    Pathway(usize),
    SomethingElse,
}

impl Table<'_> {
    fn rows(&self, heading: Place) -> Vec<TrustRow> {
        let rows = self.raw(heading);
        let merged = rows.iter().any(|it| self.merge(it.row, self.trusts).is_some());
        let spanned = if merged { None } else { trusts_span_rows(&rows) };
        let carried = pathways_span_rows(&rows);
        let mut read: Vec<TrustRow> = Vec::new();
        let mut trust: Option<Located<Text>> = None;
        let mut pathway: Option<Located<Choice<usize>>> = None;
        for raw in &rows {
            let own =
                || self.view.text(self.place(raw.row, self.trusts), || "the name of a trust".to_owned());
            let trust = match &trust {
                Some(above) if !raw.trust && spanned.is_some_and(|it| raw.pathway != it) => above.clone(),
                _ => trust.insert(own()).clone(),
            };
            let repeats = |above: &&TrustRow| {
                let name =
                    |it: &Located<Text>| it.peek().text().filter(|it| is_a_name(it)).map(str::to_owned);
                matches!((name(&above.trust), name(&trust)), (Some(one), Some(other)) if same_trust(&one, &other))
            };
            let pathway = match &pathway {
                // Where the row above is the same trust's, its pathway is not this one's.
                Some(above)
                    if carried && raw.pathway == Named::Nothing && read.last().filter(repeats).is_none() =>
                {
                    above.clone()
                }
                _ => pathway.insert(self.pathway(raw.row)).clone(),
            };
            read.push(self.row(raw.row, trust, pathway));
        }
        read
    }

    /// The rows of the sheet that belong to the table, in order.
    fn raw(&self, heading: Place) -> Vec<Raw> {
        let view = self.view;
        let others = [self.spec.discharges.summary, self.spec.assumptions];
        let end = others.iter().filter_map(|it| view.labels.below(heading.0 + 1, it)).map(|it| it.0).min();
        let end = end.unwrap_or(u32::MAX);
        // Only rows that hold something are visited: a stray cell far below must not cost a million steps.
        let filled: BTreeSet<u32> =
            view.sheet.cells().iter().map(|it| it.row).filter(|it| *it > heading.0 && *it < end).collect();
        let rows: Vec<Raw> = filled.into_iter().filter_map(|row| self.raw_row(row)).collect();
        let spans = pathways_span_rows(&rows);
        let mut kept: Vec<Raw> = Vec::new();
        for raw in rows {
            let right_below = kept.last().is_some_and(|it| it.row + 1 == raw.row);
            let belongs = match raw.pathway {
                Named::Pathway(_) => true,
                Named::SomethingElse => raw.figures && right_below,
                // Without a pathway of its own a row belongs to the one above, where such rows are found at
                // all; elsewhere it is a row whose pathway was left out. A text that stands alone under the
                // table is a note.
                Named::Nothing if spans => raw.figures || (raw.trust && right_below),
                Named::Nothing => raw.trust && raw.figures && right_below,
            };
            if belongs {
                kept.push(raw);
            }
        }
        kept
    }

    fn raw_row(&self, row: u32) -> Option<Raw> {
        let text = |col: u32| {
            let place = self.place(row, col);
            self.view.text_at(place.0, place.1)
        };
        // A sum somebody added, a link ("^^ Link back to top") or a note ("!!Click …").
        let no_row =
            |text: &str| ["^^", "<<", "!!"].iter().any(|it| text.starts_with(it)) || names_a_sum(text);
        if [text(self.trusts), text(self.pathways)].into_iter().flatten().any(no_row) {
            return None;
        }
        let pathway = match text(self.pathways) {
            None if self.holds(row, self.pathways) => Named::SomethingElse,
            None => Named::Nothing,
            Some(text) => self.spec.pathway(text).map_or(Named::SomethingElse, Named::Pathway),
        };
        let figures = self.columns.found().any(|col| self.holds(row, col));
        Some(Raw { row, trust: self.holds(row, self.trusts), pathway, figures })
    }

    /// The merged cells that a cell is one of.
    fn merge(&self, row: u32, col: u32) -> Option<Area> {
        self.merges.get(&col)?.at(row)
    }

    /// Where the content of a cell stands.
    fn place(&self, row: u32, col: u32) -> Place {
        self.merge(row, col).map_or((row, col), |it| (it.first_row, it.first_col))
    }

    /// Whether something stands in a cell, be it only a formula.
    fn holds(&self, row: u32, col: u32) -> bool {
        let (row, col) = self.place(row, col);
        self.view.sheet.at(row, col).is_some_and(|cell| match &cell.value {
            Value::Text(text) => !is_nothing(text),
            Value::Blank => cell.formula,
            Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => true,
        })
    }

    fn pathway(&self, row: u32) -> Located<Choice<usize>> {
        let text = self.view.text(self.place(row, self.pathways), || "a discharge pathway".to_owned());
        text.choose(|it| self.spec.pathway(it))
    }

    fn row(&self, row: u32, trust: Located<Text>, pathway: Located<Choice<usize>>) -> TrustRow {
        let known = pathway.peek().known().and_then(|it| self.spec.pathways.get(*it));
        let name = known.map_or("a pathway", |it| it.name);
        let what = match trust.peek().text() {
            Some(trust) => format!("the demand on {name} from {}", shortened(trust)),
            None => format!("the demand on {name} from a trust that is not named"),
        };
        let months = self.columns.figures(self.view, row, self.spec.months, &what);
        TrustRow { trust, pathway, months }
    }
}

/// Whether a text heads the sum of other rows: "Total", "Sub-total", "Grand total", "Sum of trusts".
fn names_a_sum(text: &str) -> bool {
    let key = label::key(text);
    let words: Vec<&str> = key.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let total = |it: &&str| matches!(*it, "total" | "totals" | "subtotal" | "subtotals");
    words.iter().take(2).any(total)
        || words.first() == Some(&"sum")
        || matches!(words.as_slice(), ["all"] | ["all", "trusts"] | ["all", "trusts", "total"])
}

/// Whether one cell names the pathway of several rows. A row under the last pathway that is named is no
/// witness: somebody may have added it.
fn pathways_span_rows(rows: &[Raw]) -> bool {
    let last = rows.iter().rposition(|it| matches!(it.pathway, Named::Pathway(_))).unwrap_or(0);
    rows.iter().take(last).any(|it| it.trust && it.figures && it.pathway == Named::Nothing)
}

/// The pathway that begins each trust's rows, where one cell names the trust of several: then the rows fall
/// into groups that all have the same pathways. A trust that was cleared in a table of another kind leaves
/// no such groups.
fn trusts_span_rows(rows: &[Raw]) -> Option<Named> {
    let first = rows.first()?.pathway;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for raw in rows {
        let Named::Pathway(pathway) = raw.pathway else { return None };
        match groups.last_mut() {
            Some(group) if !raw.trust && raw.pathway != first => group.push(pathway),
            _ => groups.push(vec![pathway]),
        }
    }
    let group = groups.first()?;
    let distinct: BTreeSet<&usize> = group.iter().collect();
    let spans = group.len() > 1 && distinct.len() == group.len() && groups.iter().all(|it| it == group);
    spans.then_some(first)
}
