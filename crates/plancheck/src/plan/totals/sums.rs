//! Sums that were added up before: several rules and pictures ask for the same ones.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Reading, Sum, Total};

/// What each total has come to, by who adds up. A plan does not change once it is read.
#[derive(Debug, Default)]
pub(in crate::plan) struct Sums(RefCell<BTreeMap<(Reading, Total), Sum>>);

impl Sums {
    /// A total as it came out before, or as it is worked out now.
    pub(super) fn of(&self, reading: Reading, total: Total, worked_out: impl FnOnce() -> Sum) -> Sum {
        if let Some(known) = self.0.borrow().get(&(reading, total)) {
            return known.clone();
        }
        let sum = worked_out();
        self.0.borrow_mut().insert((reading, total), sum.clone());
        sum
    }
}
