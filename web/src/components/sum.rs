//! A worked sum that opens to the lines behind it.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Term, Unit};

use super::cells::Place;
use super::long_list::{LongList, Stretch};
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
    mut terms: Vec<Term>,
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
    let row = move |Term { label, amount, cell }: Term, id: Option<String>| {
        // What stands in no cell is what the lines above it come to.
        let class = if cell.is_none() { "nhsuk-table__row pc-result-row" } else { "nhsuk-table__row" };
        view! {
            <tr class=class>
                <th class="nhsuk-table__header" scope="row" tabindex=id.is_some().then_some("-1") id=id>{label}</th>
                <td class="nhsuk-table__cell pc-place"><Place cell/></td>
                <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{print(&amount)}</td>
            </tr>
        }
    };
    // It is told however many lines are not.
    let result = terms.pop_if(|it| it.cell.is_none()).map(|it| row(it, None));
    let lines = {
        let id = format!("{id}-line");
        let count = terms.len();
        let draw = {
            let id = id.clone();
            move |range: Range<usize>| {
                let drawn =
                    range.filter_map(|nth| Some(row(terms.get(nth)?.clone(), LongList::first_id(&id, nth))));
                drawn.collect_view().into_any()
            }
        };
        LongList { count, what: ("line", "lines"), id, draw: Arc::new(draw), entry: in_a_row }
    };
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
                        <tbody class="nhsuk-table__body"><Stretch list=lines/>{result}</tbody>
                    </table>
                </div>
            </div>
        </details>
    }
}

fn in_a_row(rest: AnyView) -> AnyView {
    view! { <tr class="nhsuk-table__row"><td class="nhsuk-table__cell" colspan="3">{rest}</td></tr> }
        .into_any()
}
