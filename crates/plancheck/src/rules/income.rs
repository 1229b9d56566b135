//! Rules on the contributions to the pool.

pub(super) mod pooled_budget_adds_up;
pub(super) mod subtotals_add_up;
