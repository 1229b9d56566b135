//! A tab for each sheet, with how much was found on it.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::sheets::{SheetHead, SheetState, Sheets};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::marks::Marks;
use crate::format;
use crate::root;

#[component]
pub(super) fn Tabs(
    heads: Arc<Sheets>,
    marks: Arc<Marks>,
    open: RwSignal<usize>,
    id: String,
) -> impl IntoView {
    let count = heads.sheets.len();
    let tab_id = move |id: &str, sheet: usize| format!("{id}-tab-{sheet}");
    let focus = {
        let id = id.clone();
        move |sheet: usize| {
            open.set(sheet);
            if let Some(tab) = root::by_id(&tab_id(&id, sheet)) {
                let _ = tab.unchecked_into::<HtmlElement>().focus();
            }
        }
    };
    // Arrow keys go from tab to tab, as people know it from other tabs.
    let keys = move |event: KeyboardEvent| {
        let now = open.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (now + 1) % count,
            "ArrowLeft" | "ArrowUp" => (now + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        focus(next);
    };
    let tabs = heads
        .sheets
        .iter()
        .enumerate()
        .map(|(sheet, head)| {
            let found = marks.count(&head.name);
            let selected = move || open.get() == sheet;
            view! {
                <button
                    type="button"
                    class="pc-tab"
                    role="tab"
                    id=tab_id(&id, sheet)
                    aria-controls=format!("{id}-panel")
                    aria-selected=move || if selected() { "true" } else { "false" }
                    tabindex=move || if selected() { "0" } else { "-1" }
                    on:click=move |_| open.set(sheet)
                >
                    {head.name.clone()}
                    {hidden(head)}
                    {(found > 0).then(|| {
                        let many = format::count(found, "finding", "findings");
                        view! { <span class="pc-tab__count" aria-hidden="true">{found}</span><span class="nhsuk-u-visually-hidden">{format!(", {many}")}</span> }
                    })}
                </button>
            }
        })
        .collect_view();
    view! { <div class="pc-tabs" role="tablist" aria-label="Sheets of the workbook" on:keydown=keys>{tabs}</div> }
}

/// What is said beside the name of a sheet that Excel does not show.
fn hidden(head: &SheetHead) -> Option<&'static str> {
    match head.state {
        SheetState::Visible => None,
        SheetState::Hidden => Some(" (hidden)"),
        SheetState::VeryHidden => Some(" (hidden, and kept from “Unhide”)"),
    }
}
