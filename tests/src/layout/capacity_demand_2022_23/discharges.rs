//! The demand from hospital discharge: totals by pathway, and a row for each trust and pathway.

use super::super::totals::Total;
use super::{assumptions, board_line, months, titled};
use crate::book::{Area, At, Content, Format, Look, Sheet, Value, at};
use crate::capacity_text::{MONTHS, PROMPT, Report};

/// The pathways as the template prints them.
const PATHWAYS: [&str; 4] = [
    "0: Low level support for simple hospital discharges - e.g. Voluntary or Community Sector support - (D2A Pathway 0)",
    "1: Reablement in a persons own home to support discharge (D2A Pathway 1)",
    "2: Step down beds (D2A pathway 2)",
    "3: Discharge from hospital (with reablement) to long term residential care (Discharge to assess pathway 3)",
];

/// A row of the table, and which row of the report it shows.
struct Row {
    trust: String,
    pathway: usize,
    of: Option<usize>,
}

pub(super) fn sheet(report: &Report) -> Sheet {
    const TAB: &str = "3.1 Demand - Hospital Discharge";
    let mut sheet = titled(TAB, TAB, &[3, 38, 3, 3, 3, 54, 60, 12, 12, 12, 12, 12, 12]);
    board_line(&mut sheet, report, "F4");
    sheet.text(at("B6"), "3. Demand", Look::Section);
    // The template's guidance says that trusts are chosen in column F.
    let summary = at("G9");
    sheet.text(summary, "Totals Summary (autopopulated)", Look::Heading);
    months(&mut sheet, report, summary.right(1));
    assumptions(&mut sheet, report, at("F15"), "3.1");
    sheet.text(at("F17"), "!!Click on the filter box below to select Trust first!!", Look::Plain);
    let heading = at("F19");
    sheet.text(heading, "Trust Referral Source (Select as many as you need)", Look::Heading);
    sheet.text(heading.right(1), "Demand - Discharge Pathway", Look::Heading);
    months(&mut sheet, report, heading.right(2));

    let rows = rows(report);
    let grouping = report.layout.text("grouped by");
    for (line, row) in (1..).zip(&rows) {
        let cell = heading.down(line);
        let again = |same: fn(&Row, &Row) -> bool| {
            let above = rows[..line as usize - 1].last();
            above.is_some_and(|above| same(above, row))
        };
        if grouping != "merged trust" || !again(|above, row| above.trust == row.trust) {
            sheet.put(cell, Content::read(&row.trust), Format::General, Look::Input);
        }
        if grouping != "merged pathway" || !again(|above, row| above.pathway == row.pathway) {
            sheet.text(cell.right(1), PATHWAYS[row.pathway], Look::Plain);
        }
        for (col, (month, _)) in (2..).zip(MONTHS) {
            let content = row.of.map(|it| report.discharges.content(it, month)).unwrap_or_default();
            sheet.put(cell.right(col), content, Format::Count, Look::Input);
        }
    }
    merge(&mut sheet, &rows, heading.down(1), grouping);
    for (pathway, name) in PATHWAYS.iter().enumerate() {
        let label = summary.down(pathway as u32 + 1);
        sheet.text(label, *name, Look::Plain);
        for (col, (month, _)) in (1..).zip(MONTHS) {
            total(&mut sheet, report, &rows, label.right(col), pathway, month);
        }
    }
    sheet
}

/// The rows in their order: by pathway, each under a row that is not in use, or by trust.
fn rows(report: &Report) -> Vec<Row> {
    let table = &report.discharges;
    let of = |pathway: usize| table.rows_where(&[("pathway", &pathway.to_string())]);
    let row =
        |it: usize, pathway: usize| Row { trust: table.text(it, "trust").to_owned(), pathway, of: Some(it) };
    let prompt = |pathway: usize| Row { trust: format!("\"{PROMPT}\""), pathway, of: None };
    let mut rows = Vec::new();
    match report.layout.text("grouped by") {
        "pathway" | "merged pathway" => {
            for pathway in 0..PATHWAYS.len() {
                rows.push(prompt(pathway));
                rows.extend(of(pathway).into_iter().map(|it| row(it, pathway)));
            }
        }
        "trust" | "merged trust" => {
            rows.extend((0..PATHWAYS.len()).map(prompt));
            for trust in report.trusts() {
                for it in table.rows_where(&[("trust", &trust)]) {
                    rows.push(row(it, table.text(it, "pathway").parse().unwrap()));
                }
            }
        }
        other => panic!("trusts are not grouped by {other}"),
    }
    rows
}

/// Merges the cells that stand for several rows.
fn merge(sheet: &mut Sheet, rows: &[Row], first: At, grouping: &str) {
    let (col, same): (u32, fn(&Row, &Row) -> bool) = match grouping {
        "merged trust" => (0, |one, other| one.trust == other.trust),
        "merged pathway" => (1, |one, other| one.pathway == other.pathway),
        _ => return,
    };
    let mut line = 0;
    for group in rows.chunk_by(same) {
        let from = first.down(line).right(col);
        line += group.len() as u32;
        sheet.merges.push(Area { from, to: first.down(line - 1).right(col) });
    }
}

/// A total: the sum over the trusts, or what is typed in its place.
fn total(sheet: &mut Sheet, report: &Report, rows: &[Row], cell: At, pathway: usize, month: &str) {
    let typed = report.typed_totals.rows_where(&[("pathway", &pathway.to_string())]);
    if let Some(row) = typed.first().filter(|it| !report.typed_totals.text(**it, month).is_empty()) {
        return sheet.put(cell, report.typed_totals.content(*row, month), Format::Count, Look::Calculated);
    }
    let col = cell.col;
    let first = at("F20").row;
    let cells: Vec<At> =
        (first..).zip(rows).filter(|(_, it)| it.pathway == pathway).map(|(row, _)| At { row, col }).collect();
    let contents: Vec<Content> = cells.iter().map(|it| sheet.content(*it).clone()).collect();
    let together = cells.windows(2).all(|it| it[0].row + 1 == it[1].row);
    let named = match (&cells[..], together) {
        ([from, .., to], true) => format!("{from}:{to}"),
        _ => cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
    };
    let shows: Value = Total::sum(&contents).shown();
    sheet.formula(cell, format!("SUM({named})"), shows, Format::Count);
}
