//! Findings in lines below each other, to be looked over and sorted; each leads to its card.

use leptos::prelude::*;
use plancheck_api::wire::{CellMark, CellPlace, Finding};

use super::cells::Place;
use super::filter::{Choice, Order};
use super::findings::FindingsOf;
use super::tag::Tag;
use crate::format;
use crate::goto::Goto;

#[component]
pub(crate) fn FindingsTable(
    findings: StoredValue<FindingsOf>,
    /// The findings that are shown, in their order, each by its place among all.
    shown: Signal<Vec<usize>>,
    choice: RwSignal<Choice>,
    /// The id of the card of a finding.
    card: impl Fn(usize) -> String + Clone + Send + Sync + 'static,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let caption = format!("{id}-findings-table");
    let rows = move || {
        let rows = shown.get().into_iter().filter_map(|index| {
            let finding = findings.with_value(|it| it.all().get(index).cloned())?;
            Some(view! { <Row finding card=card(index)/> })
        });
        rows.collect_view()
    };
    view! {
        <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=caption.clone()>
            <table class="nhsuk-table pc-table pc-findings-table">
                <caption class="nhsuk-table__caption nhsuk-table__caption--s" id=caption.clone()>"Findings. The headings sort them."</caption>
                <thead class="nhsuk-table__head">
                    <tr class="nhsuk-table__row">
                        <Sorter name="Rule" order=Order::Rule choice/>
                        <th class="nhsuk-table__header" scope="col">"Finding"</th>
                        <Sorter name="State" order=Order::Worst choice/>
                        <Sorter name="Where" order=Order::Sheet choice/>
                        <Sorter name="Requirement" order=Order::Requirement choice/>
                    </tr>
                </thead>
                <tbody class="nhsuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

/// A heading that sorts by its column, and the other way round when it is pressed again.
#[component]
fn Sorter(name: &'static str, order: Order, choice: RwSignal<Choice>) -> impl IntoView {
    let sorted = move || {
        choice.with(|it| match (it.order == order, it.reversed) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        })
    };
    let sort = move |_| {
        choice.update(|it| *it = Choice { reversed: it.order == order && !it.reversed, order, ..it.clone() })
    };
    let sign = move || match sorted() {
        "ascending" => "▲",
        "descending" => "▼",
        _ => "",
    };
    view! {
        <th class="nhsuk-table__header" scope="col" aria-sort=sorted>
            <button type="button" class="pc-sorter" on:click=sort>{name}<span class="pc-sorter__sign" aria-hidden="true">{sign}</span></button>
        </th>
    }
}

const LINE: &str = "-line";

/// The id of what leads from a line to its card.
pub(crate) fn line_id(card: &str) -> String {
    format!("{card}{LINE}")
}

/// The id of the card that something leads to, if it stands in a line.
pub(crate) fn of_line(id: &str) -> Option<&str> {
    id.strip_suffix(LINE)
}

#[component]
fn Row(finding: Finding, card: String) -> impl IntoView {
    let Finding { rule, state, title, cells, requirement, .. } = finding;
    let more = cells.len().saturating_sub(1);
    let first = cells.into_iter().next().map(|CellMark { document, sheet, range, .. }| CellPlace {
        document,
        sheet,
        range,
    });
    let from = line_id(&card);
    let goto = use_context::<Goto>();
    let go = {
        let (from, card) = (from.clone(), card.clone());
        move |event: web_sys::MouseEvent| {
            event.prevent_default();
            if let Some(goto) = goto {
                goto.element(&from, &card);
            }
        }
    };
    view! {
        <tr class="nhsuk-table__row">
            <td class="nhsuk-table__cell">{rule}</td>
            <th class="nhsuk-table__header" scope="row"><a id=from href=format!("#{card}") on:click=go>{title}</a></th>
            <td class="nhsuk-table__cell"><Tag state/></td>
            <td class="nhsuk-table__cell">
                {first.map_or_else(|| view! { "The workbook as a whole" }.into_any(), |cell| view! { <Place cell=Some(cell)/> }.into_any())}
                {(more > 0).then(|| format!(" and {}", format::count(more, "cell more", "cells more")))}
            </td>
            <td class="nhsuk-table__cell">{requirement.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
}
