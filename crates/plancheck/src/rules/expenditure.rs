//! Rules on the scheme lines.

pub(super) mod adult_social_care_minimum;
pub(super) mod amounts;
pub(super) mod care_act_carers_reablement;
pub(super) mod duplicate_lines;
pub(super) mod funding_balance;
pub(super) mod grant_purpose;
pub(super) mod joint_shares;
pub(super) mod known_options;
mod likeliest_cause;
pub(super) mod line_complete;
mod minimum;
pub(super) mod other_described;
pub(super) mod other_share;
pub(super) mod out_of_hospital_minimum;
pub(super) mod scheme_id;
pub(super) mod scheme_type;
pub(super) mod scheme_type_summary;
mod sides;
pub(super) mod source_has_income;
pub(super) mod thin_headroom;
mod what_if;

pub use sides::income_and_expenditure;

use std::collections::BTreeSet;

use crate::plan::{Line, Plan};
use crate::rule::Outcome;
use crate::rules::words::{listed, some_of};
use crate::template::{Field, SourceOfFunding, SourceRole};
use crate::workbook::CellRef;

/// What to do about income that the template comes with: the area may not change it.
pub(super) const ASK_NATIONALLY: &str =
    "If the pre-filled income looks wrong, ask the national team and do not change it.";

/// Whether the income of a source is fixed nationally, and pre-filled.
fn is_pre_filled(source: &SourceOfFunding) -> bool {
    match source.role {
        SourceRole::NhsMinimum | SourceRole::Mandatory => true,
        SourceRole::Additional => false,
    }
}

/// Checks the lines. Where there is none a rule does not apply, and where a column that it reads was not
/// found it waits.
fn on_lines<'p>(plan: &'p Plan, needs: &[Field], check: impl FnOnce(&'p [Line]) -> Outcome) -> Outcome {
    match plan.lines(needs) {
        Err(waits) => Outcome::of(Vec::new(), waits),
        Ok([]) => Outcome::does_not_apply("the expenditure table has no lines"),
        Ok(lines) => check(lines),
    }
}

/// "N53 and N58 on sheet 5a. Expenditure": cells of one sheet, of which no more than three are named.
fn places(plan: &Plan, cells: &[CellRef]) -> String {
    let names: Vec<String> = cells.iter().map(CellRef::to_string).collect();
    let sheet = cells.first().map_or("", |it| plan.sheet_name(*it));
    format!("{} on sheet {sheet}", some_of(&names))
}

/// What these lines are called, each name once.
fn labels<'p>(lines: impl Iterator<Item = &'p Line>) -> Vec<String> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    lines.map(Line::label).filter(|it| seen.insert(it.clone())).collect()
}
