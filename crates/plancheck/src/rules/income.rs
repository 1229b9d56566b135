//! Rules on the contributions to the pool.

pub(super) mod additional_answers_agree;
pub(super) mod additional_explained;
pub(super) mod allocations_unchanged;
mod carried_over;
pub(super) mod district_split_adds_up;
pub(super) mod pooled_budget_adds_up;
pub(super) mod subtotals_add_up;
pub(super) mod whole_pounds;
