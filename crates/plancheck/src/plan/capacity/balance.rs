//! Capacity set against demand: each pathway and each service, month by month.

use rust_decimal::Decimal;

use super::{CapacityDemand, Months, ServiceRow, TrustRow};
use crate::finding::Term;
use crate::money;
use crate::plan::{Computed, Figure, Plan, Sum, Total};
use crate::rule::Wait;
use crate::template::Month;
use crate::workbook::CellRef;

/// A pathway or a service, with its demand and its capacity in each month.
#[derive(Debug)]
pub struct Matched {
    /// A short, stable name: "p0".
    pub id: &'static str,
    /// Its name in a sentence: "pathway 0".
    pub what: &'static str,
    /// The months in order, each with demand and capacity.
    pub months: Vec<(Month, Part, Part)>,
}

/// One side in one month.
#[derive(Debug)]
pub struct Part {
    /// People, or what it must wait on.
    pub people: Sum,
    /// What they are the sum of.
    pub terms: Vec<Term>,
    /// The cells they stand in.
    pub cells: Vec<CellRef>,
}

impl Part {
    /// The sum of figures, each under its name.
    fn of(figures: impl IntoIterator<Item = (String, Result<Decimal, Wait>, Option<CellRef>)>) -> Self {
        let (mut terms, mut waits) = (Vec::new(), Vec::new());
        for (label, figure, cell) in figures {
            match figure {
                Ok(amount) => terms.push(Term { label, amount, cell }),
                Err(wait) => waits.push(wait),
            }
        }
        let people =
            if waits.is_empty() { Ok(money::sum(terms.iter().map(|it| it.amount))) } else { Err(waits) };
        Part { people, cells: terms.iter().filter_map(|it| it.cell).collect(), terms }
    }

    /// Must wait on this.
    fn waiting(waits: Vec<Wait>) -> Self {
        Part { people: Err(waits), terms: Vec::new(), cells: Vec::new() }
    }
}

/// The figure of a month under its name, as a part of a sum.
fn named(
    name: impl Into<String>,
    months: &Months,
    month: usize,
) -> (String, Result<Decimal, Wait>, Option<CellRef>) {
    match months.of(month) {
        Ok(figure) => (name.into(), figure.need(Some("CD01")), Some(figure.cell)),
        Err(wait) => (name.into(), Err(wait), None),
    }
}

impl Plan {
    /// Every pathway and every service with its demand and its capacity.
    pub fn matched(&self) -> Vec<Matched> {
        let Some(capacity) = &self.capacity else { return Vec::new() };
        let rows = |rows: &[ServiceRow], of: usize, month: usize| {
            Part::of(rows.iter().filter(|it| it.of == of).map(|it| named(it.name, &it.months, month)))
        };
        let pathways = capacity.spec.pathways.iter().enumerate().map(|(idx, spec)| Matched {
            id: spec.id,
            what: spec.name,
            months: capacity
                .months()
                .map(|(at, month)| {
                    let demand = self.discharges(capacity, idx, at);
                    (month, demand, rows(&capacity.discharge_capacity, idx, at))
                })
                .collect(),
        });
        let services = capacity.spec.services.iter().enumerate().map(|(idx, spec)| Matched {
            id: spec.id,
            what: spec.name,
            months: capacity
                .months()
                .map(|(at, month)| {
                    let demand = rows(&capacity.community_demand, idx, at);
                    (month, demand, rows(&capacity.community_capacity, idx, at))
                })
                .collect(),
        });
        pathways.chain(services).collect()
    }

    /// The demand of a pathway in a month: what the summary says where that is typed, because it may hold
    /// discharges of trusts that are not listed; else the sum over the trusts.
    fn discharges(&self, capacity: &CapacityDemand, pathway: usize, month: usize) -> Part {
        if let Some(typed) = self.typed_discharges(pathway, month) {
            let cell = typed.figure.cell;
            let figure = typed.figure.need(None).map_err(|wait| {
                // A typed text is reported as such, and as no input.
                let on =
                    if matches!(typed.figure.peek(), Figure::NotANumber(_)) { Some("WB05") } else { wait.on };
                Wait { on, ..wait }
            });
            return Part::of([("Totals Summary".to_owned(), figure, Some(cell))]);
        }
        // Where the summary was not found, nobody knows whether it was typed.
        let unfound = self.unfound_discharges(pathway, month);
        if !unfound.is_empty() {
            return Part::waiting(unfound);
        }
        if let Some(wait) = self.no_discharges(capacity).or_else(|| self.no_discharges_on(capacity, pathway))
        {
            return Part::waiting(vec![wait]);
        }
        match self.totals().expected(Total::Discharges(pathway, month)) {
            Err(waits) => Part::waiting(waits),
            Ok(_) => {
                Part::of(capacity.trusts_on(pathway).map(|row| named(row.trust_name(), &row.months, month)))
            }
        }
    }

    /// The cell of the summary for a pathway and a month, where a figure is typed over its formula.
    pub fn typed_discharges(&self, pathway: usize, month: usize) -> Option<&Computed> {
        self.computed.iter().find(|it| {
            matches!(it.total, Total::Discharges(p, m) if (p, m) == (pathway, month))
                && !it.formula
                && !it.figure.get().is_blank()
        })
    }

    /// The waits for a cell of the summary that should be there and was not found.
    fn unfound_discharges(&self, pathway: usize, month: usize) -> Vec<Wait> {
        self.unfound(|it| matches!(it.total, Some(Total::Discharges(p, m)) if (p, m) == (pathway, month)))
    }

    /// Whether the summary may say what demand there is on a pathway: each month of it is typed, or was not
    /// found.
    fn summary_may_say(&self, capacity: &CapacityDemand, pathway: usize) -> bool {
        capacity.months().all(|(month, _)| {
            self.typed_discharges(pathway, month).is_some()
                || !self.unfound_discharges(pathway, month).is_empty()
        })
    }

    /// What rules that need the demand on one pathway must wait on, where other pathways are filled and no
    /// row of this one is in use: a demand that nobody entered is not a demand of nought.
    pub fn no_discharges_on(&self, capacity: &CapacityDemand, pathway: usize) -> Option<Wait> {
        let spec = capacity.spec.pathways.get(pathway)?;
        let mut in_use = capacity.trusts.as_ref().ok()?.iter().filter(|it| it.in_use()).peekable();
        in_use.peek()?;
        // A row whose pathway is not known may be of this one.
        if in_use.any(|it| it.pathway.peek().known().is_none_or(|it| *it == pathway)) {
            return None;
        }
        Some(Wait {
            on: if self.summary_may_say(capacity, pathway) { None } else { Some("CD01") },
            cell: None,
            why: format!("no trust has discharges on {}", spec.name),
            missing_value: false,
        })
    }

    /// What rules that need the demand from hospital discharge must wait on, where no row of it is in use.
    /// Nobody reports that where all of the summary is typed instead, or may be.
    pub fn no_discharges(&self, capacity: &CapacityDemand) -> Option<Wait> {
        let rows = capacity.trusts.as_ref().ok()?;
        if rows.iter().any(TrustRow::in_use) {
            return None;
        }
        let said = (0..capacity.spec.pathways.len()).all(|it| self.summary_may_say(capacity, it));
        Some(Wait {
            on: if said { None } else { Some("CD01") },
            cell: None,
            why: "no trust is chosen and no discharge is entered".to_owned(),
            missing_value: false,
        })
    }
}

impl CapacityDemand {
    /// The rows in use that are on a pathway.
    pub fn trusts_on(&self, pathway: usize) -> impl Iterator<Item = &TrustRow> {
        self.trusts_in_use().filter(move |it| it.pathway.get().known() == Some(&pathway))
    }
}
