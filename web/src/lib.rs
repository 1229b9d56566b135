//! The plancheck page.
//!
//! It hands files to the worker, shows the report that comes back, and does nothing else: no rule
//! text and no arithmetic live here, only labels and the formatting of decimal strings. Whatever a
//! workbook says reaches the page as text nodes and never as markup, an address or a style.

#![allow(unreachable_pub, reason = "the component macro makes its property structs public")]

mod address;
pub mod app;
mod batch;
mod bidi;
mod checker;
mod components;
mod copy;
mod desk;
mod download;
mod embed;
mod files;
mod format;
mod goto;
mod print;
mod root;
mod stage;
