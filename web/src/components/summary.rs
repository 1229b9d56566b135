//! What was checked: board, year, template and file.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::Document;

use super::catalogue;
use crate::format;

/// When a result came, by this computer's clock, and under which rules: what an assurer quotes.
pub(crate) fn checked() -> String {
    let now = js_sys::Date::new_0();
    let month = format::month(&format!("{}-{}", now.get_full_year(), now.get_month() + 1));
    let rules = catalogue::version().unwrap_or_default();
    format!("{} {month} at {}:{:02}{rules}", now.get_date(), now.get_hours(), now.get_minutes())
}

#[component]
pub(crate) fn Summary(
    document: Arc<Document>,
    /// When it was checked.
    checked: String,
) -> impl IntoView {
    let year = document.template.as_ref().map(|template| template.year.clone());
    let rows = [
        (
            "Health and wellbeing board",
            document.board.clone().unwrap_or_else(|| "Not given in the workbook".to_owned()),
        ),
        ("Year", year.unwrap_or_else(|| "Not known".to_owned())),
        ("Template", format::template(&document)),
        ("File", document.file.clone()),
        ("Size", format::size(document.bytes)),
        ("Checked", checked),
    ]
    .into_iter()
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
