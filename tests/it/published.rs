//! The workbooks with the published figures that are kept beside the repository for its authors. Skipped
//! where they are not at hand; the sample has the same figures in sheets of our own.

use std::collections::BTreeMap;

use plancheck::finding::State;
use plancheck::report::{Document, Found};
use plancheck::template::Kind;
use plancheck_tests::layout::capacity_demand_2022_23::lay_out;
use plancheck_tests::plans;
use plancheck_tests::write::{member, replace_member};

use crate::support::{check, check_book, fired, shared};

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

/// The capacity and demand workbook of the same plan.
#[test]
fn the_published_capacity_and_demand_gives_its_published_figures() {
    let Some(bytes) = shared(CAPACITY) else { return };
    assert_published_capacity(&check("sefton-2022-23-capacity-demand.xlsx", &bytes));
}

/// The same figures in sheets of our own.
#[test]
fn our_own_capacity_and_demand_gives_the_published_figures() {
    assert_published_capacity(&check_book(&lay_out(&plans::sefton_capacity())));
}

fn assert_published_capacity(document: &Document) {
    assert_eq!(document.kind, Kind::CapacityDemand);
    assert_eq!(document.template.as_ref().map(|it| it.id), Some("bcf-2022-23-capacity-demand"));
    assert_eq!(document.template.as_ref().and_then(|it| it.version.as_deref()), Some("1.0"));
    assert_eq!(document.board.as_deref(), Some("Sefton"));
    assert_eq!(document.verdict(), State::NotMet);
    let mut fired = fired(document);
    // The rules on contacts speak of made-up ones.
    fired.retain(|code, _| !matches!(*code, "CV05" | "WB07" | "WB08" | "WB09" | "WB10"));
    let expected = [
        ("CD02", "not-met"),
        ("CD03", "needs-judgement"),
        ("CD04", "needs-judgement"),
        ("CD07", "needs-judgement"),
        ("WB05", "not-met"),
    ];
    assert_eq!(fired, BTreeMap::from(expected));
    for code in ["WB01", "WB02", "WB03", "WB04", "WB06", "CV01", "CV02", "CD01", "CD05", "CD06"] {
        assert_eq!(document.state_of(code), Some(State::Met), "{code}");
    }

    let of =
        |code: &str| -> Vec<&Found> { document.findings.iter().filter(|it| it.rule.code == code).collect() };
    let months =
        ["October 2022", "November 2022", "December 2022", "January 2023", "February 2023", "March 2023"];
    let typed = ["5927", "6219", "5626", "5436", "5230", "6003"];
    let trusts = ["4590", "4864", "4355", "4254", "4034", "4649"];
    let gaps = ["1,337", "1,355", "1,271", "1,182", "1,196", "1,354"];
    for (code, says) in [("CD02", "too many"), ("WB05", "where the template has a formula")] {
        let found = of(code);
        assert_eq!(found.len(), 6, "{code}");
        for (idx, found) in found.iter().enumerate() {
            let finding = &found.finding;
            assert_eq!(finding.state, State::NotMet);
            assert_eq!(finding.expected.as_deref(), Some(trusts[idx]), "{code} {}", months[idx]);
            assert_eq!(finding.actual.as_deref(), Some(typed[idx]), "{code} {}", months[idx]);
            assert!(
                finding.message.contains(months[idx]) && finding.message.contains(says),
                "{}",
                finding.message
            );
            let gap = format!("{} too many", gaps[idx]);
            assert!(code != "CD02" || finding.message.contains(&gap), "{}", finding.message);
        }
    }

    let short: Vec<_> = document
        .matches
        .iter()
        .filter_map(|it| {
            let figures = [it.demand?, it.capacity?, it.shortfall()?].map(|it| it.to_string());
            Some((it.what, it.month.iso(), figures))
        })
        .collect();
    let published = [
        ("2022-10", ["5927", "4601", "-1326"]),
        ("2022-11", ["6219", "4875", "-1344"]),
        ("2022-12", ["5626", "4366", "-1260"]),
        ("2023-01", ["5436", "4270", "-1166"]),
        ("2023-02", ["5230", "4050", "-1180"]),
        ("2023-03", ["6003", "4665", "-1338"]),
    ];
    let published =
        published.map(|(month, figures)| ("pathway 0", month.to_owned(), figures.map(str::to_owned)));
    assert_eq!(short, published);
    assert_eq!(of("CD03").len(), 1);
    assert!(document.matches.iter().all(|it| it.demand.is_some() && it.capacity.is_some()));
    assert_eq!(document.matches.len(), 8 * 6);

    let copied: Vec<&str> = of("CD04").iter().map(|it| it.finding.about.as_str()).collect();
    let rows = [
        "pathway 1",
        "pathway 2",
        "pathway 3",
        "Voluntary or Community Sector Services",
        "Urgent Community Response",
        "Reablement or rehabilitation in a person's own home",
        "Bed based intermediate care (step up)",
    ];
    assert_eq!(copied, rows);
    let empty: Vec<&str> = of("CD07").iter().map(|it| it.finding.about.as_str()).collect();
    assert_eq!(empty, ["4.2 Capacity - Community"]);
    assert!(of("CD07")[0].finding.state == State::NeedsJudgement);

    // Every finding names the document it rests on.
    for found in &document.findings {
        assert_eq!(found.source.document, "Better Care Fund capacity and demand template 2022-23");
    }
}

/// The spend that CD06 holds against each other: a pound more on the part than the whole holds.
#[test]
fn the_published_spend_is_read_to_the_pound() {
    let Some(bytes) = shared(CAPACITY) else { return };
    let sheet = "xl/worksheets/sheet7.xml";
    let xml = member(&bytes, sheet);
    let old = "<v>24531170</v>";
    assert_eq!(xml.matches(old).count(), 1, "the BCF related spend");
    let document = check("plan.xlsx", &replace_member(&bytes, sheet, xml.replace(old, "<v>83379916</v>")));
    let found = document.findings.iter().find(|it| it.rule.code == "CD06").unwrap();
    assert!(found.finding.message.contains("£83,379,916"), "{}", found.finding.message);
    assert!(found.finding.message.contains("£1 more than the overall spend of £83,379,915"));
}
