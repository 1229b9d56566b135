//! What the rule list promises: every rule is listed once, documented, and seen in every state that it
//! can end in.

use std::collections::{BTreeMap, BTreeSet};

use plancheck::rule::Rule;
use plancheck::rules;

use crate::support::{cases, folder, shared};

#[test]
fn codes_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        let (letters, digits) = rule.code.split_at(2);
        assert!(letters.bytes().all(|it| it.is_ascii_uppercase()), "{}", rule.code);
        assert!(digits.len() == 2 && digits.bytes().all(|it| it.is_ascii_digit()), "{}", rule.code);
        assert!(seen.insert(rule.code), "{} is listed twice", rule.code);
    }
    let names: BTreeSet<_> = rules::all().iter().map(|it| it.name).collect();
    assert_eq!(names.len(), rules::all().len(), "two rules have one name");
}

#[test]
fn every_rule_has_its_four_parts_and_its_source() {
    for rule in rules::all() {
        for (part, text) in [
            ("what it checks", rule.checks),
            ("why it matters", rule.matters),
            ("an example", rule.example),
            ("what to do", rule.todo),
            ("its document", rule.source.document),
            ("its place in the document", rule.source.reference),
        ] {
            assert!(text.trim().len() > 5, "{} does not say {part}", rule.code);
        }
        assert!(!rule.states.is_empty(), "{} ends in no state", rule.code);
        let states: BTreeSet<_> = rule.states.iter().map(|it| it.name()).collect();
        assert_eq!(states.len(), rule.states.len(), "{} lists a state twice", rule.code);
    }
}

/// A rule's file under `rules/<area>/` is its name with underscores.
#[test]
fn every_file_of_a_rule_is_listed() {
    let listed: BTreeSet<String> = rules::all().iter().map(|it| it.name.replace('-', "_")).collect();
    let mut files = BTreeMap::new();
    for area in std::fs::read_dir(folder("../crates/plancheck/src/rules")).unwrap() {
        let area = area.unwrap().path();
        if !area.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(area).unwrap() {
            let path = file.unwrap().path();
            // A folder holds what one rule is made of.
            if path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("static RULE: Rule") {
                files.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), path);
            }
        }
    }
    let found: BTreeSet<String> = files.keys().cloned().collect();
    assert_eq!(found, listed, "files on the left, the list on the right");
}

#[test]
fn every_rule_has_a_case_in_every_state_it_can_end_in() {
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for case in cases() {
        for rule in case.all_expected() {
            assert!(rules::by_code(&rule.code).is_some(), "{}: there is no rule {}", case.name, rule.code);
            seen.insert((rule.code.clone(), rule.state.clone()));
        }
    }
    let mut missing = Vec::new();
    for rule in rules::all() {
        for state in rule.states {
            if !seen.remove(&(rule.code.to_owned(), state.name().to_owned())) {
                missing.push(format!("{} {}", rule.code, state.name()));
            }
        }
    }
    assert!(missing.is_empty(), "no case ends in: {}", missing.join(", "));
    assert!(seen.is_empty(), "cases end in states that their rules do not list: {seen:?}");
}

#[test]
fn every_rule_has_its_own_file_of_cases() {
    for rule in rules::all() {
        let area = area(rule);
        let file = folder("suite").join(area).join(format!("{}-{}.md", rule.code, rule.name));
        assert!(file.exists(), "{} has no cases at {}", rule.code, file.display());
    }
}

#[test]
fn every_case_asserts_something() {
    for case in cases() {
        let expected = &case.expected;
        // An empty expectation still asserts that nothing fires; it must at least say so of a rule.
        let says =
            case.all_expected().next().is_some() || !expected.absent.is_empty() || expected.verdict.is_some();
        assert!(says, "{} asserts nothing", case.name);
        let own = case.name.split('-').next().unwrap();
        assert!(case.all_expected().any(|it| it.code == own), "{} says nothing of {own}", case.name);
    }
}

/// Where the catalogue that the rules were agreed in is at hand, codes, names and classes are its own.
#[test]
fn codes_names_and_classes_are_those_of_the_catalogue() {
    let Some(catalogue) = shared("RULES.md") else { return };
    let catalogue = String::from_utf8(catalogue).unwrap();
    let rows: BTreeMap<&str, (&str, &str)> = catalogue
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells.len() > 4 && cells[1].len() == 4).then(|| (cells[1], (cells[2], cells[3])))
        })
        .collect();
    for rule in rules::all() {
        let row = rows.get(rule.code);
        assert_eq!(row, Some(&(rule.name, rule.class.name())), "{}", rule.code);
    }
}

fn area(rule: &Rule) -> &'static str {
    match &rule.code[..2] {
        "WB" => "workbook",
        "CV" => "cover",
        "IN" => "income",
        "EX" => "expenditure",
        "MT" => "metrics",
        "PR" => "requirements",
        "CD" => "capacity",
        "XD" => "across",
        other => panic!("no area is known for {other}"),
    }
}
