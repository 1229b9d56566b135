//! What components need of the check behind the results: its report as the engine wrote it, and a way to
//! ask the engine for more.

use std::rc::Rc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use plancheck_api::protocol::{Answer, Ask};
use plancheck_api::wire::{Document, Kind};

use crate::batch::Many;
use crate::checker::Checker;

/// The check that the results on the page come from.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) source: Source,
    /// The release of the rules.
    pub(crate) rules: String,
    /// What is said of workbooks whose round the rules do not cover.
    pub(crate) beyond: Vec<String>,
}

/// What the rules say of workbooks whose kind they know and whose round they do not cover.
pub(crate) fn beyond<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Vec<String> {
    let beyond = documents.into_iter().filter(|it| it.template.is_none() && it.kind != Kind::Unknown);
    let said = beyond.flat_map(|it| &it.findings).filter(|it| it.rule == "WB02");
    said.map(|it| it.message.clone()).collect()
}

/// Where what is taken away comes from.
#[derive(Clone)]
pub(crate) enum Source {
    /// A few files: the engine writes it.
    Few,
    /// Many: their pieces.
    Many(Rc<Many>),
}

/// What may be written of a check.
#[derive(Clone, Copy)]
pub(crate) enum Paper {
    /// The whole report, as JSON.
    Report,
    /// The table of findings, as CSV.
    Table,
}

/// The content of the file that came with an answer.
pub(crate) fn content(answer: Answer, bytes: Option<Uint8Array>) -> Result<Uint8Array, String> {
    match (answer, bytes) {
        (Answer::Refused(why), _) => Err(why),
        (_, Some(bytes)) => Ok(bytes),
        (Answer::File | Answer::Sheets(_) | Answer::Rows(_), None) => {
            Err("The file came without its content. Try again.".to_owned())
        }
    }
}

/// Given to all components as context.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) checker: StoredValue<Option<Rc<Checker>>, LocalStorage>,
    pub(crate) run: StoredValue<Option<Run>, LocalStorage>,
}

impl Desk {
    /// The whole report, byte for byte as the command line writes it, or the table of findings: `told` hears of it,
    /// or why it cannot be had.
    pub(crate) fn write(self, what: Paper, told: impl FnOnce(Result<Uint8Array, String>) + 'static) {
        let source = self.run.with_value(|run| run.as_ref().map(|run| run.source.clone()));
        let ask = match (source, what) {
            (Some(Source::Many(many)), Paper::Report) => {
                return told(
                    many.json().map_err(|_| "The report could not be put together. Try again.".to_owned()),
                );
            }
            (Some(Source::Many(many)), Paper::Table) => return told(Ok(many.csv())),
            (_, Paper::Report) => Ask::Json,
            (_, Paper::Table) => Ask::Csv,
        };
        self.ask(ask, move |answer, bytes| told(content(answer, bytes)));
    }

    /// Asks the engine about the files of the results on the page.
    pub(crate) fn ask(self, what: Ask, told: impl FnOnce(Answer, Option<Uint8Array>) + 'static) {
        self.checker.with_value(|checker| {
            if let Some(checker) = checker {
                checker.ask(what, Box::new(told));
            }
        });
    }
}
