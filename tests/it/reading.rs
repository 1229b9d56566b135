//! One plan, however it comes: moved, renamed, reordered, in another format, with other words for the
//! same things. The report must say the same.

use std::collections::BTreeMap;

use plancheck::report::Document;
use plancheck_tests::book::{Book, Content};
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::plan_text::Plan;
use plancheck_tests::{plans, write};

use crate::support::{check, check_book, fired, folder, states};

/// What a report says, without the places it says it of.
fn said(document: &Document) -> (BTreeMap<&str, &str>, Vec<String>, Vec<String>) {
    let findings = document.findings.iter().map(|it| format!("{} {:?}", it.fingerprint, it.finding.actual));
    let balances = document.balances.iter().map(|it| format!("{} {:?}", it.source, it.difference));
    (states(document), findings.collect(), balances.collect())
}

/// A plan with a good deal the matter with it, so that a rule that stopped looking would be noticed.
pub(crate) fn wounded() -> Plan {
    let mut plan = plans::sefton();
    for edit in [
        "line 1: Expenditure (£) + 1",
        "line 3: Sub Types = Telecare",
        "line 5: Expenditure (£) = 314799.50",
        "line 20: Provider = blank",
        "line 45: Scheme Type = Adaptations",
        "income iBCF: contribution = \"£15,725,903\"",
        "metric 8.4, 2022-23 Plan: numerator = tbc",
    ] {
        plan.edit(edit);
    }
    plan
}

pub(crate) fn wounded_book() -> Book {
    let mut book = lay_out(&wounded());
    book.wound("4. Income: Total BCF Pooled Budget = 51055000");
    book.wound("3. Summary: DFG under Expenditure shows 1");
    book
}

fn assert_same(book: &Book, how: &str) {
    let (before, after) = (check_book(&wounded_book()), check_book(book));
    assert_eq!(said(&before), said(&after), "{how}");
    assert_eq!(before.coverage.len(), after.coverage.len(), "{how}: as many cells are read");
}

#[test]
fn the_wounded_plan_is_wounded() {
    let fired = fired(&check_book(&wounded_book()));
    for code in ["WB04", "WB05", "WB06", "CV02", "IN01", "EX01", "EX04", "EX06", "EX12", "MT02"] {
        assert!(fired.contains_key(code), "{code} should have fired: {fired:?}");
    }
}

#[test]
fn rows_pushed_in_above_every_table() {
    for rows in [1, 3, 40] {
        let mut book = wounded_book();
        for name in book.sheets.iter().map(|it| it.name.clone()).collect::<Vec<_>>() {
            book.insert_rows(&name, 0, rows);
        }
        assert_same(&book, &format!("{rows} rows above everything"));
    }
    let mut book = wounded_book();
    for change in [
        "insert 2 rows above 5a. Expenditure: Scheme ID",
        "insert 5 rows above 5a. Expenditure: Required Spend",
        "insert 1 rows above 4. Income: iBCF Contribution",
        "insert 2 rows above 4. Income: NHS Minimum Contribution",
        "insert 4 rows above 6. Metrics: 8.4 Residential Admissions",
        "insert 2 rows above 3. Summary: Scheme Types",
        "insert 3 rows above 2. Cover: Contact number:",
        "insert 1 rows above 7. Planning Requirements: PR4",
    ] {
        book.wound(change);
    }
    assert_same(&book, "rows between the tables");
}

#[test]
fn columns_pushed_in_to_the_left_of_every_table() {
    for cols in [1, 4, 30] {
        let mut book = wounded_book();
        for name in book.sheets.iter().map(|it| it.name.clone()).collect::<Vec<_>>() {
            book.insert_cols(&name, 0, cols);
        }
        assert_same(&book, &format!("{cols} columns left of everything"));
    }
    let mut book = wounded_book();
    for change in [
        "insert 1 columns left of 5a. Expenditure: line 1 under Source of Funding",
        "insert 2 columns left of 5a. Expenditure: line 1 under Scheme Type",
        "insert 1 columns left of 6. Metrics: Numerator under 2021-22 Q3 Actual",
        "insert 1 columns left of 7. Planning Requirements: C8",
    ] {
        book.wound(change);
    }
    assert_same(&book, "columns between the columns");
}

#[test]
fn rows_and_columns_in_the_middle_of_tables() {
    let mut book = wounded_book();
    book.wound("insert 3 rows above 5a. Expenditure: line 10 under Scheme ID");
    book.wound("insert 1 rows above 5a. Expenditure: iBCF under Balance");
    assert_same(&book, "empty rows inside the table of lines and the balances");
}

#[test]
fn sheets_in_another_order() {
    let mut book = wounded_book();
    book.sheets.reverse();
    let (before, after) = (check_book(&wounded_book()), check_book(&book));
    // Findings are ordered by sheet, so they come in another order: the same ones, all the same.
    let (mut before, mut after) = (said(&before), said(&after));
    before.1.sort();
    after.1.sort();
    assert_eq!(before, after);
}

#[test]
fn sheets_renamed_in_case_and_spacing() {
    let mut book = wounded_book();
    for (old, new) in [
        ("2. Cover", "2.cover"),
        ("3. Summary", " 3.  SUMMARY "),
        ("4. Income", "4.Income"),
        ("5a. Expenditure", "5a.  expenditure"),
        ("6. Metrics", "6. METRICS"),
        ("7. Planning Requirements", "7.\u{a0}Planning  requirements"),
    ] {
        book.rename(old, new);
    }
    assert_same(&book, "renamed");
}

/// Labels as people and programs leave them: other case, other spaces, with or without a colon.
#[test]
fn labels_in_other_case_and_spacing() {
    let mut book = wounded_book();
    for (old, new) in [
        ("Total BCF Pooled Budget", "TOTAL  BCF\u{a0}Pooled Budget:"),
        ("Health and Wellbeing Board:", "Health and wellbeing board"),
        ("Source of Funding", " Source of funding *"),
        ("New/ Existing Scheme", "New/Existing Scheme"),
        ("Quarter (%)", "quarter (%)"),
        ("Please specify if 'Scheme Type' is 'Other'", "Please specify if ‘Scheme Type’ is ‘Other’"),
    ] {
        book.wound(&format!("replace {old} = {new}"));
    }
    // The name of the total is part of what a finding is about, and stands in it as the template prints it.
    assert_same(&book, "labels");
}

#[test]
fn synonyms_of_sources_and_commissioners() {
    let before = check_book(&lay_out(&plans::sefton()));
    for word in ["ICB", "NHS", "icb", " CCG "] {
        let mut plan = plans::sefton();
        let (lines, column) = (plan.expenditure.rows.len(), plan.expenditure.column("Commissioner"));
        for row in 0..lines {
            if plan.expenditure.rows[row][column] == "CCG" {
                plan.expenditure.rows[row][column] = format!("\"{word}\"");
            }
        }
        let mut book = lay_out(&plan);
        if word == " CCG " {
            // Excel's own sum would miss these: leave the planned spend as it was.
            book = with_values_of(book, &lay_out(&plans::sefton()));
        }
        assert_eq!(said(&before), said(&check_book(&book)), "{word:?}");
    }
    for word in ["Additional ICB Contribution", "additional nhs contribution", "Additional CCG Contribution"]
    {
        let mut book = lay_out(&plans::sefton());
        book.wound(&format!("replace Additional NHS Contribution = {word}"));
        assert_eq!(said(&before), said(&check_book(&book)), "{word:?}");
    }
}

/// The book with the saved values of another of the same shape.
fn with_values_of(mut book: Book, other: &Book) -> Book {
    for (sheet, others) in book.sheets.iter_mut().zip(&other.sheets) {
        for (at, cell) in &mut sheet.cells {
            if let Content::Formula { shows, .. } = &mut cell.content {
                *shows = others.value(*at).cloned();
            }
        }
    }
    book
}

#[test]
fn without_saved_values_everything_is_checked_from_inputs() {
    let mut plan = wounded();
    plan.edit("metric 8.4, 2022-23 Plan: numerator = 482");
    let mut book = lay_out(&plan);
    let with = check_book(&book);
    book.drop_values();
    let without = check_book(&book);
    let waiting = ["WB04", "IN01", "IN02", "EX16", "MT02"];
    for (code, state) in states(&without) {
        let wanted = if waiting.contains(&code) { "could-not-check" } else { states(&with)[code] };
        assert_eq!(state, wanted, "{code}");
    }
    assert_eq!(said(&with).2, said(&without).2, "the balances");

    let mut book = lay_out(&plans::exampleshire());
    book.drop_values();
    assert_eq!(check_book(&book).verdict().name(), "met", "missing values do not count towards the verdict");
}

#[test]
fn dates_that_count_from_1904() {
    let mut book = lay_out(&plans::sefton());
    let before = check_book(&book);
    book.dates_from_1904 = true;
    let after = check_book(&book);
    assert_eq!(said(&before), said(&after));
    let said: Vec<_> = after.findings.iter().map(|it| it.finding.message.as_str()).collect();
    assert!(said.iter().any(|it| it.contains("7 December 2022")), "{said:?}");
}

/// Every format, each with all that is the matter with the plan.
#[test]
fn the_same_plan_in_every_format() {
    let book = wounded_book();
    let before = check_book(&book);
    for (name, bytes) in [
        ("plan.xlsm", write::xlsx(&book)),
        ("plan", write::xlsx(&book)),
        ("plan.xlsb", write::xlsb(&book)),
        ("plan.ods", write::ods(&book)),
        ("plan.xlsx", write::ods(&book)),
    ] {
        let after = check(name, &bytes);
        assert!(after.error.is_none(), "{name}: {:?}", after.error);
        assert_eq!(said(&before), said(&after), "{name}");
        let cells = |it: &Document| it.findings.iter().map(|it| it.finding.cells.clone()).collect::<Vec<_>>();
        assert_eq!(cells(&before), cells(&after), "{name}: the same cells");
    }
}

/// A formula that shows an error is an error in every format.
#[test]
fn errors_in_every_format() {
    let mut book = lay_out(&plans::exampleshire());
    book.wound("5a. Expenditure: DFG under Expenditure shows #REF!");
    book.wound("5a. Expenditure: line 4 under Expenditure (£) = #N/A");
    let before = check_book(&book);
    assert_eq!(before.state_of("WB04").unwrap().name(), "not-met");
    assert_eq!(before.findings.len(), 2);
    assert_eq!(said(&before), said(&check("plan.ods", &write::ods(&book))), "ods");
    // Of a formula in xlsb the reader says that it shows an error, but not which.
    let mut unnamed = said(&before);
    for finding in &mut unnamed.1 {
        *finding = finding.replace("#REF!", "#ERROR!");
    }
    assert_eq!(unnamed, said(&check("plan.xlsb", &write::xlsb(&book))), "xlsb");
}

/// The sample as another program saved it; see the README of the folder.
#[test]
fn the_sample_as_other_programs_save_it() {
    let before = check_book(&lay_out(&plans::sefton()));
    for name in ["sefton-libreoffice.xls", "sefton-libreoffice.xlsx", "sefton-libreoffice.ods"] {
        let bytes = std::fs::read(folder("workbooks").join(name)).unwrap();
        let after = check(name, &bytes);
        assert!(after.error.is_none(), "{name}: {:?}", after.error);
        assert_eq!(said(&before), said(&after), "{name}");
    }
}
