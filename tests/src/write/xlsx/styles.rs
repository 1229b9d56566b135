//! One style for each pair of a look and a number format.

use std::fmt::Write as _;

use super::{HEAD, MAIN};
use crate::book::{Cell, Format, Look};

const LOOKS: [Look; 7] =
    [Look::Plain, Look::Title, Look::Section, Look::Heading, Look::Input, Look::Prefilled, Look::Calculated];
const FORMATS: [(Format, &str); 8] = [
    (Format::General, "General"),
    (Format::Pounds, "&quot;£&quot;#,##0"),
    (Format::Count, "#,##0"),
    (Format::Rate, "#,##0.0"),
    (Format::Percent, "0.0%"),
    (Format::WholePercent, "0%"),
    (Format::Date, "ddd dd/mm/yyyy"),
    (Format::Month, "mmm\\-yy"),
];
/// The first number that a workbook may give to a format of its own.
const FIRST_OWN: usize = 164;

/// The style of a cell.
pub(super) fn index(cell: &Cell) -> usize {
    let look = LOOKS.iter().position(|it| *it == cell.look).unwrap();
    let format = FORMATS.iter().position(|(it, _)| *it == cell.format).unwrap();
    look * FORMATS.len() + format
}

/// The style sheet.
pub(super) fn xml() -> String {
    let mut xml = format!("{HEAD}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{}\">", FORMATS.len() - 1);
    for (idx, (_, code)) in FORMATS.iter().enumerate().skip(1) {
        write!(xml, "<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", FIRST_OWN + idx).unwrap();
    }
    xml.push_str("</numFmts><fonts count=\"3\">");
    for (extra, size) in [("", 11), ("<b/>", 11), ("<b/>", 16)] {
        write!(xml, "<font>{extra}<sz val=\"{size}\"/><name val=\"Arial\"/><family val=\"2\"/></font>")
            .unwrap();
    }
    xml.push_str("</fonts><fills count=\"5\"><fill><patternFill patternType=\"none\"/></fill>");
    xml.push_str("<fill><patternFill patternType=\"gray125\"/></fill>");
    for colour in ["FFFFFFCC", "FFDAE8F5", "FFEDEDED"] {
        write!(
            xml,
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/></patternFill></fill>"
        )
        .unwrap();
    }
    xml.push_str(
        "</fills><borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>",
    );
    for side in ["left", "right", "top", "bottom"] {
        write!(xml, "<{side} style=\"thin\"><color rgb=\"FFBFBFBF\"/></{side}>").unwrap();
    }
    xml.push_str("<diagonal/></border></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>");
    write!(xml, "<cellXfs count=\"{}\">", LOOKS.len() * FORMATS.len()).unwrap();
    for look in LOOKS {
        for idx in 0..FORMATS.len() {
            let number = if idx == 0 { 0 } else { FIRST_OWN + idx };
            write!(xml, "<xf numFmtId=\"{number}\" applyNumberFormat=\"1\" {}</xf>", of_look(look)).unwrap();
        }
    }
    xml + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>\
           </cellStyles></styleSheet>"
}

/// The rest of a style's element: font, fill, border and whether it may be typed into.
fn of_look(look: Look) -> &'static str {
    match look {
        Look::Plain => "applyAlignment=\"1\"><alignment vertical=\"top\"/>",
        Look::Title => "fontId=\"2\" applyFont=\"1\">",
        Look::Section => "fontId=\"1\" applyFont=\"1\">",
        Look::Heading => {
            "fontId=\"1\" fillId=\"4\" borderId=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" \
             applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/>"
        }
        Look::Input => {
            "fillId=\"2\" borderId=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" \
             applyProtection=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/><protection locked=\"0\"/>"
        }
        Look::Prefilled => "fillId=\"3\" borderId=\"1\" applyFill=\"1\" applyBorder=\"1\">",
        Look::Calculated => "fillId=\"4\" borderId=\"1\" applyFill=\"1\" applyBorder=\"1\">",
    }
}
