//! The lines of a table that cannot be used.

use super::Fault;

/// Lines that cannot be used and are named. Of more, their number is said.
pub(super) const MOST_FAULTS: usize = 100;

/// The lines that cannot be used: so many are kept, and the others counted.
#[derive(Default)]
pub(super) struct Faults {
    kept: Vec<Fault>,
    more: usize,
}

impl Faults {
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub(super) fn add(&mut self, line: usize, why: String) {
        if self.kept.len() < MOST_FAULTS {
            self.kept.push(Fault { line, why });
        } else {
            self.more += 1;
        }
    }

    /// Those that were kept, and a last one that says how many more there are.
    pub(super) fn all(mut self) -> Vec<Fault> {
        match self.more {
            0 => {}
            1 => self.kept.push(Fault { line: 0, why: "and 1 more line cannot be used".to_owned() }),
            more => self.kept.push(Fault { line: 0, why: format!("and {more} more lines cannot be used") }),
        }
        self.kept
    }
}
