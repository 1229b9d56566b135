//! A worked sum that opens to the lines behind it.

use leptos::prelude::*;
use plancheck_api::wire::{Term, Unit};

use super::cells::Place;
use crate::format;
use crate::print::on_paper;

#[component]
pub(crate) fn Sum(
    /// What opens it: "How £14,168,050 is made up".
    title: String,
    /// Unique on the page.
    id: String,
    /// The id of the heading that it stands under.
    under: String,
    terms: Vec<Term>,
    /// What the terms count.
    #[prop(default = Unit::Pounds)]
    unit: Unit,
) -> impl IntoView {
    let (heading, print): (_, fn(&str) -> String) = match unit {
        Unit::Pounds => ("Amount", format::pounds),
        Unit::People => ("People", format::figure),
    };
    let caption_id = format!("{id}-caption");
    let caption = title.clone();
    let rows = terms
        .into_iter()
        .map(|Term { label, amount, cell }| {
            // What stands in no cell is what the lines above it come to.
            let class = if cell.is_none() { "nhsuk-table__row pc-result-row" } else { "nhsuk-table__row" };
            view! {
                <tr class=class>
                    <th class="nhsuk-table__header" scope="row">{label}</th>
                    <td class="nhsuk-table__cell pc-place"><Place cell/></td>
                    <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{print(&amount)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="nhsuk-details pc-sum" open=on_paper()>
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">{title}</span>
            </summary>
            <div class="nhsuk-details__text">
                <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=format!("{under} {caption_id}")>
                    <table class="nhsuk-table nhsuk-table--compact pc-table">
                        <caption class="nhsuk-table__caption nhsuk-u-visually-hidden" id=caption_id.clone()>{caption}</caption>
                        <thead class="nhsuk-table__head">
                            <tr class="nhsuk-table__row">
                                <th class="nhsuk-table__header" scope="col">"Line"</th>
                                <th class="nhsuk-table__header" scope="col">"Cell"</th>
                                <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">{heading}</th>
                            </tr>
                        </thead>
                        <tbody class="nhsuk-table__body">{rows}</tbody>
                    </table>
                </div>
            </div>
        </details>
    }
}
