//! Changes to the cells and sheets of a finished workbook, as a person or a program makes them. Nothing
//! is worked out anew: totals keep the values they had.
//!
//! A cell is named by its labels, or by its address:
//!
//! ```text
//! 4. Income: Total BCF Pooled Budget               the first filled cell to the right of the label
//! 5a. Expenditure: iBCF under Balance              the row of the one, the column of the other
//! 5a. Expenditure: line 3 under Expenditure (£)    a line of the table, counted from one
//! 6. Metrics: Numerator under 2022-23 Plan after 8.5 Reablement
//! 4. Income: C9
//! ```
//!
//! and changed by one of
//!
//! ```text
//! CELL = 5                what is typed there: a number, a text, "5" as text, #N/A, blank
//! CELL shows 5            the value saved with its formula
//! CELL shows nothing      a formula without a saved value
//! no values               no formula anywhere has a saved value
//! insert 3 rows above CELL
//! insert 2 columns left of CELL
//! rename SHEET = NEW NAME
//! drop sheet SHEET
//! copy sheet SHEET        as Excel does: "SHEET (2)", behind it
//! move SHEET first
//! CELL computes SUM(C9:C12)   another formula, with the value that the cell showed before
//! type over SHEET         every formula becomes the value that it shows
//! move row of CELL to row 450
//! hide SHEET              and `very hide SHEET`, which only a program can undo
//! hide row of CELL
//! hide column of CELL
//! unprotect SHEET
//! unprotect workbook      every sheet, and its order of sheets
//! link to FILE            another workbook, and a formula that reads from it, below the first sheet's text
//! add macros
//! add connection NAME
//! comment at CELL = TEXT
//! author = NAME           in the properties of the document
//! drop-down at CELL = A,B,C
//! drop-down at CELL goes by NAME
//! name NAME = FORMULA     a defined name, which may be #REF!
//! show CELL as a date     Excel does so where what is typed looks like one
//! dates from 1904
//! spoil PART              the end of a part of the .xlsx file, "xl/connections.xml", is broken
//! replace TEXT = TEXT                              in every text of every sheet
//! ```

use crate::book::{At, Book, Content, Format, Sheet, Value};

/// A sheet and a cell on it.
pub type Place = (String, At);

impl Book {
    /// Makes one change. A change that fits nothing is a fault of the test.
    pub fn wound(&mut self, change: &str) {
        let change = change.trim();
        if change == "no values" {
            self.drop_values();
        } else if let Some(rest) = change.strip_prefix("insert ") {
            self.insert(rest);
        } else if let Some(rest) = change.strip_prefix("rename ") {
            let (old, new) = rest.split_once(" = ").unwrap();
            self.rename(old, new.trim_matches('"'));
        } else if let Some(sheet) = change.strip_prefix("drop sheet ") {
            self.drop_sheet(sheet);
        } else if let Some(sheet) = change.strip_prefix("copy sheet ") {
            self.copy_sheet(sheet);
        } else if let Some(sheet) = change.strip_prefix("move ").and_then(|it| it.strip_suffix(" first")) {
            let idx = self.sheets.iter().position(|it| it.name == sheet).unwrap();
            let sheet = self.sheets.remove(idx);
            self.sheets.insert(0, sheet);
        } else if self.wound_file(change) {
        } else if let Some(sheet) = change.strip_prefix("type over ") {
            self.sheet_mut(sheet).type_over();
        } else if let Some((place, row)) =
            change.strip_prefix("move row of ").and_then(|it| it.split_once(" to row "))
        {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).move_row(at.row, row.parse::<u32>().unwrap() - 1);
        } else if let Some(place) = change.strip_prefix("show ").and_then(|it| it.strip_suffix(" as a date"))
        {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).cells.get_mut(&at).unwrap().format = Format::Date;
        } else if let Some(rest) = change.strip_prefix("replace ") {
            let (old, new) = rest.split_once(" = ").unwrap();
            self.replace(old, new);
        } else if let Some((place, formula)) = change.split_once(" computes ") {
            let (sheet, at) = self.find(place);
            let shows = self.sheet_mut(&sheet).value(at).cloned();
            self.sheet_mut(&sheet).set(at, Content::Formula { text: formula.to_owned(), shows });
        } else if let Some((place, value)) = change.split_once(" shows ") {
            let (sheet, at) = self.find(place);
            self.show(&sheet, at, value);
        } else if let Some((place, value)) = change.split_once(" = ") {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).set(at, Content::read(value));
        } else {
            panic!("not a change: {change}");
        }
    }

    /// Makes a change to what a file holds besides its cells. Whether it was one.
    fn wound_file(&mut self, change: &str) -> bool {
        if change == "unprotect workbook" {
            self.structure_protected = false;
            self.sheets.iter_mut().for_each(|it| it.protected = false);
        } else if change == "add macros" {
            self.macros = true;
        } else if change == "dates from 1904" {
            self.dates_from_1904 = true;
        } else if let Some(place) = change.strip_prefix("hide row of ") {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).hidden_rows.insert(at.row);
        } else if let Some(place) = change.strip_prefix("hide column of ") {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).hidden_cols.insert(at.col);
        } else if let Some(sheet) = change.strip_prefix("hide ") {
            self.sheet_mut(sheet).hidden = true;
        } else if let Some(sheet) = change.strip_prefix("very hide ") {
            self.sheet_mut(sheet).very_hidden = true;
        } else if let Some(sheet) = change.strip_prefix("unprotect ") {
            self.sheet_mut(sheet).protected = false;
        } else if let Some(file) = change.strip_prefix("link to ") {
            self.link_to(file);
        } else if let Some(name) = change.strip_prefix("add connection ") {
            self.connections.push(name.to_owned());
        } else if let Some(part) = change.strip_prefix("spoil ") {
            self.spoilt.push(part.to_owned());
        } else if let Some(name) = change.strip_prefix("author = ") {
            self.author = Some(name.to_owned());
        } else if let Some((place, text)) =
            change.strip_prefix("comment at ").and_then(|it| it.split_once(" = "))
        {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).notes.insert(at, text.trim_matches('"').to_owned());
        } else if let Some((place, options)) =
            change.strip_prefix("drop-down at ").and_then(|it| it.split_once(" = "))
        {
            let (sheet, at) = self.find(place);
            // The first that names a cell is the one that counts.
            self.sheet_mut(&sheet).drop_downs.insert(0, (at.rows(1), format!("\"{options}\"")));
        } else if let Some((place, name)) =
            change.strip_prefix("drop-down at ").and_then(|it| it.split_once(" goes by "))
        {
            let (sheet, at) = self.find(place);
            self.sheet_mut(&sheet).drop_downs.insert(0, (at.rows(1), name.to_owned()));
        } else if let Some((name, formula)) = change.strip_prefix("name ").and_then(|it| it.split_once(" = "))
        {
            self.names.push((name.to_owned(), formula.to_owned()));
        } else {
            return false;
        }
        true
    }

    fn insert(&mut self, what: &str) {
        let (number, rest) = what.split_once(' ').unwrap();
        let number: u32 = number.parse().unwrap();
        if let Some(place) = rest.strip_prefix("rows above ") {
            let (sheet, at) = self.find(place);
            self.insert_rows(&sheet, at.row, number);
        } else if let Some(place) = rest.strip_prefix("columns left of ") {
            let (sheet, at) = self.find(place);
            self.insert_cols(&sheet, at.col, number);
        } else {
            panic!("rows above or columns left of what? {what}");
        }
    }

    fn replace(&mut self, old: &str, new: &str) {
        let mut replaced = false;
        for cell in self.sheets.iter_mut().flat_map(|it| it.cells.values_mut()) {
            if let Content::Typed(Value::Text(text)) = &mut cell.content
                && text.contains(old)
            {
                *text = text.replace(old, new);
                replaced = true;
            }
        }
        assert!(replaced, "no text has “{old}”");
    }

    fn show(&mut self, sheet: &str, at: At, value: &str) {
        let sheet = self.sheet_mut(sheet);
        match &mut sheet.cells.get_mut(&at).unwrap().content {
            Content::Formula { shows, .. } => {
                *shows = if value == "nothing" { None } else { Some(Value::read(value)) };
            }
            Content::Blank | Content::Typed(_) => panic!("{at} on “{}” holds no formula", sheet.name),
        }
    }

    /// The cell that a path of labels names.
    pub fn find(&self, path: &str) -> Place {
        let (name, labels) = path.split_once(": ").unwrap_or_else(|| panic!("sheet: label, not {path}"));
        let sheet = self.sheet(name).unwrap_or_else(|| panic!("there is no sheet “{name}”"));
        let at = sheet.find(labels).unwrap_or_else(|| panic!("“{name}” has no cell for “{labels}”"));
        (name.to_owned(), at)
    }
}

impl Sheet {
    fn find(&self, labels: &str) -> Option<At> {
        if let Some(at) = At::read(labels) {
            return Some(at);
        }
        let (labels, start) = match labels.split_once(" after ") {
            Some((labels, section)) => (labels, self.label(section, 0)?),
            None => (labels, At { row: 0, col: 0 }),
        };
        let Some((row, column)) = labels.split_once(" under ") else {
            let label = self.label(labels, start.row)?;
            let beside = (label.col + 1..label.col + 8).map(|col| At { col, ..label });
            return beside.into_iter().find(|it| self.cells.contains_key(it)).or(Some(label.right(1)));
        };
        let heading = self.label(column, start.row)?;
        let row = match row.strip_prefix("line ") {
            Some(number) => heading.row + number.parse::<u32>().ok()?,
            None => self.label(row, heading.row)?.row,
        };
        Some(At { row, col: heading.col })
    }

    /// The first cell from a row on that holds this text.
    fn label(&self, text: &str, from: u32) -> Option<At> {
        let holds = |content: &Content| matches!(content, Content::Typed(Value::Text(it)) if it == text);
        self.cells.iter().find(|(at, cell)| at.row >= from && holds(&cell.content)).map(|(at, _)| *at)
    }
}
