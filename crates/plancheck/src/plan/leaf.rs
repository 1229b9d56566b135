//! The leaves of the plan: values that know their cell, and what may be the matter with one.

use std::cell::{Cell as Flag, RefCell};
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::money;
use crate::rule::Wait;
use crate::template::label::is_option;
use crate::workbook::{CellRef, Date, Value};

/// A value of the plan and the cell it stands in.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The cell.
    pub cell: CellRef,
    value: T,
    entry: usize,
    ledger: Rc<Ledger>,
}

impl<T> Located<T> {
    /// The value, for a rule: the cell is noted as read.
    pub fn get(&self) -> &T {
        self.ledger.note(self.entry);
        &self.value
    }

    /// The value, for a message or a label: nothing is judged by it, so nothing is noted.
    pub fn peek(&self) -> &T {
        &self.value
    }
}

/// Every leaf that was read while the plan was extracted: what is the matter with it, and whether a rule
/// has read it since.
#[derive(Debug, Default)]
pub struct Ledger(RefCell<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    cell: CellRef,
    leaf: Leaf,
    seen: Flag<bool>,
    /// What stands there, where anything does. A plan may have a million entries, so that each is kept small.
    what: Option<Box<str>>,
    trouble: Option<Box<Trouble>>,
}

/// What kind of leaf a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// A figure that somebody enters, or that the template fills in.
    Figure,
    /// The same, where a percent sign makes sense.
    Share,
    /// A text, a date or an option.
    Text,
    /// A figure that the template computes.
    Computed,
    /// A text that the template fills in by itself, such as the board repeated on other sheets.
    Witness,
}

/// What may be the matter with a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A number that is stored as text.
    TextNumber(String, Decimal),
    /// An entered number that is shown as a day: Excel makes one of "3.10" and "1-2".
    ShownAsDate(Date, Decimal),
    /// A text where a figure belongs.
    NotANumber(String),
    /// An error such as #REF!.
    Error(String),
    /// A formula that was saved without its value.
    NoValue,
}

/// A leaf with something the matter, as rules see it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The cell.
    pub cell: CellRef,
    /// What kind of leaf it is.
    pub leaf: Leaf,
    /// What stands there: "the expenditure of scheme 7".
    pub what: String,
    /// What is the matter.
    pub trouble: Trouble,
}

/// A leaf that holds something.
#[derive(Clone, Debug)]
pub struct Held {
    /// The cell.
    pub cell: CellRef,
    /// What stands there: "the expenditure of scheme 7".
    pub what: String,
}

impl Ledger {
    fn note(&self, entry: usize) {
        if let Some(entry) = self.0.borrow().get(entry) {
            entry.seen.set(true);
        }
    }

    fn enter(&self, cell: CellRef, leaf: Leaf, what: Option<String>, trouble: Option<Trouble>) -> usize {
        let mut entries = self.0.borrow_mut();
        let (what, trouble) = (what.map(String::into_boxed_str), trouble.map(Box::new));
        entries.push(Entry { cell, leaf, seen: Flag::new(false), what, trouble });
        entries.len() - 1
    }

    /// The leaves of these kinds that hold something: a figure other than nought, an answer, an option; no
    /// prompt. Those that `wanted` picks are given, in the order they were read, and noted as read.
    pub fn held(&self, leaves: &[Leaf], wanted: impl Fn(CellRef) -> bool) -> Vec<Held> {
        let entries = self.0.borrow();
        let mut held = Vec::new();
        for entry in entries.iter().filter(|it| leaves.contains(&it.leaf) && wanted(it.cell)) {
            if let Some(what) = &entry.what {
                entry.seen.set(true);
                held.push(Held { cell: entry.cell, what: what.to_string() });
            }
        }
        held
    }

    /// The leaves of these kinds that have something the matter, in the order they were read. All leaves
    /// of these kinds are noted as read: a rule that asks has looked at every one of them.
    pub fn troubles(&self, leaves: &[Leaf]) -> Vec<Kept> {
        let entries = self.0.borrow();
        let mut kept = Vec::new();
        for entry in entries.iter().filter(|it| leaves.contains(&it.leaf)) {
            entry.seen.set(true);
            if let (Some(what), Some(trouble)) = (&entry.what, &entry.trouble) {
                kept.push(Kept {
                    cell: entry.cell,
                    leaf: entry.leaf,
                    what: what.to_string(),
                    trouble: Trouble::clone(trouble),
                });
            }
        }
        kept
    }

    /// Every cell that a rule has read, in the order in which the plan was. One may come twice.
    pub fn read(&self) -> Vec<CellRef> {
        self.0.borrow().iter().filter(|it| it.seen.get()).map(|it| it.cell).collect()
    }
}

/// A figure, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Nothing.
    Blank,
    /// A number.
    Number(Decimal),
    /// A number that is stored as text.
    TextNumber(Decimal),
    /// A text that is no number.
    NotANumber(String),
    /// An error such as #REF!.
    Error(String),
    /// A formula that was saved without its value.
    NoValue,
}

impl Figure {
    /// The number, where there is one.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Figure::Number(it) | Figure::TextNumber(it) => Some(*it),
            Figure::Blank | Figure::NotANumber(_) | Figure::Error(_) | Figure::NoValue => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        *self == Figure::Blank
    }
}

impl Located<Figure> {
    /// The number, or what a rule that needs it must wait on.
    ///
    /// `blank` is the rule that reports a blank here, if any does.
    pub fn need(&self, blank: Option<&'static str>) -> Result<Decimal, Wait> {
        let (on, why) = match self.get() {
            Figure::Number(it) | Figure::TextNumber(it) => return Ok(*it),
            Figure::Blank => return Err(blank_at(self.cell, blank)),
            Figure::NotANumber(text) => {
                (Some("WB06"), format!("{} holds the text “{}”", self.cell, shortened(text)))
            }
            Figure::Error(text) => (Some("WB04"), format!("{} holds the error {text}", self.cell)),
            Figure::NoValue => {
                (Some("WB04"), format!("{} holds a formula that was saved without its value", self.cell))
            }
        };
        Err(Wait { on, cell: Some(self.cell), why, missing_value: false })
    }
}

/// A text, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Nothing, or only spaces.
    Blank,
    /// A text, without spaces around it. Numbers are printed.
    Is(String),
    /// A date.
    Date(Date),
    /// An error such as #REF!.
    Error(String),
    /// A formula that was saved without its value.
    NoValue,
}

impl Text {
    /// The text, where there is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Text::Is(it) => Some(it),
            Text::Blank | Text::Date(_) | Text::Error(_) | Text::NoValue => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        *self == Text::Blank
    }
}

impl Located<Text> {
    /// What a rule must wait on, where the text cannot be read.
    pub fn unreadable(&self) -> Option<Wait> {
        unreadable(self.cell, self.get())
    }
}

/// The wait for a blank cell. Where no rule reports it, nobody else says what to do about it.
fn blank_at(cell: CellRef, on: Option<&'static str>) -> Wait {
    let todo = if on.is_none() { ": fill it in" } else { "" };
    Wait { on, cell: Some(cell), why: format!("{cell} is blank{todo}"), missing_value: false }
}

fn unreadable(cell: CellRef, text: &Text) -> Option<Wait> {
    let why = match text {
        Text::Error(it) => format!("{cell} holds the error {it}"),
        Text::NoValue => format!("{cell} holds a formula that was saved without its value"),
        Text::Blank | Text::Is(_) | Text::Date(_) => return None,
    };
    Some(Wait { on: Some("WB04"), cell: Some(cell), why, missing_value: false })
}

/// An option from one of the template's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice<T> {
    /// Nothing chosen.
    Blank,
    /// One of the list.
    Known(T),
    /// Something else.
    Unknown(String),
    /// Nothing that can be read.
    Unreadable(Text),
}

impl<T> Choice<T> {
    /// The option, where it is one of the list.
    pub fn known(&self) -> Option<&T> {
        match self {
            Choice::Known(it) => Some(it),
            Choice::Blank | Choice::Unknown(_) | Choice::Unreadable(_) => None,
        }
    }

    /// Whether nothing is chosen.
    pub fn is_blank(&self) -> bool {
        matches!(self, Choice::Blank)
    }
}

impl<T> Located<Choice<T>> {
    /// The option (`None` where it is not one of the list), or what a rule that needs it must wait on.
    ///
    /// `blank` is the rule that reports a blank here, if any does.
    pub fn need(&self, blank: Option<&'static str>) -> Result<Option<&T>, Wait> {
        match self.get() {
            Choice::Known(it) => Ok(Some(it)),
            Choice::Unknown(_) => Ok(None),
            Choice::Blank => Err(blank_at(self.cell, blank)),
            Choice::Unreadable(text) => Err(unreadable(self.cell, text).unwrap_or_else(|| Wait {
                on: None,
                cell: Some(self.cell),
                why: format!("{} cannot be read", self.cell),
                missing_value: false,
            })),
        }
    }
}

/// Whether a text is the template's own prompt and not an answer. "Select Committee minutes" is an answer.
pub(crate) fn is_prompt(text: &str) -> bool {
    let text = text.trim();
    let begins = text.trim_start_matches(['<', '(', '[', ' ']).chars().find(|it| it.is_alphanumeric());
    // Most texts begin otherwise.
    if !begins.is_some_and(|it| matches!(it, 'p' | 'P' | 's' | 'S')) {
        return false;
    }
    let text = text.to_lowercase();
    let bare = text.trim_start_matches(['<', '(', '[', ' ']);
    let mut words = bare.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    match (words.next(), words.next()) {
        (Some("please"), Some("select")) => true,
        (Some("select"), next) => {
            bare.len() < text.len()
                || matches!(
                    next,
                    None | Some(
                        "a" | "an" | "one" | "from" | "option" | "the" | "here" | "yes" | "your" | "hwb"
                    )
                )
        }
        _ => false,
    }
}

/// Whether a text stands in the place of an answer without being one: a prompt, "tbc", "n/a", a dash.
pub fn is_placeholder(text: &str) -> bool {
    let key = bare_key(text);
    is_none(&key)
        || matches!(
            key.as_str(),
            "tbc"
                | "tba"
                | "tbd"
                | "to be confirmed"
                | "to be agreed"
                | "to be added"
                | "to follow"
                | "xxx"
                | "todo"
                | "pending"
        )
        || is_prompt(text)
}

/// Whether a text says that there is nothing to say: "n/a", "none", a dash.
pub(crate) fn says_none(text: &str) -> bool {
    is_none(&bare_key(text))
}

fn is_none(key: &str) -> bool {
    matches!(key, "" | "n/a" | "n /a" | "n/ a" | "n / a" | "na" | "n.a" | "not applicable" | "none" | "nil")
}

/// An option's key without the punctuation around it.
fn bare_key(text: &str) -> String {
    let key = crate::template::label::option_key(text);
    key.trim_matches(['-', '.', '?', ' ', '(', ')', '[', ']', '<', '>']).to_owned()
}

/// Whether a text can be the name of a person, a board or a body: no placeholder, no number, no Yes or No.
pub(crate) fn is_a_name(text: &str) -> bool {
    let answers = ["yes", "no"].iter().any(|it| is_option(it, text));
    !answers && text.chars().any(char::is_alphabetic) && !is_placeholder(text)
}

/// A text short enough for a sentence.
pub(crate) fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= 60 {
        return text;
    }
    text.chars().take(59).collect::<String>().trim_end().to_owned() + "…"
}

/// Makes leaves, and enters each into the ledger.
impl Ledger {
    /// The leaf that a figure is read from.
    pub(super) fn figure(
        self: &Rc<Self>,
        cell: CellRef,
        leaf: Leaf,
        value: Option<(&Value, bool)>,
        what: impl FnOnce() -> String,
    ) -> Located<Figure> {
        let (figure, trouble) = match value {
            None => (Figure::Blank, None),
            Some((value, formula)) => match value {
                Value::Blank if formula => (Figure::NoValue, Some(Trouble::NoValue)),
                Value::Blank => (Figure::Blank, None),
                Value::Number(it) => (Figure::Number(*it), None),
                Value::Date(date) => match date.serial {
                    Some(it) if formula || it.is_zero() => (Figure::Number(it), None),
                    Some(it) => (Figure::Number(it), Some(Trouble::ShownAsDate(*date, it))),
                    None => not_a_number(&date.to_string()),
                },
                Value::Text(text) if is_nothing(text) => (Figure::Blank, None),
                Value::Text(text) => {
                    match if leaf == Leaf::Share { money::parse_share(text) } else { money::parse_text(text) }
                    {
                        Some(it) => (Figure::TextNumber(it), Some(Trouble::TextNumber(text.clone(), it))),
                        None => not_a_number(text),
                    }
                }
                Value::Bool(it) => not_a_number(if *it { "TRUE" } else { "FALSE" }),
                Value::Error(it) => (Figure::Error(it.clone()), Some(Trouble::Error(it.clone()))),
            },
        };
        let holds = !matches!(&figure, Figure::Blank) && figure.value() != Some(Decimal::ZERO);
        let entry = self.enter(cell, leaf, (holds || trouble.is_some()).then(what), trouble);
        Located { cell, value: figure, entry, ledger: Rc::clone(self) }
    }

    /// A leaf without a place of its own, because its column was not found: it can never be read.
    pub(super) fn nowhere<T>(self: &Rc<Self>, row: CellRef, value: T) -> Located<T> {
        Located { cell: row, value, entry: usize::MAX, ledger: Rc::clone(self) }
    }

    /// The leaf that a text is read from.
    pub(super) fn text(
        self: &Rc<Self>,
        cell: CellRef,
        leaf: Leaf,
        value: Option<(&Value, bool)>,
        what: impl FnOnce() -> String,
    ) -> Located<Text> {
        let (text, trouble) = match value {
            None => (Text::Blank, None),
            Some((value, formula)) => match value {
                Value::Blank if formula => (Text::NoValue, Some(Trouble::NoValue)),
                Value::Blank => (Text::Blank, None),
                Value::Number(it) => (Text::Is(money::plain(*it)), None),
                Value::Date(it) => (Text::Date(*it), None),
                Value::Text(text) if is_nothing(text) => (Text::Blank, None),
                Value::Text(text) => (Text::Is(text.trim().to_owned()), None),
                Value::Bool(it) => (Text::Is(if *it { "TRUE" } else { "FALSE" }.to_owned()), None),
                Value::Error(it) => (Text::Error(it.clone()), Some(Trouble::Error(it.clone()))),
            },
        };
        let holds = match &text {
            Text::Is(text) => !is_prompt(text),
            Text::Date(_) | Text::Error(_) | Text::NoValue => true,
            Text::Blank => false,
        };
        let entry = self.enter(cell, leaf, holds.then(what), trouble);
        Located { cell, value: text, entry, ledger: Rc::clone(self) }
    }
}

impl Located<Text> {
    /// The same leaf, read as one of a list of options.
    pub(super) fn choose<T>(self, option: impl FnOnce(&str) -> Option<T>) -> Located<Choice<T>> {
        let value = match self.value {
            Text::Blank => Choice::Blank,
            Text::Is(text) if is_prompt(&text) => Choice::Blank,
            Text::Is(text) => option(&text).map_or(Choice::Unknown(text), Choice::Known),
            Text::Date(it) => Choice::Unknown(it.to_string()),
            other @ (Text::Error(_) | Text::NoValue) => Choice::Unreadable(other),
        };
        Located { cell: self.cell, value, entry: self.entry, ledger: self.ledger }
    }
}

fn not_a_number(text: &str) -> (Figure, Option<Trouble>) {
    (Figure::NotANumber(text.to_owned()), Some(Trouble::NotANumber(text.to_owned())))
}

/// Whether a text is only space, seen or unseen.
pub(super) fn is_nothing(text: &str) -> bool {
    text.chars().all(|it| it.is_whitespace() || matches!(it, '\u{200b}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_answers_that_begin_alike() {
        for prompt in [
            "<Please select a Health and Wellbeing Board>",
            "Please Select",
            "(Please select Trust/s.....)",
            "Select",
            "Select from list",
            "<select>",
            "[Select HWB]",
        ] {
            assert!(is_prompt(prompt), "{prompt}");
        }
        for answer in ["Select committee minutes", "Selected pages of the narrative", "Please see page 3", ""]
        {
            assert!(!is_prompt(answer), "{answer}");
        }
    }

    #[test]
    fn what_stands_in_for_an_answer_is_none() {
        for text in ["n/a", "N / A.", "NA", "-", "(none)", "tbc", "To be confirmed", "?", "<Please select>"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["No", "Nonesuch Park", "TBC by the board on 3 March", "0"] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(says_none("n/a") && says_none("–") && !says_none("tbc") && !says_none("no"));
    }
}
