//! Excel binary workbooks: the few records that a reader of values needs. A formula is stored as the
//! number nought with its saved value beside it, for this checker never reads what a formula says.

use rust_decimal::prelude::ToPrimitive;

use super::Zipped;
use crate::book::{Book, Cell, Content, Format, Sheet, Value};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.ms-excel";

/// The book as an .xlsb file.
pub fn xlsb(book: &Book) -> Vec<u8> {
    let mut strings = Vec::new();
    let sheets: Vec<Records> = book.sheets.iter().map(|it| sheet(it, &mut strings)).collect();
    let mut zip = Zipped::default();
    zip.add("[Content_Types].xml", content_types(sheets.len()));
    zip.add(
        "_rels/.rels",
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
        ),
    );
    zip.add("xl/workbook.bin", workbook(book).0);
    zip.add("xl/_rels/workbook.bin.rels", rels(sheets.len()));
    zip.add("xl/styles.bin", styles().0);
    zip.add("xl/sharedStrings.bin", shared(&strings).0);
    for (idx, records) in sheets.iter().enumerate() {
        zip.add(&format!("xl/worksheets/sheet{}.bin", idx + 1), &records.0);
    }
    zip.bytes()
}

/// A stream of records: kind, length, body.
#[derive(Default)]
struct Records(Vec<u8>);

impl Records {
    fn put(&mut self, kind: u16, body: &[u8]) {
        self.0.push(if kind < 0x80 { kind as u8 } else { kind as u8 | 0x80 });
        if kind >= 0x80 {
            self.0.push((kind >> 7) as u8);
        }
        let mut length = body.len();
        while length >= 0x80 {
            self.0.push(length as u8 | 0x80);
            length >>= 7;
        }
        self.0.push(length as u8);
        self.0.extend_from_slice(body);
    }
}

/// A text: its length in UTF-16 units, and those.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|it| it.to_le_bytes()));
    out
}

fn workbook(book: &Book) -> Records {
    let mut out = Records::default();
    out.put(0x83, &[]); // begin
    let mut properties = [0; 12];
    properties[0] = u8::from(book.dates_from_1904);
    out.put(0x99, &properties);
    out.put(0x8F, &[]); // begin sheets
    for (idx, sheet) in book.sheets.iter().enumerate() {
        let mut body = u32::from(sheet.hidden).to_le_bytes().to_vec();
        body.extend((idx as u32 + 1).to_le_bytes());
        body.extend(wide(&format!("rId{}", idx + 1)));
        body.extend(wide(&sheet.name));
        out.put(0x9C, &body);
    }
    out.put(0x90, &[]); // end sheets
    out.put(0x9D, &[0; 26]); // calculation properties: whatever they say, names are over
    out.put(0x84, &[]); // end
    out
}

/// Two styles: general, and a day.
fn styles() -> Records {
    const DAY: u16 = 14;
    let mut out = Records::default();
    out.put(0x116, &[]); // begin
    out.put(0x269, &2u32.to_le_bytes()); // begin cell formats
    for number in [0, DAY] {
        let mut body = [0; 16];
        body[2..4].copy_from_slice(&number.to_le_bytes());
        out.put(0x2F, &body);
    }
    out.put(0x26A, &[]);
    out.put(0x117, &[]);
    out
}

fn shared(strings: &[String]) -> Records {
    let mut out = Records::default();
    let count = (strings.len() as u32).to_le_bytes();
    out.put(0x9F, &[count, count].concat());
    for text in strings {
        let mut body = vec![0];
        body.extend(wide(text));
        out.put(0x13, &body);
    }
    out.put(0xA0, &[]);
    out
}

fn sheet(sheet: &Sheet, strings: &mut Vec<String>) -> Records {
    let mut out = Records::default();
    out.put(0x81, &[]); // begin
    let last_row = sheet.cells.keys().map(|it| it.row).max().unwrap_or(0);
    let last_col = sheet.cells.keys().map(|it| it.col).max().unwrap_or(0);
    let corners: Vec<u8> = [0, last_row, 0, last_col].iter().flat_map(|it| it.to_le_bytes()).collect();
    out.put(0x94, &corners);
    out.put(0x91, &[]); // begin data
    let mut row = None;
    for (at, cell) in &sheet.cells {
        if row != Some(at.row) {
            let mut body = at.row.to_le_bytes().to_vec();
            body.resize(17, 0);
            out.put(0x00, &body);
            row = Some(at.row);
        }
        let mut body = at.col.to_le_bytes().to_vec();
        body.extend(u32::from(matches!(cell.format, Format::Date | Format::Month)).to_le_bytes());
        put_cell(&mut out, body, cell, strings);
    }
    out.put(0x92, &[]); // end data
    out.put(0x82, &[]); // end
    out
}

/// Writes a cell's record, given its column and style.
fn put_cell(out: &mut Records, mut body: Vec<u8>, cell: &Cell, strings: &mut Vec<String>) {
    let (value, formula) = match &cell.content {
        Content::Blank => return out.put(0x01, &body),
        Content::Typed(value) => (value.clone(), false),
        // Excel always saves a value with a formula; the nearest to none is an empty text.
        Content::Formula { shows, .. } => (shows.clone().unwrap_or(Value::Text(String::new())), true),
    };
    let kind = match &value {
        Value::Number(figure) => {
            body.extend(figure.to_f64().unwrap().to_le_bytes());
            if formula { 0x09 } else { 0x05 }
        }
        Value::Date(serial) => {
            body.extend((*serial as f64).to_le_bytes());
            if formula { 0x09 } else { 0x05 }
        }
        Value::Bool(yes) => {
            body.push(u8::from(*yes));
            if formula { 0x0A } else { 0x04 }
        }
        Value::Error(error) => {
            body.push(match error.as_str() {
                "#NULL!" => 0x00,
                "#DIV/0!" => 0x07,
                "#VALUE!" => 0x0F,
                "#REF!" => 0x17,
                "#NAME?" => 0x1D,
                "#NUM!" => 0x24,
                _ => 0x2A, // #N/A
            });
            if formula { 0x0B } else { 0x03 }
        }
        Value::Text(text) if formula => {
            body.extend(wide(text));
            0x08
        }
        Value::Text(text) => {
            let idx = strings.iter().position(|it| it == text).unwrap_or_else(|| {
                strings.push(text.clone());
                strings.len() - 1
            });
            body.extend((idx as u32).to_le_bytes());
            0x07
        }
    };
    if formula {
        body.extend([0, 0]); // flags
        let nought = [0x1E, 0, 0];
        body.extend((nought.len() as u32).to_le_bytes());
        body.extend(nought);
        body.extend(0u32.to_le_bytes());
    }
    out.put(kind, &body);
}

fn content_types(sheets: usize) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{name}.bin\" ContentType=\"{KIND}.{kind}\"/>")
    };
    let sheets: String = (1..=sheets).map(|it| part(&format!("worksheets/sheet{it}"), "worksheet")).collect();
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         {}{}{}{sheets}</Types>",
        part("workbook", "sheet.binary.macroEnabled.main"),
        part("styles", "styles"),
        part("sharedStrings", "sharedStrings"),
    )
}

fn rels(sheets: usize) -> String {
    let part = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.bin\"/>")
    };
    let each: String =
        (1..=sheets).map(|it| part(it, "worksheet", &format!("worksheets/sheet{it}"))).collect();
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{each}{}{}</Relationships>",
        part(sheets + 1, "styles", "styles"),
        part(sheets + 2, "sharedStrings", "sharedStrings"),
    )
}
