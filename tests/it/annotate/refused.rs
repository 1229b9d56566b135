//! What gets no copy, and what is said instead.

use plancheck::annotate::{NotAnnotated, Wording, annotated};
use plancheck::{Input, Options};
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::write::{add_member, member, replace_member};
use plancheck_tests::{plans, sample, write};

use crate::support::{check, check_with};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART: &str = "xl/worksheets/sheet5.xml";

fn tried(name: &str, bytes: &[u8], options: &Options) -> Result<Vec<u8>, NotAnnotated> {
    let document = check_with(name, bytes, &Options::default());
    annotated(&Input { name, bytes }, &document, options, Wording::Planner)
}

/// Asserts that there is no copy, for a reason with these words, and what to do instead.
fn refused(bytes: &[u8], why: &str, todo: &str) {
    let error = tried("plan.xlsx", bytes, &Options::default()).unwrap_err();
    assert!(error.message.contains(why), "{} has not “{why}”", error.message);
    assert!(error.todo.contains(todo), "{} has not “{todo}”", error.todo);
    assert!(error.message.ends_with('.') && error.todo.ends_with('.'), "{error}");
    assert_eq!(error.to_string(), format!("{} {}", error.message, error.todo));
}

#[test]
fn other_formats() {
    let book = lay_out(&plans::exampleshire());
    refused(&write::ods(&book), "this is an .ods workbook", "Save it as .xlsx first");
    refused(&write::xlsb(&book), "this is an .xlsb workbook", "Save it as .xlsx first");
    let xls = std::fs::read(crate::support::folder("workbooks/sefton-libreoffice.xls")).unwrap();
    refused(&xls, "this is an .xls workbook", "Save it as .xlsx first");
}

#[test]
fn what_cannot_be_opened() {
    refused(b"", "The file is empty", "choose it again");
    refused(b"%PDF-1.7", "it is a PDF", "Choose the planning workbook");
    let locked = crate::opening::compound(&["EncryptionInfo", "EncryptedPackage"]);
    refused(&locked, "The workbook is encrypted", "clear the password");
}

#[test]
fn what_was_not_checked() {
    let blank = write::xlsx(&lay_out(&plans::blank()));
    let mut book = plancheck_tests::book::Book::default();
    let mut sheet = plancheck_tests::book::Sheet::new("Groceries");
    sheet.text(plancheck_tests::book::at("A1"), "apples", Default::default());
    book.sheets.push(sheet);
    for file in [blank, write::xlsx(&book)] {
        refused(&file, "No plan was checked in this file", "with the plan filled in");
    }
}

#[test]
fn another_file_than_the_report_is_on() {
    let (bytes, options) = (sample(), Options::default());
    let document = check("plan.xlsx", &bytes);
    let mut longer = bytes.clone();
    longer.push(0);
    let mut other = bytes.clone();
    let last = other.len() - 1;
    other[last] ^= 1;
    for file in [longer, other, write::xlsx(&lay_out(&plans::exampleshire()))] {
        let input = Input { name: "plan.xlsx", bytes: &file };
        let error = annotated(&input, &document, &options, Wording::Planner).unwrap_err();
        assert!(error.message.contains("The report is on another file"), "{error}");
    }
}

#[test]
fn files_beyond_the_limits() {
    let bytes = sample();
    let mut options = Options::default();
    options.limits.inflated = 10_000;
    let error = tried("plan.xlsx", &bytes, &options).unwrap_err();
    assert!(error.message.contains("The file is too large"), "{error}");
}

/// Parts that would have to be changed and are written so that they cannot be.
#[test]
fn parts_that_cannot_be_changed() {
    let file = sample();
    let kinds = member(&file, "[Content_Types].xml");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(kinds.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let spread = |kind: &str| {
        let relations = format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"a\" Type=\"{OFFICE}/{kind}\" Target=\"../comments.xml\"/>\
             <Relationship Id=\"b\" Type=\"{OFFICE}/{kind}\" Target=\"../comments.xml\"/></Relationships>"
        );
        add_member(&file, "xl/worksheets/_rels/sheet5.xml.rels", relations)
    };
    let sheet = member(&file, PART);
    let linked = sheet
        .replace("</worksheet>", &format!("<legacyDrawing xmlns:r=\"{OFFICE}\" r:id=\"x\"/></worksheet>"));
    let list = |xml: &str| {
        let one = spread("comments");
        let relations = member(&one, "xl/worksheets/_rels/sheet5.xml.rels");
        let (before, after) = relations.split_once("<Relationship Id=\"b\"").unwrap();
        let relations = format!("{before}{}", after.split_once("/>").unwrap().1);
        add_member(
            &replace_member(&one, "xl/worksheets/_rels/sheet5.xml.rels", relations),
            "xl/comments.xml",
            xml,
        )
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    for (bytes, why) in [
        (replace_member(&file, "[Content_Types].xml", wide), "it is written in UTF-16"),
        (
            replace_member(&file, "[Content_Types].xml", "<Types/>"),
            "it does not say of what kind the parts are",
        ),
        (
            replace_member(&file, "[Content_Types].xml", "<Types"),
            "the part [Content_Types].xml would have to be changed",
        ),
        (replace_member(&file, PART, linked), "its link to comments leads nowhere"),
        (spread("comments"), "it has two lists of comments"),
        (list("<comments><authors/><commentList/></comments>"), "its elements are not those of a workbook"),
        (list(&format!("<comments xmlns=\"{main}\"><commentList/></comments>")), "it has no list of authors"),
        (list(&format!("<comments xmlns=\"{main}\"><authors/>")), "xl/comments.xml would have to be changed"),
        (list("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><comments/>"), "it is written in ISO-8859-1"),
    ] {
        refused(&bytes, why, "save it under a new name as Excel Workbook (.xlsx)");
    }
    // A sheet that stays as it is need not be understood.
    let other = member(&file, "xl/workbook.xml");
    assert!(other.contains("Lookups"));
    let odd = add_member(&file, "xl/worksheets/_rels/sheet9.xml.rels", "<Relationships");
    assert!(tried("plan.xlsx", &odd, &Options::default()).is_ok());
}

#[test]
fn strict_workbooks() {
    let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    let file = sample();
    let book = member(&file, "xl/workbook.xml");
    let book = book.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict);
    refused(&replace_member(&file, "xl/workbook.xml", book), "Strict Open XML", "Excel Workbook (.xlsx)");
    let sheet =
        member(&file, PART).replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict);
    refused(&replace_member(&file, PART, sheet), "Strict Open XML", "Excel Workbook (.xlsx)");
}

/// Which of two parts of one name a program reads is its own affair.
#[test]
fn two_parts_of_one_name() {
    let why = "two parts of the file have the same name";
    let file = add_member(&sample(), "docProps/CORE.xml", "<x/>");
    refused(&file, why, "save it under a new name");
    // No library writes such a file, so the name is changed afterwards.
    let mut file = add_member(&sample(), "docProps/core.xm1", "<x/>");
    let places: Vec<usize> =
        file.windows(17).enumerate().filter(|(_, it)| it == b"docProps/core.xm1").map(|it| it.0).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        file[at + 16] = b'l';
    }
    refused(&file, why, "save it under a new name");
}

/// Excel opens a file only under an ending that says what it is.
#[test]
fn an_ending_that_does_not_say_what_the_file_is() {
    let mut book = lay_out(&plans::exampleshire());
    let without = write::xlsx(&book);
    book.wound("add macros");
    let with = write::xlsx(&book);
    for (name, bytes, why) in [
        ("plan.xlsm", &without, "without macros whose name ends with .xlsm"),
        ("plan.xlsx", &with, "with macros whose name does not end with .xlsm"),
        ("plan", &with, "with macros whose name does not end with .xlsm"),
    ] {
        let error = tried(name, bytes, &Options::default()).unwrap_err();
        assert!(error.message.contains(why), "{name}: {error}");
    }
    for (name, bytes) in [("plan.XLSM", &with), ("plan.xlsx", &without), ("plan", &without)] {
        assert!(tried(name, bytes, &Options::default()).is_ok(), "{name}");
    }
    let kinds = member(&without, "[Content_Types].xml");
    let template = kinds.replace("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml");
    assert_ne!(kinds, template);
    let template = replace_member(&without, "[Content_Types].xml", template);
    refused(&template, "it is a template or an add-in", "Save it as .xlsx first");
}
