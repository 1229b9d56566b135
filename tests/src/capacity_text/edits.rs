//! Changes to the facts of a capacity and demand report. The workbook is then laid out anew, so its totals
//! are fresh.
//!
//! ```text
//! trust 2, pathway 0: Oct = 5                 the second trust of that pathway
//! trust 2, pathway 0: every month = blank
//! trust 2: name = Other                       on every pathway
//! drop trust 2
//! add trust Smallshire NHS Trust: 5           people in every month of every pathway
//! typed total 0: Oct = 5927                   over the formula
//! community demand 3: Oct + 5                 the third service of that table
//! discharge capacity 1: every month = 0
//! community capacity 1: Oct = tbc
//! assumptions: 4.2 = blank
//! spend: overall = 5
//! cover: signed off = No
//! layout: months = German
//! layout: grouped by = merged trust
//! ```

use super::{MONTHS, Report};
use crate::plan_text::Table;
use crate::plan_text::edits::{Change, ordinal};

impl Report {
    /// Makes one change. A change that fits nothing is a fault of the test.
    pub fn edit(&mut self, edit: &str) {
        let edit = edit.trim();
        if let Some(number) = edit.strip_prefix("drop trust ") {
            let name = self.trusts().remove(ordinal(number));
            self.discharges.rows.retain(|row| row[0] != name);
            return;
        }
        let (place, change) = edit.split_once(": ").unwrap_or_else(|| panic!("not a change: {edit}"));
        if let Some(name) = place.strip_prefix("add trust ") {
            for pathway in 0..4 {
                let figures = vec![change; MONTHS.len()].join(" | ");
                self.discharges.read_row(&format!("{name} | {pathway} | {figures}"));
            }
            return;
        }
        let (name, change) = Change::read(change);
        match place {
            "cover" => return change.answer(&mut self.cover, name),
            "layout" => return change.answer(&mut self.layout, name),
            "assumptions" => return change.answer(&mut self.assumptions, name),
            "spend" => return change.answer(&mut self.spend, name),
            _ => {}
        }
        let (kind, which) = place.rsplit_once(' ').unwrap_or_else(|| panic!("no such place: {place}"));
        match kind {
            "trust" => {
                let old = self.trusts().remove(ordinal(which));
                for row in self.discharges.rows_where(&[("trust", &old)]) {
                    change.cell(&mut self.discharges, row, "trust");
                }
            }
            "typed total" => {
                if self.typed_totals.rows_where(&[("pathway", which)]).is_empty() {
                    self.typed_totals.read_row(which);
                }
                let row = self.typed_totals.row_where(&[("pathway", which)]);
                months(&mut self.typed_totals, row, name, change);
            }
            "community demand" => months(&mut self.community_demand, ordinal(which), name, change),
            "discharge capacity" => months(&mut self.discharge_capacity, ordinal(which), name, change),
            "community capacity" => months(&mut self.community_capacity, ordinal(which), name, change),
            _ => {
                let number = kind.strip_prefix("trust ").and_then(|it| it.strip_suffix(", pathway"));
                let number = number.unwrap_or_else(|| panic!("no such place: {place}"));
                let row = self.discharges.rows_where(&[("pathway", which)])[ordinal(number)];
                months(&mut self.discharges, row, name, change);
            }
        }
    }
}

/// Changes one column of a row, or all its months.
fn months(table: &mut Table, row: usize, name: &str, change: Change<'_>) {
    if name != "every month" {
        return change.cell(table, row, name);
    }
    for (month, _) in MONTHS {
        change.cell(table, row, month);
    }
}
