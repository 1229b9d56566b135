//! The result of one document, from the verdict to the list of every check.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::Document;

use super::balances::Balances;
use super::banner::Banner;
use super::cells::Here;
use super::findings::{Findings, FindingsOf};
use super::imbalances::Imbalances;
use super::ledger::Ledger;
use super::pack::Pack;
use super::pictures::Pictures;
use super::rules::{AllRules, NotChecked};
use super::sheets::Sheets;
use super::summary::{Summary, checked};
use crate::format;
use crate::print::Printing;

#[component]
pub(crate) fn Result(
    document: Arc<Document>,
    /// Its place in the report, by which the engine knows it.
    place: u32,
    /// Its place among the results: part of the ids.
    index: usize,
) -> impl IntoView {
    provide_context(Here(place));
    let id = format!("document-{index}");
    let checked = checked();
    let heading_id = format!("{id}-heading");
    let section = |key: &str, title: &'static str| {
        view! { <h3 class="nhsuk-heading-m pc-section" id=format!("{id}-{key}") tabindex="-1">{title}</h3> }
    };
    let mut contents: Vec<(&'static str, &'static str)> = Vec::new();
    let mut on_page = |there: bool, key: &'static str, title: &'static str| {
        there.then(|| contents.push((key, title))).map(|()| section(key, title))
    };
    let conditions = on_page(!document.conditions.is_empty(), "conditions", "Conditions")
        .map(|title| view! { {title}<Ledger document=document.clone() id=id.clone()/> });
    let balances = on_page(!document.balances.is_empty(), "balances", "Income and planned expenditure")
        .map(|title| view! { {title}<Balances document=document.clone() id=id.clone()/> });
    let imbalances = on_page(!document.imbalances.is_empty(), "imbalances", "Capacity and demand")
        .map(|title| view! { {title}<Imbalances document=document.clone() id=id.clone()/> });
    let found = on_page(true, "found", "What was found");
    let findings = if document.findings.is_empty() {
        view! { <p>"Nothing was found that needs your attention in the checks that were made."</p> }
            .into_any()
    } else {
        view! { <Findings findings=FindingsOf::Document(document.clone()) id=id.clone()/> }.into_any()
    };
    let sheets = on_page(true, "on-sheets", "On the workbook’s own sheets");
    let pictures = on_page(!document.charts.is_empty(), "pictures", "Pictures")
        .map(|title| view! { {title}<Pictures document=document.clone() id=id.clone()/> });
    let unchecked = on_page(true, "not-checked", "What was not checked");
    let pack = {
        let (document, checked, id) = (document.clone(), checked.clone(), id.clone());
        let printing = use_context::<Printing>().filter(|_| !document.enquiries.is_empty());
        move || {
            printing
                .is_some_and(|Printing(printing)| printing.get())
                .then(|| view! { <Pack document=document.clone() checked=checked.clone() id=id.clone()/> })
        }
    };
    view! {
        <section class="pc-document" aria-labelledby=heading_id>
            <h2 class="nhsuk-heading-l pc-document__heading" id=heading_id.clone() tabindex="-1">{format::subject(&document)}</h2>
            <Banner document=document.clone() id=id.clone()/>
            <Summary document=document.clone() checked/>
            <Contents id=id.clone() contents/>
            {conditions}
            {balances}
            {imbalances}
            {found}
            {findings}
            <div class="pc-sheets-section">
                {sheets}
                <Sheets document=document.clone() place id=id.clone()/>
            </div>
            {pictures}
            {unchecked}
            <NotChecked rules=document.rules.clone()/>
            {document.companion.clone().map(|text| view! { <div class="nhsuk-inset-text pc-companion"><span class="nhsuk-u-visually-hidden">"Information: "</span><p>{text}</p></div> })}
            <AllRules rules=document.rules.clone() id/>
            {pack}
        </section>
    }
}

/// The ways to the sections below.
#[component]
fn Contents(
    /// Unique on the page.
    id: String,
    /// What the id of each section ends in, and its title.
    contents: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let named_by = format!("{id}-heading {id}-contents");
    let links = contents
        .into_iter()
        .map(|(key, title)| view! { <li><a href=format!("#{id}-{key}")>{title}</a></li> })
        .collect_view();
    view! {
        <nav class="pc-contents" aria-labelledby=named_by>
            <p class="pc-contents__title" id=format!("{id}-contents")>"On this page"</p>
            <ul class="pc-contents__list">{links}</ul>
        </nav>
    }
}
