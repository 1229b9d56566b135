//! Rows and columns pushed in, as Excel does it: cells move, and formulas that point at them follow.

use super::{Area, At, Book, Content};

/// Which way cells move.
#[derive(Clone, Copy)]
struct Push {
    rows: u32,
    cols: u32,
    /// The first cell that moves.
    from: At,
}

impl Push {
    fn moved(self, at: At) -> At {
        let row = if self.rows > 0 && at.row >= self.from.row { at.row + self.rows } else { at.row };
        let col = if self.cols > 0 && at.col >= self.from.col { at.col + self.cols } else { at.col };
        At { row, col }
    }

    fn area(self, area: Area) -> Area {
        Area { from: self.moved(area.from), to: self.moved(area.to) }
    }
}

impl Book {
    /// Pushes empty rows in above a row (counted from nought).
    pub fn insert_rows(&mut self, sheet: &str, above: u32, rows: u32) {
        self.push(sheet, Push { rows, cols: 0, from: At { row: above, col: 0 } });
    }

    /// Pushes empty columns in to the left of a column (counted from nought).
    pub fn insert_cols(&mut self, sheet: &str, left_of: u32, cols: u32) {
        self.push(sheet, Push { rows: 0, cols, from: At { row: 0, col: left_of } });
    }

    fn push(&mut self, name: &str, push: Push) {
        let sheet = self.sheet_mut(name);
        sheet.cells =
            std::mem::take(&mut sheet.cells).into_iter().map(|(at, cell)| (push.moved(at), cell)).collect();
        sheet.merges.iter_mut().for_each(|it| *it = push.area(*it));
        sheet.drop_downs.iter_mut().for_each(|(area, _)| *area = push.area(*area));
        sheet.widths = std::mem::take(&mut sheet.widths)
            .into_iter()
            .map(|(col, width)| (push.moved(At { row: 0, col }).col, width))
            .collect();
        let row = |row: u32| push.moved(At { row, col: 0 }).row;
        let col = |col: u32| push.moved(At { row: 0, col }).col;
        sheet.hidden_rows = sheet.hidden_rows.iter().map(|it| row(*it)).collect();
        sheet.hidden_cols = sheet.hidden_cols.iter().map(|it| col(*it)).collect();
        sheet.notes =
            std::mem::take(&mut sheet.notes).into_iter().map(|(at, text)| (push.moved(at), text)).collect();
        for sheet in &mut self.sheets {
            let own = sheet.name == name;
            for cell in sheet.cells.values_mut() {
                if let Content::Formula { text, .. } = &mut cell.content {
                    *text = follow(text, name, own, push);
                }
            }
        }
    }
}

/// A formula with its references to a sheet moved.
fn follow(formula: &str, sheet: &str, own: bool, push: Push) -> String {
    let qualified = format!("'{sheet}'!");
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    // Whether the reference about to be read points at the sheet; a range keeps the sheet of its start.
    let mut here = own;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            let end = rest[1..].find('"').map_or(rest.len(), |it| it + 2);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with(&qualified) {
            here = true;
            out.push_str(&qualified);
            rest = &rest[qualified.len()..];
        } else if first == '\'' {
            here = false;
            let end = rest[1..].find('\'').map_or(rest.len(), |it| it + 2);
            out.push_str(&rest[..end]);
            rest = rest[end..].strip_prefix('!').inspect(|_| out.push('!')).unwrap_or(&rest[end..]);
        } else if first.is_ascii_alphanumeric() || first == '$' {
            let end = rest
                .find(|it: char| !it.is_ascii_alphanumeric() && it != '$' && it != '.')
                .unwrap_or(rest.len());
            let word = &rest[..end];
            match At::read(word) {
                Some(at) if here => out.push_str(&push.moved(at).to_string()),
                _ => out.push_str(word),
            }
            rest = &rest[end..];
            if !rest.starts_with(':') {
                here = own;
            }
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::at;

    #[test]
    fn formulas_follow_the_cells_they_point_at() {
        let push = Push { rows: 3, cols: 0, from: at("A10") };
        let follow = |formula, own| follow(formula, "4. Income", own, push);
        assert_eq!(follow("SUM(C9:C12)", true), "SUM(C9:C15)");
        assert_eq!(follow("SUM(C9:C12)", false), "SUM(C9:C12)");
        assert_eq!(follow("'4. Income'!C22+C22", false), "'4. Income'!C25+C22");
        assert_eq!(follow("'2. Cover'!C22+C22", true), "'2. Cover'!C22+C25");
        assert_eq!(follow("SUMIF(N9:N48,\"C12 <>\",O9:O48)", true), "SUMIF(N9:N51,\"C12 <>\",O9:O51)");
    }
}
