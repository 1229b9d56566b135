//! A workbook as tests think of it: sheets of sparse cells, each typed or calculated.

mod address;
mod shift;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

pub use address::{Area, At, at, day};

/// A workbook.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Whether dates count from 1904, as in workbooks that began on an old Macintosh.
    pub dates_from_1904: bool,
    /// Whether tabs are kept from being added, renamed and taken out.
    pub structure_protected: bool,
    /// Other workbooks that formulas read from, in the order by which "[1]Sheet1!A1" counts them.
    pub links: Vec<String>,
    /// Defined names, and what each stands for.
    pub names: Vec<(String, String)>,
    /// Whether there are macros in it.
    pub macros: bool,
    /// The names of connections to other sources of data.
    pub connections: Vec<String>,
    /// Who made it, in the properties of the document.
    pub author: Option<String>,
    /// Parts of the .xlsx file that are broken at their end.
    pub spoilt: Vec<String>,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Whether its tab is hidden.
    pub hidden: bool,
    /// Whether its tab is hidden so that only a program can show it.
    pub very_hidden: bool,
    /// Whether it is protected (without a password).
    pub protected: bool,
    /// The cells that hold something or have a look.
    pub cells: BTreeMap<At, Cell>,
    /// Merged areas.
    pub merges: Vec<Area>,
    /// Cells with a drop-down, and where its options come from.
    pub drop_downs: Vec<(Area, String)>,
    /// Column widths in characters.
    pub widths: BTreeMap<u32, u32>,
    /// Rows that are hidden.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden.
    pub hidden_cols: BTreeSet<u32>,
    /// The first cell that moves when the sheet is scrolled, where some rows and columns do not.
    pub frozen: Option<At>,
    /// Notes at cells.
    pub notes: BTreeMap<At, String>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How its number is shown.
    pub format: Format,
    /// What it looks like.
    pub look: Look,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Nothing.
    #[default]
    Blank,
    /// What somebody typed.
    Typed(Value),
    /// A formula without its "=", and the value that was saved with it.
    Formula {
        /// The formula.
        text: String,
        /// The saved value; `None` where the program that wrote the file left it out.
        shows: Option<Value>,
    },
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A day, as the serial number that Excel on Windows uses.
    Date(i64),
    /// TRUE or FALSE.
    Bool(bool),
    /// "#N/A" and its like.
    Error(String),
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As it comes.
    #[default]
    General,
    /// Whole pounds.
    Pounds,
    /// A whole number with thousands set off.
    Count,
    /// One decimal place.
    Rate,
    /// A percentage with one decimal place.
    Percent,
    /// A whole percentage.
    WholePercent,
    /// A day with its weekday.
    Date,
    /// A month with its year.
    Month,
}

/// What a cell looks like, in the colours of the national templates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Plain.
    #[default]
    Plain,
    /// The title of a sheet.
    Title,
    /// The heading of a section.
    Section,
    /// The heading of a column.
    Heading,
    /// To be filled in: yellow.
    Input,
    /// Filled in beforehand: blue.
    Prefilled,
    /// Worked out by the template: grey.
    Calculated,
}

impl Book {
    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|it| it.name == name)
    }

    /// The sheet of this name, to be changed. A test that asks for one that is not there is wrong.
    pub fn sheet_mut(&mut self, name: &str) -> &mut Sheet {
        match self.sheets.iter_mut().find(|it| it.name == name) {
            Some(sheet) => sheet,
            None => panic!("there is no sheet “{name}”"),
        }
    }

    /// Makes formulas read from another workbook: one is put below everything on the first sheet.
    pub fn link_to(&mut self, file: &str) {
        self.links.push(file.to_owned());
        let number = self.links.len();
        let Some(sheet) = self.sheets.first_mut() else { return };
        let row = sheet.cells.keys().map(|it| it.row).max().unwrap_or(0) + 2;
        let nought = Value::Number(Decimal::ZERO);
        sheet.formula(At { row, col: 1 }, format!("[{number}]Sheet1!$A$1"), nought, Format::General);
    }

    /// Renames a sheet, in formulas too.
    pub fn rename(&mut self, name: &str, to: &str) {
        self.sheet_mut(name).name = to.to_owned();
        let (old, new) = (format!("'{name}'!"), format!("'{to}'!"));
        for sheet in &mut self.sheets {
            for cell in sheet.cells.values_mut() {
                if let Content::Formula { text, .. } = &mut cell.content {
                    *text = text.replace(&old, &new);
                }
            }
        }
    }

    /// Takes a sheet out.
    pub fn drop_sheet(&mut self, name: &str) {
        self.sheet_mut(name);
        self.sheets.retain(|it| it.name != name);
    }

    /// Puts a copy of a sheet behind it, under the name that Excel gives it. Formulas on other sheets go on reading
    /// the first.
    pub fn copy_sheet(&mut self, name: &str) {
        /// Characters of a tab's name.
        const LONGEST: usize = 31;
        let idx = self.sheets.iter().position(|it| it.name == name).unwrap();
        let mut copy = self.sheets[idx].clone();
        let ending = (2..).map(|it| format!(" ({it})"));
        let named = |ending: String| name.chars().take(LONGEST - ending.len()).collect::<String>() + &ending;
        copy.name = ending.map(named).find(|it| self.sheet(it).is_none()).unwrap();
        self.sheets.insert(idx + 1, copy);
    }

    /// Takes away the blank cells that only have a look, from this row on (counted from nought).
    pub fn drop_blank_rows(&mut self, from: u32) {
        for sheet in &mut self.sheets {
            sheet.cells.retain(|at, it| it.content != Content::Blank || at.row < from);
        }
    }

    /// Takes away the saved value of every formula, as some converters do.
    pub fn drop_values(&mut self) {
        for cell in self.sheets.iter_mut().flat_map(|it| it.cells.values_mut()) {
            if let Content::Formula { shows, .. } = &mut cell.content {
                *shows = None;
            }
        }
    }
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: impl Into<String>) -> Self {
        Sheet { name: name.into(), ..Sheet::default() }
    }

    /// What a cell holds.
    pub fn content(&self, at: At) -> &Content {
        self.cells.get(&at).map_or(&Content::Blank, |it| &it.content)
    }

    /// What a cell holds or shows.
    pub fn value(&self, at: At) -> Option<&Value> {
        match self.content(at) {
            Content::Blank => None,
            Content::Typed(value) => Some(value),
            Content::Formula { shows, .. } => shows.as_ref(),
        }
    }

    /// Puts the value that each formula shows in its place.
    pub fn type_over(&mut self) {
        for cell in self.cells.values_mut() {
            if let Content::Formula { shows, .. } = &cell.content {
                cell.content = shows.clone().map_or(Content::Blank, Content::Typed);
            }
        }
    }

    /// Moves the cells of a row to another, as cut and paste does. Rows are counted from nought.
    pub fn move_row(&mut self, from: u32, to: u32) {
        let cells = std::mem::take(&mut self.cells);
        let (moved, mut rest): (BTreeMap<At, Cell>, BTreeMap<At, Cell>) =
            cells.into_iter().partition(|(at, _)| at.row == from);
        rest.retain(|at, _| at.row != to);
        rest.extend(moved.into_iter().map(|(at, cell)| (At { row: to, ..at }, cell)));
        self.cells = rest;
    }

    /// Sets what a cell holds and keeps its look.
    pub fn set(&mut self, at: At, content: Content) {
        self.cells.entry(at).or_default().content = content;
    }

    /// Puts a cell in its place.
    pub fn put(&mut self, at: At, content: Content, format: Format, look: Look) {
        self.cells.insert(at, Cell { content, format, look });
    }

    /// Puts a text.
    pub fn text(&mut self, at: At, text: impl Into<String>, look: Look) {
        self.put(at, Content::Typed(Value::Text(text.into())), Format::General, look);
    }

    /// Puts a formula with the value it shows.
    pub fn formula(&mut self, at: At, text: impl Into<String>, shows: Value, format: Format) {
        self.put(at, Content::Formula { text: text.into(), shows: Some(shows) }, format, Look::Calculated);
    }
}

impl Content {
    /// Reads what a text file says a cell holds: a number, a percentage, a day (2022-12-07), an error
    /// (#N/A), nothing, or else a text. Quotes make a text of anything.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() || text == "blank" {
            return Content::Blank;
        }
        Content::Typed(Value::read(text))
    }
}

impl Value {
    /// Reads a value as [`Content::read`] does.
    pub fn read(text: &str) -> Self {
        if let Some(quoted) = text.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            return Value::Text(quoted.to_owned());
        }
        let number = |it: &str| {
            let plain = it.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
            if plain { it.parse::<Decimal>().ok() } else { None }
        };
        if let Some(figure) = number(text) {
            return Value::Number(figure);
        }
        if let Some(figure) = text.strip_suffix('%').and_then(number) {
            return Value::Number(figure / Decimal::ONE_HUNDRED);
        }
        if let Some(serial) = address::serial(text) {
            return Value::Date(serial);
        }
        match text {
            "TRUE" => Value::Bool(true),
            "FALSE" => Value::Bool(false),
            _ if text.starts_with('#') => Value::Error(text.to_owned()),
            _ => Value::Text(text.to_owned()),
        }
    }
}
