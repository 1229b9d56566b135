//! The outcomes of one document, or of several together, brought into the form of the report.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, State};
use crate::open::OpenError;
use crate::report::{Ended, Found, Tested};
use crate::rule::{Check, Outcome, Rule};
use crate::rules;
use crate::rules::personal_data::withhold;
use crate::template::{Kind, Recognition, Template};
use crate::workbook::{CellRef, Workbook};

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
        let withheld: BTreeSet<String> =
            self.outcomes.iter().flat_map(|(_, outcome)| &outcome.withheld).cloned().collect();
        let waiting = Waiting::of(&self.outcomes);
        let mut settled = Settled::default();
        let mut placed: Vec<(usize, Found)> = Vec::new();
        for (outcome_idx, (rule, outcome)) in self.outcomes.into_iter().enumerate() {
            let state = outcome.state();
            settled.rules.push(Ended {
                rule,
                state,
                reason: reason(&outcome, sheets),
                unchecked: state == State::CouldNotCheck || !outcome.waits.is_empty(),
                findings: Vec::new(),
                only_missing_values: state == State::CouldNotCheck && only_missing_values(&outcome),
                waits: outcome.waits,
            });
            if let Some(condition) = outcome.condition {
                settled.conditions.push(Tested { rule, state, condition });
            }
            let source = self.template.map_or(rule.source, |it| rules::source_on(rule, it));
            placed.extend(outcome.findings.into_iter().map(|finding| {
                let suppressed = waiting.on(rule, &finding);
                (outcome_idx, Found { rule, finding, source, suppressed, fingerprint: String::new() })
            }));
        }
        placed.sort_by(|a, b| order(&a.1).cmp(&order(&b.1)));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (idx, (outcome_idx, mut found)) in placed.into_iter().enumerate() {
            let name = format!("{}: {}", found.rule.code, found.finding.about);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            found.fingerprint = if *count == 1 { name } else { format!("{name} #{count}") };
            if let Some(ended) = settled.rules.get_mut(outcome_idx) {
                ended.findings.push(idx);
            }
            settled.findings.push(found);
        }
        if !withheld.is_empty() {
            settled.withhold(&withheld);
        }
        settled
    }
}

/// What is waited on, and by which outcomes: the rule that reports the fault, with its cell or, where it has
/// none, with what is the matter.
#[derive(Default)]
struct Waiting {
    for_cells: BTreeMap<(&'static str, CellRef), BTreeSet<usize>>,
    for_others: BTreeMap<&'static str, BTreeMap<String, BTreeSet<usize>>>,
}

impl Waiting {
    fn of(outcomes: &[(&'static Rule, Outcome)]) -> Self {
        let mut waiting = Waiting::default();
        for (idx, (_, outcome)) in outcomes.iter().enumerate() {
            for wait in &outcome.waits {
                let Some(code) = wait.on else { continue };
                let by = match wait.cell {
                    Some(cell) => waiting.for_cells.entry((code, cell)).or_default(),
                    None => waiting.for_others.entry(code).or_default().entry(wait.why.clone()).or_default(),
                };
                by.insert(idx);
            }
        }
        waiting
    }

    /// How many rules wait on a finding: those that wait on its rule for one of its cells, or for
    /// something that has no cell, such as a missing sheet that the finding names.
    fn on(&self, rule: &Rule, finding: &Finding) -> usize {
        let cells = finding.cells.iter().filter_map(|it| self.for_cells.get(&(rule.code, it.cell)));
        let others = self.for_others.get(rule.code).and_then(|it| it.get(&finding.about));
        cells.chain(others).flatten().collect::<BTreeSet<_>>().len()
    }
}

/// Findings are ordered by sheet, row, column and code; one without a cell comes first.
fn order(found: &Found) -> (Option<CellRef>, &'static str) {
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
    let (mut waits, mut unknown) = (Clauses::default(), Clauses::default());
    for wait in &outcome.waits {
        let clause = wait.clause(sheets);
        match wait.on {
            Some(code) => waits.add(format!("{clause} (see {code})")),
            None => unknown.add(clause),
        }
    }
    let parts = [waits.said("Waits on"), unknown.said("Could not be checked")];
    Some(parts.join(" ").trim().to_owned())
}

/// Clauses of a reason: the first three are said, and how many more there are.
#[derive(Default)]
struct Clauses {
    first: Vec<String>,
    all: BTreeSet<String>,
}

impl Clauses {
    fn add(&mut self, clause: String) {
        if self.all.contains(&clause) {
            return;
        }
        if self.first.len() < 3 {
            self.first.push(clause.clone());
        }
        self.all.insert(clause);
    }

    fn said(&self, begins: &str) -> String {
        let more = self.all.len() - self.first.len();
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        if self.first.is_empty() {
            return String::new();
        }
        format!("{begins}: {}{more}.", self.first.join("; "))
    }
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
