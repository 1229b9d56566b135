//! Every check and every test there is, with one closing line that counts them.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::tally::Tally;
use crate::{browser, build, npm, samples, shell, tools};

/// Sets up, checks, tests and counts.
pub(crate) fn run() -> Result<()> {
    let mut total = Tally::default();
    let mut troubles = Vec::new();
    let outcome = run_all(&mut total, &mut troubles);
    if let Err(error) = &outcome {
        troubles.push(format!("{error:#}"));
    }
    println!();
    for trouble in &troubles {
        println!("FAILED: {trouble}");
    }
    // What failed without a test to its name counts as one.
    total.failed += u32::try_from(troubles.len())?;
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        bail!("not everything passed");
    }
    Ok(())
}

/// Runs step after step. One that fails is noted, and the rest still run; an error ends the run.
fn run_all(total: &mut Tally, troubles: &mut Vec<String>) -> Result<()> {
    tools::ensure()?;
    let chrome = browser::ensure()?;

    let mut plain = |what: &str, command: &mut Command| {
        shell::step(what);
        if let Err(error) = shell::run(command) {
            troubles.push(format!("{error:#}"));
        }
    };
    plain("Checking the format", shell::cargo().args(["fmt", "--all", "--check"]));
    let native = ["clippy", "--workspace", "--exclude", "plancheck-web", "--all-targets", "--locked", "--", "-D", "warnings"];
    plain("Linting", shell::cargo().args(native));
    let wasm = ["clippy", "--package", "plancheck-web", "--target", "wasm32-unknown-unknown", "--locked", "--", "-D", "warnings"];
    plain("Linting the page", shell::cargo().args(wasm));
    // Generated files that must be what they would be generated as now are compared here.

    let mut counted = |what: &str, command: &mut Command, count: fn(&str) -> Tally| -> Result<()> {
        shell::step(what);
        let (output, succeeded) = shell::watch(command)?;
        let tally = count(&output);
        if !succeeded && tally.failed == 0 {
            troubles.push(format!("{what} ended without saying which test failed"));
        } else if succeeded && tally == Tally::default() {
            troubles.push(format!("{what} ran no test"));
        }
        total.add(tally);
        Ok(())
    };
    if shell::output(shell::cargo().args(["nextest", "--version"])).is_some() {
        let nextest = ["nextest", "run", "--workspace", "--locked", "--no-fail-fast"];
        counted("Running the tests", shell::cargo().args(nextest), Tally::of_nextest)?;
    } else {
        let test = ["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"];
        counted("Running the tests", shell::cargo().args(test), Tally::of_cargo_test)?;
    }

    let site = build::run()?;
    npm::ensure("tests/browser")?;
    let workbooks = samples::write_all()?;
    let folder = shell::root().join("tests/browser");
    let mut suites: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.path().file_name()?.to_str().map(str::to_owned))
        .filter(|name| name.ends_with(".test.js"))
        .collect();
    suites.sort();
    let mut node = shell::command("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=tap"])
        .args(suites)
        .current_dir(&folder)
        .env("PLANCHECK_SITE", site)
        .env("PLANCHECK_WORKBOOKS", workbooks)
        .env("CHROME", chrome);
    counted("Testing the page in a browser", &mut node, Tally::of_node).context("the browser tests could not be run")
}
