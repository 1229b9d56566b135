//! The planning requirements in their order, with their answers and what bears on them.

use std::collections::BTreeSet;

use plancheck::report::Document;
use plancheck::template::planning_2022_23::TEMPLATE;
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

/// A plan with findings of rules that bear on no one requirement: PR2 is a No without actions, and PR3 and
/// PR8 are blank.
fn answered_badly() -> Document {
    let mut book = lay_out(&plans::sefton());
    for change in ["G9 = No", "G10 = blank", "G15 = blank"] {
        book.wound(&format!("7. Planning Requirements: {change}"));
    }
    check_book(&book)
}

#[test]
fn every_finding_stands_under_the_requirement_it_bears_on_and_no_other() {
    let documents = [
        check_book(&lay_out(&plans::sefton())),
        check_book(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity())),
        answered_badly(),
    ];
    for document in &documents {
        for (idx, found) in document.findings.iter().enumerate() {
            let under: Vec<&str> =
                document.enquiries.iter().filter(|it| it.findings.contains(&idx)).map(|it| it.code).collect();
            let bears_on = found.finding.requirement.or(found.rule.requirement);
            assert_eq!(under, bears_on.into_iter().collect::<Vec<_>>(), "{}", found.finding.title);
        }
        for ended in &document.rules {
            let code = ended.rule.code;
            let under: BTreeSet<&str> =
                document.enquiries.iter().filter(|it| it.rules.contains(&code)).map(|it| it.code).collect();
            // Under its own requirement, and under those of its findings.
            let of_findings =
                ended.findings.iter().filter_map(|it| document.findings[*it].finding.requirement);
            assert_eq!(under, ended.rule.requirement.into_iter().chain(of_findings).collect(), "{code}");
        }
        for enquiry in &document.enquiries {
            let once: BTreeSet<&str> = enquiry.rules.iter().copied().collect();
            assert_eq!(once.len(), enquiry.rules.len(), "{}", enquiry.code);
        }
    }
}

#[test]
fn a_rule_that_looks_at_every_answer_stands_under_those_it_faults() {
    let document = answered_badly();
    let under = |code: &str| -> Vec<(&str, usize)> {
        let of_rule = |it: &usize| document.findings[*it].rule.code == code;
        let enquiries = document.enquiries.iter().filter(|it| it.rules.contains(&code));
        enquiries.map(|it| (it.code, it.findings.iter().filter(|it| of_rule(it)).count())).collect()
    };
    assert_eq!(under("PR01"), [("PR3", 1), ("PR8", 1)]);
    assert_eq!(under("PR02"), [("PR2", 1)]);
}

#[test]
fn a_workbook_without_the_words_of_its_requirement_has_those_of_the_template() {
    let document = check_book(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity()));
    let pr6 = document.enquiries.iter().find(|it| it.code == "PR6").unwrap();
    assert_eq!(pr6.theme.as_deref(), Some("NC4: Implementing the BCF policy objectives"));
    assert!(
        pr6.requirement.as_deref().unwrap().contains("capacity and demand plan"),
        "{:?}",
        pr6.requirement
    );
    assert_eq!((&pr6.enquiries, &pr6.answer, pr6.cell), (&None, &None, None));

    // What the template prints is what a workbook of it carries.
    let planning = check_book(&lay_out(&plans::sefton()));
    for carried in &planning.enquiries {
        let printed = TEMPLATE.requirements.asked.iter().find(|it| it.code == carried.code).unwrap();
        assert_eq!(carried.theme.as_deref(), Some(printed.theme));
        assert_eq!(carried.requirement.as_deref(), Some(printed.requirement));
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

/// What is left then are the requirements that rules bear on, without answers.
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
