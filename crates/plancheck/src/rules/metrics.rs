//! Rules on the ambitions.

pub(super) mod rates_recompute;
