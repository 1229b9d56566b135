//! Excel binary workbooks: the few records that a reader of values needs. A formula is stored as the sum
//! of the areas that it names, which is all that this checker reads of it, with its saved value beside it.

use rust_decimal::prelude::ToPrimitive;

use super::{Zipped, escaped};
use crate::book::{Area, At, Book, Cell, Content, Format, Sheet, Value};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.ms-excel";

/// The book as an .xlsb file.
pub fn xlsb(book: &Book) -> Vec<u8> {
    let mut strings = Vec::new();
    let names: Vec<&str> = book.sheets.iter().map(|it| it.name.as_str()).collect();
    let sheets: Vec<Records> = book.sheets.iter().map(|it| sheet(it, &names, &mut strings)).collect();
    let mut zip = Zipped::default();
    zip.add("[Content_Types].xml", content_types(sheets.len()));
    zip.add(
        "_rels/.rels",
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.bin\"/><Relationship Id=\"rId2\" \
             Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
             </Relationships>"
        ),
    );
    let author = escaped(book.author.as_deref().unwrap_or("plancheck"));
    zip.add(
        "docProps/core.xml",
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\
             <dc:creator>{author}</dc:creator><dcterms:modified>2022-09-26T10:05:00Z</dcterms:modified>\
             </cp:coreProperties>"
        ),
    );
    zip.add("xl/workbook.bin", workbook(book).0);
    zip.add("xl/_rels/workbook.bin.rels", rels(sheets.len(), book.links.len()));
    for (number, file) in (1..).zip(&book.links) {
        let part = format!("xl/externalLinks/_rels/externalLink{number}.bin.rels");
        let target = escaped(&file.replace(' ', "%20"));
        let relation = format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/externalLinkPath\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        );
        zip.add(&part, relation);
    }
    if book.macros {
        zip.add("xl/vbaProject.bin", "no program at all");
    }
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
    if book.structure_protected {
        out.put(0x216, &[0, 0, 0, 0, 1, 0]);
    }
    out.put(0x8F, &[]); // begin sheets
    for (idx, sheet) in book.sheets.iter().enumerate() {
        let state = if sheet.very_hidden { 2 } else { u32::from(sheet.hidden) };
        let mut body = state.to_le_bytes().to_vec();
        body.extend((idx as u32 + 1).to_le_bytes());
        body.extend(wide(&format!("rId{}", idx + 1)));
        body.extend(wide(&sheet.name));
        out.put(0x9C, &body);
    }
    out.put(0x90, &[]); // end sheets
    out.put(0x161, &[]); // begin externals: references to the workbook's own sheets
    out.put(0x165, &[]); // the workbook itself
    let mut body = (book.sheets.len() as u32).to_le_bytes().to_vec();
    for idx in 0..book.sheets.len() as u32 {
        body.extend([0, idx, idx].iter().flat_map(|it| it.to_le_bytes()));
    }
    out.put(0x16A, &body);
    out.put(0x162, &[]); // end externals
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

fn sheet(sheet: &Sheet, names: &[&str], strings: &mut Vec<String>) -> Records {
    let mut out = Records::default();
    out.put(0x81, &[]); // begin
    let last_row = sheet.cells.keys().map(|it| it.row).max().unwrap_or(0);
    let last_col = sheet.cells.keys().map(|it| it.col).max().unwrap_or(0);
    let corners: Vec<u8> = [0, last_row, 0, last_col].iter().flat_map(|it| it.to_le_bytes()).collect();
    out.put(0x94, &corners);
    if !sheet.hidden_cols.is_empty() {
        out.put(0x186, &[]); // begin columns
        for col in &sheet.hidden_cols {
            let width = 9 * 256;
            let mut body: Vec<u8> = [*col, *col, width, 0].iter().flat_map(|it| it.to_le_bytes()).collect();
            body.extend([1, 0]);
            out.put(0x3C, &body);
        }
        out.put(0x187, &[]); // end columns
    }
    out.put(0x91, &[]); // begin data
    let mut row = None;
    for (at, cell) in &sheet.cells {
        if row != Some(at.row) {
            let mut body = at.row.to_le_bytes().to_vec();
            body.extend([0, 0, 0, 0]); // style
            body.extend(300u16.to_le_bytes()); // height, in twentieths of a point
            body.extend([0, if sheet.hidden_rows.contains(&at.row) { 0x10 } else { 0 }]);
            body.resize(17, 0);
            out.put(0x00, &body);
            row = Some(at.row);
        }
        let mut body = at.col.to_le_bytes().to_vec();
        body.extend(u32::from(matches!(cell.format, Format::Date | Format::Month)).to_le_bytes());
        put_cell(&mut out, body, cell, names, strings);
    }
    out.put(0x92, &[]); // end data
    if sheet.protected {
        let mut body = vec![0, 0];
        body.extend([1u32; 16].iter().flat_map(|it| it.to_le_bytes()));
        out.put(0x217, &body);
    }
    out.put(0x82, &[]); // end
    out
}

/// Writes a cell's record, given its column and style.
fn put_cell(out: &mut Records, mut body: Vec<u8>, cell: &Cell, names: &[&str], strings: &mut Vec<String>) {
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
    if let Content::Formula { text, .. } = &cell.content {
        body.extend([0, 0]); // flags
        let sum = sum_of_areas(text, names);
        body.extend((sum.len() as u32).to_le_bytes());
        body.extend(sum);
        body.extend(0u32.to_le_bytes());
    }
    out.put(kind, &body);
}

/// The sum of the areas that a formula names, or nought.
fn sum_of_areas(formula: &str, names: &[&str]) -> Vec<u8> {
    let mut tokens = Vec::new();
    let mut areas = 0;
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '$';
    for (colon, _) in formula.match_indices(':') {
        let (before, after) = (&formula[..colon], &formula[colon + 1..]);
        let start = before.rfind(|it| !is_word(it)).map_or(0, |it| it + 1);
        let end = after.find(|it| !is_word(it)).unwrap_or(after.len());
        let (Some(from), Some(to)) = (At::read(&before[start..]), At::read(&after[..end])) else { continue };
        let Area { from, to } = Area { from, to };
        let sheet = names.iter().position(|it| {
            before[..start].ends_with(&format!("'{it}'!")) || before[..start].ends_with(&format!("{it}!"))
        });
        match sheet {
            Some(idx) => {
                tokens.push(0x3B);
                tokens.extend((idx as u16).to_le_bytes());
            }
            None => tokens.push(0x25),
        }
        tokens.extend([from.row, to.row].iter().flat_map(|it| it.to_le_bytes()));
        tokens.extend([from.col as u16, to.col as u16].iter().flat_map(|it| it.to_le_bytes()));
        areas += 1;
    }
    if areas == 0 {
        return vec![0x1E, 0, 0]; // the number nought
    }
    tokens.extend([0x22, areas, 4, 0]); // SUM
    tokens
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

fn rels(sheets: usize, links: usize) -> String {
    let part = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.bin\"/>")
    };
    let each: String =
        (1..=sheets).map(|it| part(it, "worksheet", &format!("worksheets/sheet{it}"))).collect();
    let links: String = (1..=links)
        .map(|it| part(sheets + 2 + it, "externalLink", &format!("externalLinks/externalLink{it}")))
        .collect();
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{each}{}{}{links}</Relationships>",
        part(sheets + 1, "styles", "styles"),
        part(sheets + 2, "sharedStrings", "sharedStrings"),
    )
}
