//! What was found in several workbooks, in a line for each, and the way to each.

use std::sync::Arc;

use leptos::prelude::*;

use super::across::subject;
use crate::format;
use crate::stage::{Joint, Opened};

#[component]
pub(crate) fn Several(documents: Vec<Opened>, joints: Vec<Arc<Joint>>) -> impl IntoView {
    let documents = documents.into_iter().enumerate().map(|(index, Opened { document, .. })| {
        (format!("#document-{index}-heading"), format::subject(&document), format::headline(&document))
    });
    let joints = joints.into_iter().enumerate().map(|(index, joint)| {
        let found = joint.across.findings.len();
        let found =
            if found == 0 { "nothing found".to_owned() } else { format::count(found, "finding", "findings") };
        (format!("#together-{index}-heading"), subject(&joint.across), found)
    });
    let entries = documents
        .chain(joints)
        .map(|(href, name, found)| view! { <li><a href=href>{name}</a>": "{found}</li> })
        .collect_view();
    view! {
        <nav class="pc-contents pc-contents--several" aria-labelledby="several-title">
            <h2 class="nhsuk-heading-m" id="several-title">"Results"</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">{entries}</ul>
        </nav>
    }
}
