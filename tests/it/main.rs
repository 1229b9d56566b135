//! The suite: literate cases, the rule list's promises, whole reports, and every way a file can come.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what they test, and one that cannot be set up has failed"
)]

mod annotate;
mod capacity;
mod companion;
mod corruption;
mod display;
mod enquiries;
mod facts;
mod fuzz_corpus;
mod hostile_legacy;
mod legitimate;
mod one_pound;
mod opening;
mod pictures;
mod pieces;
mod properties;
mod published;
mod reading;
mod registry;
mod report;
mod robustness;
mod suite;
mod support;
mod unread;
mod words;

/// The bodies of the fuzz targets, as the fuzzer itself runs them.
#[path = "../fuzz/src/lib.rs"]
mod fuzz;
