//! What the reader should know where this page stands inside another, and the press that hands figures over.

use leptos::prelude::*;
use plancheck_api::protocol::Ask;

use crate::desk::{self, Desk};
use crate::embed::Host;
use crate::root;

/// The page around this one as people know it: the name in its address.
fn name(origin: &str) -> String {
    origin
        .split_once("://")
        .map(|it| it.1)
        .filter(|it| !it.is_empty())
        .map_or_else(|| "a page without an address".to_owned(), str::to_owned)
}

/// Says that there is a page around this one, and what it is told.
#[component]
pub(crate) fn Embedded() -> impl IntoView {
    let Host { origin, .. } = use_context()?;
    if !root::is_page() {
        return Some(part_of_a_page().into_any());
    }
    let open = root::is_open_to_page_around();
    Some((move || {
        let name = origin.get().map(|origin| name(&origin));
        // Before it connects, a page that can read nothing here is told nothing either.
        (open || name.is_some()).then(|| view! {
            <div class="nhsuk-inset-text pc-embedded"><span class="nhsuk-u-visually-hidden">"Information: "</span><p>
                "This checker stands inside another page"{name.map(|name| view! { " (" <strong>{name}</strong> ")" })}". "
                {if open { CAN_READ } else { IS_TOLD }}
            </p></div>
        })
    }).into_any())
}

/// Of a page that the browser keeps apart.
const IS_TOLD: &str = "It tells that page how many checks ended in which state, and their codes. It tells it nothing that your plan says \
    unless you choose “Share with this page”. A workbook that the other page has handed over was known to it before.";

/// Of a page that nothing keeps apart. It can read along whether or not it connects.
const CAN_READ: &str = "That page is of the same site and the frame is not sandboxed: its scripts can read all that is shown here. \
    If you do not want that, open the checker by itself.";

/// In another page's own document nothing keeps that page from reading along.
fn part_of_a_page() -> impl IntoView {
    view! {
        <div class="nhsuk-inset-text pc-embedded"><span class="nhsuk-u-visually-hidden">"Information: "</span><p>
            "This checker is a part of the page that you are on. It sends nothing, but what that page does with what it shows is \
             for whoever runs that page to answer. "<a href="#privacy">"What that means"</a>
        </p></div>
    }
}

/// The button that hands the whole report to the page around this one.
#[component]
pub(crate) fn Share(said: RwSignal<String>) -> impl IntoView {
    let (host, desk) = (use_context::<Host>()?, use_context::<Desk>()?);
    let share = move |_| {
        let name = name(&host.origin.get_untracked().unwrap_or_default());
        desk.write(Ask::Json, move |report| {
            let json = match report {
                Ok(report) => desk::text(&report),
                Err(why) => return said.set(why),
            };
            said.set(match host.share(&json) {
                Ok(()) => format!("The full report was shared with {name}"),
                Err(_) => "The report could not be shared. Try again.".to_owned(),
            });
        });
    };
    Some(move || {
        host.origin.get().map(|_| {
            view! { <button type="button" class="nhsuk-button nhsuk-button--secondary" on:click=share>"Share with this page"</button> }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_the_name_in_its_address() {
        assert_eq!(name("https://intranet.example:8443"), "intranet.example:8443");
        assert_eq!([name("null"), name("file://")], ["a page without an address"; 2]);
    }
}
