//! Broken files: every way to cut one short, and thousands of ways to damage one. Each ends in a report or in the
//! reason why there is none; none is taken for a plan that is met.
//!
//! What is damaged is a plan with many faults on several sheets, so that no one change can heal it. All of it is the
//! same every time: the places come from numbers at random with a fixed seed. `CORRUPTION=10` tries ten times as many.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "how many files there were, and which one it was, is said nowhere else"
)]

mod bytes;
mod parts;
mod records;
mod structure;
mod truncated;

use std::path::PathBuf;
use std::process::exit;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use plancheck::finding::State;
use plancheck_tests::seeds::{furnished, wounded, wounded_capacity};
use plancheck_tests::write::{ods, xlsb, xlsx};

use crate::fuzz::{self, Ended};
use crate::support::{check_book, fired, folder};

/// One in so many is checked twice, shown and annotated as well.
const THOROUGH: usize = 20;
/// No file of this size takes so long, on any computer.
const TOO_LONG: Duration = Duration::from_secs(30);

/// So many times, or as many times more as the environment asks for.
fn often(times: usize) -> usize {
    times * std::env::var("CORRUPTION").map_or(1, |it| it.parse().unwrap())
}

/// Damaged files of one test, and how they ended.
struct Trials {
    /// The test.
    name: &'static str,
    /// What is being looked at, and since when.
    now: Arc<Mutex<Option<Now>>>,
    number: usize,
    refused: usize,
    checked: usize,
    /// The one that took longest, and how long.
    slowest: (Duration, String),
}

/// A file that is being looked at.
struct Now {
    since: Instant,
    what: String,
    bytes: Vec<u8>,
}

impl Trials {
    fn new(name: &'static str) -> Self {
        let now: Arc<Mutex<Option<Now>>> = Arc::default();
        let watched = Arc::clone(&now);
        // A hang has no other end: the test must say which file it was, and stop.
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                if let Some(it) = watched.lock().unwrap().as_ref()
                    && it.since.elapsed() > TOO_LONG
                {
                    keep(name, &it.what, &it.bytes);
                    eprintln!("{name}: {} takes longer than {} s", it.what, TOO_LONG.as_secs());
                    exit(101);
                }
            }
        });
        let slowest = (Duration::ZERO, String::new());
        Trials { name, now, number: 0, refused: 0, checked: 0, slowest }
    }

    /// Looks at one file, which must be refused or not met.
    fn never_met(&mut self, what: &str, bytes: &[u8]) {
        self.number += 1;
        let since = Instant::now();
        *self.now.lock().unwrap() = Some(Now { since, what: what.to_owned(), bytes: bytes.to_vec() });
        let kept = Kept { name: self.name, what, bytes };
        let thorough = self.number.is_multiple_of(THOROUGH);
        match if thorough { fuzz::bytes(bytes) } else { fuzz::check_only(bytes) } {
            Ended::Refused => self.refused += 1,
            Ended::Checked(verdict) => {
                self.checked += 1;
                let wrong = !matches!(verdict, State::NotMet | State::CouldNotCheck);
                assert!(!wrong, "{}: {what} is {}", self.name, verdict.name());
            }
        }
        drop(kept);
        if since.elapsed() > self.slowest.0 {
            self.slowest = (since.elapsed(), what.to_owned());
        }
    }

    /// Says how many files there were. Of so many, some must have been opened, and some not.
    fn end(self, at_least: usize) {
        *self.now.lock().unwrap() = None;
        let Trials { name, number, refused, checked, slowest, .. } = self;
        println!("{name}: {number} files, {refused} refused, {checked} checked, slowest {slowest:?}");
        assert!(number >= at_least, "{name}: only {number} files were tried");
        assert!(refused > 0, "{name}: no file was refused, so nothing was damaged");
    }
}

/// A file that is being looked at: written where it can be found if the test ends here.
struct Kept<'a> {
    name: &'static str,
    what: &'a str,
    bytes: &'a [u8],
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            keep(self.name, self.what, self.bytes);
        }
    }
}

fn keep(name: &str, what: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.broken"));
    let _ = std::fs::write(&path, bytes);
    eprintln!("{name}: {what} is kept in {}", path.display());
}

/// The wounded plan as an .xlsx file, with all that a file can hold besides cells.
fn as_xlsx() -> Vec<u8> {
    xlsx(&furnished())
}

/// The wounded capacity and demand workbook.
fn capacity_as_xlsx() -> Vec<u8> {
    xlsx(&wounded_capacity())
}

fn capacity_as_xlsb() -> Vec<u8> {
    xlsb(&wounded_capacity())
}

fn as_xlsb() -> Vec<u8> {
    xlsb(&furnished())
}

fn as_ods() -> Vec<u8> {
    ods(&furnished())
}

/// The published plan, which is not met, in a format that nothing of ours can write.
fn as_xls() -> Vec<u8> {
    std::fs::read(folder("workbooks").join("sefton-libreoffice.xls")).unwrap()
}

/// Where this fails, the tests beside it show nothing.
#[test]
fn no_one_change_can_heal_the_plan() {
    for (book, rules) in [(wounded(), 8), (wounded_capacity(), 5)] {
        let document = check_book(&book);
        let fired = fired(&document);
        let unmet = fired.values().filter(|it| **it == "not-met").count();
        assert!(unmet >= rules, "{fired:?}");
        let not_met = document.findings.iter().filter(|it| it.finding.state == State::NotMet);
        let sheets: std::collections::BTreeSet<u16> =
            not_met.flat_map(|it| it.finding.cells.first()).map(|it| it.cell.sheet).collect();
        assert!(sheets.len() >= 4, "{sheets:?}");
    }
    for (name, bytes) in [("xlsx", as_xlsx()), ("xlsb", as_xlsb()), ("ods", as_ods()), ("xls", as_xls())] {
        assert_eq!(fuzz::bytes(&bytes), Ended::Checked(State::NotMet), "{name}");
    }
}
