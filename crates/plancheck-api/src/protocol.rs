//! The messages between the page and its worker.
//!
//! Each message is an object with a `type`. The file itself never passes through here: its
//! `ArrayBuffer` is transferred beside the `check` message, under the key `bytes`.

use serde::{Deserialize, Serialize};

use crate::sheets::{SheetRows, Sheets};
use crate::wire::{Across, Document};

/// What the page asks of the worker. The loader's own first message, which hands over the compiled
/// engine, is not among them: it is answered before any of our code runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ToWorker {
    /// Check these files. `bytes`, set beside the message, is a list of `ArrayBuffer`s in the same order.
    Check {
        /// Comes back with every answer, so that a late one can be told apart.
        id: u32,
        /// The files' base names.
        names: Vec<String>,
        /// The published allocations to compare with, as CSV text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        allocations: Option<String>,
        /// Whether the page wants the report. It does not where another worker has given it already, and this
        /// one only takes that one's place.
        report: bool,
        /// Where others are checked elsewhere: the places of these among all of them. The answer is then
        /// [`FromWorker::Checked`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        places: Option<Vec<u32>>,
    },
    /// Something more about the files of an earlier check.
    Ask {
        /// The check.
        id: u32,
        /// Comes back with the answer.
        request: u32,
        /// What is wanted.
        what: Ask,
    },
}

/// What the page may ask about the files that a worker has checked. Documents are counted as in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Ask {
    /// The sheets of a workbook, without their cells.
    Sheets {
        /// The document.
        document: u32,
    },
    /// The cells of some rows.
    Rows {
        /// The document.
        document: u32,
        /// The sheet, in the order of the tabs.
        sheet: u32,
        /// The first row, counted from nought.
        first: u32,
        /// How many rows.
        count: u32,
    },
    /// The findings of the whole report as CSV.
    Csv,
    /// The whole report, as [`crate::wire::Report::to_json`] writes it.
    Json,
    /// A copy of a workbook with the findings as comments.
    Annotated {
        /// The document.
        document: u32,
        /// Whether it is worded for the assurer and not for the plan writer.
        assurer: bool,
    },
}

impl Ask {
    /// The same, of documents that are counted from this one on.
    #[must_use]
    pub fn counted_from(mut self, first: u32) -> Self {
        match &mut self {
            Ask::Sheets { document } | Ask::Rows { document, .. } | Ask::Annotated { document, .. } => {
                *document = document.saturating_sub(first);
            }
            Ask::Csv | Ask::Json => {}
        }
        self
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", content = "with", rename_all = "camelCase")]
pub enum Answer {
    /// The sheets.
    Sheets(Sheets),
    /// The rows.
    Rows(SheetRows),
    /// A file. Its content is beside the message, under the key `bytes`.
    File,
    /// It cannot be had, for this reason in plain words.
    Refused(String),
}

/// Every rule, area by area. The page holds no rule text of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// The release of the rules, "2026.1".
    pub version: String,
    /// The areas in the order of the reports.
    pub areas: Vec<Area>,
}

/// The rules of one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// "Expenditure".
    pub name: String,
    /// Its rules.
    pub rules: Vec<RuleText>,
}

/// What a rule says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleText {
    /// "EX02".
    pub code: String,
    /// "Adult social care minimum".
    pub title: String,
    /// Headings and texts: what it checks, why it matters, an example, what to do, its source.
    pub parts: Vec<(String, String)>,
}

/// A document in few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// What it is and how it ended, without what was found.
    pub document: Document,
    /// Those of one board and year have this in common; none where they cannot be told.
    pub group: Option<String>,
}

/// What the worker says to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromWorker {
    /// The engine runs: which rules it has, and what they say of themselves. Sent once, before `Ready`.
    Catalogue(Catalogue),
    /// The handler stands; messages sent before this one are lost.
    Ready {
        /// Whether a request that the worker tried was refused; not known where it tried none.
        #[serde(default)]
        held: Option<bool>,
        /// What it has loaded from an address.
        #[serde(default)]
        requested: Vec<String>,
    },
    /// Where the check has got to.
    Progress {
        /// The check it belongs to.
        id: u32,
        /// A line for the reader: "Reading sheet 3 of 9".
        text: String,
    },
    /// The check is done. The report is beside the message, under the key `json`, as
    /// [`crate::wire::Report::to_short_json`] writes it.
    Report {
        /// The check it belongs to.
        id: u32,
    },
    /// The check of some files among many is done. Their parts of the report and of the table are beside the
    /// message, under the key `pieces`, each a list of its JSON and its CSV: the beginning of the whole, each
    /// document, and what stands between them.
    Checked {
        /// The check it belongs to.
        id: u32,
        /// What came of each.
        documents: Vec<Brief>,
        /// What stands between them.
        across: Vec<Across>,
    },
    /// The allocations cannot be used, so that nothing was checked.
    Refused {
        /// The check it belongs to.
        id: u32,
        /// What is the matter: a line for each of theirs that cannot be used.
        faults: Vec<String>,
    },
    /// The answer to something that was asked.
    Answer {
        /// The request it belongs to.
        request: u32,
        /// The answer.
        answer: Answer,
    },
    /// The files asked for more than [`crate::MOST_MEMORY`]. The worker is of no further use.
    TooMuchMemory {
        /// The check it belongs to.
        id: u32,
    },
    /// The engine failed: our own fault, never the file's. The worker is of no further use.
    Failed {
        /// The check it belongs to.
        id: u32,
        /// What went wrong, without anything of the plan in it.
        message: String,
    },
}
