//! What the template's sums read of the expenditure table, as their formulas name it.

use std::collections::BTreeMap;

use crate::plan::{Computed, Line, Plan};
use crate::rule::Wait;
use crate::workbook::CellRef;
use crate::workbook::area::Runs;
use crate::workbook::formula::{Named, named};

/// A sum of the template and what it reads of the table.
pub(super) struct Reads<'a> {
    pub(super) computed: &'a Computed,
    /// The amounts that it adds up.
    pub(super) amounts: Rows,
    /// What they are picked by, column by column.
    picked_by: Vec<Rows>,
    /// Whether one of the rows that it adds up is free.
    pub(super) room: bool,
}

/// Rows, and how a formula names them.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Runs,
    /// "O49:O448".
    pub(super) named: String,
}

impl Reads<'_> {
    /// The rows that it misses in no column.
    pub(super) fn rows(&self) -> Runs {
        self.picked_by.iter().fold(self.amounts.rows.clone(), |rows, it| rows.and(&it.rows))
    }

    /// The range that misses a row, and what the sum does with it; none where it reads the row.
    pub(super) fn short_of(&self, row: u32) -> Option<(&str, &'static str)> {
        let misses = |it: &&Rows| !it.rows.contains(row);
        let amounts = Some(&self.amounts).filter(misses).map(|it| (it.named.as_str(), "adds up"));
        amounts
            .or_else(|| self.picked_by.iter().find(misses).map(|it| (it.named.as_str(), "picks lines from")))
    }
}

impl Rows {
    fn add(&mut self, area: &crate::workbook::area::Area) {
        self.rows.add(area.first_row, area.last_row);
        let name = area.to_string();
        if self.named.split(" and ").all(|it| it != name) {
            self.named = if self.named.is_empty() { name } else { format!("{} and {name}", self.named) };
        }
    }
}

/// What a sum reads. None where it repeats another sum, and a wait where it cannot be told.
pub(super) fn reads<'a>(
    plan: &Plan,
    computed: &'a Computed,
    lines: &[Line],
) -> Result<Option<Reads<'a>>, Wait> {
    let Some(amounts_at) = lines.first().map(|it| it.amount.cell) else { return Ok(None) };
    let cell = computed.figure.cell;
    let place = plan.place(cell);
    if !computed.formula {
        let why = format!("{cell} ({}) is typed, not computed", computed.label);
        return Err(wait(Some("WB05"), Some(cell), why));
    }
    let facts = plan.facts.sheets.get(usize::from(cell.sheet));
    if let Some(Err(why)) = facts.map(|it| &it.formulas) {
        let why = format!("the formula of {place}, because {}", why.0);
        return Err(wait(None, Some(cell), why));
    }
    let Some(formula) = plan.facts.formula_at(cell) else {
        let why = format!("the formula of {place} is not spelt out in this file; save a copy as .xlsx");
        return Err(wait(None, Some(cell), why));
    };
    let unclear =
        || wait(None, Some(cell), format!("the formula of {place} does not name the rows that it reads"));
    let mut amounts = Rows::default();
    let mut picked_by: BTreeMap<u32, Rows> = BTreeMap::new();
    for it in named(formula) {
        let area = match it {
            Named::Area { sheet, area } => {
                let on = sheet.map_or(Some(usize::from(cell.sheet)), |name| sheet_called(plan, &name));
                on.map(|on| (on, area))
            }
            Named::Name(name) => plan.facts.area_of_name(&plan.sheets, usize::from(cell.sheet), &name),
            Named::Function(name) if UNCLEAR.contains(&name.as_str()) => return Err(unclear()),
            Named::Columns | Named::Outside(_) => return Err(unclear()),
            Named::Function(_) => None,
        };
        let Some((_, area)) = area.filter(|it| it.0 == usize::from(amounts_at.sheet)) else { continue };
        let single = area.first_row == area.last_row;
        if area.has_col(amounts_at.col) {
            // A cell above the table is a sum that stands in the same column, and is repeated.
            if !single || area.first_row >= amounts_at.row {
                amounts.add(&area);
            }
        } else if !single {
            picked_by.entry(area.first_col).or_default().add(&area);
        }
    }
    if amounts.rows.is_empty() {
        return Ok(None);
    }
    // An area that shares no row with the amounts is there for something else.
    let picked_by = picked_by.into_values().filter(|it| !amounts.rows.and(&it.rows).is_empty()).collect();
    let taken = lines.iter().filter(|it| amounts.rows.contains(it.amount.cell.row)).count();
    let room = taken < amounts.rows.numbers();
    Ok(Some(Reads { computed, amounts, picked_by, room }))
}

/// Functions that work a reference out.
const UNCLEAR: [&str; 3] = ["INDIRECT", "OFFSET", "INDEX"];

fn sheet_called(plan: &Plan, name: &str) -> Option<usize> {
    plan.sheets.iter().position(|it| it.to_lowercase() == name.to_lowercase())
}

pub(super) fn wait(on: Option<&'static str>, cell: Option<CellRef>, why: String) -> Wait {
    Wait { on, cell, why, missing_value: false }
}
