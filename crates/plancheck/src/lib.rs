//! Checks Better Care Fund planning workbooks.
//!
//! Bytes go in, a [`Report`] comes out:
//!
//! ```text
//! bytes ─open─▶ Workbook ─recognise─▶ Template ─extract─▶ Plan ─rules─▶ Outcomes ─▶ Report
//! ```
//!
//! One way, no way back. The core reads no files, no clock, no environment and no network, so the same
//! bytes give the same report wherever it runs. See `docs/architecture.md`.

pub mod across;
pub mod allocations;
pub mod annotate;
pub mod catalogue;
mod check;
pub mod display;
pub mod finding;
pub mod money;
pub mod open;
pub mod picture;
pub mod plan;
pub mod report;
pub mod rule;
pub mod rules;
pub mod template;
pub mod workbook;

pub use allocations::Allocations;
pub use check::{Input, Options, Progress, check, check_all, check_observed};
pub use display::{Display, display};
pub use report::Report;

/// The release of the rules: the year they were last revised in and a number.
pub const RULES_VERSION: &str = "2026.1";
