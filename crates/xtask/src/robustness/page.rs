//! A browser that checks one file after another, each in a fresh page.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use super::Outcome;
use crate::shell;

/// The program that drives the browser; it is told a file on a line, and answers on a line.
pub(super) struct Page {
    child: Child,
    tell: ChildStdin,
    hear: BufReader<ChildStdout>,
    browser: String,
}

impl Page {
    pub(super) fn open(site: &Path, chrome: &Path) -> Result<Self> {
        let mut child = shell::command("node")
            .arg("robustness.js")
            .current_dir(shell::root().join("tests/browser"))
            .env("PLANCHECK_SITE", site)
            .env("CHROME", chrome)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("node could not be started")?;
        let tell = child.stdin.take().context("no way to tell it")?;
        let mut hear = BufReader::new(child.stdout.take().context("no way to hear it")?);
        let mut browser = String::new();
        hear.read_line(&mut browser)?;
        Ok(Page { child, tell, hear, browser: browser.trim().to_owned() })
    }

    /// What the browser calls itself.
    pub(super) fn browser(&self) -> Result<String> {
        anyhow::ensure!(!self.browser.is_empty(), "the browser did not say what it is");
        Ok(self.browser.clone())
    }

    pub(super) fn check(&mut self, file: &Path) -> Result<Outcome> {
        writeln!(self.tell, "{}", file.display())?;
        let mut line = String::new();
        self.hear.read_line(&mut line)?;
        let mut words = line.trim().split('\t');
        let mut next = || words.next().with_context(|| format!("the browser said {line:?}"));
        let ends = next()?.to_owned();
        let time = Duration::from_millis(next()?.parse()?);
        Ok(Outcome { ends, time, memory: next()?.parse()?, verdict: String::new() })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
