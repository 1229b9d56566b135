//! The page's handle on its worker.
//!
//! One worker at a time, one check at a time. A check waits here, on the page's side, until the worker has
//! said that it is ready. Cancelling and failing both end the worker: a running check cannot be interrupted
//! otherwise, and an engine that has trapped must not be used again.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use plancheck_api::protocol::{Catalogue, FromWorker, ToWorker};
use plancheck_api::wire::Report;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};

use crate::files::Bytes;

/// How long the worker may say nothing at all during a check.
const PATIENCE: Duration = Duration::from_secs(60);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = plancheck, js_name = startWorker)]
    fn start_worker() -> Worker;
    #[wasm_bindgen(js_namespace = plancheck, js_name = sampleName)]
    fn sample_name() -> String;
    #[wasm_bindgen(js_namespace = plancheck, js_name = sample)]
    fn sample_bytes() -> Uint8Array;
}

/// The sample workbook that the page carries.
pub(crate) fn sample() -> Bytes {
    (sample_name(), sample_bytes().buffer())
}

/// What a check has come to.
pub(crate) enum Said {
    /// It goes on.
    Progress(String),
    /// It is done.
    Report(Box<Report>),
    /// The table of allocations cannot be used, and nothing was checked.
    Refused(Vec<String>),
    /// The engine failed.
    Failed(String),
    /// The engine runs and has these rules.
    Catalogue(Catalogue),
}

/// Runs checks in a worker and tells what they come to.
pub(crate) struct Checker {
    worker: RefCell<Option<Hired>>,
    waiting: RefCell<Option<(Vec<Bytes>, Option<String>)>>,
    /// The running check's number, so that a late answer can be told apart; none when nothing runs.
    running: Cell<Option<u32>>,
    last: Cell<u32>,
    watchdog: Cell<Option<TimeoutHandle>>,
    tell: Box<dyn Fn(Said)>,
    this: Weak<Checker>,
}

/// A worker with what listens to it.
struct Hired {
    worker: Worker,
    ready: Cell<bool>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Checker {
    /// Starts a worker at once, so that the first check finds it ready. `tell` hears of each check.
    pub(crate) fn new(tell: impl Fn(Said) + 'static) -> Rc<Self> {
        let checker = Rc::new_cyclic(|this| Self {
            worker: RefCell::default(),
            waiting: RefCell::default(),
            running: Cell::default(),
            last: Cell::default(),
            watchdog: Cell::default(),
            tell: Box::new(tell),
            this: this.clone(),
        });
        checker.hire();
        checker
    }

    /// Checks these files, dropping whatever check is running. `allocations` is the text of a table of
    /// published allocations to compare with.
    pub(crate) fn check(&self, files: Vec<Bytes>, allocations: Option<String>) {
        if self.running.get().is_some() {
            self.dismiss();
        }
        let id = self.last.get().wrapping_add(1);
        self.last.set(id);
        self.running.set(Some(id));
        *self.waiting.borrow_mut() = Some((files, allocations));
        if self.worker.borrow().is_none() {
            self.hire();
        }
        self.watch();
        self.send();
    }

    /// Stops the running check and gets a new worker ready.
    pub(crate) fn cancel(&self) {
        self.dismiss();
        self.hire();
    }

    fn hire(&self) {
        let (on_message, on_error) = (self.this.clone(), self.this.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(checker) = on_message.upgrade() {
                checker.hear(event.data());
            }
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            if let Some(checker) = on_error.upgrade() {
                checker.fail("it could not be started, or stopped without a word");
            }
        });
        let worker = start_worker();
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        *self.worker.borrow_mut() =
            Some(Hired { worker, ready: Cell::new(false), _on_message: on_message, _on_error: on_error });
    }

    fn dismiss(&self) {
        self.rest();
        if let Some(hired) = self.worker.borrow_mut().take() {
            hired.worker.set_onmessage(None);
            hired.worker.set_onerror(None);
            hired.worker.terminate();
            // This may be running inside one of the worker's own listeners, which must outlive their call.
            leptos::task::spawn_local(async move { drop(hired) });
        }
    }

    /// Nothing runs any more.
    fn rest(&self) {
        self.running.set(None);
        self.waiting.borrow_mut().take();
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.clear();
        }
    }

    fn watch(&self) {
        let this = self.this.clone();
        let bite = move || {
            if let Some(checker) = this.upgrade() {
                checker.fail("it gave no sign of life for a minute");
            }
        };
        let watchdog = set_timeout_with_handle(bite, PATIENCE).ok();
        if let Some(earlier) = self.watchdog.replace(watchdog) {
            earlier.clear();
        }
    }

    /// Hands the waiting files over, once there is a worker to take them.
    fn send(&self) {
        let hired = self.worker.borrow();
        let (Some(hired), Some(id)) = (hired.as_ref(), self.running.get()) else { return };
        if !hired.ready.get() {
            return;
        }
        let Some((files, allocations)) = self.waiting.borrow_mut().take() else { return };
        let buffers: Array = files.iter().map(|(_, bytes)| bytes).collect();
        let names = files.into_iter().map(|(name, _)| name).collect();
        let Ok(message) = serde_wasm_bindgen::to_value(&ToWorker::Check { id, names, allocations }) else {
            return;
        };
        // Setting a field of a fresh object and transferring fresh buffers cannot fail.
        let _ = Reflect::set(message.unchecked_ref::<Object>(), &"bytes".into(), &buffers);
        let _ = hired.worker.post_message_with_transfer(&message, &buffers);
    }

    fn hear(&self, message: JsValue) {
        let Ok(message) = serde_wasm_bindgen::from_value::<FromWorker>(message) else { return };
        let current = |id| self.running.get() == Some(id);
        match message {
            FromWorker::Catalogue(catalogue) => (self.tell)(Said::Catalogue(catalogue)),
            FromWorker::Ready => {
                if let Some(hired) = self.worker.borrow().as_ref() {
                    hired.ready.set(true);
                }
                self.send();
            }
            FromWorker::Progress { id, text } if current(id) => {
                self.watch();
                (self.tell)(Said::Progress(text));
            }
            FromWorker::Report { id, json } if current(id) => match parse(&json) {
                Some(report) => {
                    self.rest();
                    (self.tell)(Said::Report(Box::new(report)));
                }
                None => self.fail("its report could not be read"),
            },
            FromWorker::Refused { id, faults } if current(id) => {
                self.rest();
                (self.tell)(Said::Refused(faults));
            }
            FromWorker::Failed { message, .. } => self.fail(&message),
            // A late answer to a check that is no longer wanted.
            FromWorker::Progress { .. } | FromWorker::Report { .. } | FromWorker::Refused { .. } => {}
        }
    }

    /// Throws the worker away. The next check gets a new one; one that never became ready is not replaced
    /// before somebody asks for it, or a browser that cannot run the engine would be kept busy for ever.
    fn fail(&self, message: &str) {
        let was_ready = self.worker.borrow().as_ref().is_some_and(|hired| hired.ready.get());
        let was_running = self.running.get().is_some();
        self.dismiss();
        if was_ready {
            self.hire();
        }
        if was_running {
            (self.tell)(Said::Failed(message.to_owned()));
        }
    }
}

/// The browser's own parser is several times faster than one compiled into the page, and smaller.
fn parse(json: &str) -> Option<Report> {
    serde_wasm_bindgen::from_value(JSON::parse(json).ok()?).ok()
}
