//! Demand, capacity and spend on intermediate care, as a capacity and demand workbook gives them.

mod balance;
mod same;

use super::leaf::{Choice, Figure, Located, Text};
use super::{Sought, is_a_name};
use crate::rule::Wait;
use crate::template::{CapacitySpec, Month, Section, label};

pub use balance::{Matched, Part};
pub(crate) use same::Trusts;
pub use same::same_trust;

/// What the area expects to be asked for, what it will have, and what it spends.
#[derive(Debug)]
pub struct CapacityDemand {
    /// What the template says of it.
    pub spec: &'static CapacitySpec,
    /// The demand from hospital discharge, a row for each trust and pathway, in use or not.
    pub trusts: Sought<Vec<TrustRow>>,
    /// The demand from the community, a row a service.
    pub community_demand: Vec<ServiceRow>,
    /// The capacity for hospital discharge: the rows that serve each pathway.
    pub discharge_capacity: Vec<ServiceRow>,
    /// The capacity for the community, a row a service.
    pub community_capacity: Vec<ServiceRow>,
    /// All that is spent on intermediate care, in pounds.
    pub overall_spend: Sought<Located<Figure>>,
    /// What of it is paid from the Better Care Fund, in pounds.
    pub related_spend: Sought<Located<Figure>>,
    /// The boxes of assumptions.
    pub assumptions: Vec<Assumptions>,
}

/// The figures of one row, one for each month of the template.
#[derive(Debug)]
pub struct Months(pub Vec<Sought<Located<Figure>>>);

/// The discharges that one trust expects on one pathway.
#[derive(Debug)]
pub struct TrustRow {
    /// The trust, or the template's prompt. Where one cell names the trust of several rows, it is that one.
    pub trust: Located<Text>,
    /// The pathway, by its place in the template's list. Where one cell names that of several rows, it is
    /// that one.
    pub pathway: Located<Choice<usize>>,
    /// People.
    pub months: Months,
}

/// A row that the template prints, for one service.
#[derive(Debug)]
pub struct ServiceRow {
    /// As the template prints it.
    pub name: &'static str,
    /// The part of the template it stands on.
    pub section: Section,
    /// The pathway or the service it belongs to, by its place in the template's list.
    pub of: usize,
    /// People.
    pub months: Months,
}

/// A box of assumptions.
#[derive(Debug)]
pub struct Assumptions {
    /// The part of the template it stands on.
    pub section: Section,
    /// What the area wrote.
    pub text: Sought<Located<Text>>,
}

impl Months {
    /// The figure of a month, by its place in the template's list, or what a rule that needs it must wait on.
    ///
    /// # Errors
    /// The wait for a row or a month that was not found.
    pub fn of(&self, month: usize) -> Result<&Located<Figure>, Wait> {
        match self.0.get(month) {
            Some(Ok(figure)) => Ok(figure),
            Some(Err(absent)) => Err(absent.wait()),
            None => Err(Wait {
                on: None,
                cell: None,
                why: "the template has no such month".to_owned(),
                missing_value: false,
            }),
        }
    }

    /// The figures that were found.
    pub fn found(&self) -> impl Iterator<Item = &Located<Figure>> {
        self.0.iter().flatten()
    }

    /// Whether any month holds something, be it a text.
    pub fn hold_something(&self) -> bool {
        self.found().any(|it| !it.get().is_blank())
    }
}

impl TrustRow {
    /// The trust that was chosen; `None` where there is the prompt or nothing.
    pub fn named(&self) -> Option<&str> {
        self.trust.get().text().filter(|it| is_a_name(it))
    }

    /// Whether the row is in use: a trust is chosen, or a month holds something.
    pub fn in_use(&self) -> bool {
        self.named().is_some() || self.months.hold_something()
    }

    /// "pathway 1 of Southport …": what the row is in a sentence.
    pub fn label(&self, spec: &CapacitySpec) -> String {
        format!("{} of {}", self.pathway_name(spec), self.trust_name())
    }

    /// "pathway 1".
    pub fn pathway_name(&self, spec: &CapacitySpec) -> &'static str {
        let known = self.pathway.peek().known().and_then(|it| spec.pathways.get(*it));
        known.map_or("an unnamed pathway", |it| it.name)
    }

    fn trust_name(&self) -> String {
        match self.trust.peek().text().filter(|it| is_a_name(it)) {
            Some(name) => super::shortened(name),
            None => "no trust".to_owned(),
        }
    }
}

impl CapacityDemand {
    /// The rows of the demand from hospital discharge that are in use.
    pub fn trusts_in_use(&self) -> impl Iterator<Item = &TrustRow> {
        self.trusts.iter().flatten().filter(|it| it.in_use())
    }

    /// The rows that the template prints, which are always in use.
    pub fn service_rows(&self) -> impl Iterator<Item = &ServiceRow> {
        self.community_demand.iter().chain(&self.discharge_capacity).chain(&self.community_capacity)
    }

    /// Whether any figure was typed in. Nothing is judged by it.
    pub fn holds_something(&self) -> bool {
        let trusts = self.trusts.iter().flatten().map(|it| &it.months);
        let rows = trusts.chain(self.service_rows().map(|it| &it.months)).flat_map(Months::found);
        let spend = [&self.overall_spend, &self.related_spend].into_iter().flatten();
        rows.chain(spend).any(|it| !it.peek().is_blank())
    }

    /// The months of the template, each with its place in the list.
    pub fn months(&self) -> impl Iterator<Item = (usize, Month)> + use<> {
        self.spec.months.iter().copied().enumerate()
    }

    /// Whether a trust is the one under which small trusts are put together.
    pub fn is_other(&self, trust: &str) -> bool {
        let key = label::option_key(trust);
        let words: Vec<&str> =
            key.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let other = self.spec.discharges.other;
        let is = |it: &str| it.strip_prefix(other).is_some_and(|it| matches!(it, "" | "s"));
        match words.as_slice() {
            ["all" | "any", second, ..] => is(second),
            [first, ..] => is(first),
            [] => false,
        }
    }
}
