//! What was checked: board, year, template and file.

use std::sync::Arc;

use js_sys::Date;
use leptos::prelude::*;
use plancheck_api::wire::Document;

use super::catalogue;
use crate::format;

/// When a result came, by this computer's clock, and under which rules: what an assurer quotes.
pub(crate) fn checked() -> String {
    let rules = catalogue::version().unwrap_or_default();
    moment(&Date::new_0()) + &rules
}

/// "26 September 2022 at 10:05", by this computer's clock.
fn moment(date: &Date) -> String {
    let month = format::month(&format!("{}-{}", date.get_full_year(), date.get_month() + 1));
    format!("{} {month} at {}:{:02}", date.get_date(), date.get_hours(), date.get_minutes())
}

/// When the workbook says that it was last saved; without a "Z" it is by the clock of whoever saved it, and read
/// as by this one.
fn saved(document: &Document) -> Option<String> {
    let date = Date::new(&document.saved.as_deref()?.into());
    (!date.get_time().is_nan()).then(|| moment(&date))
}

#[component]
pub(crate) fn Summary(
    document: Arc<Document>,
    /// When it was checked.
    checked: String,
) -> impl IntoView {
    let year = document.template.as_ref().map(|template| template.year.clone());
    let icbs = match document.icbs.as_slice() {
        [] => ("", None),
        [one] => ("Integrated care board", Some(one.clone())),
        more => ("Integrated care boards", Some(more.join(", "))),
    };
    let board = document.board.clone().unwrap_or_else(|| "Not given in the workbook".to_owned());
    let rows = [
        ("Health and wellbeing board", Some(board)),
        icbs,
        ("Year", Some(year.unwrap_or_else(|| "Not known".to_owned()))),
        ("Template", Some(format::template(&document))),
        ("File", Some(document.file.clone())),
        ("Size", Some(format::size(document.bytes))),
        ("Last saved", saved(&document)),
        ("Checked", Some(checked)),
    ]
    .into_iter()
    .filter_map(|(key, value)| value.map(|value| (key, value)))
    .map(|(key, value)| {
        view! {
            <div class="nhsuk-summary-list__row">
                <dt class="nhsuk-summary-list__key">{key}</dt>
                <dd class="nhsuk-summary-list__value">{value}</dd>
            </div>
        }
    });
    view! { <dl class="nhsuk-summary-list pc-summary">{rows.collect_view()}</dl> }
}
