//! The engine, inside the worker. `worker.js` calls [`handle`] with each message after the first.

use js_sys::{Array, Uint8Array};
use plancheck_api::engine::{self, Options};
use plancheck_api::protocol::{FromWorker, ToWorker};
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    // With `panic = "abort"` a panic traps right after this hook, and `worker.js` reports the trap. The hook
    // adds where it happened, and only that: the text of a panic may quote the plan.
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        post(&FromWorker::Failed { id: 0, message: format!("the engine stopped{place}") });
    }));
    post(&FromWorker::Catalogue(engine::catalogue()));
}

/// Answers one message of the page.
#[wasm_bindgen]
pub fn handle(message: JsValue, files: &Array) {
    let Ok(ToWorker::Check { id, names, allocations }) = serde_wasm_bindgen::from_value(message) else {
        post(&FromWorker::Failed { id: 0, message: "the page sent something else than a check".to_owned() });
        return;
    };
    let files: Vec<(String, Vec<u8>)> =
        names.into_iter().zip(files.iter().map(|bytes| Uint8Array::new(&bytes).to_vec())).collect();
    let allocations = match allocations.as_deref().map(engine::allocations).transpose() {
        Ok(allocations) => allocations,
        Err(faults) => return post(&FromWorker::Refused { id, faults }),
    };
    let options = Options { allocations, ..Options::default() };
    let report = engine::check(&files, &options, &mut |text| post(&FromWorker::Progress { id, text }));
    post(&match report.to_json() {
        Ok(json) => FromWorker::Report { id, json },
        Err(_) => FromWorker::Failed { id, message: "the report could not be written".to_owned() },
    });
}

fn post(message: &FromWorker) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Ok(message) = serde_wasm_bindgen::to_value(message) {
        // Fails only for what cannot be cloned; text and numbers always can.
        let _ = scope.post_message(&message);
    }
}
