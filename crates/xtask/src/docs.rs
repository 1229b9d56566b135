//! `cargo xtask docs`: the files that are generated from the code.

use std::path::PathBuf;

use anyhow::{Context, Result};
use plancheck::{catalogue, rules};
use plancheck_api::schema;

use crate::shell;

/// The folder of the rule catalogue. Nothing stands in it that is not generated.
const RULES: &str = "docs/rules";

/// Writes every generated file, and takes away pages of rules that are no more.
pub(crate) fn run() -> Result<()> {
    std::fs::create_dir_all(shell::root().join(RULES)).context("cannot make docs/rules")?;
    for path in strangers()? {
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    for (path, text) in generated()? {
        let path = shell::root().join(path);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Every generated file: its path from the root of the repository, and its text.
fn generated() -> Result<Vec<(String, String)>> {
    let mut files = vec![
        (schema::JSON_SCHEMA_PATH.to_owned(), schema::json_schema()?),
        (schema::TYPESCRIPT_PATH.to_owned(), schema::typescript()),
        (format!("{RULES}/README.md"), catalogue::index()),
        (format!("{RULES}/rules.csv"), catalogue::csv()),
    ];
    for rule in rules::all() {
        files.push((format!("{RULES}/{}.md", rule.code), catalogue::page(rule)));
    }
    Ok(files)
}

/// Files in the catalogue's folder that nothing generates.
fn strangers() -> Result<Vec<PathBuf>> {
    let folder = shell::root().join(RULES);
    let ours: Vec<PathBuf> = generated()?.into_iter().map(|(path, _)| shell::root().join(path)).collect();
    let mut strangers = Vec::new();
    for entry in std::fs::read_dir(&folder).context("cannot read docs/rules")? {
        let path = entry?.path();
        if !ours.contains(&path) {
            strangers.push(path);
        }
    }
    Ok(strangers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_up_to_date() {
        for (path, text) in generated().unwrap() {
            let kept = std::fs::read_to_string(shell::root().join(&path)).unwrap_or_default();
            assert!(kept == text, "{path} is out of date: run `cargo xtask docs`");
        }
    }

    #[test]
    fn the_catalogue_holds_nothing_else() {
        assert_eq!(strangers().unwrap(), Vec::<PathBuf>::new(), "run `cargo xtask docs`");
    }
}
