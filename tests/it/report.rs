//! Whole reports.

use std::collections::BTreeMap;

use plancheck_tests::layout::capacity_demand_2022_23;
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
    let plans = [plans::sefton(), plans::exampleshire()].map(|it| lay_out(&it));
    let reports = [plans::sefton_capacity(), plans::exampleshire_capacity()];
    for book in plans.into_iter().chain(reports.map(|it| capacity_demand_2022_23::lay_out(&it))) {
        let document = check("plan.xlsx", &write::xlsx(&book));
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
fn the_small_capacity_and_demand_report_is_clean() {
    let book = capacity_demand_2022_23::lay_out(&plans::exampleshire_capacity());
    let document = check("plan.xlsx", &write::xlsx(&book));
    assert_eq!(fired(&document), BTreeMap::new());
    assert!(document.balances.is_empty() && document.total.is_none());
}

/// What the report on capacity and demand has that the one on a plan has not.
#[test]
fn the_wire_has_every_shortfall_and_a_chart_for_every_pathway_and_service() {
    let report = json(&write::xlsx(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity())));
    let document = &report["documents"][0];
    assert_eq!(document["kind"], "capacity-demand");
    let first = serde_json::json!({
        "rule": "CD03", "what": "pathway 0", "period": "2022-10",
        "demand": "5927", "capacity": "4601", "difference": "-1326"
    });
    assert_eq!(document["imbalances"][0], first);
    assert_eq!(document["imbalances"].as_array().unwrap().len(), 6);
    let charts = document["charts"].as_array().unwrap();
    let ids: Vec<_> = charts.iter().map(|it| it["id"].as_str().unwrap()).collect();
    let wanted = ["p0", "p1", "p2", "p3", "vcs", "ucr", "reablement", "beds"];
    assert_eq!(ids, wanted.map(|it| format!("capacity-demand-{it}")));
    assert_eq!(
        charts[0]["series"][0]["points"][0],
        serde_json::json!({ "label": "2022-10", "value": "5927", "at": "74.09" })
    );
    assert_eq!((&charts[0]["unit"], charts[0]["series"].as_array().unwrap().len()), (&"people".into(), 2));
    let shortfall = document["findings"].as_array().unwrap().iter().find(|it| it["rule"] == "CD03").unwrap();
    assert_eq!(shortfall["unit"], "people");
    // Two rows of capacity, a typed total and what comes of them, in each of six months.
    let sum: Vec<_> =
        shortfall["sum"].as_array().unwrap().iter().map(|it| it["amount"].as_str().unwrap()).collect();
    assert_eq!(sum.len(), 4 * 6);
    assert_eq!(sum[..4], ["11", "4590", "-5927", "-1326"]);
}

#[test]
fn a_big_plan_is_clean() {
    let document = check("plan.xlsx", &big(500));
    assert_eq!(fired(&document), BTreeMap::new());
}
