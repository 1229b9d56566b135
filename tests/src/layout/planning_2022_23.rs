//! The 2022-23 planning template: its sheets, labels and order word for word, its formulas, and what
//! they show. Where on a sheet a table stands is our own choice; the national file was not to be had.

mod cover;
mod expenditure;
mod income;
mod lookups;
mod metrics;
mod requirements;
mod summary;

use super::totals::Total;
use crate::book::{At, Book, Content, Format, Look, Sheet, Value, at};
use crate::plan_text::Plan;

const COVER: &str = "2. Cover";
const INCOME: &str = "4. Income";
/// The sheet of the scheme lines.
pub const EXPENDITURE: &str = "5a. Expenditure";
const METRICS: &str = "6. Metrics";
const TITLE: &str = "Better Care Fund 2022-23 Template";

/// The plan as a workbook, every total fresh.
pub fn lay_out(plan: &Plan) -> Book {
    let (income, totals) = income::sheet(plan);
    let (expenditure, spending) = expenditure::sheet(plan, &totals);
    let (metrics, rates) = metrics::sheet(plan);
    Book {
        sheets: vec![
            guidance(),
            cover::sheet(plan),
            summary::sheet(plan, &spending, &rates),
            income,
            expenditure,
            lookups::scheme_types(),
            metrics,
            requirements::sheet(plan),
            lookups::sheet(),
        ],
        ..Book::default()
    }
}

/// A total, and where it stands.
#[derive(Clone, Debug)]
struct Placed {
    at: At,
    shows: Total,
}

fn guidance() -> Sheet {
    let mut sheet = Sheet::new("1. Guidance");
    sheet.protected = true;
    sheet.widths.extend([(0, 3), (1, 110)]);
    sheet.text(at("B1"), "BCF Planning Template 2022-23", Look::Title);
    sheet.text(at("B2"), "1. Guidance", Look::Section);
    sheet.text(at("B4"), "Overview", Look::Section);
    sheet.text(
        at("B5"),
        "Yellow cells are for input; blue cells are pre-populated; grey cells calculate.",
        Look::Plain,
    );
    sheet
}

/// A sheet with its two headings.
fn titled(name: &str, heading: &str, widths: &[u32]) -> Sheet {
    let mut sheet = Sheet::new(name);
    sheet.protected = true;
    sheet.widths.extend((0..).zip(widths.iter().copied()));
    sheet.text(at("B1"), TITLE, Look::Title);
    sheet.text(at("B2"), heading, Look::Section);
    sheet
}

/// The line that repeats the board chosen on the Cover.
fn board_line(sheet: &mut Sheet, plan: &Plan, shown: &str) {
    sheet.text(at("B4"), "Selected Health and Wellbeing Board:", Look::Section);
    let formula = format!("IF('{COVER}'!C12=\"\",\"\",'{COVER}'!C12)");
    sheet.formula(at(shown), formula, repeated(&plan.cover.content("board")), Format::General);
}

/// What IF(x="","",x) shows.
fn repeated(content: &Content) -> Value {
    match content {
        Content::Typed(value) => value.clone(),
        Content::Blank | Content::Formula { .. } => Value::Text(String::new()),
    }
}

fn headings(sheet: &mut Sheet, first: At, texts: &[&str]) {
    for (idx, text) in (0..).zip(texts) {
        sheet.text(first.right(idx), *text, Look::Heading);
    }
}
