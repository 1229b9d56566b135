//! What the rules say of themselves: beside each finding, and all of them together.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::protocol::{Area, Catalogue, RuleText};

/// Where the components below find the rules: they come from the engine, after the page has been drawn.
#[derive(Clone, Copy)]
pub(crate) struct Rules(pub(crate) RwSignal<Option<Arc<Catalogue>>>);

/// The release of the rules, where the engine has named it: ", rules 2026.1".
pub(crate) fn version() -> Option<String> {
    let Rules(catalogue) = use_context()?;
    Some(format!(", rules {}", catalogue.get_untracked()?.version))
}

/// The same, as names of files have it: "2026.1".
pub(crate) fn release(catalogue: RwSignal<Option<Arc<Catalogue>>>) -> String {
    catalogue.with_untracked(|it| it.as_ref().map(|it| it.version.clone())).unwrap_or_default()
}

/// What one rule says of itself, to be opened beside a finding.
#[component]
pub(crate) fn AboutRule(code: String) -> impl IntoView {
    let rule = use_context::<Rules>().and_then(|Rules(catalogue)| {
        let catalogue = catalogue.get_untracked()?;
        catalogue.areas.iter().flat_map(|it| &it.rules).find(|it| it.code == code).cloned()
    });
    rule.map(|rule| {
        let summary = format!("About rule {}: {}", rule.code, rule.title);
        view! {
            <details class="nhsuk-details pc-about">
                <summary class="nhsuk-details__summary">
                    <span class="nhsuk-details__summary-text">{summary}</span>
                </summary>
                <div class="nhsuk-details__text"><Parts rule/></div>
            </details>
        }
    })
}

#[component]
fn Parts(rule: RuleText) -> impl IntoView {
    let parts = rule
        .parts
        .into_iter()
        .map(|(heading, text)| view! { <dt>{heading}</dt><dd>{text}</dd> })
        .collect_view();
    view! { <dl class="pc-rule">{parts}</dl> }
}

/// Every rule, area by area, to be read before there is any result.
#[component]
pub(crate) fn EveryRule(#[prop(into)] catalogue: Signal<Option<Arc<Catalogue>>>) -> impl IntoView {
    move || {
        catalogue.get().map(|catalogue| {
            let count: usize = catalogue.areas.iter().map(|it| it.rules.len()).sum();
            let areas = catalogue.areas.iter().cloned().map(|area| view! { <OneArea area/> }).collect_view();
            view! {
                <details class="nhsuk-details pc-catalogue">
                    <summary class="nhsuk-details__summary">
                        <span class="nhsuk-details__summary-text">{format!("What is checked: all {count} rules")}</span>
                    </summary>
                    <div class="nhsuk-details__text">{areas}</div>
                </details>
            }
        })
    }
}

#[component]
fn OneArea(area: Area) -> impl IntoView {
    let rules = area
        .rules
        .into_iter()
        .map(|rule| {
            let summary = format!("{} {}", rule.code, rule.title);
            view! {
                <details class="nhsuk-details pc-catalogue__rule">
                    <summary class="nhsuk-details__summary">
                        <span class="nhsuk-details__summary-text">{summary}</span>
                    </summary>
                    <div class="nhsuk-details__text"><Parts rule/></div>
                </details>
            }
        })
        .collect_view();
    view! { <h2 class="nhsuk-heading-s">{area.name}</h2>{rules} }
}
