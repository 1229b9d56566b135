//! How large the tables of an OpenDocument spreadsheet are once every repeated row and column stands for itself:
//! the reader of cells lays them out so, as a rectangle, before any limit of ours is asked.

use crate::open::{Limits, OpenError};
use crate::workbook::xml::{Element, Visit};

/// The size of all tables.
#[derive(Debug)]
pub(super) struct Spread<'l> {
    limits: &'l Limits,
    cells: usize,
    text: usize,
    sheets: usize,
    table: Table,
    row: Row,
    cell: Cell,
}

/// The table that is open.
#[derive(Debug, Default)]
struct Table {
    /// Rows up to the last that holds something.
    rows: usize,
    /// Rows behind that.
    empty: usize,
    /// Columns up to the last that holds something in any row.
    width: usize,
}

#[derive(Debug, Default)]
struct Row {
    repeated: usize,
    /// Columns up to the last that holds something.
    width: usize,
    empty: usize,
    /// Bytes of text in all its cells.
    text: usize,
}

#[derive(Debug, Default)]
struct Cell {
    open: bool,
    repeated: usize,
    filled: bool,
    text: usize,
}

impl<'l> Spread<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Spread {
            limits,
            cells: 0,
            text: 0,
            sheets: 0,
            table: Table::default(),
            row: Row::default(),
            cell: Cell::default(),
        }
    }

    /// Whether all is within the limits.
    pub(super) fn settled(&self) -> Result<(), OpenError> {
        if self.sheets > self.limits.sheets {
            return Err(OpenError::too_many("sheets", self.sheets, self.limits.sheets));
        }
        if self.cells > self.limits.cells {
            return Err(OpenError::too_many_cells(self.limits.cells));
        }
        if self.text > self.limits.text {
            return Err(OpenError::too_much_text(self.limits.text));
        }
        Ok(())
    }

    fn end_of_cell(&mut self) {
        let Cell { repeated, filled, text, .. } = std::mem::take(&mut self.cell);
        if filled || text > 0 {
            self.row.width = self.row.width.saturating_add(self.row.empty).saturating_add(repeated);
            self.row.empty = 0;
            self.row.text = self.row.text.saturating_add(text.saturating_mul(repeated));
        } else {
            self.row.empty = self.row.empty.saturating_add(repeated);
        }
    }

    fn end_of_row(&mut self) {
        let Row { repeated, width, text, .. } = std::mem::take(&mut self.row);
        if width == 0 {
            self.table.empty = self.table.empty.saturating_add(repeated);
            return;
        }
        self.text = self.text.saturating_add(text.saturating_mul(repeated));
        // Empty rows above the first filled one are not laid out.
        let above = if self.table.rows == 0 { 0 } else { self.table.empty };
        self.table.rows = self.table.rows.saturating_add(above).saturating_add(repeated);
        self.table.empty = 0;
        self.table.width = self.table.width.max(width);
    }

    fn end_of_table(&mut self) {
        let Table { rows, width, .. } = std::mem::take(&mut self.table);
        self.cells = self.cells.saturating_add(rows.saturating_mul(width));
    }
}

impl Visit for Spread<'_> {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        let repeated = |name| {
            let digits = element.attr(name).unwrap_or_default();
            // More digits than a number has are more than any limit.
            if digits.is_empty() { 1 } else { digits.trim().parse().unwrap_or(usize::MAX).max(1) }
        };
        match element.name() {
            "table" => {
                self.end_of_table();
                self.sheets += 1;
            }
            "table-row" => self.row = Row { repeated: repeated("number-rows-repeated"), ..Row::default() },
            "table-cell" | "covered-table-cell" => {
                let has = |name| element.attr(name).map(|it| it.len());
                let value = ["value", "string-value", "date-value", "time-value", "boolean-value"];
                let text = value.into_iter().chain(["formula"]).filter_map(has);
                self.cell = Cell {
                    open: true,
                    repeated: repeated("number-columns-repeated"),
                    filled: has("value-type").is_some(),
                    text: text.sum(),
                };
            }
            // Spaces that are only counted.
            "s" if self.cell.open => self.cell.text = self.cell.text.saturating_add(repeated("c")),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.cell.open {
            self.cell.text = self.cell.text.saturating_add(text.len());
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        match name {
            "table-cell" | "covered-table-cell" => self.end_of_cell(),
            "table-row" => self.end_of_row(),
            "table" => self.end_of_table(),
            _ => {}
        }
    }

    fn done(&self) -> bool {
        self.settled().is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::xml;

    fn measured(table: &str) -> Result<(usize, usize), String> {
        let limits = Limits { cells: 1_000, text: 500, sheets: 2, ..Limits::default() };
        let mut spread = Spread::new(&limits);
        xml::visit(format!("<a>{table}</a>").as_bytes(), &mut spread)?;
        spread.settled().map_err(|it| it.message)?;
        Ok((spread.cells, spread.text))
    }

    const FILLED: &str = "<table-cell office:value-type='string'><p>ab</p></table-cell>";

    fn repeated(rows: &str, cols: &str, text: &str) -> String {
        format!(
            "<table><table-row table:number-rows-repeated='{rows}'><table-cell office:value-type='string' \
             table:number-columns-repeated='{cols}'><p>{text}</p></table-cell></table-row></table>"
        )
    }

    #[test]
    fn only_what_lies_between_filled_cells_counts() {
        let empty = "<table-cell table:number-columns-repeated='16384'/>";
        let rows = "<table-row table:number-rows-repeated='1048000'><table-cell/></table-row>";
        let table = format!("<table>{rows}<table-row>{FILLED}{empty}</table-row>{rows}</table>");
        assert_eq!(measured(&table), Ok((1, 2)));
        let gap = "<table-row table:number-rows-repeated='3'><table-cell/></table-row>";
        let wide = format!("<table-row><table-cell table:number-columns-repeated='4'/>{FILLED}</table-row>");
        let table = format!("<table>{wide}{gap}<table-row>{FILLED}</table-row></table>");
        assert_eq!(measured(&table), Ok((25, 4)));
        assert_eq!(measured(&repeated("10", "20", "ab")), Ok((200, 400)));
    }

    #[test]
    fn repetitions_that_come_to_more_than_the_limits_are_refused() {
        for (rows, cols, text, words) in [
            ("10", "101", "", "filled cells"),
            ("1048576", "1", "", "filled cells"),
            ("1", "16384", "", "filled cells"),
            ("99999999999999999999999", "99999999999999999999999", "", "filled cells"),
            ("15", "20", "ab", "MB of text"),
        ] {
            let said = measured(&repeated(rows, cols, text)).expect_err(words);
            assert!(said.contains(words), "{said}");
        }
        let spaces =
            "<table><table-row><table-cell><p><s text:c='2000000000'/></p></table-cell></table-row></table>";
        assert!(measured(spaces).expect_err("spaces").contains("MB of text"));
        assert!(measured(&"<table/>".repeat(3)).expect_err("sheets").contains("3 sheets"));
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        for cut in ["<table>", "<table><table-row>", "<table><table-row><table-cell><annotation>"] {
            assert!(measured(cut).is_err(), "{cut}");
        }
    }
}
