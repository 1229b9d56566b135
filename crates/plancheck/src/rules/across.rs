//! Rules on the workbooks of one board and year, given together.

pub(super) mod capacity_and_demand_filled;
pub(super) mod one_of_each;
pub(super) mod spend_within_pool;

use crate::across::{Member, Together};
use crate::rule::{Outcome, Wait};

/// What a rule ends in that needs one workbook of each kind and has not got them.
fn without_a_pair(together: &Together<'_>) -> Outcome {
    let wait = Wait {
        on: Some("XD01"),
        cell: None,
        why: format!("of the {} workbooks given there is not one of each kind", together.members.len()),
        missing_value: false,
    };
    Outcome::of(Vec::new(), vec![wait])
}

/// The same waits, in the words of a reader who has several files before them.
fn waits_in(member: &Member<'_>, waits: Vec<Wait>) -> Vec<Wait> {
    waits
        .into_iter()
        .map(|it| Wait {
            on: it.on,
            cell: it.cell.map(|cell| member.cell(cell)),
            why: format!("in {}, {}", member.file, it.clause(&member.plan.sheets)),
            missing_value: it.missing_value,
        })
        .collect()
}
