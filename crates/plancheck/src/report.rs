//! What a run says: everything the page, the command line and an embedding page may show.

mod beside;
mod enquiry;

use rust_decimal::Decimal;

pub use beside::TotalBeside;
pub(crate) use beside::totals_beside;
pub use enquiry::Enquiry;
pub(crate) use enquiry::enquiries;

use crate::finding::{Condition, Finding, State};
use crate::open::OpenError;
use crate::picture::Picture;
use crate::rule::{Rule, Source, Wait};
use crate::template::{Kind, Month, Status};
use crate::workbook::CellRef;

/// The result of one run over one or more files.
#[derive(Debug)]
pub struct Report {
    /// One entry a file, in the order given.
    pub documents: Vec<Document>,
    /// One entry for each board and year with more than one document.
    pub across: Vec<Across>,
}

/// What stands between several documents of one board and year.
#[derive(Debug)]
pub struct Across {
    /// The board, as the first of them names it.
    pub board: String,
    /// The financial year.
    pub year: &'static str,
    /// Indexes into the report's documents.
    pub documents: Vec<usize>,
    /// The sheets of all of them, one document after the other: what the sheet number of a [`CellRef`] in
    /// these findings stands for. Each with the index of its document.
    pub sheets: Vec<(usize, String)>,
    /// Every rule across documents, each in exactly one state.
    pub rules: Vec<Ended>,
    /// What was found.
    pub findings: Vec<Found>,
}

impl Across {
    /// How many rules ended in this state.
    pub fn count(&self, state: State) -> usize {
        self.rules.iter().filter(|it| it.state == state).count()
    }
}

/// What was found in one file.
#[derive(Debug)]
pub struct Document {
    /// The base name of the file, as given.
    pub file: String,
    /// Size of the file in bytes.
    pub bytes: usize,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// What sort of document it is.
    pub kind: Kind,
    /// The template it was made from, where it is one these rules know.
    pub template: Option<TemplateFound>,
    /// The health and wellbeing board, where it could be read.
    pub board: Option<String>,
    /// The integrated care boards that the plan names as contributors of the NHS minimum, in its order.
    pub icbs: Vec<String>,
    /// When the file was last saved, as it says itself: "2022-09-26T10:05Z", without the Z where it does not say
    /// by which clock.
    pub saved: Option<String>,
    /// Why the file could not be opened.
    pub error: Option<OpenError>,
    /// The names of the workbook's sheets: what the sheet number of a [`CellRef`] stands for.
    pub sheets: Vec<String>,
    /// Income against planned expenditure, a row for each source of funding.
    pub balances: Vec<Balance>,
    /// The same for the whole pool.
    pub total: Option<Balance>,
    /// Demand and capacity for every pathway and service, month by month.
    pub matches: Vec<Match>,
    /// The conditions, met or not, in the order of the rules.
    pub conditions: Vec<Tested>,
    /// Every rule that applies to this kind of document, each in exactly one state.
    pub rules: Vec<Ended>,
    /// What was found, ordered by sheet, row, column and rule.
    pub findings: Vec<Found>,
    /// The planning requirements in their order, with their answers and what bears on them.
    pub enquiries: Vec<Enquiry>,
    /// Every cell that a rule read, in order.
    pub coverage: Vec<CellRef>,
    /// What the other workbook of the same board and year would add, where it was not given.
    pub companion: Option<String>,
    /// The figures that the template computes, each beside what its inputs give.
    pub totals: Vec<TotalBeside>,
    /// What can be drawn of it.
    pub pictures: Vec<Picture>,
}

/// The template a workbook was made from.
#[derive(Clone, Debug)]
pub struct TemplateFound {
    /// "bcf-2022-23-planning".
    pub id: &'static str,
    /// "2022-23".
    pub year: &'static str,
    /// The version printed on the cover.
    pub version: Option<String>,
    /// How far the facts about this template are established.
    pub status: Status,
}

/// Income against planned expenditure for one source of funding.
#[derive(Clone, Debug)]
pub struct Balance {
    /// The source of funding.
    pub source: String,
    /// The financial year.
    pub year: &'static str,
    /// Pounds; `None` where an amount behind it is missing or unreadable.
    pub income: Option<Decimal>,
    /// Pounds; `None` where an amount behind it is missing or unreadable.
    pub expenditure: Option<Decimal>,
    /// Income less expenditure, in whole pounds.
    pub difference: Option<Decimal>,
    /// Whether this source balances.
    pub state: State,
    /// The difference in words.
    pub sentence: String,
    /// The share of the pool's whole income, in percent.
    pub income_share: Option<Decimal>,
    /// The same for expenditure, of the pool's whole income.
    pub expenditure_share: Option<Decimal>,
}

/// Demand and capacity for one pathway or service in one month.
#[derive(Clone, Debug)]
pub struct Match {
    /// A short, stable name of the pathway or service: "p0".
    pub id: &'static str,
    /// Its name in a sentence: "pathway 0".
    pub what: &'static str,
    /// The month.
    pub month: Month,
    /// People; `None` where a figure behind it is missing or unreadable.
    pub demand: Option<Decimal>,
    /// People; `None` where a figure behind it is missing or unreadable.
    pub capacity: Option<Decimal>,
}

impl Match {
    /// Capacity less demand, where capacity falls short.
    pub fn shortfall(&self) -> Option<Decimal> {
        let difference = self.capacity?.saturating_sub(self.demand?);
        (difference < Decimal::ZERO).then_some(difference)
    }
}

/// A condition and the state its rule ended in.
#[derive(Debug)]
pub struct Tested {
    /// The rule.
    pub rule: &'static Rule,
    /// The state it ended in.
    pub state: State,
    /// The figures.
    pub condition: Condition,
}

/// How one rule ended.
#[derive(Debug)]
pub struct Ended {
    /// The rule.
    pub rule: &'static Rule,
    /// The state it ended in.
    pub state: State,
    /// Why it could not be checked or does not apply, or what qualifies the state.
    pub reason: Option<String>,
    /// Indexes into the document's findings.
    pub findings: Vec<usize>,
    /// What was missing or unreadable, and the rule and cell that say so.
    pub waits: Vec<Wait>,
    /// Whether something it needs was missing or unreadable, whatever it found elsewhere.
    pub unchecked: bool,
    /// Whether it could not be checked only because formulas were saved without values: then it does not
    /// count towards the verdict, because opening and saving the file in Excel is the whole cure.
    pub only_missing_values: bool,
}

/// A finding, with what only the whole run can know of it.
#[derive(Debug)]
pub struct Found {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it found.
    pub finding: Finding,
    /// Where the rule comes from, on a document of this template.
    pub source: Source,
    /// How many rules wait on this finding.
    pub suppressed: usize,
    /// Names this finding by rule and plan element, the same when rows are inserted above it.
    pub fingerprint: String,
}

impl Found {
    /// The planning requirement or national condition it bears on: its own, or else that of its rule.
    pub fn requirement(&self) -> Option<&'static str> {
        self.finding.requirement.or(self.rule.requirement)
    }
}

impl Document {
    /// The worst state that any rule ended in.
    pub fn verdict(&self) -> State {
        self.rules.iter().filter(|it| !it.only_missing_values).fold(State::Met, |verdict, ended| match ended
            .state
        {
            State::DoesNotApply => verdict,
            State::Met | State::NotMet | State::NeedsJudgement | State::CouldNotCheck => {
                verdict.worse(ended.state)
            }
        })
    }

    /// How many rules ended in this state.
    pub fn count(&self, state: State) -> usize {
        self.rules.iter().filter(|it| it.state == state).count()
    }

    /// The state that the rule of this code ended in; `None` where it is not in the list.
    pub fn state_of(&self, code: &str) -> Option<State> {
        self.rules.iter().find(|it| it.rule.code == code).map(|it| it.state)
    }

    /// The name of the sheet a cell stands on.
    pub fn sheet_name(&self, cell: CellRef) -> &str {
        self.sheets.get(usize::from(cell.sheet)).map_or("", String::as_str)
    }
}
