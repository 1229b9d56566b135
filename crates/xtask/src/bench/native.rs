//! What the checker takes natively, beside calamine, openpyxl, and the least that reading a workbook can take.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::stats;
use crate::shell;

/// A workbook that is measured.
pub(super) struct Workbook {
    group: String,
    number: u64,
    file: PathBuf,
    bytes: u64,
}

/// Has the workbooks written, and reads the list of them.
pub(super) fn written(program: &Path, folder: &Path) -> Result<Vec<Workbook>> {
    let list = shell::output(shell::command(program).arg("write").arg(folder)).context("no workbooks")?;
    let workbook = |line: &str| {
        let mut words = line.split('\t').map(str::to_owned);
        Some(Workbook {
            group: words.next()?,
            number: words.next()?.parse().ok()?,
            file: folder.join(words.next()?),
            bytes: words.next()?.parse().ok()?,
        })
    };
    let found: Vec<_> = list.lines().filter_map(workbook).collect();
    ensure!(
        found.len() == list.lines().count() && !found.is_empty(),
        "the list of workbooks is not understood"
    );
    Ok(found)
}

/// The sizes of the workbooks that are read by all.
pub(super) fn listed(workbooks: &[Workbook]) -> Value {
    let named =
        workbooks.iter().filter(|it| !["rows", "findings"].contains(&it.group.as_str()) && it.number == 0);
    named.map(|it| (it.group.clone(), json!({ "bytes": it.bytes }))).collect::<Map<_, _>>().into()
}

/// A program that is told what to read on a line, and answers with nanoseconds on a line.
struct Timer {
    child: Child,
    tell: ChildStdin,
    hear: BufReader<ChildStdout>,
}

impl Timer {
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let tell = child.stdin.take().context("no way to tell it")?;
        let hear = BufReader::new(child.stdout.take().context("no way to hear it")?);
        Ok(Timer { child, tell, hear })
    }

    /// Milliseconds.
    fn time(&mut self, what: &str) -> Result<f64> {
        writeln!(self.tell, "{what}")?;
        let mut line = String::new();
        self.hear.read_line(&mut line)?;
        let nanoseconds: f64 = line.trim().parse().with_context(|| format!("{what}: {line:?}"))?;
        Ok(nanoseconds / 1e6)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const OPENPYXL: &str = "import sys, time, openpyxl
for line in sys.stdin:
    start = time.perf_counter_ns()
    openpyxl.load_workbook(line.strip())
    print(time.perf_counter_ns() - start, flush=True)
";

/// Who reads what, and how often: what takes minutes seldom.
const ROUNDS: [(&str, [(&str, usize); 4]); 3] = [
    ("template", [("check", 25), ("calamine", 25), ("floor", 25), ("openpyxl", 5)]),
    ("large", [("check", 9), ("calamine", 9), ("floor", 9), ("openpyxl", 2)]),
    ("huge", [("check", 5), ("calamine", 5), ("floor", 5), ("openpyxl", 1)]),
];

/// Measures natively, each contender in turn.
pub(super) fn measure(program: &Path, python: &Path, workbooks: &[Workbook]) -> Result<Value> {
    let mut ours = Timer::start(&mut shell::command(program))?;
    let mut theirs = Timer::start(shell::command(python).args(["-c", OPENPYXL]))?;
    let mut read = Map::new();
    for (group, rounds) in ROUNDS {
        let file = file_of(workbooks, group, 0)?.display().to_string();
        let mut times = rounds.map(|it| (it.0, Vec::new()));
        let most = rounds.iter().map(|it| it.1).max().unwrap_or(0);
        // The first round of all warms up, and is not counted.
        for round in 0..=most {
            for ((contender, times), (_, rounds)) in times.iter_mut().zip(rounds) {
                if round > rounds || (round == 0 && rounds < 3) {
                    continue;
                }
                let took = if *contender == "openpyxl" {
                    theirs.time(&file)?
                } else {
                    ours.time(&format!("{contender} {file}"))?
                };
                if round > 0 {
                    times.push(took);
                }
            }
        }
        let summaries = times.iter().map(|(name, times)| ((*name).to_owned(), stats::summary(times)));
        read.insert(group.to_owned(), summaries.collect::<Map<_, _>>().into());
        println!("    {group}: {}", read[group]);
    }
    Ok(json!({
        "read": read,
        "rows": growth(program, workbooks, "rows")?,
        "findings": growth(program, workbooks, "findings")?,
    }))
}

/// How time and memory grow over a group of workbooks, each checked in processes of its own.
fn growth(program: &Path, workbooks: &[Workbook], group: &str) -> Result<Value> {
    let mut points = Vec::new();
    for it in workbooks.iter().filter(|it| it.group == group) {
        let (mut times, mut memory) = (Vec::new(), 0.0_f64);
        for _ in 0..3 {
            let line = shell::output(shell::command(program).arg("once").arg(&it.file)).context("no time")?;
            let (time, peak) = line.trim().split_once('\t').context("no time")?;
            times.push(time.parse::<f64>()? / 1e6);
            memory = memory.max(peak.parse()?);
        }
        let time = stats::summary(&times)["median"].clone();
        points.push(json!({ "number": it.number, "milliseconds": time, "memory": memory }));
    }
    Ok(points.into())
}

fn file_of<'w>(workbooks: &'w [Workbook], group: &str, number: u64) -> Result<&'w Path> {
    let found = workbooks.iter().find(|it| it.group == group && it.number == number);
    Ok(&found.with_context(|| format!("no workbook {group} {number}"))?.file)
}
