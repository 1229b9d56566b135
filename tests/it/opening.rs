//! Files that cannot be opened: each its own error, in plain words, and nothing else runs.

use std::io::{Cursor, Write};

use plancheck::Options;
use plancheck::finding::State;
use plancheck::open::OpenErrorCode;
use plancheck::report::Document;
use plancheck_tests::book::{Book, Sheet};
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::write::{Zipped, member, ods, replace_member, xlsb, xlsx};
use plancheck_tests::{plans, sample};

use crate::support::{check, check_with};

/// The one thing that every file that cannot be opened has in common.
fn refused(document: &Document, code: OpenErrorCode) {
    let error = document.error.as_ref().unwrap_or_else(|| panic!("{} was opened", document.file));
    assert_eq!(error.code, code, "{}: {}", document.file, error.message);
    assert!(error.message.ends_with('.') && error.todo.ends_with('.'), "{error:?}");
    // Nothing in the words of a library.
    assert!(
        !error.message.contains(['(', ':'])
            || code != OpenErrorCode::Damaged
            || error.message.contains(": its sheet “"),
        "{error:?}"
    );
    assert_eq!(document.rules.len(), 1, "{} ran more than WB01", document.file);
    assert_eq!(document.state_of("WB01"), Some(State::NotMet));
    assert_eq!(document.verdict(), State::NotMet);
    assert!(document.template.is_none() && document.board.is_none());
}

#[test]
fn an_empty_file() {
    refused(&check("plan.xlsx", b""), OpenErrorCode::Empty);
}

#[test]
fn a_workbook_without_a_cell() {
    let book = Book { sheets: vec![Sheet::new("Sheet1")], ..Book::default() };
    refused(&check("plan.xlsx", &xlsx(&book)), OpenErrorCode::Empty);
}

#[test]
fn other_kinds_of_file_whatever_their_name() {
    for (name, bytes) in [
        ("letter.xlsx", b"Dear colleague,\nthe plan follows.".as_slice()),
        ("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
        ("plan.csv", b"Scheme ID,Scheme Name\n1,Nursing\n"),
        ("scan.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3"),
        ("dog.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("notes.xlsx", b"{\\rtf1 plan}"),
        ("one.xlsx", b"P"),
    ] {
        refused(&check(name, bytes), OpenErrorCode::NotAWorkbook);
    }
}

#[test]
fn other_kinds_of_zip() {
    let zip = |members: &[(&str, &str)]| {
        let mut zip = Zipped::default();
        for (name, content) in members {
            zip.add(name, content);
        }
        zip.bytes()
    };
    let letter = zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")]);
    refused(&check("plan.xlsx", &letter), OpenErrorCode::NotAWorkbook);
    let slides = zip(&[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]);
    refused(&check("plan.xlsx", &slides), OpenErrorCode::NotAWorkbook);
    let text = zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
    refused(&check("plan.ods", &text), OpenErrorCode::NotAWorkbook);
    refused(&check("plan.zip", &zip(&[("plan.xlsx", "PK")])), OpenErrorCode::NotAWorkbook);
    refused(&check("plan.zip", &zip(&[("notes.txt", "hello")])), OpenErrorCode::NotAWorkbook);
}

#[test]
fn a_file_cut_short() {
    let whole = sample();
    for kept in [whole.len() - 1, whole.len() * 9 / 10, whole.len() / 2, 600, 40, 4] {
        refused(&check("plan.xlsx", &whole[..kept]), OpenErrorCode::Damaged);
    }
}

#[test]
fn a_workbook_broken_inside() {
    let broken = replace_member(&sample(), "xl/workbook.xml", "<workbook><sheets><sheet");
    refused(&check("plan.xlsx", &broken), OpenErrorCode::Damaged);
    let broken =
        replace_member(&sample(), "xl/worksheets/sheet4.xml", "<worksheet><sheetData><row r=\"1\"><c");
    refused(&check("plan.xlsx", &broken), OpenErrorCode::Damaged);
}

#[test]
fn a_workbook_with_a_password() {
    for streams in [&["EncryptionInfo", "EncryptedPackage"][..], &["\u{9}DRMContent", "Workbook"]] {
        refused(&check("plan.xlsx", &compound(streams)), OpenErrorCode::Encrypted);
    }
}

#[test]
fn other_compound_files() {
    refused(&check("plan.xls", &compound(&["WordDocument"])), OpenErrorCode::NotAWorkbook);
    refused(&check("plan.xls", &compound(&["Workbook"])), OpenErrorCode::Damaged);
    refused(&check("plan.xls", &compound(&["Nothing known"])), OpenErrorCode::NotAWorkbook);
}

#[test]
fn a_file_beyond_the_limits() {
    let bytes = sample();
    let mut options = Options::default();
    options.limits.bytes = bytes.len() - 1;
    refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    let mut options = Options::default();
    options.limits.inflated = 10_000;
    refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    let mut options = Options::default();
    options.limits.parts = 5;
    refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    let mut options = Options::default();
    options.limits.sheets = 8;
    refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    let mut options = Options::default();
    options.limits.cells = 500;
    refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    for bytes in [bytes, xlsb(&lay_out(&plans::sefton())), ods(&lay_out(&plans::sefton()))] {
        let mut options = Options::default();
        options.limits.text = 5_000;
        refused(&check_with("plan.xlsx", &bytes, &options), OpenErrorCode::TooLarge);
    }
}

/// A small file that would fill the memory: a long text that many cells share.
#[test]
fn a_text_that_many_cells_share() {
    let strings = member(&sample(), "xl/sharedStrings.xml");
    let count = strings.matches("<si>").count();
    let long = format!("<si><t>{}</t></si></sst>", "x".repeat(1_000_000));
    let file = replace_member(&sample(), "xl/sharedStrings.xml", strings.replace("</sst>", &long));
    let rows: String = (1..=100)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{count}</v></c></row>"))
        .collect();
    let sheet = member(&file, "xl/worksheets/sheet1.xml");
    let (before, rest) = sheet.split_once("<sheetData>").unwrap();
    let after = rest.split_once("</sheetData>").unwrap().1;
    let bomb = format!("{before}<sheetData>{rows}</sheetData>{after}");
    let bomb = replace_member(&file, "xl/worksheets/sheet1.xml", bomb);
    let document = check("plan.xlsx", &bomb);
    refused(&document, OpenErrorCode::TooLarge);
    assert_eq!(
        document.error.unwrap().message,
        "The file is too large: it has more than 64 MB of text in its cells, and the most that is read is 64."
    );
}

/// A small file that would fill the memory: spaces without end in a sheet.
#[test]
fn a_small_file_that_unpacks_to_a_large_one() {
    let bomb = replace_member(&sample(), "xl/worksheets/sheet1.xml", " ".repeat(4 * 1024 * 1024));
    assert!(bomb.len() < 64 * 1024);
    let mut options = Options::default();
    options.limits.inflated = 2 * 1024 * 1024;
    refused(&check_with("plan.xlsx", &bomb, &options), OpenErrorCode::TooLarge);
}

/// A cell in the last corner of a sheet is one cell, not a rectangle that reaches it.
#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut book = lay_out(&plans::exampleshire());
    book.wound("4. Income: XFD1048576 = stray");
    book.wound("5a. Expenditure: XFD1048576 = 5");
    let document = check("plan.xlsx", &xlsx(&book));
    assert_eq!(document.verdict(), State::Met);
}

/// A compound file with these streams, as Office wraps what it encrypts.
pub(crate) fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for stream in streams {
        file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
