//! Many files at once: several workers, each with one file at a time, and what came of each.
//!
//! Nothing of a file is kept but what is said of it in few words, and its piece of the report as text. A worker
//! that fails costs the file that it had, and is replaced. Where none can take its place, what has been found is told,
//! and which files were not checked.

mod many;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};

use js_sys::{Array, Uint8Array};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::window;
use leptos::task::spawn_local;
use plancheck_api::protocol::{Brief, FromWorker};
use plancheck_api::wire::Across;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};

use crate::bidi;
use crate::checker::{PATIENCE, beside, hand_over, start_worker};
use crate::files::{self, Check, Given};
use crate::format;
use crate::stage::Trouble;
pub(crate) use many::{Many, Piece};

/// More workers would wait for each other, and each takes memory.
const MOST_WORKERS: usize = 4;

/// So many workbooks of one board and year, and bytes of them, are held at once to be compared with each other.
const MOST_TOGETHER: usize = 8;
const MOST_BYTES_TOGETHER: u64 = 40_000_000;

/// How a batch goes.
pub(crate) enum Told {
    /// So many of so many are checked.
    Progress(usize, usize),
    /// The table of allocations cannot be used, and nothing was checked.
    Refused(Vec<String>),
    /// The engine cannot be started.
    Failed(String),
    /// Nothing is left to do.
    Done(Box<Many>),
}

/// Files that are being checked. Dropping it ends its workers.
pub(crate) struct Batch {
    given: Check,
    /// The workers that are there, by their numbers. No number is given twice, so that nothing that was begun for
    /// one worker or job can be taken for another's.
    hands: RefCell<BTreeMap<u32, Hand>>,
    waiting: RefCell<VecDeque<Job>>,
    found: RefCell<Found>,
    /// Whether those of one board and year have been put together.
    joined: Cell<bool>,
    /// Whether any worker has ever been ready.
    started: Cell<bool>,
    last: Cell<u32>,
    tell: Box<dyn Fn(Told)>,
    this: Weak<Batch>,
}

/// Files that are checked together: one, or those of one board and year.
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
    /// What could not be compared.
    apart: Vec<Trouble>,
}

/// A worker, and what it works on.
struct Hand {
    worker: Worker,
    ready: bool,
    /// With the number by which the worker's answers name it.
    job: Option<(u32, Job)>,
    watchdog: Option<TimeoutHandle>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Hand {
    fn dismiss(mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        self.watch_no_more();
        // This may be running inside one of the worker's own listeners, which must outlive their call.
        spawn_local(async move { drop((self._on_message, self._on_error)) });
    }

    fn watch_no_more(&mut self) {
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.clear();
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.dismiss_all();
    }
}

impl Batch {
    /// Starts to check. `tell` hears how it goes.
    pub(crate) fn start(given: Check, tell: impl Fn(Told) + 'static) -> Rc<Self> {
        let count = given.files.len();
        let jobs =
            (0..count).map(|file| Job { files: vec![file], places: Vec::from_iter(u32::try_from(file)) });
        let batch = Rc::new_cyclic(|this| Batch {
            waiting: RefCell::new(jobs.collect()),
            given,
            hands: RefCell::default(),
            found: RefCell::default(),
            joined: Cell::default(),
            started: Cell::default(),
            last: Cell::default(),
            tell: Box::new(tell),
            this: this.clone(),
        });
        let processors = window().navigator().hardware_concurrency();
        // A number that a browser says; nought where it says none.
        let workers = (1..=MOST_WORKERS).rev().find(|it| *it as f64 <= processors).unwrap_or(1);
        (0..workers.min(count)).for_each(|_| batch.hire());
        batch
    }

    fn number(&self) -> u32 {
        self.last.set(self.last.get().wrapping_add(1));
        self.last.get()
    }

    fn hire(&self) {
        let at = self.number();
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
        let hand = Hand {
            worker,
            ready: false,
            job: None,
            watchdog: None,
            _on_message: on_message,
            _on_error: on_error,
        };
        self.hands.borrow_mut().insert(at, hand);
        self.watch(at);
    }

    fn dismiss_all(&self) {
        self.hands.take().into_values().for_each(Hand::dismiss);
    }

    fn hear(&self, at: u32, message: &JsValue) {
        // They stay with the browser.
        let pieces = beside::<Array>(message, "pieces");
        bidi::keep_apart(message);
        let Ok(message) = serde_wasm_bindgen::from_value::<FromWorker>(message.clone()) else { return };
        let job = self
            .hands
            .borrow()
            .get(&at)
            .and_then(|it| Some((it.job.as_ref()?.0, it.job.as_ref()?.1.files.len())));
        let current = |id| job.is_some_and(|it| it.0 == id);
        match message {
            FromWorker::Ready { .. } => {
                self.started.set(true);
                if let Some(hand) = self.hands.borrow_mut().get_mut(&at) {
                    hand.ready = true;
                    hand.watch_no_more();
                }
                self.go_on();
            }
            FromWorker::Progress { id, .. } if current(id) => self.watch(at),
            FromWorker::Checked { id, documents, across } if current(id) => {
                self.keep(at, documents, across, &pieces.unwrap_or_default());
            }
            FromWorker::Refused { id, faults } if current(id) => (self.tell)(Told::Refused(faults)),
            FromWorker::TooMuchMemory { .. } => {
                self.fail(at, &Trouble::memory(job.map_or(1, |it| it.1)));
            }
            FromWorker::Failed { message, .. } => self.fail(at, &Trouble::engine(&message)),
            // A late answer to what is no longer waited for.
            FromWorker::Progress { .. } | FromWorker::Checked { .. } | FromWorker::Refused { .. } => {}
            FromWorker::Catalogue(_) | FromWorker::Report { .. } | FromWorker::Answer { .. } => {}
        }
    }

    /// Gives every worker that has nothing to do its next files; puts those of one board and year together when
    /// each has been checked; ends when there is nothing left to do, or nobody to do it.
    fn go_on(&self) {
        loop {
            let idle = |it: &(&u32, &Hand)| it.1.ready && it.1.job.is_none();
            let Some(at) = self.hands.borrow().iter().find(idle).map(|it| *it.0) else { break };
            let Some(job) = self.waiting.borrow_mut().pop_front() else { break };
            self.send(at, job);
        }
        let (busy, alone) = {
            let hands = self.hands.borrow();
            (hands.values().any(|it| it.job.is_some()), hands.is_empty())
        };
        let waits = !self.waiting.borrow().is_empty();
        if busy || (waits && !alone) {
            return;
        }
        if !waits && !self.joined.replace(true) {
            self.join();
            return self.go_on();
        }
        self.finish();
    }

    /// Those of one board and year are to be checked together, as far as they can be held.
    fn join(&self) {
        let mut found = self.found.borrow_mut();
        for job in found.together() {
            let bytes: u64 =
                job.files.iter().filter_map(|it| self.given.files.get(*it)).map(Given::size).sum();
            if job.files.len() <= MOST_TOGETHER && bytes <= MOST_BYTES_TOGETHER {
                self.waiting.borrow_mut().push_back(job);
                continue;
            }
            let why = Trouble::new(
                format!(
                    "They are {} workbooks of one board and year, with {} in all. No more than {MOST_TOGETHER} are \
                     compared at once, with no more than {}.",
                    job.files.len(),
                    format::size(bytes),
                    format::size(MOST_BYTES_TOGETHER)
                ),
                "",
            );
            found.apart.push(why.of_comparison(&self.names(&job)));
        }
    }

    /// Tells what was found, and what was left undone where no worker is left to do it.
    fn finish(&self) {
        self.dismiss_all();
        if !self.started.get() {
            return (self.tell)(Told::Failed("it could not be started".to_owned()));
        }
        let mut found = self.found.take();
        let stopped = Trouble::engine("it could not be started again");
        if !self.joined.get() {
            let groups = found.together();
            self.waiting.borrow_mut().extend(groups);
        }
        for job in self.waiting.take() {
            self.note(&mut found, &job, &stopped);
        }
        (self.tell)(Told::Done(Box::new(Many::new(found, self.given.clone()))));
    }

    /// Has a worker check files, once they have been read.
    fn send(&self, at: u32, job: Job) {
        let number = self.number();
        let places = job.places.clone();
        let given: Vec<Given> =
            job.files.iter().filter_map(|it| self.given.files.get(*it).cloned()).collect();
        if let Some(hand) = self.hands.borrow_mut().get_mut(&at) {
            hand.job = Some((number, job));
        }
        let this = self.this.clone();
        spawn_local(async move {
            let (files, troubles) = files::read(&given).await;
            let Some(batch) = this.upgrade() else { return };
            // While they were read the worker may have failed, and they with it.
            let worker =
                batch.hands.borrow().get(&at).and_then(|it| {
                    it.job.as_ref().is_some_and(|it| it.0 == number).then(|| it.worker.clone())
                });
            let Some(worker) = worker else { return };
            if let Some(trouble) = troubles.first() {
                batch.give_up(at, trouble);
                return batch.go_on();
            }
            batch.watch(at);
            hand_over(&worker, number, files, batch.given.allocations.clone(), true, Some(places));
        });
    }

    fn keep(&self, at: u32, documents: Vec<Brief>, across: Vec<Across>, pieces: &Array) {
        let mut pieces: VecDeque<Piece> = pieces.iter().map(|it| Piece::read(&it)).collect();
        let (Some(head), Some(between)) = (pieces.pop_front(), pieces.pop_back()) else {
            return self.fail(at, &Trouble::engine("its report could not be read"));
        };
        let Some(job) = self.take_job(at) else { return };
        let mut found = self.found.borrow_mut();
        found.head = Some(head);
        for ((file, brief), piece) in job.files.iter().zip(documents).zip(pieces) {
            found.entries.insert(*file, Ok((brief, piece)));
        }
        if job.files.len() > 1 {
            found.across.push((across, between));
        }
        drop(found);
        self.tell_progress();
        self.go_on();
    }

    fn tell_progress(&self) {
        let checked = self.found.borrow().entries.len();
        (self.tell)(Told::Progress(checked, self.given.files.len()));
    }

    /// What a worker had to do, which is over now.
    fn take_job(&self, at: u32) -> Option<Job> {
        let mut hands = self.hands.borrow_mut();
        let hand = hands.get_mut(&at)?;
        hand.watch_no_more();
        Some(hand.job.take()?.1)
    }

    /// What a worker had to do comes to nothing. Gives whether it had anything to do.
    fn give_up(&self, at: u32, trouble: &Trouble) -> bool {
        let Some(job) = self.take_job(at) else { return false };
        self.note(&mut self.found.borrow_mut(), &job, trouble);
        self.tell_progress();
        true
    }

    /// A file is not checked; those that were to be checked together have been checked each by itself before, and
    /// are not compared.
    fn note(&self, found: &mut Found, job: &Job, trouble: &Trouble) {
        let names = self.names(job);
        if let ([file], [name]) = (&job.files[..], &names[..]) {
            found.entries.insert(*file, Err(trouble.of_file(name)));
        } else {
            found.apart.push(trouble.of_comparison(&names));
        }
    }

    fn names(&self, job: &Job) -> Vec<String> {
        job.files.iter().filter_map(|it| self.given.files.get(*it)).map(Given::name).collect()
    }

    /// A worker is of no further use. Another takes its place, unless it never got as far as having something to do:
    /// a browser that cannot start the engine would be kept busy for ever.
    fn fail(&self, at: u32, trouble: &Trouble) {
        let had_work = self.give_up(at, trouble);
        let hand = self.hands.borrow_mut().remove(&at);
        let Some(hand) = hand else { return };
        hand.dismiss();
        if had_work {
            self.hire();
        }
        self.go_on();
    }

    fn watch(&self, at: u32) {
        let this = self.this.clone();
        let bite = move || {
            if let Some(batch) = this.upgrade() {
                batch.fail(at, &Trouble::engine("it gave no sign of life for a minute"));
            }
        };
        let watchdog = set_timeout_with_handle(bite, PATIENCE).ok();
        if let Some(hand) = self.hands.borrow_mut().get_mut(&at) {
            hand.watch_no_more();
            hand.watchdog = watchdog;
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
        let bytes = |at| pair.get(at).dyn_into().unwrap_or_else(|_| Uint8Array::new_with_length(0));
        Piece { json: bytes(0), csv: bytes(1) }
    }
}
