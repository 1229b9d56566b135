//! Each file is checked in a process of its own: one that asks for too much costs itself and no other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder with a small plan and a large one.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.xlsx"), plancheck_tests::big(3_000)).unwrap();
    std::fs::write(folder.join("b.xlsx"), plancheck_tests::sample()).unwrap();
    folder
}

fn run(folder: &PathBuf, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plancheck")).args(arguments).current_dir(folder).output().unwrap()
}

fn files(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = report["documents"].as_array().unwrap().iter();
    documents.map(|it| it["file"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_that_takes_too_much_memory_costs_itself_only() {
    let folder = folder("memory");
    let check = ["check", "a.xlsx", "b.xlsx", "--format", "json"];
    let both = run(&folder, &check);
    assert_eq!(files(&both), ["a.xlsx", "b.xlsx"]);
    let one = run(&folder, &[&check[..], &["--memory", "6"]].concat());
    assert_eq!(files(&one), ["b.xlsx"]);
    let said = String::from_utf8_lossy(&one.stderr).into_owned();
    assert!(said.contains("a.xlsx: reading it takes more than 6 MB of memory"), "{said}");
    assert_eq!(one.status.code(), Some(2));
}

#[test]
fn a_file_that_takes_too_long_is_given_up() {
    let folder = folder("time");
    let none = run(&folder, &["check", "a.xlsx", "--seconds", "0"]);
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(said.contains("a.xlsx: checking it took more than 0 seconds"), "{said}");
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn a_copy_is_bounded_too() {
    let folder = folder("copy");
    let none = run(&folder, &["annotate", "a.xlsx", "--memory", "6"]);
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(said.contains("more than 6 MB of memory"), "{said}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}

/// Two that fit in memory one by one, and not together.
#[test]
fn workbooks_that_cannot_be_compared_are_named_and_so_is_why() {
    let folder = folder("compared");
    std::fs::copy(folder.join("a.xlsx"), folder.join("c.xlsx")).unwrap();
    let check = ["check", "a.xlsx", "c.xlsx", "--format", "json", "--memory"];
    let said = (8..80).step_by(4).find_map(|memory| {
        let output = run(&folder, &[&check[..], &[&memory.to_string()]].concat());
        (files(&output).len() == 2)
            .then(|| (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code()))
    });
    let (said, status) = said.unwrap();
    assert!(said.contains("a.xlsx, c.xlsx: not compared with each other: reading it takes more"), "{said}");
    assert_eq!(status, Some(2));
    std::fs::remove_file(folder.join("c.xlsx")).unwrap();
}
