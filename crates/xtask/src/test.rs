//! Every check and every test there is, with one closing line that counts them.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::browser::{self, Browsers};
use crate::tally::Tally;
use crate::{bundle, npm, samples, shell, sizes, tools};

/// Sets up, checks, tests and counts; with `only_browser`, no more than the tests of the page.
pub(crate) fn run(only_browser: bool) -> Result<()> {
    let mut run = Run::default();
    if let Err(error) = run.all(only_browser) {
        run.troubles.push(format!("{error:#}"));
    }
    println!();
    for trouble in &run.troubles {
        println!("FAILED: {trouble}");
    }
    // What failed without a test to its name counts as one.
    run.total.failed += u32::try_from(run.troubles.len())?;
    println!("{} passed, {} failed", run.total.passed, run.total.failed);
    if run.total.failed > 0 {
        bail!("not everything passed");
    }
    Ok(())
}

/// What has come of the run so far.
#[derive(Default)]
struct Run {
    total: Tally,
    troubles: Vec<String>,
}

impl Run {
    /// Step after step. One that fails is noted, and the rest still run; an error ends the run.
    fn all(&mut self, only_browser: bool) -> Result<()> {
        tools::ensure()?;
        let browsers = browser::ensure()?;
        if !only_browser {
            self.checks();
            self.rust()?;
        }
        self.page(&browsers)?;
        if !only_browser {
            self.again();
        }
        Ok(())
    }

    fn checks(&mut self) {
        self.check("Checking the format", &["fmt", "--all", "--check"]);
        let native = ["clippy", "--workspace", "--exclude", "plancheck-web", "--all-targets", "--locked"];
        self.check("Linting", &[&native[..], &STRICT].concat());
        let wasm = ["clippy", "--package", "plancheck-web", "--target", "wasm32-unknown-unknown", "--locked"];
        self.check("Linting the page", &[&wasm[..], &STRICT].concat());
    }

    fn rust(&mut self) -> Result<()> {
        let what = "Running the tests";
        if shell::output(shell::cargo().args(["nextest", "--version"])).is_some() {
            let nextest = ["nextest", "run", "--workspace", "--locked", "--no-fail-fast"];
            self.count(what, shell::cargo().args(nextest), Tally::of_nextest)
        } else {
            let test = ["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"];
            self.count(what, shell::cargo().args(test), Tally::of_cargo_test)
        }
    }

    fn page(&mut self, browsers: &Browsers) -> Result<()> {
        let site = bundle::run()?;
        self.note(sizes::check());
        npm::ensure("tests/browser")?;
        let workbooks = samples::write_all()?;
        let folder = shell::root().join("tests/browser");
        let mut suites: Vec<_> = fs::read_dir(&folder)?
            .filter_map(|entry| entry.ok()?.path().file_name()?.to_str().map(str::to_owned))
            .filter(|name| name.ends_with(".test.js"))
            .collect();
        suites.sort();
        let mut node = shell::command("node");
        // What hangs must not hold everything up; the limit holds for a file of tests, too, and the longest takes
        // some minutes.
        node.args(["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-timeout=1800000"])
            .args(suites)
            .current_dir(&folder)
            .env("PLANCHECK_SITE", site)
            .env("PLANCHECK_WORKBOOKS", workbooks)
            .env("CHROME", &browsers.chrome)
            .env("FIREFOX", &browsers.firefox);
        self.count("Testing the page in browsers", &mut node, Tally::of_node)
    }

    /// Whoever builds the release from the same sources must get the same file.
    fn again(&mut self) {
        self.note(bundle::again());
    }

    /// Counts a check that has no test to its name.
    fn note(&mut self, outcome: Result<()>) {
        match outcome {
            Ok(()) => self.total.passed += 1,
            Err(error) => self.troubles.push(format!("{error:#}")),
        }
    }

    /// Runs a chore of cargo that either succeeds or does not.
    fn check(&mut self, what: &str, arguments: &[&str]) {
        shell::step(what);
        if let Err(error) = shell::run(shell::cargo().args(arguments)) {
            self.troubles.push(format!("{error:#}"));
        }
    }

    /// Runs tests and counts them.
    fn count(&mut self, what: &str, command: &mut Command, count: fn(&str) -> Tally) -> Result<()> {
        shell::step(what);
        let (output, succeeded) = shell::watch(command)?;
        let tally = count(&output);
        if !succeeded && tally.failed == 0 {
            self.troubles.push(format!("{what} ended without saying which test failed"));
        } else if succeeded && tally == Tally::default() {
            self.troubles.push(format!("{what} ran no test"));
        }
        self.total.add(tally);
        Ok(())
    }
}

const STRICT: [&str; 3] = ["--", "-D", "warnings"];
