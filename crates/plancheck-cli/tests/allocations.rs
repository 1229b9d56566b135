//! `plancheck check --allocations`, from a terminal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder with the sample and with allocations of this content.
fn folder(name: &str, allocations: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("plan.xlsx"), plancheck_tests::sample()).unwrap();
    std::fs::write(folder.join("allocations.csv"), allocations).unwrap();
    folder
}

fn check(folder: &PathBuf, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    command.args(["check", "plan.xlsx", "--format", "json"]).args(arguments).current_dir(folder);
    command.output().unwrap()
}

/// How a rule ended, and its reason.
fn ended(output: &Output, code: &str) -> (String, String) {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = report["documents"][0]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|it| it["rule"] == code).unwrap();
    (rule["state"].as_str().unwrap().to_owned(), rule["reason"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn contributions_are_compared_with_the_allocations_given() {
    let right = b"\xef\xbb\xbfHWB,Year,Stream,Amount\r\nSefton Council,2022/23,NHS minimum,\"\xc2\xa326,435,346\"\r\n";
    let folder = folder("right", right);
    let (state, reason) = ended(&check(&folder, &["--allocations", "allocations.csv"]), "IN07");
    assert_eq!(state, "met");
    assert!(reason.contains("Minimum NHS Contribution"), "{reason}");
    assert_eq!(ended(&check(&folder, &[]), "IN07").0, "does-not-apply");
}

#[test]
fn a_contribution_that_was_changed_is_not_met() {
    let folder = folder("changed", b"board,year,stream,amount\nSefton,2022-23,DFG,4823371\n");
    let output = check(&folder, &["--allocations", "allocations.csv"]);
    assert_eq!(ended(&output, "IN07").0, "not-met");
    assert_eq!(output.status.code(), Some(1));
}

/// Nothing is checked, so that no plan looks as if it had been compared.
#[test]
fn every_faulty_line_is_named_and_the_status_is_2() {
    let faulty =
        b"board,year,stream,amount\nSefton,2022-23,DFG,4823370\nSefton,2022-23,iBCF,tbc\nSefton,2022,DFG,5\n";
    let output = check(&folder("faulty", faulty), &["--allocations", "allocations.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "plancheck: allocations.csv: line 3: “tbc” is no amount in pounds such as 26435346",
            "plancheck: allocations.csv: line 4: “2022” is no financial year such as 2022-23",
        ]
    );
}

#[test]
fn a_table_that_is_too_large_is_refused_with_its_size_and_the_limit() {
    let output = check(&folder("large", &vec![b'x'; 3_000_001]), &["--allocations", "allocations.csv"]);
    assert_eq!(output.status.code(), Some(2));
    let said = "plancheck: allocations.csv: the table of allocations is too large: it has 3.1 MB, and the most that \
                is read is 2 MB\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
}

#[test]
fn allocations_that_are_not_there_are_named() {
    let output = check(&folder("missing", b""), &["--allocations", "elsewhere.csv"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("elsewhere.csv"), "{said}");
}
