//! Packages of the npm registry, at the versions of a lock file.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::site::sha256_hex;

/// Makes `node_modules` of this folder what its lock file says; does nothing when it is already.
pub(crate) fn ensure(folder: &str) -> Result<PathBuf> {
    let folder = shell::root().join(folder);
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    let wanted = sha256_hex(&lock);
    let modules = folder.join("node_modules");
    let stamp = modules.join(".plancheck-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted) {
        return Ok(modules);
    }
    if shell::which("node").is_none() {
        bail!("Node is missing. Install Node 20 or later, with npm");
    }
    shell::step(&format!("Installing the npm packages of {}", folder.display()));
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // No package here needs its install script, and none is given the chance.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
    shell::run_timed(shell::command(npm).args(arguments).current_dir(&folder)).context("npm ci failed")?;
    std::fs::write(stamp, wanted)?;
    Ok(modules)
}
