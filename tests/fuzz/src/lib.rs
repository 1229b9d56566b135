//! What every file must go through, whoever made it: the targets of the fuzzer, and the same for the tests,
//! which take this file in by its path.
#![allow(
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "here a panic is the finding; and what is a library to the fuzzer is a module to the tests"
)]

mod oracle;
mod through;

pub use through::{Ended, allocations, bytes, check_only, grid};
