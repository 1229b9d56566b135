//! The workbook with the published figures that is kept beside the repository for its authors. Skipped
//! where it is not at hand; the sample has the same figures in sheets of our own.

use std::collections::BTreeMap;

use plancheck::finding::State;
use plancheck_tests::write::{member, replace_member};

use crate::support::{check, fired, shared};

const FILE: &str = "fixtures/sefton-2022-23-planning.xlsx";
const CAPACITY: &str = "fixtures/sefton-2022-23-capacity-demand.xlsx";

/// Everything of the planning workbook that is neither met nor without anything to test.
const PLANNING: [(&str, &str); 7] = [
    ("CV02", "not-met"),
    ("CV05", "needs-judgement"),
    ("CV06", "needs-judgement"),
    ("EX05", "needs-judgement"),
    ("EX09", "needs-judgement"),
    ("MT04", "needs-judgement"),
    ("WB12", "not-met"),
];

#[test]
fn the_published_plan_gives_its_published_figures() {
    let Some(bytes) = shared(FILE) else { return };
    let document = check("sefton-2022-23-planning.xlsx", &bytes);
    assert_eq!(fired(&document), BTreeMap::from(PLANNING));
    assert_eq!(document.verdict(), State::NotMet);
    assert_eq!(document.board.as_deref(), Some("Sefton"));

    let balances: Vec<_> = document
        .balances
        .iter()
        .map(|it| (it.source.as_str(), it.income.unwrap().to_string(), it.expenditure.unwrap().to_string()))
        .collect();
    let published = [
        ("DFG", "4823370"),
        ("Minimum NHS Contribution", "26435346"),
        ("iBCF", "15725903"),
        ("Additional LA Contribution", "252100"),
        ("Additional NHS Contribution", "3818654"),
    ];
    for (balance, (source, amount)) in balances.iter().zip(published) {
        assert_eq!(*balance, (source, amount.to_owned(), amount.to_owned()));
    }
    let condition = |code: &str| {
        let tested = document.conditions.iter().find(|it| it.rule.code == code).unwrap();
        let figures = |it: Option<rust_decimal::Decimal>| it.unwrap().normalize().to_string();
        (
            figures(tested.condition.planned),
            figures(tested.condition.required),
            tested.condition.declared.clone(),
        )
    };
    let yes = Some("Yes".to_owned());
    assert_eq!(condition("EX02"), ("14168050".to_owned(), "13584091".to_owned(), yes.clone()));
    assert_eq!(condition("EX03"), ("10812746".to_owned(), "7512176".to_owned(), yes));
    for code in ["EX01", "MT02", "IN01", "IN02", "WB04", "WB05", "WB06"] {
        assert_eq!(document.state_of(code), Some(State::Met), "{code}");
    }
}

/// One pound more on one line, changed in the XML of that very file: its totals are stale.
#[test]
fn a_pound_on_one_line_of_the_published_plan() {
    let Some(bytes) = shared(FILE) else { return };
    let sheet = "xl/worksheets/sheet5.xml";
    let xml = member(&bytes, sheet);
    let (old, new) = ("<v>1695196</v>", "<v>1695197</v>");
    assert_eq!(xml.matches(old).count(), 1, "the amount of the first line");
    let document = check("plan.xlsx", &replace_member(&bytes, sheet, xml.replace(old, new)));
    assert_eq!(
        fired(&document),
        PLANNING
            .into_iter()
            .chain([("EX01", "not-met"), ("PR03", "not-met"), ("WB04", "not-met")])
            .collect::<BTreeMap<_, _>>()
    );
    let found: Vec<_> = document.findings.iter().filter(|it| it.rule.code == "EX01").collect();
    assert_eq!(found.len(), 1);
    let minimum = document.balances.iter().find(|it| it.source == "Minimum NHS Contribution").unwrap();
    assert_eq!(minimum.difference.unwrap().to_string(), "-1");
}

/// The other workbook of the same plan is a template that these rules do not cover yet.
#[test]
fn the_capacity_and_demand_workbook_is_named() {
    let Some(bytes) = shared(CAPACITY) else { return };
    let document = check("plan.xlsx", &bytes);
    assert_eq!(document.state_of("WB01"), Some(State::Met));
    assert_eq!(document.state_of("WB02"), Some(State::NotMet));
    assert!(document.findings[0].finding.message.contains("Capacity & Demand"));
    assert_eq!(document.rules.len(), 2);
}
