//! What may come to stand in a cell.

use rust_decimal::Decimal;

use super::Rest;
use crate::book::Value;

/// Numbers as they are stored in a file.
const NUMBERS: [&str; 16] = [
    "0",
    "1",
    "-1",
    "0.01",
    "0.005",
    "100000.5",
    "-314799.50",
    "100",
    "101",
    "999999999999999",
    "1000000000000001",
    "-1000000000000001",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "44902",
    "2958466",
];

const TEXTS: [&str; 28] = [
    "",
    " ",
    "tbc",
    "n/a",
    "Yes",
    "No",
    "£1,234.50",
    "(1,234)",
    "1.2.3",
    "1e9",
    "١٢٣",
    "=1+1",
    "-",
    "Total",
    "Minimum NHS Contribution",
    "DFG",
    "iBCF",
    "Scheme ID",
    "Other",
    "CCG",
    "Joint",
    "943 476 5919",
    "robin.sample@example.org",
    "2022-23",
    "\u{a0}\u{200b}\u{202e}e\u{301}",
    "<v>&\"'</v>",
    "31/11/2022",
    "_x0000_",
];

const FORMULAS: [&str; 12] = [
    "",
    "SUM(C9:C12)",
    "C9",
    "A1",
    "'4. Income'!C9+'No such sheet'!A1",
    "[1]Sheet1!$A$1",
    "SUM(A:A)",
    "SUM(1:1048576)",
    "((((((((",
    "XFE0+A99999999999",
    "\"'!\"&'",
    "'2. Cover'!#REF!",
];

const NAMES: [&str; 8] = [
    "",
    "4. Income",
    "5a. expenditure ",
    "2. Cover",
    "6. Metrics (2)",
    "a sheet with a name that is longer than Excel lets anyone type it",
    "'",
    "<&>",
];

/// The text of a number.
pub(super) fn text(number: u8) -> &'static str {
    TEXTS[usize::from(number) % TEXTS.len()]
}

/// The formula of a number.
pub(super) fn formula(number: u8) -> &'static str {
    FORMULAS[usize::from(number) % FORMULAS.len()]
}

/// The name of a sheet.
pub(super) fn name(number: u8) -> &'static str {
    NAMES[usize::from(number) % NAMES.len()]
}

/// The value that a record asks for; nothing for a blank cell.
pub(super) fn value(record: &[u8], rest: &mut Rest<'_>) -> Option<Value> {
    let byte = |idx: usize| record.get(idx).copied().unwrap_or(0);
    let number = i64::from(byte(5)) << 16 | i64::from(byte(6)) << 8 | i64::from(byte(7));
    match byte(4) % 10 {
        0 => None,
        1 | 2 => NUMBERS[usize::from(byte(5)) % NUMBERS.len()].parse().ok().map(Value::Number),
        3 => Some(Value::Number(Decimal::new(number - 0x80_0000, u32::from(byte(4)) / 10 % 8))),
        4 | 5 => Some(Value::Text(text(byte(5)).to_owned())),
        6 => Some(Value::Date(number - 0x40_0000)),
        7 => Some(Value::Bool(byte(5).is_multiple_of(2))),
        8 => {
            let errors = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"];
            Some(Value::Error(errors[usize::from(byte(5)) % errors.len()].to_owned()))
        }
        _ => {
            let length = usize::from(byte(5) % 64).min(rest.0.len());
            rest.take(length).map(|it| Value::Text(String::from_utf8_lossy(it).into_owned()))
        }
    }
}
