//! When the checker stands inside another page: what the two say to each other.
//!
//! The other page is told that this one is ready, and nothing more, until it hands over one end of a channel.
//! From then on both speak through the channel only, so that no third page can put in a word, and it does not
//! matter what the addresses of the two are: one opened from a disk has none. What the plan says crosses only
//! when the reader presses "Share with this page"; before that, counts, states and codes do. The protocol is
//! described in `docs/embedding.md`.

use js_sys::{Array, ArrayBuffer, JSON, JsString, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use plancheck_api::limits;
use plancheck_api::wire::{Across, Counts, Document, Kind, RuleOutcome, State};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};

use crate::components::wording::Reader;
use crate::files::{Check, Given};
use crate::root;

/// The release of the protocol. Another number means that one of the two pages must be renewed.
const PROTOCOL: u32 = 1;

/// What marks the messages of this protocol among all that pages send each other.
const MARK: &str = "plancheck";

/// What the other page asks for.
pub(crate) enum Wish {
    /// To check these files, with the text of a table of allocations.
    Check(Check),
    /// To stop the running check.
    Cancel,
    /// To word findings for this reader.
    Word(Reader),
}

/// The page around this one. Free to copy into every handler.
#[derive(Clone, Copy)]
pub(crate) struct Host {
    /// Its address, once it has connected; "null" where it has none.
    pub(crate) origin: RwSignal<Option<String>>,
    port: StoredValue<Option<MessagePort>, LocalStorage>,
}

/// What the other page is told.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Word {
    /// This page can take a connection, and then files.
    Ready { protocol: u32, version: &'static str },
    /// The channel stands.
    Connected { protocol: u32, version: &'static str },
    /// A check has begun.
    Working,
    /// It was stopped.
    Cancelled,
    /// So many files could not be checked. Why is said to the reader.
    NotChecked { files: usize },
    /// What came of the check, without anything that the plan says.
    Result { documents: Vec<Told>, across: Vec<Vec<Ended>> },
    /// A message could not be followed.
    Refused { why: &'static str },
}

/// What is told of a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told {
    kind: Kind,
    verdict: State,
    counts: Counts,
    rules: Vec<Ended>,
}

/// A rule by its code, and how it ended.
#[derive(Serialize)]
pub(crate) struct Ended {
    rule: String,
    state: State,
}

fn ended(rules: &[RuleOutcome]) -> Vec<Ended> {
    rules.iter().map(|it| Ended { rule: it.rule.clone(), state: it.state }).collect()
}

impl Word {
    /// The result of a check.
    pub(crate) fn result<'a>(
        documents: impl IntoIterator<Item = &'a Document>,
        across: impl IntoIterator<Item = &'a Across>,
    ) -> Self {
        let told = |it: &Document| Told {
            kind: it.kind,
            verdict: it.verdict,
            counts: it.counts.clone(),
            rules: ended(&it.rules),
        };
        Word::Result {
            documents: documents.into_iter().filter(|it| it.error.is_none()).map(told).collect(),
            across: across.into_iter().map(|it| ended(&it.rules)).collect(),
        }
    }
}

impl Host {
    /// Listens for the page around this one, if there is one, and tells it that this one is ready. A checker
    /// that is a part of another page is handed its end of the channel at once.
    pub(crate) fn listen(port: Option<MessagePort>, wish: impl Fn(Wish) + Clone + 'static) -> Self {
        let host = Self { origin: RwSignal::new(None), port: StoredValue::new_local(None) };
        if let Some(port) = port {
            host.connect(&window().location().origin().unwrap_or_default(), port, wish);
            return host;
        }
        let Ok(Some(parent)) = window().parent() else { return host };
        if parent == window() {
            return host;
        }
        let around: JsValue = parent.clone().into();
        let handle = window_event_listener_untyped("message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            let from_around = event.source().is_some_and(|source| JsValue::from(source) == around);
            let port = event.ports().get(0).dyn_into::<MessagePort>();
            if let (true, Ok(port)) = (from_around && says(&event.data(), "connect"), port) {
                host.connect(&event.origin(), port, wish.clone());
            }
        });
        on_cleanup(move || handle.remove());
        // To whoever it is: it says nothing that is not the same for everybody.
        if let Ok(ready) = word(&Word::Ready { protocol: PROTOCOL, version: env!("CARGO_PKG_VERSION") }) {
            let _ = parent.post_message(&ready, "*");
        }
        host
    }

    /// The first to connect is the one; a page that wants to start anew loads the frame anew.
    fn connect(self, origin: &str, port: MessagePort, wish: impl Fn(Wish) + 'static) {
        if self.origin.get_untracked().is_some() {
            return;
        }
        let hear =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match wished(&event.data()) {
                Ok(Wanted::Wish(it)) => wish(it),
                Ok(Wanted::Scheme(scheme)) => {
                    let _ = root::top().map(|top| top.set_attribute("data-theme", &scheme));
                }
                Err(why) => self.tell(&Word::Refused { why }),
            });
        port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // It listens as long as the page is there.
        hear.forget();
        self.port.set_value(Some(port));
        self.tell(&Word::Connected { protocol: PROTOCOL, version: env!("CARGO_PKG_VERSION") });
        self.origin.set(Some(origin.to_owned()));
    }

    /// Tells the page around this one, where there is one that has connected.
    pub(crate) fn tell(self, said: &Word) {
        if let Ok(said) = word(said) {
            self.send(&said);
        }
    }

    /// Hands the whole report over: only the reader's own press comes here.
    pub(crate) fn share(self, json: &str) -> Result<(), JsValue> {
        let said = Object::new();
        Reflect::set(&said, &MARK.into(), &PROTOCOL.into())?;
        Reflect::set(&said, &"type".into(), &"report".into())?;
        Reflect::set(&said, &"report".into(), &JSON::parse(json)?)?;
        self.send(&said);
        Ok(())
    }

    fn send(self, said: &JsValue) {
        self.port.with_value(|port| port.as_ref().map(|port| port.post_message(said)));
    }
}

/// A message of this protocol.
fn word(said: &Word) -> Result<JsValue, JsValue> {
    let message = serde_wasm_bindgen::to_value(said)?;
    Reflect::set(&message, &MARK.into(), &PROTOCOL.into())?;
    Ok(message)
}

fn says(message: &JsValue, kind: &str) -> bool {
    let field = |key: &str| Reflect::get(message, &key.into()).ok();
    field(MARK).and_then(|it| it.as_f64()) == Some(f64::from(PROTOCOL))
        && field("type").and_then(|it| it.as_string()).as_deref() == Some(kind)
}

enum Wanted {
    Wish(Wish),
    Scheme(String),
}

/// Reads what came through the channel.
fn wished(message: &JsValue) -> Result<Wanted, &'static str> {
    let field = |key: &str| Reflect::get(message, &key.into()).ok().filter(|it| !it.is_undefined());
    let text = |key: &str| field(key).and_then(|it| it.as_string());
    match text("type").as_deref() {
        Some("check") => {
            let files = field("files").filter(Array::is_array).ok_or("check: files must be a list")?;
            let files: Result<Vec<Given>, _> = Array::from(&files).iter().map(|it| file(&it)).collect();
            let table = field("allocations").and_then(|it| it.dyn_into::<JsString>().ok());
            // A text has no more characters than bytes: what is refused here is refused before it is copied.
            if table.as_ref().is_some_and(|it| limits::table(it.length().into()).is_some()) {
                return Err("check: allocations must not have more than 2 MB");
            }
            Ok(Wanted::Wish(Wish::Check(Check { files: files?, allocations: table.map(String::from) })))
        }
        Some("cancel") => Ok(Wanted::Wish(Wish::Cancel)),
        Some("theme") => match text("scheme").as_deref() {
            Some(scheme @ ("light" | "dark" | "auto")) => Ok(Wanted::Scheme(scheme.to_owned())),
            _ => Err("theme: scheme must be light, dark or auto"),
        },
        Some("wording") => match text("reader").as_deref() {
            Some("planner") => Ok(Wanted::Wish(Wish::Word(Reader::Planner))),
            Some("assurer") => Ok(Wanted::Wish(Wish::Word(Reader::Assurer))),
            _ => Err("wording: reader must be planner or assurer"),
        },
        _ => Err("the type is none of check, cancel, theme and wording"),
    }
}

fn file(given: &JsValue) -> Result<Given, &'static str> {
    let field = |key: &str| Reflect::get(given, &key.into()).ok();
    let name = field("name").and_then(|it| it.as_string()).ok_or("check: each file must have a name")?;
    let bytes = field("bytes").ok_or("check: each file must have bytes")?;
    match bytes.dyn_into::<ArrayBuffer>() {
        Ok(buffer) => Ok(Given::Bytes((name, buffer))),
        // A view may show a part of a larger buffer: that part is copied out.
        Err(view) if view.is_instance_of::<Uint8Array>() => {
            Ok(Given::Bytes((name, Uint8Array::new(&view).slice(0, u32::MAX).buffer())))
        }
        Err(_) => Err("check: bytes must be an ArrayBuffer or a Uint8Array"),
    }
}
