//! What the page is doing, and what it says about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use plancheck_api::wire::{Across, Document, OpenError, Report};

/// What the page is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Waiting for a file.
    #[default]
    Idle,
    /// A check was stopped by the reader; otherwise as [`Stage::Idle`].
    Cancelled,
    /// A check is running. The line stays empty until it has taken long enough to be worth saying.
    Working {
        /// Where the check has got to.
        line: String,
    },
    /// The last check gave a result for every file.
    Done,
    /// Something stopped one or more files from being checked.
    Trouble(Vec<Trouble>),
}

impl Stage {
    /// What stopped files from being checked, as the field says it where they are chosen.
    pub(crate) fn in_a_line(&self) -> Option<String> {
        match self {
            Stage::Trouble(troubles) => match troubles.as_slice() {
                [] => None,
                [only] => Some(only.what.clone()),
                several => Some(format!("{} files were not checked", several.len())),
            },
            Stage::Idle | Stage::Cancelled | Stage::Working { .. } | Stage::Done => None,
        }
    }
}

/// One thing that stopped a file from being checked, in words for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) todo: String,
}

impl Trouble {
    pub(crate) fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }

    /// The table of published allocations cannot be used.
    pub(crate) fn allocations(faults: &[String]) -> Self {
        let more = faults.len().saturating_sub(3);
        let more = if more > 0 { format!(" And {more} more.") } else { String::new() };
        let first: Vec<&str> = faults.iter().take(3).map(String::as_str).collect();
        Self::new(
            format!(
                "The table of allocations cannot be used, so nothing was checked. {}{more}",
                first.join(" ")
            ),
            "Put these lines right: each gives a board, a year, a stream and an amount, under headings of these names. Or \
             choose the workbooks without the table.",
        )
    }

    /// The files ask for more memory than is taken.
    pub(crate) fn memory() -> Self {
        Self::new(
            format!(
                "The file is too large: reading it takes more than {} MB of memory, and that is the most that is taken.",
                plancheck_api::MOST_MEMORY / (1024 * 1024)
            ),
            "Check that this is the planning workbook. If it is, save a copy without pictures, attachments and sheets that \
             are not part of the template, and choose that copy. Of several workbooks, choose one by one.",
        )
    }

    /// A file cannot be opened.
    pub(crate) fn opening(file: &str, error: &OpenError) -> Self {
        Self::new(format!("{file}: {}", error.message), error.todo.clone())
    }

    /// The same of one file among many.
    pub(crate) fn of_file(&self, file: &str) -> Self {
        if self.what.starts_with(file) {
            return self.clone();
        }
        Self::new(format!("{file}: {}", self.what), self.todo.clone())
    }

    /// Our own fault, never the file's.
    pub(crate) fn engine(message: &str) -> Self {
        Self::new(
            format!("The checker itself stopped: {message}."),
            "This is a fault in the checker, not in your workbook. You can check another file, or the same one again. \
             If it stops again, save the workbook afresh in Excel and try that copy.",
        )
    }
}

/// A document that could be opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// What was found in it.
    pub(crate) document: Arc<Document>,
    /// Its place in the report, by which the engine knows it.
    pub(crate) place: u32,
}

/// A report split into what can be shown and what could not be opened.
pub(crate) struct Outcome {
    /// The documents that could be opened, in the order given.
    pub(crate) documents: Vec<Opened>,
    /// One entry for each file that could not.
    pub(crate) troubles: Vec<Trouble>,
    /// What stands between documents of one board and year.
    pub(crate) across: Vec<Arc<Joint>>,
}

/// Several documents of one board and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joint {
    /// The names of their files, by their places in the report.
    pub(crate) files: BTreeMap<u32, String>,
    /// What was found.
    pub(crate) across: Across,
}

impl Joint {
    fn new(across: Across, documents: &[Document]) -> Self {
        let file = |idx: &u32| Some((*idx, documents.get(*idx as usize)?.file.clone()));
        Self { files: across.documents.iter().filter_map(file).collect(), across }
    }
}

impl From<Report> for Outcome {
    fn from(report: Report) -> Self {
        let joints =
            report.across.into_iter().map(|it| Arc::new(Joint::new(it, &report.documents))).collect();
        let mut outcome = Self { documents: Vec::new(), troubles: Vec::new(), across: joints };
        for (place, document) in (0..).zip(report.documents) {
            match document.error {
                Some(error) => outcome.troubles.push(Trouble::opening(&document.file, &error)),
                None => outcome.documents.push(Opened { document: Arc::new(document), place }),
            }
        }
        outcome
    }
}

impl Outcome {
    /// The stage that this outcome leads to.
    pub(crate) fn stage(&self) -> Stage {
        if self.troubles.is_empty() { Stage::Done } else { Stage::Trouble(self.troubles.clone()) }
    }
}
