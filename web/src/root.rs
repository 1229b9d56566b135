//! Where the checker stands: as a page of its own, or as a part of another page, in a shadow root there.
//!
//! As a part it keeps to itself: it looks for its elements in its own tree, and changes neither the title nor
//! the address nor the history of the page around it.

use std::cell::RefCell;

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, HtmlElement, NodeList, ShadowRoot};

thread_local! {
    /// The shadow root that the checker stands in, if it does. Set once, before anything is drawn.
    static PART: RefCell<Option<ShadowRoot>> = const { RefCell::new(None) };
}

/// Takes note of where the checker is to stand.
pub(crate) fn stand_at(place: &HtmlElement) {
    PART.set(place.get_root_node().dyn_into().ok());
}

fn with_part<T>(page: impl FnOnce() -> T, part: impl FnOnce(&ShadowRoot) -> T) -> T {
    PART.with_borrow(|root| match root {
        None => page(),
        Some(root) => part(root),
    })
}

/// Whether the page is the checker's own.
pub(crate) fn is_page() -> bool {
    with_part(|| true, |_| false)
}

/// Whether the page stands in a frame of another.
pub(crate) fn is_framed() -> bool {
    is_page() && window().parent().ok().flatten().is_some_and(|it| it != window())
}

/// Whether the page around this frame can read all that stands here: it is of the same site, and nothing keeps
/// the frame apart.
pub(crate) fn is_open_to_page_around() -> bool {
    is_framed() && window().frame_element().ok().flatten().is_some()
}

/// One of the checker's elements by its id.
pub(crate) fn by_id(id: &str) -> Option<Element> {
    with_part(|| document().get_element_by_id(id), |root| root.get_element_by_id(id))
}

/// The element that has the focus, if it is one of the checker's.
pub(crate) fn active() -> Option<Element> {
    with_part(|| document().active_element(), ShadowRoot::active_element)
}

/// The checker's elements that a selector names.
pub(crate) fn all(selector: &str) -> Result<NodeList, JsValue> {
    with_part(|| document().query_selector_all(selector), |root| root.query_selector_all(selector))
}

/// What the styles hang on: it says which scheme was chosen.
pub(crate) fn top() -> Option<Element> {
    with_part(|| document().document_element(), |root| root.query_selector(".pc-root").ok().flatten())
}

/// A listener on everything that is the checker's. It listens until it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    hear: Closure<dyn FnMut(Event)>,
}

/// Hears of an event wherever it happens among the checker's elements; on a page of its own, anywhere.
pub(crate) fn listen<E: JsCast + 'static>(name: &'static str, mut hear: impl FnMut(E) + 'static) -> Listener {
    let target: EventTarget = with_part(|| window().into(), |root| root.clone().into());
    let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| hear(event.unchecked_into()));
    // Fails for no name and no listener.
    let _ = target.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
    Listener { target, name, hear }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.target.remove_event_listener_with_callback(self.name, self.hear.as_ref().unchecked_ref());
    }
}
