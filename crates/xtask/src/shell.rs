//! Running other programs, and saying what is being done.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    // `cargo run` names the package's folder at run time; the compiled-in one serves a moved binary.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.ancestors().nth(2).map_or_else(|| package.clone(), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Says what is being done now.
pub(crate) fn step(what: &str) {
    println!("==> {what}");
    let _ = std::io::stdout().flush();
}

/// A command at the root of the repository.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this chore.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command and fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {}", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command that may take minutes, and says how long it took.
pub(crate) fn run_timed(command: &mut Command) -> Result<()> {
    let start = Instant::now();
    run(command)?;
    println!("    done in {} s", start.elapsed().as_secs());
    Ok(())
}

/// What a command prints on standard output; nothing when it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What cargo says of the workspace.
pub(crate) fn metadata(arguments: &[&str]) -> Result<serde_json::Value> {
    let mut command = cargo();
    command.args(["metadata", "--format-version", "1", "--locked"]).args(arguments);
    Ok(serde_json::from_str(&output(&mut command).context("cargo metadata failed")?)?)
}

/// Runs a command, showing all it prints as it comes and keeping a copy. Gives the copy and whether it succeeded.
pub(crate) fn watch(command: &mut Command) -> Result<(String, bool)> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", line(command)))?;
    let copy = Arc::new(Mutex::new(String::new()));
    let streams: [Option<Box<dyn Read + Send>>; 2] =
        [child.stdout.take().map(|s| Box::new(s) as _), child.stderr.take().map(|s| Box::new(s) as _)];
    let readers: Vec<_> = streams
        .into_iter()
        .flatten()
        .map(|stream| {
            let copy = Arc::clone(&copy);
            thread::spawn(move || {
                let mut lines = BufReader::new(stream);
                let mut bytes = Vec::new();
                while lines.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
                    let text = String::from_utf8_lossy(&bytes);
                    print!("{text}");
                    if let Ok(mut copy) = copy.lock() {
                        copy.push_str(&text);
                    }
                    bytes.clear();
                }
            })
        })
        .collect();
    let status = child.wait()?;
    for reader in readers {
        let _ = reader.join();
    }
    let copy = copy.lock().map(|copy| copy.clone()).unwrap_or_default();
    Ok((copy, status.success()))
}

/// A program on the PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let name = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
