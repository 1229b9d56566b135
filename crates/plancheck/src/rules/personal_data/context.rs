//! What the labels around a cell speak of.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::template::label;
use crate::workbook::{Sheet, Value};

/// What words speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// A patient, a client, an NHS number.
    Person,
    /// Telephones.
    Phone,
    /// Codes and reference numbers.
    Code,
    /// Money, and counts of many.
    Amount,
    /// None of these.
    Nothing,
}

const NHS_NUMBER: [&str; 6] = ["nhs number", "nhs no", "nhs num", "nhs id", "nhs nr", "nhs numbers"];
const PEOPLE: [&str; 12] = [
    "patient",
    "patients",
    "client",
    "clients",
    "resident",
    "residents",
    "user",
    "users",
    "mrs",
    "mr",
    "born",
    "dob",
];
/// Words of a telephone, on a label and in a sentence.
const PHONES: [&str; 14] = [
    "tel",
    "telephone",
    "telephones",
    "phone",
    "phones",
    "mobile",
    "mob",
    "fax",
    "ext",
    "switchboard",
    "contact number",
    "contact no",
    "contact numbers",
    "contact nos",
];
/// Words that say the same before a number in a sentence only: a scheme may be about calls and contacts.
const CALLS: [&str; 4] = ["call", "ring", "contact", "helpline"];
const CODES: [&str; 24] = [
    "ref",
    "reference",
    "references",
    "order",
    "orders",
    "po",
    "invoice",
    "account",
    "acct",
    "isbn",
    "uprn",
    "usrn",
    "contract",
    "charity",
    "company",
    "code",
    "codes",
    "id",
    "ids",
    "centre",
    "journal",
    "grant",
    "ticket",
    "vat",
];
const AMOUNTS: [&str; 26] = [
    "amount",
    "amounts",
    "expenditure",
    "spend",
    "spending",
    "contribution",
    "contributions",
    "income",
    "balance",
    "difference",
    "cost",
    "costs",
    "budget",
    "funding",
    "fund",
    "total",
    "price",
    "value",
    "payment",
    "payments",
    "allocation",
    "minimum",
    "numerator",
    "denominator",
    "population",
    "pounds",
];

/// What a label speaks of.
pub(super) fn about_label(label: &str) -> About {
    about(label, &[])
}

/// What the words before a number in a sentence speak of.
pub(super) fn about_words(words: &str) -> About {
    about(words, &CALLS)
}

/// A person comes first: "patient ref", "client ID". But what costs so much per client is money.
fn about(text: &str, calls: &[&str]) -> About {
    let plain = label::option_key(text);
    let bare: String = plain.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let words = format!(" {} ", bare.split_whitespace().collect::<Vec<_>>().join(" "));
    let has = |list: &[&str]| list.iter().any(|it| words.contains(&format!(" {it} ")));
    if has(&NHS_NUMBER) {
        About::Person
    } else if plain.contains('£') {
        About::Amount
    } else if has(&PEOPLE) {
        About::Person
    } else if has(&PHONES) || has(calls) {
        About::Phone
    } else if has(&CODES) {
        // A budget code and a cost centre are no money.
        About::Code
    } else if has(&AMOUNTS) {
        About::Amount
    } else {
        About::Nothing
    }
}

/// The labels of a sheet, looked up only once a number needs them.
pub(super) struct Context<'a> {
    sheet: &'a Sheet,
    /// The texts of each column that have letters, by row.
    columns: OnceCell<BTreeMap<u32, Vec<(u32, &'a str)>>>,
}

/// How far to the left a label may stand.
const REACH: usize = 12;
/// The longest text that can be the label of a number: longer ones are descriptions.
const LONGEST: usize = 120;

impl<'a> Context<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        Context { sheet, columns: OnceCell::new() }
    }

    /// What the nearest label to the left of a cell, and the nearest above it, speak of.
    pub(super) fn of(&self, row: u32, col: u32) -> About {
        let cells = self.sheet.row(row);
        let here = cells.partition_point(|it| it.col < col);
        let mut left = cells.get(..here).unwrap_or_default().iter().rev().take(REACH);
        let left = left.find_map(|it| label_of(&it.value)).map_or(About::Nothing, about_label);
        let above = self.above(row, col).map_or(About::Nothing, about_label);
        // Either may say what it is; a person counts for more than anything else.
        match (left, above) {
            (About::Person, _) | (_, About::Person) => About::Person,
            (About::Nothing, above) => above,
            (left, _) => left,
        }
    }

    fn above(&self, row: u32, col: u32) -> Option<&'a str> {
        let columns = self.columns.get_or_init(|| {
            let mut columns: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
            for cell in self.sheet.cells() {
                if let Some(text) = label_of(&cell.value) {
                    columns.entry(cell.col).or_default().push((cell.row, text));
                }
            }
            columns
        });
        let column = columns.get(&col)?;
        let idx = column.partition_point(|it| it.0 < row).checked_sub(1)?;
        column.get(idx).map(|it| it.1)
    }
}

/// A text that can be a label: it has letters, and is no longer than labels are.
fn label_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) if text.len() <= LONGEST && text.chars().any(char::is_alphabetic) => Some(text),
        Value::Text(_)
        | Value::Blank
        | Value::Number(_)
        | Value::Date(_)
        | Value::Bool(_)
        | Value::Error(_) => None,
    }
}
