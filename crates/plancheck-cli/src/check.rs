//! `plancheck check`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use plancheck::allocations::{self, Allocations, Fault};
use plancheck_api::csv;
use plancheck_api::engine::{self, Options};
use plancheck_api::wire;

use crate::apart::{self, Bounds};
use crate::{Format, files, text};

/// So many files are checked before anybody would miss a progress bar.
const FEW: usize = 3;

/// Checks files and writes the report. Gives the exit status.
pub(crate) fn run(
    paths: &[PathBuf],
    format: Format,
    out: Option<&Path>,
    allocations: Option<&Path>,
    bounds: Bounds,
) -> Result<u8> {
    // Checked without them, a plan would look as if it had been compared.
    if let Some(Err(faults)) = allocations.map(read_allocations).transpose()? {
        for fault in &faults {
            let _ = writeln!(anstream::stderr(), "plancheck: {fault}");
        }
        return Ok(2);
    }
    let found = files::find(paths)?;
    let mut trouble = found.trouble;
    let bar = if found.files.len() > FEW {
        ProgressBar::new(found.files.len() as u64)
    } else {
        ProgressBar::hidden()
    };
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")?);
    let mut report: Option<wire::Report> = None;
    let mut read: Vec<PathBuf> = Vec::new();
    for path in &found.files {
        bar.set_message(files::base_name(path));
        match apart::checked(&[path], allocations, bounds) {
            Ok(one) => match &mut report {
                None => {
                    report = Some(one);
                    read.push(path.clone());
                }
                Some(all) => {
                    all.documents.extend(one.documents);
                    read.push(path.clone());
                }
            },
            Err(error) => trouble.push(format!("{}: {error:#}", path.display())),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();

    let mut report = report.unwrap_or_else(|| engine::check(&[], &Options::default(), &mut |_| {}));
    trouble.extend(together(&mut report, &read, allocations, bounds));
    let written = match format {
        Format::Json => report.to_json()?.into_bytes(),
        Format::Csv => csv::write(&report)?,
        Format::Text => text::write(&report).into_bytes(),
    };
    match out {
        Some(path) => {
            // A file keeps no colours.
            let plain = if format == Format::Text {
                anstream::adapter::strip_bytes(&written).into_vec()
            } else {
                written
            };
            std::fs::write(path, plain).with_context(|| format!("cannot write {}", path.display()))?;
        }
        // The stream strips colours where the terminal has none. A closed pipe, as of `head`, is no error.
        None => {
            let done = if format == Format::Text {
                anstream::stdout().write_all(&written)
            } else {
                std::io::stdout().write_all(&written)
            };
            if let Err(error) = done
                && error.kind() != std::io::ErrorKind::BrokenPipe
            {
                return Err(error).context("cannot write to the terminal");
            }
        }
    }
    for line in &trouble {
        let _ = writeln!(anstream::stderr(), "plancheck: {line}");
    }
    let across = report.across.iter().flat_map(|it| &it.rules).any(|it| it.state == wire::State::NotMet);
    let status = report.documents.iter().map(status).max().unwrap_or(0).max(u8::from(across));
    Ok(status.max(if trouble.is_empty() { 0 } else { 2 }))
}

/// Checks the workbooks of one board and year together. Files are read one by one before, so that a folder
/// of any size fits in memory; the few that belong together are read once more. Gives which could not be compared, and
/// why.
fn together(
    report: &mut wire::Report,
    paths: &[PathBuf],
    allocations: Option<&Path>,
    bounds: Bounds,
) -> Vec<String> {
    let mut trouble = Vec::new();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, document) in report.documents.iter().enumerate() {
        if let Some(group) = engine::group(document) {
            groups.entry(group).or_default().push(idx);
        }
    }
    for group in groups.into_values().filter(|it| it.len() > 1) {
        let files: Vec<&Path> =
            group.iter().filter_map(|idx| paths.get(*idx).map(PathBuf::as_path)).collect();
        let joint = match apart::checked(&files, allocations, bounds) {
            Ok(joint) => joint,
            Err(error) => {
                let names: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
                let names = names.join(", ");
                trouble.push(format!("{names}: not compared with each other: {error:#}"));
                continue;
            }
        };
        let places: Vec<u32> = group.iter().filter_map(|idx| u32::try_from(*idx).ok()).collect();
        for (idx, document) in group.iter().zip(joint.documents) {
            if let Some(theirs) = report.documents.get_mut(*idx) {
                *theirs = document;
            }
        }
        for mut across in joint.across {
            across.place(&places);
            report.across.push(across);
        }
    }
    report.across.sort_by_key(|it| it.documents.first().copied());
    trouble
}

/// Reads the published allocations, or says which of their lines cannot be used.
pub(crate) fn read_allocations(path: &Path) -> Result<Result<Allocations, Vec<String>>> {
    let cannot = || format!("cannot read {}", path.display());
    // Asked before it is read: a file of any size may be named here.
    if let Some(why) = allocations::too_large(std::fs::metadata(path).with_context(cannot)?.len()) {
        return Ok(Err(vec![format!("{}: {why}", path.display())]));
    }
    let bytes = std::fs::read(path).with_context(cannot)?;
    let named = |fault: Fault| format!("{}: {fault}", path.display());
    Ok(Allocations::from_bytes(&bytes).map_err(|faults| faults.into_iter().map(named).collect()))
}

/// The exit status that one document asks for.
fn status(document: &wire::Document) -> u8 {
    if document.error.is_some() || document.template.is_none() {
        return 2;
    }
    match document.verdict {
        wire::State::NotMet | wire::State::CouldNotCheck => 1,
        wire::State::Met | wire::State::NeedsJudgement | wire::State::DoesNotApply => 0,
    }
}
