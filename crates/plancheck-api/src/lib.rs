//! The report as it travels: wire types, how they are made from what the core says, and the messages
//! between the page and its worker.
//!
//! The core knows nothing of serde; the page knows nothing of the core. Both meet here.

#[cfg(feature = "engine")]
pub mod csv;
#[cfg(feature = "engine")]
pub mod engine;
pub mod protocol;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "engine")]
pub mod session;
pub mod sheets;
pub mod wire;
