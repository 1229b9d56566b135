//! Workbooks built from text, and ways to wound them.
//!
//! A plan is written down as facts ([`plan_text`]), laid out in the sheets, labels and order of a
//! template ([`layout`]), and written as a file ([`mod@write`]). Nothing here depends on the checker.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

pub mod book;
pub mod capacity_text;
pub mod case;
pub mod damage;
pub mod dialect;
pub mod grid;
pub mod hostile;
pub mod layout;
pub mod measured;
pub mod plan_text;
pub mod plans;
pub mod robustness;
pub mod seeds;
pub mod wound;
pub mod write;

pub use plans::{big, sample, sample_capacity};
