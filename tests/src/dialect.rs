//! The same workbook as other programs write it: what they add, leave out or spell otherwise in the XML.
//!
//! Each was modelled on files that the program saved: Google Sheets pads every sheet with styled rows that
//! hold nothing and breaks labels into runs; Excel for the web shares formulas and adds namespaces of its
//! own; openpyxl writes texts into the cells and no values with formulas.

use std::fmt::Write as _;

use crate::write::{member, names, replace_member};

/// As Google Sheets exports it: ghost rows and cells, labels in runs, sizes on every row.
pub fn google_sheets(xlsx: &[u8]) -> Vec<u8> {
    let with_ghosts = each_sheet(xlsx, |xml| {
        let last = last_row(xml);
        let mut ghosts = String::new();
        for row in last + 1..last + 400 {
            write!(
                ghosts,
                "<row r=\"{row}\" ht=\"15.75\" customHeight=\"1\"><c r=\"A{row}\" s=\"1\"/></row>"
            )
            .unwrap();
        }
        xml.replace("<sheetData>", "<sheetFormatPr customHeight=\"1\" defaultColWidth=\"14.43\" defaultRowHeight=\"15.0\"/><sheetData>")
            .replace("</sheetData>", &format!("{ghosts}</sheetData>"))
    });
    let strings = "xl/sharedStrings.xml";
    let xml = member(&with_ghosts, strings);
    // Every text that is long enough, in two runs of different looks.
    let mut out = String::new();
    for (idx, part) in xml.split("<t xml:space=\"preserve\">").enumerate() {
        let Some((text, rest)) = (idx > 0).then(|| part.split_once("</t>")).flatten() else {
            out.push_str(part);
            continue;
        };
        let middle = text.char_indices().nth(4).map_or(0, |it| it.0);
        if middle == 0 || text.contains('&') {
            write!(out, "<t xml:space=\"preserve\">{text}</t>{rest}").unwrap();
        } else {
            let (first, second) = text.split_at(middle);
            write!(
                out,
                "<r><rPr><b/></rPr><t xml:space=\"preserve\">{first}</t></r><r><t xml:space=\"preserve\">{second}</t></r>{rest}"
            )
            .unwrap();
        }
    }
    replace_member(&with_ghosts, strings, out)
}

/// As Excel for the web saves it: namespaces of its own, and the second of two equal formulas shared.
pub fn excel_for_the_web(xlsx: &[u8]) -> Vec<u8> {
    each_sheet(xlsx, |xml| {
        let xml = xml.replacen(
            "<worksheet ",
            "<worksheet xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\" mc:Ignorable=\"xr\" \
             xr:uid=\"{00000000-0001-0000-0000-000000000000}\" ",
            1,
        );
        share_balances(&xml)
    })
}

/// As openpyxl writes it: texts inside the cells, and no values with formulas.
pub fn openpyxl(xlsx: &[u8]) -> Vec<u8> {
    let strings = member(xlsx, "xl/sharedStrings.xml");
    let texts: Vec<&str> =
        strings.split("<si>").skip(1).map(|it| it.split_once("</si>").unwrap().0).collect();
    each_sheet(xlsx, |xml| {
        let mut out = String::new();
        let mut rest = xml;
        while let Some(at) = rest.find(" t=\"s\"><v>") {
            let (before, after) = rest.split_at(at);
            let (index, tail) = after[" t=\"s\"><v>".len()..].split_once("</v></c>").unwrap();
            let text = texts[index.parse::<usize>().unwrap()];
            write!(out, "{before} t=\"inlineStr\"><is>{text}</is></c>").unwrap();
            rest = tail;
        }
        out.push_str(rest);
        without_values(&out)
    })
}

/// Takes the values of formulas away.
fn without_values(xml: &str) -> String {
    let mut out = String::new();
    for (idx, part) in xml.split("</f>").enumerate() {
        match (idx > 0).then(|| part.strip_prefix("<v>").and_then(|it| it.split_once("</v>"))).flatten() {
            Some((_, rest)) => out.push_str(rest),
            None => out.push_str(part),
        }
        out.push_str("</f>");
    }
    out.truncate(out.len() - "</f>".len());
    out
}

/// The running balances' differences, F9 to F14, as one shared formula.
fn share_balances(xml: &str) -> String {
    let mut out = xml.to_owned();
    for row in 9..=13 {
        let plain = format!("<f>D{row}-E{row}</f>");
        let shared = if row == 9 {
            "<f t=\"shared\" ref=\"F9:F13\" si=\"0\">D9-E9</f>".to_owned()
        } else {
            "<f t=\"shared\" si=\"0\"/>".to_owned()
        };
        out = out.replace(&plain, &shared);
    }
    out
}

fn last_row(xml: &str) -> u32 {
    xml.split("<row r=\"").skip(1).filter_map(|it| it.split('"').next()?.parse().ok()).max().unwrap_or(0)
}

fn each_sheet(xlsx: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut out = xlsx.to_vec();
    for name in names(xlsx).into_iter().filter(|it| it.starts_with("xl/worksheets/sheet")) {
        let xml = change(&member(&out, &name));
        out = replace_member(&out, &name, xml);
    }
    out
}
