//! What components need of the check behind the results: its report as the engine wrote it, and a way to
//! ask the engine for more.

use std::rc::Rc;

use js_sys::{JsString, Uint8Array};
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
    /// A few files: the whole report, byte for byte as the command line writes it. The engine writes the table.
    Few(Rc<str>),
    /// Many: their pieces.
    Many(Rc<Many>),
}

impl Source {
    /// The whole report, byte for byte as the command line writes it.
    pub(crate) fn json(&self) -> JsString {
        match self {
            Source::Few(json) => (&**json).into(),
            Source::Many(many) => many.json(),
        }
    }

    /// The table of findings, where it is at hand.
    pub(crate) fn csv(&self) -> Option<JsString> {
        match self {
            Source::Few(_) => None,
            Source::Many(many) => Some(many.csv()),
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
    /// Where what is taken away comes from.
    pub(crate) fn source(self) -> Option<Source> {
        self.run.with_value(|run| run.as_ref().map(|run| run.source.clone()))
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
