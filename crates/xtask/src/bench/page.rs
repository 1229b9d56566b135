//! `docs/performance.md`, from what was measured.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;
use serde_json::Value;

use super::plot::{self, Curve};
use crate::shell;

/// The words that the measured figures are put into; `{{name}}` stands for one of the parts below.
const WORDS: &str = include_str!("performance.md");

/// Writes the page and its plots.
pub(super) fn write(all: &Value) -> Result<()> {
    plots(all)?;
    let parts = [
        ("machine", text(&all["machine"])),
        ("browser", text(&all["browser"]["browser"])),
        ("minutes", all["minutes"].to_string()),
        ("goals", goals(all)),
        ("page_brotli", format!("{:.0}", number(&all["sizes"]["page"]["brotli"]) / 1e3)),
        ("engine_brotli", format!("{:.0}", number(&all["sizes"]["engine"]["brotli"]) / 1e3)),
        ("warm", in_browser(all)),
        ("native", natively(all)),
        ("start", start(all)),
        ("batch", batch(all)),
        ("sizes", sizes(all)),
    ];
    let mut page = WORDS.to_owned();
    for (name, part) in parts {
        page = page.replace(&format!("{{{{{name}}}}}"), part.trim_end());
    }
    fs::write(shell::root().join("docs/performance.md"), page)?;
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn median(summary: &Value) -> f64 {
    number(&summary["median"])
}

/// "31 ms (30 to 33)".
fn shown(summary: &Value) -> String {
    if summary["median"].as_f64().is_none() {
        return "–".to_owned();
    }
    let places = usize::from(median(summary) < 10.0);
    let [median, low, high] = ["median", "low", "high"].map(|it| number(&summary[it]));
    format!("{median:.places$} ms ({low:.places$} to {high:.places$})")
}

const CONTENDERS: [(&str, &str); 5] = [
    ("plancheck", "plancheck: the whole check"),
    ("sheetjs", "SheetJS `XLSX.read`"),
    ("sheetjs,dense", "SheetJS `XLSX.read`, dense"),
    ("exceljs", "ExcelJS `load`"),
    ("openpyxl", "openpyxl in Pyodide, `load_workbook`"),
];

fn in_browser(all: &Value) -> String {
    let mut out = String::from(
        "| | template-sized | large | huge | template-sized, cold | of that, loading |\n|---|---:|---:|---:|---:|---:|\n",
    );
    let browser = &all["browser"];
    for (contender, name) in CONTENDERS {
        let warm = ["template", "large", "huge"].map(|it| shown(&browser["warm"][it][contender])).join(" | ");
        let [cold, loaded] = ["cold", "loaded"].map(|it| shown(&browser[it][contender]));
        let _ = writeln!(out, "| {name} | {warm} | {cold} | {loaded} |");
    }
    out
}

fn natively(all: &Value) -> String {
    let mut out = String::from("| | template-sized | large | huge |\n|---|---:|---:|---:|\n");
    for (contender, name) in [
        ("check", "plancheck: the whole check"),
        ("calamine", "calamine, every sheet"),
        ("floor", "the floor: every part inflated and its XML told apart, once"),
        ("openpyxl", "openpyxl `load_workbook`"),
    ] {
        let read =
            ["template", "large", "huge"].map(|it| shown(&all["native"]["read"][it][contender])).join(" | ");
        let _ = writeln!(out, "| {name} | {read} |");
    }
    out
}

/// A goal, what was measured, and whether that is enough.
fn goals(all: &Value) -> String {
    let warm = |workbook: &str, contender: &str| median(&all["browser"]["warm"][workbook][contender]);
    let cold = |contender: &str| median(&all["browser"]["cold"][contender]);
    let native = |contender: &str| median(&all["native"]["read"]["template"][contender]);
    let page = |field: &str| median(&all["browser"]["page"][field]);
    let batch = all["browser"]["batch"].as_array().and_then(|it| it.last()).cloned().unwrap_or_default();
    let sizes = |of: &str, field: &str| number(&all["sizes"][of][field]) / 1000.0;
    let brotli = sizes("page", "brotli") + sizes("engine", "brotli");
    let rows: [(&str, f64, f64, &str); 14] = [
        (
            "Template-sized, warm: at most a fifth of SheetJS's default parse",
            warm("template", "plancheck") / warm("template", "sheetjs"),
            0.2,
            "times",
        ),
        (
            "The same: at most a third of its dense one",
            warm("template", "plancheck") / warm("template", "sheetjs,dense"),
            1.0 / 3.0,
            "times",
        ),
        (
            "The same: at most a tenth of openpyxl's in Pyodide",
            warm("template", "plancheck") / warm("template", "openpyxl"),
            0.1,
            "times",
        ),
        (
            "Cold, loading included: at most half of SheetJS's",
            cold("plancheck") / cold("sheetjs"),
            0.5,
            "times",
        ),
        ("Natively: at most 1.5 times the floor", native("check") / native("floor"), 1.5, "times"),
        (
            "Large, warm: at most a tenth of SheetJS's parse",
            warm("large", "plancheck") / warm("large", "sheetjs"),
            0.1,
            "times",
        ),
        ("The plans of England in the page: under 10 s", number(&batch["result"]) / 1000.0, 10.0, "s"),
        ("Page usable: within 1 s of the navigation", page("usable") / 1000.0, 1.0, "s"),
        (
            "First result after a cold start, a file being chosen in a second: within twice a later one",
            page("first") / page("later"),
            2.0,
            "times",
        ),
        (
            "Nobody waits for the page while a check runs: under 50 ms",
            number(&all["browser"]["interaction"]["waited"]["high"]),
            50.0,
            "ms",
        ),
        ("The same while the plans of England are checked", longest_wait(all), 50.0, "ms"),
        ("Page and engine with Brotli: at most 400 KB", brotli, 400.0, "KB"),
        ("The one file: at most 1,600 KB", sizes("file", "bytes"), 1600.0, "KB"),
        ("Memory for England's plans: at most 1.5 times that for one", memory_grows(all), 1.5, "times"),
    ];
    let mut out = String::from("| goal | measured | |\n|---|---:|---|\n");
    for (goal, measured, most, unit) in rows {
        let places = if unit == "KB" || unit == "ms" { 0 } else { 2 };
        let met = if measured <= most { "met" } else { "**not met**" };
        let _ = writeln!(out, "| {goal} | {measured:.places$} {unit} | {met} |");
    }
    out
}

fn longest_wait(all: &Value) -> f64 {
    let rounds = all["browser"]["batch"].as_array().cloned().unwrap_or_default();
    rounds.iter().map(|it| number(&it["waited"])).fold(f64::NAN, f64::max)
}

fn memory_grows(all: &Value) -> f64 {
    let rounds = all["browser"]["batch"].as_array().cloned().unwrap_or_default();
    let memory = |it: Option<&Value>| it.map_or(f64::NAN, |it| number(&it["memory"]));
    memory(rounds.last()) / memory(rounds.first())
}

fn start(all: &Value) -> String {
    let page = &all["browser"]["page"];
    let interaction = &all["browser"]["interaction"];
    let mut out = String::from("| | |\n|---|---:|\n");
    for (name, summary) in [
        ("from the navigation to a page that can be used", &page["usable"]),
        ("from a first file, given a second later, to its result on the page", &page["first"]),
        ("the same for a file given at the very moment that the page can be used", &page["atOnce"]),
        ("the same for later files", &page["later"]),
        ("the large workbook: from the file to its result on the page", &interaction["result"]),
        ("the longest that the page keeps its reader waiting while that check runs", &interaction["waited"]),
        ("drawing the result once it has come", &interaction["drawing"]),
    ] {
        let _ = writeln!(out, "| {name} | {} |", shown(summary));
    }
    out
}

fn batch(all: &Value) -> String {
    let mut out = String::from(
        "| plans | all checked after | longest wait for the page | most memory of the page's process |\n|---:|---:|---:|---:|\n",
    );
    for it in all["browser"]["batch"].as_array().into_iter().flatten() {
        let [result, waited, memory] = ["result", "waited", "memory"].map(|field| number(&it[field]));
        let _ = writeln!(
            out,
            "| {} | {:.1} s | {waited:.0} ms | {:.0} MB |",
            it["files"],
            result / 1e3,
            memory / 1e6
        );
    }
    out
}

fn sizes(all: &Value) -> String {
    let mut out = String::from("| | as it is | with Brotli |\n|---|---:|---:|\n");
    for (of, name) in
        [("page", "the page (wasm)"), ("engine", "the engine (wasm)"), ("file", "the one file, both inside")]
    {
        let it = &all["sizes"][of];
        let _ = writeln!(
            out,
            "| {name} | {:.0} KB | {:.0} KB |",
            number(&it["bytes"]) / 1e3,
            number(&it["brotli"]) / 1e3
        );
    }
    for (of, name) in [("engine", "engine"), ("page", "page")] {
        let _ = write!(
            out,
            "\nOf the {name}, by the crate that each function comes from (twiggy):\n\n| crate | KB |\n|---|---:|\n"
        );
        for it in all["sizes"][of]["crates"].as_array().into_iter().flatten() {
            let _ = writeln!(out, "| {} | {:.0} |", text(&it["name"]), number(&it["bytes"]) / 1e3);
        }
    }
    out
}

fn plots(all: &Value) -> Result<()> {
    let points = |list: &Value, across: &str, up: &str, per: f64| -> Vec<(f64, f64)> {
        list.as_array().into_iter().flatten().map(|it| (number(&it[across]), number(&it[up]) / per)).collect()
    };
    let native = &all["native"];
    let batch = &all["browser"]["batch"];
    let curve = |name: &'static str, points| -> Curve { (name, points) };
    plot::draw(
        "growth-rows-time.svg",
        "scheme lines",
        "milliseconds",
        &[curve("check", points(&native["rows"], "number", "milliseconds", 1.0))],
    )?;
    plot::draw(
        "growth-rows-memory.svg",
        "scheme lines",
        "MB",
        &[curve("check", points(&native["rows"], "number", "memory", 1e6))],
    )?;
    plot::draw(
        "growth-findings-time.svg",
        "findings in a plan of 10,000 lines",
        "milliseconds",
        &[curve("check", points(&native["findings"], "number", "milliseconds", 1.0))],
    )?;
    plot::draw(
        "growth-findings-memory.svg",
        "findings in a plan of 10,000 lines",
        "MB",
        &[curve("check", points(&native["findings"], "number", "memory", 1e6))],
    )?;
    plot::draw(
        "growth-files-time.svg",
        "plans given at once",
        "seconds",
        &[curve("all checked", points(batch, "files", "result", 1e3))],
    )?;
    plot::draw(
        "growth-files-memory.svg",
        "plans given at once",
        "MB",
        &[curve("the page's process", points(batch, "files", "memory", 1e6))],
    )
}
