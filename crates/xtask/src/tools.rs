//! The tools that are not crates of this workspace, at the versions that `[workspace.metadata.tools]` of the
//! root Cargo.toml names, in a folder of their own.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell;

/// Where the programs of the page's build are.
pub(crate) struct Tools {
    /// The folder of `trunk`.
    pub(crate) trunk: PathBuf,
    /// The folder of `wasm-bindgen`.
    pub(crate) wasm_bindgen: PathBuf,
}

/// Installs whatever is missing: the wasm target, Trunk and wasm-bindgen-cli.
pub(crate) fn ensure() -> Result<Tools> {
    ensure_target()?;
    let tools = [
        tool("trunk", "trunk", &["--no-default-features", "--features", "rustls"])?,
        tool("wasm-bindgen-cli", "wasm-bindgen", &[])?,
    ];
    install_missing(&tools)?;
    let [trunk, wasm_bindgen] = tools.map(|tool| tool.folder.join("bin"));
    Ok(Tools { trunk, wasm_bindgen })
}

/// The program that builds and runs the fuzz targets; installs it where it is missing.
pub(crate) fn cargo_fuzz() -> Result<PathBuf> {
    let tools = [tool("cargo-fuzz", "cargo-fuzz", &[])?];
    install_missing(&tools)?;
    Ok(tools[0].program())
}

/// The program that says where the bytes of a wasm program come from; installs it where it is missing.
pub(crate) fn twiggy() -> Result<PathBuf> {
    let tools = [tool("twiggy", "twiggy", &[])?];
    install_missing(&tools)?;
    Ok(tools[0].program())
}

fn install_missing(tools: &[Tool]) -> Result<()> {
    let missing: Vec<_> = tools.iter().filter(|tool| !tool.program().is_file()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let cache = cache()?;
    // Kept until all are in, for the crates that they share.
    let scratch = cache.join("build");
    for tool in missing {
        shell::step(&format!(
            "Installing {} {} into {} (once; several minutes)",
            tool.name,
            tool.version,
            cache.display()
        ));
        tool.install(&scratch)?;
    }
    let _ = std::fs::remove_dir_all(&scratch);
    Ok(())
}

struct Tool {
    name: &'static str,
    version: String,
    program: &'static str,
    features: &'static [&'static str],
    folder: PathBuf,
}

impl Tool {
    fn program(&self) -> PathBuf {
        self.folder.join("bin").join(self.program).with_extension(std::env::consts::EXE_EXTENSION)
    }

    fn install(&self, scratch: &std::path::Path) -> Result<()> {
        let mut command = shell::cargo();
        command
            .args(["install", self.name, "--version", &self.version, "--locked", "--root"])
            .arg(&self.folder)
            .args(self.features)
            // Out of reach of the workspace's own settings.
            .current_dir(cache()?)
            .env("CARGO_TARGET_DIR", scratch)
            // A fraction of the time of a release build, for programs that run for a second.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env_remove("RUSTFLAGS");
        shell::run_timed(&mut command)
            .with_context(|| format!("{} {} could not be installed", self.name, self.version))
    }
}

/// A tool at the version that the root Cargo.toml names.
fn tool(name: &'static str, program: &'static str, features: &'static [&'static str]) -> Result<Tool> {
    let metadata = shell::metadata(&["--no-deps"])?;
    let version = metadata["metadata"]["tools"][name]
        .as_str()
        .with_context(|| format!("[workspace.metadata.tools] names no version of {name}"))?
        .to_owned();
    let folder = cache()?.join(format!("{name}-{version}"));
    Ok(Tool { name, version, program, features, folder })
}

/// `$PLANCHECK_TOOLS`, or a folder of the user's cache.
fn cache() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("PLANCHECK_TOOLS")
        .or_else(|| variable("XDG_CACHE_HOME").map(|cache| cache.join("plancheck")))
        .or_else(|| variable("HOME").map(|home| home.join(".cache/plancheck")))
        .or_else(|| variable("LOCALAPPDATA").map(|data| data.join("plancheck")))
        .context("no folder for the tools: set PLANCHECK_TOOLS")?;
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn ensure_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let rustc = || shell::command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let library =
        shell::output(rustc().args(["--print", "target-libdir", "--target", TARGET])).map(PathBuf::from);
    if library.is_some_and(|folder| PathBuf::from(folder.to_string_lossy().trim()).is_dir()) {
        return Ok(());
    }
    shell::step(&format!("Adding Rust's {TARGET} target"));
    if shell::which("rustup").is_none() {
        bail!(
            "Rust's {TARGET} target is missing, and rustup is not there to add it: install it with your Rust"
        );
    }
    shell::run(shell::command("rustup").args(["target", "add", TARGET]))
}
