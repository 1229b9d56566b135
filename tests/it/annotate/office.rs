//! The copy in an office program. Skipped where there is none on this machine, and then it says so.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use plancheck::finding::State;
use plancheck_tests::write::member;

use super::{RESULTS, comments, copied, results, text, workbooks};
use crate::support::{check, states};

/// The program, where it is on the path.
fn soffice() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|it| it.join("soffice")).find(|it| it.is_file())
}

/// A file as the program saves it under another ending.
fn saved_as(ending: &str, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let Some(program) = soffice() else {
        // Not on the captured output, so that it is read even where all tests pass.
        let said =
            writeln!(std::io::stderr(), "SKIPPED: no soffice on the path, so no copy was opened with it");
        said.unwrap();
        return None;
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("office-{ending}-{name}"));
    std::fs::create_dir_all(folder.join("out")).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    let done = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join(name))
        .output()
        .unwrap();
    let stem = name.rsplit_once('.').unwrap().0;
    let saved = std::fs::read(folder.join("out").join(format!("{stem}.{ending}")));
    Some(saved.unwrap_or_else(|it| panic!("{it}: {}", String::from_utf8_lossy(&done.stderr))))
}

#[test]
fn an_office_program_shows_the_comments_and_the_results() {
    for (name, bytes) in workbooks() {
        let (document, copy) = copied(name, &bytes);
        let Some(saved) = saved_as("ods", name, &copy) else { return };
        let content = member(&saved, "content.xml");
        assert_eq!(content.matches("<office:annotation ").count(), comments(&copy).len(), "{name}");
        assert!(content.contains(&format!("table:name=\"{RESULTS}\"")));
        let Some(before) = saved_as("ods", &format!("before-{name}"), &bytes) else { return };
        let formulas = |ods: &str| ods.matches(" table:formula=").count();
        let before = formulas(&member(&before, "content.xml"));
        assert!(before > 20, "{name} has {before} formulas");
        assert_eq!(formulas(&content), before, "{name}");
        assert!(content.contains(&document.findings[0].finding.title.replace('&', "&amp;")));
    }
}

/// Saved by another program, the comments and results are still known for ours, and are replaced.
#[test]
fn a_copy_that_was_saved_again_is_annotated_anew() {
    for (name, bytes) in workbooks() {
        let (document, copy) = copied(name, &bytes);
        let Some(saved) = saved_as("xlsx", name, &copy) else { return };
        let (again, second) = copied(name, &saved);
        assert_eq!(states(&again), states(&document), "{name}");
        assert_eq!(comments(&second).len(), comments(&copy).len(), "{name}");
        for said in comments(&second).values() {
            assert_eq!(said.matches("(plancheck, rules").count(), 1, "{said}");
        }
        let verdict = |file: &[u8]| text(&results(file), 5, 1).to_owned();
        assert_eq!(verdict(&second), verdict(&copy));
        assert_eq!(check(name, &second).count(State::NotMet), document.count(State::NotMet));
    }
}
