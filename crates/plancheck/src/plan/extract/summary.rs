//! The summary: it enters nothing of its own, so every figure here is one the template computes.

use std::collections::BTreeMap;

use super::view::View;
use super::{Found, Views, tables};
use crate::plan::{Absent, Given, Metric, Rate, Shown, Total};
use crate::template::anchor::Place;
use crate::template::{Measure, SchemeType, Section, label, labels};

pub(super) fn read(views: &Views<'_>, metrics: &[Metric], found: &mut Found) {
    tables::balances(views, Section::Summary, found);
    let Ok(view) = views.of(Section::Summary) else { return };
    minimums(views, &view, found);
    scheme_types(views, &view, found);
    rates(views.known.template.year, &view, metrics, found);
}

/// Each minimum has a heading and, under it, what is required and what is planned.
fn minimums(views: &Views<'_>, view: &View<'_>, found: &mut Found) {
    let mut rows: Vec<(Place, Total, String)> = Vec::new();
    let labels = views.known.template.minimums.iter().map(|it| it.label);
    let others: Vec<&[&str]> = labels.chain([&["Scheme Types"][..]]).collect();
    for spec in views.known.template.minimums {
        let name = spec.label.first().copied().unwrap_or_default();
        let heading = view.labels.first(spec.label);
        let parts = [
            (labels::MINIMUM_REQUIRED, Total::Required(spec.minimum)),
            (labels::PLANNED_SPEND, Total::Planned(spec.minimum)),
        ];
        for (part, total) in parts {
            let place = heading.and_then(|heading| {
                let end = end_of_block(view, heading.0, &others, 5);
                view.labels.below(heading.0 + 1, &[part]).filter(|it| it.0 < end)
            });
            match place {
                Some(place) => rows.push((place, total, format!("{name}: {}", part.to_lowercase()))),
                None => {
                    let label = if heading.is_some() { part } else { name };
                    found.lack(Section::Summary, Some(total), view.no_label(&[label]));
                }
            }
        }
    }
    let Some(col) = usual_column(rows.iter().filter_map(|it| Some(view.right_of(it.0).next()?.col))) else {
        return;
    };
    for (place, total, label) in rows {
        found.computed.push(view.computed((place.0, col), Section::Summary, total, Shown::Pounds, label));
    }
}

/// A row for each scheme type, with its amount and its share, and one for the total.
fn scheme_types(views: &Views<'_>, view: &View<'_>, found: &mut Found) {
    let types = views.known.template.scheme_types;
    let Some(heading) = view.labels.first(&[labels::SCHEME_TYPES]) else {
        return found.lack(Section::Summary, Some(Total::AllTypes), view.no_label(&[labels::SCHEME_TYPES]));
    };
    let mut rows: Vec<(u32, Option<&'static SchemeType>)> = Vec::new();
    let usual = u32::try_from(types.len()).unwrap_or(0) * 2 + 1;
    for row in heading.0 + 1..end_of_block(view, heading.0, &[&["Metrics >>"]], usual) {
        let Some(name) = view.text_at(row, heading.1) else { continue };
        if let Some(scheme_type) = types.iter().find(|it| it.is_named(name)) {
            rows.push((row, Some(scheme_type)));
        } else if label::key(name) == "total" {
            rows.push((row, None));
            break;
        }
    }
    let named = |scheme_type: Option<&str>| rows.iter().any(|it| it.1.map(|it| it.name) == scheme_type);
    for scheme_type in types.iter().filter(|it| !named(Some(it.name))) {
        let total = Total::TypeSpend(scheme_type);
        found.lack(Section::Summary, Some(total), view.no_label(&[scheme_type.name]));
    }
    if !named(None) {
        let why = Absent::Label(format!(
            "the total of the scheme types was not found on sheet {}",
            view.sheet.name
        ));
        found.lack(Section::Summary, Some(Total::AllTypes), why);
    }
    // A cell that was emptied must not put its neighbour in its place: the columns are those of most rows.
    let filled = |nth: usize| {
        usual_column(rows.iter().filter_map(|it| Some(view.right_of((it.0, heading.1)).nth(nth)?.col)))
    };
    // Of one column alone nobody can say whether it holds the amounts or the shares.
    let (Some(amounts), Some(shares)) = (filled(0), filled(1)) else {
        let why = Absent::Label(format!(
            "the amounts or the shares of the scheme types are not on sheet {}",
            view.sheet.name
        ));
        return found.lack(Section::Summary, Some(Total::AllTypes), why);
    };
    for (row, scheme_type) in rows {
        let mut push = |col: u32, total, shown, label: String| {
            found.computed.push(view.computed((row, col), Section::Summary, total, shown, label));
        };
        match scheme_type {
            Some(it) => {
                push(amounts, Total::TypeSpend(it), Shown::Pounds, format!("{}: planned spend", it.name));
                let label = format!("{}: share of planned spend", it.name);
                push(shares, Total::TypeShare(it), Shown::Percent, label);
            }
            None => {
                let label = "Scheme types: total planned spend".to_owned();
                push(amounts, Total::AllTypes, Shown::Pounds, label);
            }
        }
    }
}

/// The row in which a block that starts at a row has ended: where the next heading stands, however many rows were
/// pushed in between. Where none does, the block is as long as usual.
fn end_of_block(view: &View<'_>, start: u32, headings: &[&[&str]], usual: u32) -> u32 {
    let next = headings.iter().filter_map(|it| view.labels.below(start + 1, it)).map(|it| it.0).min();
    next.unwrap_or(start.saturating_add(usual))
}

/// The column that most rows have.
fn usual_column(columns: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for col in columns {
        *counts.entry(col).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(col, count)| (*count, u32::MAX - *col)).map(|(col, _)| col)
}

/// The values of a metric that are worked out, by their place among its values.
fn worked_out(metric: &Metric) -> impl Iterator<Item = (usize, &Rate)> {
    metric.rates.iter().enumerate().filter(|it| !matches!(it.1.given, Given::Value(_)))
}

/// The rates of the metrics sheet, repeated under headings of their own. The summary shows rates per
/// 100,000 without decimal places, and of earlier years only some.
fn rates(year: &str, view: &View<'_>, metrics: &[Metric], found: &mut Found) {
    let start_of = |metric: &Metric| view.labels.first(metric.spec.summary).map(|it| it.0);
    let names = metrics.iter().map(|it| it.spec.summary);
    let headings: Vec<&[&str]> = names.chain([&["Planning Requirements >>"][..]]).collect();
    let shown = |measure| match measure {
        Measure::Percentage => Shown::Percent,
        Measure::Per100k | Measure::Entered => Shown::Number(0),
    };
    for (metric_idx, metric) in metrics.iter().enumerate() {
        // A metric that has no heading here is not repeated, so nothing is missed: summaries were published
        // that repeat the first metric only.
        let Some(start) = start_of(metric) else { continue };
        let end = end_of_block(view, start, &headings, 6);
        for (rate_idx, rate) in worked_out(metric) {
            let total = Total::Rate(metric_idx, rate_idx);
            let period = label::key(&rate.period.text);
            let heading = (start + 1..end).find_map(|row| {
                view.texts_in_row(row).find(|(_, text)| label::key(text) == period).map(|(at, _)| at)
            });
            let label = format!("{} {}: {}", metric.spec.number, metric.spec.name, rate.period.text);
            // The value stands in the first row below that holds something in this column.
            let place = heading.and_then(|heading| {
                (heading.0 + 1..end)
                    .map(|row| (row, heading.1))
                    .find(|place| view.sheet.at(place.0, place.1).is_some())
            });
            if let Some(place) = place {
                let shown = shown(metric.spec.measure);
                found.computed.push(view.computed(place, Section::Summary, total, shown, label));
            } else if rate.period.is_plan_of(year) {
                let why = format!("“{label}” was not found on sheet {}", view.sheet.name);
                found.lack(Section::Summary, Some(total), Absent::Label(why));
            }
        }
    }
}
