//! The page's handle on its worker.
//!
//! One worker at a time, one check at a time. A check waits here, on the page's side, until the worker has
//! said that it is ready. Cancelling and failing both end the worker: a running check cannot be interrupted
//! otherwise, and an engine that has trapped must not be used again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::time::Duration;

use js_sys::{Array, JsString, Object, Reflect, Uint8Array};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::{RwSignal, Set};
use plancheck_api::protocol::{Answer, Ask, Catalogue, FromWorker, ToWorker};
use plancheck_api::wire::Report;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};

use crate::bidi;
use crate::files::Bytes;

/// How long the worker may say nothing at all while it has something to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = plancheck, js_name = startWorker)]
    pub(crate) fn start_worker() -> Worker;
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
    /// The engine failed; whether it had been started before.
    Failed(String, bool),
    /// The files ask for more memory than is taken.
    TooMuchMemory,
    /// The engine runs and has these rules.
    Catalogue(Catalogue),
}

/// What is told of an answer: the answer, and the content of a file.
pub(crate) type Told = Box<dyn FnOnce(Answer, Option<Uint8Array>)>;

/// The files of a check, and the table of allocations given with them.
type Given = (Vec<Bytes>, Option<String>);

/// What the worker has found of what binds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bound {
    /// Whether a request that it tried was refused.
    pub(crate) held: bool,
    /// What it has loaded from an address.
    pub(crate) requested: Vec<String>,
}

/// Runs checks in a worker and tells what they come to.
pub(crate) struct Checker {
    worker: RefCell<Option<Hired>>,
    waiting: RefCell<Option<Given>>,
    /// What is being checked, and then what was: copies, from which another worker can take up where one that
    /// was thrown away has left off.
    copies: RefCell<Given>,
    /// The check whose results are on the page, with its files, and the place of the first of them in the report.
    shown: RefCell<Option<(u32, Given, u32)>>,
    /// What was asked and not answered yet.
    asked: RefCell<BTreeMap<u32, Told>>,
    /// What is to be asked of which check's files, once the worker is ready and free.
    to_ask: RefCell<Vec<(u32, Ask, Told)>>,
    last_asked: Cell<u32>,
    /// The running check's number, so that a late answer can be told apart; none when nothing runs.
    running: Cell<Option<u32>>,
    last: Cell<u32>,
    watchdog: Cell<Option<TimeoutHandle>>,
    /// Whether a worker has been given the sample to warm up with. None is given it again: where that is what ends
    /// one, there would be no end of it.
    warmed: Cell<bool>,
    /// What binds the worker, once one has started.
    pub(crate) bound: RwSignal<Option<Bound>>,
    tell: Box<dyn Fn(Said)>,
    this: Weak<Checker>,
}

/// A worker with what listens to it.
struct Hired {
    worker: Worker,
    ready: Cell<bool>,
    /// The check whose files it has.
    holds: Cell<Option<u32>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Checker {
    /// Starts a worker at once, so that the first check finds it ready. `tell` hears of each check.
    pub(crate) fn new(tell: impl Fn(Said) + 'static) -> Rc<Self> {
        let checker = Rc::new_cyclic(|this| Self {
            worker: RefCell::default(),
            waiting: RefCell::default(),
            copies: RefCell::default(),
            shown: RefCell::default(),
            asked: RefCell::default(),
            to_ask: RefCell::default(),
            last_asked: Cell::default(),
            running: Cell::default(),
            last: Cell::default(),
            watchdog: Cell::default(),
            warmed: Cell::default(),
            bound: RwSignal::default(),
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
        *self.copies.borrow_mut() = copy(&files, allocations.as_ref());
        *self.waiting.borrow_mut() = Some((files, allocations));
        if self.worker.borrow().is_none() {
            self.hire();
        }
        self.watch();
        self.send();
    }

    /// Asks for more about the files of the results on the page. `told` hears the answer, whatever happens.
    pub(crate) fn ask(&self, what: Ask, told: Told) {
        let request = self.last_asked.get().wrapping_add(1);
        self.last_asked.set(request);
        let shown = self.shown.borrow();
        if self.worker.borrow().is_none() && shown.is_some() {
            self.hire();
        }
        let hired = self.worker.borrow();
        let (Some((id, given, first)), Some(hired)) = (shown.as_ref(), hired.as_ref()) else {
            return refuse(told, "The checker is not running. Check the workbook again.");
        };
        // A worker that is checking other files must not be given these in between: they would take their place.
        if !hired.ready.get() || self.running.get().is_some() {
            self.to_ask.borrow_mut().push((*id, what, told));
            if self.running.get().is_none() {
                self.watch();
            }
            return;
        }
        if hired.holds.get() != Some(*id) {
            let (files, allocations) = copy(&given.0, given.1.as_ref());
            hand_over(&hired.worker, *id, files, allocations, false, None);
            hired.holds.set(Some(*id));
        }
        let Ok(message) = serde_wasm_bindgen::to_value(&ToWorker::Ask {
            id: *id,
            request,
            what: what.counted_from(*first),
        }) else {
            return;
        };
        self.asked.borrow_mut().insert(request, told);
        self.watch();
        let _ = hired.worker.post_message(&message);
    }

    /// Takes up a file of many that were checked elsewhere, so that it can be asked about. Its place in the
    /// report on all is `place`.
    pub(crate) fn show(&self, file: Bytes, allocations: Option<String>, place: u32) {
        let id = self.last.get().wrapping_add(1);
        self.last.set(id);
        *self.shown.borrow_mut() = Some((id, (vec![file], allocations), place));
        if self.worker.borrow().is_none() {
            self.hire();
        }
    }

    /// Stops the running check, if one runs.
    pub(crate) fn stop(&self) {
        if self.running.get().is_some() {
            self.cancel();
        }
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
        *self.worker.borrow_mut() = Some(Hired {
            worker,
            ready: Cell::new(false),
            holds: Cell::default(),
            _on_message: on_message,
            _on_error: on_error,
        });
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
        for told in std::mem::take(&mut *self.asked.borrow_mut()).into_values() {
            refuse(told, STOPPED);
        }
    }

    /// Asks what had to wait. What was to be asked of files whose results are no longer shown is not asked.
    fn ask_what_waited(&self) {
        for (id, what, told) in std::mem::take(&mut *self.to_ask.borrow_mut()) {
            if self.shown.borrow().as_ref().is_some_and(|it| it.0 == id) {
                self.ask(what, told);
            } else {
                refuse(told, "That workbook is no longer open here.");
            }
        }
    }

    /// Nothing runs any more.
    fn rest(&self) {
        self.running.set(None);
        self.waiting.borrow_mut().take();
        self.watch_no_more();
    }

    fn watch_no_more(&self) {
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
        hand_over(&hired.worker, id, files, allocations, true, None);
        hired.holds.set(None);
    }

    fn hear(&self, message: JsValue) {
        let bytes = beside::<Uint8Array>(&message, "bytes");
        let json = beside::<JsString>(&message, "json");
        bidi::keep_apart(&message);
        let Ok(message) = serde_wasm_bindgen::from_value::<FromWorker>(message) else { return };
        let current = |id| self.running.get() == Some(id);
        match message {
            FromWorker::Catalogue(catalogue) => (self.tell)(Said::Catalogue(catalogue)),
            FromWorker::Ready { held, requested } => {
                if let Some(hired) = self.worker.borrow().as_ref() {
                    hired.ready.set(true);
                }
                self.bound.set(Some(Bound { held: held == Some(true), requested }));
                let is_free = self.waiting.borrow().is_none() && self.to_ask.borrow().is_empty();
                if let Some(hired) = self.worker.borrow().as_ref().filter(|_| is_free && !self.warmed.get()) {
                    self.warmed.set(true);
                    warm_up(&hired.worker);
                }
                self.send();
                self.ask_what_waited();
            }
            FromWorker::Progress { id, text } if current(id) => {
                self.watch();
                (self.tell)(Said::Progress(text));
            }
            FromWorker::Report { id } if current(id) => match json.and_then(bidi::parsed::<Report>) {
                Some(report) => {
                    self.rest();
                    // Results of files that could not be opened leave those before them on the page.
                    if report.documents.iter().any(|it| it.error.is_none()) {
                        *self.shown.borrow_mut() =
                            Some((id, std::mem::take(&mut *self.copies.borrow_mut()), 0));
                    }
                    if let Some(hired) = self.worker.borrow().as_ref() {
                        hired.holds.set(Some(id));
                    }
                    (self.tell)(Said::Report(Box::new(report)));
                    self.ask_what_waited();
                }
                None => self.fail("its report could not be read"),
            },
            FromWorker::Refused { id, faults } if current(id) => {
                self.rest();
                (self.tell)(Said::Refused(faults));
                self.ask_what_waited();
            }
            FromWorker::Answer { request, answer } => {
                let told = self.asked.borrow_mut().remove(&request);
                if let Some(told) = told {
                    told(answer, bytes);
                }
                // A sign of life for what is still to be answered; a check that runs has signs of its own.
                if self.running.get().is_none() {
                    if self.asked.borrow().is_empty() { self.watch_no_more() } else { self.watch() }
                }
            }
            FromWorker::TooMuchMemory { .. } => self.end(Said::TooMuchMemory),
            FromWorker::Failed { message, .. } => self.fail(&message),
            // A late answer to a check that is no longer wanted.
            FromWorker::Progress { .. } | FromWorker::Report { .. } | FromWorker::Refused { .. } => {}
            // Only asked for by `batch.rs`.
            FromWorker::Checked { .. } => {}
        }
    }

    fn fail(&self, message: &str) {
        let started = self.worker.borrow().as_ref().is_some_and(|it| it.ready.get());
        self.end(Said::Failed(message.to_owned(), started));
    }

    /// Throws the worker away. The next check gets a new one; one that never became ready is not replaced
    /// before somebody asks for it, or a browser that cannot run the engine would be kept busy for ever.
    fn end(&self, why: Said) {
        let was_ready = self.worker.borrow().as_ref().is_some_and(|hired| hired.ready.get());
        let was_running = self.running.get().is_some();
        self.dismiss();
        if was_ready {
            self.hire();
        } else {
            for (_, _, told) in std::mem::take(&mut *self.to_ask.borrow_mut()) {
                refuse(told, STOPPED);
            }
        }
        if was_running {
            (self.tell)(why);
        }
    }
}

/// Takes what stands beside a message under a key. What reads the message must not see it: it would copy it.
pub(crate) fn beside<T: JsCast>(message: &JsValue, key: &str) -> Option<T> {
    let it = Reflect::get(message, &key.into()).ok();
    let _ = Reflect::delete_property(message.unchecked_ref::<Object>(), &key.into());
    it?.dyn_into().ok()
}

const STOPPED: &str = "The checker was stopped before it could answer. Try again.";

fn refuse(told: Told, why: &str) {
    told(Answer::Refused(why.to_owned()), None);
}

/// Gives files to a worker. They are of no further use on this side. `places` are theirs among many.
pub(crate) fn hand_over(
    worker: &Worker,
    id: u32,
    files: Vec<Bytes>,
    allocations: Option<String>,
    report: bool,
    places: Option<Vec<u32>>,
) {
    let buffers: Array = files.iter().map(|(_, bytes)| bytes).collect();
    let names = files.into_iter().map(|(name, _)| name).collect();
    let check = ToWorker::Check { id, names, allocations, report, places };
    let Ok(message) = serde_wasm_bindgen::to_value(&check) else { return };
    // Setting a field of a fresh object and transferring fresh buffers cannot fail.
    let _ = Reflect::set(message.unchecked_ref::<Object>(), &"bytes".into(), &buffers);
    let _ = worker.post_message_with_transfer(&message, &buffers);
}

/// Has the engine run on the sample while the reader is still choosing, so that it is fast when they have chosen.
fn warm_up(worker: &Worker) {
    let (message, buffers) = (Object::new(), Array::of1(&sample().1));
    // Setting a field of a fresh object and transferring a fresh buffer cannot fail.
    let _ = Reflect::set(&message, &"type".into(), &"warmUp".into());
    let _ = Reflect::set(&message, &"bytes".into(), &buffers);
    let _ = worker.post_message_with_transfer(&message, &buffers);
}

fn copy(files: &[Bytes], allocations: Option<&String>) -> Given {
    (files.iter().map(|(name, bytes)| (name.clone(), bytes.slice(0))).collect(), allocations.cloned())
}
