//! What the page is doing, and what it says about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use plancheck_api::wire::{Across, Document, OpenError, Report};

use crate::bidi;
use crate::format;

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
                several => Some(Trouble::heading(several)),
            },
            Stage::Idle | Stage::Cancelled | Stage::Working { .. } | Stage::Done => None,
        }
    }
}

/// One thing that stopped a file from being checked, or files from being compared, in words for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) todo: String,
    /// Whether the same may well work at the next attempt.
    pub(crate) passes: bool,
    /// Whether the files were checked, and only not compared with each other.
    pub(crate) is_of_comparison: bool,
}

impl Trouble {
    pub(crate) fn new(what: impl AsRef<str>, todo: impl AsRef<str>) -> Self {
        // Both may quote a file.
        let [what, todo] = [what.as_ref(), todo.as_ref()].map(bidi::kept_apart);
        Self { what, todo, passes: false, is_of_comparison: false }
    }

    /// The same, where another attempt is worth it.
    pub(crate) fn passing(self) -> Self {
        Self { passes: true, ..self }
    }

    /// What all of them come to.
    pub(crate) fn heading(troubles: &[Trouble]) -> String {
        match troubles.iter().filter(|it| !it.is_of_comparison).count() {
            0 => "Some workbooks were not compared with each other".to_owned(),
            1 => "The file was not checked".to_owned(),
            files => format!("{files} files were not checked"),
        }
    }

    /// The table of published allocations cannot be used.
    pub(crate) fn allocations(faults: &[String]) -> Self {
        let more = if faults.len() > 3 { " There are more such lines." } else { "" };
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

    /// The files ask for more memory than is taken, so many of them at once.
    pub(crate) fn memory(files: usize) -> Self {
        let what = if files == 1 {
            "The file is too large: reading it"
        } else {
            "They are too large together: reading them"
        };
        Self::new(
            format!(
                "{what} takes more than {} MB of memory, and that is the most that is taken.",
                plancheck_api::MOST_MEMORY / (1024 * 1024)
            ),
            "Check that this is the planning workbook. If it is, save a copy without pictures, attachments and sheets that \
             are not part of the template, and choose that copy.",
        )
    }

    /// A file cannot be opened.
    pub(crate) fn opening(file: &str, error: &OpenError) -> Self {
        Self::new(format!("{file}: {}", error.message), &error.todo)
    }

    /// The same of a file that is named, where it does not name it already.
    pub(crate) fn of_file(&self, file: &str) -> Self {
        let name = bidi::kept_apart(&format!("{file}: "));
        if self.what.starts_with(&name) {
            return self.clone();
        }
        Self { what: format!("{name}{}", self.what), ..self.clone() }
    }

    /// The same of files that were each checked, and that should have been compared.
    pub(crate) fn of_comparison(&self, files: &[String]) -> Self {
        Self {
            passes: self.passes,
            is_of_comparison: true,
            ..Self::new(
                format!("{} were not compared with each other. {}", format::listed(files), self.what),
                "What is said of each by itself still holds. Choose those that belong together again, without the others.",
            )
        }
    }

    /// Our own fault, never the file's.
    pub(crate) fn engine(message: &str) -> Self {
        Self::new(
            format!("The checker itself stopped: {message}."),
            "This is a fault in the checker, not in your workbook. Try again, or check another file. \
             If it stops again, save the workbook afresh in Excel and try that copy.",
        )
        .passing()
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
