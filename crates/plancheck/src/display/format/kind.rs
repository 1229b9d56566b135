//! What has to be done to a number before a section's code is applied to it.

use rust_decimal::{Decimal, RoundingStrategy};
use ssfmt::ast::{DatePart, FormatPart};

use crate::money;

/// The last day that Excel's calendar has, 31 December 9999.
const LAST_DAY: u32 = 2_958_465;

/// What has to be done to a number before the code is applied.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Rounded to so many places behind its point, which may be before it.
    Rounded(i32),
    /// Rounded to so many figures that count: powers of ten with one figure before the point.
    Significant(u32),
    /// Looked up in the calendar; `seconds` where the time of day is shown to the second or less closely.
    Dated { seconds: bool },
    /// Nothing: fractions, and other powers of ten.
    Free,
}

impl Kind {
    /// A number without its sign, made ready for the code; `below_nought` is what the sign was. Nothing where
    /// it cannot be shown so.
    pub(super) fn prepared(self, figure: Decimal, below_nought: bool) -> Option<Decimal> {
        match self {
            Kind::Rounded(places) => rounded(figure, places),
            Kind::Significant(figures) => {
                figure.round_sf_with_strategy(figures, RoundingStrategy::MidpointAwayFromZero)
            }
            Kind::Dated { .. } if below_nought && !figure.is_zero() => None,
            Kind::Dated { .. } if figure > Decimal::from(LAST_DAY) => None,
            Kind::Dated { seconds: true } => to_seconds(figure),
            Kind::Dated { seconds: false } | Kind::Free => Some(figure),
        }
    }
}

/// What kind of section it is; nothing for one that is not to be relied on.
pub(super) fn kind(parts: &[FormatPart]) -> Option<Kind> {
    let (mut whole, mut places, mut trailing, mut percent) = (0_u32, 0_i32, 0_i32, 0_i32);
    let (mut after_point, mut scientific, mut free, mut dated, mut timed, mut close) =
        (false, false, false, false, false, false);
    for part in parts {
        match part {
            // The figures of the power itself.
            FormatPart::Digit(_) if scientific => {}
            FormatPart::Digit(_) => {
                places += i32::from(after_point);
                whole += u32::from(!after_point);
                trailing = 0;
            }
            FormatPart::DecimalPoint => (after_point, trailing) = (true, 0),
            FormatPart::ThousandsSeparator => trailing += 1,
            FormatPart::Percent => percent += 1,
            FormatPart::Scientific { .. } => scientific = true,
            FormatPart::Fraction { .. } => free = true,
            FormatPart::DatePart(part) => {
                dated = true;
                match part {
                    // Excel shows no more than thousandths of a second.
                    DatePart::SubSecond(digits) if *digits <= 3 => close = true,
                    // Other calendars, which formats in English do not use.
                    DatePart::SubSecond(_)
                    | DatePart::BuddhistYear2
                    | DatePart::BuddhistYear4
                    | DatePart::BuddhistYear4Alt
                    | DatePart::BuddhistYear2Alt => return None,
                    DatePart::Hour
                    | DatePart::Hour2
                    | DatePart::Minute
                    | DatePart::Minute2
                    | DatePart::Second
                    | DatePart::Second2 => timed = true,
                    DatePart::Year2
                    | DatePart::Year3
                    | DatePart::Year4
                    | DatePart::Month
                    | DatePart::Month2
                    | DatePart::MonthAbbr
                    | DatePart::MonthFull
                    | DatePart::MonthLetter
                    | DatePart::Day
                    | DatePart::Day2
                    | DatePart::DayAbbr
                    | DatePart::DayFull => {}
                }
            }
            FormatPart::AmPm(_) | FormatPart::Elapsed(_) => (dated, timed) = (true, true),
            FormatPart::Literal(_)
            | FormatPart::EscapedLiteral(_)
            | FormatPart::TextPlaceholder
            | FormatPart::Fill(_)
            | FormatPart::Skip(_)
            | FormatPart::Locale(_)
            | FormatPart::GeneralNumber => {}
        }
    }
    Some(if dated {
        Kind::Dated { seconds: timed && !close }
    } else if scientific && whole == 1 && percent == 0 {
        Kind::Significant(1 + places.unsigned_abs())
    } else if scientific || free || parts.contains(&FormatPart::TextPlaceholder) {
        Kind::Free
    } else {
        Kind::Rounded(places + 2 * percent - 3 * trailing)
    })
}

/// Half away from nought, as Excel rounds what it shows.
fn rounded(figure: Decimal, places: i32) -> Option<Decimal> {
    if let Ok(places) = u32::try_from(places) {
        return Some(money::round(figure, places));
    }
    let unit = (places..0).try_fold(Decimal::ONE, |unit, _| unit.checked_mul(Decimal::TEN))?;
    money::round(figure.checked_div(unit)?, 0).checked_mul(unit)
}

/// A moment rounded to its second, so that one just before midnight is of the next day altogether.
fn to_seconds(serial: Decimal) -> Option<Decimal> {
    let day = Decimal::from(86_400);
    money::round(serial.checked_mul(day)?, 0).checked_div(day)
}
