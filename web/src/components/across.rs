//! What stands between the workbooks of one board and year that were given together.

use std::sync::Arc;

use leptos::prelude::*;

use super::cells::FileNames;
use super::findings::Findings;
use super::rules::{AllRules, NotChecked};
use crate::stage::Joint;

#[component]
pub(crate) fn Together(
    joint: Arc<Joint>,
    /// Its place among the results: part of the ids.
    index: usize,
) -> impl IntoView {
    let id = format!("together-{index}");
    let heading_id = format!("{id}-heading");
    let across = &joint.across;
    provide_context(FileNames(Arc::new(joint.files.clone())));
    let files: Vec<String> = joint.files.values().cloned().collect();
    let findings = if across.findings.is_empty() {
        view! { <p>"The workbooks agree in everything that was checked across them."</p> }.into_any()
    } else {
        view! { <Findings findings=across.findings.clone() id=id.clone()/> }.into_any()
    };
    let unchecked = across.rules.iter().any(|it| it.unchecked).then(|| {
        view! {
            <h3 class="nhsuk-heading-m pc-section">"What was not checked"</h3>
            <NotChecked rules=across.rules.clone()/>
        }
    });
    view! {
        <section class="pc-document" aria-labelledby=heading_id>
            <h2 class="nhsuk-heading-l pc-document__heading" id=heading_id.clone()>
                {format!("{}, {}: the workbooks together", across.board, across.year)}
            </h2>
            <p>{files.join(" and ")}</p>
            <h3 class="nhsuk-heading-m pc-section">"What was found"</h3>
            {findings}
            {unchecked}
            <AllRules rules=across.rules.clone() id/>
        </section>
    }
}
