//! Many files at once: several workers, each with one file at a time, and what came of each.
//!
//! Nothing of a file is kept but what is said of it in few words, and its piece of the report as text. A worker
//! that fails costs the file that it had, and is replaced.

mod many;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};
use std::time::Duration;

use js_sys::{Array, JsString, Object, Reflect};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::window;
use leptos::task::spawn_local;
use plancheck_api::protocol::{Brief, FromWorker};
use plancheck_api::wire::Across;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};

use crate::checker::{hand_over, start_worker};
use crate::files::Given;
use crate::stage::Trouble;
pub(crate) use many::{Many, Piece};

/// How long a worker may say nothing at all during a check.
const PATIENCE: Duration = Duration::from_secs(60);

/// More workers would wait for each other, and each takes memory.
const MOST_WORKERS: usize = 4;

/// How a batch goes.
pub(crate) enum Told {
    /// So many of so many are checked.
    Progress(usize, usize),
    /// The table of allocations cannot be used, and nothing was checked.
    Refused(Vec<String>),
    /// The engine cannot be started.
    Failed(String),
    /// All are checked.
    Done(Box<Many>),
}

/// Files that are being checked. Dropping it ends its workers.
pub(crate) struct Batch {
    files: Vec<Given>,
    allocations: Option<String>,
    hands: RefCell<Vec<Hand>>,
    waiting: RefCell<VecDeque<Job>>,
    found: RefCell<Found>,
    /// Whether those of one board and year have been put together.
    joined: Cell<bool>,
    tell: Box<dyn Fn(Told)>,
    this: Weak<Batch>,
}

/// Files that are checked together: one, or those of one board and year.
#[derive(Clone)]
struct Job {
    files: Vec<usize>,
    /// Their places in the report on all.
    places: Vec<u32>,
}

/// What was found so far.
#[derive(Default)]
struct Found {
    head: Option<Piece>,
    entries: BTreeMap<usize, Result<(Brief, Piece), Trouble>>,
    across: Vec<(Vec<Across>, Piece)>,
    checked: usize,
}

/// A worker, and what it works on.
struct Hand {
    worker: Worker,
    ready: bool,
    job: Option<Job>,
    watchdog: Option<TimeoutHandle>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Hand {
    fn dismiss(self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        if let Some(watchdog) = self.watchdog {
            watchdog.clear();
        }
        // This may be running inside one of the worker's own listeners, which must outlive their call.
        spawn_local(async move { drop((self._on_message, self._on_error)) });
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.hands.take().into_iter().for_each(Hand::dismiss);
    }
}

impl Batch {
    /// Starts to check. `tell` hears how it goes.
    pub(crate) fn start(
        files: Vec<Given>,
        allocations: Option<String>,
        tell: impl Fn(Told) + 'static,
    ) -> Rc<Self> {
        let jobs = (0..files.len())
            .map(|file| Job { files: vec![file], places: Vec::from_iter(u32::try_from(file)) });
        let batch = Rc::new_cyclic(|this| Batch {
            waiting: RefCell::new(jobs.collect()),
            files,
            allocations,
            hands: RefCell::default(),
            found: RefCell::default(),
            joined: Cell::default(),
            tell: Box::new(tell),
            this: this.clone(),
        });
        let processors = window().navigator().hardware_concurrency();
        // A number that a browser says; nought where it says none.
        let workers = (1..=MOST_WORKERS).rev().find(|it| *it as f64 <= processors).unwrap_or(1);
        for at in 0..workers.min(batch.files.len()) {
            let hand = batch.hire(at);
            batch.hands.borrow_mut().push(hand);
        }
        batch
    }

    fn hire(&self, at: usize) -> Hand {
        let (on_message, on_error) = (self.this.clone(), self.this.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(batch) = on_message.upgrade() {
                batch.hear(at, &event.data());
            }
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            if let Some(batch) = on_error.upgrade() {
                batch.fail(at, &Trouble::engine("it could not be started, or stopped without a word"));
            }
        });
        let worker = start_worker();
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Hand { worker, ready: false, job: None, watchdog: None, _on_message: on_message, _on_error: on_error }
    }

    fn hear(&self, at: usize, message: &JsValue) {
        let pieces = Reflect::get(message, &"pieces".into()).ok().and_then(|it| it.dyn_into::<Array>().ok());
        // They stay with the browser: what reads the message would copy them.
        let _ = Reflect::delete_property(message.unchecked_ref::<Object>(), &"pieces".into());
        let Ok(message) = serde_wasm_bindgen::from_value::<FromWorker>(message.clone()) else { return };
        match message {
            FromWorker::Ready { .. } => {
                if let Some(hand) = self.hands.borrow_mut().get_mut(at) {
                    hand.ready = true;
                }
                self.next(at);
            }
            FromWorker::Progress { .. } => self.watch(at),
            FromWorker::Checked { documents, across, .. } => {
                self.keep(at, documents, across, &pieces.unwrap_or_default());
                self.next(at);
            }
            FromWorker::Refused { faults, .. } => (self.tell)(Told::Refused(faults)),
            FromWorker::TooMuchMemory { .. } => self.fail(at, &Trouble::memory()),
            FromWorker::Failed { message, .. } => self.fail(at, &Trouble::engine(&message)),
            FromWorker::Catalogue(_) | FromWorker::Report { .. } | FromWorker::Answer { .. } => {}
        }
    }

    /// Gives a worker its next files; puts those of one board and year together when each has been checked; ends
    /// when there is nothing left to do.
    fn next(&self, at: usize) {
        let job = self.waiting.borrow_mut().pop_front();
        if let Some(job) = job {
            if let Some(hand) = self.hands.borrow_mut().get_mut(at) {
                hand.job = Some(job.clone());
            }
            self.watch(at);
            return self.send(at, job);
        }
        if self.hands.borrow().iter().any(|it| it.job.is_some()) {
            return;
        }
        if !self.joined.replace(true) {
            self.waiting.borrow_mut().extend(self.found.borrow().together());
            if !self.waiting.borrow().is_empty() {
                let idle = self.hands.borrow().iter().map(|it| it.ready).collect::<Vec<_>>();
                return (0..).zip(idle).filter(|it| it.1).for_each(|(at, _)| self.next(at));
            }
        } else if self.hands.borrow().is_empty() {
            return;
        }
        self.hands.take().into_iter().for_each(Hand::dismiss);
        let found = self.found.take();
        (self.tell)(Told::Done(Box::new(Many::new(found, self.files.clone(), self.allocations.clone()))));
    }

    fn send(&self, at: usize, job: Job) {
        let (this, given): (_, Vec<Given>) =
            (self.this.clone(), job.files.iter().filter_map(|it| self.files.get(*it).cloned()).collect());
        spawn_local(async move {
            let mut files = Vec::new();
            for file in given {
                match file.read().await {
                    Ok(bytes) => files.push(bytes),
                    Err(trouble) => {
                        if let Some(batch) = this.upgrade() {
                            batch.give_up(at, &trouble);
                            batch.next(at);
                        }
                        return;
                    }
                }
            }
            let Some(batch) = this.upgrade() else { return };
            let worker = batch.hands.borrow().get(at).map(|it| it.worker.clone());
            if let Some(worker) = worker {
                hand_over(&worker, 1, files, batch.allocations.clone(), true, Some(job.places));
            }
        });
    }

    fn keep(&self, at: usize, documents: Vec<Brief>, across: Vec<Across>, pieces: &Array) {
        let Some(job) = self.take_job(at) else { return };
        let mut pieces: VecDeque<Piece> = pieces.iter().map(|it| Piece::read(&it)).collect();
        let (Some(head), Some(between)) = (pieces.pop_front(), pieces.pop_back()) else { return };
        let mut found = self.found.borrow_mut();
        found.head = Some(head);
        for ((file, brief), piece) in job.files.iter().zip(documents).zip(pieces) {
            found.entries.insert(*file, Ok((brief, piece)));
        }
        if job.files.len() > 1 {
            return found.across.push((across, between));
        }
        found.checked += 1;
        let checked = found.checked;
        drop(found);
        (self.tell)(Told::Progress(checked, self.files.len()));
    }

    /// What a worker had to do, which is done now.
    fn take_job(&self, at: usize) -> Option<Job> {
        let mut hands = self.hands.borrow_mut();
        let hand = hands.get_mut(at)?;
        if let Some(watchdog) = hand.watchdog.take() {
            watchdog.clear();
        }
        hand.job.take()
    }

    /// The files that a worker had are not checked. Those of a board that were to be checked together have been
    /// checked each by itself before.
    fn give_up(&self, at: usize, trouble: &Trouble) {
        let Some(job) = self.take_job(at) else { return };
        let mut found = self.found.borrow_mut();
        if let [file] = job.files[..] {
            let name = self.files.get(file).map(Given::name).unwrap_or_default();
            found.entries.insert(file, Err(trouble.of_file(&name)));
            found.checked += 1;
        }
    }

    /// A worker is of no further use.
    fn fail(&self, at: usize, trouble: &Trouble) {
        if !self.hands.borrow().get(at).is_some_and(|it| it.ready) {
            return (self.tell)(Told::Failed("it could not be started".to_owned()));
        }
        self.give_up(at, trouble);
        let hand = self.hire(at);
        if let Some(place) = self.hands.borrow_mut().get_mut(at) {
            std::mem::replace(place, hand).dismiss();
        }
    }

    fn watch(&self, at: usize) {
        let this = self.this.clone();
        let bite = move || {
            if let Some(batch) = this.upgrade() {
                batch.fail(at, &Trouble::engine("it gave no sign of life for a minute"));
            }
        };
        let watchdog = set_timeout_with_handle(bite, PATIENCE).ok();
        if let Some(hand) = self.hands.borrow_mut().get_mut(at)
            && let Some(earlier) = std::mem::replace(&mut hand.watchdog, watchdog)
        {
            earlier.clear();
        }
    }
}

impl Found {
    /// The files of one board and year, where there are several.
    fn together(&self) -> Vec<Job> {
        let mut groups: BTreeMap<&str, Job> = BTreeMap::new();
        let checked = self.entries.iter().filter_map(|(file, it)| Some((*file, &it.as_ref().ok()?.0)));
        for (place, (file, brief)) in (0..).zip(checked) {
            if let Some(group) = &brief.group {
                let job =
                    groups.entry(group).or_insert_with(|| Job { files: Vec::new(), places: Vec::new() });
                job.files.push(file);
                job.places.push(place);
            }
        }
        groups.into_values().filter(|it| it.files.len() > 1).collect()
    }
}

impl Piece {
    fn read(pair: &JsValue) -> Self {
        let pair: &Array = pair.unchecked_ref();
        let text = |at| pair.get(at).dyn_into::<JsString>().unwrap_or_default();
        Piece { json: text(0), csv: text(1) }
    }
}
