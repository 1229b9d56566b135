//! The engine. Inside a worker `worker.js` calls [`handle`] with each message after the first; the module for
//! other people's pages may call [`check_now`] where there is no worker.

use std::alloc::System;
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

use cap::Cap;
use js_sys::{Array, Object, Reflect, Uint8Array};
use plancheck_api::engine::{self, Options};
use plancheck_api::pieces;
use plancheck_api::protocol::{Answer, Brief, FromWorker, ToWorker};
use plancheck_api::session::Session;
use plancheck_api::wire::Document;
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// No workbook gets more: what asks for it ends this worker, and neither the page nor the browser.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, plancheck_api::MOST_MEMORY);

/// Whether the engine has stopped by itself. Where it has not, and is gone all the same, memory has run out.
static PANICKED: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The last check, and its number: the page may ask for more about its files.
    static SESSION: RefCell<Option<(u32, Session)>> = const { RefCell::new(None) };
}

fn main() {
    // With `panic = "abort"` a panic traps right after this hook, and `worker.js` reports the trap. The hook
    // adds where it happened, and only that: the text of a panic may quote the plan.
    std::panic::set_hook(Box::new(|panic| {
        PANICKED.store(true, Ordering::Relaxed);
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        post(&FromWorker::Failed { id: 0, message: format!("the engine stopped{place}") }, None);
    }));
    post(&FromWorker::Catalogue(engine::catalogue()), None);
}

/// Whether the engine has stopped by itself. It may be asked when nothing else may.
#[wasm_bindgen]
pub fn panicked() -> bool {
    PANICKED.load(Ordering::Relaxed)
}

/// Answers one message of the page.
#[wasm_bindgen]
pub fn handle(message: JsValue, files: &Array) {
    match serde_wasm_bindgen::from_value(message) {
        Ok(ToWorker::Check { id, names, allocations, report, places }) => {
            check(id, contents(names, files), allocations.as_deref(), report, places.as_deref());
        }
        Ok(ToWorker::Ask { id, request, what }) => {
            let (answer, bytes) = SESSION.with_borrow_mut(|kept| match kept {
                Some((kept, session)) if *kept == id => session.answer(what),
                _ => (Answer::Refused("That workbook is no longer open here.".to_owned()), None),
            });
            post(&FromWorker::Answer { request, answer }, bytes.as_deref());
        }
        Err(_) => {
            let message = "the page sent something else than a check".to_owned();
            post(&FromWorker::Failed { id: 0, message }, None);
        }
    }
}

/// Checks files at once and gives the report, where there is no worker to do it. Fails with what is the matter
/// with the table of allocations, a line for each fault.
#[wasm_bindgen(js_name = checkNow)]
pub fn check_now(names: Vec<String>, files: &Array, allocations: Option<String>) -> Result<String, JsValue> {
    let allocations = allocations.as_deref().map(engine::allocations).transpose();
    let allocations = allocations.map_err(|faults| faults.join("\n"))?;
    let options = Options { allocations, ..Options::default() };
    let session = Session::check(contents(names, files), options, &mut |_| ());
    session.report().to_short_json().map_err(|_| "the report could not be written".into())
}

fn contents(names: Vec<String>, files: &Array) -> Vec<(String, Vec<u8>)> {
    names.into_iter().zip(files.iter().map(|bytes| Uint8Array::new(&bytes).to_vec())).collect()
}

fn check(
    id: u32,
    files: Vec<(String, Vec<u8>)>,
    allocations: Option<&str>,
    wanted: bool,
    places: Option<&[u32]>,
) {
    SESSION.set(None);
    let allocations = match allocations.map(engine::allocations).transpose() {
        Ok(allocations) => allocations,
        Err(faults) => return post(&FromWorker::Refused { id, faults }, None),
    };
    let options = Options { allocations, ..Options::default() };
    if let Some(places) = places {
        return check_some(id, &files, &options, places);
    }
    let session = Session::check(files, options, &mut |text| post(&FromWorker::Progress { id, text }, None));
    if wanted {
        match session.report().to_short_json() {
            Ok(json) => post_with(&FromWorker::Report { id }, "json", &json.into(), &Array::new()),
            Err(_) => unwritten(id),
        }
    }
    SESSION.set(Some((id, session)));
}

/// Checks some files among many. Nothing of them is kept: the next files follow at once.
fn check_some(id: u32, files: &[(String, Vec<u8>)], options: &Options, places: &[u32]) {
    let mut report =
        engine::check(files, options, &mut |text| post(&FromWorker::Progress { id, text }, None));
    let (Ok(head), Ok((pieces, between))) = (pieces::head(), pieces::of(&mut report, places)) else {
        return unwritten(id);
    };
    // As bytes, which are handed over and not copied, and take half of what text takes.
    let buffers = Array::new();
    let handed_over = |text: &str| {
        let bytes = Uint8Array::from(text.as_bytes());
        buffers.push(&bytes.buffer());
        bytes
    };
    let listed: Array = [&head]
        .into_iter()
        .chain(&pieces)
        .chain([&between])
        .map(|it| Array::of2(&handed_over(&it.json), &handed_over(&it.csv)))
        .collect();
    let brief = |it: &Document| Brief { document: it.brief(), group: engine::group(it) };
    let documents = report.documents.iter().map(brief).collect();
    let message = FromWorker::Checked { id, documents, across: report.across };
    post_with(&message, "pieces", &listed, &buffers);
}

fn unwritten(id: u32) {
    post(&FromWorker::Failed { id, message: "the report could not be written".to_owned() }, None);
}

/// Sends a message, with the content of a file beside it if there is one.
fn post(message: &FromWorker, bytes: Option<&[u8]>) {
    match bytes.map(Uint8Array::from) {
        Some(bytes) => post_with(message, "bytes", &bytes, &Array::of1(&bytes.buffer())),
        None => post_with(message, "", &JsValue::UNDEFINED, &Array::new()),
    }
}

/// Sends a message with something beside it under a key, if there is one.
fn post_with(message: &FromWorker, key: &str, beside: &JsValue, transferred: &Array) {
    // Outside a worker nobody listens.
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let Ok(message) = serde_wasm_bindgen::to_value(message) else { return };
    // Setting a field of a fresh object cannot fail, nor can sending what is all text, numbers and bytes.
    if !key.is_empty() {
        let _ = Reflect::set(message.unchecked_ref::<Object>(), &key.into(), beside);
    }
    let _ = scope.post_message_with_transfer(&message, transferred);
}
