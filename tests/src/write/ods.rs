//! OpenDocument spreadsheets, as LibreOffice writes them.

use std::fmt::Write as _;

use rust_decimal::prelude::ToPrimitive;

use super::{Zipped, escaped};
use crate::book::{At, Book, Cell, Content, Format, Sheet, Value, day};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const OASIS: &str = "urn:oasis:names:tc:opendocument:xmlns";

/// The book as an .ods file.
pub fn ods(book: &Book) -> Vec<u8> {
    let mut xml = format!(
        "{HEAD}<office:document-content xmlns:office=\"{OASIS}:office:1.0\" \
         xmlns:style=\"{OASIS}:style:1.0\" xmlns:table=\"{OASIS}:table:1.0\" xmlns:text=\"{OASIS}:text:1.0\" \
         xmlns:of=\"{OASIS}:of:1.2\" xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" \
         office:version=\"1.3\"><office:automatic-styles>"
    );
    for (name, shown) in [("shown", true), ("hidden", false)] {
        write!(
            xml,
            "<style:style style:name=\"{name}\" style:family=\"table\">\
             <style:table-properties table:display=\"{shown}\"/></style:style>"
        )
        .unwrap();
    }
    xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    book.sheets.iter().for_each(|it| table(&mut xml, it));
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"{OASIS}:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let mut zip = Zipped::default();
    zip.add_stored("mimetype", KIND).add("content.xml", xml).add("META-INF/manifest.xml", manifest);
    zip.bytes()
}

fn table(xml: &mut String, sheet: &Sheet) {
    let style = if sheet.hidden { "hidden" } else { "shown" };
    let protected = if sheet.protected { " table:protected=\"true\"" } else { "" };
    let name = escaped(&sheet.name);
    write!(xml, "<table:table table:name=\"{name}\" table:style-name=\"{style}\"{protected}>").unwrap();
    xml.push_str("<table:table-column/>");
    // Empty rows and cells are written once with a count, as LibreOffice does.
    let mut next = At { row: 0, col: 0 };
    let mut open = false;
    for (at, cell) in sheet.cells.iter().filter(|(_, it)| it.content != Content::Blank) {
        if open && at.row != next.row {
            xml.push_str("</table:table-row>");
            next = At { row: next.row + 1, col: 0 };
            open = false;
        }
        if !open {
            if at.row > next.row {
                let skipped = at.row - next.row;
                write!(xml, "<table:table-row table:number-rows-repeated=\"{skipped}\"><table:table-cell/></table:table-row>")
                    .unwrap();
            }
            xml.push_str("<table:table-row>");
            next = At { row: at.row, col: 0 };
            open = true;
        }
        if at.col > next.col {
            write!(xml, "<table:table-cell table:number-columns-repeated=\"{}\"/>", at.col - next.col)
                .unwrap();
        }
        table_cell(xml, cell, sheet.merges.iter().find(|it| it.from == *at).map(|it| it.to), *at);
        next.col = at.col + 1;
    }
    xml.push_str(if open { "</table:table-row></table:table>" } else { "<table:table-row/></table:table>" });
}

fn table_cell(xml: &mut String, cell: &Cell, merged_to: Option<At>, at: At) {
    xml.push_str("<table:table-cell");
    if let Some(to) = merged_to {
        let (cols, rows) = (to.col - at.col + 1, to.row - at.row + 1);
        write!(xml, " table:number-columns-spanned=\"{cols}\" table:number-rows-spanned=\"{rows}\"").unwrap();
    }
    let value = match &cell.content {
        Content::Blank => None,
        Content::Typed(value) => Some(value),
        Content::Formula { text, shows } => {
            write!(xml, " table:formula=\"of:={}\"", escaped(&open_formula(text))).unwrap();
            shows.as_ref()
        }
    };
    let shown = match value {
        None => String::new(),
        Some(Value::Number(figure)) => {
            let kind = match cell.format {
                Format::Pounds => "currency\" office:currency=\"GBP",
                Format::Percent | Format::WholePercent => "percentage",
                Format::General | Format::Count | Format::Rate | Format::Date | Format::Month => "float",
            };
            let figure = figure.to_f64().unwrap();
            write!(xml, " office:value-type=\"{kind}\" office:value=\"{figure}\"").unwrap();
            figure.to_string()
        }
        Some(Value::Date(serial)) => {
            let day = day(*serial);
            write!(xml, " office:value-type=\"date\" office:date-value=\"{day}\"").unwrap();
            day
        }
        Some(Value::Bool(yes)) => {
            write!(xml, " office:value-type=\"boolean\" office:boolean-value=\"{yes}\"").unwrap();
            yes.to_string().to_uppercase()
        }
        Some(Value::Error(error)) => {
            xml.push_str(
                " office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
            );
            error.clone()
        }
        Some(Value::Text(text)) => {
            xml.push_str(" office:value-type=\"string\"");
            text.clone()
        }
    };
    xml.push('>');
    for line in shown.split('\n').filter(|_| value.is_some()) {
        write!(xml, "<text:p>{}</text:p>", escaped(line)).unwrap();
    }
    xml.push_str("</table:table-cell>");
}

/// The formula with its references in brackets, near enough for a reader that never calculates.
fn open_formula(formula: &str) -> String {
    formula.replace(',', ";").replace('!', ".")
}
