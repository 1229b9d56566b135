//! Months as headings write them: dates, numbers behind dates, and texts in the languages that a
//! spreadsheet program may have printed them in.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;

use crate::workbook::{Date, Value};

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year of the Common Era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

/// What a month is called, in English first, then in German, French and Polish, with what it is shortened
/// to. English stands first, because that is how we write it.
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "jän", "janvier", "janv", "styczeń", "stycznia", "sty"],
    &["february", "feb", "februar", "feber", "février", "févr", "fév", "luty", "lutego", "lut"],
    &["march", "mar", "märz", "mär", "mrz", "mars", "marzec", "marca"],
    &["april", "apr", "avril", "avr", "kwiecień", "kwietnia", "kwi"],
    &["may", "mai", "maj", "maja"],
    &["june", "jun", "juni", "juin", "czerwiec", "czerwca", "cze"],
    &["july", "jul", "juli", "juillet", "juil", "lipiec", "lipca", "lip"],
    &["august", "aug", "août", "sierpień", "sierpnia", "sie"],
    &["september", "sep", "sept", "septembre", "wrzesień", "września", "wrz"],
    &["october", "oct", "oktober", "okt", "octobre", "październik", "października", "paź"],
    &["november", "nov", "novembre", "listopad", "listopada", "lis"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "grudzień", "grudnia", "gru"],
];

impl Month {
    /// The month that a heading names, of these. A heading that names no year means the one of these that
    /// has its month.
    pub fn read(value: &Value, of: &[Month]) -> Option<Month> {
        let (year, month) = match value {
            Value::Date(date) => (Some(date.year), date.month),
            Value::Number(serial) if serial.fract().is_zero() => {
                let date = Date::from_serial(serial.to_u32()?)?;
                (Some(date.year), date.month)
            }
            Value::Text(text) => in_text(text)?,
            Value::Number(_) | Value::Blank | Value::Bool(_) | Value::Error(_) => return None,
        };
        of.iter().copied().find(|it| it.month == month && year.is_none_or(|year| it.year == year))
    }

    /// "2022-10".
    pub fn iso(self) -> String {
        format!("{}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Month {
    /// "October 2022".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.get(usize::from(self.month).wrapping_sub(1)).and_then(|it| it.first());
        let mut letters = name.copied().unwrap_or("?").chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        write!(f, "{first}{} {}", letters.as_str(), self.year)
    }
}

/// The year, where there is one, and the month that a text gives: "Oct-22", "Okt.22", "October 2022",
/// "10/2022", "2022-10", "01/10/2022".
fn in_text(text: &str) -> Option<(Option<u16>, u8)> {
    // A longer text is a sentence that mentions a month.
    if text.chars().count() > 24 {
        return None;
    }
    let lower = text.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).flat_map(apart).collect();
    let number = |text: &str| text.parse::<u16>().ok();
    let month_of = |it: u16| u8::try_from(it).ok().filter(|it| (1..=12).contains(it));
    let named = parts.iter().find_map(|word| {
        let idx = NAMES.iter().position(|names| names.contains(word))?;
        u8::try_from(idx + 1).ok()
    });
    if let Some(month) = named {
        // "1 October 2022": the year is what stands last.
        let year = parts.iter().rev().find_map(|it| match (it.len(), number(it)?) {
            (2, short) => Some(2000 + short),
            (4, year) => Some(year),
            _ => None,
        });
        return Some((year, month));
    }
    let numbers: Vec<(usize, u16)> =
        parts.iter().map(|it| Some((it.len(), number(it)?))).collect::<Option<_>>()?;
    match numbers[..] {
        [(4, year), (_, month)]
        | [(_, month), (4, year)]
        | [(4, year), (_, month), _]
        | [_, (_, month), (4, year)] => Some((Some(year), month_of(month)?)),
        _ => None,
    }
}

/// A name and the number that is written to it without a space: "Oct22" is "Oct" and "22".
fn apart(word: &str) -> impl Iterator<Item = &str> {
    let digits = word.find(|it: char| it.is_ascii_digit()).unwrap_or(word.len());
    let (name, number) = word.split_at(digits);
    [name, number].into_iter().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINTER: [Month; 3] =
        [Month { year: 2022, month: 10 }, Month { year: 2022, month: 12 }, Month { year: 2023, month: 3 }];

    fn read(text: &str) -> Option<Month> {
        Month::read(&Value::Text(text.to_owned()), &WINTER)
    }

    #[test]
    fn a_month_is_read_in_any_of_its_languages_and_forms() {
        for text in [
            "Oct-22",
            "October 2022",
            "Okt.22",
            "Okt 22",
            "oct. 2022",
            "paź 22",
            "OCT22",
            "10/2022",
            "2022-10",
            "01/10/2022",
            "2022-10-01",
            "1 October 2022",
            "Oct",
            "październik 2022",
        ] {
            assert_eq!(read(text), Some(WINTER[0]), "{text}");
        }
        for text in ["Dez.22", "déc-22", "December 2022", "gru 22"] {
            assert_eq!(read(text), Some(WINTER[1]), "{text}");
        }
        for text in ["Mär.23", "Mrz 23", "March 2023", "mars 2023", "Mar-23"] {
            assert_eq!(read(text), Some(WINTER[2]), "{text}");
        }
    }

    #[test]
    fn another_month_or_no_month_is_none_of_these() {
        for text in ["Oct-21", "April 2022", "Metric", "2022-23", "Total", "", "13/2022", "maybe"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_behind_a_date_is_a_month() {
        assert_eq!(Month::read(&Value::Number(44_835.into()), &WINTER), Some(WINTER[0]));
        assert_eq!(Month::read(&Value::Number(5927.into()), &WINTER), None);
    }

    #[test]
    fn months_are_printed_in_words_and_for_machines() {
        assert_eq!(WINTER[2].to_string(), "March 2023");
        assert_eq!(WINTER[2].iso(), "2023-03");
    }
}
