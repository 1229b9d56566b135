//! Months in which capacity falls short of demand.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, Imbalance};

use crate::format;

#[component]
pub(crate) fn Imbalances(
    document: Arc<Document>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let caption_id = format!("{id}-imbalances-caption");
    let rows = document.imbalances.iter().cloned().map(|imbalance| view! { <Row imbalance/> }).collect_view();
    view! {
        <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=caption_id>
            <table class="nhsuk-table pc-table">
                <caption class="nhsuk-table__caption nhsuk-table__caption--s" id=caption_id.clone()>
                    "Months in which capacity is below demand, in people"
                </caption>
                <thead class="nhsuk-table__head">
                    <tr class="nhsuk-table__row">
                        <th class="nhsuk-table__header" scope="col">"Pathway or service"</th>
                        <th class="nhsuk-table__header" scope="col">"Month"</th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Demand"</th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Capacity"</th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Difference"</th>
                    </tr>
                </thead>
                <tbody class="nhsuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(imbalance: Imbalance) -> impl IntoView {
    let Imbalance { what, period, demand, capacity, difference, .. } = imbalance;
    view! {
        <tr class="nhsuk-table__row">
            <th class="nhsuk-table__header" scope="row">{format::sentence_case(&what)}</th>
            <td class="nhsuk-table__cell">{format::month(&period)}</td>
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{format::figure(&demand)}</td>
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{format::figure(&capacity)}</td>
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{format::figure(&difference)}</td>
        </tr>
    }
}
