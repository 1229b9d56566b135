//! A worksheet's part: where the link to its comments stands or has to stand, and how large its cells are.
//! It is read in one go, because it may be long.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, PrefixDeclaration, ResolveResult};
use quick_xml::reader::NsReader;

use super::room::Grid;
use super::tree::{Splices, decoded, encoded, place};
use super::{MAIN, RELATIONS};
use crate::workbook::xml::{DEEPEST, Element};

/// What may stand after the link, in the order of the schema (ECMA-376, Part 1, 18.3.1.99).
const AFTER: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A worksheet's part.
#[derive(Debug)]
pub(super) struct Worksheet {
    text: String,
    bom: bool,
    /// The id of the relation to the drawing that holds the boxes of comments.
    pub(super) link: Option<String>,
    /// Where such a link has to be put in.
    at: usize,
    /// The prefix of its elements, with the colon.
    prefix: String,
    /// The prefix that stands for relations.
    relations: Option<String>,
    pub(super) grid: Grid,
}

/// What is known while the part is read.
#[derive(Debug, Default)]
struct Reading {
    /// Whether each element that is open is one of the worksheet's own or only stands around alternatives.
    open: Vec<Kind>,
    /// Where the alternatives begin that are being read.
    alternatives: usize,
    link: Option<String>,
    linked_in_alternatives: bool,
    at: Option<usize>,
    grid: Grid,
    row: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Root,
    /// "mc:AlternateContent" and what it has right below it.
    Alternatives,
    Part,
}

impl Worksheet {
    /// Reads the part.
    ///
    /// # Errors
    /// Where it cannot be changed, in a clause.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let (text, bom) = decoded(bytes)?;
        let mut reading = Reading::default();
        let (mut prefix, mut relations, mut end) = (String::new(), None, None);
        let mut reader = NsReader::from_str(&text);
        loop {
            let from = place(reader.buffer_position());
            let event = reader.read_event().map_err(|it| it.to_string())?;
            match event {
                Event::Start(ref it) | Event::Empty(ref it) => {
                    let space = match reader.resolver().resolve_element(it.name()).0 {
                        ResolveResult::Bound(Namespace(space)) => space,
                        ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
                    };
                    if reading.open.is_empty() {
                        if end.is_some() || it.local_name().into_inner() != "worksheet" {
                            return Err("it is no worksheet".to_owned());
                        }
                        super::usual(space)?;
                        prefix =
                            it.name().prefix().map(|it| format!("{}:", it.into_inner())).unwrap_or_default();
                        relations = reader.resolver().bindings().find_map(|it| match it {
                            (PrefixDeclaration::Named(prefix), Namespace(RELATIONS)) => {
                                Some(prefix.to_owned())
                            }
                            _ => None,
                        });
                    }
                    let kind = reading.element(it, space, from)?;
                    if matches!(event, Event::Start(_)) {
                        reading.open.push(kind);
                        if reading.open.len() > DEEPEST {
                            return Err("it has elements too deep in each other".to_owned());
                        }
                    }
                }
                Event::End(_) => {
                    reading.open.pop();
                    if reading.open.is_empty() {
                        end = Some(from);
                    }
                }
                Event::Eof => break,
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
        if reading.linked_in_alternatives {
            return Err("the link to its comments stands among alternatives".to_owned());
        }
        let end = end.filter(|_| reading.open.is_empty()).ok_or("it ends before its last element does")?;
        let (at, link, grid) = (reading.at.unwrap_or(end), reading.link, reading.grid);
        Ok(Worksheet { text, bom, link, at, prefix, relations, grid })
    }

    /// The part with a link to the drawing of this relation.
    pub(super) fn linked(&self, id: &str) -> Vec<u8> {
        let prefix = &self.prefix;
        let link = match &self.relations {
            Some(relations) => format!("<{prefix}legacyDrawing {relations}:id=\"{id}\"/>"),
            None => format!("<{prefix}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>"),
        };
        let mut splices = Splices::default();
        splices.insert(self.at, link);
        encoded(&splices.applied(&self.text), self.bom)
    }
}

impl Reading {
    /// Takes an element in and says what kind it is.
    fn element(&mut self, start: &BytesStart<'_>, space: &str, from: usize) -> Result<Kind, String> {
        let name = start.local_name().into_inner();
        let parent = match self.open.last() {
            None => return Ok(Kind::Root),
            Some(Kind::Part) => {
                if space == MAIN {
                    self.measure(start, name);
                }
                return Ok(Kind::Part);
            }
            Some(kind) => *kind,
        };
        if parent == Kind::Root {
            self.alternatives = from;
        }
        if space == super::COMPATIBILITY {
            return Ok(Kind::Alternatives);
        }
        if space == MAIN {
            if name == "legacyDrawing" {
                self.linked_in_alternatives |= parent == Kind::Alternatives;
                if self.link.is_some() {
                    return Err("it has two links to comments".to_owned());
                }
                let id = start
                    .attributes()
                    .with_checks(false)
                    .flatten()
                    .find(|it| it.key.local_name().into_inner() == "id" && it.key.prefix().is_some());
                self.link = Some(id.map(|it| it.value.into_owned()).unwrap_or_default());
            } else if AFTER.contains(&name) {
                self.at.get_or_insert(self.alternatives);
            }
            self.measure(start, name);
        }
        Ok(Kind::Part)
    }

    fn measure(&mut self, start: &BytesStart<'_>, name: &str) {
        let element = Element::of(start);
        match (self.open.len(), name) {
            (1, "sheetFormatPr") => self.grid.defaults(&element),
            (2, "col") => self.grid.add_cols(&element),
            (2, "row") => {
                // A row without a number follows the one before it.
                let row = element.number("r").and_then(|it| it.checked_sub(1)).unwrap_or(self.row);
                self.row = row.saturating_add(1);
                self.grid.add_row(row, &element);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const R: &str = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    const MC: &str = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'";

    fn linked(inside: &str) -> String {
        let xml = format!("<worksheet xmlns='{MAIN}' {R} {MC}>{inside}</worksheet>");
        let worksheet = Worksheet::read(xml.into_bytes()).unwrap();
        assert_eq!(worksheet.link, None);
        let text = String::from_utf8(worksheet.linked("rId7")).unwrap();
        let start = text.find("2006'>").unwrap() + 6;
        text[start..text.len() - "</worksheet>".len()].to_owned()
    }

    #[test]
    fn the_link_stands_where_the_schema_wants_it() {
        const LINK: &str = "<legacyDrawing r:id=\"rId7\"/>";
        for (before, after) in [
            ("<sheetData/>", ""),
            ("<sheetData/><drawing r:id='rId1'/>", "<legacyDrawingHF r:id='rId2'/><extLst/>"),
            ("<sheetData/><pageMargins/>", "<tableParts><tablePart r:id='rId1'/></tableParts>"),
            ("<sheetData/><ignoredErrors/>\n", "<picture r:id='rId1'/>\n"),
            (
                "<sheetData><row><c><extLst/></c></row></sheetData><conditionalFormatting><extLst/></conditionalFormatting>",
                "<extLst><ext><legacyDrawing/></ext></extLst>",
            ),
            (
                "<sheetData/><mc:AlternateContent><mc:Choice><drawing r:id='rId1'/></mc:Choice></mc:AlternateContent>",
                "<mc:AlternateContent><mc:Choice Requires='x14'><controls/></mc:Choice></mc:AlternateContent><extLst/>",
            ),
        ] {
            assert_eq!(linked(&format!("{before}{after}")), format!("{before}{LINK}{after}"));
        }
    }

    #[test]
    fn prefixes_are_those_of_the_part() {
        let xml = format!(
            "\u{feff}<?xml version='1.0'?>\n<x:worksheet xmlns:x='{MAIN}'><x:sheetData/></x:worksheet>\n"
        );
        let worksheet = Worksheet::read(xml.clone().into_bytes()).unwrap();
        let text = String::from_utf8(worksheet.linked("rId1")).unwrap();
        let link = format!("<x:legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"rId1\"/>");
        assert!(text.contains(&link));
        assert_eq!(text.replace(&link, ""), xml);
    }

    #[test]
    fn a_link_that_is_there_is_found() {
        let xml =
            format!("<worksheet xmlns='{MAIN}' {R}><sheetData/><legacyDrawing r:id='rId3'/></worksheet>");
        assert_eq!(Worksheet::read(xml.into_bytes()).unwrap().link.as_deref(), Some("rId3"));
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        let wide: Vec<u8> = "<worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, why) in [
            (format!("<worksheet xmlns='{strict}'><sheetData/></worksheet>").into_bytes(), "Strict"),
            (format!("<chartsheet xmlns='{MAIN}'/>").into_bytes(), "no worksheet"),
            (format!("<worksheet xmlns='{MAIN}'><sheetData/>").into_bytes(), "ends before"),
            (format!("<worksheet xmlns='{MAIN}'/>").into_bytes(), "ends before"),
            (b"<?xml version='1.0' encoding='windows-1252'?><worksheet/>".to_vec(), "windows-1252"),
            (wide, "UTF-16"),
            (
                format!(
                    "<worksheet xmlns='{MAIN}' {R} {MC}><mc:AlternateContent><mc:Choice><legacyDrawing r:id='a'/></mc:Choice></mc:AlternateContent></worksheet>"
                )
                .into_bytes(),
                "alternatives",
            ),
        ] {
            let error = Worksheet::read(bytes).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
