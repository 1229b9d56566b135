//! Whole reports.

use std::collections::BTreeMap;

use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::{big, plans, sample, write};

use crate::support::{check, fired, json};

/// Everything that is said of the published Sefton plan. The file's own size and digest are left out:
/// they change with the writer and say nothing of the rules.
#[test]
fn the_whole_report_on_the_sample() {
    let mut report = json(&sample());
    let document = &mut report["documents"][0];
    for (name, length) in [("sha256", 64), ("bytes", 0)] {
        assert!(document[name].to_string().len() >= length);
        document[name] = "…".into();
    }
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_json_snapshot!("sefton-2022-23-planning", report);
    });
}

#[test]
fn the_same_bytes_give_the_same_report() {
    let report = |bytes: &[u8]| {
        let report =
            plancheck::check(&plancheck::Input { name: "plan.xlsx", bytes }, &plancheck::Options::default());
        plancheck_api::engine::to_wire(&report).to_json().unwrap()
    };
    let bytes = sample();
    assert_eq!(bytes, sample(), "the writer itself must be the same every time");
    assert_eq!(report(&bytes), report(&bytes));
}

/// Whatever a rule names, and whatever it read, is a place in the workbook.
#[test]
fn every_cell_named_is_on_a_sheet_of_the_workbook() {
    for plan in [plans::sefton(), plans::exampleshire()] {
        let document = check("plan.xlsx", &write::xlsx(&lay_out(&plan)));
        let marks = document.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell);
        let read: std::collections::BTreeSet<_> = document.coverage.iter().copied().collect();
        for cell in marks.clone().chain(read.iter().copied()) {
            assert!(usize::from(cell.sheet) < document.sheets.len(), "{cell:?}");
        }
        for cell in marks {
            assert!(read.contains(&cell), "{cell} is named by a finding and not among the cells read");
        }
    }
}

#[test]
fn the_small_plan_is_clean() {
    let document = check("plan.xlsx", &write::xlsx(&lay_out(&plans::exampleshire())));
    assert_eq!(fired(&document), BTreeMap::new());
}

#[test]
fn a_big_plan_is_clean() {
    let document = check("plan.xlsx", &big(500));
    assert_eq!(fired(&document), BTreeMap::new());
}
