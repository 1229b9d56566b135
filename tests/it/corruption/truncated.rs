//! Files that were cut short.

use std::ops::Range;

use plancheck_tests::write::{ods, xlsb, xlsx};
use plancheck_tests::{layout, plans};

use super::{Trials, as_xls};
use crate::fuzz::{self, Ended};

/// A zip file lists its parts at its end, so without its end it has none. Every length is tried, down to nothing,
/// on the smallest plan in which nothing is wrong: if any were taken for whole, it would be met.
#[test]
fn every_truncation_of_a_zip_file_is_refused() {
    let book = layout::planning_2022_23::lay_out(&plans::exampleshire());
    for (name, bytes) in [("xlsx", xlsx(&book)), ("xlsb", xlsb(&book)), ("ods", ods(&book))] {
        for kept in 0..bytes.len() {
            assert_eq!(fuzz::check_only(&bytes[..kept]), Ended::Refused, "{name} cut to {kept} bytes");
        }
    }
}

/// An .xls file holds its parts in sectors of 512 bytes, with their list anywhere, so most of one can be read when its
/// end is missing. Every length is tried in the first and the last 2 KB, and in between every one that is a
/// whole number of sectors, and one beside it: a sector that is cut is lost, wherever it is cut.
#[test]
fn truncations_of_an_old_file() {
    let bytes = as_xls();
    let ends: [Range<usize>; 2] = [0..2048, bytes.len() - 2048..bytes.len()];
    let mut trials = Trials::new("xls cut short");
    for kept in 0..bytes.len() {
        if ends.iter().any(|it| it.contains(&kept)) || kept % 512 < 2 {
            trials.never_met(&format!("{kept} bytes"), &bytes[..kept]);
        }
    }
    trials.end(4000);
}
