//! OpenDocument spreadsheets, as LibreOffice writes them.

use std::collections::BTreeMap;
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
    let protected = if book.structure_protected { " table:structure-protected=\"true\"" } else { "" };
    write!(xml, "</office:automatic-styles><office:body><office:spreadsheet{protected}>").unwrap();
    xml.push_str("<table:content-validations>");
    for (number, options) in (1..).zip(book.sheets.iter().flat_map(|it| &it.drop_downs).map(|it| &it.1)) {
        let list = match options.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(typed) => format!("\"{}\"", typed.replace(',', "\";\"")),
            None => open_formula(options, &[]),
        };
        let condition = escaped(&format!("of:cell-content-is-in-list({list})"));
        write!(xml, "<table:content-validation table:name=\"val{number}\" table:condition=\"{condition}\"/>")
            .unwrap();
    }
    xml.push_str("</table:content-validations>");
    let mut number = 1;
    for sheet in &book.sheets {
        table(&mut xml, sheet, number, &book.links);
        number += sheet.drop_downs.len();
    }
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"{OASIS}:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         <manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let mut zip = Zipped::default();
    zip.add_stored("mimetype", KIND).add("content.xml", xml).add("META-INF/manifest.xml", manifest);
    zip.add("meta.xml", meta(book));
    if book.macros {
        zip.add("Basic/Standard/script-lb.xml", "<library:library/>");
        zip.add("Basic/Standard/Module1.xml", "<script:module/>");
    }
    zip.bytes()
}

fn meta(book: &Book) -> String {
    let author = escaped(book.author.as_deref().unwrap_or("plancheck"));
    format!(
        "{HEAD}<office:document-meta xmlns:office=\"{OASIS}:office:1.0\" xmlns:meta=\"{OASIS}:meta:1.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <office:meta><meta:initial-creator>{author}</meta:initial-creator><dc:date>2022-09-26T10:05:12.5</dc:date></office:meta></office:document-meta>"
    )
}

/// A sheet. Its validations are numbered from here on.
fn table(xml: &mut String, sheet: &Sheet, first: usize, links: &[String]) {
    let style = if sheet.hidden || sheet.very_hidden { "hidden" } else { "shown" };
    let protected = if sheet.protected { " table:protected=\"true\"" } else { "" };
    let name = escaped(&sheet.name);
    write!(xml, "<table:table table:name=\"{name}\" table:style-name=\"{style}\"{protected}>").unwrap();
    for col in 0..=sheet.hidden_cols.last().copied().unwrap_or(0) {
        let visibility = visibility(sheet.hidden_cols.contains(&col));
        write!(xml, "<table:table-column{visibility}/>").unwrap();
    }
    let drop_down = |at: &At| {
        let here = sheet.drop_downs.iter().position(|(area, _)| area.contains(*at))?;
        Some(format!(" table:content-validation-name=\"val{}\"", first + here))
    };
    let mut cells: BTreeMap<At, &Cell> = sheet.cells.iter().map(|(at, cell)| (*at, cell)).collect();
    cells.retain(|at, cell| {
        cell.content != Content::Blank || drop_down(at).is_some() || sheet.notes.contains_key(at)
    });
    let blank = Cell::default();
    sheet.notes.keys().for_each(|at| {
        cells.entry(*at).or_insert(&blank);
    });
    // Empty rows and cells are written once with a count, as LibreOffice does.
    let mut next = At { row: 0, col: 0 };
    let mut open = false;
    for (at, cell) in cells {
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
            write!(xml, "<table:table-row{}>", visibility(sheet.hidden_rows.contains(&at.row))).unwrap();
            next = At { row: at.row, col: 0 };
            open = true;
        }
        if at.col > next.col {
            write!(xml, "<table:table-cell table:number-columns-repeated=\"{}\"/>", at.col - next.col)
                .unwrap();
        }
        let merged_to = sheet.merges.iter().find(|it| it.from == at).map(|it| it.to);
        table_cell(
            xml,
            cell,
            at,
            merged_to,
            &drop_down(&at).unwrap_or_default(),
            sheet.notes.get(&at),
            links,
        );
        next.col = at.col + 1;
    }
    xml.push_str(if open { "</table:table-row></table:table>" } else { "<table:table-row/></table:table>" });
}

fn visibility(hidden: bool) -> &'static str {
    if hidden { " table:visibility=\"collapse\"" } else { "" }
}

fn table_cell(
    xml: &mut String,
    cell: &Cell,
    at: At,
    merged_to: Option<At>,
    drop_down: &str,
    note: Option<&String>,
    links: &[String],
) {
    write!(xml, "<table:table-cell{drop_down}").unwrap();
    if let Some(to) = merged_to {
        let (cols, rows) = (to.col - at.col + 1, to.row - at.row + 1);
        write!(xml, " table:number-columns-spanned=\"{cols}\" table:number-rows-spanned=\"{rows}\"").unwrap();
    }
    let value = match &cell.content {
        Content::Blank => None,
        Content::Typed(value) => Some(value),
        Content::Formula { text, shows } => {
            write!(xml, " table:formula=\"of:={}\"", escaped(&open_formula(text, links))).unwrap();
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
    if let Some(note) = note {
        write!(xml, "<office:annotation><text:p>{}</text:p></office:annotation>", escaped(note)).unwrap();
    }
    for line in shown.split('\n').filter(|_| value.is_some()) {
        write!(xml, "<text:p>{}</text:p>", escaped(line)).unwrap();
    }
    xml.push_str("</table:table-cell>");
}

/// The formula with its references in brackets, as the format wants them.
fn open_formula(formula: &str, links: &[String]) -> String {
    let mut out = String::with_capacity(formula.len() * 2);
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let word = |it: char| it.is_ascii_alphanumeric() || matches!(it, '$' | '.');
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |it| it + 2),
            // A sheet, or a sheet of another workbook: what stands behind it is a reference.
            '\'' | '[' => rest.find('!').map_or(rest.len(), |it| it + 1 + reference(&rest[it + 1..])),
            it if word(it) => {
                let length = rest.find(|it| !word(it)).unwrap_or(rest.len());
                let sheet = rest[length..].starts_with('!');
                let length = if sheet { length + 1 + reference(&rest[length + 1..]) } else { length };
                length.max(reference(rest))
            }
            other => other.len_utf8(),
        };
        let (token, left) = rest.split_at(length);
        let (sheet, cells) = token.rsplit_once('!').unwrap_or(("", token));
        if first == '"' || reference(cells) != cells.len() || cells.is_empty() {
            out.push_str(if token == "," { ";" } else { token });
        } else {
            let sheet = match sheet.strip_prefix('[').and_then(|it| it.split_once(']')) {
                Some((number, name)) => {
                    format!("'{}'#${name}", links[number.parse::<usize>().unwrap() - 1].replace(' ', "%20"))
                }
                None if sheet.is_empty() => String::new(),
                None => format!("${sheet}"),
            };
            write!(out, "[{sheet}.{}]", cells.replace(':', ":.")).unwrap();
        }
        rest = left;
    }
    out
}

/// How much of a text is the address of a cell or of an area.
fn reference(text: &str) -> usize {
    let word = |it: char| !it.is_ascii_alphanumeric() && it != '$';
    let first = text.find(word).unwrap_or(text.len());
    if At::read(&text[..first]).is_none() || text[first..].starts_with('(') {
        return 0;
    }
    let Some(after) = text[first..].strip_prefix(':') else { return first };
    let second = after.find(word).unwrap_or(after.len());
    if At::read(&after[..second]).is_some() { first + 1 + second } else { first }
}
