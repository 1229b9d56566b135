//! The report as it travels: wire types, how they are made from what the core says, and the messages
//! between the page and its worker.
//!
//! The core knows nothing of serde; the page knows nothing of the core. Both meet here.

/// Bytes that the check of a workbook may take, in a worker or in a process: the programs' own allocators keep to it.
/// The page's process holds as much again before any workbook is read.
pub const MOST_MEMORY: usize = 256 * 1024 * 1024;

#[cfg(feature = "engine")]
pub mod csv;
#[cfg(feature = "engine")]
pub mod engine;
pub mod limits;
pub mod names;
#[cfg(feature = "engine")]
pub mod pieces;
pub mod protocol;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "engine")]
pub mod session;
pub mod sheets;
pub mod wire;
