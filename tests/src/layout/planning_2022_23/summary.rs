//! The Summary.

use super::expenditure::{OUT_OF_HOSPITAL, SOCIAL_CARE, Spending, column};
use super::metrics::Rates;
use super::requirements::REQUIREMENTS;
use super::{EXPENDITURE, METRICS, Placed, Total, board_line, headings, repeated, titled};
use crate::book::{At, Format, Look, Sheet, Value, at};
use crate::layout::options::SCHEME_TYPES;
use crate::plan_text::Plan;

const SOURCES: [&str; 5] =
    ["DFG", "Minimum NHS Contribution", "iBCF", "Additional LA Contribution", "Additional ICB Contribution"];

pub(super) fn sheet(plan: &Plan, spending: &Spending, rates: &Rates) -> Sheet {
    let mut sheet = titled("3. Summary", "3. Summary", &[3, 70, 20, 20, 20, 20]);
    board_line(&mut sheet, plan, "C4");
    sheet.text(at("B6"), "Income & Expenditure", Look::Section);
    sheet.text(at("B8"), "Income >>", Look::Section);
    funding(&mut sheet, spending);
    sheet.text(at("B18"), "Expenditure >>", Look::Section);
    for (row, label, (minimum, planned)) in
        [(20, OUT_OF_HOSPITAL, &spending.conditions[0]), (24, SOCIAL_CARE, &spending.conditions[1])]
    {
        let label_at = at(&format!("B{row}"));
        sheet.text(label_at, label, Look::Heading);
        let (minimum_at, planned_at) = (label_at.down(1), label_at.down(2));
        sheet.text(minimum_at, "Minimum required spend", Look::Plain);
        let formula = format!("'{EXPENDITURE}'!{}", minimum.0);
        sheet.formula(minimum_at.right(1), formula, minimum.1.clone(), Format::Pounds);
        sheet.text(planned_at, "Planned spend", Look::Plain);
        from(&mut sheet, planned_at.right(1), EXPENDITURE, planned, Format::Pounds);
    }
    scheme_types(&mut sheet, spending);
    metrics(&mut sheet, rates);
    responses(&mut sheet, plan);
    sheet
}

/// Repeats a total of another sheet.
fn from(sheet: &mut Sheet, at: At, other: &str, placed: &Placed, format: Format) {
    sheet.formula(at, format!("'{other}'!{}", placed.at), placed.shows.shown(), format);
}

fn funding(sheet: &mut Sheet, spending: &Spending) {
    headings(sheet, at("B10"), &["Funding Sources", "Income", "Expenditure", "Difference"]);
    let first = at("B11");
    let mut totals = [Total::sum([]), Total::sum([]), Total::sum([])];
    for (row, (name, [income, spent, _])) in (0..).zip(SOURCES.into_iter().zip(&spending.balances)) {
        let label = first.down(row);
        let difference = income.shows.less(&spent.shows);
        sheet.text(label, name, Look::Plain);
        from(sheet, label.right(1), EXPENDITURE, income, Format::Pounds);
        from(sheet, label.right(2), EXPENDITURE, spent, Format::Pounds);
        let formula = format!("{}-{}", label.right(1), label.right(2));
        sheet.formula(label.right(3), formula, difference.shown(), Format::Pounds);
        for (total, part) in totals.iter_mut().zip([&income.shows, &spent.shows, &difference]) {
            *total = total.plus(part);
        }
    }
    sheet.text(first.down(5), "Total", Look::Section);
    for (col, total) in (1..).zip(&totals) {
        let top = first.right(col);
        sheet.formula(top.down(5), format!("SUM({})", top.rows(5)), total.shown(), Format::Pounds);
    }
}

fn scheme_types(sheet: &mut Sheet, spending: &Spending) {
    sheet.text(at("B28"), "Scheme Types", Look::Heading);
    let first = at("B29");
    let total_at = first.right(1).down(SCHEME_TYPES.len() as u32);
    let sums: Vec<Total> = SCHEME_TYPES.iter().map(|(_, name, _)| spending.of_type(name)).collect();
    let total = sums.iter().fold(Total::sum([]), |total, it| total.plus(it));
    let (types, amounts) = (column(spending.rows, "E"), column(spending.rows, "O"));
    for (row, ((_, name, _), sum)) in (0..).zip(SCHEME_TYPES.iter().zip(&sums)) {
        let label = first.down(row);
        sheet.text(label, *name, Look::Plain);
        let formula = format!("SUMIF('{EXPENDITURE}'!{types},{label},'{EXPENDITURE}'!{amounts})");
        sheet.formula(label.right(1), formula, sum.shown(), Format::Pounds);
        let share = sum.over(&total).or(Value::Number(0.into()));
        let formula = format!("IFERROR({}/{total_at},0)", label.right(1));
        sheet.formula(label.right(2), formula, share, Format::Percent);
    }
    let label = first.down(SCHEME_TYPES.len() as u32);
    sheet.text(label, "Total", Look::Section);
    let formula = format!("SUM({})", first.right(1).rows(SCHEME_TYPES.len() as u32));
    sheet.formula(total_at, formula, total.shown(), Format::Pounds);
}

fn metrics(sheet: &mut Sheet, rates: &Rates) {
    let quarters = ["2022-23 Q1 Plan", "2022-23 Q2 Plan", "2022-23 Q3 Plan", "2022-23 Q4 Plan"];
    sheet.text(at("B48"), "Metrics >>", Look::Section);
    sheet.text(at("B49"), "Avoidable admissions", Look::Section);
    headings(sheet, at("C50"), &quarters);
    // The printed template leaves this row empty.
    let label = "Unplanned hospitalisation for chronic ambulatory care sensitive conditions (Rate per \
                 100,000 population)";
    sheet.text(at("B51"), label, Look::Plain);
    sheet.text(at("B53"), "Discharge to normal place of residence", Look::Section);
    headings(sheet, at("C54"), &quarters);
    sheet.text(at("B55"), super::metrics::USUAL_PLACE, Look::Plain);
    sheet.text(at("B57"), "Residential Admissions", Look::Section);
    headings(sheet, at("D58"), &["2020-21 Actual", "2022-23 Plan"]);
    sheet.text(at("B59"), super::metrics::RESIDENTIAL, Look::Plain);
    sheet.text(at("C59"), "Annual Rate", Look::Plain);
    sheet.text(at("B61"), "Reablement", Look::Section);
    headings(sheet, at("D62"), &["2022-23 Plan"]);
    sheet.text(at("B63"), super::metrics::REABLEMENT, Look::Plain);
    sheet.text(at("C63"), "Annual (%)", Look::Plain);
    let mut repeat = |cell: At, (rate_at, shows): &(At, Value), format| {
        sheet.formula(cell, format!("'{METRICS}'!{rate_at}"), shows.clone(), format);
    };
    for (col, rate) in (0..).zip(&rates.usual_place) {
        repeat(at("C55").right(col), rate, Format::Percent);
    }
    repeat(at("D59"), &rates.residential[0], Format::Count);
    repeat(at("E59"), &rates.residential[1], Format::Count);
    repeat(at("D63"), &rates.reablement, Format::Percent);
}

fn responses(sheet: &mut Sheet, plan: &Plan) {
    sheet.text(at("B65"), "Planning Requirements >>", Look::Section);
    headings(sheet, at("B66"), &["Theme", "Code", "Response"]);
    for (row, (code, theme, _)) in (0..).zip(REQUIREMENTS) {
        let line = at("B67").down(row);
        if !theme.is_empty() {
            sheet.text(line, theme, Look::Plain);
        }
        sheet.text(line.right(1), code, Look::Plain);
        let answer = plan.requirements.content(plan.requirements.row_where(&[("code", code)]), "answer");
        let there = super::requirements::answer_at(row);
        let formula = format!("IF({there}=\"\",\"\",{there})");
        sheet.formula(line.right(2), formula, repeated(&answer), Format::General);
    }
}
