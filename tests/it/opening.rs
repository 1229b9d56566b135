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

/// What the assurer is to ask for.
fn asks(document: &Document) -> &str {
    &document.findings.first().unwrap().finding.ask
}

/// What the message on a file that cannot be opened says.
fn says(document: &Document, code: OpenErrorCode, message: &str, todo: &str) {
    refused(document, code);
    let error = document.error.as_ref().unwrap();
    assert!(error.message.contains(message), "{}", error.message);
    assert!(error.todo.contains(todo), "{}", error.todo);
}

fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = Zipped::default();
    for (name, content) in members {
        zip.add(name, content);
    }
    zip.bytes()
}

#[test]
fn other_kinds_of_zip() {
    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");
    const TEXT: &str = "application/vnd.oasis.opendocument.text";
    const SLIDES: &str = "application/vnd.oasis.opendocument.presentation";
    for (name, members, what) in [
        ("plan.xlsx", &[TYPES, ("word/document.xml", "<w:document/>")][..], "it is a Word document."),
        ("plan.xlsx", &[TYPES, ("ppt/presentation.xml", "<p/>")], "it is a PowerPoint presentation."),
        ("plan.ods", &[("mimetype", TEXT), ("content.xml", "<x/>")], "it is a text document."),
        ("plan.ods", &[("mimetype", SLIDES), ("content.xml", "<x/>")], "it is a presentation."),
        ("plan.zip", &[("notes.txt", "hello")], "it is a zip folder without a workbook inside."),
        (
            "plan.zip",
            &[("plan.xlsx", "PK"), ("capacity.xlsx", "PK")],
            "it is a zip folder with workbooks inside; take the workbook out of it first.",
        ),
    ] {
        says(
            &check(name, &zip(members)),
            OpenErrorCode::NotAWorkbook,
            what,
            "Choose the planning workbook itself",
        );
    }
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

const PASSWORD: &str = "The workbook is encrypted: it asks for a password before it can be opened.";

#[test]
fn a_workbook_with_a_password() {
    let new = compound(&["EncryptionInfo", "EncryptedPackage"]);
    let old = plancheck_tests::hostile::legacy::xls::with_a_password();
    for (name, file) in [("plan.xlsx", new), ("plan.xls", old)] {
        let document = check(name, &file);
        says(&document, OpenErrorCode::Encrypted, PASSWORD, "clear the password, save a copy");
        assert_eq!(asks(&document), "Ask for the workbook again, as a file that opens without a password.");
    }
}

/// An OpenDocument file either has each part encrypted, which its list of parts says, or is one encrypted part.
#[test]
fn an_open_document_with_a_password() {
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">\
        <manifest:encryption-data manifest:checksum-type=\"SHA256\"/></manifest:file-entry></manifest:manifest>";
    let file = ods(&lay_out(&plans::exampleshire()));
    let each_part = replace_member(&file, "META-INF/manifest.xml", manifest);
    let each_part = replace_member(&each_part, "content.xml", [7, 200, 0, 93].repeat(1_000));
    let mimetype = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let one_part = zip(&[mimetype, ("META-INF/manifest.xml", "<a/>"), ("encrypted-package", "\u{7}")]);
    for file in [each_part, one_part] {
        says(&check("plan.ods", &file), OpenErrorCode::Encrypted, PASSWORD, "in the program that saved it");
    }
    assert!(check("plan.ods", &file).error.is_none());
}

/// A sensitivity label that encrypts, or a restriction of who may read: no password helps.
#[test]
fn a_workbook_that_rights_management_protects() {
    let new = ["EncryptedPackage", "\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform/\u{6}Primary"];
    for streams in [&new[..], &["\u{9}DRMContent", "Workbook"]] {
        let document = check("plan.xlsx", &compound(streams));
        says(
            &document,
            OpenErrorCode::Restricted,
            "by a sensitivity label or by rights management",
            "Restrict Access",
        );
        assert_eq!(
            asks(&document),
            "Ask for a copy whose sensitivity label does not encrypt it and that restricts nobody from reading it."
        );
        let error = document.error.unwrap();
        assert!(error.message.contains("not by a password") && !error.todo.contains("clear the password"));
    }
}

#[test]
fn other_compound_files() {
    for (streams, what) in [
        (&["WordDocument"][..], "it is a Word document."),
        (&["PowerPoint Document"], "it is a PowerPoint presentation."),
        (&["__properties_version1.0"], "it is an Outlook message; save the attachment from it first."),
        (&["Nothing known"], "it is an Office file without a workbook inside."),
    ] {
        let document = check("plan.xls", &compound(streams));
        says(&document, OpenErrorCode::NotAWorkbook, what, "Choose the planning workbook itself");
    }
    refused(&check("plan.xls", &compound(&["Workbook"])), OpenErrorCode::Damaged);
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
        if let Some((storage, _)) = stream.rsplit_once('/') {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
