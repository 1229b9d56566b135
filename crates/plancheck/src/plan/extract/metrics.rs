//! The metrics sheet: blocks of values, each under a row of periods.

use super::view::View;
use super::{Found, Views};
use crate::plan::{Absent, Metric, Rate, Shown, Total};
use crate::template::{Measure, MetricSpec, Section, label};

pub(super) fn read(views: &Views<'_>, found: &mut Found) -> Vec<Metric> {
    let Ok(view) = views.of(Section::Metrics) else { return Vec::new() };
    let specs = views.known.template.metrics;
    let starts: Vec<Option<u32>> =
        specs.iter().map(|it| view.labels.first(it.heading).map(|place| place.0)).collect();
    let mut metrics = Vec::new();
    for (spec, start) in specs.iter().zip(&starts) {
        let Some(start) = *start else {
            if spec.measure != Measure::Entered {
                found.lack(Section::Metrics, None, view.no_label(spec.heading));
            }
            continue;
        };
        // A metric's block ends where the next one begins, wherever that stands.
        let end = starts.iter().flatten().copied().filter(|it| *it > start).min();
        let end = end.unwrap_or(view.sheet.last_row() + 1);
        let metric_idx = metrics.len();
        let mut rates = Vec::new();
        for row in start..end {
            values(&view, spec, row, end, metric_idx, &mut rates, found);
        }
        if rates.is_empty() && spec.measure != Measure::Entered {
            found.lack(Section::Metrics, None, view.no_label(&[spec.value]));
        }
        metrics.push(Metric { spec, rates });
    }
    metrics
}

/// Reads one row of values, where this row is one.
fn values(
    view: &View<'_>,
    spec: &'static MetricSpec,
    row: u32,
    end: u32,
    metric_idx: usize,
    rates: &mut Vec<Rate>,
    found: &mut Found,
) {
    let Some((place, _)) = view.texts_in_row(row).find(|(at, _)| view.is_label(*at, &[spec.value])) else {
        return;
    };
    for (period, col) in periods(view, row, place.1) {
        if spec.measure == Measure::Entered {
            // No rule has arithmetic to do on it yet, but it is a figure like any other: it must not be text.
            view.figure((row, col), || format!("{} {}, {period}", spec.number, spec.name));
            continue;
        }
        let part = |name: &str| {
            (row + 1..end.min(row + 5)).find(|it| view.is_label((*it, place.1), &[name])).unwrap_or(row)
        };
        let (numerator, denominator) = (part("Numerator"), part("Denominator"));
        if numerator == row || denominator == row {
            let label = if numerator == row { "Numerator" } else { "Denominator" };
            let Absent(why) = view.no_label(&[label]);
            return found.lack(
                Section::Metrics,
                None,
                Absent(format!("{why}, under {} {period}", spec.number)),
            );
        }
        let figure = |row: u32, name: &str| {
            view.figure((row, col), || format!("the {name} of {} {}, {period}", spec.number, spec.name))
        };
        found.computed.push(view.computed(
            (row, col),
            Section::Metrics,
            Total::Rate(metric_idx, rates.len()),
            shown(spec.measure),
            format!("{} {}: {period}", spec.number, spec.name),
        ));
        rates.push(Rate {
            numerator: figure(numerator, "numerator"),
            denominator: figure(denominator, "denominator"),
            period: period.to_owned(),
        });
    }
}

/// The periods above a row of values: the nearest row that names years to the right of the label.
fn periods<'a>(view: &View<'a>, row: u32, label_col: u32) -> Vec<(&'a str, u32)> {
    (row.saturating_sub(4)..row)
        .rev()
        .map(|above| {
            view.texts_in_row(above)
                .filter(|(at, text)| at.1 > label_col && is_period(text))
                .map(|(at, text)| (text, at.1))
                .collect::<Vec<_>>()
        })
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}

/// Whether a heading is a period, such as "2021-22 Q1 Actual", and not a sentence that mentions one.
fn is_period(text: &str) -> bool {
    let key = label::key(text);
    let kind = ["actual", "plan", "estimat"].iter().any(|it| key.split(' ').any(|word| word.starts_with(it)));
    kind && key.len() <= 24 && key.starts_with("20") && label::year_in(&key).is_some()
}

/// How a rate of this measure is shown.
pub(super) fn shown(measure: Measure) -> Shown {
    match measure {
        Measure::Percentage => Shown::Percent,
        Measure::Per100k | Measure::Entered => Shown::Number(1),
    }
}
