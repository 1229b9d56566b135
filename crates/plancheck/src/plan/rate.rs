//! The values of a metric, period by period: which of them are this round's plan, and what each comes to.

use rust_decimal::Decimal;

use super::leaf::{Figure, Located};
use super::totals::Sum;
use super::{Given, Period, PeriodKind, Rate};
use crate::rule::Wait;
use crate::template::{Measure, MetricSpec, Template};

/// The heading over what an area says of how its ambition was set.
pub(crate) const RATIONALE: &[&str] = &["Rationale for how ambition was set"];
/// The heading over what an area says of how its ambition will be met.
pub(crate) const LOCAL_PLAN: &[&str] = &["Local plan to meet ambition"];

impl Period {
    /// Whether this is the plan of that year: the template shows last year's plan, too.
    pub fn is_plan_of(&self, year: &str) -> bool {
        self.kind == PeriodKind::Plan && self.year == year
    }

    /// "2022-23 Q1", or "2022-23" where the value is for the whole year.
    pub fn name(&self) -> String {
        match self.quarter {
            Some(quarter) => format!("{} Q{quarter}", self.year),
            None => self.year.clone(),
        }
    }

    /// "2022-23 Q1 Plan", however its heading writes it.
    pub fn title(&self) -> String {
        let kind = match self.kind {
            PeriodKind::Actual => "Actual",
            PeriodKind::Estimated => "estimated",
            PeriodKind::Plan => "Plan",
        };
        format!("{} {kind}", self.name())
    }
}

impl Rate {
    /// The rule that reports a blank among its figures, if any does: only this round's plan must be filled.
    pub fn blank_stands_under(&self, template: &Template) -> Option<&'static str> {
        self.period.is_plan_of(template.year).then_some("MT01")
    }

    /// The figures it is entered as, each with its name.
    pub fn figures(&self) -> Vec<(&'static str, &Located<Figure>)> {
        match &self.given {
            Given::Value(value) => vec![("value", value)],
            Given::Parts { numerator, denominator } => {
                vec![("numerator", numerator), ("denominator", denominator)]
            }
        }
    }

    /// The value: as entered, or numerator over denominator, as the metric measures it.
    ///
    /// `blank` is the rule that reports a blank here, if any does.
    ///
    /// # Errors
    /// What it must wait on: a figure that is blank or unreadable, or a denominator of nought.
    pub fn expected(&self, metric: &MetricSpec, blank: Option<&'static str>) -> Sum {
        let (numerator, denominator) = match &self.given {
            Given::Value(value) => return value.need(blank).map_err(|it| vec![it]),
            Given::Parts { numerator, denominator } => (numerator, denominator),
        };
        let (over, under) = match (numerator.need(blank), denominator.need(blank)) {
            (Ok(over), Ok(under)) => (over, under),
            (over, under) => return Err([over, under].into_iter().filter_map(Result::err).collect()),
        };
        let scale = match metric.measure {
            Measure::Percentage | Measure::Entered => Decimal::ONE,
            Measure::Per100k => Decimal::from(100_000),
        };
        over.saturating_mul(scale).checked_div(under).ok_or_else(|| {
            vec![Wait {
                on: None,
                cell: Some(denominator.cell),
                why: format!("{} (the denominator) is 0", denominator.cell),
                missing_value: false,
            }]
        })
    }
}
