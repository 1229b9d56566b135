//! What a template that asks for demand and capacity says of them.

use super::{Month, Section, label};

/// Demand, capacity and spend on intermediate care.
#[derive(Debug)]
pub struct CapacitySpec {
    /// The months that the template asks for, in order.
    pub months: &'static [Month],
    /// The pathways by which people leave hospital, with the rows of capacity that serve each.
    pub pathways: &'static [PathwaySpec],
    /// The services for people in the community.
    pub services: &'static [ServiceSpec],
    /// The headings of the demand from hospital discharge.
    pub discharges: DischargesSpec,
    /// The heading of the column of services, on the sheets that have a row a service.
    pub service: &'static [&'static str],
    /// The label of the box of assumptions.
    pub assumptions: &'static [&'static str],
    /// The sheets that have such a box.
    pub assumptions_on: &'static [Section],
    /// The labels of the spend.
    pub spend: SpendSpec,
}

/// A pathway by which people leave hospital.
#[derive(Debug)]
pub struct PathwaySpec {
    /// A short, stable name: "p0".
    pub id: &'static str,
    /// Its name in a sentence: "pathway 0".
    pub name: &'static str,
    /// As the template prints it.
    pub labels: &'static [&'static str],
    /// How every label of it begins.
    pub begins: &'static str,
    /// The rows of capacity that serve it.
    pub capacity: &'static [&'static [&'static str]],
}

/// A service for people in the community.
#[derive(Debug)]
pub struct ServiceSpec {
    /// A short, stable name: "ucr".
    pub id: &'static str,
    /// Its name in a sentence.
    pub name: &'static str,
    /// The label of its row of demand.
    pub demand: &'static [&'static str],
    /// The label of its row of capacity.
    pub capacity: &'static [&'static str],
}

/// The headings of the demand from hospital discharge: a summary by pathway, and a row for each trust and
/// pathway.
#[derive(Debug)]
pub struct DischargesSpec {
    /// The corner of the summary.
    pub summary: &'static [&'static str],
    /// The column of trusts.
    pub trust: &'static [&'static str],
    /// The column of pathways.
    pub pathway: &'static [&'static str],
    /// How the name begins under which small trusts are put together.
    pub other: &'static str,
}

/// The labels of the spend on intermediate care.
#[derive(Debug)]
pub struct SpendSpec {
    /// The heading of the column of amounts.
    pub year: &'static [&'static str],
    /// All of it.
    pub overall: &'static [&'static str],
    /// The part that is paid from the Better Care Fund.
    pub related: &'static [&'static str],
}

impl CapacitySpec {
    /// The pathway that a text names, by its place in the list.
    pub fn pathway(&self, text: &str) -> Option<usize> {
        let key = label::key(text);
        self.pathways.iter().position(|it| {
            key.starts_with(it.begins) || it.labels.iter().any(|label| label::key(label) == key)
        })
    }
}
