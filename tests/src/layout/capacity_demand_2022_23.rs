//! The 2022-23 capacity and demand template: its sheets, labels and order word for word, its formulas, and
//! what they show. Where on a sheet a table stands is our own choice; the national file was not to be had.

mod discharges;

use crate::book::{Area, At, Book, Content, Format, Look, Sheet, Value, at};
use crate::capacity_text::{MONTHS, Report};
use crate::layout::options::{BOARDS, YES_OR_NO};
use crate::plan_text::Table;

const COVER: &str = "2. Cover";
const TITLE: &str = "Better Care Fund 2022-23 Capacity & Demand Template";
const METRIC: &str = "Monthly capacity. Number of new clients.";

/// Where each answer of the Cover stands: its row, its label, its name in a report's text.
const QUESTIONS: [(u32, &str, &str); 9] = [
    (9, "Health and Wellbeing Board:", "board"),
    (11, "Completed by:", "completed by"),
    (13, "E-mail:", "e-mail"),
    (15, "Contact number:", "contact number"),
    (
        17,
        "Has this report been signed off by (or on behalf of) the HWB at the time of submission?",
        "signed off",
    ),
    (19, "If no, please indicate when the report is expected to be signed off:", "expected sign-off"),
    (22, "Job Title:", "job title"),
    (23, "Name:", "name"),
    (25, "How could this template be improved?", "improvements"),
];

/// The report as a workbook, every total fresh.
pub fn lay_out(report: &Report) -> Book {
    Book {
        sheets: vec![
            guidance(),
            cover(report),
            discharges::sheet(report),
            Services {
                tab: "3.2 Demand - Community",
                heading: "3.0 Demand - Community",
                again: "3.2 Demand - Community",
                assumptions: "3.2",
                table: "Demand - Intermediate Care",
                column: "Service Type",
                metric: false,
            }
            .sheet(report, &report.community_demand),
            Services {
                tab: "4.1 Capacity - Discharge",
                heading: "4.0 Capacity - Discharge",
                again: "4.1 Capacity - discharge",
                assumptions: "4.1",
                table: "Capacity - Hospital Discharge",
                column: "Service Area",
                metric: true,
            }
            .sheet(report, &report.discharge_capacity),
            Services {
                tab: "4.2 Capacity - Community",
                heading: "4.2 Capacity - Community",
                again: "4.2 Capacity - community",
                assumptions: "4.2",
                table: "Capacity - Community",
                column: "Service Area",
                metric: true,
            }
            .sheet(report, &report.community_capacity),
            spend(report),
        ],
        ..Book::default()
    }
}

fn titled(name: &str, heading: &str, widths: &[u32]) -> Sheet {
    let mut sheet = Sheet::new(name);
    sheet.protected = true;
    sheet.widths.extend((0..).zip(widths.iter().copied()));
    sheet.text(at("B1"), TITLE, Look::Title);
    sheet.text(at("B2"), heading, Look::Section);
    sheet
}

fn guidance() -> Sheet {
    let mut sheet = titled("1. Guidance", "1.0 Guidance", &[3, 110]);
    sheet.text(at("B4"), "Overview", Look::Section);
    sheet.text(at("B5"), "Yellow cells are for input; grey cells are pre-populated.", Look::Plain);
    for (row, text) in (7..).zip([
        "- Voluntary or Community Sector (VCS) services",
        "- Urgent Community Response",
        "- Reablement or rehabilitation in a person's own home",
        "- Bed-based intermediate care (step up or step down)",
    ]) {
        sheet.text(at("B1").down(row), text, Look::Plain);
    }
    sheet
}

fn cover(report: &Report) -> Sheet {
    let mut sheet = titled(COVER, "2.0 Cover", &[3, 84, 64]);
    let version = report.cover.text("version");
    if !version.is_empty() {
        sheet.text(at("C4"), format!("Version {version}"), Look::Plain);
    }
    for (row, label, name) in QUESTIONS {
        let content = report.cover.content(name);
        let format = if name == "expected sign-off" { Format::Date } else { Format::General };
        sheet.text(at(&format!("B{row}")), label, Look::Plain);
        sheet.put(at(&format!("C{row}")), content, format, Look::Input);
    }
    let signs = "Please indicate who is signing off the report for submission on behalf of the HWB \
                 (delegated authority is also accepted):";
    sheet.text(at("B21"), signs, Look::Plain);
    sheet.drop_downs.push((at("C9").rows(1), format!("\"{}\"", BOARDS.join(","))));
    sheet.drop_downs.push((at("C17").rows(1), format!("\"{}\"", YES_OR_NO.join(","))));
    sheet
}

/// The line that repeats the board chosen on the Cover.
fn board_line(sheet: &mut Sheet, report: &Report, shown: &str) {
    sheet.text(at("B4"), "Selected Health and Wellbeing Board:", Look::Section);
    let board = match report.cover.content("board") {
        Content::Typed(value) => value,
        // A cell that refers to a blank one shows nought.
        Content::Blank | Content::Formula { .. } => Value::Number(0.into()),
    };
    sheet.formula(at(shown), format!("'{COVER}'!C9"), board, Format::General);
}

/// The headings of the months, as the report has them written.
fn months(sheet: &mut Sheet, report: &Report, first: At) {
    const GERMAN: [&str; 6] = ["Okt.22", "Nov.22", "Dez.22", "Jän.23", "Feb.23", "Mär.23"];
    const ENGLISH: [&str; 6] =
        ["October 2022", "November 2022", "December 2022", "January 2023", "February 2023", "March 2023"];
    for (idx, (_, day)) in MONTHS.iter().enumerate() {
        let written = match (report.layout.text("months"), Value::read(day)) {
            ("dates", date) => date,
            ("numbers", Value::Date(serial)) => Value::Number(serial.into()),
            ("German", _) => Value::Text(GERMAN[idx].to_owned()),
            ("English", _) => Value::Text(ENGLISH[idx].to_owned()),
            (other, _) => panic!("months are not written as {other}"),
        };
        let format = if matches!(written, Value::Date(_)) { Format::Month } else { Format::General };
        sheet.put(first.right(idx as u32), Content::Typed(written), format, Look::Heading);
    }
}

/// The label of the box of assumptions, and what the area wrote into it.
fn assumptions(sheet: &mut Sheet, report: &Report, label: At, name: &str) {
    sheet.text(label, "Any assumptions made:", Look::Plain);
    sheet.put(label.right(1), report.assumptions.content(name), Format::General, Look::Input);
    sheet.merges.push(Area { from: label.right(1), to: label.right(7) });
}

/// A sheet with a row for each service.
struct Services {
    tab: &'static str,
    heading: &'static str,
    again: &'static str,
    assumptions: &'static str,
    table: &'static str,
    column: &'static str,
    metric: bool,
}

impl Services {
    fn sheet(&self, report: &Report, table: &Table) -> Sheet {
        let mut sheet = titled(self.tab, self.heading, &[3, 60, 38, 12, 12, 12, 12, 12, 12]);
        board_line(&mut sheet, report, "C4");
        sheet.text(at("B6"), self.again, Look::Section);
        assumptions(&mut sheet, report, at("B12"), self.assumptions);
        sheet.text(at("B14"), self.table, Look::Section);
        let heading = at("B15");
        sheet.text(heading, self.column, Look::Heading);
        let first = if self.metric { 2 } else { 1 };
        if self.metric {
            sheet.text(heading.right(1), "Metric", Look::Heading);
        }
        months(&mut sheet, report, heading.right(first));
        for (row, line) in (0..).zip(1..=table.rows.len() as u32) {
            let name = heading.down(line);
            sheet.text(name, table.text(row, "service"), Look::Plain);
            if self.metric {
                sheet.text(name.right(1), METRIC, Look::Plain);
            }
            for (col, (month, _)) in (first..).zip(MONTHS) {
                sheet.put(name.right(col), table.content(row, month), Format::Count, Look::Input);
            }
        }
        sheet
    }
}

fn spend(report: &Report) -> Sheet {
    let mut sheet = titled("5.0 Spend", "5.0 Spend", &[3, 60, 24]);
    board_line(&mut sheet, report, "C4");
    sheet.text(at("B6"), "5.0 Spend", Look::Section);
    sheet.text(at("B9"), "Spend on Intermediate Care", Look::Section);
    sheet.text(at("C10"), "2022-23", Look::Heading);
    for (row, label, name) in
        [(11, "Overall Spend (BCF & Non BCF)", "overall"), (12, "BCF related spend", "BCF related")]
    {
        sheet.text(at(&format!("B{row}")), label, Look::Plain);
        sheet.put(at(&format!("C{row}")), report.spend.content(name), Format::Pounds, Look::Input);
    }
    sheet.text(at("B14"), "Comments if applicable", Look::Plain);
    sheet.put(at("B15"), report.spend.content("comments"), Format::General, Look::Input);
    sheet
}
