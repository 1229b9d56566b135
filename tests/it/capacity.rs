//! One capacity and demand report, however it comes: moved, renamed, reordered, grouped otherwise, with its
//! months in other words, in another format. What is said of it must be the same.

use std::collections::BTreeMap;

use plancheck::report::Document;
use plancheck_tests::book::Book;
use plancheck_tests::capacity_text::Report;
use plancheck_tests::layout::capacity_demand_2022_23::lay_out;
use plancheck_tests::{plans, write};

use crate::support::{check, check_book, fired, folder, states};

type Said<'a> = (BTreeMap<&'a str, &'a str>, Vec<String>, Vec<String>);

/// What a report says, without the places it says it of.
fn said(document: &Document) -> Said<'_> {
    let mut findings: Vec<String> =
        document.findings.iter().map(|it| format!("{} {:?}", it.fingerprint, it.finding.actual)).collect();
    findings.sort();
    let figures = document
        .matches
        .iter()
        .map(|it| format!("{} {} {:?} {:?}", it.what, it.month, it.demand, it.capacity))
        .collect();
    (states(document), findings, figures)
}

/// A report with a good deal the matter with it, so that a rule that stopped looking would be noticed.
fn wounded() -> Report {
    let mut report = plans::sefton_capacity();
    for edit in [
        "add trust SMALL SAMPLE HOSPITAL NHS TRUST: 1",
        "trust 1, pathway 2: Dec = blank",
        "community demand 3: Nov = 100.5",
        "community capacity 1: Jan = tbc",
        "discharge capacity 3: Feb = \"1,160\"",
        "spend: BCF related = 83379916",
        "cover: expected sign-off = 2022-12-07",
    ] {
        report.edit(edit);
    }
    report
}

fn wounded_book() -> Book {
    let mut book = lay_out(&wounded());
    book.wound("3.1 Demand - Hospital Discharge: I11 shows 5");
    book
}

fn assert_same(book: &Book, how: &str) {
    let (before, after) = (check_book(&wounded_book()), check_book(book));
    assert_eq!(said(&before), said(&after), "{how}");
    assert_eq!(before.coverage.len(), after.coverage.len(), "{how}: as many cells are read");
}

#[test]
fn the_wounded_report_is_wounded() {
    let document = check_book(&wounded_book());
    let fired = fired(&document);
    for code in ["WB04", "WB05", "WB06", "CV02", "CD01", "CD02", "CD03", "CD04", "CD05", "CD06", "CD07"] {
        assert!(fired.contains_key(code), "{code} should have fired: {fired:?}");
    }
}

#[test]
fn rows_and_columns_pushed_in_anywhere() {
    for count in [1, 3, 30] {
        let (mut rows, mut cols) = (wounded_book(), wounded_book());
        for name in rows.sheets.iter().map(|it| it.name.clone()).collect::<Vec<_>>() {
            rows.insert_rows(&name, 0, count);
            cols.insert_cols(&name, 0, count);
        }
        assert_same(&rows, &format!("{count} rows above everything"));
        assert_same(&cols, &format!("{count} columns left of everything"));
    }
    let mut book = wounded_book();
    for change in [
        "insert 2 rows above 3.1 Demand - Hospital Discharge: G12",
        "insert 3 rows above 3.1 Demand - Hospital Discharge: Trust Referral Source (Select as many as you need)",
        "insert 1 rows above 3.1 Demand - Hospital Discharge: F30",
        "insert 1 columns left of 3.1 Demand - Hospital Discharge: J9",
        "insert 2 rows above 3.2 Demand - Community: B18",
        "insert 2 columns left of 4.1 Capacity - Discharge: F15",
        "insert 1 rows above 4.2 Capacity - Community: B17",
        "insert 1 rows above 5.0 Spend: BCF related spend",
        "insert 4 rows above 2. Cover: Contact number:",
    ] {
        book.wound(change);
    }
    assert_same(&book, "rows and columns inside the tables");
}

#[test]
fn sheets_renamed_and_in_another_order() {
    let mut book = wounded_book();
    for (old, new) in [
        ("2. Cover", "2.0 COVER"),
        ("3.1 Demand - Hospital Discharge", "Discharges"),
        ("3.2 Demand - Community", "3.2  demand – community"),
        ("4.1 Capacity - Discharge", "Sheet5"),
        ("4.2 Capacity - Community", "4.2 Capacity-Community"),
        ("5.0 Spend", "5. Spend"),
    ] {
        book.rename(old, new);
    }
    assert_same(&book, "renamed");
    book.sheets.reverse();
    assert_same(&book, "reversed");
}

#[test]
fn labels_in_other_case_and_spacing() {
    let mut book = wounded_book();
    for (old, new) in [
        ("Totals Summary (autopopulated)", "TOTALS  SUMMARY\u{a0}(Autopopulated):"),
        ("Any assumptions made:", "any assumptions made"),
        (
            "Reablement or rehabilitation in a person's own home",
            "Reablement or rehabilitation in a person’s own home",
        ),
        ("BCF related spend", "BCF Related Spend *"),
        ("3.0 Demand - Community", "3.0 Demand – Community"),
        ("Service Area", " service area"),
    ] {
        book.wound(&format!("replace {old} = {new}"));
    }
    assert_same(&book, "labels");
}

/// By trust or by pathway, with or without merged cells: the rows are the same rows.
#[test]
fn trusts_grouped_in_any_way() {
    for grouping in ["trust", "merged trust", "merged pathway"] {
        let mut report = wounded();
        report.edit(&format!("layout: grouped by = {grouping}"));
        let mut book = lay_out(&report);
        book.wound("3.1 Demand - Hospital Discharge: I11 shows 5");
        let (before, after) = (check_book(&wounded_book()), check_book(&book));
        assert_eq!(said(&before), said(&after), "{grouping}");
    }
}

#[test]
fn months_in_any_language_and_form() {
    for months in ["German", "English", "numbers"] {
        let mut report = wounded();
        report.edit(&format!("layout: months = {months}"));
        let mut book = lay_out(&report);
        book.wound("3.1 Demand - Hospital Discharge: I11 shows 5");
        assert_same(&book, months);
    }
    let mut book = wounded_book();
    book.dates_from_1904 = true;
    assert_same(&book, "dates that count from 1904");
}

#[test]
fn without_saved_values_everything_is_checked_from_inputs() {
    let mut book = wounded_book();
    let with = check_book(&book);
    book.drop_values();
    let without = check_book(&book);
    for (code, state) in states(&without) {
        // Typed totals are no formulas: those of pathway 0 are still wrong.
        let wanted = if code == "WB04" { "could-not-check" } else { states(&with)[code] };
        assert_eq!(state, wanted, "{code}");
    }
    assert_eq!(said(&with).2, said(&without).2, "demand and capacity");
}

/// Every format, each with all that is the matter with the report.
#[test]
fn the_same_report_in_every_format() {
    let book = wounded_book();
    let before = check_book(&book);
    for (name, bytes) in [
        ("report.xlsm", write::xlsx(&book)),
        ("report.xlsb", write::xlsb(&book)),
        ("report.ods", write::ods(&book)),
    ] {
        let after = check(name, &bytes);
        assert!(after.error.is_none(), "{name}: {:?}", after.error);
        assert_eq!(said(&before), said(&after), "{name}");
        let cells = |it: &Document| it.findings.iter().map(|it| it.finding.cells.clone()).collect::<Vec<_>>();
        assert_eq!(cells(&before), cells(&after), "{name}: the same cells");
    }
}

/// The published report as another program saved it; see the README of the folder.
#[test]
fn the_report_as_other_programs_save_it() {
    let before = check_book(&lay_out(&plans::sefton_capacity()));
    for kind in ["xls", "xlsx", "ods"] {
        let name = &format!("sefton-capacity-libreoffice.{kind}");
        let bytes = std::fs::read(folder("workbooks").join(name)).unwrap();
        let after = check(name, &bytes);
        assert!(after.error.is_none(), "{name}: {:?}", after.error);
        assert_eq!(said(&before), said(&after), "{name}");
    }
}
