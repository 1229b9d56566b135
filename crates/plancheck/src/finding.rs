//! What a rule found, and the state it ended in.

use rust_decimal::Decimal;

use crate::money;
use crate::workbook::CellRef;

/// The state that a rule ends in, or that a finding amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The figures or answers were found and satisfy the rule.
    Met,
    /// They were found and do not.
    NotMet,
    /// Found, unusual or unambitious, and lawful: a person must look.
    NeedsJudgement,
    /// Something it needs is missing or unreadable.
    CouldNotCheck,
    /// The rule has nothing to test here.
    DoesNotApply,
}

impl State {
    /// Every state, the worst first: the order that decides a verdict.
    pub const WORST_FIRST: [State; 5] =
        [State::NotMet, State::CouldNotCheck, State::NeedsJudgement, State::Met, State::DoesNotApply];

    /// The name of the state in reports: "not-met".
    pub fn name(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not-met",
            State::NeedsJudgement => "needs-judgement",
            State::CouldNotCheck => "could-not-check",
            State::DoesNotApply => "does-not-apply",
        }
    }

    /// The worse of two states.
    pub fn worse(self, other: State) -> State {
        let rank = |it| Self::WORST_FIRST.iter().position(|state| *state == it);
        if rank(other) < rank(self) { other } else { self }
    }
}

/// Something wrong, unusual or unreadable.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What this finding amounts to.
    pub state: State,
    /// The finding in a few words.
    pub title: String,
    /// What is wrong, with the figures in the sentence.
    pub message: String,
    /// What to do, for the person planning.
    pub todo: String,
    /// What to ask, for the person assuring.
    pub ask: String,
    /// The cells it concerns; the first is where the reader is taken.
    pub cells: Vec<CellMark>,
    /// The worked sum, where there is one.
    pub sum: Vec<Term>,
    /// What the worked sum counts.
    pub unit: Unit,
    /// What should stand there.
    pub expected: Option<String>,
    /// What does stand there.
    pub actual: Option<String>,
    /// The planning requirement or national condition it bears on, where the rule's own does not say.
    pub requirement: Option<&'static str>,
    /// The plan element it concerns, in words that do not move when rows are inserted:
    /// "scheme 7, iBCF". With the rule's code it is the finding's fingerprint.
    pub about: String,
    /// The likeliest cause, where one stands out.
    pub cause: Option<String>,
    /// Changes that would put it right.
    pub remedies: Vec<Remedy>,
}

impl Finding {
    /// A finding with its three sentences; the rest is added by the methods below.
    pub fn new(state: State, about: impl Into<String>, title: impl Into<String>) -> Self {
        Finding {
            state,
            title: title.into(),
            message: String::new(),
            todo: String::new(),
            ask: String::new(),
            cells: Vec::new(),
            sum: Vec::new(),
            unit: Unit::Pounds,
            expected: None,
            actual: None,
            requirement: None,
            about: about.into(),
            cause: None,
            remedies: Vec::new(),
        }
    }

    /// Sets what is wrong, with the figures in the sentence.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Sets what to do, for the person planning.
    pub fn todo(mut self, todo: impl Into<String>) -> Self {
        self.todo = todo.into();
        self
    }

    /// Sets what to ask, for the person assuring.
    pub fn ask(mut self, ask: impl Into<String>) -> Self {
        self.ask = ask.into();
        self
    }

    /// Adds a cell and the part it plays.
    pub fn cell(mut self, cell: CellRef, role: &'static str) -> Self {
        self.cells.push(CellMark { cell, role });
        self
    }

    /// Adds several cells that play the same part.
    pub fn cells(mut self, cells: impl IntoIterator<Item = CellRef>, role: &'static str) -> Self {
        self.cells.extend(cells.into_iter().map(|cell| CellMark { cell, role }));
        self
    }

    /// Sets the worked sum.
    pub fn sum(mut self, sum: Vec<Term>) -> Self {
        self.sum = sum;
        self
    }

    /// Sets a worked sum of people.
    pub fn people(mut self, sum: Vec<Term>) -> Self {
        self.unit = Unit::People;
        self.sum = sum;
        self
    }

    /// Sets what should stand there and what does.
    pub fn expected(mut self, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.actual = Some(actual.into());
        self
    }

    /// Sets the likeliest cause.
    pub fn cause(mut self, cause: Option<String>) -> Self {
        self.cause = cause;
        self
    }

    /// Sets the changes that would put it right.
    pub fn remedies(mut self, remedies: Vec<Remedy>) -> Self {
        self.remedies = remedies;
        self
    }

    /// Sets the planning requirement it bears on.
    pub fn requirement(mut self, requirement: Option<&'static str>) -> Self {
        self.requirement = requirement;
        self
    }
}

/// What a sum counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Pounds,
    /// People.
    People,
}

/// A cell and the part it plays in a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellMark {
    /// The cell.
    pub cell: CellRef,
    /// "amount", "answer", …
    pub role: &'static str,
}

/// One part of a worked sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What this part is.
    pub label: String,
    /// Its amount, signed as it enters the sum.
    pub amount: Decimal,
    /// Where it stands; `None` for a result.
    pub cell: Option<CellRef>,
}

impl Term {
    /// A part that stands in a cell.
    pub fn at(label: impl Into<String>, amount: Decimal, cell: CellRef) -> Self {
        Term { label: label.into(), amount, cell: Some(cell) }
    }

    /// A result that stands nowhere.
    pub fn result(label: impl Into<String>, amount: Decimal) -> Self {
        Term { label: label.into(), amount, cell: None }
    }
}

/// A change that would put a finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The change in words.
    pub text: String,
    /// The cells to change.
    pub cells: Vec<CellMark>,
    /// What it would move, in pounds.
    pub effect: Decimal,
}

/// A condition and how the plan stands to it, met or not.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its title in the words of the field.
    pub title: String,
    /// The national condition, "NC2".
    pub condition: Option<&'static str>,
    /// The planning requirement it bears on, "PR4".
    pub requirement: Option<&'static str>,
    /// The figures in a sentence.
    pub sentence: String,
    /// The minimum, in pounds.
    pub required: Option<Decimal>,
    /// What the plan's own lines come to, in pounds.
    pub planned: Option<Decimal>,
    /// The plan's own answer to the planning requirement.
    pub declared: Option<String>,
    /// The worked sum behind `planned`.
    pub sum: Vec<Term>,
    /// The cells of the requirement and of the answer.
    pub cells: Vec<CellMark>,
}

impl Condition {
    /// Planned less required in whole pounds, and that as a percentage of what is required.
    pub fn headroom(&self) -> Option<(Decimal, Option<Decimal>)> {
        let (required, planned) = (self.required?, self.planned?);
        let headroom = money::pounds(planned).saturating_sub(money::pounds(required));
        Some((headroom, money::percent(headroom, required)))
    }
}
