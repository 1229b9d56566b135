//! Excel workbooks, written by hand: only so can a formula be left without a value or hold a stale one.

mod extras;
mod styles;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use rust_decimal::prelude::ToPrimitive;

use super::{Zipped, escaped, member, replace_member};
use crate::book::{Book, Cell, Content, Sheet, Value};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Days between the two ways of counting dates.
const FROM_1904: i64 = 1462;

/// The book as an .xlsx file.
pub fn xlsx(book: &Book) -> Vec<u8> {
    let mut strings = Strings::default();
    let sheets: Vec<String> =
        book.sheets.iter().map(|it| sheet_xml(it, book.dates_from_1904, &mut strings)).collect();
    let mut zip = Zipped::default();
    zip.add("[Content_Types].xml", content_types(book));
    zip.add("_rels/.rels", package_rels());
    zip.add("docProps/core.xml", core_properties(book));
    zip.add("xl/workbook.xml", workbook_xml(book));
    zip.add("xl/_rels/workbook.xml.rels", workbook_rels(book));
    zip.add("xl/styles.xml", styles::xml());
    zip.add("xl/sharedStrings.xml", strings.xml());
    for (idx, xml) in sheets.iter().enumerate() {
        zip.add(&format!("xl/worksheets/sheet{}.xml", idx + 1), xml);
    }
    extras::add(&mut zip, book);
    book.spoilt.iter().fold(zip.bytes(), |file, part| {
        let content = member(&file, part) + "<spoilt";
        replace_member(&file, part, content)
    })
}

fn sheet_xml(sheet: &Sheet, dates_from_1904: bool, strings: &mut Strings) -> String {
    let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews>");
    xml.push_str("<sheetView showGridLines=\"0\" workbookViewId=\"0\"");
    if let Some(at) = sheet.frozen {
        let (cols, rows) = (at.col, at.row);
        write!(
            xml,
            "><pane xSplit=\"{cols}\" ySplit=\"{rows}\" topLeftCell=\"{at}\" state=\"frozen\"/></sheetView>"
        )
        .unwrap();
    } else {
        xml.push_str("/>");
    }
    xml.push_str("</sheetViews>");
    let cols: BTreeSet<u32> = sheet.widths.keys().chain(&sheet.hidden_cols).copied().collect();
    if !cols.is_empty() {
        xml.push_str("<cols>");
        for col in cols {
            let (number, width) = (col + 1, sheet.widths.get(&col).unwrap_or(&9));
            let hidden = if sheet.hidden_cols.contains(&col) { " hidden=\"1\"" } else { "" };
            write!(
                xml,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"{hidden}/>"
            )
            .unwrap();
        }
        xml.push_str("</cols>");
    }
    xml.push_str("<sheetData>");
    let mut row = None;
    for (at, cell) in &sheet.cells {
        if row != Some(at.row) {
            xml.push_str(if row.is_some() { "</row>" } else { "" });
            let hidden = if sheet.hidden_rows.contains(&at.row) { " hidden=\"1\"" } else { "" };
            write!(xml, "<row r=\"{}\"{hidden}>", at.row + 1).unwrap();
            row = Some(at.row);
        }
        write!(xml, "<c r=\"{at}\" s=\"{}\"", styles::index(cell)).unwrap();
        cell_xml(&mut xml, cell, dates_from_1904, strings);
    }
    xml.push_str(if row.is_some() { "</row></sheetData>" } else { "</sheetData>" });
    if sheet.protected {
        xml.push_str("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>");
    }
    if !sheet.merges.is_empty() {
        write!(xml, "<mergeCells count=\"{}\">", sheet.merges.len()).unwrap();
        for area in &sheet.merges {
            write!(xml, "<mergeCell ref=\"{area}\"/>").unwrap();
        }
        xml.push_str("</mergeCells>");
    }
    if !sheet.drop_downs.is_empty() {
        write!(xml, "<dataValidations count=\"{}\">", sheet.drop_downs.len()).unwrap();
        for (area, options) in &sheet.drop_downs {
            let options = escaped(options);
            write!(
                xml,
                "<dataValidation type=\"list\" allowBlank=\"1\" sqref=\"{area}\">\
                 <formula1>{options}</formula1></dataValidation>"
            )
            .unwrap();
        }
        xml.push_str("</dataValidations>");
    }
    xml.push_str("<pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
    xml
}

/// The rest of a cell's element, after its address and style.
fn cell_xml(xml: &mut String, cell: &Cell, dates_from_1904: bool, strings: &mut Strings) {
    match &cell.content {
        Content::Blank => xml.push_str("/>"),
        Content::Typed(Value::Text(text)) => {
            write!(xml, " t=\"s\"><v>{}</v></c>", strings.index(text)).unwrap()
        }
        Content::Typed(value) => {
            let (kind, text) = stored(value, dates_from_1904);
            write!(xml, "{kind}><v>{text}</v></c>").unwrap();
        }
        Content::Formula { text, shows } => {
            let formula = escaped(text);
            match shows {
                Some(value) => {
                    let (kind, text) = stored(value, dates_from_1904);
                    write!(xml, "{kind}><f>{formula}</f><v>{text}</v></c>").unwrap();
                }
                None => write!(xml, "><f>{formula}</f></c>").unwrap(),
            }
        }
    }
}

/// The type attribute and the stored text of a value.
fn stored(value: &Value, dates_from_1904: bool) -> (&'static str, String) {
    match value {
        Value::Number(figure) => ("", figure.to_f64().unwrap().to_string()),
        Value::Date(serial) => ("", (serial - if dates_from_1904 { FROM_1904 } else { 0 }).to_string()),
        Value::Bool(yes) => (" t=\"b\"", u8::from(*yes).to_string()),
        Value::Error(error) => (" t=\"e\"", escaped(error)),
        Value::Text(text) => (" t=\"str\"", escaped(text)),
    }
}

/// The table of shared strings.
#[derive(Default)]
struct Strings {
    order: Vec<String>,
    indexes: HashMap<String, usize>,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        if let Some(idx) = self.indexes.get(text) {
            return *idx;
        }
        self.order.push(text.to_owned());
        self.indexes.insert(text.to_owned(), self.order.len() - 1);
        self.order.len() - 1
    }

    fn xml(&self) -> String {
        let mut xml = format!("{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{}\">", self.order.len());
        for text in &self.order {
            write!(xml, "<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)).unwrap();
        }
        xml + "</sst>"
    }
}

fn workbook_xml(book: &Book) -> String {
    let properties = if book.dates_from_1904 { "<workbookPr date1904=\"1\"/>" } else { "<workbookPr/>" };
    // The page that opens first is the Cover, where there is one.
    let first = book.sheets.iter().position(|it| it.name == "2. Cover").unwrap_or(0);
    let protection = if book.structure_protected { "<workbookProtection lockStructure=\"1\"/>" } else { "" };
    let mut xml = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}{protection}\
         <bookViews><workbookView activeTab=\"{first}\"/></bookViews><sheets>"
    );
    for (idx, sheet) in book.sheets.iter().enumerate() {
        let state = match (sheet.very_hidden, sheet.hidden) {
            (true, _) => " state=\"veryHidden\"",
            (false, true) => " state=\"hidden\"",
            (false, false) => "",
        };
        let (name, number) = (escaped(&sheet.name), idx + 1);
        write!(xml, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>").unwrap();
    }
    xml + "</sheets>" + &extras::references(book) + "</workbook>"
}

fn content_types(book: &Book) -> String {
    let main =
        if book.macros { "application/vnd.ms-excel.sheet.macroEnabled" } else { &format!("{KIND}.sheet") };
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{main}.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/>\
         <Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{KIND}.sharedStrings+xml\"/>"
    );
    for number in 1..=book.sheets.len() {
        write!(
            xml,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{KIND}.worksheet+xml\"/>"
        )
        .unwrap();
    }
    xml + &extras::content_types(book) + "</Types>"
}

fn package_rels() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn workbook_rels(book: &Book) -> String {
    let sheets = book.sheets.len();
    let mut xml = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for number in 1..=sheets {
        write!(
            xml,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" \
             Target=\"worksheets/sheet{number}.xml\"/>"
        )
        .unwrap();
    }
    let (styles, strings) = (sheets + 1, sheets + 2);
    write!(
        xml,
        "<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"rId{strings}\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    )
    .unwrap();
    xml + &extras::relations(book) + "</Relationships>"
}

fn core_properties(book: &Book) -> String {
    let author = escaped(book.author.as_deref().unwrap_or("plancheck"));
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>Sample plan for plancheck</dc:title><dc:creator>{author}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2022-09-26T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">2022-09-26T10:05:00Z</dcterms:modified>\
         </cp:coreProperties>"
    )
}
