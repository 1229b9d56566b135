//! The pages inside the page: privacy, accessibility, and what copy this is. The address says which one is open,
//! so that Back works.

mod about;
mod accessibility;
mod privacy;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::goto::{focus_on, soon};
use crate::root;
use about::About;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The check and its results.
    #[default]
    Check,
    Privacy,
    Accessibility,
    About,
}

impl Shown {
    /// Reads the part of an address after "#". Some lead only to a place on what is shown.
    fn of(fragment: &str) -> Option<Self> {
        match fragment.trim_start_matches('#') {
            "" | "check" => Some(Shown::Check),
            "privacy" => Some(Shown::Privacy),
            "accessibility" => Some(Shown::Accessibility),
            "about" => Some(Shown::About),
            _ => None,
        }
    }

    /// Its title; the check has many.
    pub(crate) fn title(self) -> Option<&'static str> {
        match self {
            Shown::Check => None,
            Shown::Privacy => Some("Privacy"),
            Shown::Accessibility => Some("Accessibility statement"),
            Shown::About => Some("About this copy"),
        }
    }
}

/// What is shown. It follows the address where the page is the checker's own, and its links where it is not.
pub(crate) fn follow_links() -> RwSignal<Shown> {
    let fragment = || window().location().hash().unwrap_or_default();
    let start = if root::is_page() { Shown::of(&fragment()) } else { None };
    let shown = RwSignal::new(start.unwrap_or_default());
    let left = StoredValue::new_local(None::<Left>);
    let turn = move |now: Shown| {
        if now == shown.get_untracked() {
            return;
        }
        if shown.get_untracked() == Shown::Check {
            left.set_value(Left::now());
        }
        shown.set(now);
        match left.get_value().filter(|_| now == Shown::Check) {
            Some(left) => left.again(),
            None => focus(if now == Shown::Check { "maincontent" } else { HEADING }),
        }
    };
    // Any other fragment is a place on the check, which Back may lead to.
    let address = root::is_page().then(|| {
        root::listen("hashchange", move |_: Event| turn(Shown::of(&fragment()).unwrap_or_default()))
    });
    let links = root::listen("click", move |event: Event| {
        let link =
            event.target().and_then(|it| it.dyn_into::<Element>().ok()?.closest("a[href^='#']").ok()?);
        let Some(target) = link.and_then(|it| it.get_attribute("href")) else { return };
        let statement = Shown::of(&target);
        // A place within a statement has no address of its own.
        if root::is_page() && (statement.is_some() || shown.get_untracked() == Shown::Check) {
            return;
        }
        // As a part of another page, nothing of ours has: the address is the other page's.
        let followed = event.default_prevented();
        event.prevent_default();
        match statement {
            Some(now) => turn(now),
            None if !followed => focus_on(target.trim_start_matches('#')),
            None => {}
        }
    });
    let listeners = StoredValue::new_local((address, links));
    on_cleanup(move || listeners.dispose());
    shown
}

/// Goes back to the check, wherever the reader is.
pub(crate) fn leave(shown: RwSignal<Shown>) {
    if shown.get_untracked() != Shown::Check {
        shown.set(Shown::Check);
        if root::is_page() {
            let _ = window().location().set_hash("check");
        }
    }
}

/// Where the reader was on the check when a statement was opened.
#[derive(Clone)]
struct Left {
    element: HtmlElement,
    scrolled: f64,
}

impl Left {
    fn now() -> Option<Self> {
        let element = root::active()?.dyn_into().ok()?;
        Some(Self { element, scrolled: window().scroll_y().ok()? })
    }

    /// Takes the reader there again, once the page has been brought up to date.
    fn again(self) {
        soon(move || {
            let _ = self.element.focus();
            window().scroll_to_with_x_and_y(0.0, self.scrolled);
        });
    }
}

/// Puts the focus on an element, once the page has been brought up to date.
fn focus(id: &'static str) {
    soon(move || {
        if let Some(element) = root::by_id(id) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

const HEADING: &str = "statement-heading";

/// The statement that is open, if one is.
#[component]
pub(crate) fn Statement(#[prop(into)] shown: Signal<Shown>) -> impl IntoView {
    move || {
        let title = shown.get().title()?;
        let content = match shown.get() {
            Shown::Check => return None,
            Shown::Privacy => written(&privacy::privacy()).into_any(),
            Shown::Accessibility => {
                written(&accessibility::ACCESSIBILITY.iter().collect::<Vec<_>>()).into_any()
            }
            Shown::About => view! { <About/> }.into_any(),
        };
        Some(view! {
            <div class="pc-statement">
                <a class="nhsuk-back-link" href="#check">"Back to the check"</a>
                <h1 class="nhsuk-heading-xl" id=HEADING tabindex="-1">{title}</h1>
                {content}
            </div>
        })
    }
}

/// A heading and its paragraphs.
type Section = (&'static str, &'static [&'static str]);
type Sections = &'static [Section];

/// A statement that is all text.
fn written(sections: &[&'static Section]) -> impl IntoView + use<> {
    let section = |(heading, paragraphs): &&'static Section| {
        let paragraphs = paragraphs.iter().map(|it| view! { <p>{*it}</p> }).collect_view();
        view! { <h2 class="nhsuk-heading-m">{*heading}</h2>{paragraphs} }
    };
    sections.iter().map(section).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_shown_or_only_where() {
        assert_eq!(Shown::of(""), Some(Shown::Check));
        assert_eq!(Shown::of("#check"), Some(Shown::Check));
        assert_eq!(Shown::of("#privacy"), Some(Shown::Privacy));
        assert_eq!(Shown::of("#accessibility"), Some(Shown::Accessibility));
        assert_eq!(Shown::of("#about"), Some(Shown::About));
        assert_eq!(Shown::of("#maincontent"), None);
    }
}
