//! A worksheet's part: what is hidden, protected and offered.

use crate::workbook::area::{Area, LAST_COL, LAST_ROW, Runs};
use crate::workbook::facts::{Fact, Room, Unread, most};
use crate::workbook::xml::{Element, Visit};

/// What a worksheet's part says, before names and sheets are known.
#[derive(Debug, Default)]
pub(super) struct Worksheet {
    /// How much of each may be kept.
    room: Room,
    pub(super) protected: bool,
    pub(super) hidden_rows: Runs,
    hidden_cols: Runs,
    shown_cols: Runs,
    cols_hidden_by_default: bool,
    drop_downs: Vec<Validation>,
    merges: Vec<Area>,
    root: Option<bool>,
    next_row: u32,
    areas: usize,
    /// Bytes of what validations say.
    said: usize,
    open: Option<Validation>,
    /// What the text being read belongs to.
    reading: Reading,
    /// Cells with a number of ten digits, and the style of each.
    pub(super) long_numbers: Vec<((u32, u32), u32)>,
    /// The attributes of the cell being read, as they are written.
    cell: String,
    in_value: bool,
}

/// A validation as the file has it.
#[derive(Debug, Default)]
pub(super) struct Validation {
    is_list: bool,
    pub(super) areas: Vec<Area>,
    /// The formula of its options.
    pub(super) says: String,
    /// Its options where the file lists them with quotes of their own.
    pub(super) quoted: String,
    sqref: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    Nothing,
    Formula,
    Quoted,
    Cells,
}

/// Whether a width or height is nought, in whatever unit: "0", "0.0", "0cm".
pub(in crate::workbook) fn is_nought(size: &str) -> bool {
    let number = size.trim().trim_end_matches(|it: char| it.is_ascii_alphabetic());
    number.contains('0') && number.chars().all(|it| matches!(it, '0' | '.' | '+' | '-'))
}

impl Visit for Worksheet {
    fn open(&mut self, element: &Element<'_>, depth: usize) {
        let name = element.name();
        match (depth, name) {
            (1, _) => self.root = Some(name == "worksheet"),
            (2, "sheetProtection") => self.protected = element.is("sheet"),
            (2, "sheetFormatPr") => {
                self.cols_hidden_by_default =
                    element.attr("defaultColWidth").is_some_and(|it| is_nought(&it));
            }
            (3, "row") => self.row(element),
            (3, "col") => self.col(element),
            (3, "mergeCell") if self.merges.len() <= self.room.merges => {
                self.merges.extend(element.attr("ref").as_deref().and_then(Area::read));
            }
            (4, "c") => {
                self.cell.clear();
                self.cell.push_str(element.attributes());
            }
            (5, "v") => self.in_value = true,
            (_, "dataValidation") => self.begin(element),
            (_, "formula1") if self.open.is_some() => self.reading = Reading::Formula,
            (_, "list") if self.open.is_some() => self.reading = Reading::Quoted,
            (_, "sqref") if self.open.is_some() => self.reading = Reading::Cells,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_value && text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit()) {
            self.long_number();
        }
        if let Some(open) = self.open.as_mut().filter(|_| self.said <= self.room.said) {
            self.said += text.len();
            match self.reading {
                Reading::Nothing => {}
                Reading::Formula => open.says.push_str(text),
                Reading::Quoted => open.quoted.push_str(text),
                Reading::Cells => open.sqref.push_str(text),
            }
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        match name {
            "v" => self.in_value = false,
            "formula1" | "list" | "sqref" => self.reading = Reading::Nothing,
            "dataValidation" => self.end(),
            _ => {}
        }
    }
}

impl Worksheet {
    /// Nothing read yet, and room for so much.
    pub(super) fn new(room: Room) -> Self {
        Worksheet { room, ..Worksheet::default() }
    }

    /// Bytes of what its drop-downs say.
    pub(super) fn said(&self) -> usize {
        self.said
    }

    pub(super) fn row(&mut self, element: &Element<'_>) {
        // A row without a number follows the one before it.
        let row = element.number("r").and_then(|it| it.checked_sub(1)).unwrap_or(self.next_row);
        self.next_row = row.saturating_add(1);
        let hidden = element.is("hidden") || element.attr("ht").is_some_and(|it| is_nought(&it));
        if hidden && row <= LAST_ROW && self.hidden_rows.len() <= self.room.runs {
            self.hidden_rows.add(row, row);
        }
    }

    fn long_number(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        self.long_number_in(&cell);
        self.cell = cell;
    }

    /// Notes the cell with these attributes, in which a number of ten digits stands.
    pub(super) fn long_number_in(&mut self, cell: &str) {
        let attr = |name: &str| {
            let (_, rest) = cell.split_once(name)?;
            rest.trim_start_matches(['"', '\'']).split(['"', '\'']).next()
        };
        let at = attr(" r=").and_then(Area::read);
        let style = attr(" s=").and_then(|it| it.parse().ok()).unwrap_or(0);
        if let Some(at) = at.filter(|_| self.long_numbers.len() < most::ENTRIES) {
            self.long_numbers.push(((at.first_row, at.first_col), style));
        }
    }

    fn col(&mut self, element: &Element<'_>) {
        let Some(first) = element.number("min").and_then(|it| it.checked_sub(1)) else { return };
        let last = element.number("max").and_then(|it| it.checked_sub(1)).unwrap_or(first).min(LAST_COL);
        let hidden = element.is("hidden") || element.attr("width").is_some_and(|it| is_nought(&it));
        let cols = if hidden { &mut self.hidden_cols } else { &mut self.shown_cols };
        cols.add(first, last);
    }

    fn begin(&mut self, element: &Element<'_>) {
        self.open = Some(Validation {
            is_list: element.attr("type").is_some_and(|it| it == "list"),
            sqref: element.attr("sqref").unwrap_or_default(),
            ..Validation::default()
        });
    }

    fn end(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if open.is_list && self.areas <= self.room.areas {
            open.areas =
                open.sqref.split_whitespace().take(self.room.areas + 1).filter_map(Area::read).collect();
            open.sqref.clear();
            self.areas += open.areas.len().max(1);
            self.drop_downs.push(open);
        }
    }

    /// Whether this was a worksheet at all.
    pub(super) fn settled(self) -> Result<Self, Unread> {
        match self.root {
            Some(true) => Ok(self),
            Some(false) | None => Err(Unread::new("the sheet is of a kind that is not read")),
        }
    }

    pub(super) fn rows(&self) -> Fact<Runs> {
        if self.hidden_rows.len() > self.room.runs {
            return Err(Unread::too_many("hidden rows"));
        }
        Ok(self.hidden_rows.clone())
    }

    pub(super) fn cols(&self) -> Fact<Runs> {
        if self.cols_hidden_by_default {
            return Ok(self.shown_cols.others(LAST_COL));
        }
        Ok(self.hidden_cols.clone())
    }

    pub(super) fn merges(&self) -> Fact<Vec<Area>> {
        if self.merges.len() > self.room.merges {
            return Err(Unread::too_many("merged cells"));
        }
        Ok(self.merges.clone())
    }

    /// Its drop-downs, once.
    pub(super) fn validations(&mut self) -> Fact<Vec<Validation>> {
        let found = std::mem::take(&mut self.drop_downs);
        if self.areas > self.room.areas || self.said > self.room.said {
            return Err(Unread::too_many("drop-downs"));
        }
        Ok(found)
    }
}
