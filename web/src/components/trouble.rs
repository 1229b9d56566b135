//! What stopped a file from being checked, and what to do about it.

use leptos::prelude::*;

use crate::stage::Trouble;

/// So many are told one by one. Whoever drops a folder of other files need not read a thousand.
const MOST: usize = 50;

#[component]
pub(crate) fn Troubles(
    troubles: Vec<Trouble>,
    /// Whether results of an earlier check, or of other files, stand below.
    results_below: bool,
    /// The reader wants the same done once more.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let heading = Trouble::heading(&troubles);
    let of_others = results_below && troubles.iter().any(|it| !it.is_of_comparison);
    let passes = troubles.iter().any(|it| it.passes);
    let more = troubles.len().saturating_sub(MOST);
    let troubles = troubles
        .into_iter()
        .take(MOST)
        .map(|Trouble { what, todo, .. }| view! { <li><p class="pc-trouble__what">{what}</p><p>{todo}</p></li> })
        .collect_view();
    view! {
        <div class="nhsuk-error-summary pc-trouble" id="trouble" tabindex="-1">
            <div role="alert">
                <h2 class="nhsuk-error-summary__heading" id="trouble-heading">{heading}</h2>
                <div class="nhsuk-error-summary__body">
                    <ul class="nhsuk-list nhsuk-error-summary__list">{troubles}</ul>
                    {(more > 0).then(|| view! { <p>{format!("And {more} more.")}</p> })}
                    {of_others.then(|| view! { <p>"The results below are of other files."</p> })}
                </div>
            </div>
            {passes
                .then(|| {
                    view! {
                        <button
                            type="button"
                            id="again"
                            class="nhsuk-button nhsuk-button--secondary nhsuk-button--small pc-trouble__again"
                            aria-describedby="trouble-heading"
                            on:click=move |_| again.run(())
                        >"Try again"</button>
                    }
                })}
        </div>
    }
}
