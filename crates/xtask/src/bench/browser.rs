//! What the page takes in Chromium, beside SheetJS, ExcelJS and openpyxl in Pyodide.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::stats;
use crate::shell;

/// Measures in one browser after the other.
pub(super) fn measure(chrome: &Path, workbooks: &Path, wheels: &Path) -> Result<Value> {
    let mut command = shell::command("node");
    command
        .arg("bench.js")
        .current_dir(shell::root().join("tests/bench"))
        .env("PLANCHECK_DIST", shell::root().join("dist"))
        .env("PLANCHECK_WORKBOOKS", workbooks)
        .env("PLANCHECK_WHEELS", wheels)
        .env("CHROME", chrome)
        .stderr(std::process::Stdio::inherit());
    let output = command.output().context("node could not be started")?;
    anyhow::ensure!(output.status.success(), "what measures in the browser failed");
    let said: Value = serde_json::from_slice(&output.stdout).context("what the browser said")?;
    let warm = said["warm"].as_object().context("nothing was measured")?;
    let warm: Map<String, Value> =
        warm.iter().map(|(name, times)| (name.clone(), summaries(times))).collect();
    let field = |rounds: &Value, name: &str| {
        let rounds = rounds.as_array().into_iter().flatten();
        stats::summary(&rounds.filter_map(|it| it[name].as_f64()).collect::<Vec<_>>())
    };
    let fields = |key: &str, names: &[&str]| -> Value {
        names.iter().map(|it| ((*it).to_owned(), field(&said[key], it))).collect::<Map<_, _>>().into()
    };
    Ok(json!({
        "browser": said["browser"],
        "warm": warm,
        "cold": summaries(&said["cold"]),
        "loaded": summaries(&said["loaded"]),
        "page": fields("page", &["usable", "first", "atOnce", "later"]),
        "interaction": fields("interaction", &["result", "waited", "drawing"]),
        "batch": said["batch"],
    }))
}

/// The times of each contender in few words.
fn summaries(times: &Value) -> Value {
    let each = times.as_object().into_iter().flatten();
    let summary = |times: &Value| {
        stats::summary(&times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>())
    };
    each.map(|(name, times)| (name.clone(), summary(times))).collect::<Map<_, _>>().into()
}
