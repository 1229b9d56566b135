//! The messages between the page and its worker.
//!
//! Each message is an object with a `type`. The file itself never passes through here: its
//! `ArrayBuffer` is transferred beside the `check` message, under the key `bytes`.

use serde::{Deserialize, Serialize};

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
    },
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

/// What the worker says to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromWorker {
    /// The engine runs: which rules it has, and what they say of themselves. Sent once, before `Ready`.
    Catalogue(Catalogue),
    /// The handler stands; messages sent before this one are lost.
    Ready,
    /// Where the check has got to.
    Progress {
        /// The check it belongs to.
        id: u32,
        /// A line for the reader: "Reading sheet 3 of 9".
        text: String,
    },
    /// The check is done.
    Report {
        /// The check it belongs to.
        id: u32,
        /// The report, as [`crate::wire::Report::to_json`] writes it.
        json: String,
    },
    /// The allocations cannot be used, so that nothing was checked.
    Refused {
        /// The check it belongs to.
        id: u32,
        /// What is the matter: a line for each of theirs that cannot be used.
        faults: Vec<String>,
    },
    /// The engine failed: our own fault, never the file's. The worker is of no further use.
    Failed {
        /// The check it belongs to.
        id: u32,
        /// What went wrong, without anything of the plan in it.
        message: String,
    },
}
