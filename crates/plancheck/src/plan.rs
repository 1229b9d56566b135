//! The plan: what the rules see. Every leaf knows its cell, blank ones included, from the moment it is
//! read.

mod board;
mod capacity;
mod extract;
mod leaf;
mod line;
mod lost;
mod precedents;
mod prefilled;
mod rate;
mod totals;

use std::rc::Rc;

use rust_decimal::Decimal;

pub use board::{board_key, board_words};
pub(crate) use capacity::Trusts;
pub use capacity::{Assumptions, CapacityDemand, Matched, Months, Part, ServiceRow, TrustRow, same_trust};
pub use extract::extract;
pub use leaf::{Choice, Figure, Held, Kept, Leaf, Ledger, Located, Text, Trouble, is_placeholder};
pub(crate) use leaf::{is_a_name, is_prompt, says_none, shortened};
pub use line::{Area, Commissioner, Counted, Line, Source};
pub(crate) use line::{as_shares, come_to_a_whole};
pub use precedents::Stands;
pub(crate) use rate::{LOCAL_PLAN, RATIONALE};
pub use totals::{Sum, Total, Totals};

use crate::allocations::Allocations;
use crate::money;
use crate::rule::Wait;
use crate::template::{
    Field, MetricSpec, MinimumSpec, RoleSpec, Section, SheetSpec, SourceOfFunding, SourceRole, Template,
};
use crate::workbook::{CellRef, Facts};

/// A part of the plan, or why it could not be found.
pub type Sought<T> = Result<T, Absent>;

/// Why a part of the plan could not be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// A clause that says what is not there: "the label “…” was not found on sheet 4. Income".
    Label(String),
    /// The whole sheet is missing, and this is what waits on the finding that says so.
    Sheet(Wait),
}

impl Absent {
    /// The wait of a rule that needs this part.
    pub fn wait(&self) -> Wait {
        match self {
            Absent::Label(why) => Wait { on: None, cell: None, why: why.clone(), missing_value: false },
            Absent::Sheet(wait) => wait.clone(),
        }
    }
}

/// A workbook's content, by meaning and not by place. What its kind of template does not ask for is empty.
#[derive(Debug)]
pub struct Plan {
    /// The template it was made from.
    pub template: &'static Template,
    /// The names of the workbook's sheets.
    pub sheets: Vec<String>,
    /// The base name of the file.
    pub file: String,
    /// The cover's answers.
    pub cover: Cover,
    /// The boards that the cover's drop-down offers; none where it cannot be read.
    pub boards_offered: Vec<String>,
    /// The board as other sheets repeat it. A formula without a value is no witness and no fault.
    pub boards_repeated: Vec<Located<Text>>,
    /// One entry for each source of funding of the template, in its order.
    pub streams: Vec<Stream>,
    /// The expenditure table.
    pub expenditure: Sought<Expenditure>,
    /// The minimum spends, in the order of the template.
    pub minimums: Vec<MinimumSpend>,
    /// The metrics that were found, in the order of the template.
    pub metrics: Vec<Metric>,
    /// The answers to the planning requirements, those that were found.
    pub answers: Sought<Vec<Answer>>,
    /// Demand, capacity and spend on intermediate care; `None` where the template does not ask for them.
    pub capacity: Option<CapacityDemand>,
    /// Every total, balance, share and rate that the template computes.
    pub computed: Vec<Computed>,
    /// Cells that the template computes and that were not found.
    pub unfound: Vec<Unfound>,
    /// The sheets of the template that the workbook does not have.
    pub absent_sheets: Vec<&'static SheetSpec>,
    /// Published allocations, where the user has supplied them.
    pub allocations: Option<Allocations>,
    /// What is known of the file besides its cells.
    pub facts: Rc<Facts>,
    /// Every leaf that was read, and what is the matter with it.
    pub ledger: Rc<Ledger>,
    sums: totals::Sums,
}

/// The answers of the cover.
#[derive(Debug)]
pub struct Cover {
    /// The health and wellbeing board.
    pub board: Sought<Located<Text>>,
    /// Whether the plan is signed off.
    pub signed_off: Sought<Located<Text>>,
    /// When it is expected to be.
    pub expected: Sought<Located<Text>>,
    /// Who completed the template.
    pub completed_by: Sought<Located<Text>>,
    /// Their e-mail address.
    pub email: Sought<Located<Text>>,
    /// Their telephone number.
    pub phone: Sought<Located<Text>>,
    /// Whether that is stored as a number, which cannot begin with nought.
    pub phone_is_number: bool,
    /// Who signs off by delegated authority.
    pub delegated: Sought<Located<Text>>,
    /// The job title of who signs for the board.
    pub job_title: Sought<Located<Text>>,
    /// The name of who signs for the board.
    pub signatory: Sought<Located<Text>>,
    /// The rows of the table of contacts.
    pub contacts: Sought<Vec<Contact>>,
    /// What the template's own checklist says of each sheet; empty where there is no checklist.
    pub checklist: Vec<Checked>,
}

/// A row of the cover's table of contacts.
#[derive(Debug)]
pub struct Contact {
    /// The role, where it is one of the template's and not a row that the area has added.
    pub role: Option<&'static RoleSpec>,
    /// The role as it is written.
    pub role_text: String,
    /// Dr, Cllr, Prof.
    pub title: Located<Text>,
    /// The first name.
    pub first_name: Located<Text>,
    /// The surname.
    pub surname: Located<Text>,
    /// The e-mail address.
    pub email: Located<Text>,
}

/// What the template's own checklist says of a sheet.
#[derive(Debug)]
pub struct Checked {
    /// The part of the template that the sheet is.
    pub section: Section,
    /// Yes or No.
    pub complete: Located<Text>,
}

/// One stream of income.
#[derive(Debug)]
pub struct Stream {
    /// The source of funding it feeds.
    pub source: &'static SourceOfFunding,
    /// Its rows.
    pub rows: Sought<Vec<IncomeRow>>,
    /// The breakdown under its rows, by district; empty where there is none.
    pub districts: Vec<IncomeRow>,
    /// The answer to the question whether there is any; `None` where the template does not ask.
    pub any: Option<Sought<Located<Text>>>,
}

/// One row of an income stream: a contributor and an amount.
#[derive(Debug)]
pub struct IncomeRow {
    /// Who contributes.
    pub name: Located<Text>,
    /// Pounds.
    pub amount: Located<Figure>,
    /// What the area says of it; `None` where the template has no room for it.
    pub comment: Option<Located<Text>>,
}

/// The expenditure table.
#[derive(Debug)]
pub struct Expenditure {
    /// Its lines: rows with an amount, a source of funding or a scheme type.
    pub lines: Vec<Line>,
    /// The columns whose heading was not found.
    pub missing: Vec<(Field, Absent)>,
    /// Values that neither the template's lists nor the workbook's own drop-downs have.
    pub strangers: Vec<Stranger>,
}

/// A value in a column of options that no list has.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// The column.
    pub field: Field,
    /// The line, by its place in the table.
    pub line: usize,
    /// Where it stands.
    pub cell: CellRef,
    /// What stands there.
    pub text: String,
}

/// A minimum spend.
#[derive(Debug)]
pub struct MinimumSpend {
    /// Which one.
    pub spec: &'static MinimumSpec,
    /// Pounds.
    pub required: Sought<Located<Figure>>,
}

/// A metric.
#[derive(Debug)]
pub struct Metric {
    /// Which one.
    pub spec: &'static MetricSpec,
    /// Its values, period by period.
    pub rates: Vec<Rate>,
    /// Why the ambition is what it is.
    pub rationale: Sought<Located<Text>>,
    /// How it will be met.
    pub local_plan: Sought<Located<Text>>,
}

/// The value of a metric in one period.
#[derive(Debug)]
pub struct Rate {
    /// The period.
    pub period: Period,
    /// What it comes from.
    pub given: Given,
}

/// What a metric's value comes from.
#[derive(Debug)]
pub enum Given {
    /// It is entered as it is.
    Value(Located<Figure>),
    /// One figure over another.
    Parts {
        /// People or events.
        numerator: Located<Figure>,
        /// People.
        denominator: Located<Figure>,
    },
}

/// The period of a metric's value, as its heading names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// "2022-23 Q1 Plan".
    pub text: String,
    /// "2022-23".
    pub year: String,
    /// 1 to 4; `None` where the value is for the whole year.
    pub quarter: Option<u8>,
    /// Whether it has happened.
    pub kind: PeriodKind,
}

/// Whether a period's value is a plan or has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// It has happened.
    Actual,
    /// The best guess of what has happened.
    Estimated,
    /// It is planned.
    Plan,
}

/// The answer to one planning requirement.
#[derive(Debug)]
pub struct Answer {
    /// "PR4".
    pub code: &'static str,
    /// What the template prints beside it.
    pub printed: Printed,
    /// Yes or No.
    pub answer: Located<Text>,
    /// The supporting documents.
    pub documents: Sought<Located<Text>>,
    /// Where it is No: what is being done.
    pub actions: Sought<Located<Text>>,
    /// Where it is No: by when.
    pub timeframe: Sought<Located<Text>>,
}

/// The words of the template beside a planning requirement, where they were found.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// "NC2: Social Care Maintenance".
    pub theme: Option<String>,
    /// The requirement.
    pub requirement: Option<String>,
    /// The key lines of enquiry underpinning it.
    pub enquiries: Option<String>,
}

/// A cell that the template computes: a second witness, never the source of a figure.
#[derive(Debug)]
pub struct Computed {
    /// What it shows.
    pub total: Total,
    /// The part of the template it stands on.
    pub section: Section,
    /// What it is called there: "Total BCF Pooled Budget".
    pub label: String,
    /// How it is shown.
    pub shown: Shown,
    /// The value saved in it.
    pub figure: Located<Figure>,
    /// Whether it still holds a formula.
    pub formula: bool,
}

/// A cell that the template computes and that was not found.
#[derive(Debug)]
pub struct Unfound {
    /// What it shows; `None` for the rates of a metric.
    pub total: Option<Total>,
    /// The part of the template it should stand on.
    pub section: Section,
    /// Why it was not found.
    pub why: Absent,
}

/// How a computed cell is shown, which is how exactly it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// £#,##0: whole pounds.
    Pounds,
    /// 0.0%: a fraction of one, to a tenth of a percent.
    Percent,
    /// #,##0.0: so many decimal places.
    Number(u32),
}

impl Plan {
    /// The name of the sheet a cell stands on.
    pub fn sheet_name(&self, cell: CellRef) -> &str {
        self.sheets.get(usize::from(cell.sheet)).map_or("", String::as_str)
    }

    /// "O49 on sheet 5a. Expenditure".
    pub fn place(&self, cell: CellRef) -> String {
        cell.place(&self.sheets)
    }

    /// The board's name, where one was chosen.
    pub fn board_name(&self) -> Option<&str> {
        self.cover.board.as_ref().ok()?.peek().text().filter(|it| is_a_name(it))
    }

    /// The integrated care boards that contribute the NHS minimum, as the plan names them.
    pub fn icbs(&self) -> Vec<String> {
        let minimum = self.streams.iter().filter(|it| it.source.role == SourceRole::NhsMinimum);
        let names = minimum.flat_map(|it| it.rows.iter().flatten()).filter_map(|it| it.name.peek().text());
        names.filter(|it| is_a_name(it)).map(str::to_owned).collect()
    }

    /// Whether Excel would show this figure in a computed cell: what it does not count, we may.
    pub fn excel_shows(&self, computed: &Computed, shown: Decimal) -> bool {
        self.totals_in_excel()
            .any(|it| it.expected(computed.total).is_ok_and(|it| computed.agrees(shown, it)))
    }

    /// What a rule that looks at computed cells must wait on: those it wants that were not found.
    pub fn unfound(&self, wanted: impl Fn(&Unfound) -> bool) -> Vec<Wait> {
        self.unfound.iter().filter(|it| wanted(it)).map(|it| it.why.wait()).collect()
    }

    /// The answer given to a planning requirement, where there is one.
    pub fn declared(&self, requirement: &str) -> Option<String> {
        let answer = self.answers.as_ref().ok()?.iter().find(|it| it.code == requirement)?;
        answer.answer.get().text().map(str::to_owned)
    }

    /// Whether nothing has been filled in.
    pub fn is_blank(&self) -> bool {
        let unanswered = |it: &Sought<Located<Text>>| match it {
            Ok(text) => text.peek().text().is_none_or(is_prompt),
            Err(_) => true,
        };
        let no_income = self
            .streams
            .iter()
            .flat_map(|it| it.rows.iter().flatten())
            .all(|row| row.amount.peek().value().is_none_or(|it| it.is_zero()));
        let no_lines = self.expenditure.as_ref().map_or(true, |it| it.lines.is_empty());
        let no_capacity = self.capacity.as_ref().is_none_or(|it| !it.holds_something());
        let no_figure = no_income && no_lines && no_capacity;
        unanswered(&self.cover.board) && unanswered(&self.cover.signed_off) && no_figure
    }
}

impl Computed {
    /// Whether two figures are the same as this cell shows them.
    pub fn agrees(&self, shown: Decimal, expected: Decimal) -> bool {
        self.shown.rounded(shown) == self.shown.rounded(expected)
    }
}

impl Shown {
    /// The figure as it is shown there, which is what two figures are compared by.
    pub fn rounded(self, figure: Decimal) -> Decimal {
        money::round(figure, self.places())
    }

    fn places(self) -> u32 {
        match self {
            Shown::Pounds => 0,
            Shown::Percent => 3,
            Shown::Number(places) => places,
        }
    }

    /// The figure as a decimal string of the report: "1200", "92.47" for a percentage, "708.1".
    pub fn plain(self, figure: Decimal) -> String {
        money::plain(match self {
            Shown::Pounds => figure,
            Shown::Percent => money::round(figure.saturating_mul(Decimal::ONE_HUNDRED), 2),
            Shown::Number(places) => money::round(figure, places),
        })
    }

    /// The figure in words: "£1,200", "92.5%", "708.1".
    pub fn print(self, figure: Decimal) -> String {
        match self {
            Shown::Pounds => money::show_pounds(figure),
            Shown::Percent => {
                let percent = figure.saturating_mul(Decimal::ONE_HUNDRED);
                format!("{}%", money::show_number(percent, 1))
            }
            Shown::Number(places) => money::show_number(figure, places),
        }
    }
}
