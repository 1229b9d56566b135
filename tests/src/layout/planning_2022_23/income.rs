//! The Income sheet.

use super::{INCOME, Placed, Total, board_line, titled};
use crate::book::{Area, At, Format, Look, Sheet};
use crate::layout::options::YES_OR_NO;
use crate::plan_text::Plan;

const COMMENTS: &str = "Comments - Please use this box clarify any specific uses or sources of funding";

/// The totals that the Running Balances read, in their order.
pub(super) struct Income {
    pub(super) by_source: [Placed; 5],
}

pub(super) fn sheet(plan: &Plan) -> (Sheet, Income) {
    let mut writer = Writer { sheet: titled(INCOME, INCOME, &[3, 62, 20, 70]), plan, row: 6 };
    board_line(&mut writer.sheet, plan, "C4");

    writer.line("Local Authority Contribution", Look::Section);
    writer.heading(&["Disabled Facilities Grant (DFG)", "Gross Contribution"]);
    let grant = writer.rows("DFG", 1, Look::Prefilled);
    writer.line("DFG breakdown for two-tier areas only (where applicable)", Look::Heading);
    writer.rows("DFG district", 11, Look::Prefilled);
    let dfg = writer.total("Total Minimum LA Contribution (exc iBCF)", grant);

    writer.heading(&["iBCF Contribution", "Contribution"]);
    let grant = writer.rows("iBCF", 1, Look::Prefilled);
    let ibcf = writer.total("Total iBCF Contribution", grant);

    writer.question(
        "Are any additional LA Contributions being made in 2022-23? If yes, please detail below",
        "additional LA",
    );
    writer.heading(&["Local Authority Additional Contribution", "Contribution", COMMENTS]);
    let rows = writer.rows("Additional LA", 3, Look::Input);
    let additional_la = writer.total("Total Additional Local Authority Contribution", rows);

    writer.heading(&["NHS Minimum Contribution", "Contribution"]);
    let rows = writer.rows("Minimum NHS", 7, Look::Prefilled);
    let minimum = writer.total("Total NHS Minimum Contribution", rows);

    writer.question(
        "Are any additional ICB Contributions being made in 2022-23? If yes, please detail below",
        "additional ICB",
    );
    writer.heading(&["Additional ICB Contribution", "Contribution", COMMENTS]);
    let rows = writer.rows("Additional NHS", 3, Look::Input);
    let additional_nhs = writer.total("Total Additional NHS Contribution", rows);
    writer.row -= 1;
    let nhs = writer.calculated("Total NHS Contribution", &[&minimum, &additional_nhs]);

    // The national template heads this column with the year before: an error of its own.
    let year = At { row: writer.row, col: 2 };
    writer.sheet.text(year, "2021-22", Look::Heading);
    writer.row += 1;
    writer.calculated("Total BCF Pooled Budget", &[&dfg, &ibcf, &additional_la, &nhs]);

    writer.line("Funding Contributions Comments", Look::Section);
    writer.line("Optional for any useful detail e.g. Carry over", Look::Plain);
    let comments = At { row: writer.row, col: 1 };
    writer.sheet.put(comments, plan.income_answers.content("comments"), Format::General, Look::Input);
    writer.sheet.merges.push(Area { from: comments, to: comments.down(4).right(2) });
    (writer.sheet, Income { by_source: [dfg, minimum, ibcf, additional_la, additional_nhs] })
}

/// Writes the sheet from the top down.
struct Writer<'a> {
    sheet: Sheet,
    plan: &'a Plan,
    row: u32,
}

impl Writer<'_> {
    fn here(&self) -> At {
        At { row: self.row, col: 1 }
    }

    fn line(&mut self, text: &str, look: Look) {
        self.sheet.text(self.here(), text, look);
        self.row += 1;
    }

    fn heading(&mut self, texts: &[&str]) {
        let first = self.here();
        super::headings(&mut self.sheet, first, texts);
        self.row += 1;
    }

    fn question(&mut self, text: &str, name: &str) {
        self.sheet.text(self.here(), text, Look::Section);
        let answer = self.here().right(1);
        self.sheet.put(answer, self.plan.income_answers.content(name), Format::General, Look::Input);
        self.sheet.drop_downs.push((answer.rows(1), format!("\"{}\"", YES_OR_NO.join(","))));
        self.row += 2;
    }

    /// The contributions of a stream, with room for so many at least.
    fn rows(&mut self, stream: &str, room: u32, look: Look) -> Area {
        let table = &self.plan.income;
        let rows = table.rows_where(&[("stream", stream)]);
        let first = self.here();
        let room = room.max(rows.len() as u32);
        for line in 0..room {
            let cell = first.down(line);
            let row = rows.get(line as usize);
            let content = |heading| row.map(|it| table.content(*it, heading)).unwrap_or_default();
            self.sheet.put(cell, content("contributor"), Format::General, look);
            self.sheet.put(cell.right(1), content("contribution"), Format::Pounds, look);
            if look == Look::Input {
                self.sheet.put(cell.right(2), content("comments"), Format::General, look);
            }
        }
        self.row += room;
        first.right(1).rows(room)
    }

    fn total(&mut self, label: &str, rows: Area) -> Placed {
        let cells: Vec<_> = (rows.from.row..=rows.to.row)
            .map(|row| self.sheet.content(At { row, ..rows.from }).clone())
            .collect();
        self.put(label, format!("SUM({}:{})", rows.from, rows.to), Total::sum(&cells))
    }

    fn calculated(&mut self, label: &str, parts: &[&Placed]) -> Placed {
        let formula: Vec<_> = parts.iter().map(|it| it.at.to_string()).collect();
        let shows = parts.iter().fold(Total::sum([]), |total, it| total.plus(&it.shows));
        self.put(label, formula.join("+"), shows)
    }

    fn put(&mut self, label: &str, formula: String, shows: Total) -> Placed {
        self.sheet.text(self.here(), label, Look::Section);
        let at = self.here().right(1);
        self.sheet.formula(at, formula, shows.shown(), Format::Pounds);
        self.row += 2;
        Placed { at, shows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Value, at};

    #[test]
    fn an_unused_row_is_left_blank() {
        let (sheet, _) = sheet(&crate::plans::exampleshire());
        assert_eq!(sheet.value(at("B8")), Some(&Value::Text("Disabled Facilities Grant (DFG)".to_owned())));
        assert_eq!(sheet.value(at("B12")), None);
    }
}
