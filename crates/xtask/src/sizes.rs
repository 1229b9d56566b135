//! How large the page and the engine are as they travel, and the budgets that keep them so.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{shell, tools, wasm};

/// Bytes of the one file, at the most. The goal is 1.6 MB; `docs/performance.md` says what stands in the way. This
/// holds what was reached.
const FILE: usize = 2_690_000;
/// Bytes of the page and the engine with Brotli, at the most. The goal is 400 KB.
const BROTLI: usize = 1_430_000;

/// Fails where the built site is larger than its budgets.
pub(crate) fn check() -> Result<()> {
    shell::step("Weighing the page and the engine");
    let file = fs::read(shell::root().join("dist/index.html"))?.len();
    let brotli = brotli(&program("app")?)? + brotli(&program("worker")?)?;
    println!("    {} KB as one file, {} KB with Brotli", file / 1000, brotli / 1000);
    ensure!(file <= FILE, "dist/index.html has {file} bytes, and may have {FILE}");
    ensure!(brotli <= BROTLI, "page and engine have {brotli} bytes with Brotli, and may have {BROTLI}");
    Ok(())
}

/// Everything that can be said of the sizes.
pub(crate) fn measure() -> Result<Value> {
    shell::step("Weighing the page and the engine");
    let twiggy = tools::twiggy()?;
    let weighed = |name: &str| -> Result<Value> {
        let bytes = program(name)?;
        Ok(json!({ "bytes": bytes.len(), "brotli": brotli(&bytes)?, "crates": crates(&twiggy, name)? }))
    };
    let file = fs::read(shell::root().join("dist/index.html"))?;
    Ok(json!({
        "page": weighed("app")?,
        "engine": weighed("worker")?,
        "file": { "bytes": file.len(), "brotli": brotli(&file)? },
    }))
}

/// A compiled program as it is put into the site.
fn program(name: &str) -> Result<Vec<u8>> {
    wasm::without_names(&fs::read(staged(name))?)
}

fn staged(name: &str) -> std::path::PathBuf {
    shell::root().join(format!("target/trunk/{name}_bg.wasm"))
}

/// Bytes with the strongest Brotli, which servers keep beside a file.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut writer = ::brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    Ok(writer.into_inner().len())
}

/// Which crates the bytes of a program come from, the largest first, as twiggy tells its functions apart.
fn crates(twiggy: &Path, name: &str) -> Result<Value> {
    let mut command = shell::command(twiggy);
    command.args(["top", "-n", "1000000", "--format", "json"]).arg(staged(name));
    let said = shell::output(&mut command).context("twiggy failed")?;
    let items: Vec<Value> = serde_json::from_str(&said).context("what twiggy said")?;
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for item in &items {
        let (name, size) = (item["name"].as_str().unwrap_or(""), item["shallow_size"].as_u64().unwrap_or(0));
        *sums.entry(crate_of(name)).or_default() += size;
    }
    let mut sums: Vec<_> = sums.into_iter().filter(|it| !it.0.is_empty()).collect();
    sums.sort_by_key(|it| std::cmp::Reverse(it.1));
    Ok(sums.into_iter().take(12).map(|(name, bytes)| json!({ "name": name, "bytes": bytes })).collect())
}

/// The crate that a function or a section stands for; nothing for the table of names, which is not shipped.
fn crate_of(item: &str) -> String {
    if item.starts_with("custom section") || item.contains("function names") {
        return String::new();
    }
    if item.starts_with("data segment") || item.starts_with("\"data\"") {
        return "texts and tables".to_owned();
    }
    if !item.contains("::") {
        return "other".to_owned();
    }
    let bare = item
        .trim_start_matches(['<', '&', '[', '(', '*'])
        .trim_start_matches("dyn ")
        .trim_start_matches("mut ");
    let name: String = bare.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
    match name.as_str() {
        "core" | "alloc" | "std" | "T" | "F" | "" => {
            "Rust's own library, as it is compiled into all of them".to_owned()
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_told_apart_by_their_crates() {
        for (item, name) in [
            ("plancheck::rules::all::h0", "plancheck"),
            ("<calamine::xlsx::Xlsx<RS> as calamine::Reader<RS>>::new::h1", "calamine"),
            ("data segment \".rodata\"", "texts and tables"),
            ("custom section 'name'", ""),
            ("memcpy", "other"),
        ] {
            assert_eq!(crate_of(item), name);
        }
    }

    #[test]
    fn what_repeats_weighs_little() {
        assert!(brotli(&[7; 100_000]).unwrap() < 100);
    }
}
