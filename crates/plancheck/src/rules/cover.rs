//! Rules on the cover.

pub(super) mod board_named;
pub(super) mod contacts_complete;
pub(super) mod contacts_well_formed;
pub(super) mod signatories_distinct;
pub(super) mod signatory_named;
pub(super) mod signed_off_or_dated;
