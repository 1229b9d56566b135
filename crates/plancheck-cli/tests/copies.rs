//! `plancheck annotate`, from a terminal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

use std::path::PathBuf;
use std::process::Command;

#[test]
fn a_copy_says_what_it_is_of_when_it_was_made_and_by_which_rules() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("copies");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("plan.xlsx"), plancheck_tests::sample()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    let output = command.args(["annotate", "plan.xlsx"]).current_dir(&folder).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let copy = names.filter(|it| it != "plan.xlsx").collect::<Vec<_>>().concat();
    let date = copy.strip_prefix("sefton-2022-23-planning-").unwrap_or_else(|| panic!("{copy}"));
    let date = date.strip_suffix("-rules-2026.1-annotated.xlsx").unwrap_or_else(|| panic!("{copy}"));
    let parts: Vec<u32> = date.split('-').map(|it| it.parse().unwrap()).collect();
    assert!(matches!(parts.as_slice(), [1970..=9999, 1..=12, 1..=31]), "{copy}");
}
