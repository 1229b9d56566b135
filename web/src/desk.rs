//! What components need of the check behind the results: its report as the engine wrote it, and a way to
//! ask the engine for more.

use std::rc::Rc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use plancheck_api::protocol::{Answer, Ask};
use plancheck_api::wire::{Kind, Report};

use crate::checker::Checker;

/// The check that the results on the page come from.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The whole report, byte for byte as the command line writes it.
    pub(crate) json: Rc<str>,
    /// The release of the rules.
    pub(crate) rules: String,
    /// What is said of workbooks whose round the rules do not cover.
    pub(crate) beyond: Vec<String>,
}

/// What the rules say of workbooks whose kind they know and whose round they do not cover.
pub(crate) fn beyond(report: &Report) -> Vec<String> {
    let documents = report.documents.iter().filter(|it| it.template.is_none() && it.kind != Kind::Unknown);
    // Nothing else is looked for in them.
    documents.flat_map(|it| &it.findings).map(|it| it.message.clone()).collect()
}

/// Given to all components as context.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) checker: StoredValue<Option<Rc<Checker>>, LocalStorage>,
    pub(crate) run: StoredValue<Option<Run>, LocalStorage>,
}

impl Desk {
    /// Asks the engine about the files of the results on the page.
    pub(crate) fn ask(self, what: Ask, told: impl FnOnce(Answer, Option<Uint8Array>) + 'static) {
        self.checker.with_value(|checker| {
            if let Some(checker) = checker {
                checker.ask(what, Box::new(told));
            }
        });
    }
}
