//! The workbooks of the robustness table, one by one, for `cargo xtask robustness`.
//!
//! ```text
//! specimen write FOLDER            writes them all, and a line for each: name, expected end, what it is, and the
//!                                  verdict on the same without what is odd about it
//! specimen check FILE              checks one as the programs do
//! specimen check FILE --unguarded  the same without any limit of ours, in 2 GB
//! ```
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a chore that fails loudly")]

use std::alloc::System;
use std::path::Path;

use cap::Cap;
use plancheck::open::Limits;
use plancheck::{Input, Options};
use plancheck_tests::robustness::{self, Ends, Specimen};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", folder] => {
            write("hostile", robustness::hostile(), Path::new(folder));
            write("legacy", robustness::legacy(), Path::new(folder));
            write("legitimate", robustness::legitimate(), Path::new(folder));
            write("wounded", robustness::wounded(WOUNDED), Path::new(folder));
        }
        ["check", file] => check(file, Options::default(), plancheck_api::MOST_MEMORY),
        ["check", file, "--unguarded"] => {
            check(file, Options { limits: none(), ..Options::default() }, 2 << 30);
        }
        _ => panic!("usage: specimen write FOLDER | check FILE [--unguarded]"),
    }
}

/// How many lines a wounded plan has, each of them at fault.
const WOUNDED: usize = 20_000;

fn write(family: &str, specimens: Vec<Specimen>, folder: &Path) {
    for it in specimens {
        let bytes = it.bytes();
        // The content says what a file is; the ending is for whoever looks into the folder.
        let ending = if it.name.starts_with("ods") { ".ods" } else { ".xlsx" };
        let file = format!("{}{}", it.name, if it.name.contains('.') { "" } else { ending });
        std::fs::write(folder.join(&file), &bytes).unwrap();
        let ends = match it.ends {
            Ends::Refused(code) => code,
            Ends::Checked => "checked",
            Ends::Elsewhere => "",
        };
        let clean = it.clean_twin().map_or("", |it| verdict(&it));
        // What a file of the old formats is, its name says.
        let named = it.name.split('.').next().unwrap_or_default().replace('-', " ");
        let what = if it.what.is_empty() { &named } else { it.what };
        println!("{family}\t{file}\t{}\t{ends}\t{what}\t{clean}", bytes.len());
    }
}

fn verdict(bytes: &[u8]) -> &'static str {
    plancheck::check(&Input { name: "plan.xlsx", bytes }, &Options::default()).documents[0].verdict().name()
}

fn check(file: &str, options: Options, memory: usize) {
    let bytes = std::fs::read(file).unwrap();
    MEMORY.set_limit(memory).unwrap();
    let report = plancheck::check(&Input { name: file, bytes: &bytes }, &options);
    let document = &report.documents[0];
    match &document.error {
        Some(error) => println!("{}\t{}\t", error.code.name(), peak()),
        None => println!("checked\t{}\t{}", peak(), document.verdict().name()),
    }
}

/// The most memory that this process has had, in bytes. What the one that started it had counts in what the
/// system says of it, and not here.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() * 1024
}

/// No limit at all.
fn none() -> Limits {
    Limits {
        bytes: usize::MAX,
        parts: usize::MAX,
        inflated: u64::MAX,
        ratio: u64::MAX,
        sheets: usize::MAX,
        cells: usize::MAX,
        sheet_cells: usize::MAX,
        text: usize::MAX,
        length: usize::MAX,
        strings: usize::MAX,
        names: usize::MAX,
        piece: usize::MAX,
        name: usize::MAX / 4,
        styles: usize::MAX,
        relations: usize::MAX,
        elements: usize::MAX,
        depth: usize::MAX / 100,
    }
}
