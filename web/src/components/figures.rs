//! Figures and answers, each under what it is.

use leptos::prelude::*;

/// Those of them that there are.
#[component]
pub(crate) fn Figures(pairs: Vec<(&'static str, Option<String>)>) -> impl IntoView {
    let pairs = pairs
        .into_iter()
        .filter_map(|(key, value)| {
            value.map(|value| view! { <div class="pc-figures__pair"><dt>{key}</dt><dd>{value}</dd></div> })
        })
        .collect_view();
    view! { <dl class="pc-figures">{pairs}</dl> }
}
