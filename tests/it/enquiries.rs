//! The planning requirements in their order, with their answers and what bears on them.

use std::collections::BTreeSet;

use plancheck::report::Document;
use plancheck_tests::layout::{capacity_demand_2022_23, planning_2022_23::lay_out};
use plancheck_tests::plans;

use crate::support::check_book;

fn codes(document: &Document) -> Vec<&str> {
    document.enquiries.iter().map(|it| it.code).collect()
}

#[test]
fn each_requirement_has_its_words_its_answer_and_what_bears_on_it() {
    let document = check_book(&lay_out(&plans::sefton()));
    assert_eq!(codes(&document), ["PR1", "PR2", "PR3", "PR4", "PR5", "PR6", "PR7", "PR8"]);
    let [pr1, pr2, pr3, pr4, .., pr7, _] = document.enquiries.as_slice() else { panic!("eight") };
    // A theme stands once for all its requirements.
    for it in [pr1, pr2, pr3] {
        assert_eq!(it.theme.as_deref(), Some("NC1: Jointly agreed plan"), "{}", it.code);
    }
    assert_eq!(pr4.theme.as_deref(), Some("NC2: Social Care Maintenance"));
    assert!(pr4.requirement.as_deref().unwrap().starts_with("A demonstration of how the area will maintain"));
    assert_eq!(pr4.answer.as_deref(), Some("Yes"));
    assert_eq!(pr4.cell.map(|it| it.a1()).as_deref(), Some("G11"));
    assert_eq!(pr4.documents.as_deref(), Some("See income tab 4"));
    assert_eq!((&pr4.actions, &pr4.timeframe), (&None, &None));
    assert_eq!(pr4.rules, ["EX02"]);
    assert!(pr7.rules.contains(&"EX01"));
}

#[test]
fn every_rule_that_bears_on_a_requirement_stands_under_it_once() {
    for document in [
        check_book(&lay_out(&plans::sefton())),
        check_book(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity())),
    ] {
        let placed: Vec<&str> = document.enquiries.iter().flat_map(|it| &it.rules).copied().collect();
        let bearing: BTreeSet<&str> =
            document.rules.iter().filter(|it| it.rule.requirement.is_some()).map(|it| it.rule.code).collect();
        assert_eq!(placed.iter().copied().collect::<BTreeSet<_>>(), bearing);
        assert_eq!(placed.len(), bearing.len());
    }
}

#[test]
fn a_blank_answer_has_its_cell_and_a_no_its_actions() {
    let mut book = lay_out(&plans::sefton());
    for change in ["G11 = blank", "G12 = No", "I12 = Recruit", "J12 = April"] {
        book.wound(&format!("7. Planning Requirements: {change}"));
    }
    let document = check_book(&book);
    let [.., pr4, pr5, _, _, _] = document.enquiries.as_slice() else { panic!("eight") };
    assert_eq!((pr4.code, &pr4.answer, pr4.cell.map(|it| it.a1()).as_deref()), ("PR4", &None, Some("G11")));
    let said = [&pr5.answer, &pr5.actions, &pr5.timeframe].map(|it| it.as_deref().unwrap());
    assert_eq!(said, ["No", "Recruit", "April"]);
}

/// What is left then are the requirements that rules bear on, without words or answers.
#[test]
fn without_the_answers_the_rules_are_still_in_their_order() {
    let mut book = lay_out(&plans::sefton());
    book.wound("drop sheet 7. Planning Requirements");
    let document = check_book(&book);
    assert_eq!(codes(&document), ["PR1", "PR3", "PR4", "PR5", "PR7", "PR8"]);
    assert!(
        document.enquiries.iter().all(|it| it.answer.is_none() && it.cell.is_none() && !it.rules.is_empty())
    );

    let capacity = check_book(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity()));
    assert_eq!(codes(&capacity), ["PR1", "PR6"]);
}
