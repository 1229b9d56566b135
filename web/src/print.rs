//! Printing: what is folded away on the screen is open on paper.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Marks what was closed, so that it can be closed again.
const MARK: &str = "data-opened-for-print";

/// Opens every `details` while the page is being printed.
pub(crate) fn unfold() {
    let handles = [
        window_event_listener_untyped("beforeprint", |_| {
            each("details:not([open])", |details| {
                details.set_attribute("open", "").and_then(|()| details.set_attribute(MARK, ""))
            });
        }),
        window_event_listener_untyped("afterprint", |_| {
            each(&format!("details[{MARK}]"), |details| {
                details.remove_attribute("open").and_then(|()| details.remove_attribute(MARK))
            });
        }),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
}

fn each(selector: &str, change: impl Fn(&Element) -> Result<(), wasm_bindgen::JsValue>) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.get(index) {
            // Fails only for names that are no names.
            let _ = change(element.unchecked_ref());
        }
    }
}
