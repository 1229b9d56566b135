//! What came of many files, and the whole report put together of its pieces when it is asked for.

use std::sync::Arc;

use js_sys::{Array, JsString};
use plancheck_api::pieces::{AROUND_ACROSS, BEFORE_ACROSS, BETWEEN, END, NO_ACROSS};
use plancheck_api::wire::{Across, Document};
use wasm_bindgen::JsCast;

use super::Found;
use crate::bidi;
use crate::files::{Check, Given};
use crate::stage::{Joint, Trouble};

/// A part of the report and of the table of findings, as text that the browser keeps.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) json: JsString,
    pub(crate) csv: JsString,
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
        Some((bidi::parsed(&entry.piece.json.as_string()?)?, entry.file.clone()))
    }

    /// The report on all, byte for byte as the command line writes it.
    pub(crate) fn json(&self) -> JsString {
        let documents = self.entries.iter().map(|it| &it.piece.json);
        let whole = Array::new();
        whole.push(&self.head.as_ref().map(|it| it.json.clone()).unwrap_or_default());
        whole.push(&joined(documents));
        whole.push(&BEFORE_ACROSS.into());
        if self.across.is_empty() {
            whole.push(&NO_ACROSS.into());
        } else {
            whole.push(&AROUND_ACROSS[0].into());
            whole.push(&joined(self.across.iter().map(|it| &it.json)));
            whole.push(&AROUND_ACROSS[1].into());
        }
        whole.push(&END.into());
        whole.join("")
    }

    /// The table of the findings in all.
    pub(crate) fn csv(&self) -> JsString {
        let head = self.head.as_ref().into_iter();
        let pieces = head.chain(self.entries.iter().map(|it| &it.piece)).chain(&self.across);
        pieces.map(|it| &it.csv).collect::<Array>().join("")
    }
}

fn joined<'a>(texts: impl Iterator<Item = &'a JsString>) -> JsString {
    texts.collect::<Array>().join(BETWEEN).unchecked_into()
}
