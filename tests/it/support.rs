//! What the tests share.

use std::collections::BTreeMap;
use std::path::PathBuf;

use plancheck::finding::State;
use plancheck::report::Document;
use plancheck::{Input, Options};
use plancheck_tests::book::Book;
use plancheck_tests::case::Case;
use plancheck_tests::write;

/// The report on one file.
pub(crate) fn check(name: &str, bytes: &[u8]) -> Document {
    check_with(name, bytes, &Options::default())
}

pub(crate) fn check_with(name: &str, bytes: &[u8], options: &Options) -> Document {
    let mut report = plancheck::check(&Input { name, bytes }, options);
    assert_eq!(report.documents.len(), 1);
    report.documents.remove(0)
}

pub(crate) fn check_book(book: &Book) -> Document {
    check("plan.xlsx", &write::xlsx(book))
}

/// The report as the wire has it.
pub(crate) fn json(bytes: &[u8]) -> serde_json::Value {
    let report = plancheck::check(&Input { name: "plan.xlsx", bytes }, &Options::default());
    let text = plancheck_api::engine::to_wire(&report).to_json().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every rule and the state it ended in.
pub(crate) fn states(document: &Document) -> BTreeMap<&'static str, &'static str> {
    document.rules.iter().map(|it| (it.rule.code, it.state.name())).collect()
}

/// The rules that ended in anything but met or does-not-apply.
pub(crate) fn fired(document: &Document) -> BTreeMap<&'static str, &'static str> {
    document
        .rules
        .iter()
        .filter(|it| !matches!(it.state, State::Met | State::DoesNotApply))
        .map(|it| (it.rule.code, it.state.name()))
        .collect()
}

/// A folder of this package.
pub(crate) fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A file kept beside the repository for its authors; the tests that read it are skipped where it is not.
pub(crate) fn shared(name: &str) -> Option<Vec<u8>> {
    std::fs::read(folder("../../shared").join(name)).ok()
}

/// Every case of the suite.
pub(crate) fn cases() -> Vec<Case> {
    let mut files = Vec::new();
    for area in std::fs::read_dir(folder("suite")).unwrap() {
        for file in std::fs::read_dir(area.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        cases.extend(Case::read_all(&name, &std::fs::read_to_string(&file).unwrap()));
    }
    cases
}
