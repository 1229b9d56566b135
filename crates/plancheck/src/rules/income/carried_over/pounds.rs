//! Amounts of pounds in a comment.

use rust_decimal::Decimal;

use crate::money;

/// An amount in a text, and how exactly it is given.
pub(super) struct Pounds {
    pub(super) value: Decimal,
    unit: Decimal,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Pounds {
    /// Whether this may be a rounded form of an amount.
    pub(super) fn is_about(&self, amount: Decimal) -> bool {
        amount.saturating_sub(self.value).abs().saturating_mul(Decimal::TWO) <= self.unit
    }
}

/// Every "£20,000", "£20k" and "£1.2m" of a text.
pub(super) fn pounds(text: &str) -> Vec<Pounds> {
    let mut found = Vec::new();
    for (start, sign) in text.match_indices('£') {
        let rest = text.get(start + sign.len()..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        let figure: String = rest
            .trim_start()
            .chars()
            .take_while(|it| it.is_ascii_digit() || matches!(it, ',' | '.'))
            .collect();
        let figure = figure.trim_end_matches([',', '.']);
        let end = start + sign.len() + skipped + figure.len();
        let rest = text.get(end..).unwrap_or_default();
        let unit: String = rest.trim_start().chars().take_while(|it| it.is_alphabetic()).collect();
        let thousands = match unit.as_str() {
            "k" | "thousand" => Decimal::ONE_THOUSAND,
            "m" | "mn" | "million" => Decimal::from(1_000_000),
            _ => Decimal::ONE,
        };
        let Some(value) = money::parse_text(figure) else { continue };
        let value = value.saturating_mul(thousands).normalize();
        let suffix =
            if thousands == Decimal::ONE { 0 } else { rest.len() - rest.trim_start().len() + unit.len() };
        let end = end + suffix;
        found.push(Pounds { value, unit: unit_of(value), start, end });
    }
    found
}

/// The unit that an amount may have been rounded to: its trailing noughts, but for the first two figures.
fn unit_of(value: Decimal) -> Decimal {
    let mut unit = Decimal::ONE;
    loop {
        let next = unit.saturating_mul(Decimal::TEN);
        let exact = value.checked_rem(next).is_some_and(|it| it.is_zero());
        if !exact || next.saturating_mul(Decimal::TEN) > value {
            return unit;
        }
        unit = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_know_where_they_stand() {
        let text = "a £ 1.2m b, £20 k, £5 x and £3,000.";
        let found: Vec<(i64, &str)> =
            pounds(text).iter().map(|it| (it.value.try_into().unwrap(), &text[it.start..it.end])).collect();
        assert_eq!(found, [(1_200_000, "£ 1.2m"), (20_000, "£20 k"), (5, "£5"), (3_000, "£3,000")]);
    }

    #[test]
    fn the_unit_of_an_amount_leaves_its_first_two_figures() {
        let unit = |value: i64| unit_of(Decimal::from(value));
        assert_eq!([100, 250_000, 1_250, 866_361, 7].map(unit), [10, 10_000, 10, 1, 1].map(Decimal::from));
    }
}
