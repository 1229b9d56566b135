//! Rules on the scheme lines.

pub(super) mod adult_social_care_minimum;
pub(super) mod amounts;
pub(super) mod funding_balance;
pub(super) mod line_complete;
mod minimum;
pub(super) mod out_of_hospital_minimum;
pub(super) mod scheme_type;

pub use funding_balance::income_and_expenditure;
