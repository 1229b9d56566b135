//! From a finding to its cell and back, and the browser's own Back with it.
//!
//! Every step is an entry of the history without an address of its own. The entry holds a number only; where
//! it leads is remembered here, so nothing of the workbook is ever written into the address or into an entry.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, PopStateEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::address::At;
use crate::root;

/// A cell of one of the workbooks on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The workbook, by its place in the report.
    pub(crate) document: u32,
    /// The sheet's name.
    pub(crate) sheet: String,
    pub(crate) at: At,
}

/// What the reader wants to see. Given to all components as context, so that whatever hides it can show it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Goto {
    pub(crate) wanted_cell: RwSignal<Option<Target>>,
    /// The id of an element.
    pub(crate) wanted_element: RwSignal<Option<String>>,
}

impl Goto {
    /// Takes the reader from an element to a cell; Back returns to the element.
    pub(crate) fn cell(self, from: &str, target: Target) {
        step(Place::Element(from.to_owned()), Place::Cell(target.clone()));
        self.wanted_cell.set(Some(target));
    }

    /// Takes the reader from one element to another; Back returns.
    pub(crate) fn element(self, from: &str, to: &str) {
        step(Place::Element(from.to_owned()), Place::Element(to.to_owned()));
        self.show(to.to_owned());
    }

    fn show(self, id: String) {
        self.wanted_element.set(Some(id.clone()));
        focus_on(&id);
    }

    /// Follows the browser's Back and Forward.
    pub(crate) fn follow_history(self) {
        let handle = window_event_listener_untyped("popstate", move |event| {
            let state = event.unchecked_ref::<PopStateEvent>().state();
            match place_of(&state) {
                Some(Place::Cell(target)) => self.wanted_cell.set(Some(target)),
                Some(Place::Element(id)) => self.show(id),
                None => {}
            }
        });
        on_cleanup(move || handle.remove());
    }
}

/// Where an entry of the history leads.
#[derive(Clone, Debug)]
enum Place {
    Element(String),
    Cell(Target),
}

thread_local! {
    /// The places that entries of the history stand for, by their numbers.
    static PLACES: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

fn step(from: Place, to: Place) {
    let Some(history) = window().history().ok().filter(|_| root::is_page()) else { return };
    // A page that stands in a sandbox may not write to the history; then Back leads where it led.
    let _ = history.replace_state(&state(from), "");
    let _ = history.push_state(&state(to), "");
}

/// What the entries of this page are known by.
const KEY: &str = "plancheck";

/// Remembers a place, and gives what the history is to hold of it.
fn state(place: Place) -> JsValue {
    let number = PLACES.with_borrow_mut(|places| {
        places.push(place);
        places.len() - 1
    });
    let state = js_sys::Object::new();
    let _ = Reflect::set(&state, &KEY.into(), &number.into());
    state.into()
}

fn place_of(state: &JsValue) -> Option<Place> {
    let number: usize = Reflect::get(state, &KEY.into()).ok()?.as_f64()?.to_string().parse().ok()?;
    PLACES.with_borrow(|places| places.get(number).cloned())
}

/// Puts the focus on an element and brings it into view, once the page has been brought up to date.
pub(crate) fn focus_on(id: &str) {
    let id = id.to_owned();
    soon(move || {
        let Some(element) = root::by_id(&id) else { return };
        show(&element, ScrollLogicalPosition::Center);
        let _ = element.unchecked_into::<HtmlElement>().focus();
    });
}

/// Scrolls an element into view, and sideways no further than needed.
pub(crate) fn show(element: &Element, block: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Does something once the page has been brought up to date.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    set_timeout(act, Duration::ZERO);
}
