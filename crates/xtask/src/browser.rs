//! A browser for the tests: one that is there, or Debian's.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell;

const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

const PLACES: [&str; 7] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];

/// A browser of the Chromium family; installs Debian's where that can be done.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(browser) = std::env::var_os("CHROME").map(PathBuf::from) {
        if browser.is_file() {
            return Ok(browser);
        }
        bail!("CHROME names {}, which is not there", browser.display());
    }
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if Path::new("/etc/debian_version").exists() && is_root() {
        shell::step("Installing Chromium for the browser tests (once)");
        let apt = || {
            let mut apt = shell::command("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        shell::run(apt().args(["update", "-q"]))?;
        shell::run_timed(apt().args([
            "install",
            "-q",
            "-y",
            "--no-install-recommends",
            "chromium",
            "fonts-liberation",
        ]))?;
        if let Some(browser) = find() {
            return Ok(browser);
        }
    }
    bail!(
        "the browser tests need Chrome, Chromium or Microsoft Edge, and none was found. Install one \
         (on Debian: apt-get install chromium), or name one in the environment variable CHROME"
    )
}

fn find() -> Option<PathBuf> {
    let placed = PLACES.into_iter().map(PathBuf::from).find(|place| place.is_file());
    NAMES.into_iter().find_map(shell::which).or(placed)
}

fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
