//! The fuzzer, for a bounded time: any bytes, and any workbook that can be made of a plan, through everything that
//! can be done with a file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{shell, tools};

/// Where the targets are.
const FOLDER: &str = "tests/fuzz";
/// The largest input that is made; the largest seed is smaller.
const LARGEST: usize = 64 * 1024;

/// Runs one target, or each in its turn, for so many seconds.
pub(crate) fn run(seconds: u32, only: Option<&str>) -> Result<()> {
    let seeds = plancheck_tests::seeds::all();
    let names: Vec<&str> = seeds.iter().map(|it| it.0).collect();
    if let Some(unknown) = only.filter(|it| !names.contains(it)) {
        bail!("there is no target {unknown}; there are {}", names.join(", "));
    }
    let program = tools::cargo_fuzz()?;
    let mut broken = Vec::new();
    for (name, seeds) in seeds {
        if only.is_some_and(|it| it != name) {
            continue;
        }
        let folder = shell::target().join("fuzz-seeds").join(name);
        fs::create_dir_all(&folder)?;
        for (seed, bytes) in seeds {
            fs::write(folder.join(seed), bytes)?;
        }
        shell::step(&format!("Fuzzing {name} for {seconds} s (building it first takes some minutes)"));
        if let Err(error) = fuzz(&program, name, &folder, seconds) {
            println!("{error:#}");
            broken.push(name);
        }
    }
    if !broken.is_empty() {
        bail!("the fuzzer found something in {}", broken.join(" and "));
    }
    Ok(())
}

/// Builds a target and runs it.
fn fuzz(program: &Path, name: &str, seeds: &Path, seconds: u32) -> Result<()> {
    let root = shell::root().join(FOLDER);
    // What it learns is kept, so that the next run begins where this one ended.
    let corpus = shell::target().join("fuzz-corpus").join(name);
    let found = shell::target().join("fuzz-found").join(name);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&found)?;
    let before = inputs(&found)?;
    let mut command = shell::command(program);
    command
        .arg("run")
        .arg("--fuzz-dir")
        .arg(&root)
        // The address sanitizer asks for a nightly compiler. There is no unsafe code of ours for it to look at;
        // what is looked for is panics, hangs and wrong reports.
        // Several units to a crate: it runs a little slower, and is built in a fraction of the time.
        .args(["--sanitizer", "none", "--codegen-units", "16", "--target-dir"])
        .arg(shell::target().join("fuzz"))
        .arg(name)
        .args([&corpus, &PathBuf::from(seeds), &root.join("crashes").join(name)])
        .arg("--")
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg(format!("-dict={}", root.join("dictionary.txt").display()))
        .arg(format!("-max_len={LARGEST}"))
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=10", "-rss_limit_mb=768", "-print_final_stats=1"]);
    let ended = shell::run_timed(&mut command);
    for input in inputs(&found)?.into_iter().filter(|it| !before.contains(it)) {
        println!("Kept what it found: {}", input.display());
        println!(
            "To make it a fixture, copy it to {FOLDER}/crashes/{name}/ under a name that says what it is; \
             `cargo test -p plancheck-tests fuzz_corpus` then runs it, without the fuzzer."
        );
    }
    ended.with_context(|| format!("{name} ended badly"))
}

fn inputs(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect()
}
