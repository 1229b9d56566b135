//! Packages as programs write them, and as they may come.

use std::collections::BTreeSet;

use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::write::{add_member, member, members, replace_member};
use plancheck_tests::{plans, sample, write};

use super::{RESULTS, comments, copied, opened, results, workbooks};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The values of an attribute in a text, in their order.
fn values<'t>(xml: &'t str, element: &str, attribute: &str) -> Vec<&'t str> {
    let start = format!("<{element} ");
    let mut found = Vec::new();
    for tag in xml.split(start.as_str()).skip(1) {
        let tag = &tag[..tag.find('>').unwrap()];
        let value = tag.split_once(&format!("{attribute}=\"")).map(|it| it.1.split('"').next().unwrap());
        found.extend(value);
    }
    found
}

fn assert_unique(what: &str, all: &[&str]) {
    let different: BTreeSet<String> = all.iter().map(|it| it.to_lowercase()).collect();
    assert_eq!(different.len(), all.len(), "{what}: {all:?}");
}

/// What Excel asks of a package before it opens it without a word.
fn assert_sound(file: &[u8]) {
    let parts = members(file);
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let kinds = text("[Content_Types].xml");
    let named = values(&kinds, "Override", "PartName");
    assert_unique("kinds", &named);
    assert_unique("endings", &values(&kinds, "Default", "Extension"));
    for part in &named {
        assert!(parts.contains_key(part.trim_start_matches('/')), "{part} is not there");
    }
    for part in parts.keys().filter(|it| it.ends_with(".vml")) {
        let listed = named.contains(&format!("/{part}").as_str());
        assert!(listed || values(&kinds, "Default", "Extension").contains(&"vml"), "{part}");
    }
    for list in parts.keys().filter(|it| it.ends_with(".rels")) {
        assert_unique(list, &values(&text(list), "Relationship", "Id"));
        for target in values(&text(list), "Relationship", "Target") {
            if let Some(part) = target.strip_prefix('/') {
                assert!(parts.contains_key(part), "{list}: {target}");
            }
        }
    }
    let book = text("xl/workbook.xml");
    assert_unique("numbers of sheets", &values(&book, "sheet", "sheetId"));
    assert_unique("names of sheets", &values(&book, "sheet", "name"));
    assert_unique("relations of sheets", &values(&book, "sheet", "r:id"));
    let drawings: Vec<String> = parts.keys().filter(|it| it.ends_with(".vml")).map(|it| text(it)).collect();
    let shapes: Vec<&str> = drawings.iter().flat_map(|it| values(it, "v:shape", "id")).collect();
    assert_unique("shapes", &shapes);
    let blocks: Vec<&str> =
        drawings.iter().flat_map(|it| values(it, "o:idmap", "data")).flat_map(|it| it.split(',')).collect();
    assert_unique("blocks", &blocks);
    for shape in &shapes {
        let number: u32 = shape.trim_start_matches("_x0000_s").parse().unwrap();
        assert!(blocks.contains(&(number / 1024).to_string().as_str()), "{shape} is in none of {blocks:?}");
    }
}

#[test]
fn copies_are_sound() {
    for (name, bytes) in workbooks() {
        let (_, copy) = copied(name, &bytes);
        assert_sound(&copy);
        assert_sound(&copied(name, &copy).1);
    }
}

/// However the package is written, the copy says the same at the same cells.
fn assert_annotated_alike(file: &[u8]) -> Vec<u8> {
    let (_, copy) = copied("plan.xlsx", file);
    assert_eq!(comments(&copy), comments(&copied("plan.xlsx", &sample()).1));
    assert!(!results(&copy).hidden);
    copy
}

fn changed(file: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let old = member(file, part);
    let new = change(old.clone());
    assert_ne!(old, new, "{part} was to be changed");
    replace_member(file, part, new)
}

#[test]
fn targets_from_the_root() {
    let file = changed(&sample(), "xl/_rels/workbook.xml.rels", |it| {
        it.replace("Target=\"worksheets/", "Target=\"/xl/worksheets/")
    });
    assert_sound(&assert_annotated_alike(&file));
}

/// The elements of a part with a prefix.
fn prefixed(xml: &str, prefix: &str) -> String {
    let (head, rest) = xml.split_once("?>").unwrap();
    let rest = rest.replace("</", "\u{1}").replace('<', &format!("<{prefix}:"));
    format!(
        "{head}?>{}",
        rest.replace('\u{1}', &format!("</{prefix}:")).replace("xmlns=\"", &format!("xmlns:{prefix}=\""))
    )
}

#[test]
fn other_prefixes_and_a_mark_of_byte_order() {
    let mut file = sample();
    for part in ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet5.xml"] {
        file = changed(&file, part, |it| prefixed(&it, "x"));
    }
    file = changed(&file, "[Content_Types].xml", |it| prefixed(&it, "ct"));
    file = changed(&file, "xl/_rels/workbook.xml.rels", |it| prefixed(&it, "pr"));
    file = changed(&file, "xl/worksheets/sheet5.xml", |it| format!("\u{feff}{it}"));
    let copy = assert_annotated_alike(&file);
    assert!(
        member(&copy, "xl/workbook.xml")
            .contains(&format!("<x:sheet name=\"{RESULTS}\" sheetId=\"10\" r:id=\"rId12\"/></x:sheets>"))
    );
    assert!(member(&copy, "xl/worksheets/sheet5.xml").starts_with("\u{feff}<?xml"));
    let link = format!("<x:legacyDrawing xmlns:r=\"{OFFICE}\" r:id=");
    assert!(member(&copy, "xl/worksheets/sheet2.xml").contains(&link));
    assert!(member(&copy, "[Content_Types].xml").contains("<ct:Override PartName=\"/xl/comments1.xml\""));
    assert!(member(&copy, "xl/_rels/workbook.xml.rels").contains("<pr:Relationship Id=\"rId12\""));
}

/// Sheets that are none of cells are not counted by findings, and keep their places.
#[test]
fn charts_between_the_sheets() {
    let file = changed(&sample(), "xl/workbook.xml", |it| {
        it.replacen(
            "<sheet name=\"2.",
            "<sheet name=\"Chart\" sheetId=\"65534\" r:id=\"rIdChart\"/><sheet name=\"2.",
            1,
        )
    });
    let file = changed(&file, "xl/_rels/workbook.xml.rels", |it| {
        let chart = format!(
            "<Relationship Id=\"rIdChart\" Type=\"{OFFICE}/chartsheet\" Target=\"chartsheets/sheet1.xml\"/>"
        );
        it.replace("</Relationships>", &(chart + "</Relationships>"))
    });
    let chart = "<chartsheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";
    let copy = assert_annotated_alike(&add_member(&file, "xl/chartsheets/sheet1.xml", chart));
    assert_sound(&copy);
    // The highest number is taken: the first free one is used.
    assert_eq!(*values(&member(&copy, "xl/workbook.xml"), "sheet", "sheetId").last().unwrap(), "10");
}

#[test]
fn macros_protection_hidden_sheets_and_merged_cells() {
    let mut book = lay_out(&plans::sefton());
    book.structure_protected = true;
    book.wound("add macros");
    book.wound("very hide 3. Summary");
    let bytes = write::xlsx(&book);
    let (_, copy) = copied("plan.xlsm", &bytes);
    assert_sound(&copy);
    assert_eq!(members(&copy)["xl/vbaProject.bin"], members(&bytes)["xl/vbaProject.bin"]);
    assert!(member(&copy, "[Content_Types].xml").contains("macroEnabled.main+xml"));
    assert!(member(&copy, "xl/workbook.xml").contains("lockStructure=\"1\""));
    let workbook = opened(&copy);
    let protected = |it: &&plancheck::workbook::facts::SheetFacts| it.protected == Ok(true);
    assert_eq!(
        workbook.facts.sheets.iter().filter(protected).count(),
        opened(&bytes).facts.sheets.iter().filter(protected).count()
    );
    assert!(!workbook.sheets.last().unwrap().hidden);
}

/// The comment on a cell inside a merged area stands on the first cell of it, where it is shown.
#[test]
fn merged_cells() {
    let (document, copy) = copied("plan.xlsx", &sample());
    let (sheet, cell) = document
        .findings
        .iter()
        .map(|it| it.finding.cells[0].cell)
        .map(|it| (document.sheet_name(it).to_owned(), it))
        .find(|it| it.0 == "5a. Expenditure")
        .unwrap();
    let said = comments(&copy)[&(sheet.clone(), cell.row, cell.col)].clone();
    let above = plancheck::workbook::CellRef { row: cell.row, col: cell.col - 1, ..cell };
    let file = changed(&sample(), "xl/worksheets/sheet5.xml", |it| {
        let merge = format!("<mergeCell ref=\"{above}:{cell}\"/></mergeCells>");
        if it.contains("</mergeCells>") {
            it.replace("</mergeCells>", &merge)
        } else {
            it.replacen("<dataValidations", &format!("<mergeCells>{merge}<dataValidations"), 1)
        }
    });
    let mut report = crate::support::check("plan.xlsx", &file);
    report.findings = document.findings;
    let copy = super::copy_of(&report, &file);
    assert_eq!(comments(&copy)[&(sheet, above.row, above.col)], said);
}

#[test]
fn links_lead_to_sheets_whatever_their_names() {
    let mut book = lay_out(&plans::sefton());
    book.rename("5a. Expenditure", "Ann's & Bob's <5a>");
    let (document, copy) = copied("plan.xlsx", &write::xlsx(&book));
    let first = document.findings.iter().map(|it| it.finding.cells[0].cell);
    let first = first.clone().find(|it| document.sheet_name(*it).starts_with("Ann")).unwrap();
    let sheet = member(&copy, "xl/worksheets/sheet10.xml");
    let location = format!("location=\"'Ann''s &amp; Bob''s &lt;5a&gt;'!{first}\"");
    assert!(sheet.contains(&location), "{location}");
    let refs = values(&sheet, "hyperlink", "ref");
    assert_eq!(refs.len(), document.findings.len());
    assert!(refs.iter().all(|it| it.starts_with('E')));
}

#[test]
fn the_sheet_of_results_has_no_formula_and_no_style_of_its_own() {
    let (_, copy) = copied("plan.xlsx", &sample());
    let sheet = member(&copy, "xl/worksheets/sheet10.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("<v>"));
    assert_eq!(sheet.matches("<c ").count(), sheet.matches("t=\"inlineStr\"").count());
    let styles = member(&copy, "xl/styles.xml");
    let count: usize = values(&styles, "cellXfs", "count")[0].parse().unwrap();
    assert!(values(&sheet, "c", " s").iter().all(|it| it.parse::<usize>().unwrap() < count));
    assert!(
        sheet
            .contains("<pane ySplit=\"10\" topLeftCell=\"A11\" activePane=\"bottomLeft\" state=\"frozen\"/>")
    );
    // A workbook without a window has no panes to freeze.
    let file = changed(&sample(), "xl/workbook.xml", |it| {
        it.replace("<bookViews>", "<!--").replace("</bookViews>", "-->")
    });
    let file =
        changed(&file, "xl/workbook.xml", |it| it.replace("workbookView ", "").replace("/>-->", "-->"));
    let (_, copy) = copied("plan.xlsx", &file);
    assert!(!member(&copy, "xl/worksheets/sheet10.xml").contains("sheetView"));
}

#[test]
fn a_copy_of_a_signed_workbook_says_that_it_is_not_signed() {
    let says = |file: &[u8]| {
        let sheet = results(&copied("plan.xlsx", file).1);
        super::texts(&sheet).iter().any(|it| it.contains("is signed digitally. This copy is not"))
    };
    assert!(!says(&sample()));
    assert!(says(&add_member(&sample(), "_xmlsignatures/sig1.xml", "<Signature/>")));
}
