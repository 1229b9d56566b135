//! What stands above and below the page's own content.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::protocol::Catalogue;

use crate::copy;
use crate::root;

/// Characters of the build that tell copies apart for people; all of them stand on "About this copy".
const BUILD: usize = 8;
const OWN_PAGE: &str = "This page sets no cookies, stores nothing and connects to nothing. Close it and your plan is gone from it.";
const PART_OF_A_PAGE: &str = "This checker sets no cookies, stores nothing and connects to nothing. For the rest of this page, ask \
     whoever runs it.";

/// The name of the tool and what it is not. No logo and no crown: it belongs to nobody's website.
#[component]
pub(crate) fn Header() -> impl IntoView {
    view! {
        <a class="nhsuk-skip-link" href="#maincontent">"Skip to main content"</a>
        <header>
            <div class="pc-header">
                <div class="nhsuk-width-container pc-header__inner">
                    <span class="pc-header__name">"plancheck"</span>
                    <span class="pc-header__what">"Better Care Fund plan checker"</span>
                </div>
            </div>
            <div class="nhsuk-width-container">
                <Phase/>
            </div>
        </header>
    }
}

/// What the tool is not.
#[component]
pub(crate) fn Phase() -> impl IntoView {
    view! {
        <p class="pc-phase">
            <strong class="nhsuk-tag pc-phase__tag">"Unofficial checking aid"</strong>
            <span>"It helps you check a plan. It does not approve one and takes no part in assurance."</span>
        </p>
    }
}

/// The release, and the release of the rules once the engine has named it.
#[component]
pub(crate) fn Footer(#[prop(into)] rules: Signal<Option<Arc<Catalogue>>>) -> impl IntoView {
    view! {
        <footer class="pc-footer">
            <div class="nhsuk-width-container">
                <p class="nhsuk-body-s">
                    "plancheck " {env!("CARGO_PKG_VERSION")}
                    {move || rules.get().map(|rules| format!(" · rules {}", rules.version))}
                    " · build " {copy::this().build.chars().take(BUILD).collect::<String>()}
                </p>
                <ul class="pc-footer__links">
                    <li><a href="#privacy">"Privacy"</a></li>
                    <li><a href="#accessibility">"Accessibility statement"</a></li>
                    <li><a href="#about">"About this copy"</a></li>
                </ul>
                <p class="nhsuk-body-s">{if root::is_page() { OWN_PAGE } else { PART_OF_A_PAGE }}</p>
            </div>
        </footer>
    }
}
