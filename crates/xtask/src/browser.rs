//! The browsers of the tests: those that are there, or Debian's.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell;

/// Where the browsers of the tests are.
pub(crate) struct Browsers {
    /// One of the Chromium family.
    pub(crate) chrome: PathBuf,
    /// Firefox.
    pub(crate) firefox: PathBuf,
}

/// A browser that the tests need, and where to look for it.
struct Wanted {
    /// What readers call it.
    called: &'static str,
    /// The environment variable that names one.
    variable: &'static str,
    /// Names of programs.
    names: &'static [&'static str],
    /// Where else it may stand.
    places: &'static [&'static str],
    /// Debian's packages.
    packages: &'static [&'static str],
}

const CHROME: Wanted = Wanted {
    called: "Chrome, Chromium or Microsoft Edge",
    variable: "CHROME",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "microsoft-edge-stable",
        "msedge",
    ],
    places: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ],
    packages: &["chromium", "fonts-liberation"],
};

const FIREFOX: Wanted = Wanted {
    called: "Firefox",
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox"],
    places: &[
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
        r"C:\Program Files (x86)\Mozilla Firefox\firefox.exe",
    ],
    packages: &["firefox-esr"],
};

/// Both browsers; installs Debian's where one is missing and that can be done.
pub(crate) fn ensure() -> Result<Browsers> {
    let wanted = [CHROME, FIREFOX];
    let mut missing = Vec::new();
    for it in &wanted {
        if it.find()?.is_none() {
            missing.push(it);
        }
    }
    if !missing.is_empty() && Path::new("/etc/debian_version").exists() && is_root() {
        install(&missing)?;
    }
    let [chrome, firefox] = wanted.map(|it| it.required());
    Ok(Browsers { chrome: chrome?, firefox: firefox? })
}

impl Wanted {
    /// The one that the environment names, or else one that is there.
    fn find(&self) -> Result<Option<PathBuf>> {
        if let Some(named) = std::env::var_os(self.variable).map(PathBuf::from) {
            if named.is_file() {
                return Ok(Some(named));
            }
            bail!("{} names {}, which is not there", self.variable, named.display());
        }
        let placed = self.places.iter().map(PathBuf::from).find(|place| place.is_file());
        Ok(self.names.iter().find_map(|name| shell::which(name)).or(placed))
    }

    fn required(&self) -> Result<PathBuf> {
        let Some(found) = self.find()? else {
            bail!(
                "the browser tests need {}, which was not found. Install it (on Debian: apt-get install {}), \
                 or name it in the environment variable {}",
                self.called,
                self.packages.join(" "),
                self.variable
            )
        };
        Ok(found)
    }
}

fn install(missing: &[&Wanted]) -> Result<()> {
    let called: Vec<_> = missing.iter().map(|it| it.called).collect();
    shell::step(&format!("Installing for the browser tests (once): {}", called.join("; ")));
    let apt = || {
        let mut apt = shell::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    shell::run(apt().args(["update", "-q"]))?;
    let packages = missing.iter().flat_map(|it| it.packages);
    shell::run_timed(apt().args(["install", "-q", "-y", "--no-install-recommends"]).args(packages))
}

fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
