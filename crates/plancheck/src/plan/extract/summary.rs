//! The summary: it enters nothing of its own, so every figure here is one the template computes.

use super::view::View;
use super::{Views, tables};
use crate::plan::{Computed, Metric, Shown, Total};
use crate::template::anchor::Place;
use crate::template::{Measure, Section, label};

pub(super) fn read(views: &Views<'_>, metrics: &[Metric], computed: &mut Vec<Computed>) {
    tables::balances(views, Section::Summary, computed);
    let Ok(view) = views.of(Section::Summary) else { return };
    minimums(views, &view, computed);
    scheme_types(views, &view, computed);
    rates(&view, metrics, computed);
}

/// Each minimum has a heading and, under it, what is required and what is planned.
fn minimums(views: &Views<'_>, view: &View<'_>, computed: &mut Vec<Computed>) {
    for spec in views.known.template.minimums {
        let Some(heading) = view.labels.first(spec.label) else { continue };
        let name = spec.label.first().copied().unwrap_or_default();
        let mut row = |names: &[&str], total: Total, word: &str| {
            let Some(place) = view.labels.below(heading.0 + 1, names).filter(|it| it.0 <= heading.0 + 4) else {
                return;
            };
            let Some(cell) = view.right_of(place).next() else { return };
            let label = format!("{name}: {word}");
            computed.push(view.computed((place.0, cell.col), Section::Summary, total, Shown::Pounds, label));
        };
        row(&["Minimum required spend"], Total::Required(spec.minimum), "minimum required spend");
        row(&["Planned spend"], Total::Planned(spec.minimum), "planned spend");
    }
}

/// A row for each scheme type, with its amount and its share, and one for the total.
fn scheme_types(views: &Views<'_>, view: &View<'_>, computed: &mut Vec<Computed>) {
    let types = views.known.template.scheme_types;
    let Some(heading) = view.labels.first(&["Scheme Types"]) else { return };
    for row in heading.0 + 1..=heading.0 + u32::try_from(types.len()).unwrap_or(0) * 2 {
        let Some(name) = view.text_at(row, heading.1) else { continue };
        let mut figures = view.right_of((row, heading.1)).map(|it| (it.row, it.col));
        let push = |place: Option<Place>, total, shown, label: String, computed: &mut Vec<Computed>| {
            if let Some(place) = place {
                computed.push(view.computed(place, Section::Summary, total, shown, label));
            }
        };
        if let Some(scheme_type) = types.iter().find(|it| it.is_named(name)) {
            let label = format!("{}: planned spend", scheme_type.name);
            push(figures.next(), Total::TypeSpend(scheme_type), Shown::Pounds, label, computed);
            let label = format!("{}: share of planned spend", scheme_type.name);
            push(figures.next(), Total::TypeShare(scheme_type), Shown::Percent, label, computed);
        } else if label::key(name) == "total" {
            let label = "Scheme types: total planned spend".to_owned();
            push(figures.next(), Total::AllTypes, Shown::Pounds, label, computed);
            break;
        }
    }
}

/// The rates of the metrics sheet, repeated under headings of their own. The summary shows rates per
/// 100,000 without decimal places.
fn rates(view: &View<'_>, metrics: &[Metric], computed: &mut Vec<Computed>) {
    let start_of = |metric: &Metric| view.labels.first(metric.spec.summary).map(|it| it.0);
    let starts: Vec<u32> = metrics.iter().filter_map(start_of).collect();
    let shown = |measure| match measure {
        Measure::Percentage => Shown::Percent,
        Measure::Per100k | Measure::Entered => Shown::Number(0),
    };
    for (metric_idx, metric) in metrics.iter().enumerate() {
        let Some(start) = start_of(metric) else { continue };
        let end = starts.iter().copied().filter(|it| *it > start).min().unwrap_or(start + 6).min(start + 6);
        for (rate_idx, rate) in metric.rates.iter().enumerate() {
            let period = label::key(&rate.period);
            let heading = (start + 1..end).find_map(|row| {
                view.texts_in_row(row).find(|(_, text)| label::key(text) == period).map(|(at, _)| at)
            });
            let Some(heading) = heading else { continue };
            // The value stands in the first row below that holds something in this column.
            let place = (heading.0 + 1..end)
                .map(|row| (row, heading.1))
                .find(|place| view.sheet.at(place.0, place.1).is_some());
            if let Some(place) = place {
                let label = format!("{} {}: {}", metric.spec.number, metric.spec.name, rate.period);
                let total = Total::Rate(metric_idx, rate_idx);
                computed.push(view.computed(place, Section::Summary, total, shown(metric.spec.measure), label));
            }
        }
    }
}
