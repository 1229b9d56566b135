//! Odd, but legitimate: nothing may fire on these.

use std::collections::BTreeMap;

use plancheck::report::Document;
use plancheck_tests::book::{Book, Content, Value};
use plancheck_tests::layout::capacity_demand_2022_23;
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::{dialect, plans, write};

use crate::support::{check, check_book, fired};

const NOTHING: BTreeMap<&str, &str> = BTreeMap::new();

fn small() -> Book {
    lay_out(&plans::exampleshire())
}

/// A workbook that is nothing but odd must end as its clean twin does: the small plan, on which nothing fires, and
/// the published plan and capacity workbooks, on which what is wrong with them does.
fn twins() -> Vec<(&'static str, Book)> {
    let capacity = capacity_demand_2022_23::lay_out;
    vec![
        ("exampleshire", small()),
        ("sefton", lay_out(&plans::sefton())),
        ("exampleshire capacity and demand", capacity(&plans::exampleshire_capacity())),
        ("sefton capacity and demand", capacity(&plans::sefton_capacity())),
    ]
}

/// Whether the file ends as the book does when nothing is odd about it.
fn same_as_the_clean_twin(name: &str, clean: &Book, bytes: &[u8]) {
    let (clean, odd) = (check_book(clean), check("plan.xlsx", bytes));
    assert_eq!(fired(&odd), fired(&clean), "{name}");
    assert_eq!(odd.verdict(), clean.verdict(), "{name}");
    let said = |it: &Document| it.findings.iter().map(|it| it.finding.message.clone()).collect::<Vec<_>>();
    assert_eq!(said(&odd), said(&clean), "{name}");
}

#[test]
fn the_small_plan_is_clean() {
    assert_eq!(fired(&check_book(&small())), NOTHING);
}

#[test]
fn exported_by_google_sheets() {
    for (name, book) in twins() {
        let bytes = dialect::google_sheets(&write::xlsx(&book));
        assert!(write::member(&bytes, "xl/sharedStrings.xml").matches("<r>").count() > 50, "{name}");
        same_as_the_clean_twin(name, &book, &bytes);
    }
}

#[test]
fn saved_by_excel_for_the_web() {
    for (name, book) in twins() {
        let bytes = dialect::excel_for_the_web(&write::xlsx(&book));
        same_as_the_clean_twin(name, &book, &bytes);
    }
    let bytes = dialect::excel_for_the_web(&write::xlsx(&small()));
    assert_eq!(write::member(&bytes, "xl/worksheets/sheet5.xml").matches("t=\"shared\"").count(), 5);
}

/// The strict edition of the format has other addresses for the same names.
#[test]
fn saved_as_strict_open_xml() {
    for (name, book) in twins() {
        let mut bytes = write::xlsx(&book);
        for part in
            write::names(&bytes).into_iter().filter(|it| it.ends_with(".xml") || it.ends_with(".rels"))
        {
            let strict = write::member(&bytes, &part)
                .replace(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
                .replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                );
            bytes = write::replace_member(&bytes, &part, strict);
        }
        assert!(write::member(&bytes, "xl/workbook.xml").contains("purl.oclc.org/ooxml/spreadsheetml"));
        same_as_the_clean_twin(name, &book, &bytes);
    }
}

/// Formulas have no values: what only repeats them waits, and everything else is checked from inputs. The
/// verdict is not affected.
#[test]
fn written_by_openpyxl() {
    const WAITING: [&str; 6] = ["WB04", "IN01", "IN02", "EX16", "MT02", "CD02"];
    for (name, book) in twins() {
        let (clean, odd) = (check_book(&book), check("plan.xlsx", &dialect::openpyxl(&write::xlsx(&book))));
        let mut expected = fired(&clean);
        for code in WAITING.into_iter().filter(|it| odd.state_of(it).is_some()) {
            expected.entry(code).or_insert("could-not-check");
        }
        assert_eq!(fired(&odd), expected, "{name}");
        assert_eq!(odd.verdict(), clean.verdict(), "{name}");
    }
}

#[test]
fn dates_that_count_from_1904() {
    for (name, mut book) in twins() {
        let clean = book.clone();
        book.dates_from_1904 = true;
        same_as_the_clean_twin(name, &clean, &write::xlsx(&book));
    }
}

/// A space, a no-break space or nothing at all far below the table, as deleted lines leave them.
#[test]
fn ghost_rows_under_the_lines() {
    let mut book = small();
    for (cell, text) in [("D70", " "), ("N75", "\u{a0}"), ("O80", ""), ("E440", "  ")] {
        book.wound(&format!("5a. Expenditure: {cell} = \"{text}\""));
    }
    assert_eq!(fired(&check_book(&book)), NOTHING);
}

/// Trailing spaces, no-break spaces, curly quotes and dashes in every label and option.
#[test]
fn spaces_and_quotes_that_nobody_sees() {
    let mut book = small();
    for sheet in &mut book.sheets {
        for cell in sheet.cells.values_mut() {
            if let Content::Typed(Value::Text(text)) = &mut cell.content {
                *text = format!("{}\u{a0}", text.replace('\'', "\u{2019}").replace(" - ", " \u{2013} "));
            }
        }
    }
    let document = check_book(&book);
    assert_eq!(fired(&document), NOTHING);
}

#[test]
fn three_integrated_care_boards() {
    let mut plan = plans::exampleshire();
    plan.edit("income Minimum NHS: contribution = 300000");
    plan.edit("add income Minimum NHS: NHS North ICB = 160000");
    plan.edit("add income Minimum NHS: NHS South ICB = 100000");
    assert_eq!(fired(&check_book(&lay_out(&plan))), NOTHING);
}

#[test]
fn no_additional_contributions() {
    let mut plan = plans::exampleshire();
    for edit in [
        "drop line 6",
        "drop line 5",
        "income Additional LA: contribution = blank",
        "income Additional LA: contributor = blank",
        "income Additional LA: comments = blank",
        "income Additional NHS: contribution = blank",
        "income Additional NHS: contributor = blank",
        "income Additional NHS: comments = blank",
        "income answer: additional LA = No",
        "income answer: additional ICB = No",
    ] {
        plan.edit(edit);
    }
    assert_eq!(fired(&check_book(&lay_out(&plan))), NOTHING);
}

#[test]
fn fifteen_hundred_lines() {
    assert_eq!(fired(&check("plan.xlsx", &plancheck_tests::big(1500))), NOTHING);
}

/// One line that pays for everything the minimum NHS contribution must pay for, and no other money.
#[test]
fn a_plan_of_one_line() {
    let mut plan = plans::exampleshire();
    for line in (1..=9).rev().filter(|it| *it != 2) {
        plan.edit(&format!("drop line {line}"));
    }
    for edit in [
        "line 1: Scheme Name = Care Act duties, carers and reablement",
        "line 1: Brief Description of Scheme = Care Act duties, breaks for carers and reablement at home",
        "line 1: Commissioner = CCG",
        "line 1: Expenditure (£) = 560000",
        "income DFG: contribution = 0",
        "income iBCF: contribution = 0",
        "income Additional LA: contribution = blank",
        "income Additional LA: contributor = blank",
        "income Additional LA: comments = blank",
        "income Additional NHS: contribution = blank",
        "income Additional NHS: contributor = blank",
        "income Additional NHS: comments = blank",
        "income answer: additional LA = No",
        "income answer: additional ICB = No",
    ] {
        plan.edit(edit);
    }
    let document = check_book(&lay_out(&plan));
    assert_eq!(fired(&document), NOTHING);
    assert_eq!(document.balances.iter().filter(|it| it.difference.is_some_and(|it| it.is_zero())).count(), 5);
}
