//! `cargo xtask bundle`: everything that is released, in `dist`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{build, licences, modules, shell, site};

/// Builds it all. Gives the site.
pub(crate) fn run() -> Result<PathBuf> {
    let parts = build::parts()?;
    let licences = licences::manifest()?;
    shell::step("Putting the release together");
    let page = site::compose(&parts)?;
    let index = build::write_site(&page)?;
    let name = format!("plancheck-{}.html", parts.version);
    build::write_dist(&name, page.as_bytes())?;
    // As sha256sum writes it, so that `sha256sum --check` reads it.
    let sum = format!("{}  {name}\n", site::sha256_hex(page.as_bytes()));
    build::write_dist(&format!("{name}.sha256"), sum.as_bytes())?;
    build::write_dist(&format!("plancheck-{}.licences.txt", parts.version), licences.as_bytes())?;
    build::write_dist("plancheck.js", modules::module(&parts)?.as_bytes())?;
    build::write_dist("plancheck.classic.js", modules::classic(&parts)?.as_bytes())?;
    build::write_dist("plan-checker.js", modules::element(&parts)?.as_bytes())?;
    build::write_dist("plancheck.d.ts", modules::types()?.as_bytes())?;
    Ok(index)
}

/// Builds the site once more, from a copy in another folder, and compares the two byte for byte.
pub(crate) fn again() -> Result<()> {
    let first = shell::root().join("dist/index.html");
    ensure!(first.is_file(), "there is no dist/index.html to compare with: run cargo xtask build first");
    let folder = std::env::temp_dir().join(format!("plancheck-again-{}", std::process::id()));
    let outcome = build_at(&folder).and_then(|second| same(&first, &second));
    let _ = fs::remove_dir_all(&folder);
    outcome
}

/// Builds the site from a copy of the sources in a folder. Gives the file.
fn build_at(folder: &Path) -> Result<PathBuf> {
    shell::step("Building the site once more, from another folder");
    let mut list = shell::command("git");
    list.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let files = shell::output(&mut list).context("git does not list the sources")?;
    for name in files.split('\0').filter(|it| !it.is_empty()) {
        let (from, to) = (shell::root().join(name), folder.join(name));
        // A file that was taken away is still listed until that is committed.
        if from.is_file() {
            fs::create_dir_all(to.parent().context("a file without a folder")?)?;
            fs::copy(&from, &to).with_context(|| name.to_owned())?;
        }
    }
    let mut build = shell::command(std::env::current_exe()?);
    build
        .arg("build")
        .current_dir(folder)
        .env("CARGO_MANIFEST_DIR", folder.join("crates/xtask"))
        .env_remove("CARGO_TARGET_DIR");
    shell::run_timed(&mut build)?;
    Ok(folder.join("dist/index.html"))
}

fn same(first: &Path, second: &Path) -> Result<()> {
    let (first, second) = (fs::read(first)?, fs::read(second)?);
    ensure!(first == second, "two builds of the same sources differ: the file would not be the one released");
    println!("    the same bytes: SHA-256 {}", site::sha256_hex(&first));
    Ok(())
}
