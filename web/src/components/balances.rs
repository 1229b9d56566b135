//! Income against planned expenditure, source by source, with a small picture of each.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Balance, Document};

use super::tag::Tag;
use crate::format;

/// So many sources are listed: a plan has a dozen, and a broken one may have thousands.
const MOST: usize = 100;

#[component]
pub(crate) fn Balances(
    document: Arc<Document>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let caption_id = format!("{id}-balances-caption");
    let first_year = document.balances.first().map(|balance| balance.year.clone());
    let years_differ = document.balances.iter().any(|balance| Some(&balance.year) != first_year.as_ref());
    let caption = if years_differ {
        "Income and planned expenditure by source".to_owned()
    } else {
        format!("Income and planned expenditure by source, {}", first_year.unwrap_or_default())
    };
    let rows = document
        .balances
        .iter()
        .take(MOST)
        .map(|balance| (balance, "nhsuk-table__row"))
        .chain(document.total.as_ref().map(|total| (total, "nhsuk-table__row pc-result-row")))
        .map(|(balance, class)| view! { <Row balance=balance.clone() class years_differ/> })
        .collect_view();
    let more = document.balances.len().saturating_sub(MOST);
    let more = (more > 0).then(|| {
        let sources = format::count(more, "source is", "sources are");
        view! { <p class="nhsuk-body-s">{format!("{sources} not listed here. The report as JSON has all of them.")}</p> }
    });
    view! {
        <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=caption_id>
            <table class="nhsuk-table pc-table pc-balances">
                <caption class="nhsuk-table__caption nhsuk-table__caption--s" id=caption_id.clone()>{caption}</caption>
                <thead class="nhsuk-table__head">
                    <tr class="nhsuk-table__row">
                        <th class="nhsuk-table__header" scope="col">"Source"</th>
                        {years_differ.then(|| view! { <th class="nhsuk-table__header" scope="col">"Year"</th> })}
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Income"</th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Planned expenditure"</th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">"Difference"</th>
                        <th class="nhsuk-table__header" scope="col">"State"</th>
                        <th class="nhsuk-table__header pc-bars-column" scope="col">"Share of all income"</th>
                    </tr>
                </thead>
                <tbody class="nhsuk-table__body">{rows}</tbody>
            </table>
        </div>
        {more}
        <p class="nhsuk-body-s pc-legend">
            "In the last column, the "<span class="pc-key pc-key--income">"upper bar"</span>" is income and the "
            <span class="pc-key pc-key--spending">"lower bar"</span>" is planned expenditure. A figure that is missing or unreadable shows as a dash."
        </p>
    }
}

#[component]
fn Row(balance: Balance, class: &'static str, years_differ: bool) -> impl IntoView {
    let Balance {
        source,
        year,
        income,
        expenditure,
        difference,
        state,
        sentence,
        income_share,
        expenditure_share,
    } = balance;
    let pounds =
        |amount: Option<String>| amount.map_or_else(|| "–".to_owned(), |amount| format::pounds(&amount));
    view! {
        <tr class=class>
            <th class="nhsuk-table__header" scope="row">{source}</th>
            {years_differ.then(|| view! { <td class="nhsuk-table__cell">{year}</td> })}
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{pounds(income)}</td>
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{pounds(expenditure)}</td>
            <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{pounds(difference)}</td>
            <td class="nhsuk-table__cell pc-balances__state"><Tag state/><span class="pc-balances__sentence">{sentence}</span></td>
            <td class="nhsuk-table__cell pc-bars-column"><Bars income=income_share spending=expenditure_share/></td>
        </tr>
    }
}

/// Hidden from assistive technology: the figures stand in the same row.
#[component]
fn Bars(income: Option<String>, spending: Option<String>) -> impl IntoView {
    view! {
        <svg class="pc-bars" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="pc-bars__track" x="0" y="0" width="100" height="16"></rect>
            {income.map(|width| view! { <rect class="pc-bars__income" x="0" y="1" width=width height="6"></rect> })}
            {spending.map(|width| view! { <rect class="pc-bars__spending" x="0" y="9" width=width height="6"></rect> })}
        </svg>
    }
}
