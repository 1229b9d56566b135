//! Rules on the scheme lines.

pub(super) mod adult_social_care_minimum;
pub(super) mod amounts;
pub(super) mod funding_balance;
pub(super) mod known_options;
mod likeliest_cause;
pub(super) mod line_complete;
mod minimum;
pub(super) mod out_of_hospital_minimum;
pub(super) mod scheme_type;
mod sides;
pub(super) mod thin_headroom;
mod what_if;

pub use sides::income_and_expenditure;
