//! `plancheck`: the same check from a terminal, many files at once.

mod annotate;
mod apart;
mod check;
mod files;
mod rules;
mod text;

use std::alloc::System;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use cap::Cap;
use clap::{Parser, Subcommand, ValueEnum};

/// What this process and those that it starts may take. A workbook that asks for more ends only the process that
/// reads it.
#[global_allocator]
pub(crate) static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Checks Better Care Fund planning workbooks. Nothing leaves this machine.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check workbooks. A folder means every workbook in it.
    ///
    /// The planning workbook and the capacity and demand workbook of one board and year, given
    /// together, are also checked against each other.
    ///
    /// Exit status, the highest that applies: 2 a file could not be opened or recognised, or the
    /// arguments or the allocations are wrong; 1 a verdict is not-met or could-not-check, or a rule
    /// across documents is not-met; 0 otherwise.
    Check {
        /// Workbooks, or folders of workbooks.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// What to write.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Where to write it, instead of the terminal.
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
        /// Published allocations to compare the pre-filled contributions with: CSV with the columns
        /// board, year, stream and amount.
        #[arg(long, value_name = "CSV")]
        allocations: Option<PathBuf>,
        #[command(flatten)]
        bounds: apart::Bounds,
    },
    #[command(hide = true)]
    Apart(apart::Apart),
    Annotate(annotate::Annotate),
    /// List every rule, or print one whole.
    Rules {
        /// The code of a rule, such as EX02.
        code: Option<String>,
    },
}

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: what is wrong, what to do and where.
    Text,
    /// The whole report.
    Json,
    /// One row a finding, for spreadsheets.
    Csv,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check { files, format, out, allocations, bounds } => {
            check::run(&files, format, out.as_deref(), allocations.as_deref(), bounds)
        }
        Command::Apart(arguments) => apart::run(&arguments),
        Command::Annotate(arguments) => annotate::run(&arguments),
        Command::Rules { code } => rules::run(code.as_deref()),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Standard error may be closed; there is nobody left to tell then.
            let _ = writeln!(anstream::stderr(), "plancheck: {error:#}");
            ExitCode::from(2)
        }
    }
}
