//! Runs the literate cases. The set of rules that end in anything but met or does-not-apply must be
//! exactly the one that a case gives: nothing else fires.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use plancheck::report::{Document, Ended, Found};
use plancheck::{Allocations, Input, Options};
use plancheck_tests::book::Book;
use plancheck_tests::case::{Case, Expected, ExpectedFinding, ExpectedRule, Made};

use crate::support::cases;
use crate::words;

#[test]
fn every_case_finds_what_it_expects_and_nothing_else() {
    let only = std::env::var("CASE").unwrap_or_default();
    let wanted = |name: &str| only.split(',').any(|it| name.contains(it));
    let cases: Vec<Case> = cases().into_iter().filter(|it| wanted(&it.name)).collect();
    assert!(!cases.is_empty(), "no case is named “{only}”");
    // As many at a time as there are processors; what they say comes in the order of the cases all the same.
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = cases.len().div_ceil(workers);
    let tried: Vec<Tried> = std::thread::scope(|scope| {
        let running: Vec<_> = cases
            .chunks(share)
            .map(|some| scope.spawn(move || some.iter().map(tried).collect::<Vec<_>>()))
            .collect();
        running.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    let mut failures = String::new();
    for (case, it) in cases.iter().zip(&tried).filter(|it| !it.1.faults.is_empty()) {
        write!(failures, "\n{}\n  {}\n", case.name, it.faults.join("\n  ")).unwrap();
    }
    assert!(failures.is_empty(), "{failures}");
    compare_words(&cases, &tried);
}

/// What came of a case.
struct Tried {
    /// What is not as it expects.
    faults: Vec<String>,
    /// All that the rule says whose case it is.
    words: String,
}

/// What each rule says in its own cases, word for word.
fn compare_words(cases: &[Case], tried: &[Tried]) {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (case, it) in cases.iter().zip(tried) {
        let (file, heading) = case.name.split_once(": ").unwrap();
        write!(files.entry(file).or_default(), "## {heading}\n{}\n", it.words).unwrap();
    }
    let all = crate::support::cases();
    let of = |cases: &[Case], file: &str| cases.iter().filter(|it| it.name.starts_with(file)).count();
    for (file, words) in files {
        // Of a file that was asked for in part there is nothing to compare.
        if of(cases, file) == of(&all, file) {
            insta::with_settings!({ snapshot_path => "../snapshots/words", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(file, words);
            });
        }
    }
}

fn tried(case: &Case) -> Tried {
    let all: Vec<&Case> = std::iter::once(case).chain(&case.beside).collect();
    let made: Vec<Made> = all.iter().map(|it| it.make()).collect();
    let allocations = case.allocations.as_deref().map(|it| Allocations::parse(it).unwrap());
    let options = Options { allocations, ..Options::default() };
    let inputs: Vec<Input<'_>> = made.iter().map(|it| Input { name: &it.name, bytes: &it.bytes }).collect();
    let report = plancheck::check_all(&inputs, &options);
    let books: Vec<&Book> = made.iter().filter_map(|it| it.book.as_ref()).collect();
    let code = case.name.split('-').next().unwrap_or_default();
    let (mut faults, mut words) = (Vec::new(), String::new());
    for ((case, made), document) in all.iter().zip(&made).zip(&report.documents) {
        let said = Said {
            rules: &document.rules,
            findings: &document.findings,
            sheets: document.sheets.iter().map(String::as_str).collect(),
            books: made.book.iter().collect(),
        };
        said.compare(&case.expected, &mut faults);
        said.names_what_is_waited_on(&mut faults);
        words.push_str(&said.in_full(code));
        words.push_str(&words::of_conditions(document, code));
        compare_document(&case.expected, document, &mut faults);
    }
    match (&case.across, report.across.as_slice()) {
        (None, []) => {}
        (None, _) => faults.push("its documents were checked across, and it says nothing of that".to_owned()),
        (Some(expected), [across]) => {
            let said = Said {
                rules: &across.rules,
                findings: &across.findings,
                sheets: across.sheets.iter().map(|it| it.1.as_str()).collect(),
                books,
            };
            said.compare(expected, &mut faults);
            words.push_str(&said.in_full(code));
        }
        (Some(_), several) => {
            faults.push(format!("it should be checked across once, not {} times", several.len()))
        }
    }
    Tried { faults, words }
}

/// How rules ended, in a document or across several, and the books that findings point into.
struct Said<'a> {
    rules: &'a [Ended],
    findings: &'a [Found],
    sheets: Vec<&'a str>,
    books: Vec<&'a Book>,
}

impl Said<'_> {
    /// All that the rule of this code says, if it ran.
    fn in_full(&self, code: &str) -> String {
        let ended = self.rules.iter().find(|it| it.rule.code == code);
        ended.map(|it| words::in_full(it, self.findings, &self.sheets)).unwrap_or_default()
    }

    fn compare(&self, expected: &Expected, faults: &mut Vec<String>) {
        let quiet = |state: &str| state == "met" || state == "does-not-apply";
        let wanted: BTreeMap<&str, &str> = expected
            .rules
            .iter()
            .filter(|it| !quiet(&it.state))
            .map(|it| (it.code.as_str(), it.state.as_str()))
            .collect();
        let found: BTreeMap<&str, &str> = self
            .rules
            .iter()
            .filter(|it| !quiet(it.state.name()))
            .map(|it| (it.rule.code, it.state.name()))
            .collect();
        for (code, state) in &wanted {
            if found.get(code) != Some(state) {
                let ended = self.rules.iter().find(|it| it.rule.code == *code);
                let actual = ended.map_or("not in the list", |it| it.state.name());
                faults.push(format!("{code} should be {state} and is {actual}"));
            }
        }
        for (code, state) in found.iter().filter(|(code, _)| !wanted.contains_key(*code)) {
            faults.push(format!("{code} fired as well: {state}: {}", self.what_it_says(code)));
        }
        for rule in &expected.rules {
            match self.rules.iter().find(|it| it.rule.code == rule.code) {
                Some(ended) => self.compare_rule(rule, ended, faults),
                None => faults.push(format!("{} is not in the list", rule.code)),
            }
        }
        self.absent(expected, faults);
    }

    /// Where a rule waits on another for a cell, that other has a finding that names the cell.
    fn names_what_is_waited_on(&self, faults: &mut Vec<String>) {
        for ended in self.rules {
            for wait in &ended.waits {
                let (Some(on), Some(cell)) = (wait.on, wait.cell) else { continue };
                let names =
                    |it: &Found| it.rule.code == on && it.finding.cells.iter().any(|it| it.cell == cell);
                if !self.findings.iter().any(names) {
                    let code = ended.rule.code;
                    faults.push(format!("{code} waits on a finding of {on} that is not there: {}", wait.why));
                }
            }
        }
    }

    fn absent(&self, expected: &Expected, faults: &mut Vec<String>) {
        let named = |code: &str| expected.rules.iter().any(|it| it.code == code);
        for ended in self.rules {
            let code = ended.rule.code;
            let rest = expected.absent.iter().any(|it| it == "the rest") && !named(code);
            if rest || expected.absent.iter().any(|it| it == code) {
                faults.push(format!("{code} should not have run and ended {}", ended.state.name()));
            }
        }
    }

    fn compare_rule(&self, rule: &ExpectedRule, ended: &Ended, faults: &mut Vec<String>) {
        let code = &rule.code;
        if ended.state.name() != rule.state {
            let actual = ended.state.name();
            faults.push(format!(
                "{code} should be {} and is {actual}: {}",
                rule.state,
                self.what_it_says(code)
            ));
        }
        let reason = ended.reason.as_deref().unwrap_or_default();
        for because in rule.because.iter().filter(|it| !reason.contains(it.as_str())) {
            faults.push(format!("{code}'s reason should say “{because}” and says “{reason}”"));
        }
        if rule.findings.is_empty() {
            return;
        }
        if rule.findings.len() != ended.findings.len() {
            let says = self.what_it_says(code);
            faults.push(format!("{code} should have {} findings: {says}", rule.findings.len()));
        }
        for (wanted, idx) in rule.findings.iter().zip(&ended.findings) {
            self.compare_finding(code, wanted, &self.findings[*idx], faults);
        }
    }

    fn compare_finding(&self, code: &str, wanted: &ExpectedFinding, found: &Found, faults: &mut Vec<String>) {
        let finding = &found.finding;
        if !finding.message.contains(&wanted.says) {
            faults.push(format!("{code} should say “{}” and says “{}”", wanted.says, finding.message));
        }
        if let Some(at) = &wanted.at {
            let sheet = at.split_once(": ").unwrap().0;
            let (sheet, cell) = self.books.iter().find(|it| it.sheet(sheet).is_some()).unwrap().find(at);
            let wanted = format!("{sheet}!{cell}");
            let first = finding.cells.first();
            let actual = first.map_or("nowhere".to_owned(), |it| {
                format!("{}!{}", self.sheets[usize::from(it.cell.sheet)], it.cell)
            });
            if actual != wanted {
                faults.push(format!("{code} should point at {wanted} and points at {actual}"));
            }
        }
        for (name, wanted, actual) in
            [("expected", &wanted.expected, &finding.expected), ("actual", &wanted.actual, &finding.actual)]
        {
            if wanted.is_some() && wanted != actual {
                faults.push(format!("{code}'s {name} should be {wanted:?} and is {actual:?}"));
            }
        }
        let cause = finding.cause.as_deref().unwrap_or("none");
        if wanted.cause.as_ref().is_some_and(|it| !cause.contains(it.as_str())) {
            faults.push(format!("{code}'s cause should be {:?} and is “{cause}”", wanted.cause));
        }
        let remedies: Vec<(String, &str)> =
            finding.remedies.iter().map(|it| (it.effect.to_string(), it.text.as_str())).collect();
        let fits = |(effect, text): &(String, String)| {
            remedies.iter().any(|(their, words)| their == effect && words.contains(text.as_str()))
        };
        if !wanted.remedies.is_empty()
            && (wanted.remedies.len() != remedies.len() || !wanted.remedies.iter().all(fits))
        {
            faults.push(format!("{code}'s remedies should be {:?} and are {remedies:?}", wanted.remedies));
        }
        if wanted.suppresses.is_some_and(|it| it != found.suppressed) {
            faults.push(format!(
                "{code} should suppress {:?} and suppresses {}",
                wanted.suppresses, found.suppressed
            ));
        }
    }

    /// A rule's reason and findings, for a message of failure.
    fn what_it_says(&self, code: &str) -> String {
        let ended = self.rules.iter().find(|it| it.rule.code == code);
        let reason = ended.and_then(|it| it.reason.clone()).unwrap_or_default();
        let messages =
            self.findings.iter().filter(|it| it.rule.code == code).map(|it| it.finding.message.as_str());
        [reason.as_str()].into_iter().chain(messages).collect::<Vec<_>>().join(" | ")
    }
}

/// What a case says of a document beside its rules.
fn compare_document(expected: &Expected, document: &Document, faults: &mut Vec<String>) {
    if let Some(verdict) = &expected.verdict
        && document.verdict().name() != verdict
    {
        faults.push(format!("the verdict should be {verdict} and is {}", document.verdict().name()));
    }
    for (source, difference) in &expected.balances {
        let actual = document.balances.iter().find(|it| it.source == *source).map(|it| it.difference);
        let actual =
            actual.map_or("missing".to_owned(), |it| it.map_or("unknown".to_owned(), |it| it.to_string()));
        if actual != *difference {
            faults.push(format!("the balance of {source} should be {difference} and is {actual}"));
        }
    }
    let short: Vec<(String, String)> = document
        .matches
        .iter()
        .filter_map(|it| Some((format!("{}, {}", it.what, it.month.iso()), it.shortfall()?.to_string())))
        .collect();
    if !expected.imbalances.is_empty() && expected.imbalances != short {
        faults.push(format!("the shortfalls should be {:?} and are {short:?}", expected.imbalances));
    }
}
