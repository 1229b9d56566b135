//! What stopped a file from being checked, and what to do about it.

use leptos::prelude::*;

use crate::stage::Trouble;

#[component]
pub(crate) fn Troubles(
    troubles: Vec<Trouble>,
    /// Whether results of an earlier check, or of other files, stand below.
    results_below: bool,
) -> impl IntoView {
    let heading = match troubles.len() {
        1 => "The file was not checked".to_owned(),
        many => format!("{many} files were not checked"),
    };
    let troubles = troubles
        .into_iter()
        .map(|Trouble { what, todo }| view! { <li><p class="pc-trouble__what">{what}</p><p>{todo}</p></li> })
        .collect_view();
    view! {
        <div class="nhsuk-error-summary pc-trouble" id="trouble" tabindex="-1">
            <div role="alert">
                <h2 class="nhsuk-error-summary__heading">{heading}</h2>
                <div class="nhsuk-error-summary__body">
                    <ul class="nhsuk-list nhsuk-error-summary__list">{troubles}</ul>
                    {results_below.then(|| view! { <p>"The results below are of other files."</p> })}
                </div>
            </div>
        </div>
    }
}
