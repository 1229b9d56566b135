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

/// What was written, as text.
pub(crate) fn text(written: &Uint8Array) -> String {
    String::from_utf8(written.to_vec()).unwrap_or_default()
}

/// Given to all components as context.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) checker: StoredValue<Option<Rc<Checker>>, LocalStorage>,
    pub(crate) run: StoredValue<Option<Run>, LocalStorage>,
}

impl Desk {
    /// Has a file written: the whole report, byte for byte as the command line writes it, the table of findings, or a
    /// copy of a workbook. `told` hears of its content, or why it cannot be had.
    pub(crate) fn write(self, what: Ask, told: impl FnOnce(Result<Uint8Array, String>) + 'static) {
        let source = self.run.with_value(|run| run.as_ref().map(|run| run.source.clone()));
        if let Some(Source::Many(many)) = source {
            match what {
                Ask::Json => {
                    let report = many.json();
                    return told(
                        report.map_err(|_| "The report could not be put together. Try again.".to_owned()),
                    );
                }
                Ask::Csv => return told(Ok(many.csv())),
                Ask::Sheets { .. } | Ask::Rows { .. } | Ask::Annotated { .. } => {}
            }
        }
        self.ask(what, move |answer, bytes| {
            told(match (answer, bytes) {
                (Answer::Refused(why), _) => Err(why),
                (_, Some(bytes)) => Ok(bytes),
                (Answer::File | Answer::Sheets(_) | Answer::Rows(_), None) => {
                    Err("The file came without its content. Try again.".to_owned())
                }
            });
        });
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
