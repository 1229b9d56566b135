//! `cargo xtask bench`: how long a check takes and how large the page is, beside what people would use instead, in one
//! run. Written to `docs/performance.md` and `docs/performance.json`.

mod browser;
mod native;
mod page;
mod plot;
mod stats;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;

use crate::{browser as browsers, bundle, machine, npm, shell, sizes, tools};

/// Measures everything, and writes it down.
pub(crate) fn run() -> Result<()> {
    let start = Instant::now();
    tools::ensure()?;
    let browsers = browsers::ensure()?;
    bundle::run()?;
    npm::ensure("tests/bench")?;
    let python = python()?;
    shell::step("Building what measures");
    let build =
        ["build", "--profile", "cli", "--package", "plancheck-tests", "--example", "measure", "--locked"];
    shell::run(shell::cargo().args(build))?;
    let program = shell::target().join("cli/examples/measure");
    let folder = shell::target().join("bench/workbooks");
    fs::create_dir_all(&folder)?;
    shell::step("Writing the workbooks");
    let workbooks = native::written(&program, &folder)?;
    shell::step("Measuring natively");
    let natively = native::measure(&program, &python.program, &workbooks)?;
    shell::step("Measuring in Chromium (the openpyxl of a browser takes its time)");
    let in_browser = browser::measure(&browsers.chrome, &folder, &python.wheels)?;
    let sizes = sizes::measure()?;
    let all = json!({
        "machine": machine::describe()?,
        "workbooks": native::listed(&workbooks),
        "native": natively,
        "browser": in_browser,
        "sizes": sizes,
        "minutes": start.elapsed().as_secs().div_ceil(60),
    });
    let docs = shell::root().join("docs");
    fs::write(docs.join("performance.json"), format!("{}\n", serde_json::to_string_pretty(&all)?))?;
    page::write(&all)?;
    println!("    docs/performance.md, docs/performance.json");
    Ok(())
}

/// Writes the page anew from the figures of the last run.
pub(crate) fn words() -> Result<()> {
    let figures = fs::read_to_string(shell::root().join("docs/performance.json"))?;
    page::write(&serde_json::from_str(&figures)?)
}

/// A Python of its own with openpyxl in it, and the wheels that it came in.
struct Python {
    program: PathBuf,
    wheels: PathBuf,
}

/// The release of openpyxl that is measured, and of what it needs.
const PACKAGES: [(&str, &str); 2] = [("et_xmlfile", "2.0.0"), ("openpyxl", "3.1.5")];

fn python() -> Result<Python> {
    let folder = shell::target().join("bench/python");
    let wheels = shell::target().join("bench/wheels");
    let program = folder.join("bin/python");
    if !wheels.join("openpyxl.whl").is_file() || !program.is_file() {
        shell::step("Installing openpyxl into a folder of its own");
        shell::run(shell::command("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = |arguments: &[&str]| {
            let mut command = shell::command(&program);
            command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(arguments);
            shell::run(&mut command)
        };
        fs::create_dir_all(&wheels)?;
        for (name, version) in PACKAGES {
            let wanted = format!("{name}=={version}");
            let to = wheels.display().to_string();
            pip(&["download", "--no-deps", "--only-binary=:all:", "--dest", &to, &wanted])?;
            pip(&["install", &wanted])?;
        }
        for entry in fs::read_dir(&wheels)?.flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            if let Some((name, _)) = PACKAGES.iter().find(|it| file.starts_with(&format!("{}-", it.0))) {
                fs::rename(entry.path(), wheels.join(format!("{name}.whl")))?;
            }
        }
    }
    Ok(Python { program, wheels })
}
