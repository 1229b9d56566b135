//! The project's own chores. `cargo xtask serve` and `cargo xtask test` need nothing but Rust and Node:
//! they install the rest, say what they are doing, and skip on the next run what is already there.

mod bench;
mod browser;
mod build;
mod bundle;
mod css;
mod docs;
mod fuzz;
mod html;
mod leaks;
mod licences;
mod machine;
mod modules;
mod npm;
mod policy;
mod robustness;
mod samples;
mod serve;
mod shell;
mod site;
mod sizes;
mod tally;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of plancheck")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the page and serve it on this computer
    Serve {
        /// The port to listen on; 0 takes a free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Build the one-file site: dist/index.html
    Build,
    /// Build everything that is released: the one file, its SHA-256, the module and the element, and the licences
    Bundle {
        /// Only build the one file once more from a copy in another folder, and compare
        #[arg(long)]
        again: bool,
    },
    /// Run every check and every test there is
    Test {
        /// Only the tests of the built page in a browser
        #[arg(long)]
        browser: bool,
    },
    /// Check every hostile and large file of the corpus, and write docs/robustness.md
    Robustness,
    /// Measure how long a check takes beside what people would use instead, and write docs/performance.md
    Bench {
        /// Measure nothing: write the page anew from the figures of the last run
        #[arg(long)]
        words: bool,
    },
    /// Look for files that make the checker fail, for a bounded time
    Fuzz {
        /// How long to look, for each target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Only this target: bytes, grid or allocations
        target: Option<String>,
    },
    /// Write the files that are generated from the code: the report's schema and types
    Docs,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Serve { port } => serve::run(port),
        Chore::Build => build::run().map(|_| ()),
        Chore::Bundle { again: false } => bundle::run().map(|_| ()),
        Chore::Bundle { again: true } => bundle::again(),
        Chore::Test { browser } => test::run(browser),
        Chore::Robustness => robustness::run(),
        Chore::Bench { words: true } => bench::words(),
        Chore::Bench { words: false } => bench::run(),
        Chore::Fuzz { seconds, target } => fuzz::run(seconds, target.as_deref()),
        Chore::Docs => docs::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
