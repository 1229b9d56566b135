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

use crate::plan::{Line, Plan};
use crate::rule::Outcome;
use crate::rules::words::{listed, some_of};
use crate::template::Field;

/// Checks the lines. Where there is none a rule does not apply, and where a column that it reads was not
/// found it waits.
fn on_lines<'p>(plan: &'p Plan, needs: &[Field], check: impl FnOnce(&'p [Line]) -> Outcome) -> Outcome {
    match plan.lines(needs) {
        Err(waits) => Outcome::of(Vec::new(), waits),
        Ok([]) => Outcome::does_not_apply("the expenditure table has no lines"),
        Ok(lines) => check(lines),
    }
}

/// What these lines are called, each name once.
fn labels<'p>(lines: impl Iterator<Item = &'p Line>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for line in lines {
        let label = line.label();
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
