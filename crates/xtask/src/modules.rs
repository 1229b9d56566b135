//! The checker for pages of other people: the module `plancheck.js` and the element `plan-checker.js`.

use std::fs;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::site::{Parts, SAMPLE_NAME};
use crate::{css, shell};

/// The module: the engine, a worker for it, and `check`.
pub(crate) fn module(parts: &Parts) -> Result<String> {
    put_together(&module_script(parts)?, &values(parts)?, &parts.engine_glue)
}

/// The module's own script, with what unpacks its engine.
fn module_script(parts: &Parts) -> Result<String> {
    Ok(source("web/module.js")? + &parts.unpack)
}

/// What the module needs besides its own script.
fn values(parts: &Parts) -> Result<[(&'static str, String); 3]> {
    Ok([
        ("VERSION", text(&parts.version)?),
        ("ENGINE", text(&parts.engine.packed)?),
        // Once as text, for the worker, and once as code, for where there is no worker.
        ("ENGINE_WORKER", text(&[parts.engine_glue.as_str(), &parts.engine_shim].concat())?),
    ])
}

/// The same for a page that takes it with a plain script tag, where nothing can be exported: it stands under one
/// global name.
pub(crate) fn classic(parts: &Parts) -> Result<String> {
    const OFFERED: &str = "globalThis.plancheck = Object.freeze({ check, checkAll, CheckError, version });";
    let script: String = module_script(parts)?.split_inclusive('\n').map(without_export).collect();
    ensure!(!script.contains("import "), "a plain script can import nothing");
    let module = put_together(&script, &values(parts)?, &parts.engine_glue)?;
    Ok(format!("(() => {{\n\"use strict\";\n{module}\n{OFFERED}\n}})();\n"))
}

fn without_export(line: &str) -> &str {
    line.strip_prefix("export ").unwrap_or(line)
}

/// The element: the page in a shadow root, on top of the module.
pub(crate) fn element(parts: &Parts) -> Result<String> {
    let values = [
        ("RELEASED", text(&parts.released)?),
        ("BUILD", text(&parts.build())?),
        ("STYLES", text(&css::for_shadow(&parts.styles))?),
        ("SAMPLE_NAME", text(SAMPLE_NAME)?),
        ("SAMPLE", data(&parts.sample)?),
        ("APP", text(&parts.app.packed)?),
    ];
    put_together(&source("web/element.js")?, &values, &parts.app_glue)
}

/// The types of the module, after those of the report.
pub(crate) fn types() -> Result<String> {
    Ok([source("docs/report.d.ts")?, source("web/module.d.ts")?].join("\n"))
}

/// A script of `web` with constants and wasm-bindgen's script where it leaves room for them.
fn put_together(script: &str, values: &[(&str, String)], glue: &str) -> Result<String> {
    const ROOM: &str = "// parts\n";
    let (before, after) = script.split_once(ROOM).context("the script leaves no room for its parts")?;
    ensure!(glue.starts_with("let wasm_bindgen = "), "wasm-bindgen's script does not begin as it did");
    let mut out = before.to_owned();
    for (name, value) in values {
        ensure!(script.contains(name), "the script has no use for {name}");
        out += &format!("const {name} = {value};\n");
    }
    Ok(out + glue + after)
}

fn source(path: &str) -> Result<String> {
    fs::read_to_string(shell::root().join(path)).with_context(|| path.to_owned())
}

/// A text as a literal that may also stand in an HTML page.
fn text(text: &str) -> Result<String> {
    Ok(serde_json::to_string(text)?.replace("</", "<\\/").replace("<!--", "\\u003c!--"))
}

fn data(bytes: &[u8]) -> Result<String> {
    text(&BASE64_STANDARD.encode(bytes))
}
