//! Rules on demand, capacity and spend on intermediate care.

pub(super) mod assumptions_given;
pub(super) mod capacity_meets_demand;
pub(super) mod capacity_not_copied;
pub(super) mod filled;
pub(super) mod spend_nested;
pub(super) mod totals_are_sums;
pub(super) mod trusts_named;

use rust_decimal::Decimal;

use super::words::{capital, listed};
use crate::money;
use crate::rule::Outcome;
use crate::template::Section;

pub use capacity_meets_demand::demand_and_capacity;

/// The sheets with figures month by month.
const MONTHLY: &[Section] = &[
    Section::DischargeDemand,
    Section::CommunityDemand,
    Section::DischargeCapacity,
    Section::CommunityCapacity,
];

/// How every rule ends on a template that does not ask for demand and capacity.
fn not_asked() -> Outcome {
    Outcome::does_not_apply("the template does not ask for demand and capacity")
}

/// A number of people, with its decimal places where it has any.
fn people(figure: Decimal) -> String {
    money::show_number(figure, figure.normalize().scale())
}
