//! The workbooks with the published figures that are kept beside the repository for its authors. Skipped
//! where they are not at hand; the sample has the same figures in sheets of our own.

use std::collections::BTreeMap;

use plancheck::finding::State;
use plancheck::open::Limits;
use plancheck::plan::extract;
use plancheck::report::{Document, Found};
use plancheck::template::{Kind, Measure, Recognition, recognise};
use plancheck::{Input, Options, check_all, money};
use plancheck_tests::layout::capacity_demand_2022_23::lay_out;
use plancheck_tests::write::{member, replace_member};
use plancheck_tests::{plans, sample, sample_capacity};
use rust_decimal::Decimal;

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
    assert_published_plan(&check("sefton-2022-23-planning.xlsx", &bytes));
    assert_published_rates(&bytes);
}

/// The same figures in sheets of our own.
#[test]
fn our_own_plan_gives_the_published_figures() {
    assert_published_plan(&check("plan.xlsx", &sample()));
    assert_published_rates(&sample());
}

fn assert_published_plan(document: &Document) {
    assert_eq!(fired(document), BTreeMap::from(PLANNING));
    let quiet: Vec<&str> =
        document.rules.iter().filter(|it| it.state == State::DoesNotApply).map(|it| it.rule.code).collect();
    assert_eq!(quiet, ["IN03", "IN07", "PR02"]);
    assert_eq!(document.verdict(), State::NotMet);
    assert_eq!(document.board.as_deref(), Some("Sefton"));

    // EX01: the five sources and the pool.
    let balances: Vec<_> = document
        .balances
        .iter()
        .chain(&document.total)
        .map(|it| (it.source.as_str(), it.income.unwrap().to_string(), it.expenditure.unwrap().to_string()))
        .collect();
    let published = [
        ("DFG", "4823370"),
        ("Minimum NHS Contribution", "26435346"),
        ("iBCF", "15725903"),
        ("Additional LA Contribution", "252100"),
        ("Additional NHS Contribution", "3818654"),
        ("Total", "51055373"),
    ];
    assert_eq!(balances.len(), published.len());
    for (balance, (source, amount)) in balances.iter().zip(published) {
        assert_eq!(*balance, (source, amount.to_owned(), amount.to_owned()));
    }

    // EX02 and EX03, and the NHS share of a joint line among what counts.
    let condition = |code: &str| {
        let condition = &document.conditions.iter().find(|it| it.rule.code == code).unwrap().condition;
        let figures = [condition.planned, condition.required, condition.headroom().map(|it| it.0)];
        (figures.map(|it| it.unwrap().normalize().to_string()), condition.declared.clone(), &condition.sum)
    };
    let (figures, declared, _) = condition("EX02");
    assert_eq!(
        (figures, declared),
        (["14168050", "13584091", "583959"].map(str::to_owned), Some("Yes".to_owned()))
    );
    let (figures, declared, sum) = condition("EX03");
    assert_eq!(
        (figures, declared),
        (["10812746", "7512176", "3300570"].map(str::to_owned), Some("Yes".to_owned()))
    );
    let joint: Vec<_> =
        sum.iter().filter(|it| it.label.contains("Advocacy")).map(|it| it.amount.to_string()).collect();
    assert_eq!(joint, ["66350"]);

    let reason =
        |code: &str| document.rules.iter().find(|it| it.rule.code == code).unwrap().reason.clone().unwrap();
    for figure in ["£1,030,200", "£46,984,619", "2.19%"] {
        assert!(reason("EX08").contains(figure), "{}", reason("EX08"));
    }

    let says = |code: &str| -> Vec<&str> {
        let found = document.findings.iter().filter(|it| it.rule.code == code);
        found.map(|it| it.finding.message.as_str()).collect()
    };
    let each = |code: &str, words: &[&[&str]]| {
        let says = says(code);
        assert_eq!(says.len(), words.len(), "{code}: {says:?}");
        for (message, words) in says.iter().zip(words) {
            assert!(words.iter().all(|it| message.contains(it)), "{code}: {message} should say {words:?}");
        }
    };
    each("EX05", &[&["6 and 7"], &["18 and 19"], &["25 and 34"]]);
    each("EX09", &[&["scheme 16", "100%", "0%"], &["scheme 16", "0%", "100%"], &["scheme 16", "100%", "0%"]]);
    each("CV02", &[&["7 December 2022"]]);
    each("CV05", &[&["C18"], &["G32"], &["G35"]]);
    each("CV06", &[&["Sam Place"]]);
    each("WB12", &[&["says No, not complete, for 6. Metrics"]]);
    each(
        "MT04",
        &[
            &["2022-23 Q2", "218", "209.5"],
            &["2022-23 Q3", "231", "222.1"],
            &["2022-23 Q4", "205", "186.7"],
            &["2022-23 Q3", "92.0%", "92.3%"],
            &["708.1", "54.1 more than the 654.0 estimated for 2021-22"],
        ],
    );
}

/// MT02: every rate, recomputed and printed as the template shows it.
fn assert_published_rates(bytes: &[u8]) {
    let workbook = plancheck::open::open(bytes, &Limits::default(), &mut |_, _| {}).unwrap();
    let Recognition::Known(known) = recognise(&workbook) else { panic!("the template is known") };
    let plan = extract(&workbook, &known, "plan.xlsx");
    let rates = |number: &str, wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        let metric = plan.metrics.iter().find(|it| it.spec.number == number).unwrap();
        let (scale, places) = match metric.spec.measure {
            Measure::Percentage => (Decimal::ONE_HUNDRED, 1),
            Measure::Per100k | Measure::Entered => (Decimal::ONE, 1),
        };
        let rates = metric.rates.iter().filter(|it| wanted(&it.period.text));
        rates.map(|it| money::show_number(it.expected(metric.spec, None).unwrap() * scale, places)).collect()
    };
    assert_eq!(rates("8.3", &|it| it.ends_with("Plan")), ["92.5", "92.0", "92.0", "92.0"]);
    assert_eq!(rates("8.4", &|_| true), ["661.4", "594.3", "654.0", "708.1"]);
    assert_eq!(rates("8.5", &|_| true), ["85.9", "90.2", "90.6", "90.7"]);
}

/// Both workbooks, given together.
#[test]
fn the_published_workbooks_agree_but_for_the_spend() {
    let (Some(planning), Some(capacity)) = (shared(FILE), shared(CAPACITY)) else { return };
    assert_published_together(&planning, &capacity);
}

#[test]
fn our_own_workbooks_agree_but_for_the_spend() {
    assert_published_together(&sample(), &sample_capacity());
}

fn assert_published_together(planning: &[u8], capacity: &[u8]) {
    let inputs =
        [Input { name: "planning.xlsx", bytes: planning }, Input { name: "capacity.xlsx", bytes: capacity }];
    let report = check_all(&inputs, &Options::default());
    let [across] = report.across.as_slice() else { panic!("they belong together") };
    assert_eq!(
        (across.board.as_str(), across.year, across.documents.as_slice()),
        ("Sefton", "2022-23", [0, 1].as_slice())
    );
    let states: Vec<_> = across.rules.iter().map(|it| (it.rule.code, it.state)).collect();
    assert_eq!(states, [("XD01", State::Met), ("XD02", State::NeedsJudgement), ("XD05", State::Met)]);
    let [found] = across.findings.as_slice() else { panic!("one finding: {:?}", across.findings) };
    for figure in ["£24,531,170", "£4,208,050"] {
        assert!(found.finding.message.contains(figure), "{}", found.finding.message);
    }
    // Within the pool, which is £51,055,373: a finding would say so.
    assert!(!found.finding.message.contains("pool"), "{}", found.finding.message);
    assert!(report.documents.iter().all(|it| it.companion.is_none()));
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
    let expected = [
        ("CV05", "needs-judgement"),
        ("CD02", "not-met"),
        ("CD03", "needs-judgement"),
        ("CD04", "needs-judgement"),
        ("CD07", "needs-judgement"),
        ("WB05", "not-met"),
    ];
    assert_eq!(fired(document), BTreeMap::from(expected));
    let quiet: Vec<&str> =
        document.rules.iter().filter(|it| it.state == State::DoesNotApply).map(|it| it.rule.code).collect();
    assert_eq!(quiet, ["WB12"]);
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
