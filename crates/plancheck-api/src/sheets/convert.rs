//! From what the core says of the sheets to what travels.

use std::ops::Range;

use plancheck::Display;
use plancheck::display::{self, DisplayCell, DisplaySheet};
use plancheck::workbook::area::Area;
use plancheck::workbook::facts::TabState;

use super::{
    Band, CellStyle, Holds, Horizontal, Merge, Remark, SheetCell, SheetHead, SheetRows, SheetState, Sheets,
    Vertical,
};

/// So many remarks of a sheet are listed.
const MOST_NOTES: usize = 200;

/// Every sheet of a workbook, without its cells.
pub fn sheets(display: &Display) -> Sheets {
    Sheets { plain: display.plain.clone(), sheets: display.sheets.iter().map(head).collect() }
}

/// The cells of some rows of a sheet, the end not included; no rows where there is no such sheet.
pub fn rows(display: &Display, sheet: usize, rows: Range<u32>) -> SheetRows {
    let used = display.sheets.get(sheet).map_or(0, |it| it.rows);
    let first = rows.start.min(used);
    let rows = first..rows.end.min(used);
    let mut lists: Vec<Vec<SheetCell>> = vec![Vec::new(); rows.len()];
    for it in display.cells(sheet, rows) {
        let place = it.row.checked_sub(first).and_then(|it| usize::try_from(it).ok());
        if let Some(list) = place.and_then(|it| lists.get_mut(it)) {
            list.push(cell(it));
        }
    }
    SheetRows { first, rows: lists }
}

fn head(it: &DisplaySheet) -> SheetHead {
    SheetHead {
        name: it.name.clone(),
        state: match it.state {
            TabState::Visible => SheetState::Visible,
            TabState::Hidden => SheetState::Hidden,
            TabState::VeryHidden => SheetState::VeryHidden,
        },
        rows: it.rows,
        cols: it.cols,
        filled: it.filled,
        col_width: it.col_width,
        row_height: it.row_height,
        columns: it.columns.iter().map(band).collect(),
        bands: it.bands.iter().map(band).collect(),
        hidden_cols: it.hidden_cols.clone(),
        hidden_rows: it.hidden_rows.clone(),
        merges: it.merges.iter().map(merge).collect(),
        frozen_rows: it.frozen_rows,
        frozen_cols: it.frozen_cols,
        notes: it.notes().iter().take(MOST_NOTES).map(remark).collect(),
        more_notes: u32::try_from(it.notes().len().saturating_sub(MOST_NOTES)).unwrap_or(u32::MAX),
        grid: it.grid,
        styles: it.styles.iter().map(style).collect(),
    }
}

fn band(it: &display::Band) -> Band {
    Band { first: it.first, last: it.last, size: it.size, style: it.style }
}

fn merge(it: &Area) -> Merge {
    let count = |first: u32, last: u32| last.saturating_sub(first).saturating_add(1);
    Merge {
        row: it.first_row,
        col: it.first_col,
        rows: count(it.first_row, it.last_row),
        cols: count(it.first_col, it.last_col),
    }
}

fn remark(((row, col), text): &((u32, u32), String)) -> Remark {
    Remark { row: *row, col: *col, text: text.clone() }
}

fn style(it: &display::Style) -> CellStyle {
    let sides =
        [(it.borders.left, 'l'), (it.borders.top, 't'), (it.borders.right, 'r'), (it.borders.bottom, 'b')];
    CellStyle {
        fill: it.fill.map(|it| it.to_string()),
        colour: it.colour.map(|it| it.to_string()),
        bold: it.bold,
        italic: it.italic,
        underline: it.underline,
        strike: it.strike,
        size: it.size,
        wrap: it.wrap,
        horizontal: match it.horizontal {
            display::Horizontal::General => None,
            display::Horizontal::Left => Some(Horizontal::Left),
            display::Horizontal::Centre => Some(Horizontal::Centre),
            display::Horizontal::Right => Some(Horizontal::Right),
            display::Horizontal::CentreAcross => Some(Horizontal::CentreAcross),
            display::Horizontal::Fill => Some(Horizontal::Fill),
            display::Horizontal::Justify => Some(Horizontal::Justify),
        },
        vertical: match it.vertical {
            display::Vertical::Top => Some(Vertical::Top),
            display::Vertical::Centre => Some(Vertical::Centre),
            display::Vertical::Bottom => None,
            display::Vertical::Justify => Some(Vertical::Justify),
        },
        indent: it.indent,
        borders: sides.iter().filter(|it| it.0).map(|it| it.1).collect(),
    }
}

fn cell(it: DisplayCell) -> SheetCell {
    SheetCell {
        col: it.col,
        text: it.text,
        style: it.style,
        holds: match it.holds {
            display::Holds::Nothing => Holds::Nothing,
            display::Holds::Text => Holds::Text,
            display::Holds::Number => Holds::Number,
            display::Holds::Logical => Holds::Logical,
            display::Holds::Error => Holds::Error,
        },
        formula: it.formula,
        note: it.note,
    }
}
