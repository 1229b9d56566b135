//! Which files to check.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

/// What was found at the paths given.
pub(crate) struct Found {
    /// Every file to check, those of a folder in the order of their names.
    pub(crate) files: Vec<PathBuf>,
    /// What is wrong with other paths.
    pub(crate) trouble: Vec<String>,
}

/// Every file named, and every workbook in a folder named.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Found> {
    let mut found = Found { files: Vec::new(), trouble: Vec::new() };
    for path in paths {
        if path.is_dir() {
            let before = found.files.len();
            for entry in WalkDir::new(path).sort_by_file_name() {
                match entry {
                    Ok(entry) if entry.file_type().is_file() && is_workbook(entry.path()) => {
                        found.files.push(entry.into_path());
                    }
                    Ok(_) => {}
                    Err(error) => found.trouble.push(error.to_string()),
                }
            }
            if found.files.len() == before {
                found.trouble.push(format!("{}: no workbook in this folder", path.display()));
            }
        } else if path.exists() {
            found.files.push(path.clone());
        } else {
            found.trouble.push(format!("{}: no such file or folder", path.display()));
        }
    }
    // The same file, given twice or found in a folder as well, is checked once.
    let mut seen = BTreeSet::new();
    found.files.retain(|it| seen.insert(it.canonicalize().unwrap_or_else(|_| it.clone())));
    Ok(found)
}

/// Whether a file in a folder is worth opening. A file that is named outright is always opened.
fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
    // "~$plan.xlsx" is what Excel leaves beside a workbook that somebody has open.
    matches!(extension.as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods")
        && !base_name(path).starts_with("~$")
}

/// The last part of a path.
pub(crate) fn base_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |it| it.to_string_lossy().into_owned())
}
