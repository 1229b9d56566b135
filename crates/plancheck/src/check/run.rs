//! The outcomes of one document, or of several together, brought into the form of the report.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, State};
use crate::open::OpenError;
use crate::report::{Ended, Found, Tested};
use crate::rule::{Check, Outcome, Rule, Wait};
use crate::rules;
use crate::rules::personal_data::withhold;
use crate::template::{Kind, Recognition, Template};
use crate::workbook::Workbook;

/// How the rules ended, in the form of the report.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) rules: Vec<Ended>,
    pub(crate) conditions: Vec<Tested>,
    pub(crate) findings: Vec<Found>,
}

impl Settled {
    /// Takes numbers that give a person away out of every text: other rules quote what stands in cells.
    fn withhold(&mut self, numbers: &BTreeSet<String>) {
        let mask = |text: &mut String| *text = withhold(text, numbers);
        for ended in &mut self.rules {
            ended.reason.iter_mut().for_each(mask);
        }
        for tested in &mut self.conditions {
            mask(&mut tested.condition.sentence);
            tested.condition.declared.iter_mut().for_each(mask);
            tested.condition.sum.iter_mut().for_each(|it| mask(&mut it.label));
        }
        for found in &mut self.findings {
            mask(&mut found.fingerprint);
            let finding = &mut found.finding;
            for text in [
                &mut finding.title,
                &mut finding.message,
                &mut finding.todo,
                &mut finding.ask,
                &mut finding.about,
            ] {
                mask(text);
            }
            let optional = [&mut finding.expected, &mut finding.actual, &mut finding.cause];
            optional.into_iter().flatten().for_each(mask);
            finding.sum.iter_mut().for_each(|it| mask(&mut it.label));
            finding.remedies.iter_mut().for_each(|it| mask(&mut it.text));
        }
    }
}

/// The outcomes of one document, gathered as the rules run.
#[derive(Default)]
pub(crate) struct Run {
    /// The template that the documents were made from, which names the sources of findings.
    pub(crate) template: Option<&'static Template>,
    pub(crate) outcomes: Vec<(&'static Rule, Outcome)>,
}

impl Run {
    pub(crate) fn add(&mut self, rule: &'static Rule, outcome: Outcome) {
        self.outcomes.push((rule, outcome));
    }

    pub(crate) fn file_rules(&mut self, opened: Result<&Workbook, &OpenError>) {
        for rule in rules::all() {
            if let Check::File(check) = rule.check {
                self.add(rule, check(opened));
            }
        }
    }

    /// Puts the outcomes in the order of the rules, whenever they were run.
    pub(crate) fn in_order(&mut self) {
        let place = |rule: &Rule| rules::all().iter().position(|it| it.code == rule.code);
        self.outcomes.sort_by_key(|(rule, _)| place(rule));
    }

    /// Runs the rules that ask nothing of a template: on a workbook that was made from none, or from another round's.
    pub(crate) fn contents_rules(&mut self, workbook: &Workbook) {
        for rule in rules::of_kind(Kind::Unknown) {
            if let Check::Contents(check) = rule.check {
                self.add(rule, check(workbook, None));
            }
        }
    }

    /// Runs the one rule that says what the workbook was recognised as.
    pub(crate) fn recognition_rule(&mut self, workbook: &Workbook, recognition: &Recognition) {
        let rule = rules::RECOGNISED;
        if let Check::Template(check) = rule.check {
            self.add(rule, check(workbook, recognition));
        }
    }

    /// Settles everything: findings in order, counted on their causes, each with its fingerprint. `sheets` are
    /// the names of the sheets that cells are counted by.
    pub(crate) fn settle(self, sheets: &[String]) -> Settled {
        let mut settled = Settled::default();
        let withheld: BTreeSet<String> =
            self.outcomes.iter().flat_map(|(_, outcome)| &outcome.withheld).cloned().collect();
        let mut placed: Vec<(usize, Found)> = Vec::new();
        for (outcome_idx, (rule, outcome)) in self.outcomes.iter().enumerate() {
            for finding in &outcome.findings {
                let found = Found {
                    rule,
                    finding: finding.clone(),
                    source: self.template.map_or(rule.source, |it| rules::source_on(rule, it)),
                    suppressed: self.waiting_on(rule, finding),
                    fingerprint: String::new(),
                };
                placed.push((outcome_idx, found));
            }
        }
        placed.sort_by(|a, b| order(&a.1).cmp(&order(&b.1)));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (_, found) in &mut placed {
            let name = format!("{}: {}", found.rule.code, found.finding.about);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            found.fingerprint = if *count == 1 { name } else { format!("{name} #{count}") };
        }
        for (outcome_idx, (rule, outcome)) in self.outcomes.into_iter().enumerate() {
            let state = outcome.state();
            let findings =
                placed.iter().enumerate().filter(|(_, it)| it.0 == outcome_idx).map(|(idx, _)| idx).collect();
            settled.rules.push(Ended {
                rule,
                state,
                reason: reason(&outcome, sheets),
                unchecked: state == State::CouldNotCheck || !outcome.waits.is_empty(),
                findings,
                only_missing_values: state == State::CouldNotCheck && only_missing_values(&outcome),
                waits: outcome.waits,
            });
            if let Some(condition) = outcome.condition {
                settled.conditions.push(Tested { rule, state, condition });
            }
        }
        settled.findings = placed.into_iter().map(|it| it.1).collect();
        if !withheld.is_empty() {
            settled.withhold(&withheld);
        }
        settled
    }

    /// How many rules wait on a finding: those that wait on its rule for one of its cells, or for
    /// something that has no cell, such as a missing sheet that the finding names.
    fn waiting_on(&self, rule: &Rule, finding: &Finding) -> usize {
        let waits_here = |wait: &Wait| {
            wait.on == Some(rule.code)
                && match wait.cell {
                    Some(cell) => finding.cells.iter().any(|it| it.cell == cell),
                    None => finding.about == wait.why,
                }
        };
        self.outcomes.iter().filter(|(_, outcome)| outcome.waits.iter().any(waits_here)).count()
    }
}

/// Findings are ordered by sheet, row, column and code; one without a cell comes first.
fn order(found: &Found) -> (Option<crate::workbook::CellRef>, &'static str) {
    (found.finding.cells.first().map(|it| it.cell), found.rule.code)
}

/// Why a rule could not be checked: the faults that other rules report, and what none of them does. Or what
/// qualifies the state it ended in.
fn reason(outcome: &Outcome, sheets: &[String]) -> Option<String> {
    if outcome.waits.is_empty() {
        return outcome.reason.clone();
    }
    if outcome.waits.iter().all(|it| it.missing_value) {
        return Some("The formulas it compares were saved without their values (see WB04).".to_owned());
    }
    let (mut waits, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for wait in &outcome.waits {
        let clause = wait.clause(sheets);
        let (among, clause) = match wait.on {
            Some(code) => (&mut waits, format!("{clause} (see {code})")),
            None => (&mut unknown, clause),
        };
        if !among.contains(&clause) {
            among.push(clause);
        }
    }
    let parts = [("Waits on", waits), ("Could not be checked", unknown)].map(|(begins, mut clauses)| {
        let more = clauses.len().saturating_sub(3);
        clauses.truncate(3);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        if clauses.is_empty() { String::new() } else { format!("{begins}: {}{more}.", clauses.join("; ")) }
    });
    Some(parts.join(" ").trim().to_owned())
}

/// Whether nothing is missing but the values of formulas that the template computes.
fn only_missing_values(outcome: &Outcome) -> bool {
    let waits_for_values = outcome.waits.iter().all(|it| it.missing_value);
    let finds_no_values = outcome
        .findings
        .iter()
        .filter(|it| it.state == State::CouldNotCheck)
        .all(|it| it.about == rules::NO_SAVED_VALUES);
    waits_for_values && finds_no_values
}
