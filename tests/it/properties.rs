//! What must hold for every plan, on plans made at random.

use std::collections::BTreeMap;

use plancheck_tests::layout::options::SOURCES;
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::plan_text::Plan;
use plancheck_tests::plans;
use proptest::prelude::*;

use crate::support::{check_book, fired};

/// A balanced plan of some lines, each with an amount and a source.
fn plan() -> impl Strategy<Value = Plan> {
    let line = (1_u32..90_000_000, 0..SOURCES.len());
    prop::collection::vec(line, 0..20).prop_map(|extra| {
        let mut plan = plans::exampleshire();
        let own = plan.expenditure.rows.clone();
        for (idx, (amount, source)) in extra.into_iter().enumerate() {
            // The grants have purposes of their own: their lines are like those that the plan has.
            let like = match SOURCES[source] {
                "DFG" => 2,
                "iBCF" => 3,
                _ => idx % own.len(),
            };
            let mut line = own[like].clone();
            for (heading, text) in [
                ("Scheme ID", (own.len() + idx + 1).to_string()),
                ("Scheme Name", format!("Scheme {idx}")),
                ("Source of Funding", SOURCES[source].to_owned()),
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_balanced_plan_is_clean(plan in plan()) {
        prop_assert_eq!(fired(&check_book(&lay_out(&plan))), BTreeMap::new());
    }

    #[test]
    fn a_pound_on_any_line_is_one_imbalance(plan in plan(), which in any::<prop::sample::Index>(), more: bool) {
        let mut plan = plan;
        let line = which.index(plan.expenditure.rows.len());
        let change = if more { "+ 1" } else { "- 1" };
        // A line of £1 cannot lose it and stay a positive amount.
        prop_assume!(more || plan.expenditure.text(line, "Expenditure (£)") != "1");
        plan.edit(&format!("line {}: Expenditure (£) {change}", line + 1));
        let document = check_book(&lay_out(&plan));
        prop_assert_eq!(fired(&document), BTreeMap::from([("EX01", "not-met")]));
        let source = plan.expenditure.text(line, "Source of Funding");
        for balance in &document.balances {
            let off = if balance.source == source { if more { -1 } else { 1 } } else { 0 };
            prop_assert_eq!(balance.difference, Some(off.into()), "{}", &balance.source);
        }
    }

    #[test]
    fn a_pound_on_any_line_with_stale_totals_is_that_and_wb04(plan in plan(), which in any::<prop::sample::Index>()) {
        let line = which.index(plan.expenditure.rows.len());
        let amount: u64 = plan.expenditure.text(line, "Expenditure (£)").parse().unwrap();
        let mut book = lay_out(&plan);
        book.wound(&format!("5a. Expenditure: line {} under Expenditure (£) = {}", line + 1, amount + 1));
        prop_assert_eq!(
            fired(&check_book(&book)),
            BTreeMap::from([("EX01", "not-met"), ("WB04", "not-met")])
        );
    }

    #[test]
    fn whatever_is_typed_into_a_line_the_report_comes(line in 0_usize..6, column in 0_usize..15, text in "\\PC{0,12}") {
        let mut plan = plans::exampleshire();
        plan.expenditure.rows[line][column] = format!("\"{text}\"");
        let document = check_book(&lay_out(&plan));
        prop_assert!(document.error.is_none());
        prop_assert_eq!(document.state_of("WB02").map(|it| it.name()), Some("met"));
    }
}
