//! What a rule waits on, gathered cell by cell and line by line.

use std::collections::BTreeSet;

use super::Wait;

/// Waits in the order in which they were met, each of them once.
#[derive(Debug, Default)]
pub(crate) struct Waits {
    met: Vec<Wait>,
    seen: BTreeSet<Wait>,
}

impl Waits {
    /// Adds a wait, unless it is there.
    pub(crate) fn push(&mut self, wait: Wait) {
        if !self.seen.contains(&wait) {
            self.seen.insert(wait.clone());
            self.met.push(wait);
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.met.is_empty()
    }
}

impl Extend<Wait> for Waits {
    fn extend<T: IntoIterator<Item = Wait>>(&mut self, waits: T) {
        waits.into_iter().for_each(|it| self.push(it));
    }
}

impl From<Waits> for Vec<Wait> {
    fn from(waits: Waits) -> Self {
        waits.met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_kept_once_and_where_it_was_met_first() {
        let wait = |why: &str| Wait { on: None, cell: None, why: why.to_owned(), missing_value: false };
        let mut waits = Waits::default();
        waits.extend(["b", "a", "b", "c", "a"].map(wait));
        assert_eq!(Vec::from(waits), ["b", "a", "c"].map(wait));
    }
}
