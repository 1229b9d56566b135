//! What a worker keeps of a check: the files and what was found, so that it can be asked for more.

use std::collections::BTreeMap;

use plancheck::annotate::{Wording, annotated};
use plancheck::display::{Display, display};
use plancheck::{Input, Options, Report};

use crate::engine::to_wire;
use crate::protocol::{Answer, Ask};
use crate::{csv, sheets, wire};

/// A check that is over.
pub struct Session {
    files: Vec<(String, Vec<u8>)>,
    options: Options,
    report: Report,
    /// The workbooks that were looked at, by their documents.
    displays: BTreeMap<u32, Display>,
}

impl Session {
    /// Checks files. `tell` is given a line for the reader whenever the check moves on.
    pub fn check(files: Vec<(String, Vec<u8>)>, options: Options, tell: &mut dyn FnMut(String)) -> Self {
        let report = crate::engine::report(&files, &options, tell);
        Session { files, options, report, displays: BTreeMap::new() }
    }

    /// The report in its wire form.
    pub fn report(&self) -> wire::Report {
        to_wire(&self.report)
    }

    /// Answers what is asked; a file's content comes beside the answer.
    pub fn answer(&mut self, ask: Ask) -> (Answer, Option<Vec<u8>>) {
        let answer = match ask {
            Ask::Sheets { document } => {
                self.display(document).map(|it| (Answer::Sheets(sheets::sheets(it)), None))
            }
            Ask::Rows { document, sheet, first, count } => self.display(document).map(|it| {
                let rows = first..first.saturating_add(count);
                (Answer::Rows(sheets::rows(it, sheet as usize, rows)), None)
            }),
            Ask::Csv => match csv::write(&self.report()) {
                Ok(bytes) => Ok((Answer::File, Some(bytes))),
                Err(error) => Err(format!("The table could not be written: {error}.")),
            },
            Ask::Json => match self.report().to_json() {
                Ok(json) => Ok((Answer::File, Some(json.into_bytes()))),
                Err(error) => Err(format!("The report could not be written: {error}.")),
            },
            Ask::Annotated { document, assurer } => {
                self.annotated(document, assurer).map(|bytes| (Answer::File, Some(bytes)))
            }
        };
        answer.unwrap_or_else(|why| (Answer::Refused(why), None))
    }

    fn input(&self, document: u32) -> Result<Input<'_>, String> {
        let file = self.files.get(document as usize);
        file.map(|(name, bytes)| Input { name, bytes }).ok_or_else(|| "There is no such workbook.".to_owned())
    }

    /// A copy of a workbook with what was found as comments.
    fn annotated(&self, document: u32, assurer: bool) -> Result<Vec<u8>, String> {
        let found = self
            .report
            .documents
            .get(document as usize)
            .ok_or_else(|| "There is no such workbook.".to_owned())?;
        let wording = if assurer { Wording::Assurer } else { Wording::Planner };
        annotated(&self.input(document)?, found, &self.options, wording)
            .map_err(|it| format!("{} {}", it.message, it.todo))
    }

    /// A workbook for display: read at the first question about it, and kept for the next.
    fn display(&mut self, document: u32) -> Result<&Display, String> {
        if !self.displays.contains_key(&document) {
            let read = display(&self.input(document)?, &self.options).map_err(|error| error.message)?;
            self.displays.insert(document, read);
        }
        self.displays.get(&document).ok_or_else(String::new)
    }
}
