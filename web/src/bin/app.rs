//! The page. `boot.js` starts it.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, MessagePort};

fn main() {}

/// Puts the checker at its place, which may be in a shadow root; what is around it holds the other end of `port`.
#[wasm_bindgen]
pub fn start(place: HtmlElement, port: Option<MessagePort>) {
    plancheck_web::app::start(place, port);
}
