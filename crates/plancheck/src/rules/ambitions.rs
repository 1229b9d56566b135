//! What the rules on ambitions have in common: this round's planned values, and the earlier values that
//! they are compared with.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Metric, PeriodKind, Plan, Rate, Total};
use crate::rule::Wait;
use crate::template::{Better, Measure, Section};
use crate::workbook::CellRef;

/// The metrics that were found, and a wait for each that was not.
pub(super) fn metrics(plan: &Plan) -> (Vec<(usize, &Metric)>, Vec<Wait>) {
    (plan.metrics.iter().enumerate().collect(), plan.lost_metrics())
}

/// This round's planned values of a metric by their place among its values, and a wait for each that
/// was not found.
pub(super) fn planned<'p>(plan: &Plan, metric: &'p Metric) -> (Vec<(usize, &'p Rate)>, Vec<Wait>) {
    let year = plan.template.year;
    let rates: Vec<(usize, &Rate)> =
        metric.rates.iter().enumerate().filter(|(_, it)| it.period.is_plan_of(year)).collect();
    (rates, plan.lost_plans(metric))
}

fn wait(why: String) -> Wait {
    Wait { on: None, cell: None, why, missing_value: false }
}

/// "8.3 discharge to usual place of residence".
pub(super) fn name(metric: &Metric) -> String {
    format!("{} {}", metric.spec.number, metric.spec.name)
}

/// A planned value, and the earlier one that it is compared with.
pub(super) struct Compared<'p> {
    metric: &'p Metric,
    planned: &'p Rate,
    earlier: &'p Rate,
    /// The cell in which the template shows the planned value, where it computes it.
    shown_in: Option<CellRef>,
    /// The planned value.
    pub(super) to: Decimal,
    /// The earlier value.
    pub(super) from: Decimal,
}

/// Every planned value beside the earlier one, and what could not be compared.
pub(super) fn compared(plan: &Plan) -> (Vec<Compared<'_>>, Vec<Wait>) {
    let (metrics, mut waits) = metrics(plan);
    let mut compared = Vec::new();
    for (metric_idx, metric) in metrics {
        let (rates, missing) = planned(plan, metric);
        waits.extend(missing);
        for (rate_idx, planned) in rates {
            let Some(earlier) = earlier(plan, metric, planned) else {
                waits.push(wait(format!(
                    "no earlier value to compare {} with was found under {}",
                    planned.period.name(),
                    metric.spec.number
                )));
                continue;
            };
            let value = |rate: &Rate| rate.expected(metric.spec, rate.blank_stands_under(plan.template));
            match (value(planned), value(earlier)) {
                (Ok(to), Ok(from)) => compared.push(Compared {
                    metric,
                    planned,
                    earlier,
                    shown_in: shown_in(plan, metric_idx, rate_idx),
                    to,
                    from,
                }),
                (to, from) => waits.extend([to, from].into_iter().filter_map(Result::err).flatten()),
            }
        }
    }
    (compared, waits)
}

/// The value that a plan is compared with: the same quarter a year before, or the latest estimate for a
/// year, or the latest year that has happened where there is no estimate.
fn earlier<'p>(plan: &Plan, metric: &'p Metric, planned: &Rate) -> Option<&'p Rate> {
    let year = plan.template.year;
    let of = |kind: PeriodKind| {
        metric
            .rates
            .iter()
            .filter(move |it| it.period.kind == kind && it.period.quarter == planned.period.quarter)
    };
    if planned.period.quarter.is_some() {
        let before = year_before(year)?;
        return of(PeriodKind::Actual).chain(of(PeriodKind::Estimated)).find(|it| it.period.year == before);
    }
    let latest = |kind| of(kind).filter(|it| it.period.year.as_str() < year).max_by_key(|it| &it.period.year);
    latest(PeriodKind::Estimated).or_else(|| latest(PeriodKind::Actual))
}

/// "2021-22" of "2022-23".
fn year_before(year: &str) -> Option<String> {
    let first: u32 = year.get(..4)?.parse().ok()?;
    Some(format!("{}-{:02}", first.checked_sub(1)?, first % 100))
}

/// The cell in which the template shows a value that it computes.
fn shown_in(plan: &Plan, metric: usize, rate: usize) -> Option<CellRef> {
    plan.computed
        .iter()
        .filter(|it| it.section == Section::Metrics)
        .find(|it| matches!(it.total, Total::Rate(m, r) if m == metric && r == rate))
        .map(|it| it.figure.cell)
}

impl Compared<'_> {
    /// Whether the plan is better than the earlier value.
    pub(super) fn is_better(&self) -> bool {
        match self.metric.spec.better {
            Better::Lower => self.to < self.from,
            Better::Higher => self.to > self.from,
        }
    }

    /// Whether nothing could be better: none of what should be rare, or all of what should be the rule.
    pub(super) fn is_best(&self) -> bool {
        match (self.metric.spec.better, self.metric.spec.measure) {
            (Better::Lower, _) => self.to.is_zero(),
            (Better::Higher, Measure::Percentage) => self.to == Decimal::ONE,
            (Better::Higher, Measure::Entered | Measure::Per100k) => false,
        }
    }

    /// "8.4 residential admissions, 2022-23": what a message calls it, and the fingerprint.
    pub(super) fn name(&self) -> String {
        format!("{}, {}", name(self.metric), self.planned.period.name())
    }

    /// "lower" or "higher": which way is better.
    pub(super) fn better(&self) -> &'static str {
        match self.metric.spec.better {
            Better::Lower => "lower",
            Better::Higher => "higher",
        }
    }

    /// "2021-22 Q3", the period of the earlier value.
    pub(super) fn before(&self) -> String {
        self.earlier.period.name()
    }

    /// The planned and the earlier value as they are shown, and the difference between those two: with as
    /// many decimal places as it takes to tell them apart.
    pub(super) fn shown(&self) -> [String; 3] {
        let percent = self.metric.spec.measure == Measure::Percentage;
        let scaled = |it: Decimal| if percent { it.saturating_mul(Decimal::ONE_HUNDRED) } else { it };
        let (to, from) = (scaled(self.to), scaled(self.from));
        let differ = |places: &u32| money::round(to, *places) != money::round(from, *places);
        let places = if to == from { 1 } else { (1..=9).find(differ).unwrap_or(9) };
        // Entered figures are shown as they were entered, but for the noise of their storing.
        let places = if self.metric.spec.measure == Measure::Entered { 9 } else { places };
        let (to, from) = (money::round(to, places), money::round(from, places));
        let print = |it: Decimal| match self.metric.spec.measure {
            Measure::Entered => money::show_number(it, it.normalize().scale()),
            Measure::Percentage => format!("{}%", money::show_number(it, places)),
            Measure::Per100k => money::show_number(it, places),
        };
        let gap = money::round((to - from).abs(), places);
        let gap = match self.metric.spec.measure {
            Measure::Percentage => format!("{} percentage points", money::show_number(gap, places)),
            Measure::Entered | Measure::Per100k => print(gap),
        };
        [print(to), print(from), gap]
    }

    /// "708.1 admissions per 100,000 is 54.1 more than the 654.0 estimated for 2021-22".
    pub(super) fn sentence(&self) -> String {
        let [to, from, gap] = self.shown();
        let than = match self.to.cmp(&self.from) {
            std::cmp::Ordering::Less => format!("{gap} less than"),
            std::cmp::Ordering::Equal => "the same as".to_owned(),
            std::cmp::Ordering::Greater => format!("{gap} more than"),
        };
        let before = match self.earlier.period.kind {
            PeriodKind::Estimated => format!("estimated for {}", self.before()),
            PeriodKind::Actual | PeriodKind::Plan => format!("of {}", self.before()),
        };
        format!("{to} {} is {than} the {from} {before}", self.metric.spec.unit)
    }

    /// Where the planned value is shown, or entered: "G27 on sheet 6. Metrics".
    pub(super) fn place(&self, plan: &Plan) -> String {
        let entered = || self.planned.figures().first().map(|it| it.1.cell);
        self.shown_in.or_else(entered).map(|it| plan.place(it)).unwrap_or_default()
    }

    /// A finding that needs judgement, with the cells of both values.
    pub(super) fn finding(&self, title: String) -> Finding {
        let mut finding = Finding::new(State::NeedsJudgement, self.name(), title);
        finding = finding.cells(self.shown_in, "rate");
        for (rate, roles) in [
            (self.planned, ["planned", "planned numerator", "planned denominator"]),
            (self.earlier, ["earlier", "earlier numerator", "earlier denominator"]),
        ] {
            let [value, numerator, denominator] = roles;
            for (name, figure) in rate.figures() {
                let role = match name {
                    "numerator" => numerator,
                    "denominator" => denominator,
                    _ => value,
                };
                finding = finding.cell(figure.cell, role);
            }
        }
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_before_is_a_financial_year() {
        assert_eq!(year_before("2022-23").as_deref(), Some("2021-22"));
        assert_eq!(year_before("2100-01").as_deref(), Some("2099-00"));
        assert_eq!(year_before("next year"), None);
    }
}
