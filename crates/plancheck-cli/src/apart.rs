//! Checks in a process of their own: whatever a file does to the process that reads it, the other files are
//! checked all the same. An allocator that has no more to give, and a stack that is full, end a process and
//! cannot be caught in it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use plancheck_api::engine::{self, Options};
use plancheck_api::wire;

use crate::{MEMORY, check, files};

/// How much one check may take.
#[derive(Args, Clone, Copy)]
pub(crate) struct Bounds {
    /// The most memory, in MB, that the check of a file may take.
    #[arg(long, value_name = "MB", default_value_t = plancheck_api::MOST_MEMORY / MB)]
    memory: usize,
    /// How long, in seconds, the check of a file may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    seconds: u64,
}

/// Check these files together and write the report as JSON: what `check` runs for each file.
#[derive(Args)]
pub(crate) struct Apart {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long)]
    allocations: Option<PathBuf>,
    #[arg(long)]
    memory: usize,
}

const MB: usize = 1024 * 1024;

/// Runs here what [`checked`] asks for.
pub(crate) fn run(arguments: &Apart) -> Result<u8> {
    let allocations = match arguments.allocations.as_deref().map(check::read_allocations).transpose()? {
        Some(Err(faults)) => bail!("{}", faults.join("\n")),
        Some(Ok(allocations)) => Some(allocations),
        None => None,
    };
    let read =
        |path: &PathBuf| Ok((files::base_name(path), std::fs::read(path).context("cannot read the file")?));
    let files: Vec<(String, Vec<u8>)> = arguments.files.iter().map(read).collect::<Result<_>>()?;
    MEMORY.set_limit(arguments.memory.saturating_mul(MB)).ok().context("no memory is left")?;
    let options = Options { allocations, ..Options::default() };
    let json = engine::check(&files, &options, &mut |_| {}).to_json()?;
    std::io::stdout().write_all(json.as_bytes())?;
    Ok(0)
}

/// Checks files together, in a process of their own.
///
/// # Errors
/// Where it comes to no report, with the reason for the reader.
pub(crate) fn checked(paths: &[&Path], allocations: Option<&Path>, bounds: Bounds) -> Result<wire::Report> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("apart").arg("--memory").arg(bounds.memory.to_string());
    if let Some(allocations) = allocations {
        command.arg("--allocations").arg(allocations);
    }
    let child = command
        .arg("--")
        .args(paths)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("the check could not be started")?;
    let (json, said) = heard(child, Duration::from_secs(bounds.seconds))?;
    if let Ok(report) = serde_json::from_slice(&json) {
        return Ok(report);
    }
    if said.contains("memory allocation of") {
        bail!(
            "reading it takes more than {} MB of memory; save a copy without pictures, attachments and sheets that are not \
             part of the template, and check that copy",
            bounds.memory
        );
    }
    if said.contains("cannot read the file") {
        bail!("cannot read the file");
    }
    bail!("the check itself failed on this file; that is a fault of plancheck")
}

/// What a process writes to its two streams, until it ends.
fn heard(mut child: Child, patience: Duration) -> Result<(Vec<u8>, String)> {
    let (tell, hear) = mpsc::channel();
    let (out, errors) = (child.stdout.take(), child.stderr.take());
    let errors = thread::spawn(move || read(errors));
    thread::spawn(move || tell.send(read(out)));
    let Ok(json) = hear.recv_timeout(patience) else {
        // It may have ended just now; either way it is gone.
        let _ = child.kill();
        let _ = child.wait();
        bail!("checking it took more than {} seconds", patience.as_secs());
    };
    child.wait()?;
    let said = errors.join().unwrap_or_default();
    Ok((json, String::from_utf8_lossy(&said).into_owned()))
}

fn read(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was cut short is no report.
    let _ = stream.map(|mut it| it.read_to_end(&mut bytes));
    bytes
}
