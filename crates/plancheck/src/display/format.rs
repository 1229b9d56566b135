//! Number formats: what a value looks like through the format of its cell.
//!
//! `ssfmt` knows the codes; what it gets wrong is put right here, each with a test: sections that are empty
//! (";;;" shows nothing), sections of General among others, the sign, dates that no calendar has, and
//! rounding, which is done on the decimal because Excel rounds 0.285 to 0.29 and a float does not. Fractions
//! and powers of ten with several figures before the point are left to it. A format that it does not know, or that it is not trusted with, is no format: the value is then shown as General
//! does, and [`Display::plain`](super::Display::plain) says so.
//!
//! This is the one place of the core where a decimal becomes a float. No rule sees what comes of it.

mod builtin;
mod kind;
mod section;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use ssfmt::ast::Condition;
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::colour::Colour;
use crate::money;
use crate::workbook::Date;

pub(super) use builtin::builtin;
use section::{Section, sections};

/// General shows numbers below this, where they are long, and from the other on by powers of ten.
const SMALL: Decimal = Decimal::from_parts(1, 0, 0, false, 4);
const LARGE: Decimal = Decimal::from_parts(1_215_752_192, 23, 0, false, 0);

/// A number format, ready for use.
#[derive(Debug)]
pub(super) struct Format {
    /// For positive numbers, negative ones and nought, as far as they are told apart.
    numbers: Vec<Section>,
    /// For text.
    text: Option<Section>,
}

/// A value as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The colour that the format asks for.
    pub(super) colour: Option<Colour>,
}

impl Format {
    /// Reads a format's code. Nothing where it is not one that can be relied on.
    pub(super) fn read(code: &str) -> Option<Self> {
        let mut numbers = sections(code)?;
        // The last section is for text where it is the fourth, or where it has a place for the text.
        let text = match numbers.as_slice() {
            [one] if one.has_text() => Some(one.clone()),
            [_] => None,
            [.., last] if numbers.len() == 4 || last.has_text() => numbers.pop(),
            _ => None,
        };
        Some(Format { numbers, text })
    }

    /// Every colour that it may give a value.
    pub(super) fn colours(&self) -> impl Iterator<Item = Colour> {
        self.numbers.iter().chain(&self.text).filter_map(|it| it.colour)
    }

    /// A number, or a date by its serial number; from 1904 where the workbook counts so.
    pub(super) fn number(&self, figure: Decimal, from_1904: bool) -> Shown {
        let found = self.section(figure);
        let shown = found.and_then(|(section, signed)| {
            let text = section.number(figure.abs(), &options(from_1904), figure.is_sign_negative())?;
            let sign = if signed && !text.is_empty() { "-" } else { "" };
            Some(Shown { text: format!("{sign}{text}"), colour: section.colour })
        });
        shown.unwrap_or_else(|| Shown { text: general(figure), colour: None })
    }

    /// A text.
    pub(super) fn text(&self, text: &str) -> Shown {
        match &self.text {
            Some(section) => Shown { text: section.text(text), colour: section.colour },
            None => Shown { text: text.to_owned(), colour: None },
        }
    }

    /// The section for a number, and whether a minus is to be put before it: not where only negative numbers
    /// come to the section, because it then shows them in its own way.
    fn section(&self, figure: Decimal) -> Option<(&Section, bool)> {
        let negative = figure.is_sign_negative() && !figure.is_zero();
        if self.numbers.iter().any(|it| it.condition.is_some()) {
            let value = float(figure)?;
            let fits = |it: &&Section| it.condition.is_none_or(|it| it.evaluate(value));
            let idx = self.numbers.iter().position(|it| fits(&it))?;
            let section = self.numbers.get(idx)?;
            let own_way = match (section.condition, self.numbers.first().and_then(|it| it.condition)) {
                (Some(Condition::LessThan(limit) | Condition::LessOrEqual(limit)), _) => limit <= 0.0,
                (None, Some(Condition::GreaterThan(limit) | Condition::GreaterOrEqual(limit))) => {
                    idx == 1 && limit <= 0.0
                }
                _ => false,
            };
            return Some((section, negative && !own_way));
        }
        match self.numbers.as_slice() {
            [one] => Some((one, negative)),
            [_, below, ..] if negative => Some((below, false)),
            [_, _, nought] if figure.is_zero() => Some((nought, false)),
            [above, ..] => Some((above, false)),
            [] => None,
        }
    }
}

/// A number as General shows it: up to eleven characters.
pub(super) fn general(figure: Decimal) -> String {
    fitting(figure).and_then(float).map_or_else(|| figure.to_string(), general_float)
}

/// A number rounded to what General has room for: eleven characters, or six figures and a power of ten.
fn fitting(figure: Decimal) -> Option<Decimal> {
    let six = || figure.round_sf_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
    let size = figure.abs().normalize();
    if size < SMALL && size.scale() > 9 {
        return six();
    }
    // The point takes one of the eleven.
    let whole = u32::try_from(size.trunc().to_string().len()).ok()?;
    let rounded = money::round(figure, 10_u32.saturating_sub(whole));
    if rounded.abs() < LARGE { Some(rounded) } else { six() }
}

/// A number of the file that is too large for a figure, through the format of its cell where that can be.
pub(super) fn beyond_figures(text: &str, format: Option<&Format>) -> Option<Shown> {
    let text = text.trim();
    let exact = Decimal::from_scientific(text).or_else(|_| text.parse()).ok();
    // Excel keeps fifteen figures of any number.
    let exact = exact.and_then(|it| it.round_sf_with_strategy(15, RoundingStrategy::MidpointAwayFromZero));
    if let (Some(figure), Some(format)) = (exact, format) {
        return Some(format.number(figure, false));
    }
    let value = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    Some(Shown { text: general_float(value), colour: None })
}

fn general_float(value: f64) -> String {
    NumberFormat::parse("General").map_or_else(|_| value.to_string(), |it| it.format(value, &options(false)))
}

/// A date where its cell's format is not known: "7 Dec 2022", with the time of day where there is one,
/// or the time alone.
pub(super) fn plain_date(date: &Date, from_1904: bool) -> String {
    let Some(serial) = date.serial else { return date.short() };
    let code = match (serial.trunc().is_zero(), serial.fract().is_zero()) {
        (true, _) => "hh:mm",
        (false, true) => return date.short(),
        (false, false) => "d mmm yyyy hh:mm",
    };
    Format::read(code).map_or_else(|| date.short(), |it| it.number(serial, from_1904).text)
}

/// The one way from a figure to a float.
fn float(figure: Decimal) -> Option<f64> {
    figure.to_f64()
}

fn options(from_1904: bool) -> FormatOptions {
    let date_system = if from_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
    FormatOptions { date_system, ..FormatOptions::default() }
}

#[cfg(test)]
mod tests;
