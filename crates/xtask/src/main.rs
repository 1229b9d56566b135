//! The project's own chores. `cargo xtask serve` and `cargo xtask test` need nothing but Rust and Node:
//! they install the rest, say what they are doing, and skip on the next run what is already there.

mod browser;
mod build;
mod bundle;
mod css;
mod docs;
mod html;
mod npm;
mod policy;
mod samples;
mod serve;
mod shell;
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
    /// Run every check and every test there is
    Test {
        /// Only the tests of the built page in a browser
        #[arg(long)]
        browser: bool,
    },
    /// Write the files that are generated from the code: the report's schema and types
    Docs,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Serve { port } => serve::run(port),
        Chore::Build => build::run().map(|_| ()),
        Chore::Test { browser } => test::run(browser),
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
