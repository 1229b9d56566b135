//! What a copy has in common with its workbook: everything.

use std::collections::BTreeMap;

use plancheck::report::Document;
use plancheck_tests::case::Case;
use plancheck_tests::write::{members, names};
use plancheck_tests::{plans, sample, write};

use super::{RESULTS, copied, copy_of, results, texts, workbooks};
use crate::reading::wounded_book;
use crate::support::{cases, check, check_with, states};

/// A text without the first stretch that begins and ends so.
fn without(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap_or_else(|| panic!("there is no {start} in {text}"));
    let to = from + text[from..].find(end).unwrap() + end.len();
    format!("{}{}", &text[..from], &text[to..])
}

/// The parts that a copy of a workbook without comments may change, and how many things each names more.
#[test]
fn every_part_is_the_same_to_the_byte_but_for_what_it_names_more() {
    for (name, bytes) in workbooks() {
        let (document, copy) = copied(name, &bytes);
        let (old, new) = (members(&bytes), members(&copy));
        let marked: std::collections::BTreeSet<u16> =
            document.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell.sheet).collect();
        let sheets: Vec<String> =
            marked.iter().map(|it| format!("xl/worksheets/sheet{}.xml", it + 1)).collect();
        assert!(!sheets.is_empty());

        let mut left: BTreeMap<&str, &[u8]> = BTreeMap::new();
        for (part, content) in &old {
            let changed = String::from_utf8_lossy(&new[part]).into_owned();
            let restored = match part.as_str() {
                "xl/workbook.xml" => without(&changed, &format!("<sheet name=\"{RESULTS}\""), "/>"),
                "xl/_rels/workbook.xml.rels" => {
                    let (before, ours) = changed.rsplit_once("<Relationship ").unwrap();
                    assert!(
                        ours.contains("/relationships/worksheet\" Target=\"/xl/worksheets/sheet"),
                        "{ours}"
                    );
                    before.to_owned() + "</Relationships>"
                }
                "[Content_Types].xml" => {
                    let mut text = without(&changed, "<Default Extension=\"vml\"", "/>");
                    for (idx, _) in sheets.iter().enumerate() {
                        text = without(
                            &text,
                            &format!("<Override PartName=\"/xl/comments{}.xml\"", idx + 1),
                            "/>",
                        );
                    }
                    let sheet =
                        new.keys().find(|it| it.contains("worksheets/sheet") && !old.contains_key(*it));
                    without(&text, &format!("<Override PartName=\"/{}\"", sheet.unwrap()), "/>")
                }
                sheet if sheets.iter().any(|it| it == sheet) => without(&changed, "<legacyDrawing ", "/>"),
                _ => {
                    left.insert(part, content);
                    assert_eq!(new[part], *content, "{part} has changed");
                    continue;
                }
            };
            assert_eq!(restored.as_bytes(), content.as_slice(), "{part} of {name} has changed besides");
        }
        assert_eq!(old.len() - left.len(), 3 + sheets.len());
        // For each sheet a list of comments, their boxes and the relations to both; and the results.
        assert_eq!(new.len() - old.len(), 3 * sheets.len() + 1);
        assert_eq!(names(&copy)[..old.len()], names(&bytes)[..], "the parts stay in their order");
    }
}

/// The results of a report, without what a copy rightly has more.
fn said(document: &Document) -> impl PartialEq + std::fmt::Debug {
    let findings: Vec<String> = document
        .findings
        .iter()
        .map(|it| {
            format!(
                "{} {:?} {} {} {:?}",
                it.fingerprint, it.finding, it.suppressed, it.source.reference, it.rule.code
            )
        })
        .collect();
    let reasons: Vec<String> =
        document.rules.iter().map(|it| format!("{} {:?} {:?}", it.rule.code, it.reason, it.waits)).collect();
    let states: BTreeMap<&str, &str> = states(document);
    let balances = format!("{:?} {:?} {:?}", document.balances, document.total, document.matches);
    let conditions = format!("{:?}", document.conditions.iter().map(|it| &it.condition).collect::<Vec<_>>());
    let read = document.coverage.clone();
    (document.board.clone(), document.verdict(), states, reasons, findings, balances, conditions, read)
}

fn assert_checked_alike(name: &str, document: &Document, copy: &[u8]) {
    let again = check(&document.file, copy);
    assert_eq!(said(&again), said(document), "{name}");
    let (last, sheets) = again.sheets.split_last().unwrap();
    assert_eq!((last.as_str(), sheets), (RESULTS, document.sheets.as_slice()), "{name}");
}

#[test]
fn the_copy_is_judged_as_the_workbook_is() {
    let wounded = write::xlsx(&wounded_book());
    for (name, bytes) in
        workbooks().into_iter().chain([("plan.xlsx", wounded), ("plan.xlsx", plans::big(300))])
    {
        let (document, copy) = copied(name, &bytes);
        assert_checked_alike(name, &document, &copy);
    }
}

/// Of each rule the case in which most is found: none of the words in comments and results brings another
/// finding, and none is lost.
#[test]
fn the_copies_of_cases_are_judged_as_their_workbooks_are() {
    let mut fullest: BTreeMap<String, Case> = BTreeMap::new();
    for case in cases() {
        let file = case.name.split(':').next().unwrap().to_owned();
        let found = |it: &Case| it.expected.rules.len();
        if fullest.get(&file).is_none_or(|it| found(it) < found(&case)) {
            fullest.insert(file, case);
        }
    }
    let mut count = 0;
    for case in fullest.values().flat_map(|it| std::iter::once(it).chain(&it.beside)) {
        let made = case.make();
        // Excel opens a workbook with macros under one ending only, and so a copy is made of no other.
        let macros = made.book.as_ref().is_some_and(|it| it.macros);
        let document = check(if macros { "plan.xlsm" } else { &made.name }, &made.bytes);
        // Some cases are no workbook of a template, or none that is filled in.
        if made.book.is_some() && document.rules.len() > 15 {
            assert_checked_alike(&case.name, &document, &copy_of(&document, &made.bytes));
            count += 1;
        }
    }
    assert!(count > 55, "{count} cases");
}

#[test]
fn the_same_bytes_give_the_same_copy() {
    assert_eq!(copied("plan.xlsx", &sample()).1, copied("plan.xlsx", &sample()).1);
}

/// A number that its cell's label calls a telephone's would be an NHS number anywhere else.
#[test]
fn no_number_becomes_a_persons_because_a_comment_repeats_it() {
    let mut book = plancheck_tests::layout::planning_2022_23::lay_out(&plans::exampleshire());
    book.wound("2. Cover: Contact number: = 1514960001");
    let (document, copy) = copied("plan.xlsx", &write::xlsx(&book));
    assert_eq!(document.state_of("CV05").unwrap().name(), "needs-judgement");
    assert!(document.findings.iter().any(|it| it.finding.message.contains("1514960001")));
    assert_checked_alike("telephone", &document, &copy);
    assert!(texts(&results(&copy)).contains(&"“[number withheld]”"));
}

/// Whatever somebody has written into our comments and results since is looked through like all else.
#[test]
fn what_others_write_into_a_copy_is_looked_through() {
    let (document, copy) = copied("plan.xlsx", &sample());
    assert_eq!(document.state_of("WB10").unwrap().name(), "met");
    let part = names(&copy).into_iter().rfind(|it| it.starts_with("xl/worksheets/sheet")).unwrap();
    for part in ["xl/comments1.xml", &part] {
        let text = write::member(&copy, part);
        let (before, after) = text.rsplit_once("</t>").unwrap();
        let wounded = format!("{before} (NHS number 943 476 5919)</t>{after}");
        let wounded = write::replace_member(&copy, part, wounded);
        let again = check_with("plan.xlsx", &wounded, &plancheck::Options::default());
        assert_eq!(again.state_of("WB10").unwrap().name(), "needs-judgement", "{part}");
    }
}
