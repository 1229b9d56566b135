//! What the fuzzer begins with and every input that once ended badly, through the very code that the fuzzer runs.

use std::fs;
use std::path::PathBuf;

use plancheck::finding::State;
use plancheck_tests::seeds::{self, Seed};

use crate::fuzz::{self, Ended};
use crate::support::folder;

/// The inputs that were kept because they once ended badly, each in a file that says in its name what it was.
fn crashes(target: &str) -> Vec<Seed> {
    let path: PathBuf = folder("fuzz/crashes").join(target);
    let read = |file: fs::DirEntry| {
        let name = file.file_name().into_string().unwrap();
        (name, fs::read(file.path()).unwrap())
    };
    let mut found: Vec<Seed> = fs::read_dir(&path)
        .unwrap_or_else(|it| panic!("{}: {it}", path.display()))
        .map(|it| read(it.unwrap()))
        .collect();
    found.retain(|(name, _)| name != "README.md");
    found.sort();
    found
}

fn target(name: &str) -> fn(&[u8]) -> Ended {
    match name {
        "bytes" => fuzz::bytes,
        "grid" => fuzz::grid,
        "allocations" => fuzz::allocations,
        _ => panic!("there is no target {name}"),
    }
}

#[test]
fn every_seed() {
    for (name, seeds) in seeds::all() {
        assert!(seeds.len() > 10, "{name} has {} seeds", seeds.len());
        let size: usize = seeds.iter().map(|it| it.1.len()).sum();
        assert!(size < 500_000, "the seeds of {name} are {size} bytes");
        for (seed, bytes) in seeds {
            let ended = target(name)(&bytes);
            let wanted = match (name, seed.as_str()) {
                (_, "nothing" | "letter.txt") => vec![Ended::Refused],
                ("allocations", seed) if seed.starts_with("faulty") => vec![Ended::Refused],
                ("allocations", _) => vec![Ended::Checked(State::NotMet)],
                (
                    "bytes",
                    "wounded.xlsx"
                    | "furnished.xlsx"
                    | "wounded.xlsb"
                    | "wounded.ods"
                    | "wounded-capacity.xlsx",
                ) => {
                    vec![Ended::Checked(State::NotMet)]
                }
                ("bytes", "capacity.xlsx") | ("grid", "unchanged-0" | "unchanged-1") => {
                    vec![Ended::Checked(State::Met)]
                }
                // Two sheets may have come to one name, which no program would read.
                ("grid", _) if ended == Ended::Refused => continue,
                // Whatever is found, the seed is a workbook that can be opened and checked.
                _ => State::WORST_FIRST.map(Ended::Checked).to_vec(),
            };
            assert!(wanted.contains(&ended), "{name} {seed}: {ended:?}");
        }
    }
}

/// Each ended with a panic, a hang or a wrong report once. Now each is refused, or is checked as every other file.
#[test]
fn every_crash() {
    for (name, _) in seeds::all() {
        for (crash, bytes) in crashes(name) {
            let ended = target(name)(&bytes);
            assert_ne!(ended, Ended::Checked(State::Met), "{name} {crash}: a damaged plan is met");
        }
    }
}
