//! The part of an OpenDocument spreadsheet that holds its tables: what is hidden, protected, offered,
//! remarked and linked in them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::workbook::area::{Area, LAST_COL, LAST_ROW, Runs};
use crate::workbook::facts::{
    DropDown, Fact, Formulas, List, Note, Room, SheetFacts, TabState, Unread, most,
};
use crate::workbook::formula::from_open_document;
use crate::workbook::ooxml::is_nought;
use crate::workbook::xml::{Element, Visit};

/// What the part says.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) structure_protected: bool,
    pub(super) tables: Vec<Table>,
    pub(super) names: Vec<Name>,
    /// Addresses of other files.
    pub(super) links: Vec<String>,
    pub(super) connections: Vec<String>,
    /// What each validation that is a list offers, by its name.
    lists: BTreeMap<String, String>,
    /// Bytes of what they say.
    said: usize,
    /// How much more the tables may hold of what is counted.
    room: Room,
    /// The styles of rows without height and columns without width.
    flat: BTreeSet<String>,
    style: String,
    /// Tables inside tables hold no rows of the sheet.
    nested: usize,
}

/// A name given to an area.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) name: String,
    /// The table it holds on.
    pub(super) on: Option<usize>,
    pub(super) formula: String,
}

/// A table: one sheet.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    /// How much of each may be kept.
    room: Room,
    protected: bool,
    hidden_rows: Runs,
    hidden_cols: Runs,
    /// The name of a validation, and the cells that have it.
    validated: Vec<(String, Area)>,
    merges: Vec<Area>,
    notes: Vec<Note>,
    long_amounts: BTreeSet<(u32, u32)>,
    note_text: usize,
    row: u32,
    rows: u32,
    col: u32,
    cols: u32,
    next_column: u32,
    in_note: bool,
    in_paragraph: bool,
}

impl Visit for Content {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        match element.name() {
            "style" => self.style = element.attr("name").unwrap_or_default(),
            "table-row-properties" => self.note_flat(element.attr("row-height")),
            "table-column-properties" => self.note_flat(element.attr("column-width")),
            "spreadsheet" => self.structure_protected = element.is("structure-protected"),
            "content-validation" => self.validation(element),
            "table-source" | "cell-range-source" => self.link(element.attr("href")),
            "dde-source" => self.link(element.attr("dde-topic")),
            "database-source-sql" | "database-source-table" | "database-source-query"
                if self.connections.len() < most::ENTRIES =>
            {
                self.connections.push(element.attr("database-name").unwrap_or_default());
            }
            "named-range" | "named-expression" => self.name(element),
            "table" => {
                self.nested += 1;
                if self.nested == 1 && self.tables.len() < most::ENTRIES {
                    if let Some(before) = self.tables.last() {
                        before.leave(&mut self.room);
                    }
                    self.tables.push(Table {
                        name: element.attr("name").unwrap_or_default(),
                        room: self.room,
                        protected: element.is("protected"),
                        ..Table::default()
                    });
                }
            }
            _ if self.nested == 1 => {
                if let Some(table) = self.tables.last_mut() {
                    table.open(element, &self.flat);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = self.tables.last_mut().filter(|it| it.in_note && it.in_paragraph)
            && table.note_text <= table.room.note_text
            && let Some(note) = table.notes.last_mut()
        {
            table.note_text += text.len();
            note.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        if name == "table" {
            self.nested = self.nested.saturating_sub(1);
        } else if self.nested == 1
            && let Some(table) = self.tables.last_mut()
        {
            table.close(name);
        }
    }
}

impl Content {
    fn note_flat(&mut self, size: Option<String>) {
        if size.is_some_and(|it| is_nought(&it)) && self.flat.len() < most::ENTRIES {
            self.flat.insert(self.style.clone());
        }
    }

    fn link(&mut self, address: Option<String>) {
        if let Some(address) = address.filter(|it| !it.is_empty())
            && !self.links.contains(&address)
            && self.links.len() < most::LINKS
        {
            self.links.push(address);
        }
    }

    fn name(&mut self, element: &Element<'_>) {
        let area = element.attr("cell-range-address").map(|it| format!("of:=[{it}]"));
        let Some(says) = area.or_else(|| element.attr("expression")) else { return };
        // One more than are kept says that there are too many.
        if self.names.len() <= most::ENTRIES {
            self.names.push(Name {
                name: element.attr("name").unwrap_or_default(),
                on: if self.nested > 0 { self.tables.len().checked_sub(1) } else { None },
                formula: from_open_document(&says),
            });
        }
    }

    fn validation(&mut self, element: &Element<'_>) {
        let (Some(name), Some(condition)) = (element.attr("name"), element.attr("condition")) else { return };
        let Some((_, list)) = condition.split_once("cell-content-is-in-list(") else { return };
        let list = from_open_document(list.rsplit_once(')').map_or(list, |it| it.0));
        if self.said <= most::OPTIONS_TEXT {
            self.said += name.len() + list.len();
            self.lists.insert(name, list);
        }
    }

    /// The tables by their names; the first where two have one.
    pub(super) fn tables_by_name(&self) -> BTreeMap<&str, &Table> {
        self.tables.iter().rev().map(|it| (it.name.as_str(), it)).collect()
    }
}

impl Table {
    fn open(&mut self, element: &Element<'_>, flat: &BTreeSet<String>) {
        let repeated = |name| element.number(name).unwrap_or(1).max(1);
        let hidden = || {
            let collapsed = element.attr("visibility").is_some_and(|it| it == "collapse" || it == "filter");
            collapsed || element.attr("style-name").is_some_and(|it| flat.contains(&it))
        };
        match element.name() {
            "table-column" => {
                let first = self.next_column;
                self.next_column = first.saturating_add(repeated("number-columns-repeated"));
                if hidden() && first <= LAST_COL {
                    self.hidden_cols.add(first, (self.next_column - 1).min(LAST_COL));
                }
            }
            "table-row" => {
                self.row = self.row.saturating_add(self.rows);
                self.rows = repeated("number-rows-repeated");
                (self.col, self.cols) = (0, 0);
                let last = self.row.saturating_add(self.rows - 1).min(LAST_ROW);
                if hidden() && self.row <= LAST_ROW && self.hidden_rows.len() <= self.room.runs {
                    self.hidden_rows.add(self.row, last);
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.col = self.col.saturating_add(self.cols);
                self.cols = repeated("number-columns-repeated");
                let amount = element.attr("value-type").is_some_and(|it| it == "currency")
                    && element.attr("value").is_some_and(|it| it.len() == 10);
                if amount && self.long_amounts.len() < most::ENTRIES {
                    self.long_amounts.insert((self.row, self.col));
                }
                self.merged(element.number("number-rows-spanned"), element.number("number-columns-spanned"));
                if let Some(name) = element.attr("content-validation-name") {
                    self.validated(name);
                }
            }
            "annotation" => {
                self.in_note = true;
                if self.notes.len() <= self.room.notes {
                    self.notes.push(Note { row: self.row, col: self.col, text: String::new() });
                }
            }
            "p" => self.in_paragraph = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "annotation" => self.in_note = false,
            "p" => {
                self.in_paragraph = false;
                if let (true, Some(note)) = (self.in_note, self.notes.last_mut()) {
                    note.text.push('\n');
                    self.note_text += 1;
                }
            }
            _ => {}
        }
    }

    /// Notes that the cell just opened stands for several.
    fn merged(&mut self, rows: Option<u32>, cols: Option<u32>) {
        let (rows, cols) = (rows.unwrap_or(1).max(1), cols.unwrap_or(1).max(1));
        if (rows, cols) != (1, 1) && self.merges.len() <= self.room.merges {
            self.merges.push(Area {
                first_row: self.row,
                last_row: self.row.saturating_add(rows - 1).min(LAST_ROW),
                first_col: self.col,
                last_col: self.col.saturating_add(cols - 1).min(LAST_COL),
            });
        }
    }

    /// Notes that the cells just opened have a validation; cells below one another become one area.
    fn validated(&mut self, name: String) {
        let here = Area {
            first_row: self.row,
            last_row: self.row.saturating_add(self.rows.saturating_sub(1)),
            first_col: self.col,
            last_col: self.col.saturating_add(self.cols.saturating_sub(1)),
        };
        // A row has few cells with a drop-down, so the cell above is among the last areas.
        let above = self.validated.iter_mut().rev().take(64).find(|(other, area)| {
            *other == name
                && area.last_row.checked_add(1) == Some(here.first_row)
                && (area.first_col, area.last_col) == (here.first_col, here.last_col)
        });
        if let Some((_, area)) = above {
            area.last_row = here.last_row;
        } else if self.validated.len() <= self.room.areas {
            self.validated.push((name, here));
        }
    }

    /// Takes what it holds from what the tables behind it may hold.
    fn leave(&self, room: &mut Room) {
        let less = |room: &mut usize, size: usize| *room = room.saturating_sub(size);
        less(&mut room.runs, self.hidden_rows.len());
        less(&mut room.merges, self.merges.len());
        less(&mut room.areas, self.validated.len());
        less(&mut room.notes, self.notes.len());
        less(&mut room.note_text, self.note_text);
    }

    pub(super) fn facts(
        &self,
        state: TabState,
        content: &Content,
        mut list: impl FnMut(&str) -> Fact<Rc<List>>,
    ) -> SheetFacts {
        let few = |is: bool, what: &str| if is { Ok(()) } else { Err(Unread::too_many(what)) };
        let rows: Fact<()> = few(self.hidden_rows.len() <= self.room.runs, "hidden rows");
        let few_lists = self.validated.len() <= self.room.areas && content.said <= most::OPTIONS_TEXT;
        let drop_downs = few(few_lists, "drop-downs").and_then(|()| self.drop_downs(content, &mut list));
        let merges = few(self.merges.len() <= self.room.merges, "merged cells");
        let few_notes = self.note_text <= self.room.note_text && self.notes.len() <= self.room.notes;
        let notes = few(few_notes, "notes");
        SheetFacts {
            state,
            protected: Ok(self.protected),
            hidden_rows: rows.map(|()| self.hidden_rows.clone()),
            hidden_cols: Ok(self.hidden_cols.clone()),
            merges: merges.map(|()| self.merges.clone()),
            drop_downs,
            notes: notes.map(|()| self.notes.clone()),
            formulas: Ok(Formulas::default()),
            long_amounts: Ok(self.long_amounts.clone()),
        }
    }
    fn drop_downs(
        &self,
        content: &Content,
        list: &mut dyn FnMut(&str) -> Fact<Rc<List>>,
    ) -> Fact<Vec<DropDown>> {
        // Each list is made out once, for it may be long.
        let mut known: BTreeMap<&str, Rc<List>> = BTreeMap::new();
        let mut found = Vec::new();
        for (name, area) in &self.validated {
            let Some(says) = content.lists.get(name) else { continue };
            let list = match known.get(name.as_str()) {
                Some(list) => Rc::clone(list),
                None => list(says)?,
            };
            known.insert(name, Rc::clone(&list));
            found.push(DropDown { areas: vec![*area], list });
        }
        Ok(found)
    }
}
