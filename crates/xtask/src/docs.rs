//! `cargo xtask docs`: the files that are generated from the code.

use anyhow::{Context, Result};
use plancheck_api::schema;

use crate::shell;

/// Writes every generated file.
pub(crate) fn run() -> Result<()> {
    for (path, text) in generated()? {
        let path = shell::root().join(path);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Every generated file: its path from the root of the repository, and its text.
fn generated() -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        (schema::JSON_SCHEMA_PATH, schema::json_schema()?),
        (schema::TYPESCRIPT_PATH, schema::typescript()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_up_to_date() {
        for (path, text) in generated().unwrap() {
            let kept = std::fs::read_to_string(shell::root().join(path)).unwrap_or_default();
            assert!(kept == text, "{path} is out of date: run `cargo xtask docs`");
        }
    }
}
