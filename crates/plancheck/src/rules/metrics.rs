//! Rules on the ambitions.

pub(super) mod narrative_given;
pub(super) mod plan_complete;
pub(super) mod plausible_change;
pub(super) mod possible_values;
pub(super) mod rates_recompute;
pub(super) mod stretching;
