//! The workbooks that the site and its browser tests are given.

mod hostile;

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use anyhow::{Context, Result};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::shell;

/// The sample plan that the page carries.
pub(crate) fn sample() -> Vec<u8> {
    plancheck_tests::sample()
}

/// Writes the workbooks of the browser tests. Gives their folder.
pub(crate) fn write_all() -> Result<PathBuf> {
    let folder = shell::target().join("browser");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("sample.xlsx"), sample())?;
    fs::write(folder.join("capacity.xlsx"), plancheck_tests::sample_capacity())?;
    fs::write(folder.join("big.xlsx"), big()?)?;
    // Within every limit of what is read, with so much wrong that its report takes more memory than a check may.
    fs::write(folder.join("heavy.xlsx"), wounded("unlisted-options", 50_000)?)?;
    // No line has a provider, and one finding points to them all; each has a finding of its own, too.
    fs::write(folder.join("no-providers.xlsx"), wounded("one-amount", 2_500)?)?;
    fs::write(folder.join("sources.xlsx"), wounded("unknown-sources", 150)?)?;
    fs::write(folder.join("long.xlsx"), plancheck_tests::big(1500))?;
    fs::write(folder.join("many.xlsx"), many())?;
    fs::write(folder.join("hidden.xlsx"), hidden())?;
    fs::write(folder.join("later.xlsx"), later())?;
    fs::write(folder.join("hostile.xlsx"), hostile::workbook())?;
    for number in 1..=3 {
        let plan = plancheck_tests::measured::of_board(number - 1);
        fs::write(folder.join(format!("board-{number}.xlsx")), plan)?;
    }
    Ok(folder)
}

/// A plan in which so much is wrong that nobody would read it at once: every line lacks its scheme's name.
fn many() -> Vec<u8> {
    const LINES: usize = 150;
    let mut book = plancheck_tests::plans::big_book(LINES);
    for line in 1..=LINES {
        book.wound(&format!("5a. Expenditure: line {line} under Scheme Name = blank"));
    }
    plancheck_tests::write::xlsx(&book)
}

/// The sample with a sheet that Excel does not show.
fn hidden() -> Vec<u8> {
    let mut book = plancheck_tests::layout::planning_2022_23::lay_out(&plancheck_tests::plans::sefton());
    book.wound("hide 6. Metrics");
    plancheck_tests::write::xlsx(&book)
}

/// The sample under the titles of a round that the rules do not cover yet.
fn later() -> Vec<u8> {
    let mut book = plancheck_tests::layout::planning_2022_23::lay_out(&plancheck_tests::plans::sefton());
    book.wound("replace Better Care Fund 2022-23 Template = Better Care Fund 2023-25 Template");
    book.wound("replace BCF Planning Template 2022-23 = BCF Planning Template 2023-25");
    plancheck_tests::write::xlsx(&book)
}

/// A large plan with one fault in each of its lines, as `cargo xtask robustness` measures them.
fn wounded(name: &str, lines: usize) -> Result<Vec<u8>> {
    let all = plancheck_tests::robustness::wounded(lines);
    all.iter().find(|it| it.name == name).map(|it| it.bytes()).context("no plan has that fault")
}

/// A workbook that takes seconds to read, and so can be cancelled: many cells, each its own text.
fn big() -> Result<Vec<u8>> {
    let mut sheet = String::from(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for row in 1..=BIG_ROWS {
        write!(sheet, r#"<row r="{row}">"#)?;
        for (at, column) in ('A'..='Z').enumerate() {
            write!(sheet, r#"<c r="{column}{row}"><v>{}.{at}</v></c>"#, row * 37 % 1009)?;
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");

    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in BIG_PARTS.into_iter().chain([("xl/worksheets/sheet1.xml", sheet.as_str())]) {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

const BIG_ROWS: u32 = 80_000;

const BIG_PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Big" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
