//! How much a copy holds, and every kind of text.

use std::collections::BTreeMap;

use plancheck::annotate::{Wording, annotated};
use plancheck::finding::{Finding, State};
use plancheck::report::Document;
use plancheck::workbook::CellRef;
use plancheck::{Input, Options};
use plancheck_tests::sample;
use proptest::prelude::*;

use super::{comments, copied, copy_of, results, text, texts};
use crate::support::check;

/// The report on the sample, with its findings saying these and no others.
fn saying(findings: impl IntoIterator<Item = Finding>) -> Document {
    let mut document = check("plan.xlsx", &sample());
    let mut own = document.findings.drain(..).collect::<Vec<_>>().into_iter();
    let mut other = check("plan.xlsx", &sample()).findings.into_iter();
    for finding in findings {
        // What a finding is made of belongs to the checker; any of its own will do.
        let mut found = own.next().or_else(|| other.next()).unwrap_or_else(|| {
            let mut more = check("plan.xlsx", &sample());
            more.findings.remove(0)
        });
        found.finding = finding;
        document.findings.push(found);
    }
    document
}

fn cell(row: u32) -> CellRef {
    CellRef { sheet: 4, row, col: 30 }
}

fn finding(says: &str, cells: impl IntoIterator<Item = CellRef>) -> Finding {
    Finding::new(State::NotMet, says, says).message(says).todo(says).ask(says).cells(cells, "cell")
}

/// The first cells of all findings come before the other cells of any.
#[test]
fn a_sheet_gets_so_many_comments_and_the_results_say_how_many_were_left_out() {
    let many = finding("many", (0..600).map(cell));
    let late = finding("late", [cell(700), cell(701)]);
    let copy = copy_of(&saying([many, late]), &sample());
    let said = comments(&copy);
    assert_eq!(said.len(), 500);
    let at = |row: u32| said.get(&("5a. Expenditure".to_owned(), row, 30));
    assert!(at(700).is_some_and(|it| it.contains("\nlate\nlate\nWhat to do: late\n")));
    assert!(at(701).is_none() && at(0).is_some() && at(498).is_some() && at(499).is_none());
    let sheet = results(&copy);
    let said = "500 cells have a comment. 102 more cells on sheet 5a. Expenditure have none: a sheet gets 500 at most.";
    assert!(texts(&sheet).contains(&said), "{}", text(&sheet, 8, 1));
    assert!(texts(&sheet).contains(&"AE1, AE2, AE3, AE4, AE5, AE6 and 594 more"));
}

#[test]
fn a_comment_holds_a_page_and_says_what_it_leaves_out() {
    let copy = copy_of(&saying((0..20).map(|it| finding(&format!("finding {it}"), [cell(5)]))), &sample());
    let said = comments(&copy).into_values().next().unwrap();
    assert_eq!(said.matches("plancheck ").count(), 12 + 1);
    assert!(
        said.ends_with(
            "\n\nAnd 8 more findings: see the sheet plancheck results.\n\n(plancheck, rules 2026.1)"
        ),
        "{said}"
    );
    // A text without an end: cut in the comment, and in the cell at what Excel takes.
    let long = "£1 and 2 words. ".repeat(5_000);
    let copy = copy_of(&saying([finding(&long, [cell(5)])]), &sample());
    let said = comments(&copy).into_values().next().unwrap();
    assert!(said.chars().count() < 2_200 && said.contains("…\n\n(plancheck, rules"), "{}", said.len());
    let longest = texts(&results(&copy)).iter().map(|it| it.encode_utf16().count()).max();
    assert_eq!(longest, Some(32_767));
}

/// A text as Excel reads what XML cannot hold: "_x0007_".
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        match code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32) {
            Some(it) => {
                out.push_str(&rest[..at]);
                out.push(it);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

/// Texts of every kind of character, and what means something somewhere: to XML, to Excel, to this program.
fn anything() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "_x0041_", "_x", "x000D_", "]]>", "<!--", "&amp;",
        "&#0;", "\0", "\u{b}", "\u{fffe}", "\u{ffff}", "\u{85}", "\u{2028}", "\u{feff}", "\r\n", "'", "\"",
        "😀", "e\u{301}", "\u{202e}", "\n\n", "   ",
    ]);
    let piece = prop_oneof![odd.prop_map(str::to_owned), any::<char>().prop_map(String::from), "[ -~]{0,8}"];
    prop::collection::vec(piece, 0..12).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_kind_of_text_survives(said in prop::collection::vec(anything(), 4)) {
        let [title, message, todo, expected] = <[String; 4]>::try_from(said).unwrap();
        let finding = Finding::new(State::NotMet, "x", title.clone())
            .message(message.clone()).todo(todo.clone()).expected(expected.clone(), "").cell(cell(5), "cell");
        let copy = copy_of(&saying([finding]), &sample());
        let lines = |it: &str| it.replace("\r\n", "\n").replace('\r', "\n");
        let all = comments(&copy);
        let comment = decoded(all.values().next().unwrap());
        prop_assert!(comment.contains(&lines(&format!("\n{title}\n{message}\nWhat to do: {todo}\n\n"))), "{comment:?}");
        let sheet = results(&copy);
        let row = (0..20).find(|it| text(&sheet, *it, 0) == "Code").unwrap() + 1;
        let mut cells: BTreeMap<u32, String> = BTreeMap::new();
        for col in [5, 6, 7] {
            cells.insert(col, text(&sheet, row, col).to_owned());
            prop_assert!(!sheet.at(row, col).is_some_and(|it| it.formula));
        }
        prop_assert_eq!(cells, BTreeMap::from([(5, lines(&message)), (6, lines(&todo)), (7, lines(&expected))]));
    }
}

/// The published plan fifty times over: what it costs is a few times what the check costs.
#[test]
fn a_long_plan() {
    let bytes = plancheck_tests::big(4_000);
    let (document, copy) = copied("plan.xlsx", &bytes);
    assert!(copy.len() < bytes.len() + 200_000);
    let input = Input { name: "plan.xlsx", bytes: &bytes };
    assert_eq!(annotated(&input, &document, &Options::default(), Wording::Planner).unwrap(), copy);
}
