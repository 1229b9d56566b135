//! The comments of a sheet as a list, for those who cannot point at its cells.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::sheets::{Remark, SheetHead};

use crate::address::At;
use crate::components::cells::CellLink;
use crate::format;

#[component]
pub(super) fn Notes(
    head: Arc<SheetHead>,
    /// The workbook's place in the report.
    place: u32,
) -> impl IntoView {
    let count = head.notes.len() + head.more_notes as usize;
    let entry = |Remark { row, col, text }: &Remark| {
        let range = At { row: *row, col: *col }.range();
        view! { <li><CellLink document=Some(place) sheet=head.name.clone() range/>": "{text.clone()}</li> }
    };
    let more = (head.more_notes > 0).then(|| {
        let more = format::count(head.more_notes as usize, "comment is", "comments are");
        view! { <p>{more}" not listed here."</p> }
    });
    (count > 0).then(|| {
        view! {
            <details class="nhsuk-details pc-notes">
                <summary class="nhsuk-details__summary">
                    <span class="nhsuk-details__summary-text">
                        {format!("{} on this sheet", format::sentence_case(&format::count(count, "comment", "comments")))}
                    </span>
                </summary>
                <div class="nhsuk-details__text">
                    <ul class="nhsuk-list">{head.notes.iter().map(entry).collect_view()}</ul>
                    {more}
                </div>
            </details>
        }
    })
}
