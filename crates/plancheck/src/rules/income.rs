//! Rules on the contributions to the pool.

pub(super) mod additional_answers_agree;
pub(super) mod additional_explained;
pub(super) mod allocations_unchanged;
mod carried_over;
pub(super) mod district_split_adds_up;
pub(super) mod pooled_budget_adds_up;
pub(super) mod subtotals_add_up;
pub(super) mod whole_pounds;

use crate::finding::Term;
use crate::plan::{Plan, Total};
use crate::template::{Section, SourceOfFunding};

/// The streams that are wanted as the parts of a sum, each with the cell that holds it: its one amount, or the
/// total of several.
fn stream_terms(plan: &Plan, wanted: impl Fn(&SourceOfFunding) -> bool) -> Vec<Term> {
    let streams = plan.streams.iter().enumerate().filter(|it| wanted(it.1.source));
    let terms = streams.filter_map(|(idx, stream)| {
        let mut amounts = stream.rows.iter().flatten().filter(|it| it.amount.peek().value().is_some());
        let is_total = |it: &&crate::plan::Computed| {
            it.section == Section::Income && matches!(it.total, Total::Income(source) if source == idx)
        };
        let cell = match (amounts.next(), amounts.next()) {
            (Some(only), None) => Some(only.amount.cell),
            _ => plan.computed.iter().find(is_total).map(|it| it.figure.cell),
        };
        let amount = plan.totals().income(idx).ok()?;
        Some(Term { label: stream.source.name.to_owned(), amount, cell })
    });
    terms.collect()
}
