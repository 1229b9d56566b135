//! The smaller parts of a package: the workbook itself, notes, connections and properties.

use std::collections::BTreeSet;

use crate::workbook::area::Area;
use crate::workbook::facts::{Fact, Note, Property, Unread, most};
use crate::workbook::xml::{Element, Visit};

/// What the workbook's part says.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) structure_protected: bool,
    /// Whether dates are counted from 1904.
    pub(super) dates_from_1904: bool,
    /// The name of each tab and the id of its part.
    pub(super) tabs: Vec<(String, String)>,
    /// The ids of links to other workbooks, in the order by which formulas count them.
    pub(super) links: Vec<String>,
    /// Names, the number of the tab they hold on, and what they stand for.
    pub(super) names: Vec<(String, Option<usize>, String)>,
    reading_name: bool,
}

impl Visit for Book {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        let more = |so_far: usize| so_far < most::ENTRIES;
        // One more than are kept says that there are too many.
        let more_names = self.names.len() <= most::ENTRIES;
        match element.name() {
            "workbookPr" => self.dates_from_1904 = element.is("date1904"),
            "workbookProtection" => self.structure_protected = element.is("lockStructure"),
            "sheet" if more(self.tabs.len()) => self
                .tabs
                .push((element.attr("name").unwrap_or_default(), element.attr("id").unwrap_or_default())),
            "externalReference" if self.links.len() < most::LINKS => {
                self.links.push(element.attr("id").unwrap_or_default());
            }
            "definedName" if more_names => {
                let sheet = element.number("localSheetId").and_then(|it| usize::try_from(it).ok());
                self.names.push((element.attr("name").unwrap_or_default(), sheet, String::new()));
                self.reading_name = true;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let (true, Some((_, _, says))) = (self.reading_name, self.names.last_mut())
            && says.len() < most::ENTRIES
        {
            says.push_str(text);
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        if name == "definedName" {
            self.reading_name = false;
        }
    }
}

/// Notes, or the comments of conversations, which are written much alike.
#[derive(Debug)]
pub(super) struct Notes {
    found: Vec<Note>,
    size: usize,
    open: bool,
    reading: bool,
    /// How many there may be.
    number: usize,
    /// Bytes that they may say.
    text: usize,
}

impl Visit for Notes {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        match element.name() {
            "comment" | "threadedComment" => {
                let at = element.attr("ref").and_then(|it| Area::read(&it));
                self.open = at.is_some();
                if let Some(at) = at {
                    self.found.push(Note { row: at.first_row, col: at.first_col, text: String::new() });
                }
            }
            "t" | "text" => self.reading = self.open,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let (true, Some(note)) = (self.reading, self.found.last_mut()) {
            note.text.push_str(text);
            self.size += text.len();
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        match name {
            "comment" | "threadedComment" => (self.open, self.reading) = (false, false),
            "t" | "text" => self.reading = false,
            _ => {}
        }
    }

    fn done(&self) -> bool {
        self.size > self.text || self.found.len() > self.number
    }
}

impl Notes {
    /// No notes yet, and room for so many and so many bytes of what they say.
    pub(super) fn new(number: usize, text: usize) -> Self {
        Notes { found: Vec::new(), size: 0, open: false, reading: false, number, text }
    }

    pub(super) fn settled(self) -> Fact<Vec<Note>> {
        if self.done() {
            return Err(Unread::too_many("notes"));
        }
        Ok(self.found)
    }
}

/// The value of an attribute of every element of a name: the names of connections.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) element: &'static str,
    pub(super) attribute: &'static str,
    pub(super) found: Vec<String>,
}

impl Visit for Named {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        if element.name() == self.element && self.found.len() < most::ENTRIES {
            self.found.push(element.attr(self.attribute).unwrap_or_default());
        }
    }
}

/// Which styles show a number as an amount.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Formats of the workbook's own that do.
    formats: BTreeSet<u32>,
    /// Whether each cell style does, in their order.
    amounts: Vec<bool>,
    in_cell_styles: bool,
}

impl Visit for Styles {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        match element.name() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attr("formatCode"))
                    && is_amount(&code)
                {
                    self.formats.insert(id);
                }
            }
            "cellXfs" => self.in_cell_styles = true,
            "xf" if self.in_cell_styles && self.amounts.len() < most::ENTRIES => {
                /// Formats that every workbook has: thousands set off, with a currency or without.
                const OWN: [u32; 14] = [3, 4, 5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44];
                let format = element.number("numFmtId").unwrap_or(0);
                self.amounts.push(OWN.contains(&format) || self.formats.contains(&format));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        if name == "cellXfs" {
            self.in_cell_styles = false;
        }
    }
}

impl Styles {
    pub(super) fn shows_amount(&self, style: u32) -> bool {
        usize::try_from(style).ok().and_then(|it| self.amounts.get(it)).copied().unwrap_or(false)
    }
}

/// Whether a format shows a currency, or sets thousands off.
fn is_amount(code: &str) -> bool {
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("[$-") {
        // A language and no currency.
        if before.contains(['£', '€', '$']) {
            return true;
        }
        rest = after;
    }
    rest.contains(['£', '€', '$']) || code.contains("#,#")
}

/// The texts of a few elements: of those that hold a document's properties.
#[derive(Debug)]
pub(in crate::workbook) struct Properties {
    wanted: &'static [(&'static str, &'static str)],
    found: Vec<Property>,
    reading: Option<&'static str>,
    text: String,
}

impl Properties {
    /// Looks for these elements, each with the name of the property.
    pub(in crate::workbook) fn new(wanted: &'static [(&'static str, &'static str)]) -> Self {
        Properties { wanted, found: Vec::new(), reading: None, text: String::new() }
    }

    /// Those that say something.
    pub(in crate::workbook) fn found(self) -> Vec<Property> {
        self.found
    }
}

impl Visit for Properties {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        self.reading = self.wanted.iter().find(|it| it.0 == element.name()).map(|it| it.1);
        self.text.clear();
    }

    fn text(&mut self, text: &str) {
        if self.reading.is_some() && self.text.len() < most::ENTRIES {
            self.text.push_str(text);
        }
    }

    fn close(&mut self, _: &str, _: usize) {
        let says = self.text.trim();
        if let Some(name) = self.reading.take()
            && !says.is_empty()
            && self.found.len() < most::ENTRIES
        {
            self.found.push(Property { name, says: says.to_owned() });
        }
    }
}
