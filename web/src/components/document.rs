//! The result of one document, from the verdict to the list of every check.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::Document;

use super::balances::Balances;
use super::banner::Banner;
use super::cells::Here;
use super::findings::Findings;
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
    let section = |title: &'static str| view! { <h3 class="nhsuk-heading-m pc-section">{title}</h3> };
    let conditions = (!document.conditions.is_empty()).then(|| {
        view! { {section("Conditions")}<Ledger document=document.clone() id=id.clone()/> }
    });
    let balances = (!document.balances.is_empty()).then(|| {
        view! { {section("Income and planned expenditure")}<Balances document=document.clone() id=id.clone()/> }
    });
    let imbalances = (!document.imbalances.is_empty()).then(|| {
        view! { {section("Capacity and demand")}<Imbalances document=document.clone() id=id.clone()/> }
    });
    let pictures = (!document.charts.is_empty()).then(|| {
        view! { {section("Pictures")}<Pictures document=document.clone() id=id.clone()/> }
    });
    let findings = if document.findings.is_empty() {
        view! { <p>"Nothing was found that needs your attention in the checks that were made."</p> }
            .into_any()
    } else {
        view! { <Findings findings=document.findings.clone() id=id.clone()/> }.into_any()
    };
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
            {conditions}
            {balances}
            {imbalances}
            {section("What was found")}
            {findings}
            <div class="pc-sheets-section">
                {section("On the workbook’s own sheets")}
                <Sheets document=document.clone() place id=id.clone()/>
            </div>
            {pictures}
            {section("What was not checked")}
            <NotChecked rules=document.rules.clone()/>
            {document.companion.clone().map(|text| view! { <p class="nhsuk-inset-text pc-companion">{text}</p> })}
            <AllRules rules=document.rules.clone() id/>
            {pack}
        </section>
    }
}
