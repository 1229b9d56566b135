//! Times what it is told to, for `cargo xtask bench`: a line "CONTENDER FILE" in, a line of nanoseconds out.
//!
//! ```text
//! measure                the lines come on standard input
//! measure write FOLDER   writes the workbooks, and a line for each: group, number, file, bytes
//! measure once FILE      checks one file in a process of its own: nanoseconds, and the most memory it had
//! ```
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a chore that fails loudly")]

use std::hint::black_box;
use std::io::{BufReader, Cursor, Write, stdin, stdout};
use std::path::Path;
use std::time::Instant;

use calamine::{Reader, Xlsx};
use plancheck::Options;
use plancheck_tests::{measured, plans};
use zip::ZipArchive;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => serve(),
        ["write", folder] => write(Path::new(folder)),
        ["once", file] => {
            let bytes = std::fs::read(file).unwrap();
            let start = Instant::now();
            check(&bytes);
            println!("{}\t{}", start.elapsed().as_nanos(), peak());
        }
        _ => panic!("usage: measure [write FOLDER | once FILE]"),
    }
}

fn serve() {
    for line in stdin().lines() {
        let line = line.unwrap();
        let (contender, file) = line.split_once(' ').unwrap();
        let bytes = std::fs::read(file).unwrap();
        let run: fn(&[u8]) = match contender {
            "check" => check,
            "calamine" => calamine,
            "floor" => floor,
            _ => panic!("nothing is called {contender}"),
        };
        let start = Instant::now();
        run(&bytes);
        println!("{}", start.elapsed().as_nanos());
        stdout().flush().unwrap();
    }
}

/// All that the programs do: bytes in, the report out as JSON.
fn check(bytes: &[u8]) {
    let files = [("plan.xlsx".to_owned(), bytes.to_vec())];
    let report = plancheck_api::engine::check(&files, &Options::default(), &mut |_| {});
    assert!(report.documents[0].error.is_none());
    black_box(report.to_json().unwrap());
}

/// What a program does that reads every sheet with calamine, and nothing else.
fn calamine(bytes: &[u8]) {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        black_box(book.worksheet_range(&name).unwrap());
    }
}

/// The least that reading all of a workbook can take: every part inflated once, and its XML told apart once.
fn floor(bytes: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut buffer = Vec::new();
    for idx in 0..archive.len() {
        let part = archive.by_index(idx).unwrap();
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).unwrap() {
                quick_xml::events::Event::Eof => break,
                event => {
                    black_box(&event);
                }
            }
        }
    }
}

fn write(folder: &Path) {
    let put = |group: &str, number: usize, bytes: Vec<u8>| {
        let file = format!("{group}-{number}.xlsx");
        std::fs::write(folder.join(&file), &bytes).unwrap();
        println!("{group}\t{number}\t{file}\t{}", bytes.len());
    };
    put("template", 0, measured::template_sized());
    put("large", 0, measured::large());
    put("huge", 0, measured::huge());
    (0..measured::BOARDS).for_each(|it| put("board", it, measured::of_board(it)));
    [60, 500, 1_500, 5_000, 15_000, 50_000].iter().for_each(|it| put("rows", *it, plans::big(*it)));
    let findings = [0, 100, 1_000, 2_500, 5_000, 10_000];
    findings.iter().for_each(|it| put("findings", *it, measured::with_findings(10_000, *it)));
}

/// The most memory that this process has had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() * 1024
}
