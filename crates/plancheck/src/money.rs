//! Pounds, shares and rates: exact decimals, rounded and printed one way.

use rust_decimal::{Decimal, RoundingStrategy};

/// No figure in a plan comes near this many pounds, people or percent. A cell beyond it is not read as
/// a figure, so that sums of any number of cells stay far inside what a [`Decimal`] holds.
pub const LARGEST_FIGURE: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0); // 10^15

/// The exact sum.
///
/// It cannot overflow: no figure exceeds [`LARGEST_FIGURE`] and no workbook holds 10^13 of them.
pub fn sum(figures: impl IntoIterator<Item = Decimal>) -> Decimal {
    figures.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Rounds half away from zero to so many decimal places, as Excel shows figures.
pub fn round(figure: Decimal, places: u32) -> Decimal {
    figure.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Whole pounds, rounded half away from zero: the unit in which money is compared.
pub fn pounds(amount: Decimal) -> Decimal {
    round(amount, 0)
}

/// Pounds and pence. What a calculation leaves behind the pence is nobody's money.
pub fn pence(amount: Decimal) -> Decimal {
    round(amount, 2)
}

/// Whether an amount is whole pounds, to the penny.
pub fn is_whole_pounds(amount: Decimal) -> bool {
    pence(amount).fract().is_zero()
}

/// `part` as a percentage of `whole`, to one decimal place; `None` of nothing.
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED).map(|it| round(it, 1))
}

/// "£1,234,567", with pence only where there are any: "£1,234.50", "−£20".
pub fn show_pounds(amount: Decimal) -> String {
    let rounded = round(amount, 2);
    let places = if rounded.fract().is_zero() { 0 } else { 2 };
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "−" } else { "" };
    format!("{sign}£{}", grouped(rounded.abs(), places))
}

/// "1,234.5": so many decimal places, thousands set off by commas.
pub fn show_number(figure: Decimal, places: u32) -> String {
    let rounded = round(figure, places);
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "−" } else { "" };
    format!("{sign}{}", grouped(rounded.abs(), places))
}

/// A decimal string for the report: no exponent, no trailing zeros, no "-0".
pub fn plain(figure: Decimal) -> String {
    let figure = figure.normalize();
    if figure.is_zero() { "0".to_owned() } else { figure.to_string() }
}

fn grouped(figure: Decimal, places: u32) -> String {
    let text = format!("{figure:.*}", places as usize);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Reads a number that somebody typed as text: "£1,200", "1,200 ", "1200.00", "(1,200)", "1 200".
///
/// Anything else that is not one number, such as "tbc", "1.2m" or two amounts in one cell, is `None`: it is
/// never guessed at.
pub fn parse_text(text: &str) -> Option<Decimal> {
    let text: String = text
        .trim_matches(|it: char| it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}'))
        .chars()
        .map(|it| if matches!(it, '−' | '–' | '‐' | '‑') { '-' } else { it })
        .collect();
    let (negative, body) = match text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inside) => (true, inside),
        None => match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        },
    };
    let body = body.trim().strip_prefix('£').unwrap_or(body).trim();
    let figure = without_thousands(body)?.parse::<Decimal>().ok()?;
    (figure <= LARGEST_FIGURE).then_some(if negative { -figure } else { figure })
}

/// Reads a share that somebody typed as text: as [`parse_text`], and "60%" is 0.6.
pub fn parse_share(text: &str) -> Option<Decimal> {
    match text.trim().strip_suffix('%') {
        Some(percent) => parse_text(percent)?.checked_div(Decimal::ONE_HUNDRED),
        None => parse_text(text),
    }
}

/// Takes commas or spaces out where they set off thousands, and refuses them anywhere else: "1,20" is not
/// 120.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([',', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty();
    if !digits(first) || (grouped && first.len() > 3) || rest.iter().any(|it| it.len() != 3 || !digits(it)) {
        return None;
    }
    match fraction {
        Some(fraction) if !digits(fraction) => None,
        Some(fraction) => Some(format!("{first}{}.{fraction}", rest.concat())),
        None => Some(format!("{first}{}", rest.concat())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_largest_figure_is_a_thousand_million_million() {
        assert_eq!(LARGEST_FIGURE, decimal("1000000000000000"));
    }

    #[test]
    fn money_rounds_half_away_from_zero() {
        assert_eq!(pounds(decimal("0.5")), decimal("1"));
        assert_eq!(pounds(decimal("-0.5")), decimal("-1"));
        assert_eq!(pounds(decimal("1.49")), decimal("1"));
    }

    #[test]
    fn pounds_are_printed_with_commas_and_pence_only_where_there_are_any() {
        assert_eq!(show_pounds(decimal("14168050")), "£14,168,050");
        assert_eq!(show_pounds(decimal("-999")), "−£999");
        assert_eq!(show_pounds(decimal("1234.5")), "£1,234.50");
        assert_eq!(show_pounds(decimal("0.001")), "£0");
    }

    #[test]
    fn less_than_half_a_penny_is_no_fraction_of_a_pound() {
        for (text, whole) in [
            ("252100.00", true),
            ("252100.004", true),
            ("252099.996", true),
            ("252100.00000003", true),
            ("-5", true),
            ("252100.005", false),
            ("252100.5", false),
        ] {
            assert_eq!(is_whole_pounds(decimal(text)), whole, "{text}");
        }
    }

    #[test]
    fn plain_has_neither_trailing_zeros_nor_a_negative_nought() {
        assert_eq!(plain(decimal("92.4700")), "92.47");
        assert_eq!(plain(decimal("-0.00")), "0");
        assert_eq!(plain(decimal("100")), "100");
    }

    #[test]
    fn numbers_typed_as_text_are_read() {
        for (text, figure) in [
            ("£1,200", "1200"),
            ("1,200 ", "1200"),
            ("1200.00", "1200.00"),
            ("\u{a0}£ 26,435,346", "26435346"),
            ("(1,200)", "-1200"),
            ("−5", "-5"),
            ("-£5", "-5"),
            ("1 200 300", "1200300"),
        ] {
            assert_eq!(parse_text(text), Some(decimal(figure)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed_at() {
        for text in [
            "tbc",
            "",
            "1.2m",
            "1,20",
            "12,3456",
            "1.",
            ".",
            "£",
            "1e5",
            "1 or 2",
            "--5",
            "1,,000",
            "1200\n1300",
            "5%",
        ] {
            assert_eq!(parse_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_percent_sign_belongs_to_shares_alone() {
        assert_eq!(parse_share("60%"), Some(decimal("0.6")));
        assert_eq!(parse_share("0.6"), Some(decimal("0.6")));
        assert_eq!(parse_text("60%"), None);
    }
}
