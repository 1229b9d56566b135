//! Reading the plan out of the sheets, by labels.

mod capacity;
mod cover;
mod expenditure;
mod income;
mod metrics;
mod offered;
mod requirements;
mod summary;
mod tables;
mod view;

use std::rc::Rc;

use super::leaf::Ledger;
use super::totals::Sums;
use super::{Absent, Computed, Plan, Total, Unfound};
use crate::rule::Wait;
use crate::template::{Known, Section};
use crate::workbook::Workbook;
use view::View;

/// Reads the plan. This cannot fail: what is missing or unreadable is said so in the plan itself.
///
/// `file` is the base name of the file, which may name the board.
pub fn extract(workbook: &Workbook, known: &Known, file: &str) -> Plan {
    let ledger = Rc::new(Ledger::default());
    let views = Views { workbook, known, ledger: Rc::clone(&ledger) };
    let mut found = Found::default();

    let cover = cover::read(&views);
    let streams = income::read(&views, &mut found);
    let mut expenditure = expenditure::read(&views);
    if let Ok(table) = &mut expenditure {
        table.strangers = offered::strangers(&views, table);
    }
    tables::balances(&views, Section::Expenditure, &mut found);
    let minimums = tables::minimums(&views, &mut found);
    let metrics = metrics::read(&views, &mut found);
    summary::read(&views, &metrics, &mut found);
    let answers = requirements::read(&views);
    let capacity = capacity::read(&views, &mut found);

    Plan {
        template: known.template,
        sheets: workbook.sheets.iter().map(|it| it.name.clone()).collect(),
        file: file.to_owned(),
        boards_offered: offered::boards(&views, &cover.board),
        cover,
        boards_repeated: cover::boards_repeated(&views),
        streams,
        expenditure,
        minimums,
        metrics,
        answers,
        capacity,
        computed: found.computed,
        unfound: found.unfound,
        absent_sheets: known
            .template
            .sheets
            .iter()
            .filter(|it| !known.sheets.contains_key(&it.section))
            .collect(),
        allocations: None,
        facts: Rc::clone(&workbook.facts),
        ledger,
        sums: Sums::default(),
    }
}

/// The computed cells, as they are found or not.
#[derive(Default)]
struct Found {
    computed: Vec<Computed>,
    unfound: Vec<Unfound>,
}

impl Found {
    /// Notes that a computed cell was not found. Rules that look at it say so.
    fn lack(&mut self, section: Section, total: Option<Total>, why: Absent) {
        self.unfound.push(Unfound { total, section, why });
    }
}

/// The sheets of a recognised workbook.
struct Views<'a> {
    workbook: &'a Workbook,
    known: &'a Known,
    ledger: Rc<Ledger>,
}

impl<'a> Views<'a> {
    /// The sheet of this section, or the clause that says it is missing.
    fn of(&self, section: Section) -> Result<View<'a>, Absent> {
        let missing = || match self.known.template.sheet(section) {
            Some(spec) => Absent::Sheet(Wait::for_sheet(spec)),
            None => Absent::Label("the template has no such sheet".to_owned()),
        };
        let idx = *self.known.sheets.get(&section).ok_or_else(missing)?;
        let sheet = self.workbook.sheets.get(idx).ok_or_else(missing)?;
        let labels = self.known.labels.get(idx).ok_or_else(missing)?;
        let sheet_idx = u16::try_from(idx).map_err(|_| missing())?;
        Ok(View { sheet_idx, sheet, labels, ledger: Rc::clone(&self.ledger) })
    }
}
