//! What came of many files, and the whole report put together of its pieces when it is asked for.

use std::sync::Arc;

use js_sys::{Array, JSON, Reflect, Uint8Array};
use plancheck_api::wire::{Across, Document};
use wasm_bindgen::JsValue;

use super::Found;
use crate::bidi;
use crate::desk::text;
use crate::files::{Check, Given};
use crate::stage::{Joint, Trouble};

/// As the engine indents a report.
const INDENT: u32 = 2;

/// A part of the report and of the table of findings, as the bytes that the worker has handed over.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) json: Uint8Array,
    pub(crate) csv: Uint8Array,
}

/// What came of many files.
pub(crate) struct Many {
    head: Option<Piece>,
    entries: Vec<Entry>,
    across: Vec<Piece>,
    /// What could not be checked.
    pub(crate) troubles: Vec<Trouble>,
    /// What stands between those of one board and year.
    pub(crate) joints: Vec<Arc<Joint>>,
    /// The table of allocations that they were checked with.
    pub(crate) allocations: Option<String>,
}

/// A file, and what came of it.
struct Entry {
    brief: Arc<Document>,
    piece: Piece,
    file: Given,
}

impl Many {
    pub(super) fn new(found: Found, Check { files, allocations }: Check) -> Self {
        let mut troubles = Vec::new();
        let mut entries = Vec::new();
        for (at, entry) in found.entries {
            match (entry, files.get(at)) {
                (Ok((brief, piece)), Some(file)) => {
                    if let Some(error) = &brief.document.error {
                        troubles.push(Trouble::opening(&brief.document.file, error));
                    }
                    entries.push(Entry { brief: Arc::new(brief.document), piece, file: file.clone() });
                }
                (Err(trouble), _) => troubles.push(trouble),
                (Ok(_), None) => {}
            }
        }
        troubles.extend(found.apart);
        let name = |place: &u32| Some((*place, entries.get(*place as usize)?.brief.file.clone()));
        let mut across: Vec<(Across, Piece)> = Vec::new();
        for (all, piece) in found.across {
            // Files of one board and year have one entry between them.
            across.extend(all.into_iter().take(1).map(|it| (it, piece.clone())));
        }
        across.sort_by_key(|it| it.0.documents.first().copied());
        let (joints, across): (Vec<_>, Vec<_>) = across
            .into_iter()
            .map(|(it, piece)| {
                (Arc::new(Joint { files: it.documents.iter().filter_map(name).collect(), across: it }), piece)
            })
            .unzip();
        Many { head: found.head, entries, across, troubles, joints, allocations }
    }

    /// What came of each file that could be opened, in few words, each with its place in the report.
    pub(crate) fn briefs(&self) -> Vec<(u32, Arc<Document>)> {
        let all = (0..).zip(&self.entries).map(|(place, it)| (place, it.brief.clone()));
        all.filter(|it| it.1.error.is_none()).collect()
    }

    /// All that was found in the one at this place, and its file.
    pub(crate) fn whole(&self, place: u32) -> Option<(Document, Given)> {
        let entry = self.entries.get(place as usize)?;
        Some((bidi::parsed(text(&entry.piece.json).into())?, entry.file.clone()))
    }

    /// The report on all, byte for byte as the command line writes it.
    pub(crate) fn json(&self) -> Result<Uint8Array, JsValue> {
        let parse = |it: &Piece| JSON::parse(&text(&it.json));
        let report = parse(self.head.as_ref().ok_or(JsValue::UNDEFINED)?)?;
        let documents: Array = self.entries.iter().map(|it| parse(&it.piece)).collect::<Result<_, _>>()?;
        let lists: Array = self.across.iter().map(parse).collect::<Result<_, _>>()?;
        Reflect::set(&report, &"documents".into(), &documents)?;
        Reflect::set(&report, &"across".into(), &lists.flat(1))?;
        let json = JSON::stringify_with_replacer_and_space(&report, &JsValue::NULL, &INDENT.into())?;
        Ok(format!("{}\n", String::from(json)).as_bytes().into())
    }

    /// The table of the findings in all.
    pub(crate) fn csv(&self) -> Uint8Array {
        let head = self.head.as_ref().into_iter();
        let pieces = head.chain(self.entries.iter().map(|it| &it.piece)).chain(&self.across);
        joined(&pieces.map(|it| it.csv.clone()).collect::<Vec<_>>())
    }
}

fn joined(parts: &[Uint8Array]) -> Uint8Array {
    let all = Uint8Array::new_with_length(parts.iter().map(Uint8Array::length).sum());
    let mut at = 0;
    for part in parts {
        all.set(part, at);
        at += part.length();
    }
    all
}
