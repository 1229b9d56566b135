//! Annotated copies: what is in them, and that nothing else has changed.

mod bounds;
mod comments;
mod names;
mod office;
mod packages;
mod refused;
mod same;

use std::collections::BTreeMap;

use plancheck::annotate::{Wording, annotated};
use plancheck::open::{Limits, open};
use plancheck::report::Document;
use plancheck::workbook::{Sheet, Value, Workbook};
use plancheck::{Input, Options};
use plancheck_tests::{sample, sample_capacity};

use crate::support::{check, shared};

/// The name of the sheet that a copy has more.
const RESULTS: &str = "plancheck results";

/// The report on a file, and its copy.
fn copied(name: &str, bytes: &[u8]) -> (Document, Vec<u8>) {
    let document = check(name, bytes);
    let copy = copy_of(&document, bytes);
    (document, copy)
}

fn copy_of(document: &Document, bytes: &[u8]) -> Vec<u8> {
    let input = Input { name: &document.file, bytes };
    annotated(&input, document, &Options::default(), Wording::Planner).unwrap_or_else(|it| panic!("{it}"))
}

fn opened(bytes: &[u8]) -> Workbook {
    open(bytes, &Limits::default(), &mut |_, _| {}).unwrap()
}

/// Every comment of a workbook, by its sheet and cell.
fn comments(bytes: &[u8]) -> BTreeMap<(String, u32, u32), String> {
    let workbook = opened(bytes);
    let mut found = BTreeMap::new();
    for (sheet, facts) in workbook.sheets.iter().zip(&workbook.facts.sheets) {
        for note in facts.notes.as_ref().unwrap() {
            let before = found.insert((sheet.name.clone(), note.row, note.col), note.text.clone());
            assert_eq!(before, None, "two comments at one cell");
        }
    }
    found
}

/// The sheet of results.
fn results(bytes: &[u8]) -> Sheet {
    let mut workbook = opened(bytes);
    let idx = workbook.sheets.iter().position(|it| it.name == RESULTS).unwrap();
    workbook.sheets.remove(idx)
}

fn text(sheet: &Sheet, row: u32, col: u32) -> &str {
    match sheet.at(row, col).map(|it| &it.value) {
        Some(Value::Text(text)) => text,
        None => "",
        other => panic!("{other:?} is no text"),
    }
}

/// Every text on a sheet.
fn texts(sheet: &Sheet) -> Vec<&str> {
    sheet.cells().iter().map(|it| text(sheet, it.row, it.col)).collect()
}

/// Workbooks with something to say of: our own, and the published ones where they are at hand.
fn workbooks() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![("plan.xlsx", sample()), ("capacity.xlsx", sample_capacity())];
    for name in ["sefton-2022-23-planning.xlsx", "sefton-2022-23-capacity-demand.xlsx"] {
        all.extend(shared(&format!("fixtures/{name}")).map(|it| (name, it)));
    }
    all
}

#[test]
fn the_first_cell_of_a_finding_tells_all_of_it_and_the_others_where_that_is() {
    let (document, copy) = copied("plan.xlsx", &sample());
    let said = comments(&copy);
    for found in &document.findings {
        let (code, finding) = (found.rule.code, &found.finding);
        let state = finding.state.name().replace('-', " ");
        let first = finding.cells[0].cell;
        for (idx, cell) in finding.cells.iter().map(|it| it.cell).enumerate() {
            let sheet = document.sheet_name(cell).to_owned();
            let here = &said[&(sheet, cell.row, cell.col)];
            let part = if idx == 0 || cell == first {
                format!(
                    "plancheck {code}, {state}\n{}\n{}\nWhat to do: {}\n\n",
                    finding.title, finding.message, finding.todo
                )
            } else {
                let place = format!("see {first} on sheet {}", document.sheet_name(first));
                format!("plancheck {code}, {state}: {place}\n{}\n\n", finding.title)
            };
            assert!(here.contains(&part), "{cell} says {here:?} and not {part:?}");
            assert!(
                here.starts_with("plancheck ") && here.ends_with("\n\n(plancheck, rules 2026.1)"),
                "{here}"
            );
        }
    }
    let named = document.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell);
    assert_eq!(named.collect::<std::collections::BTreeSet<_>>().len(), said.len());
}

#[test]
fn the_worst_comes_first_in_a_comment() {
    let (_, copy) = copied("capacity.xlsx", &sample_capacity());
    let mut several = 0;
    for said in comments(&copy).values() {
        let states: Vec<&str> = said
            .lines()
            .filter_map(|it| it.strip_prefix("plancheck ")?.split_once(", "))
            .map(|it| it.1.split(':').next().unwrap())
            .collect();
        several += usize::from(states.windows(2).any(|it| it[0] != it[1]));
        let rank = |it: &&str| {
            ["not met", "could not check", "needs judgement"].iter().position(|state| state == it)
        };
        assert!(states.is_sorted_by_key(rank), "{states:?}");
    }
    assert!(several > 0, "no cell has findings of two states");
}

#[test]
fn assurers_read_what_to_ask() {
    let bytes = sample();
    let document = check("plan.xlsx", &bytes);
    let input = Input { name: "plan.xlsx", bytes: &bytes };
    let copy = annotated(&input, &document, &Options::default(), Wording::Assurer).unwrap();
    let finding = &document.findings[0].finding;
    let said: Vec<String> = comments(&copy).into_values().collect();
    let asks = format!("\nWhat to ask: {}\n", finding.ask);
    assert!(said.iter().any(|it| it.contains(&asks)));
    assert!(!said.iter().any(|it| it.contains("What to do:")));
    let sheet = results(&copy);
    assert!(texts(&sheet).contains(&"What to ask") && texts(&sheet).contains(&finding.ask.as_str()));
    assert!(!texts(&sheet).contains(&"What to do"));
}

#[test]
fn the_sheet_of_results_lists_every_finding_and_how_every_rule_ended() {
    for (name, bytes) in workbooks() {
        let (document, copy) = copied(name, &bytes);
        assert_eq!(opened(&copy).sheets.last().unwrap().name, RESULTS, "it stands at the end");
        let sheet = results(&copy);
        assert!(!sheet.hidden);
        let about = format!("A copy of {name} with comments by plancheck. The plan itself was not changed.");
        assert_eq!((text(&sheet, 0, 0), text(&sheet, 1, 0)), (RESULTS, about.as_str()));
        let labels: BTreeMap<&str, &str> =
            (2..9).map(|it| (text(&sheet, it, 0), text(&sheet, it, 1))).collect();
        assert_eq!(labels["Board"], "Sefton");
        assert_eq!(labels["Year"], "2022-23");
        assert_eq!(labels["File"], name);
        assert_eq!(labels["Verdict"], "not met");
        assert!(
            labels["Rules"].starts_with(&format!("{} met, ", document.count(plancheck::finding::State::Met)))
        );
        assert!(labels["Rules version"].starts_with("2026.1"));
        let heading = [
            "Code",
            "Rule",
            "State",
            "Sheet",
            "Cell",
            "What is wrong",
            "What to do",
            "Expected",
            "Actual",
            "Source",
        ];
        let row = (0..20).find(|it| text(&sheet, *it, 0) == "Code").unwrap();
        assert_eq!((0..10).map(|it| text(&sheet, row, it)).collect::<Vec<_>>(), heading);

        let mut listed: Vec<(&str, &str, &str)> = Vec::new();
        let mut at = row + 1;
        while !text(&sheet, at, 0).is_empty() {
            listed.push((text(&sheet, at, 0), text(&sheet, at, 3), text(&sheet, at, 5)));
            at += 1;
        }
        let mut found: Vec<(&str, &str, &str)> = document
            .findings
            .iter()
            .map(|it| {
                let sheet = it.finding.cells.first().map_or("", |cell| document.sheet_name(cell.cell));
                (it.rule.code, sheet, it.finding.message.as_str())
            })
            .collect();
        listed.sort_unstable();
        found.sort_unstable();
        assert_eq!(listed, found);

        assert_eq!(text(&sheet, at + 1, 0), "How every rule ended");
        for (row, ended) in (at + 3..).zip(&document.rules) {
            let state = ended.state.name().replace('-', " ");
            assert_eq!((text(&sheet, row, 0), text(&sheet, row, 2)), (ended.rule.code, state.as_str()));
            let why = ended.reason.as_deref().unwrap_or_default();
            assert_eq!(text(&sheet, row, 5).to_lowercase(), why.to_lowercase());
        }
    }
}
