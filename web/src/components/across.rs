//! What stands between the workbooks of one board and year that were given together.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::Across;

use super::cells::FileNames;
use super::finding::Card;
use super::findings::{Findings, FindingsOf, card_id};
use super::pack::{Judgement, Purpose, for_paper};
use super::rules::{AllRules, NotChecked};
use crate::print::Printing;
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
        view! { <p>{AGREE}</p> }.into_any()
    } else {
        view! { <Findings findings=FindingsOf::Joint(joint.clone()) id=id.clone()/> }.into_any()
    };
    let unchecked = across.rules.iter().any(|it| it.unchecked).then(|| {
        view! {
            <h3 class="nhsuk-heading-m pc-section">"What was not checked"</h3>
            <NotChecked rules=across.rules.clone()/>
        }
    });
    let pack = {
        let joint = joint.clone();
        let id = id.clone();
        let printing = use_context::<Printing>();
        move || {
            printing
                .is_some_and(|Printing(printing)| printing.get())
                .then(|| view! { <OnPaper joint=joint.clone() id=format!("{id}-pack")/> })
        }
    };
    view! {
        <section class="pc-document" aria-labelledby=heading_id>
            <h2 class="nhsuk-heading-l pc-document__heading" id=heading_id.clone() tabindex="-1">{subject(across)}</h2>
            <p>{files.join(" and ")}</p>
            <h3 class="nhsuk-heading-m pc-section">"What was found"</h3>
            {findings}
            {unchecked}
            <AllRules rules=across.rules.clone() id/>
            {pack}
        </section>
    }
}

/// The workbooks together, as a reader would name them.
pub(crate) fn subject(across: &Across) -> String {
    format!("{}, {}: the workbooks together", across.board, across.year)
}

/// The same for the panel, in the order of the planning requirements that it bears on.
#[component]
fn OnPaper(
    joint: Arc<Joint>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let across = &joint.across;
    let files = joint.files.values().cloned().collect::<Vec<_>>().join(" and ");
    for_paper(&id, &format!("{} · {files}", subject(across)));
    let mut requirements: Vec<Option<String>> =
        across.findings.iter().map(|it| it.requirement.clone()).collect();
    requirements.sort();
    requirements.dedup();
    let parts = requirements
        .into_iter()
        .map(|requirement| {
            let cards = across
                .findings
                .iter()
                .enumerate()
                .filter(|it| it.1.requirement == requirement)
                .map(|(nth, finding)| view! { <Card finding=finding.clone() id=card_id(&id, nth)/> })
                .collect_view();
            let title = requirement.unwrap_or_else(|| "The workbooks themselves".to_owned());
            view! { <section class="pc-enquiry"><h3 class="nhsuk-heading-m pc-enquiry__title">{title}</h3>{cards}<Judgement/></section> }
        })
        .collect_view();
    let agree = across.findings.is_empty().then(|| view! { <p>{AGREE}</p> });
    view! {
        <div class="pc-pack" style:page=id.clone()>
            <Purpose/>
            <h2 class="nhsuk-heading-l" id=format!("{id}-heading")>{subject(across)}</h2>
            <p>{files}</p>
            {agree}
            {parts}
            <section class="pc-enquiry">
                <h3 class="nhsuk-heading-m pc-enquiry__title">"What was not checked"</h3>
                <NotChecked rules=across.rules.clone()/>
            </section>
            <AllRules rules=across.rules.clone() id=id.clone()/>
        </div>
    }
}

const AGREE: &str = "The workbooks agree in everything that was checked across them.";
