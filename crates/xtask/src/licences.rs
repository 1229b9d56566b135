//! What the release carries of other people's work, with their licences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{npm, shell};

/// A library that is in the release.
struct Library {
    name: String,
    version: String,
    /// An SPDX expression.
    licence: String,
    /// Where its source is kept.
    from: String,
    /// The texts of its licence files.
    texts: Vec<String>,
}

/// The list of libraries, and then the texts of their licences, each once.
pub(crate) fn manifest() -> Result<String> {
    shell::step("Listing what the release is made of");
    let mut libraries = crates()?;
    libraries.push(kit()?);
    libraries.push(standard_library()?);
    for it in libraries.iter_mut().filter(|it| it.texts.is_empty()) {
        // Some are published without the text that they name.
        ensure!(it.licence.contains("MIT"), "{} has no licence text, and is {}", it.name, it.licence);
        it.texts.push(MIT.to_owned());
    }
    Ok(written(&libraries))
}

/// The text that the name MIT stands for.
const MIT: &str = "\
Copyright (c) the authors of the above

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.";

/// Rust's own library, which is linked into every program.
fn standard_library() -> Result<Library> {
    let version = shell::output(shell::command("rustc").arg("--version")).context("rustc has no version")?;
    Ok(Library {
        name: "Rust standard library".to_owned(),
        version: version.split(' ').nth(1).unwrap_or_default().to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        from: "https://github.com/rust-lang/rust".to_owned(),
        texts: Vec::new(),
    })
}

fn written(libraries: &[Library]) -> String {
    let mut out =
        format!("plancheck {} contains the following. Their licences follow.\n\n", env!("CARGO_PKG_VERSION"));
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for it in libraries {
        let Library { name, version, licence, from, .. } = it;
        let _ = writeln!(out, "{name} {version}: {licence} ({from})");
        for text in &it.texts {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    for (text, of) in texts {
        let _ = write!(out, "\n{}\n{}\n\n{text}\n", "=".repeat(80), of.join(", "));
    }
    out
}

/// The crates that are linked into the page and the engine: not those that only take part in building them.
fn crates() -> Result<Vec<Library>> {
    let mut tree = shell::cargo();
    tree.args(["tree", "--package", "plancheck-web", "--target", "wasm32-unknown-unknown", "--locked"])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
    let tree = shell::output(&mut tree).context("cargo tree failed")?;
    // "leptos v0.8.23", and for those of this workspace its folder after that.
    let linked: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.strip_prefix('v')?))
        })
        .collect();
    let metadata = shell::metadata(&["--filter-platform", "wasm32-unknown-unknown"])?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let mut libraries = Vec::new();
    for it in packages {
        let (name, version) = (text(it, "name")?, text(it, "version")?);
        // Those without a source are our own.
        if it["source"].is_null() || !linked.contains(&(name, version)) {
            continue;
        }
        let licence = it["license"].as_str().with_context(|| format!("{name} names no licence"))?;
        let folder = Path::new(text(it, "manifest_path")?).parent().context("a manifest without a folder")?;
        libraries.push(Library {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            from: it["repository"].as_str().unwrap_or("crates.io").to_owned(),
            texts: licence_texts(folder)?,
        });
    }
    libraries.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    ensure!(libraries.iter().any(|it| it.name == "leptos"), "the list of crates lacks leptos");
    Ok(libraries)
}

/// The styles.
fn kit() -> Result<Library> {
    let folder = npm::ensure("web")?.join("nhsuk-frontend");
    let package: Value = serde_json::from_str(&fs::read_to_string(folder.join("package.json"))?)?;
    Ok(Library {
        name: text(&package, "name")?.to_owned(),
        version: text(&package, "version")?.to_owned(),
        licence: text(&package, "license")?.to_owned(),
        from: "github.com/nhsuk/nhsuk-frontend".to_owned(),
        texts: licence_texts(&folder)?,
    })
}

fn text<'a>(of: &'a Value, key: &str) -> Result<&'a str> {
    of[key].as_str().with_context(|| format!("a package without {key}"))
}

/// The licence files of a folder, in the order of their names.
fn licence_texts(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
            ["LICEN", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|it| name.starts_with(it))
        })
        .collect();
    names.sort();
    let read = |path| fs::read_to_string(path).map(|it| it.replace("\r\n", "\n").trim().to_owned());
    Ok(names.iter().map(read).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_listed_and_a_text_that_several_have_stands_once() {
        let library = |name: &str, text: &str| Library {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            from: "somewhere".to_owned(),
            texts: vec![text.to_owned()],
        };
        let manifest =
            written(&[library("a", "Be free."), library("b", "Be free."), library("c", "Be kind.")]);
        assert!(manifest.contains("\na 1.0.0: MIT (somewhere)\nb 1.0.0: MIT (somewhere)\n"), "{manifest}");
        assert_eq!(manifest.matches("Be free.").count(), 1, "{manifest}");
        assert!(manifest.contains("a 1.0.0, b 1.0.0\n\nBe free.\n"), "{manifest}");
    }
}
