//! The metrics sheet: blocks of values, each under a row of periods.

use super::view::View;
use super::{Found, Views};
use crate::plan::leaf::{Located, Text};
use crate::plan::{
    Absent, Given, LOCAL_PLAN, Metric, Period, PeriodKind, RATIONALE, Rate, Shown, Sought, Total,
};
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
            values(&view, spec, row, (start, end), metric_idx, &mut rates, found);
        }
        if rates.is_empty() && spec.measure != Measure::Entered {
            found.lack(Section::Metrics, None, view.no_label(&[spec.value]));
        }
        let narrative = |labels: &[&str], what: &str| narrative(&view, spec, (start, end), labels, what);
        metrics.push(Metric {
            spec,
            rates,
            rationale: narrative(RATIONALE, "the rationale"),
            local_plan: narrative(LOCAL_PLAN, "the local plan"),
        });
    }
    metrics
}

/// Reads one row of values, where this row is one.
fn values(
    view: &View<'_>,
    spec: &'static MetricSpec,
    row: u32,
    (start, end): (u32, u32),
    metric_idx: usize,
    rates: &mut Vec<Rate>,
    found: &mut Found,
) {
    let Some((place, _)) = view.texts_in_row(row).find(|(at, _)| view.is_label(*at, &[spec.value])) else {
        return;
    };
    for (period, col) in periods(view, (start, row), place.1) {
        let Some(read) = read_period(period) else { continue };
        if spec.measure == Measure::Entered {
            let value = view.figure((row, col), || format!("{} {}, {period}", spec.number, spec.name));
            rates.push(Rate { period: read, given: Given::Value(value) });
            continue;
        }
        // Up to the next row of values, which has parts of its own.
        let part = |name: &str| {
            (row + 1..end.min(row + FAR))
                .take_while(|it| !view.is_label((*it, place.1), &[spec.value]))
                .find(|it| view.is_label((*it, place.1), &[name]))
                .unwrap_or(row)
        };
        let (numerator, denominator) = (part("Numerator"), part("Denominator"));
        if numerator == row || denominator == row {
            let label = if numerator == row { "Numerator" } else { "Denominator" };
            let why = view.no_label(&[label]).wait().why;
            return found.lack(
                Section::Metrics,
                None,
                Absent::Label(format!("{why}, under {} {period}", spec.number)),
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
            period: read,
            given: Given::Parts {
                numerator: figure(numerator, "numerator"),
                denominator: figure(denominator, "denominator"),
            },
        });
    }
}

/// How many rows apart what belongs together may stand: rows may have been pushed in between.
const FAR: u32 = 50;

/// The periods above a row of values, in its metric's block: the nearest row that names years to the right of the
/// label.
fn periods<'a>(view: &View<'a>, (start, row): (u32, u32), label_col: u32) -> Vec<(&'a str, u32)> {
    (start.max(row.saturating_sub(FAR))..row)
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
    read_period(text).is_some()
}

/// The period that a heading names.
fn read_period(text: &str) -> Option<Period> {
    let key = label::key(text);
    if key.len() > 24 || !key.starts_with("20") {
        return None;
    }
    let has = |start: &str| key.split(' ').any(|word| word.starts_with(start));
    let kind = if has("actual") {
        PeriodKind::Actual
    } else if has("estimat") {
        PeriodKind::Estimated
    } else if has("plan") {
        PeriodKind::Plan
    } else {
        return None;
    };
    let quarter = key.split(' ').find_map(|word| match word.strip_prefix('q')?.parse() {
        Ok(it @ 1..=4_u8) => Some(it),
        Ok(_) | Err(_) => None,
    });
    Some(Period { text: text.to_owned(), year: label::year_in(&key)?, quarter, kind })
}

/// What the area says of its ambition: the first text under the heading, inside the metric's block.
fn narrative(
    view: &View<'_>,
    spec: &MetricSpec,
    (start, end): (u32, u32),
    labels: &[&str],
    what: &str,
) -> Sought<Located<Text>> {
    let heading = view.labels.below(start, labels).filter(|it| it.0 < end);
    let heading = heading.ok_or_else(|| {
        let why = view.no_label(labels).wait().why;
        Absent::Label(format!("{why}, under {}", spec.number))
    })?;
    let filled = (heading.0 + 1..end).find(|row| view.sheet.at(*row, heading.1).is_some());
    let row = filled.unwrap_or(heading.0 + 1);
    Ok(view.text((row, heading.1), || format!("{what} of {} {}", spec.number, spec.name)))
}

/// How a rate of this measure is shown.
pub(super) fn shown(measure: Measure) -> Shown {
    match measure {
        Measure::Percentage => Shown::Percent,
        Measure::Per100k | Measure::Entered => Shown::Number(1),
    }
}
