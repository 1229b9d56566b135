//! What a workbook holds beside its sheets: notes, links, connections and macros, with the relations that
//! lead to them.

use std::fmt::Write as _;

use super::{HEAD, KIND, MAIN, OFFICE, PACKAGE};
use crate::book::{Book, Sheet};
use crate::write::{Zipped, escaped};

/// Parts that the workbook refers to: the id, the kind and the target of each.
fn parts(book: &Book) -> Vec<(String, &'static str, String)> {
    let mut parts = Vec::new();
    for number in 1..=book.links.len() {
        parts.push((link_id(number), "externalLink", format!("externalLinks/externalLink{number}.xml")));
    }
    if !book.connections.is_empty() {
        parts.push(("rIdConnections".to_owned(), "connections", "connections.xml".to_owned()));
    }
    parts
}

fn link_id(number: usize) -> String {
    format!("rIdLink{number}")
}

/// The elements of the workbook that name them, and its defined names.
pub(super) fn references(book: &Book) -> String {
    let mut xml = String::new();
    if !book.links.is_empty() {
        let each: String = (1..=book.links.len())
            .map(|it| format!("<externalReference r:id=\"{}\"/>", link_id(it)))
            .collect();
        write!(xml, "<externalReferences>{each}</externalReferences>").unwrap();
    }
    if !book.names.is_empty() {
        xml.push_str("<definedNames>");
        for (name, formula) in &book.names {
            let (name, formula) = (escaped(name), escaped(formula));
            write!(xml, "<definedName name=\"{name}\">{formula}</definedName>").unwrap();
        }
        xml.push_str("</definedNames>");
    }
    xml
}

/// The relations of the workbook to them.
pub(super) fn relations(book: &Book) -> String {
    let mut xml = String::new();
    for (id, kind, target) in parts(book) {
        write!(xml, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>").unwrap();
    }
    if book.macros {
        write!(
            xml,
            "<Relationship Id=\"rIdMacros\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" \
             Target=\"vbaProject.bin\"/>"
        )
        .unwrap();
    }
    xml
}

/// What they are, for the list of all parts.
pub(super) fn content_types(book: &Book) -> String {
    let mut xml = String::new();
    let mut add = |part: &str, kind: &str| {
        write!(xml, "<Override PartName=\"/xl/{part}\" ContentType=\"{KIND}.{kind}+xml\"/>").unwrap();
    };
    for (_, kind, target) in parts(book) {
        add(&target, kind);
    }
    for (number, _) in (1..).zip(&book.sheets).filter(|(_, it)| !it.notes.is_empty()) {
        add(&format!("comments{number}.xml"), "comments");
    }
    if book.macros {
        xml.push_str("<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>");
    }
    xml
}

/// Adds the parts themselves.
pub(super) fn add(zip: &mut Zipped, book: &Book) {
    for (number, sheet) in (1..).zip(&book.sheets).filter(|(_, it)| !it.notes.is_empty()) {
        zip.add(&format!("xl/comments{number}.xml"), notes(sheet));
        let target = format!("../comments{number}.xml");
        zip.add(&format!("xl/worksheets/_rels/sheet{number}.xml.rels"), relation("comments", &target, ""));
    }
    for (number, file) in (1..).zip(&book.links) {
        let xml = format!(
            "{HEAD}<externalLink xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><externalBook r:id=\"rId1\"><sheetNames>\
             <sheetName val=\"Sheet1\"/></sheetNames></externalBook></externalLink>"
        );
        zip.add(&format!("xl/externalLinks/externalLink{number}.xml"), xml);
        let target = file.replace(' ', "%20");
        zip.add(
            &format!("xl/externalLinks/_rels/externalLink{number}.xml.rels"),
            relation("externalLinkPath", &target, " TargetMode=\"External\""),
        );
    }
    if !book.connections.is_empty() {
        let mut xml = format!("{HEAD}<connections xmlns=\"{MAIN}\">");
        for (number, name) in (1..).zip(&book.connections) {
            let name = escaped(name);
            write!(xml, "<connection id=\"{number}\" name=\"{name}\" type=\"1\" refreshedVersion=\"6\"/>")
                .unwrap();
        }
        zip.add("xl/connections.xml", xml + "</connections>");
    }
    if book.macros {
        zip.add("xl/vbaProject.bin", "no program at all");
    }
}

fn notes(sheet: &Sheet) -> String {
    let mut xml = format!("{HEAD}<comments xmlns=\"{MAIN}\"><authors><author/></authors><commentList>");
    for (at, text) in &sheet.notes {
        let text = escaped(text);
        write!(xml, "<comment ref=\"{at}\" authorId=\"0\"><text><t>{text}</t></text></comment>").unwrap();
    }
    xml + "</commentList></comments>"
}

fn relation(kind: &str, target: &str, mode: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{OFFICE}/{kind}\" Target=\"{}\"{mode}/></Relationships>",
        escaped(target)
    )
}
