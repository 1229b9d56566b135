//! Rules on demand, capacity and spend on intermediate care.

pub(super) mod assumptions_given;
pub(super) mod capacity_meets_demand;
pub(super) mod capacity_not_copied;
pub(super) mod filled;
pub(super) mod spend_nested;
pub(super) mod totals_are_sums;
pub(super) mod trusts_named;

use rust_decimal::Decimal;

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

/// "October 2022", "October and November 2022", "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The same text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
