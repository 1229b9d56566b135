//! What a rule is, and what it ends in.

mod waits;

use std::collections::BTreeSet;

use crate::across::Together;
use crate::finding::{Condition, Finding, State};
use crate::open::OpenError;
use crate::plan::Plan;
use crate::template::{Kind, Recognition, Section, SheetSpec};
use crate::workbook::{CellRef, Workbook};

pub(crate) use waits::Waits;

/// One rule: plain data and a function. The list of all of them is in [`crate::rules`].
#[derive(Debug)]
pub struct Rule {
    /// "EX02". Codes never change meaning.
    pub code: &'static str,
    /// "adult-social-care-minimum".
    pub name: &'static str,
    /// What kind of rule it is.
    pub class: Class,
    /// The states it can end in.
    pub states: &'static [State],
    /// What it checks, in a sentence or two.
    pub checks: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// An example of a fault that it finds.
    pub example: &'static str,
    /// What to do about such a fault.
    pub todo: &'static str,
    /// Where it comes from.
    pub source: Source,
    /// The planning requirement or national condition it bears on.
    pub requirement: Option<&'static str>,
    /// The kinds of document it applies to: the report on any other does not list it.
    pub kinds: &'static [Kind],
    /// The parts of the template it reads. Where the sheet of one is missing the rule does not run, and
    /// says so.
    pub needs: &'static [Section],
    /// How it is run.
    pub check: Check,
}

/// What kind of rule it is, as `RULES` defines the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A national condition, or what the template itself auto-validates.
    Condition,
    /// Figures that must add up.
    Arithmetic,
    /// Cells that must be filled.
    Completeness,
    /// Answers that must agree with each other.
    Consistency,
    /// What only a person can decide.
    Judgement,
    /// The state of the file itself.
    Workbook,
}

impl Class {
    /// The name of the class in reports: "condition".
    pub fn name(self) -> &'static str {
        match self {
            Class::Condition => "condition",
            Class::Arithmetic => "arithmetic",
            Class::Completeness => "completeness",
            Class::Consistency => "consistency",
            Class::Judgement => "judgement",
            Class::Workbook => "workbook",
        }
    }
}

/// A document and a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The template, guidance or grant determination.
    pub document: &'static str,
    /// Where in it.
    pub reference: &'static str,
}

/// How a rule is run: on the file, on the template found in it, or on the plan.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Can the file be read at all?
    File(fn(Result<&Workbook, &OpenError>) -> Outcome),
    /// Is it a template we know, and all there?
    Template(fn(&Workbook, &Recognition) -> Outcome),
    /// What does the file hold besides a plan? The plan is given where the template is known.
    Contents(fn(&Workbook, Option<&Plan>) -> Outcome),
    /// What does the plan say?
    Plan(fn(&Plan) -> Outcome),
    /// What does the plan say, and how did the other rules end? These run last.
    After(fn(&Plan, &Outcomes<'_>) -> Outcome),
    /// What do several documents of one board and year say together?
    Across(fn(&Together<'_>) -> Outcome),
}

/// How the rules that run first have ended.
#[derive(Clone, Copy, Debug)]
pub struct Outcomes<'a>(pub(crate) &'a [(&'static Rule, Outcome)]);

impl Outcomes<'_> {
    /// How the rule of this code ended; `None` where it does not apply to this kind of document.
    pub fn of(&self, code: &str) -> Option<&Outcome> {
        self.0.iter().find(|(rule, _)| rule.code == code).map(|(_, outcome)| outcome)
    }
}

/// How a rule ended.
#[derive(Debug)]
pub struct Outcome {
    /// The state when there is no finding and nothing waits.
    settled: State,
    /// Why it does not apply or could not be checked, or what qualifies the state.
    pub reason: Option<String>,
    /// What it waits on: each makes the outcome "could not check", unless something worse was found.
    pub waits: Vec<Wait>,
    /// What it found.
    pub findings: Vec<Finding>,
    /// The ledger entry of a condition.
    pub condition: Option<Condition>,
    /// Numbers that give a person away. No finding or reason of any rule may repeat them.
    pub withheld: BTreeSet<String>,
}

/// Something a rule needed and could not read, because of a fault that another rule reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// The rule that reports the fault; `None` where no rule does.
    pub on: Option<&'static str>,
    /// The cell it needed; `None` for a missing sheet, table or column.
    pub cell: Option<CellRef>,
    /// What is the matter, in a clause, which may begin with the cell: "O49 holds the text “tbc”".
    pub why: String,
    /// Whether all that is missing is the value of a formula, saved without it.
    pub missing_value: bool,
}

impl Wait {
    /// The wait for a sheet that is missing, in the words of the finding on it.
    pub fn for_sheet(sheet: &SheetSpec) -> Self {
        let why = format!("the sheet “{}” is missing", sheet.name);
        Wait { on: Some("WB03"), cell: None, why, missing_value: false }
    }

    /// The clause, with the sheet of the cell that it begins with: "O49 on sheet 5a. Expenditure holds the
    /// text “tbc”". A reason stands alone, and cells of several sheets have the same name.
    pub fn clause(&self, sheets: &[String]) -> String {
        let placed = self.cell.and_then(|cell| {
            let rest = self.why.strip_prefix(&cell.a1())?;
            Some(cell.place(sheets) + rest)
        });
        placed.unwrap_or_else(|| self.why.clone())
    }
}

impl Outcome {
    /// Found, and satisfied.
    pub fn met() -> Self {
        Outcome {
            settled: State::Met,
            reason: None,
            waits: Vec::new(),
            findings: Vec::new(),
            condition: None,
            withheld: BTreeSet::new(),
        }
    }

    /// Nothing to test here, and why.
    pub fn does_not_apply(reason: impl Into<String>) -> Self {
        Outcome { settled: State::DoesNotApply, reason: Some(reason.into()), ..Outcome::met() }
    }

    /// Met, unless there are findings or waits.
    pub fn of(findings: Vec<Finding>, waits: impl Into<Vec<Wait>>) -> Self {
        Outcome { findings, waits: waits.into(), ..Outcome::met() }
    }

    /// Could not be checked, for a reason that no other rule reports.
    pub fn could_not_check(why: impl Into<String>) -> Self {
        Outcome::of(Vec::new(), vec![Wait { on: None, cell: None, why: why.into(), missing_value: false }])
    }

    /// Adds the ledger entry of a condition.
    pub fn with_condition(mut self, condition: Condition) -> Self {
        self.condition = Some(condition);
        self
    }

    /// The same, waiting on these instead.
    pub fn waiting(mut self, waits: Vec<Wait>) -> Self {
        self.waits = waits;
        self
    }

    /// Adds what qualifies the state.
    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }

    /// The state it ended in: the worst of its findings and of what it waits on.
    pub fn state(&self) -> State {
        let waiting = if self.waits.is_empty() { self.settled } else { State::CouldNotCheck };
        self.findings.iter().fold(waiting, |state, finding| state.worse(finding.state))
    }
}
