//! One pound (or person, or point) more or less, anywhere: exactly the rules that name the figure fire.

use std::collections::BTreeMap;

use plancheck_tests::book::{At, Book, Content, Value};
use plancheck_tests::layout::{capacity_demand_2022_23, planning_2022_23::lay_out};
use plancheck_tests::plan_text::Plan;
use plancheck_tests::plans;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{check_book, fired};

/// A balanced plan of some lines, each like one of the small plan's but for its amount and its scheme.
fn plan() -> impl Strategy<Value = Plan> {
    let line = (1_u32..90_000_000, any::<prop::sample::Index>());
    prop::collection::vec(line, 0..20).prop_map(|extra| {
        let mut plan = plans::exampleshire();
        let own = plan.expenditure.rows.clone();
        for (idx, (amount, like)) in extra.into_iter().enumerate() {
            let mut line = own[like.index(own.len())].clone();
            for (heading, text) in [
                ("Scheme ID", (own.len() + idx + 1).to_string()),
                ("Scheme Name", format!("Scheme {idx}")),
                ("Expenditure (£)", amount.to_string()),
            ] {
                line[plan.expenditure.column(heading)] = text;
            }
            plan.expenditure.rows.push(line);
        }
        plan.balance();
        plan
    })
}

/// What the lines of these texts under these headings come to.
fn spend(plan: &Plan, on: &[(&str, &str)]) -> Decimal {
    let lines = plan.expenditure.rows_where(on).into_iter();
    lines.map(|line| plan.expenditure.text(line, "Expenditure (£)").parse::<Decimal>().unwrap()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_balanced_plan_is_clean(plan in plan()) {
        prop_assert_eq!(fired(&check_book(&lay_out(&plan))), BTreeMap::new());
    }

    #[test]
    fn on_any_line(plan in plan(), which in any::<prop::sample::Index>(), more: bool) {
        let mut plan = plan;
        let line = which.index(plan.expenditure.rows.len());
        let change = if more { "+ 1" } else { "- 1" };
        // A line of £1 cannot lose it and stay a positive amount.
        prop_assume!(more || plan.expenditure.text(line, "Expenditure (£)") != "1");
        plan.edit(&format!("line {}: Expenditure (£) {change}", line + 1));
        let document = check_book(&lay_out(&plan));
        prop_assert_eq!(fired(&document), BTreeMap::from([("EX01", "not-met"), ("PR03", "not-met")]));
        let source = plan.expenditure.text(line, "Source of Funding");
        for balance in &document.balances {
            let off = if balance.source == source { if more { -1 } else { 1 } } else { 0 };
            prop_assert_eq!(balance.difference, Some(off.into()), "{}", &balance.source);
        }
    }

    #[test]
    fn on_any_line_with_stale_totals(plan in plan(), which in any::<prop::sample::Index>()) {
        let line = which.index(plan.expenditure.rows.len());
        let amount: u64 = plan.expenditure.text(line, "Expenditure (£)").parse().unwrap();
        let mut book = lay_out(&plan);
        book.wound(&format!("5a. Expenditure: line {} under Expenditure (£) = {}", line + 1, amount + 1));
        prop_assert_eq!(
            fired(&check_book(&book)),
            BTreeMap::from([("EX01", "not-met"), ("PR03", "not-met"), ("WB04", "not-met")])
        );
    }

    #[test]
    fn on_any_contribution(plan in plan(), which in 0_usize..5, more: bool) {
        let mut plan = plan;
        let stream = plan.income.text(which, "stream").to_owned();
        plan.edit(&format!("income {stream}: contribution {}", if more { "+ 1" } else { "- 1" }));
        let document = check_book(&lay_out(&plan));
        prop_assert_eq!(fired(&document), BTreeMap::from([("EX01", "not-met"), ("PR03", "not-met")]));
        for balance in &document.balances {
            let off = if balance.source.starts_with(&stream) { if more { 1 } else { -1 } } else { 0 };
            prop_assert_eq!(balance.difference, Some(off.into()), "{}", &balance.source);
        }
    }

    /// A minimum that is met to the pound is met, with nothing to spare; one more pound required is not.
    #[test]
    fn on_a_required_minimum(plan in plan(), out_of_hospital: bool, more: bool) {
        let mut plan = plan;
        let minimum = ("Source of Funding", "Minimum NHS Contribution");
        let (name, rule, planned) = if out_of_hospital {
            ("NHS commissioned out of hospital", "EX03", spend(&plan, &[minimum, ("Commissioner", "CCG")]))
        } else {
            ("adult social care", "EX02", spend(&plan, &[minimum, ("Area of Spend", "Social Care")]))
        };
        plan.edit(&format!("minimum: {name} = {}", planned + Decimal::from(u8::from(more))));
        let wanted = if more {
            BTreeMap::from([(rule, "not-met"), ("PR03", "not-met")])
        } else {
            BTreeMap::from([("EX18", "needs-judgement")])
        };
        prop_assert_eq!(fired(&check_book(&lay_out(&plan))), wanted);
    }
}

/// Every formula of a workbook that shows a number: its sheet, its place and the number.
fn figures(book: &Book) -> Vec<(String, At, Decimal)> {
    let mut figures = Vec::new();
    for sheet in &book.sheets {
        for (at, cell) in &sheet.cells {
            if let Content::Formula { shows: Some(Value::Number(figure)), .. } = &cell.content {
                figures.push((sheet.name.clone(), *at, *figure));
            }
        }
    }
    figures
}

/// The workbooks in which nothing is wrong, and how many formulas of theirs show a number.
fn clean() -> [(Book, usize); 2] {
    [
        (lay_out(&plans::exampleshire()), 109),
        (capacity_demand_2022_23::lay_out(&plans::exampleshire_capacity()), 24),
    ]
}

#[test]
fn shown_by_any_formula() {
    for (book, number) in clean() {
        let figures = figures(&book);
        assert_eq!(figures.len(), number);
        for (sheet, at, figure) in figures {
            let mut book = book.clone();
            let shown = Value::Number(figure + Decimal::ONE);
            let Content::Formula { shows, .. } =
                &mut book.sheet_mut(&sheet).cells.get_mut(&at).unwrap().content
            else {
                unreachable!("only formulas are listed")
            };
            *shows = Some(shown);
            let document = check_book(&book);
            assert_eq!(fired(&document), BTreeMap::from([("WB04", "not-met")]), "{sheet} {at}");
            assert_eq!(document.findings.len(), 1, "{sheet} {at}");
        }
    }
}

/// The rules that name a figure typed over a formula: WB05, and the rule that owns the total where it is
/// wrong. Of the others no rule reads what is typed: what they stand for is worked out from the inputs.
fn named_by(sheet: &str, at: At, wrong: bool) -> BTreeMap<&'static str, &'static str> {
    let owner: &[&str] = match (sheet, at.to_string().as_str()) {
        // What is required is pre-filled, and the Summary only repeats it.
        ("3. Summary", "C21" | "C25") => return BTreeMap::new(),
        ("4. Income", "C56") => &["IN01"],
        ("4. Income", _) => &["IN02"],
        ("3. Summary", _) if (28..46).contains(&at.row) => &["EX16"],
        ("6. Metrics", _) => &["MT02"],
        // Discharges of no listed trust are demand as well, and in this month there is no room for one more.
        ("3.1 Demand - Hospital Discharge", "K13") => &["CD02", "CD03"],
        ("3.1 Demand - Hospital Discharge", _) => &["CD02"],
        _ => &[],
    };
    if !wrong {
        return BTreeMap::from([("WB05", "needs-judgement")]);
    }
    let state = |code: &'static str| (code, if code == "CD03" { "needs-judgement" } else { "not-met" });
    owner.iter().chain(&["WB05"]).map(|it| state(it)).collect()
}

#[test]
fn typed_over_any_formula() {
    for (book, _) in clean() {
        for (sheet, at, figure) in figures(&book) {
            for (typed, wrong) in [(figure, false), (figure + Decimal::ONE, true)] {
                let mut book = book.clone();
                book.sheet_mut(&sheet).set(at, Content::Typed(Value::Number(typed)));
                let fired = fired(&check_book(&book));
                assert_eq!(fired, named_by(&sheet, at, wrong), "{sheet} {at} = {typed}");
            }
        }
    }
}
