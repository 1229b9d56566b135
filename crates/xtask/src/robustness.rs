//! `cargo xtask robustness`: what every file of the corpus ends in, how long it takes and how much memory,
//! natively and in the page, with the limits and without them. Written to `docs/robustness.md`.

mod page;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

use crate::{browser, bundle, machine, npm, shell, tools};

/// What a check may take, of memory (in MB) and of time.
struct Most {
    memory: u64,
    time: Duration,
}

/// What is refused must be refused soon.
const HOSTILE: Most = Most { memory: 512, time: Duration::from_secs(5) };
/// What is large is checked to its end.
const LARGE: Most = Most { memory: 768, time: Duration::from_secs(10) };
/// Tens of thousands of findings in the page, which also holds all that it shows.
const WOUNDED_IN_PAGE: Most = Most { memory: 1280, time: Duration::from_secs(15) };

impl Most {
    fn of(family: &str, in_page: bool) -> Most {
        match family {
            "wounded" if in_page => WOUNDED_IN_PAGE,
            "legitimate" | "wounded" => LARGE,
            _ => HOSTILE,
        }
    }
}

/// When a check without limits is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A file of the corpus.
struct Specimen {
    family: String,
    file: String,
    size: u64,
    /// How it must end: "checked", or the code of the error; empty where another test says it.
    ends: String,
    what: String,
    /// The verdict on the same without what is odd about it; empty where there is none.
    clean: String,
}

/// How a check ended, and what it took.
pub(super) struct Outcome {
    /// "too-large", "checked", or what became of the process.
    pub(super) ends: String,
    pub(super) time: Duration,
    /// Bytes, at the most.
    pub(super) memory: u64,
    /// On what was checked; empty where it is not known.
    pub(super) verdict: String,
}

/// Measures everything and writes the table.
pub(crate) fn run() -> Result<()> {
    tools::ensure()?;
    let browsers = browser::ensure()?;
    let site = bundle::run()?;
    npm::ensure("tests/browser")?;
    shell::step("Building what measures");
    let build =
        ["build", "--profile", "cli", "--package", "plancheck-tests", "--example", "specimen", "--locked"];
    shell::run(shell::cargo().args(build))?;
    let program = shell::target().join("cli/examples/specimen");
    let folder = shell::target().join("robustness");
    fs::create_dir_all(&folder)?;
    shell::step("Writing the files");
    let specimens = written(&program, &folder)?;
    shell::step("Checking each natively and in the page");
    let mut page = page::Page::open(&site, &browsers.chrome)?;
    let mut rows = Vec::new();
    let mut troubles = Vec::new();
    for it in specimens {
        let path = folder.join(&it.file);
        let native = native(&program, &path, &[])?;
        let in_page = page.check(&path)?;
        let unguarded = native_unguarded(&program, &path, &it)?;
        println!(
            "    {}: {} in {} ms, {} MB",
            it.file,
            native.ends,
            native.time.as_millis(),
            native.memory >> 20
        );
        troubles.extend(trouble(&it, "natively", &native));
        troubles.extend(trouble(&it, IN_PAGE, &in_page));
        rows.push((it, native, in_page, unguarded));
    }
    fs::write(shell::root().join("docs/robustness.md"), table(&rows, &page.browser()?)?)?;
    println!("    docs/robustness.md");
    ensure!(troubles.is_empty(), "{}", troubles.join("\n"));
    Ok(())
}

/// Has the corpus written, and reads the list of it.
fn written(program: &Path, folder: &Path) -> Result<Vec<Specimen>> {
    let list = shell::output(shell::command(program).arg("write").arg(folder)).context("no corpus")?;
    let specimen = |line: &str| {
        let mut words = line.split('\t').map(str::to_owned);
        Some(Specimen {
            family: words.next()?,
            file: words.next()?,
            size: words.next()?.parse().ok()?,
            ends: words.next()?,
            what: words.next()?,
            clean: words.next().unwrap_or_default(),
        })
    };
    let found: Vec<_> = list.lines().filter_map(specimen).collect();
    ensure!(
        found.len() == list.lines().count() && !found.is_empty(),
        "the list of the corpus is not understood"
    );
    Ok(found)
}

/// Checks a file in a process of its own.
fn native(program: &Path, file: &Path, more: &[&str]) -> Result<Outcome> {
    let mut command = shell::command(program);
    command.arg("check").arg(file).args(more).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| program.display().to_string())?;
    let (out, errors) = (child.stdout.take(), child.stderr.take());
    let pid = child.id();
    let (done, gone) = mpsc::channel::<()>();
    // What does not end by itself is ended.
    let watch = thread::spawn(move || {
        if gone.recv_timeout(PATIENCE).is_err_and(|it| it == mpsc::RecvTimeoutError::Timeout) {
            let _ = shell::output(shell::command("kill").args(["-9", &pid.to_string()]));
            return true;
        }
        false
    });
    let said = thread::spawn(move || read(errors));
    let line = read(out);
    let ended = child.wait4()?;
    let time = start.elapsed();
    drop(done);
    let too_long = watch.join().unwrap_or(false);
    let said = said.join().unwrap_or_default();
    let ends = match line.split('\t').next() {
        Some(ends) if ended.status.success() => ends.to_owned(),
        _ if too_long => format!("more than {} s", PATIENCE.as_secs()),
        _ if said.contains("memory allocation of") => OUT_OF_MEMORY.to_owned(),
        _ if said.contains("overflowed its stack") => "stack overflow".to_owned(),
        _ => "panic".to_owned(),
    };
    // What has come to its end has said so itself; of what has not, the system knows.
    let own = line.split('\t').nth(1).and_then(|it| it.parse().ok());
    let verdict = line.split('\t').nth(2).unwrap_or_default().to_owned();
    Ok(Outcome { ends, time, memory: own.unwrap_or(ended.rusage.maxrss), verdict })
}

/// The same without any limit, where a limit is what refuses it.
fn native_unguarded(program: &Path, file: &Path, it: &Specimen) -> Result<Option<Outcome>> {
    match it.family.as_str() {
        "legitimate" | "wounded" => Ok(None),
        _ => native(program, file, &["--unguarded"]).map(Some),
    }
}

fn read(stream: Option<impl std::io::Read>) -> String {
    let mut text = String::new();
    let _ = stream.map(|mut it| it.read_to_string(&mut text));
    text.trim().to_owned()
}

const IN_PAGE: &str = "in the page";
/// What a check ends in that asks for more than it may have.
const OUT_OF_MEMORY: &str = "out of memory";

/// What is not as it must be.
fn trouble(it: &Specimen, place: &str, outcome: &Outcome) -> Vec<String> {
    let mut found = Vec::new();
    // The report on so many faults may be more than a check may hold; then the page says so.
    let is_too_much = it.family == "wounded" && outcome.ends == OUT_OF_MEMORY;
    if !it.ends.is_empty() && outcome.ends != it.ends && !is_too_much {
        found.push(format!("{} {place}: {}, not {}", it.file, outcome.ends, it.ends));
    }
    if ["panic", "stack overflow", "the checker stopped"].iter().any(|it| outcome.ends.starts_with(it)) {
        found.push(format!("{} {place}: {}", it.file, outcome.ends));
    }
    if !it.clean.is_empty() && !outcome.verdict.is_empty() && outcome.verdict != it.clean {
        found.push(format!("{} {place}: {}, and its clean twin {}", it.file, outcome.verdict, it.clean));
    }
    let most = Most::of(&it.family, place == IN_PAGE);
    if outcome.time > most.time {
        found.push(format!("{} {place}: {} ms", it.file, outcome.time.as_millis()));
    }
    if outcome.memory > most.memory << 20 {
        found.push(format!("{} {place}: {} MB", it.file, outcome.memory >> 20));
    }
    found
}

type Row = (Specimen, Outcome, Outcome, Option<Outcome>);

fn table(rows: &[Row], browser: &str) -> Result<String> {
    let mut out = format!(
        "# What hostile and large files come to\n\n\
         Written by `cargo xtask robustness`, which makes every file in code, checks it natively in a process of its own and in the page\n\
         ({browser}), and fails where one ends otherwise than it must, or where a hostile one takes more than {} s or more than {} MB.\n\
         A large one may take {} s and {} MB; one with as many faults as lines {} s and {} MB in the page, or end with the page saying that it\n\
         takes more memory than is taken.\n\
         Native figures are of the process as a whole; those of the page are of the renderer, whose memory also holds the page and the file.\n\
         \"Without limits\" is the same program with every limit of `open::Limits` taken out and 2 GB to spend, given up after {} s.\n\n\
         Measured on {}.\n",
        HOSTILE.time.as_secs(),
        HOSTILE.memory,
        LARGE.time.as_secs(),
        LARGE.memory,
        WOUNDED_IN_PAGE.time.as_secs(),
        WOUNDED_IN_PAGE.memory,
        PATIENCE.as_secs(),
        machine::describe()?,
    );
    for (family, heading) in [
        ("hostile", "Files that ask for too much"),
        ("legacy", "The same in the old (.xls) and binary (.xlsb) formats"),
        ("legitimate", "Large and odd workbooks that are nothing but that"),
        ("wounded", "Large plans with a fault in every one of 20,000 lines"),
    ] {
        // What is a plan and no more has a verdict, and no need of limits.
        let is_a_plan = matches!(family, "legitimate" | "wounded");
        let last = if is_a_plan { "verdict" } else { "without limits" };
        let _ = write!(
            out,
            "\n## {heading}\n\n| file | KB | what it is | ends | native | in the page | {last} |\n|---|---:|---|---|---:|---:|---|\n"
        );
        for (it, native, page, unguarded) in rows.iter().filter(|it| it.0.family == family) {
            let last = unguarded
                .as_ref()
                .map_or_else(|| verdict(it, native), |it| format!("{}, {}", it.ends, cost(it)));
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {last} |",
                it.file,
                it.size.div_ceil(1000),
                it.what,
                if native.ends == page.ends {
                    native.ends.clone()
                } else {
                    format!("{}; in the page: {}", native.ends, page.ends)
                },
                cost(native),
                cost(page),
            );
        }
    }
    Ok(out)
}

/// The verdict, and whether the same without what is odd about it has it too.
fn verdict(it: &Specimen, outcome: &Outcome) -> String {
    let twin = if outcome.verdict == it.clean { ", same as its clean twin" } else { "" };
    format!("{}{twin}", outcome.verdict)
}

fn cost(it: &Outcome) -> String {
    format!("{} ms, {} MB", it.time.as_millis(), it.memory >> 20)
}
