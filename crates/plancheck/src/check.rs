//! The middle of the house: bytes in, a report out.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::allocations::Allocations;
use crate::finding::{Finding, State};
use crate::open::{Limits, OpenError, open};
use crate::plan::{Plan, extract};
use crate::report::{Document, Ended, Found, Report, TemplateFound, Tested};
use crate::rule::{Check, Class, Outcome, Outcomes, Rule, Wait};
use crate::rules::{self, income_and_expenditure};
use crate::template::{Kind, Known, Recognition, recognise};
use crate::workbook::Workbook;

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its base name. Only shown, never judged by.
    pub name: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// What may be set for a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How much a file may hold.
    pub limits: Limits,
    /// Published allocations to compare pre-filled contributions with.
    pub allocations: Option<Allocations>,
}

/// Where a check has got to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Reading this sheet, of so many.
    Reading(usize, usize),
    /// Checking this rule, of so many.
    Checking(usize, usize),
}

/// Checks one file.
pub fn check(input: &Input<'_>, options: &Options) -> Report {
    check_all(std::slice::from_ref(input), options)
}

/// Checks several files.
pub fn check_all(inputs: &[Input<'_>], options: &Options) -> Report {
    check_observed(inputs, options, &mut |_, _| {})
}

/// Checks several files and tells how far it has got: the number of the file, and where in it.
pub fn check_observed(
    inputs: &[Input<'_>],
    options: &Options,
    tell: &mut dyn FnMut(usize, Progress),
) -> Report {
    let documents = inputs
        .iter()
        .enumerate()
        .map(|(idx, input)| document(input, options, &mut |progress| tell(idx, progress)))
        .collect();
    Report { documents }
}

fn document(input: &Input<'_>, options: &Options, tell: &mut dyn FnMut(Progress)) -> Document {
    let mut document = Document {
        file: input.name.to_owned(),
        bytes: input.bytes.len(),
        sha256: Sha256::digest(input.bytes).iter().map(|it| format!("{it:02x}")).collect(),
        kind: Kind::Unknown,
        template: None,
        board: None,
        error: None,
        sheets: Vec::new(),
        balances: Vec::new(),
        total: None,
        conditions: Vec::new(),
        rules: Vec::new(),
        findings: Vec::new(),
        coverage: Vec::new(),
    };
    let mut told = |sheet, of| tell(Progress::Reading(sheet, of));
    let opened = open(input.bytes, &options.limits, &mut told);
    let mut run = Run::default();
    run.file_rules(opened.as_ref());
    match opened {
        Err(error) => document.error = Some(error),
        Ok(workbook) => {
            document.sheets = workbook.sheets.iter().map(|it| it.name.clone()).collect();
            match recognise(&workbook) {
                Recognition::Known(known) => plan(&mut document, &mut run, &workbook, known, options, tell),
                other => {
                    if let Recognition::Another { kind, .. } = &other {
                        document.kind = *kind;
                    }
                    run.template_rules(&workbook, &other);
                }
            }
        }
    }
    run.finish(&mut document);
    document
}

/// Runs everything that needs a recognised template.
fn plan(
    document: &mut Document,
    run: &mut Run,
    workbook: &Workbook,
    mut known: Known,
    options: &Options,
    tell: &mut dyn FnMut(Progress),
) {
    let mut plan = extract(workbook, &known, &document.file);
    plan.allocations.clone_from(&options.allocations);
    known.blank = plan.is_blank();
    document.kind = known.template.kind;
    document.template = Some(TemplateFound {
        id: known.template.id,
        year: known.template.year,
        version: known.version.clone(),
        status: known.template.status,
    });
    document.board = plan.board_name().map(str::to_owned);
    let blank = known.blank;
    let recognition = Recognition::Known(known);
    if blank {
        run.recognition_rule(workbook, &recognition);
        return;
    }
    let rules = rules::of_kind(plan.template.kind);
    for (idx, rule) in rules.iter().enumerate() {
        tell(Progress::Checking(idx + 1, rules.len()));
        match rule.check {
            Check::File(_) | Check::After(_) => {}
            Check::Template(check) => run.add(rule, check(workbook, &recognition)),
            Check::Plan(check) => run.add(rule, guarded(rule, &plan, || check(&plan))),
        }
    }
    for rule in &rules {
        if let Check::After(check) = rule.check {
            let outcome = guarded(rule, &plan, || check(&plan, &Outcomes(&run.outcomes)));
            run.add(rule, outcome);
        }
    }
    run.in_order();
    let (balances, total) = income_and_expenditure(&plan);
    document.balances = balances;
    document.total = Some(total);
    document.coverage = plan.ledger.read().into_iter().collect();
}

/// Runs a rule on the plan, unless a sheet that it needs is missing.
fn guarded(rule: &Rule, plan: &Plan, check: impl FnOnce() -> Outcome) -> Outcome {
    match missing_sheets(rule, plan) {
        waits if waits.is_empty() => check(),
        // The ledger shows a condition even where it could not be tested.
        waits if rule.class == Class::Condition => check().waiting(waits),
        waits => Outcome::of(Vec::new(), waits),
    }
}

/// What a rule waits on whose sheets are missing: it does not run, and says so.
fn missing_sheets(rule: &Rule, plan: &Plan) -> Vec<Wait> {
    plan.absent_sheets
        .iter()
        .filter(|it| rule.needs.contains(&it.section))
        .map(|it| Wait::for_sheet(it))
        .collect()
}

/// The outcomes of one document, gathered as the rules run.
#[derive(Default)]
struct Run {
    outcomes: Vec<(&'static Rule, Outcome)>,
}

impl Run {
    fn add(&mut self, rule: &'static Rule, outcome: Outcome) {
        self.outcomes.push((rule, outcome));
    }

    fn file_rules(&mut self, opened: Result<&Workbook, &OpenError>) {
        for rule in rules::all() {
            if let Check::File(check) = rule.check {
                self.add(rule, check(opened));
            }
        }
    }

    /// Puts the outcomes in the order of the rules, whenever they were run.
    fn in_order(&mut self) {
        let place = |rule: &Rule| rules::all().iter().position(|it| it.code == rule.code);
        self.outcomes.sort_by_key(|(rule, _)| place(rule));
    }

    /// Runs the rules that ask nothing of the template: on a workbook that was made from none we know.
    fn template_rules(&mut self, workbook: &Workbook, recognition: &Recognition) {
        for rule in rules::of_kind(Kind::Unknown) {
            if let Check::Template(check) = rule.check {
                self.add(rule, check(workbook, recognition));
            }
        }
    }

    /// Runs the one rule that says what the workbook was recognised as.
    fn recognition_rule(&mut self, workbook: &Workbook, recognition: &Recognition) {
        let rule = rules::RECOGNISED;
        if let Check::Template(check) = rule.check {
            self.add(rule, check(workbook, recognition));
        }
    }

    /// Writes everything into the document: findings in order, counted on their causes, each with its
    /// fingerprint.
    fn finish(self, document: &mut Document) {
        let mut placed: Vec<(usize, Found)> = Vec::new();
        for (outcome_idx, (rule, outcome)) in self.outcomes.iter().enumerate() {
            for finding in &outcome.findings {
                let found = Found {
                    rule,
                    finding: finding.clone(),
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
            document.rules.push(Ended {
                rule,
                state,
                reason: reason(&outcome),
                findings,
                only_missing_values: state == State::CouldNotCheck && only_missing_values(&outcome),
            });
            if let Some(condition) = outcome.condition {
                document.conditions.push(Tested { rule, state, condition });
            }
        }
        document.findings = placed.into_iter().map(|it| it.1).collect();
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

/// Why a rule could not be checked, in one sentence; or what qualifies the state it ended in.
fn reason(outcome: &Outcome) -> Option<String> {
    if !outcome.waits.is_empty() && outcome.waits.iter().all(|it| it.missing_value) {
        return Some("The formulas it compares were saved without their values (see WB04).".to_owned());
    }
    let mut whys: Vec<String> = Vec::new();
    for wait in &outcome.waits {
        let why = match wait.on {
            Some(code) => format!("{} (see {code})", wait.why),
            None => wait.why.clone(),
        };
        if !whys.contains(&why) {
            whys.push(why);
        }
    }
    if whys.is_empty() {
        return outcome.reason.clone();
    }
    let more = whys.len().saturating_sub(3);
    whys.truncate(3);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    Some(format!("Waits on: {}{more}.", whys.join("; ")))
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
