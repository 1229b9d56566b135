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
    if let Some(figure) = hundredths(it) {
        return number(figure);
    }
    // `from_f64_retain` would keep the binary noise: 0.1 as 0.1000000000000000055.
    match Decimal::from_f64(it) {
        Some(figure) => number(figure),
        None => Value::Text(it.to_string()),
    }
}

/// The figure where it has two decimal places at most, as nearly all have: the same as `from_f64` gives, at a fraction
/// of the cost.
fn hundredths(it: f64) -> Option<Decimal> {
    // Beyond it hundredths are not told apart.
    const MOST: f64 = 1e12;
    let whole = (it * 100.0).round();
    // Nought may have a sign.
    if it == 0.0 || it.abs() > MOST || whole / 100.0 != it {
        return None;
    }
    let whole = whole as i64;
    Some(match (whole % 100, whole % 10) {
        (0, _) => Decimal::from(whole / 100),
        (_, 0) => Decimal::new(whole / 10, 1),
        _ => Decimal::new(whole, 2),
    })
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

    /// The quick way gives what the slow one gives, to the last place of how it is written.
    #[test]
    fn hundredths_are_what_they_were_typed_as() {
        let mut seen = 0;
        for hundredth in (-300_000_i64..300_000).chain((0..9_000).map(|it| it * 11_111_111_111)) {
            let figure = hundredth as f64 / 100.0;
            if let Some(quick) = hundredths(figure) {
                seen += 1;
                let slow = Decimal::from_f64(figure).unwrap();
                assert_eq!((quick, quick.to_string()), (slow, slow.to_string()), "{figure}");
            }
        }
        assert!(seen > 600_000, "{seen}");
        for other in [0.0, -0.0, 0.001, 1.0 / 3.0, 1e15, 12_345.678, f64::NAN, f64::INFINITY] {
            assert_eq!(hundredths(other), None, "{other}");
        }
    }

    #[test]
    fn iso_dates_are_read_and_other_text_is_not() {
        let date = iso_date("2022-12-07T00:00:00").unwrap();
        assert_eq!(date.to_string(), "7 December 2022");
        assert_eq!(iso_date("2022-13-07"), None);
        assert_eq!(iso_date("tbc"), None);
    }
}
