//! From a finding to its cell and back, and the browser's own Back with it.
//!
//! Every step is an entry of the history without an address of its own: where it leads is in the entry's
//! state, so nothing of the workbook is ever written into the address.

use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, PopStateEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::address::At;

/// A cell of one of the workbooks on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The workbook, by its place in the report.
    pub(crate) document: u32,
    /// The sheet's name.
    pub(crate) sheet: String,
    pub(crate) at: At,
}

/// The cell that the reader wants to see. Given to all components as context.
#[derive(Clone, Copy)]
pub(crate) struct Goto(pub(crate) RwSignal<Option<Target>>);

impl Goto {
    /// Takes the reader from an element to a cell; Back returns to the element.
    pub(crate) fn cell(self, from: &str, target: Target) {
        step(from, &format!("{}!{}!{}!{}", target.document, target.at.row, target.at.col, target.sheet));
        self.0.set(Some(target));
    }

    /// Follows the browser's Back and Forward.
    pub(crate) fn follow_history(self) {
        let handle = window_event_listener_untyped("popstate", move |event| {
            let state = event.unchecked_ref::<PopStateEvent>().state();
            let Some(place) = place_of(&state) else { return };
            match cell_of(&place) {
                Some(target) => self.0.set(Some(target)),
                None => focus_on(&place),
            }
        });
        on_cleanup(move || handle.remove());
    }
}

/// Takes the reader from one element to another; Back returns.
pub(crate) fn element(from: &str, to: &str) {
    step(from, to);
    focus_on(to);
}

fn step(from: &str, to: &str) {
    let Ok(history) = window().history() else { return };
    // A page that stands in a sandbox may not write to the history; then Back leads where it led.
    let _ = history.replace_state(&state(from), "");
    let _ = history.push_state(&state(to), "");
}

/// What the entries of this page are known by.
const KEY: &str = "plancheck";

fn state(place: &str) -> JsValue {
    let state = js_sys::Object::new();
    let _ = Reflect::set(&state, &KEY.into(), &place.into());
    state.into()
}

fn place_of(state: &JsValue) -> Option<String> {
    Reflect::get(state, &KEY.into()).ok()?.as_string()
}

fn cell_of(place: &str) -> Option<Target> {
    let mut parts = place.splitn(4, '!');
    let mut number = || parts.next()?.parse::<u32>().ok();
    let (document, row, col) = (number()?, number()?, number()?);
    Some(Target { document, sheet: parts.next()?.to_owned(), at: At { row, col } })
}

/// Puts the focus on an element and brings it into view, once the page has been brought up to date.
pub(crate) fn focus_on(id: &str) {
    let id = id.to_owned();
    set_timeout(
        move || {
            let Some(element) = document().get_element_by_id(&id) else { return };
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            options.set_inline(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
            let _ = element.unchecked_into::<HtmlElement>().focus();
        },
        Duration::ZERO,
    );
}
