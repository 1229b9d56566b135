//! What was checked: board, year, template and file.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::Document;

use crate::format;

#[component]
pub(crate) fn Summary(document: Arc<Document>) -> impl IntoView {
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
