//! Writes one of the tests' workbooks to a file, to be looked at or converted. Further arguments change
//! the plan's facts first.
//!
//! ```text
//! cargo run -p plancheck-tests --example workbook -- sefton sefton.xlsx "line 1: Expenditure (£) = tbc"
//! ```
#![allow(clippy::unwrap_used, clippy::panic, reason = "a chore that fails loudly")]

use plancheck_tests::layout::{capacity_demand_2022_23, planning_2022_23};
use plancheck_tests::{plans, write};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [which, path, edits @ ..] = &arguments[..] else { panic!("usage: workbook PLAN FILE [EDIT…]") };
    let book = if let Some(which) = which.strip_suffix(" capacity and demand") {
        let mut report = match which {
            "sefton" => plans::sefton_capacity(),
            "exampleshire" => plans::exampleshire_capacity(),
            "blank" => plans::blank_capacity(),
            _ => panic!("the reports are sefton, exampleshire and blank"),
        };
        edits.iter().for_each(|it| report.edit(it));
        capacity_demand_2022_23::lay_out(&report)
    } else {
        let mut plan = match which.as_str() {
            "sefton" => plans::sefton(),
            "exampleshire" => plans::exampleshire(),
            "blank" => plans::blank(),
            _ => panic!("the plans are sefton, exampleshire and blank"),
        };
        edits.iter().for_each(|it| plan.edit(it));
        planning_2022_23::lay_out(&plan)
    };
    let bytes = match path.rsplit_once('.') {
        Some((_, "ods")) => write::ods(&book),
        Some((_, "xlsb")) => write::xlsb(&book),
        _ => write::xlsx(&book),
    };
    std::fs::write(path, bytes).unwrap();
}
