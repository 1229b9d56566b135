//! calamine's values as the workbook's: floats become the decimals they were typed as.

use calamine::{Data, DataRef, ExcelDateTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::money::LARGEST_FIGURE;
use crate::workbook::{Date, Value};

/// The errors that spreadsheet programs show.
pub(super) const ERRORS: [&str; 9] =
    ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];

/// The bytes of text that a value will hold.
pub(super) fn size_of_ref(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::SharedString(text) => text.len(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        DataRef::Int(_)
        | DataRef::Float(_)
        | DataRef::Bool(_)
        | DataRef::DateTime(_)
        | DataRef::Error(_)
        | DataRef::Empty => 0,
    }
}

/// The bytes of text that a value will hold.
pub(super) fn size_of(value: &Data) -> usize {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.len(),
        Data::Int(_) | Data::Float(_) | Data::Bool(_) | Data::DateTime(_) | Data::Error(_) | Data::Empty => 0,
    }
}

pub(super) fn value_of_ref(value: DataRef<'_>) -> Value {
    match value {
        DataRef::SharedString(text) => Value::Text(text.to_owned()),
        other => value_of(&Data::from(other)),
    }
}

pub(super) fn value_of(value: &Data) -> Value {
    match value {
        Data::Empty => Value::Blank,
        Data::Int(it) => number(Decimal::from(*it)),
        Data::Float(it) => float(*it),
        Data::String(it) | Data::DurationIso(it) => Value::Text(it.clone()),
        Data::Bool(it) => Value::Bool(*it),
        Data::Error(it) => Value::Error(it.to_string()),
        Data::DateTime(it) => date(it),
        Data::DateTimeIso(it) => iso_date(it).map_or_else(|| Value::Text(it.clone()), Value::Date),
    }
}

fn float(it: f64) -> Value {
    // `from_f64_retain` would keep the binary noise: 0.1 as 0.1000000000000000055.
    match Decimal::from_f64(it) {
        Some(figure) => number(figure),
        None => Value::Text(it.to_string()),
    }
}

fn number(figure: Decimal) -> Value {
    if figure.abs() <= LARGEST_FIGURE { Value::Number(figure) } else { Value::Text(figure.to_string()) }
}

fn date(it: &ExcelDateTime) -> Value {
    let Value::Number(serial) = float(it.as_f64()) else { return Value::Text(it.as_f64().to_string()) };
    if !it.is_datetime() {
        return Value::Number(serial);
    }
    let (year, month, day, ..) = it.to_ymd_hms_milli();
    Value::Date(Date { year, month, day, serial: Some(serial) })
}

/// "2022-12-07" or "2022-12-07T00:00:00".
fn iso_date(text: &str) -> Option<Date> {
    let mut parts = text.split('T').next()?.splitn(3, '-');
    let date = Date {
        year: parts.next()?.parse().ok()?,
        month: parts.next()?.parse().ok()?,
        day: parts.next()?.parse().ok()?,
        serial: None,
    };
    ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_the_decimals_they_were_typed_as() {
        assert_eq!(float(0.1), Value::Number("0.1".parse().unwrap()));
        assert_eq!(float(26_435_346.0), Value::Number("26435346".parse().unwrap()));
        assert_eq!(float(1e300), Value::Text(1e300.to_string()));
    }

    #[test]
    fn iso_dates_are_read_and_other_text_is_not() {
        let date = iso_date("2022-12-07T00:00:00").unwrap();
        assert_eq!(date.to_string(), "7 December 2022");
        assert_eq!(iso_date("2022-13-07"), None);
        assert_eq!(iso_date("tbc"), None);
    }
}
