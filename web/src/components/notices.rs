//! What the reader should know of this copy before using it.

use leptos::prelude::*;

use crate::copy;
use crate::root;

#[component]
pub(crate) fn Notices() -> impl IntoView {
    let path = window().location().pathname().ok().filter(|_| root::is_page()).unwrap_or_default();
    // As it stands in an address.
    let path = path.replace("%24", "$");
    let notice = |text: &'static str, link: Option<(&'static str, &'static str)>| {
        view! {
            <div class="nhsuk-inset-text pc-notice">
                <span class="nhsuk-u-visually-hidden">"Information: "</span>
                <p>{text}{link.map(|(href, name)| view! { " "<a href=href>{name}</a> })}</p>
            </div>
        }
    };
    view! {
        {copy::is_old(&copy::this().released).then(|| notice(copy::OLD, Some(("#about", "About this copy"))))}
        {copy::in_archive(&path)
            .then(|| {
                notice(
                    "This file was opened from inside a zip file and is kept only as long as that is open. Save it to a folder first and open it from there.",
                    None,
                )
            })}
    }
}
