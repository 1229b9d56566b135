//! What came of many workbooks: a line for each, to be sorted, and each opens to its whole result.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, State};

use super::tag::Tag;
use crate::format::{self, WORST_FIRST};

/// What the lines are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Given,
    Name,
    Worst,
}

#[component]
pub(crate) fn ManyResults(
    /// The workbooks, each with its place in the report.
    documents: Vec<(u32, Arc<Document>)>,
    /// The reader wants to see one whole.
    #[prop(into)]
    show: Callback<u32>,
) -> impl IntoView {
    let sorted = RwSignal::new((Order::Given, false));
    let opened = RwSignal::new(None::<u32>);
    let count = documents.len();
    let states = WORST_FIRST.into_iter().filter_map(|state| {
        let number = documents.iter().filter(|it| it.1.verdict == state).count();
        (number > 0).then(|| view! { <li class="pc-counts__entry"><span class="pc-counts__number">{number}</span>" "<Tag state/></li> })
    });
    let states = states.collect_view();
    let documents = StoredValue::new(documents);
    let rows = move || {
        let (order, reversed) = sorted.get();
        let mut shown = documents.get_value();
        match order {
            Order::Given => {}
            Order::Name => shown.sort_by_key(|it| format::subject(&it.1).to_lowercase()),
            Order::Worst => shown.sort_by_key(|it| {
                let Document { verdict, counts, .. } = &*it.1;
                let rank = WORST_FIRST.iter().position(|it| it == verdict);
                (rank, u32::MAX - format::in_state(counts, *verdict))
            }),
        }
        if reversed {
            shown.reverse();
        }
        let row = |(place, document): (u32, Arc<Document>)| view! { <Row place document opened show/> };
        shown.into_iter().map(row).collect_view()
    };
    let sort = move |order| {
        sorted.update(|it| *it = (order, it.0 == order && !it.1));
    };
    view! {
        <section class="pc-many" aria-labelledby="many-heading">
            <h2 class="nhsuk-heading-l" id="many-heading" tabindex="-1">{format!("{} checked", format::count(count, "workbook", "workbooks"))}</h2>
            <ul class="pc-counts" aria-label="Workbooks by their worst check">{states}</ul>
            <div class="pc-scroll" role="region" tabindex="0" aria-labelledby="many-caption">
                <table class="nhsuk-table pc-table pc-many__table">
                    <caption class="nhsuk-table__caption nhsuk-table__caption--s" id="many-caption">
                        "Workbooks. The headings sort them; a name opens the whole result below."
                    </caption>
                    <thead class="nhsuk-table__head">
                        <tr class="nhsuk-table__row">
                            <Sorter name="Workbook" order=Order::Name sorted sort/>
                            <Sorter name="Result" order=Order::Worst sorted sort/>
                            <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Not met"</th>
                            <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Could not check"</th>
                            <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Needs judgement"</th>
                            <th class="nhsuk-table__header" scope="col">"File"</th>
                        </tr>
                    </thead>
                    <tbody class="nhsuk-table__body">{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Sorter(
    name: &'static str,
    order: Order,
    sorted: RwSignal<(Order, bool)>,
    sort: impl Fn(Order) + Send + Sync + 'static,
) -> impl IntoView {
    let said = move || match sorted.get() {
        (by, _) if by != order => "none",
        (_, false) => "ascending",
        (_, true) => "descending",
    };
    let sign = move || match said() {
        "ascending" => "▲",
        "descending" => "▼",
        _ => "",
    };
    view! {
        <th class="nhsuk-table__header" scope="col" aria-sort=said>
            <button type="button" class="pc-sorter" on:click=move |_| sort(order)>{name}<span class="pc-sorter__sign" aria-hidden="true">{sign}</span></button>
        </th>
    }
}

#[component]
fn Row(
    place: u32,
    document: Arc<Document>,
    /// The one that is shown whole.
    opened: RwSignal<Option<u32>>,
    show: Callback<u32>,
) -> impl IntoView {
    let number = |state| {
        let number = format::in_state(&document.counts, state);
        view! { <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{number}</td> }
    };
    let press = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        opened.set(Some(place));
        show.run(place);
    };
    let current = move || (opened.get() == Some(place)).then_some("true");
    view! {
        <tr class="nhsuk-table__row">
            <th class="nhsuk-table__header" scope="row">
                <a href="#document-0-heading" aria-current=current on:click=press>{format::subject(&document)}</a>
            </th>
            <td class="nhsuk-table__cell"><Tag state=document.verdict/></td>
            {number(State::NotMet)}
            {number(State::CouldNotCheck)}
            {number(State::NeedsJudgement)}
            <td class="nhsuk-table__cell">{document.file.clone()}</td>
        </tr>
    }
}
