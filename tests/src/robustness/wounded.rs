//! Large plans with one fault in every line. Each is honest work gone wrong, so it is checked to the end; what it
//! costs may grow with its lines, and no faster.

use super::Specimen;
use crate::book::{At, Book, Look};
use crate::layout::capacity_demand_2022_23;
use crate::layout::planning_2022_23::{EXPENDITURE, lay_out};
use crate::plans;
use crate::write::xlsx;

/// All of them, with so many lines.
pub(super) fn all(lines: usize) -> Vec<Specimen> {
    let specimen = |name, what, make: fn(usize) -> Vec<u8>| Specimen {
        name,
        what,
        ends: super::Ends::Checked,
        make: Box::new(move || make(lines)),
        clean: None,
    };
    vec![
        specimen("unknown-sources", "each line with a source of funding of its own", |lines| {
            each(lines, |number| vec![("Source of Funding", format!("Fund {number}"))])
        }),
        specimen("no-sources", "no line with a source of funding", |lines| {
            each(lines, |_| vec![("Source of Funding", String::new())])
        }),
        specimen("hidden-sheet", "the sheet of the lines is hidden", |lines| {
            wounded(lines, |book| book.sheet_mut(EXPENDITURE).hidden = true)
        }),
        specimen("hidden-rows", "every second line is hidden", |lines| {
            wounded(lines, |book| {
                let rows = (FIRST_LINE..).step_by(2).take(lines.div_ceil(2));
                book.sheet_mut(EXPENDITURE).hidden_rows.extend(rows);
            })
        }),
        specimen("below-the-sums", "all lines below the rows that the sums read", |lines| {
            wounded(lines, |book| below_the_sums(book, lines))
        }),
        specimen("no-amounts", "no line with an amount", |lines| {
            each(lines, |_| vec![("Expenditure (£)", String::new())])
        }),
        specimen("one-amount", "one amount for all lines, and no provider", |lines| {
            each(lines, |_| vec![("Expenditure (£)", "1000".to_owned()), ("Provider", String::new())])
        }),
        specimen("one-scheme-id", "one scheme ID for all lines, and a name for each", |lines| {
            each(lines, |_| vec![("Scheme ID", "1".to_owned())])
        }),
        specimen("one-scheme-name", "one scheme name for all lines, and an ID for each", |lines| {
            each(lines, |_| vec![("Scheme Name", "Reablement".to_owned())])
        }),
        specimen("unlisted-options", "options of its own in each line", |lines| {
            each(lines, |number| {
                ["Area of Spend", "Provider", "Commissioner", "Scheme Type", "Sub Types"]
                    .map(|it| (it, format!("Option {number}")))
                    .to_vec()
            })
        }),
        specimen("merged-trusts", "a capacity and demand report with as many rows of small trusts", trusts),
        specimen("titles-and-headings", "as many titles and headings beside each other", |lines| {
            wounded(9, |book| titles_and_headings(book, lines))
        }),
    ]
}

/// The row of the first line, counted from nought.
const FIRST_LINE: u32 = 48;

/// A large plan that is changed as a finished workbook.
fn wounded(lines: usize, wound: impl FnOnce(&mut Book)) -> Vec<u8> {
    let mut book = plans::big_book(lines);
    wound(&mut book);
    xlsx(&book)
}

/// A large plan with these fields of each line changed before it is laid out.
fn each(lines: usize, change: impl Fn(usize) -> Vec<(&'static str, String)>) -> Vec<u8> {
    let mut plan = plans::big_plan(lines);
    for row in 0..plan.expenditure.rows.len() {
        for (heading, text) in change(row + 1) {
            let column = plan.expenditure.column(heading);
            plan.expenditure.rows[row][column] = text;
        }
    }
    xlsx(&lay_out(&plan))
}

/// A report with four rows for each trust, of which one cell names the trust.
fn trusts(rows: usize) -> Vec<u8> {
    let mut report = plans::exampleshire_capacity();
    report.edit("layout: grouped by = merged trust");
    let row = report.discharges.rows[0].clone();
    let (trust, pathway) = (report.discharges.column("trust"), report.discharges.column("pathway"));
    report.discharges.rows = (0..rows)
        .map(|number| {
            let mut row = row.clone();
            row[trust] = format!("Trust {} of Exampleshire", number / 4 + 1);
            row[pathway] = (number % 4).to_string();
            row
        })
        .collect();
    xlsx(&capacity_demand_2022_23::lay_out(&report))
}

/// Moves the lines down, and no formula with them.
fn below_the_sums(book: &mut Book, lines: usize) {
    let down = u32::try_from(lines).unwrap() + 400;
    let sheet = book.sheet_mut(EXPENDITURE);
    let cells = std::mem::take(&mut sheet.cells);
    let moved = |at: At| if at.row < FIRST_LINE { at } else { at.down(down) };
    sheet.cells = cells.into_iter().map(|(at, cell)| (moved(at), cell)).collect();
}

/// Titles in one column and headings in another, where neither says anything of the other.
fn titles_and_headings(book: &mut Book, lines: usize) {
    let sheet = book.sheet_mut(EXPENDITURE);
    for row in (FIRST_LINE + 1000..).take(lines) {
        sheet.text(At { row, col: 30 }, "Better Care Fund 2022-23 Template", Look::Plain);
        sheet.text(At { row, col: 31 }, "5. Expenditure", Look::Plain);
    }
}
