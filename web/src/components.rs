//! The parts of the page, one to a file.

pub(crate) mod across;
pub(crate) mod balances;
pub(crate) mod banner;
pub(crate) mod catalogue;
pub(crate) mod cells;
pub(crate) mod chooser;
pub(crate) mod document;
pub(crate) mod filter;
pub(crate) mod finding;
pub(crate) mod findings;
pub(crate) mod frame;
pub(crate) mod imbalances;
pub(crate) mod ledger;
pub(crate) mod pack;
pub(crate) mod pictures;
pub(crate) mod progress;
pub(crate) mod rules;
pub(crate) mod sheets;
pub(crate) mod statements;
pub(crate) mod sum;
pub(crate) mod summary;
pub(crate) mod tag;
pub(crate) mod take_away;
pub(crate) mod trouble;
pub(crate) mod wording;
