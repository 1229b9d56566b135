//! Pictures of the figures, each with a sentence that says what it shows and the table behind it.
//!
//! Where everything stands on its axis is in the report. The drawings are of boxes and not of SVG text, so
//! that words keep their size on a narrow screen.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Chart, ChartForm, ChartUnit, Document, Series};

use crate::format;
use crate::print::on_paper;

#[component]
pub(crate) fn Pictures(
    document: Arc<Document>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let pictures = document
        .charts
        .iter()
        .cloned()
        .map(|chart| view! { <Picture id=format!("{id}-{}", chart.id.replace('.', "-")) chart/> })
        .collect_view();
    view! { <div class="pc-pictures">{pictures}</div> }
}

/// So many points of a series are drawn: a plan has a dozen sources of funding, and a broken one may have thousands.
const MOST: usize = 100;

#[component]
pub(crate) fn Picture(
    mut chart: Chart,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let points = chart.series.iter().map(|it| it.points.len()).max().unwrap_or_default();
    chart.series.iter_mut().for_each(|it| it.points.truncate(MOST));
    let cut = (points > MOST).then(|| format!(" The first {MOST} of {points} are drawn."));
    let title_id = format!("{id}-title");
    let drawing = match chart.form {
        ChartForm::Bars => view! { <Bars chart=chart.clone()/> }.into_any(),
        ChartForm::Columns => view! { <Columns chart=chart.clone()/> }.into_any(),
        ChartForm::Line => view! { <Dots chart=chart.clone()/> }.into_any(),
    };
    let wide = if chart.form == ChartForm::Bars { "pc-picture pc-picture--wide" } else { "pc-picture" };
    let gap = chart.form == ChartForm::Columns && any_gap(&chart.series);
    let keys = (chart.series.len() > 1 || gap).then(|| view! { <Keys chart=chart.clone() gap/> });
    view! {
        <figure class=wide aria-labelledby=title_id.clone()>
            <figcaption class="pc-picture__title" id=title_id.clone()>{chart.title.clone()}</figcaption>
            <p class="pc-picture__summary">{chart.summary.clone()}{cut}</p>
            {keys}
            <div class="pc-picture__drawing" aria-hidden=(!on_paper()).then_some("true")>{drawing}</div>
            // On paper bars and dots have every figure beside them, and nobody opens anything.
            {(!on_paper() || chart.form == ChartForm::Columns).then(|| view! { <Figures chart title_id=title_id.clone() id/> })}
        </figure>
    }
}

/// What each set of bars or dots is called.
#[component]
fn Keys(chart: Chart, gap: bool) -> impl IntoView {
    let form = chart.form;
    let keys = chart
        .series
        .into_iter()
        .enumerate()
        .map(
            |(nth, series)| view! { <li><span class=mark(form, nth, &series.name)></span>{series.name}</li> },
        )
        .collect_view();
    view! {
        <ul class="pc-keys" aria-hidden="true">
            {keys}
            {gap.then(|| view! { <li><span class="pc-mark pc-mark--gap"></span>"Demand without capacity"</li> })}
        </ul>
    }
}

fn mark(form: ChartForm, nth: usize, name: &str) -> String {
    match form {
        ChartForm::Bars | ChartForm::Columns => format!("pc-mark pc-mark--{nth}"),
        ChartForm::Line => format!("pc-mark pc-dot pc-dot--{}", name.to_lowercase()),
    }
}

/// Every label of any series, once, in the order in which they come.
fn labels(series: &[Series]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for point in series.iter().flat_map(|it| &it.points) {
        if !labels.contains(&point.label) {
            labels.push(point.label.clone());
        }
    }
    labels
}

/// The value and the place of a series at a label.
fn point(series: &Series, label: &str) -> Option<(String, String)> {
    let point = series.points.iter().find(|it| it.label == label)?;
    Some((point.value.clone(), point.at.clone()))
}

/// The most decimal places that any figure of a chart has.
fn places(chart: &Chart) -> usize {
    let places = |value: &str| value.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    chart.series.iter().flat_map(|it| &it.points).map(|it| places(&it.value)).max().unwrap_or(0)
}

/// A rate or percentage with as many places as the others beside it: "92.0" beside "92.5".
fn print_beside(unit: ChartUnit, value: &str, places: usize) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    match unit {
        ChartUnit::Percent | ChartUnit::Rate if places > 0 => {
            format::in_unit(unit, &format!("{whole}.{fraction:0<places$}"))
        }
        ChartUnit::Percent | ChartUnit::Rate | ChartUnit::Pounds | ChartUnit::People => {
            format::in_unit(unit, value)
        }
    }
}

/// A row for each category, with a bar for each series and its figure beside it.
#[component]
fn Bars(chart: Chart) -> impl IntoView {
    let unit = chart.unit;
    labels(&chart.series)
        .into_iter()
        .map(|label| {
            let bars = chart
                .series
                .iter()
                .enumerate()
                .filter_map(|(nth, series)| {
                    let (value, at) = point(series, &label)?;
                    Some(view! {
                        <div class="pc-bar">
                            <span class="pc-bar__room">
                                <span class=format!("pc-bar__fill pc-mark--{nth}") style:width=format!("{at}%")></span>
                            </span>
                            <span class="pc-bar__value">{format::in_unit(unit, &value)}</span>
                        </div>
                    })
                })
                .collect_view();
            view! { <div class="pc-bar-row"><div class="pc-bar-row__label">{label}</div><div class="pc-bar-row__bars">{bars}</div></div> }
        })
        .collect_view()
}

/// The marks of an upright axis.
#[component]
fn Axis(chart: Chart) -> impl IntoView {
    let unit = chart.unit;
    chart
        .ticks
        .into_iter()
        .map(|tick| {
            view! { <span class="pc-tick" style:bottom=format!("{}%", tick.at)><span class="pc-tick__label">{format::in_unit(unit, &tick.value)}</span></span> }
        })
        .collect_view()
}

/// Whether the first series is above the second anywhere.
fn any_gap(series: &[Series]) -> bool {
    let [demand, _] = series else { return false };
    demand.points.iter().any(|it| gap_at(series, &it.label))
}

fn gap_at(series: &[Series], label: &str) -> bool {
    let [demand, capacity] = series else { return false };
    let height = |series| point(series, label).and_then(|it| it.1.parse::<f64>().ok());
    matches!((height(demand), height(capacity)), (Some(demand), Some(capacity)) if demand > capacity)
}

/// A pair of columns for each month. What of the first is above the second is shaded.
#[component]
fn Columns(chart: Chart) -> impl IntoView {
    let columns = labels(&chart.series)
        .into_iter()
        .map(|label| {
            let gap = gap_at(&chart.series, &label);
            let capacity = chart.series.get(1).and_then(|it| point(it, &label)).map(|it| it.1);
            let columns = chart
                .series
                .iter()
                .enumerate()
                .filter_map(|(nth, series)| {
                    let (_, at) = point(series, &label)?;
                    let shaded = nth == 0 && gap;
                    let solid = if shaded { capacity.clone().unwrap_or_default() } else { at.clone() };
                    Some(view! {
                        <span class="pc-column">
                            {shaded.then(|| view! { <span class="pc-column__fill pc-mark--gap" style:height=format!("{at}%")></span> })}
                            <span class=format!("pc-column__fill pc-mark--{nth}") style:height=format!("{solid}%")></span>
                        </span>
                    })
                })
                .collect_view();
            view! { <div class="pc-columns__group">{columns}<span class="pc-columns__label">{format::short_month(&label)}</span></div> }
        })
        .collect_view();
    view! { <div class="pc-upright"><Axis chart=chart.clone()/><div class="pc-columns">{columns}</div></div> }
}

/// Whether another dot stands so close above this one that its figure has no room there.
fn is_crowded(places: &[f64], at: &str) -> bool {
    at.parse::<f64>().is_ok_and(|at| places.iter().any(|it| *it > at && it - at < 15.0))
}

/// A dot for each figure over its period, with the figure above it. The quarters of a year stand over one year.
#[component]
fn Dots(chart: Chart) -> impl IntoView {
    let (unit, places_shown) = (chart.unit, places(&chart));
    let mut periods = labels(&chart.series);
    periods.sort();
    let columns = periods
        .into_iter()
        .map(|label| {
            let places: Vec<f64> =
                chart.series.iter().filter_map(|it| point(it, &label)?.1.parse().ok()).collect();
            let dots = chart
                .series
                .iter()
                .filter_map(|series| {
                    let (value, at) = point(series, &label)?;
                    let kind = series.name.to_lowercase();
                    let under = if is_crowded(&places, &at) { " pc-dots__place--under" } else { "" };
                    Some(view! {
                        <span class=format!("pc-dots__place pc-dots__place--{kind}{under}") style:bottom=format!("{at}%")>
                            <span class="pc-dots__value">{print_beside(unit, &value, places_shown)}</span>
                            <span class=format!("pc-dot pc-dot--{kind}")></span>
                        </span>
                    })
                })
                .collect_view();
            let (year, quarter) = label.split_once(' ').unwrap_or((&label, ""));
            let column = view! { <div class="pc-columns__group">{dots}<span class="pc-columns__label">{quarter.to_owned()}</span></div> };
            (year.to_owned(), column)
        });
    let mut years: Vec<(String, Vec<_>)> = Vec::new();
    for (year, column) in columns {
        match years.last_mut() {
            Some((last, quarters)) if *last == year => quarters.push(column),
            _ => years.push((year, vec![column])),
        }
    }
    let columns = years
        .into_iter()
        .map(|(year, quarters)| {
            let wide = quarters.len().to_string();
            view! { <div class="pc-columns__year" style:flex-grow=wide>{quarters}<span class="pc-columns__label pc-columns__label--year">{year}</span></div> }
        })
        .collect_view();
    view! { <div class="pc-upright pc-upright--dots"><Axis chart=chart.clone()/><div class="pc-columns">{columns}</div></div> }
}

/// The table behind a picture.
#[component]
fn Figures(chart: Chart, title_id: String, id: String) -> impl IntoView {
    let (unit, places_shown) = (chart.unit, places(&chart));
    let caption_id = format!("{id}-figures");
    let heads = chart
        .series
        .iter()
        .map(|it| view! { <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">{it.name.clone()}</th> })
        .collect_view();
    let rows = labels(&chart.series)
        .into_iter()
        .map(|label| {
            let cells = chart
                .series
                .iter()
                .map(|it| {
                    let value = point(it, &label).map_or_else(|| "–".to_owned(), |it| print_beside(unit, &it.0, places_shown));
                    view! { <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{value}</td> }
                })
                .collect_view();
            view! { <tr class="nhsuk-table__row"><th class="nhsuk-table__header" scope="row">{format::month(&label)}</th>{cells}</tr> }
        })
        .collect_view();
    let table = view! {
        <table class="nhsuk-table nhsuk-table--compact pc-table">
            <caption class="nhsuk-table__caption nhsuk-u-visually-hidden" id=caption_id.clone()>"The figures"</caption>
            <thead class="nhsuk-table__head">
                <tr class="nhsuk-table__row"><th class="nhsuk-table__header" scope="col">"What"</th>{heads}</tr>
            </thead>
            <tbody class="nhsuk-table__body">{rows}</tbody>
        </table>
    };
    if on_paper() {
        return table.into_any();
    }
    view! {
        <details class="nhsuk-details pc-picture__figures">
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">"The figures"<span class="nhsuk-u-visually-hidden">" of: "{chart.title.clone()}</span></span>
            </summary>
            <div class="nhsuk-details__text">
                <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=format!("{title_id} {caption_id}")>{table}</div>
            </div>
        </details>
    }
    .into_any()
}
