//! The release: `dist/index.html`, the whole site in one file.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::site::{self, Parts, Program};
use crate::{css, leaks, policy, samples, shell, tools, wasm};

/// Builds the site. Gives the file.
pub(crate) fn run() -> Result<PathBuf> {
    write_site(&site::compose(&parts()?)?)
}

/// Compiles everything that the site is made of.
pub(crate) fn parts() -> Result<Parts> {
    leaks::check_sources()?;
    let tools = tools::ensure()?;
    let styles = css::compile()?;
    shell::step("Compiling the page and the engine to wasm (the first time takes a few minutes)");
    trunk(&tools)?;

    let staged = |name: &str| shell::root().join("target/trunk").join(name);
    let text = |path: PathBuf| fs::read_to_string(&path).with_context(|| path.display().to_string());
    let bytes = |path: PathBuf| fs::read(&path).with_context(|| path.display().to_string());
    let web = shell::root().join("web");
    let metadata = shell::metadata(&["--no-deps"])?;
    let released =
        metadata["metadata"]["released"].as_str().context("[workspace.metadata] has no day of release")?;
    let parts = Parts {
        page: text(staged("index.html"))?,
        styles,
        app_glue: wasm::without_address(&text(staged("app.js"))?)?,
        app: Program::new(wasm::without_names(&bytes(staged("app_bg.wasm"))?)?)?,
        gate: text(web.join("gate.js"))?,
        unpack: text(web.join("unpack.js"))?,
        boot: text(web.join("unpack.js"))? + &text(web.join("boot.js"))?,
        engine_glue: wasm::without_address(&text(staged("worker.js"))?)?,
        engine_shim: text(web.join("worker.js"))?,
        engine: Program::new(wasm::without_names(&bytes(staged("worker_bg.wasm"))?)?)?,
        sample: samples::sample(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        released: released.to_owned(),
    };
    policy::check_programs(&parts.app.wasm, &parts.engine.wasm)?;
    println!(
        "    page {} KB and engine {} KB of wasm",
        parts.app.wasm.len() / 1000,
        parts.engine.wasm.len() / 1000
    );
    Ok(parts)
}

/// Looks the site over and writes it to `dist/index.html`.
pub(crate) fn write_site(page: &str) -> Result<PathBuf> {
    policy::check_site(page)?;
    write_dist("index.html", page.as_bytes())
}

/// Writes a file of `dist`.
pub(crate) fn write_dist(name: &str, content: &[u8]) -> Result<PathBuf> {
    let folder = shell::root().join("dist");
    fs::create_dir_all(&folder)?;
    let file = folder.join(name);
    fs::write(&file, content)?;
    println!("    dist/{name}: {} KB", content.len().div_ceil(1000));
    Ok(file)
}

fn trunk(tools: &tools::Tools) -> Result<()> {
    // Trunk is told to stay off the network, so that it cannot fetch tools of its own; cargo is told the same.
    shell::run(shell::cargo().args(["fetch", "--quiet", "--locked"]))?;
    let path = std::env::join_paths(
        [&tools.trunk, &tools.wasm_bindgen]
            .into_iter()
            .cloned()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )?;
    let mut command = shell::command(tools.trunk.join("trunk"));
    command
        .args(["build", "--release", "--offline"])
        .env("PATH", path)
        .env("RUSTFLAGS", format!("{FLAGS} {}", remap()?))
        // Trunk reads its value as true or false and stops at "1".
        .env_remove("NO_COLOR");
    shell::run_timed(&mut command)
}

/// `simd128`: what looks for a byte among many looks at sixteen at a time. Every browser that has the rest of what is
/// needed (reference types, `DecompressionStream`) can do so: Chrome since 91, Firefox since 89, Safari since 16.4.
const FLAGS: &str = "-Ctarget-feature=+simd128";

/// Panics name their place in the source. This keeps the folders of the building machine out of it.
fn remap() -> Result<String> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .context("no CARGO_HOME")?;
    let sources = home.join("registry/src");
    // Below it each registry has a folder with a name of its own.
    let registries = fs::read_dir(&sources).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut flags: Vec<_> =
        registries.map(|folder| format!("--remap-path-prefix={}=crates.io", folder.display())).collect();
    flags.sort();
    flags.push(format!("--remap-path-prefix={}=.", shell::root().display()));
    Ok(flags.join(" "))
}
