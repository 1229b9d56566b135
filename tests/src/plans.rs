//! The plans that tests start from.

use crate::book::Book;
use crate::capacity_text::Report;
use crate::layout::planning_2022_23::lay_out;
use crate::plan_text::Plan;

/// The published Sefton plan of 2022-23, with contacts made up.
pub fn sefton() -> Plan {
    Plan::read(include_str!("../workbooks/sefton-2022-23-planning.txt"))
}

/// A small plan in which nothing is wrong: a line for each source of funding.
pub fn exampleshire() -> Plan {
    Plan::read(include_str!("../workbooks/exampleshire-2022-23-planning.txt"))
}

/// The template as it is sent out, before anybody fills it in.
pub fn blank() -> Plan {
    let mut plan = exampleshire();
    plan.clear();
    plan
}

/// The published Sefton capacity and demand report of 2022-23, with contacts made up.
pub fn sefton_capacity() -> Report {
    Report::read(include_str!("../workbooks/sefton-2022-23-capacity-demand.txt"))
}

/// A small capacity and demand report in which nothing is wrong: two trusts and Other.
pub fn exampleshire_capacity() -> Report {
    Report::read(include_str!("../workbooks/exampleshire-2022-23-capacity-demand.txt"))
}

/// The capacity and demand template as it is sent out.
pub fn blank_capacity() -> Report {
    let mut report = exampleshire_capacity();
    report.clear();
    report
}

/// The sample that the page offers: the published Sefton plan as an Excel workbook.
pub fn sample() -> Vec<u8> {
    crate::write::xlsx(&lay_out(&sefton()))
}

/// The published Sefton capacity and demand workbook as an Excel workbook.
pub fn sample_capacity() -> Vec<u8> {
    crate::write::xlsx(&crate::layout::capacity_demand_2022_23::lay_out(&sefton_capacity()))
}

/// A valid, balanced plan with so many lines, nine at least, for measuring and for having something to
/// cancel.
pub fn big(lines: usize) -> Vec<u8> {
    crate::write::xlsx(&big_book(lines))
}

/// The same as a book.
pub fn big_book(lines: usize) -> Book {
    lay_out(&big_plan(lines))
}

/// The same before it is laid out.
pub fn big_plan(lines: usize) -> Plan {
    let mut plan = exampleshire();
    let own = plan.expenditure.rows.clone();
    let amount = plan.expenditure.column("Expenditure (£)");
    let id = plan.expenditure.column("Scheme ID");
    let name = plan.expenditure.column("Scheme Name");
    plan.expenditure.rows = (0..lines)
        .map(|number| {
            let mut line = own[number % own.len()].clone();
            line[id] = (number + 1).to_string();
            line[name] = format!("Scheme {}", number + 1);
            line[amount] = (1000 + number * 7 % 911).to_string();
            line
        })
        .collect();
    plan.balance();
    for minimum in ["NHS commissioned out of hospital", "adult social care"] {
        plan.edit(&format!("minimum: {minimum} = 1000"));
    }
    plan
}
