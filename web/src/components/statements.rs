//! The pages inside the page: privacy and accessibility. The address says which one is open, so that Back works.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The check and its results.
    #[default]
    Check,
    Privacy,
    Accessibility,
}

impl Shown {
    /// Reads the part of an address after "#". Some lead only to a place on what is shown.
    fn of(fragment: &str) -> Option<Self> {
        match fragment.trim_start_matches('#') {
            "" | "check" => Some(Shown::Check),
            "privacy" => Some(Shown::Privacy),
            "accessibility" => Some(Shown::Accessibility),
            _ => None,
        }
    }

    /// Its title; the check has many.
    pub(crate) fn title(self) -> Option<&'static str> {
        match self {
            Shown::Check => None,
            Shown::Privacy => Some("Privacy"),
            Shown::Accessibility => Some("Accessibility statement"),
        }
    }
}

/// What is shown, which follows the address.
pub(crate) fn follow_address() -> RwSignal<Shown> {
    let fragment = || window().location().hash().unwrap_or_default();
    let shown = RwSignal::new(Shown::of(&fragment()).unwrap_or_default());
    let handle = window_event_listener_untyped("hashchange", move |_| {
        let Some(now) = Shown::of(&fragment()).filter(|now| *now != shown.get_untracked()) else { return };
        shown.set(now);
        focus(if now == Shown::Check { "maincontent" } else { HEADING });
    });
    on_cleanup(move || handle.remove());
    shown
}

/// Goes back to the check, wherever the reader is.
pub(crate) fn leave(shown: RwSignal<Shown>) {
    if shown.get_untracked() != Shown::Check {
        shown.set(Shown::Check);
        let _ = window().location().set_hash("check");
    }
}

/// Puts the focus on an element, once the page has been brought up to date.
fn focus(id: &'static str) {
    set_timeout(
        move || {
            if let Some(element) = document().get_element_by_id(id) {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                let _ = element.unchecked_into::<HtmlElement>().focus();
            }
        },
        Duration::ZERO,
    );
}

const HEADING: &str = "statement-heading";

/// The statement that is open, if one is.
#[component]
pub(crate) fn Statement(#[prop(into)] shown: Signal<Shown>) -> impl IntoView {
    move || {
        let title = shown.get().title()?;
        let sections = match shown.get() {
            Shown::Check => return None,
            Shown::Privacy => PRIVACY,
            Shown::Accessibility => ACCESSIBILITY,
        };
        let sections = sections
            .iter()
            .map(|(heading, paragraphs)| {
                let paragraphs = paragraphs.iter().map(|it| view! { <p>{*it}</p> }).collect_view();
                view! { <h2 class="nhsuk-heading-m">{*heading}</h2>{paragraphs} }
            })
            .collect_view();
        Some(view! {
            <div class="pc-statement">
                <a class="nhsuk-back-link" href="#check">"Back to the check"</a>
                <h1 class="nhsuk-heading-xl" id=HEADING tabindex="-1">{title}</h1>
                {sections}
            </div>
        })
    }
}

type Sections = &'static [(&'static str, &'static [&'static str])];

const PRIVACY: Sections = &[
    (
        "Your workbook stays on your computer",
        &[
            "Your browser reads the workbook, and this page checks it inside the browser. It is not uploaded. No server takes part.",
            "Once the page has loaded it asks for nothing more. Its content security policy forbids it every connection, and your \
             browser enforces that.",
        ],
    ),
    (
        "What is read",
        &[
            "The cells of the workbook and their formulas, comments and formats, and what the file says of itself: hidden sheets, \
             protection, links, macros and the names in its properties. Macros are never run and links are never followed.",
            "A planning workbook names people. The page shows where, so that you can decide before you share it.",
        ],
    ),
    (
        "What is kept",
        &[
            "Nothing. The page sets no cookies and stores nothing. It holds your workbook and its result in memory until you check \
             another or close the page.",
            "Nothing of your workbook is written into the address of the page or the history of the browser.",
        ],
    ),
    (
        "What you take away",
        &[
            "A file is made only when you ask for it, and saved where your downloads go. It holds what the plan says: the annotated \
             copy is your whole workbook. Keep it as you keep the plan.",
        ],
    ),
    (
        "See for yourself",
        &[
            "Disconnect from the network and check a workbook: nothing changes. Or open your browser’s developer tools, choose \
             Network, and watch that list stay empty while you check one.",
        ],
    ),
];

const ACCESSIBILITY: Sections = &[
    (
        "What we aim for",
        &[
            "This page aims to meet level AA of the Web Content Accessibility Guidelines 2.2.",
            "You can use all of it with the keyboard alone, zoom to 400 % without losing anything, and use a dark scheme or the \
             colours that you have set. No state is told by colour alone. Every picture has a sentence and a table of its figures.",
        ],
    ),
    (
        "How it is tested",
        &[
            "With every change of the program the page is opened in Chromium, in each of its states, wide and 320 pixels narrow, light, \
             dark and with forced colours, and examined with axe. Keyboard use, the size of targets, reflow and print have tests of \
             their own.",
            "It has not yet been audited by anyone outside the project, nor tested with people who use screen readers or other \
             assistive technologies.",
        ],
    ),
    (
        "What is not as good as it should be",
        &[
            "The workbook’s own sheets are wide tables. They scroll both ways and keep the fills of the workbook in every colour \
             scheme. Fills that depend on conditions are not shown.",
            "Of a long sheet only the rows near what you see are on the page, so your browser’s own search does not find the others. \
             Each gap has a button that brings its rows.",
        ],
    ),
    (
        "If you cannot use it",
        &[
            "Tell whoever gave you this page what you could not do and what you use. The same checks can be run from a terminal, and \
             their report is text.",
            "This statement was prepared on 22 November 2026.",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_shown_or_only_where() {
        assert_eq!(Shown::of(""), Some(Shown::Check));
        assert_eq!(Shown::of("#check"), Some(Shown::Check));
        assert_eq!(Shown::of("#privacy"), Some(Shown::Privacy));
        assert_eq!(Shown::of("#accessibility"), Some(Shown::Accessibility));
        assert_eq!(Shown::of("#maincontent"), None);
    }
}
