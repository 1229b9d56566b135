//! `plancheck annotate`.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use plancheck::annotate::{Wording, annotated};
use plancheck::finding::State;
use plancheck::report::Document;
use plancheck::{Input, Options, RULES_VERSION};
use plancheck_api::{engine, names};
use time::OffsetDateTime;

use crate::apart::{self, Bounds};
use crate::files;

/// Write copies of workbooks with comments on the cells that findings mark, and a sheet of results.
///
/// Each copy is called after its board, year and kind, the day and the version of the rules. The workbooks themselves are
/// left as they are, and no file is written over another. A folder means every workbook in it that is not
/// such a copy.
///
/// Exit status, the highest that applies: 2 a copy could not be made, or the arguments are wrong; 1 a
/// verdict is not-met or could-not-check; 0 otherwise.
#[derive(Args)]
pub(crate) struct Annotate {
    /// Workbooks (.xlsx, .xlsm), or folders of workbooks.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where to write the copies, instead of beside each workbook.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Whom the comments speak to: what to do, or what to ask.
    #[arg(long = "for", value_enum, default_value_t = Reader::Planner)]
    reader: Reader,
    /// Write over a file that is there already.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    bounds: Bounds,
}

/// Whom the comments speak to.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// The person planning: what to do.
    Planner,
    /// The person assuring: what to ask.
    Assurer,
}

/// What the names of copies end with, before the ending.
const COPY: &str = "-annotated";

/// Writes the copies. Gives the exit status.
pub(crate) fn run(arguments: &Annotate) -> Result<u8> {
    let wording = match arguments.reader {
        Reader::Planner => Wording::Planner,
        Reader::Assurer => Wording::Assurer,
    };
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut found = files::find(&arguments.files)?;
    // A copy that was made before is no plan of its own, unless somebody names it.
    found.files.retain(|it| !is_copy(it) || arguments.files.contains(it));
    let mut trouble = found.trouble;
    let mut status = 0;
    // Neither a workbook that was given nor a copy that was just made is written over.
    let mut kept: BTreeSet<PathBuf> = found.files.iter().filter_map(|it| it.canonicalize().ok()).collect();
    for path in &found.files {
        match one(path, arguments, wording, &mut kept) {
            Ok((copy, of_plan)) => {
                status = status.max(of_plan);
                say(&format!("{} -> {}", path.display(), copy.display()))?;
            }
            Err(error) => trouble.push(format!("{}: {error:#}", path.display())),
        }
    }
    for line in &trouble {
        // Standard error may be closed; there is nobody left to tell then.
        let _ = writeln!(anstream::stderr(), "plancheck: {line}");
    }
    Ok(if trouble.is_empty() { status } else { 2 })
}

/// Makes one copy and gives its path, and the exit status that the plan asks for.
fn one(
    path: &Path,
    arguments: &Annotate,
    wording: Wording,
    kept: &mut BTreeSet<PathBuf>,
) -> Result<(PathBuf, u8)> {
    // Whatever a file does to the process that reads it, it does to another one first.
    apart::checked(&[path], None, arguments.bounds)?;
    let bytes = std::fs::read(path).context("cannot read the file")?;
    let name = files::base_name(path);
    // A fault of our own costs this file and not the others.
    let made = catch_unwind(AssertUnwindSafe(|| {
        let input = Input { name: &name, bytes: &bytes };
        let options = Options::default();
        let report = plancheck::check(&input, &options);
        let document = report.documents.first()?;
        // The day in Coordinated Universal Time, as in "2026-11-22".
        let today = OffsetDateTime::now_utc().date().to_string();
        let name = names::copy(engine::to_wire(&report).documents.first()?, &today, RULES_VERSION);
        Some((name, status(document), annotated(&input, document, &options, wording)))
    }));
    let made =
        made.map_err(|_| anyhow!("the check itself failed on this file; that is a fault of plancheck"))?;
    let (name, status, copy) = made.context("the file was not checked")?;
    let copy = copy.map_err(|it| anyhow!("{it}"))?;
    let folder = arguments.out.as_deref().or(path.parent()).unwrap_or(Path::new(""));
    let target = folder.join(name);
    write(&target, &copy, arguments.force, kept)?;
    Ok((target, status))
}

fn write(target: &Path, copy: &[u8], force: bool, kept: &mut BTreeSet<PathBuf>) -> Result<()> {
    if target.canonicalize().is_ok_and(|it| kept.contains(&it)) {
        bail!(
            "the copy would be called {}, as one of the files given or just written is; use --out with another folder",
            target.display()
        );
    }
    let mut options = OpenOptions::new();
    options.write(true).truncate(true);
    let file = if force { options.create(true).open(target) } else { options.create_new(true).open(target) };
    let mut file = match file {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} is there already; --force writes over it", target.display())
        }
        other => other.with_context(|| format!("cannot write {}", target.display()))?,
    };
    file.write_all(copy).with_context(|| format!("cannot write {}", target.display()))?;
    kept.extend(target.canonicalize());
    Ok(())
}

/// The exit status that a plan asks for.
fn status(document: &Document) -> u8 {
    match document.verdict() {
        State::NotMet | State::CouldNotCheck => 1,
        State::Met | State::NeedsJudgement | State::DoesNotApply => 0,
    }
}

fn is_copy(path: &Path) -> bool {
    path.file_stem().is_some_and(|it| it.to_string_lossy().ends_with(COPY))
}

/// Writes a line. A closed pipe, as of `head`, is no error.
fn say(line: &str) -> Result<()> {
    match writeln!(anstream::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to the terminal")
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
