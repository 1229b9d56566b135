//! Which checks ran, which did not, and why.

use leptos::prelude::*;
use plancheck_api::wire::RuleOutcome;

use super::tag::Tag;
use crate::format;
use crate::print::on_paper;

/// What was not checked. Absence of findings is no pass for these.
#[component]
pub(crate) fn NotChecked(rules: Vec<RuleOutcome>) -> impl IntoView {
    let entries: Vec<_> = rules
        .into_iter()
        .filter(|rule| rule.unchecked)
        .map(|RuleOutcome { rule, name, reason, .. }| {
            view! {
                <li>
                    <strong>{rule}" "{format::rule_name(&name)}</strong>
                    {reason.map(|reason| format!(": {reason}"))}
                </li>
            }
        })
        .collect();
    if entries.is_empty() {
        view! { <p>"Every check that applies to this workbook could be made."</p> }.into_any()
    } else {
        view! { <ul class="nhsuk-list nhsuk-list--bullet pc-not-checked">{entries}</ul> }.into_any()
    }
}

/// Every check with the state it ended in.
#[component]
pub(crate) fn AllRules(
    rules: Vec<RuleOutcome>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let caption_id = format!("{id}-rules-caption");
    let count = format::count(rules.len(), "check", "checks");
    let rows = rules
        .into_iter()
        .map(|RuleOutcome { rule, name, state, reason, .. }| {
            view! {
                <tr class="nhsuk-table__row">
                    <th class="nhsuk-table__header" scope="row">{rule}</th>
                    <td class="nhsuk-table__cell">
                        {format::rule_name(&name)}
                        {reason.map(|reason| view! { <br/><span class="pc-quiet">{reason}</span> })}
                    </td>
                    <td class="nhsuk-table__cell"><Tag state/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="nhsuk-details" open=on_paper()>
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">"All " {count} ", and how each ended"</span>
            </summary>
            <div class="nhsuk-details__text">
                <div class="pc-scroll" role="region" tabindex="0" aria-labelledby=format!("{id}-heading {caption_id}")>
                    <table class="nhsuk-table nhsuk-table--compact pc-table">
                        <caption class="nhsuk-table__caption nhsuk-u-visually-hidden" id=caption_id.clone()>"All checks"</caption>
                        <thead class="nhsuk-table__head">
                            <tr class="nhsuk-table__row">
                                <th class="nhsuk-table__header" scope="col">"Code"</th>
                                <th class="nhsuk-table__header" scope="col">"Check"</th>
                                <th class="nhsuk-table__header" scope="col">"State"</th>
                            </tr>
                        </thead>
                        <tbody class="nhsuk-table__body">{rows}</tbody>
                    </table>
                </div>
            </div>
        </details>
    }
}
