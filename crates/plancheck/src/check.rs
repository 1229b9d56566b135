//! The middle of the house: bytes in, a report out.

mod run;

use sha2::{Digest, Sha256};

use crate::across;
use crate::allocations::Allocations;
use crate::open::{Limits, Wanted, open_for};
use crate::picture::pictures;
use crate::plan::{Plan, extract};
use crate::report::{Document, Report, TemplateFound, enquiries, totals_beside};
use crate::rule::{Check, Class, Outcome, Outcomes, Rule, Wait};
use crate::rules::{self, demand_and_capacity, income_and_expenditure, personal_data};
use crate::template::{self, Kind, Known, Recognition, recognise};
use crate::workbook::{Workbook, own};

pub(crate) use run::Run;

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
    let checked: Vec<(Document, Option<Plan>)> = inputs
        .iter()
        .enumerate()
        .map(|(idx, input)| document(input, options, &mut |progress| tell(idx, progress)))
        .collect();
    let across = across::check(&checked);
    let mut documents: Vec<Document> = checked.into_iter().map(|it| it.0).collect();
    across::say_what_is_missing(&mut documents, &across);
    Report { documents, across }
}

/// Characters of a board's name that are told. No board has as many; a cell may hold a million.
const LONGEST_BOARD: usize = 200;

/// What makes a sheet of figures worth reading: that it may be a part of a template, or may hold what WB10 finds.
const WANTED: Wanted = Wanted {
    text: |it| template::may_matter(it) || personal_data::may_matter(it),
    tab: |it| template::may_be_part(it) || own::may_be_results(it),
};

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

/// Checks one file. The plan is kept for the rules across documents.
fn document(
    input: &Input<'_>,
    options: &Options,
    tell: &mut dyn FnMut(Progress),
) -> (Document, Option<Plan>) {
    let mut document = Document {
        file: input.name.to_owned(),
        bytes: input.bytes.len(),
        sha256: sha256(input.bytes),
        kind: Kind::Unknown,
        template: None,
        board: None,
        icbs: Vec::new(),
        saved: None,
        error: None,
        sheets: Vec::new(),
        balances: Vec::new(),
        total: None,
        matches: Vec::new(),
        conditions: Vec::new(),
        rules: Vec::new(),
        findings: Vec::new(),
        enquiries: Vec::new(),
        coverage: Vec::new(),
        companion: None,
        totals: Vec::new(),
        pictures: Vec::new(),
    };
    let mut read = None;
    let mut told = |sheet, of| tell(Progress::Reading(sheet, of));
    let opened = open_for(Some(WANTED), input.bytes, &options.limits, &mut told);
    let mut run = Run::default();
    run.file_rules(opened.as_ref());
    match opened {
        Err(error) => document.error = Some(error),
        Ok(workbook) => {
            document.saved = workbook.facts.saved();
            document.sheets = workbook.sheets.iter().map(|it| it.name.clone()).collect();
            match recognise(&workbook) {
                Recognition::Known(known) => {
                    read = plan(&mut document, &mut run, &workbook, known, options, tell);
                }
                other => {
                    run.recognition_rule(&workbook, &other);
                    // Another round has its own rules on plans; these would only half apply.
                    run.contents_rules(&workbook);
                    if let Recognition::Another { kind, .. } = other {
                        document.kind = kind;
                    }
                }
            }
        }
    }
    let settled = run.settle(&document.sheets);
    // What is found beside the plan was read too.
    document.coverage.extend(settled.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell));
    document.coverage.sort_unstable();
    document.coverage.dedup();
    document.conditions = settled.conditions;
    document.rules = settled.rules;
    document.findings = settled.findings;
    if let Some(plan) = &read {
        document.enquiries = enquiries(plan, &document.rules, &document.findings);
        document.totals = totals_beside(plan);
        document.pictures = pictures(plan, &document);
    }
    (document, read)
}

/// Runs everything that needs a recognised template. Gives the plan, unless nothing is filled in.
fn plan(
    document: &mut Document,
    run: &mut Run,
    workbook: &Workbook,
    mut known: Known,
    options: &Options,
    tell: &mut dyn FnMut(Progress),
) -> Option<Plan> {
    let mut plan = extract(workbook, &known, &document.file);
    plan.allocations.clone_from(&options.allocations);
    run.template = Some(known.template);
    known.blank = plan.is_blank();
    document.kind = known.template.kind;
    document.template = Some(TemplateFound {
        id: known.template.id,
        year: known.template.year,
        version: known.version.clone(),
        status: known.template.status,
    });
    document.board = plan.board_name().map(|it| it.chars().take(LONGEST_BOARD).collect());
    document.icbs = plan.icbs();
    let blank = known.blank;
    let recognition = Recognition::Known(known);
    if blank {
        run.recognition_rule(workbook, &recognition);
        return None;
    }
    let rules = rules::of_kind(plan.template.kind);
    for (idx, rule) in rules.iter().enumerate() {
        tell(Progress::Checking(idx + 1, rules.len()));
        match rule.check {
            Check::File(_) | Check::After(_) | Check::Across(_) => {}
            Check::Template(check) => run.add(rule, check(workbook, &recognition)),
            Check::Contents(check) => run.add(rule, check(workbook, Some(&plan))),
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
    if !plan.streams.is_empty() {
        let (balances, total) = income_and_expenditure(&plan);
        document.balances = balances;
        document.total = Some(total);
    }
    document.matches = demand_and_capacity(&plan);
    document.coverage = plan.ledger.read();
    Some(plan)
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
