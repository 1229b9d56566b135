//! What is known of a file besides its cells, however it was stored.

use plancheck::open::{Limits, open};
use plancheck::workbook::facts::TabState;
use plancheck::workbook::{CellRef, Workbook};
use plancheck_tests::book::{Book, at};
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::{plans, write};

use crate::support::{check, folder, json, shared};

const WOUNDS: [&str; 13] = [
    "hide row of 5a. Expenditure: line 2 under Scheme ID",
    "hide row of 5a. Expenditure: line 3 under Scheme ID",
    "hide column of 5a. Expenditure: line 1 under Area of Spend",
    "very hide 3. Summary",
    "hide 7. Planning Requirements",
    "unprotect 6. Metrics",
    "link to file:///C:/BCF/old plan.xlsx",
    "add macros",
    "comment at 4. Income: C9 = \"as agreed & signed\"",
    "author = Ann Example",
    "drop-down at 6. Metrics: D10 = A,B,C",
    "5a. Expenditure: iBCF under Expenditure computes SUMIF($N$49:$N$60,B11,$O$49:$O$60)",
    "add connection Finance",
];

fn opened(bytes: &[u8]) -> Workbook {
    open(bytes, &Limits::default(), &mut |_, _| {}).unwrap()
}

fn wounded() -> Book {
    let mut book = lay_out(&plans::exampleshire());
    book.structure_protected = true;
    WOUNDS.iter().for_each(|it| book.wound(it));
    book
}

fn index(workbook: &Workbook, name: &str) -> usize {
    workbook.sheets.iter().position(|it| it.name == name).unwrap()
}

fn cell(workbook: &Workbook, sheet: &str, address: &str) -> CellRef {
    let at = at(address);
    CellRef { sheet: index(workbook, sheet).try_into().unwrap(), row: at.row, col: at.col }
}

/// What every format can tell.
fn told_alike(workbook: &Workbook, name: &str) {
    let facts = &workbook.facts;
    let expenditure = &facts.sheets[index(workbook, "5a. Expenditure")];
    let (rows, cols) = (expenditure.hidden_rows.as_ref().unwrap(), expenditure.hidden_cols.as_ref().unwrap());
    assert_eq!((rows.run_of(49), rows.len()), (Some((49, 50)), 1), "{name}");
    assert_eq!((cols.run_of(7), cols.len()), (Some((7, 7)), 1), "{name}");
    for (idx, sheet) in facts.sheets.iter().enumerate() {
        let tab = workbook.sheets[idx].name.as_str();
        assert_eq!(sheet.protected, Ok(tab != "6. Metrics"), "{name}: {tab}");
        let hidden = ["3. Summary", "7. Planning Requirements", "Lookups"].contains(&tab);
        assert_eq!(sheet.state != TabState::Visible, hidden, "{name}: {tab}");
    }
    assert_eq!(facts.structure_protected, Ok(true), "{name}");
    assert_eq!(facts.macros.as_ref().unwrap().len(), 1, "{name}");
    let links: Vec<_> = facts.links.as_ref().unwrap().iter().map(|it| it.target.as_str()).collect();
    assert_eq!(links, ["old plan.xlsx"], "{name}");
    let people: Vec<_> = facts.people().map(|it| it.says.as_str()).collect();
    assert_eq!(people, ["Ann Example"], "{name}");
    // OpenDocument does not say by which clock.
    assert_eq!(facts.saved().unwrap().trim_end_matches('Z'), "2022-09-26T10:05", "{name}");
}

#[test]
fn facts_of_xlsx() {
    let workbook = opened(&write::xlsx(&wounded()));
    told_alike(&workbook, "xlsx");
    let facts = &workbook.facts;
    assert_eq!(facts.sheets[index(&workbook, "3. Summary")].state, TabState::VeryHidden);
    assert_eq!(facts.connections.as_ref().unwrap(), &["Finance"]);
    cells_are_known(&workbook, "xlsx");
}

/// A part beside the sheets may be broken in any way: the file opens as before.
#[test]
fn a_broken_part_never_keeps_a_file_from_opening() {
    let bytes = write::xlsx(&wounded());
    let parts = [
        "docProps/core.xml",
        "xl/comments4.xml",
        "xl/worksheets/_rels/sheet4.xml.rels",
        "xl/externalLinks/externalLink1.xml",
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        "xl/connections.xml",
        "xl/vbaProject.bin",
    ];
    for part in parts {
        let deep = "<a>".repeat(1_000);
        for content in ["", "<", "\u{0}", "<a><b></a>", "<Relationships", &deep] {
            let workbook = opened(&write::replace_member(&bytes, part, content));
            assert_eq!(workbook.sheets.len(), 9, "{part}: {content:.20}");
        }
    }
    let workbook = opened(&write::replace_member(&bytes, "xl/comments4.xml", "<comments>"));
    let facts = &workbook.facts;
    let why = facts.sheets[index(&workbook, "4. Income")].notes.as_ref().unwrap_err();
    assert!(why.0.contains("is damaged: open it in Excel"), "{why:?}");
    assert_eq!(facts.sheets[index(&workbook, "4. Income")].protected, Ok(true));
}

#[test]
fn facts_of_ods() {
    let workbook = opened(&write::ods(&wounded()));
    told_alike(&workbook, "ods");
    cells_are_known(&workbook, "ods");
}

/// Notes, drop-downs and formulas, where the format lets them be read.
fn cells_are_known(workbook: &Workbook, name: &str) {
    let facts = &workbook.facts;
    let notes = facts.sheets[index(workbook, "4. Income")].notes.as_ref().unwrap();
    assert_eq!((notes.len(), notes[0].row, notes[0].col), (1, 8, 2), "{name}");
    assert_eq!(notes[0].text.trim(), "as agreed & signed", "{name}");
    let options = |sheet, address| facts.options_at(workbook, cell(workbook, sheet, address));
    let words = |words: &[&str]| Some(words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    assert_eq!(options("6. Metrics", "D10"), words(&["A", "B", "C"]), "{name}");
    assert_eq!(options("5a. Expenditure", "P49"), words(&["New", "Existing"]), "{name}");
    assert_eq!(options("5a. Expenditure", "E49").unwrap().len(), 17, "{name}");
    assert_eq!(options("5a. Expenditure", "B49"), None, "{name}");
    let formula = |sheet, address| facts.formula_at(cell(workbook, sheet, address));
    let sum = "SUMIF($N$49:$N$60,B11,$O$49:$O$60)";
    assert_eq!(formula("5a. Expenditure", "E11"), Some(sum), "{name}");
    assert_eq!(formula("5a. Expenditure", "O49"), None, "{name}");
    let link = &facts.links.as_ref().unwrap()[0];
    assert_eq!(link.used_in.as_ref().unwrap().len(), 1, "{name}");
    assert_eq!(link.used_in.as_ref().unwrap()[0].sheet, 0, "{name}");
}

#[test]
fn facts_of_xlsb() {
    let mut book = wounded();
    book.sheets.iter_mut().for_each(|it| it.notes.clear());
    let workbook = opened(&write::xlsb(&book));
    told_alike(&workbook, "xlsb");
    let facts = &workbook.facts;
    assert_eq!(facts.sheets[index(&workbook, "3. Summary")].state, TabState::VeryHidden);
    assert!(facts.links.as_ref().unwrap()[0].used_in.is_err());
    let formula = |sheet, address| facts.formula_at(cell(&workbook, sheet, address)).unwrap();
    assert_eq!(formula("5a. Expenditure", "E11"), "SUM($N$49:$N$60,$O$49:$O$60)");
    assert_eq!(
        formula("3. Summary", "C29"),
        "SUM('5a. Expenditure'!$E$49:$E$448,'5a. Expenditure'!$O$49:$O$448)"
    );
}

/// The Sefton plan as LibreOffice saved it; see the README of the folder.
#[test]
fn facts_of_files_of_another_program() {
    for ending in ["xlsx", "ods", "xls"] {
        let bytes = std::fs::read(folder("workbooks").join(format!("sefton-libreoffice.{ending}"))).unwrap();
        let workbook = opened(&bytes);
        let facts = &workbook.facts;
        for sheet in &facts.sheets {
            assert_eq!(sheet.protected, Ok(true), "{ending}");
            assert!(sheet.hidden_rows.as_ref().unwrap().is_empty(), "{ending}");
            assert!(sheet.hidden_cols.as_ref().unwrap().is_empty(), "{ending}");
            assert_eq!(sheet.notes, Ok(Vec::new()), "{ending}");
        }
        assert_eq!(facts.structure_protected, Ok(false), "{ending}");
        assert_eq!(facts.macros, Ok(Vec::new()), "{ending}");
        assert_eq!(facts.links, Ok(Vec::new()), "{ending}");
        assert_eq!(facts.connections, Ok(Vec::new()), "{ending}");
        assert_eq!(facts.people().next().unwrap().says, "plancheck", "{ending}");
        let formula = |address| facts.formula_at(cell(&workbook, "5a. Expenditure", address));
        assert!(formula("E20").unwrap().contains("$O$49:$O$448,$N$49:$N$448,\"Minimum"), "{ending}");
        // In xls these share one formula, which is not spelt out.
        let sum = if ending == "xls" { None } else { Some("SUMIF($N$49:$N$448,B11,$O$49:$O$448)") };
        assert_eq!(formula("E11"), sum, "{ending}");
        let sources = facts.options_at(&workbook, cell(&workbook, "5a. Expenditure", "N60"));
        assert_eq!(sources.map(|it| it.len()), if ending == "xls" { None } else { Some(5) }, "{ending}");
    }
}

/// Hidden rows, a hidden column, an unprotected sheet, a note and a link, as LibreOffice writes them in the
/// oldest format.
#[test]
fn facts_of_an_old_file_of_another_program() {
    let workbook = opened(&std::fs::read(folder("workbooks/exampleshire-hidden-libreoffice.xls")).unwrap());
    let facts = &workbook.facts;
    let expenditure = &facts.sheets[index(&workbook, "5a. Expenditure")];
    assert_eq!(expenditure.hidden_rows.as_ref().unwrap().run_of(49), Some((49, 50)));
    assert_eq!(expenditure.hidden_cols.as_ref().unwrap().run_of(7), Some((7, 7)));
    assert_eq!(facts.sheets[index(&workbook, "6. Metrics")].protected, Ok(false));
    assert_eq!(facts.sheets[index(&workbook, "3. Summary")].state, TabState::Hidden);
    let unread = facts.sheets[index(&workbook, "4. Income")].notes.as_ref().unwrap_err();
    assert_eq!(unread.0, "the notes of a .xls file are not read; save a copy as .xlsx");
    assert_eq!(facts.links.as_ref().unwrap()[0].target, "old.xlsx");
}

#[test]
fn facts_of_the_published_workbooks() {
    for name in ["fixtures/sefton-2022-23-planning.xlsx", "fixtures/sefton-2022-23-capacity-demand.xlsx"] {
        let Some(bytes) = shared(name) else { return };
        let workbook = opened(&bytes);
        let facts = &workbook.facts;
        assert!(facts.sheets.iter().all(|it| it.protected == Ok(true)), "{name}");
        assert!(
            facts.sheets.iter().all(|it| it.hidden_rows.as_ref().is_ok_and(|it| it.is_empty())),
            "{name}"
        );
        assert!(facts.properties.is_ok() && facts.people().next().is_none(), "{name}");
        assert_eq!(facts.links, Ok(Vec::new()), "{name}");
    }
}

/// The rules on the file itself, and the states they ended in.
fn file_rules(name: &str, bytes: &[u8]) -> Vec<(&'static str, &'static str)> {
    let document = check(name, bytes);
    ["WB07", "WB08", "WB09", "WB10", "WB11"]
        .into_iter()
        .map(|code| (code, document.state_of(code).unwrap().name()))
        .collect()
}

#[test]
fn the_rules_say_the_same_of_every_format() {
    let mut book = lay_out(&plans::exampleshire());
    for wound in [
        "hide row of 5a. Expenditure: line 2 under Scheme ID",
        "unprotect 6. Metrics",
        "link to ledger.xlsx",
        "6. Metrics: L50 = \"943 476 5919\"",
        "5a. Expenditure: iBCF under Expenditure computes SUMIF($N$49:$N$51,B11,$O$49:$O$51)",
    ] {
        book.wound(wound);
    }
    let before = file_rules("plan.xlsx", &write::xlsx(&book));
    let wanted = ["needs-judgement", "needs-judgement", "needs-judgement", "needs-judgement", "not-met"];
    assert_eq!(before.iter().map(|it| it.1).collect::<Vec<_>>(), wanted);
    assert_eq!(before, file_rules("plan.ods", &write::ods(&book)));
    assert_eq!(before, file_rules("plan.xlsb", &write::xlsb(&book)));
}

/// What the oldest format does not tell is said, with what to do about it.
#[test]
fn the_rules_on_an_old_file_of_another_program() {
    let bytes = std::fs::read(folder("workbooks/exampleshire-hidden-libreoffice.xls")).unwrap();
    let states: Vec<&str> = file_rules("plan.xls", &bytes).into_iter().map(|it| it.1).collect();
    assert_eq!(states, ["needs-judgement", "needs-judgement", "needs-judgement", "could-not-check", "met"]);
    let document = check("plan.xls", &bytes);
    let reason = document.rules.iter().find(|it| it.rule.code == "WB10").unwrap().reason.clone().unwrap();
    assert!(reason.contains("save a copy as .xlsx"), "{reason}");
}

/// A report is passed on: what it warns of must not be in it.
#[test]
fn a_report_never_repeats_personal_data() {
    let mut book = lay_out(&plans::exampleshire());
    for wound in [
        "5a. Expenditure: line 2 under Brief Description of Scheme = \"For Zebedee Quill, 943 476 5919\"",
        "comment at 4. Income: C9 = \"9434765919\"",
        "6. Metrics: L50 = 9434765919",
        "6. Metrics: M50 = Client name:",
        "6. Metrics: N50 = Zebedee Quill",
        "6. Metrics: M51 = Date of birth",
        "6. Metrics: M52 = 1941-03-12",
        "author = Zebedee Quill",
    ] {
        book.wound(wound);
    }
    let bytes = write::xlsx(&book);
    assert_eq!(check("plan.xlsx", &bytes).state_of("WB10").unwrap().name(), "needs-judgement");
    let report = json(&bytes).to_string();
    for personal in ["9434765919", "943 476 5919", "Zebedee", "Quill", "1941"] {
        assert!(!report.contains(personal), "the report says “{personal}”");
    }
}
