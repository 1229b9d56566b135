//! Rules on the cover.

pub(super) mod board_named;
pub(super) mod signed_off_or_dated;
