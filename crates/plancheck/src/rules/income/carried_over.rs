//! Whether a comment on a contribution says that carried-over money is only a part of it.
//!
//! This is reading between the lines, so it is narrow: it speaks up only where the comment names the
//! amount that is carried over, or says plainly that something else is in the same line.

use rust_decimal::Decimal;

use crate::money;
use crate::template::label;

/// What a comment says of carried-over money in a line that holds something else too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mixture {
    /// So much of the line is carried over.
    Part(Decimal),
    /// Carried-over money stands beside something else; this word joins them.
    Joined(&'static str),
}

/// What speaks of carried-over money.
const CARRIED: [&str; 24] = [
    "carry forward",
    "carried forward",
    "carry over",
    "carried over",
    "carryover",
    "carryforward",
    "c/f",
    "cf",
    "c/fwd",
    "c/forward",
    "b/f",
    "bf",
    "b/fwd",
    "b/forward",
    "brought forward",
    "rolled over",
    "rolled forward",
    "roll over",
    "roll forward",
    "rollover",
    "underspend",
    "underspent",
    "under spend",
    "surplus from",
];

/// What shows that a part of a comment speaks of money of earlier years, whatever it calls it.
const EARLIER: [&str; 9] = [
    "surplus",
    "unspent",
    "slippage",
    "reserve",
    "balance",
    "prior year",
    "previous year",
    "last year",
    "year end",
];

/// What says that a line is not about carried-over money when it stands before the words for it.
const NOT: [&str; 9] = ["no", "not", "without", "excluding", "excludes", "excl", "exclude", "never", "nor"];

/// What says that a part of a line follows.
const OF_WHICH: [&str; 5] = ["part of which", "of which", "including", "includes", "include"];

/// What says that another thing stands beside the first.
const BESIDE: [&str; 4] = ["in addition to", "in addition", "as well as", "plus"];

/// What an additional contribution is additional to, and no part of it.
const BASE: [&str; 4] = ["minimum", "mandatory", "mandated", "required"];

/// What a comment says of carried-over money, where the line that it stands on holds something else too.
pub(super) fn mixture(comment: &str, amount: Decimal) -> Option<Mixture> {
    let text = plain(comment);
    if !speaks_of_it(&text) {
        return None;
    }
    joined(&text).or_else(|| part(&text, amount))
}

/// Lower case; a new line ends a sentence, and hyphens between letters are spaces: "carry-forward". Years keep
/// theirs.
fn plain(comment: &str) -> String {
    let letters: Vec<char> = label::option_key(&comment.replace(['\n', '\r'], "; ")).chars().collect();
    let is_letter = |it: Option<&char>| it.is_some_and(|it| it.is_alphabetic());
    let spaced = letters.iter().enumerate().map(|(idx, it)| {
        let between =
            is_letter(idx.checked_sub(1).and_then(|idx| letters.get(idx))) && is_letter(letters.get(idx + 1));
        if *it == '-' && between { ' ' } else { *it }
    });
    spaced.collect()
}

/// Where these words stand in a text as words of their own: the first place.
fn find(text: &str, words: &str) -> Option<usize> {
    text.match_indices(words).map(|it| it.0).find(|start| {
        let before = text.get(..*start).and_then(|it| it.chars().next_back());
        let after = text.get(start + words.len()..).and_then(|it| it.chars().next());
        // "underspends" is the same word; "cfo" is not "cf".
        let ends = |it: char| !it.is_alphanumeric() || (it == 's' && words.len() > 3);
        before.is_none_or(|it| !it.is_alphanumeric()) && after.is_none_or(ends)
    })
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| find(text, it).is_some())
}

/// Whether a text speaks of carried-over money, and does not say that there is none.
fn speaks_of_it(text: &str) -> bool {
    CARRIED.iter().any(|words| {
        find(text, words).is_some_and(|start| {
            let before = text.get(..start).unwrap_or_default();
            let mut near =
                before.split(|it: char| !it.is_alphanumeric()).rev().filter(|it| !it.is_empty()).take(3);
            !near.any(|it| NOT.contains(&it))
        })
    })
}

/// The same, or anything that hints at money of earlier years.
fn may_speak_of_it(text: &str) -> bool {
    let year = text
        .as_bytes()
        .windows(5)
        .any(|it| matches!(it, [b'2', b'0', a, b, b'-'] if [a, b].iter().all(|it| it.is_ascii_digit())));
    has_any(text, &CARRIED) || has_any(text, &EARLIER) || year
}

fn joined(text: &str) -> Option<Mixture> {
    let split = |word: &str| {
        let start = find(text, word)?;
        Some((text.get(..start)?, text.get(start + word.len()..)?))
    };
    let says_something =
        |text: &str| text.split(' ').any(|it| it.chars().filter(|it| it.is_alphabetic()).count() > 2);
    for word in OF_WHICH {
        // "Carry forward, including …" is carried over, whatever it includes.
        if let Some((before, after)) = split(word)
            && !may_speak_of_it(before)
            && !before.trim_end().ends_with("not")
            && speaks_of_it(clause(after))
        {
            return Some(Mixture::Joined(word));
        }
    }
    for word in BESIDE {
        if let Some((before, after)) = split(word) {
            let sides = [(before, after), (after, before)];
            let mixed = sides.iter().any(|(carried, other)| {
                speaks_of_it(carried)
                    && says_something(other)
                    && !may_speak_of_it(other)
                    && !has_any(other, &BASE)
            });
            if mixed {
                return Some(Mixture::Joined(word));
            }
        }
    }
    None
}

/// The text up to the end of its sentence.
fn clause(text: &str) -> &str {
    text.split_once(['.', ';']).filter(|it| !it.0.is_empty()).map_or(text, |it| it.0)
}

/// The amount in pounds that a comment gives for the carried-over part, where it is less than the line's.
fn part(text: &str, amount: Decimal) -> Option<Mixture> {
    let clauses = clauses(text);
    let sums: Vec<(&str, Vec<Pounds>)> = clauses.iter().map(|it| (*it, pounds(it))).collect();
    let all: Vec<&Pounds> = sums.iter().flat_map(|it| &it.1).collect();
    let carried: Vec<&(&str, Vec<Pounds>)> =
        sums.iter().filter(|it| speaks_of_it(it.0) && !it.1.is_empty()).collect();
    let [(clause, given)] = carried.as_slice() else { return None };
    let [part] = given.as_slice() else { return None };
    if part.value >= amount || part.is_about(amount) {
        return None;
    }
    let alone = all.len() == 1;
    // Of several amounts, this one must be the carried-over one and no item of a list under that heading: it
    // stands before the words, or ends the clause.
    let plain = alone || {
        let words = CARRIED.iter().filter_map(|it| find(clause, it)).min().unwrap_or(0);
        let ends = clause.get(part.end..).is_none_or(|it| !it.chars().any(char::is_alphabetic));
        let others = all.iter().filter(|it| it.value != part.value).count() == all.len() - 1;
        let rest =
            sums.iter().filter(|it| !it.1.is_empty() && it.0 != *clause).all(|it| !may_speak_of_it(it.0));
        (part.start < words || ends) && others && rest
    };
    plain.then_some(Mixture::Part(part.value))
}

/// A comment in its parts. A comma or a point between digits is part of an amount.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let digit = |idx: Option<usize>| idx.and_then(|it| bytes.get(it)).is_some_and(u8::is_ascii_digit);
    for (idx, it) in text.char_indices() {
        let between_digits = digit(idx.checked_sub(1)) && digit(Some(idx + 1));
        let ends = matches!(it, ';' | '&' | '+') || (matches!(it, ',' | '.') && !between_digits);
        let and = text
            .get(idx..)
            .is_some_and(|it| [" and ", " with ", " plus "].iter().any(|word| it.starts_with(word)));
        if ends || and {
            clauses.extend(text.get(start..idx));
            start = idx + it.len_utf8();
        }
    }
    clauses.extend(text.get(start..));
    clauses
}

/// An amount in a text, and how exactly it is given.
struct Pounds {
    value: Decimal,
    unit: Decimal,
    start: usize,
    end: usize,
}

impl Pounds {
    /// Whether this may be a rounded form of an amount.
    fn is_about(&self, amount: Decimal) -> bool {
        amount.saturating_sub(self.value).abs().saturating_mul(Decimal::TWO) <= self.unit
    }
}

/// Every "£20,000", "£20k" and "£1.2m" of a text.
fn pounds(text: &str) -> Vec<Pounds> {
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

    fn of(comment: &str) -> Option<Mixture> {
        mixture(comment, Decimal::from(30_000))
    }

    #[test]
    fn a_line_of_nothing_but_carried_over_money_is_quiet() {
        for comment in [
            "Carry forward of 2021-22 underspend",
            "Underspend c/f",
            "£30,000 carried forward from 2021-22",
            "Carried over (£30k)",
            "2021/22 DFG underspend of £0.03m brought forward",
            "Carry-forward of £29,999.60",
            "Carry forward of the 2021-22 underspend, including the DFG surplus",
            "Carry forward, including £5,000 for equipment",
            "Carry forward from 2020-21 plus carry forward from 2021-22",
            "Underspend of £20,000 from DFG and underspend of £10,000 from iBCF",
            "Carry forward of 2021-22 plus slippage on the reablement scheme",
            "Carry forward of 2021-22 underspend: £10,000 equipment, £20,000 staffing",
            "Carry forward of a total underspend of £1.2m",
            "Carry forward of underspend; £5,000 of it for equipment",
            "Rolled forward in addition to the minimum contribution",
            "Of it, as well as carried-over underspend",
            "£20,000 carried forward, £10,000 from the reserve",
        ] {
            assert_eq!(of(comment), None, "{comment}");
        }
    }

    #[test]
    fn a_comment_on_anything_else_is_quiet() {
        for comment in [
            "Advocacy - new combined commissioning",
            "Winter beds plus equipment, £5,000 of it new",
            "New money, not including any carry forward",
            "No carry forward; £5,000 for winter, £25,000 for beds",
            "Excludes underspend of £5,000",
            "The CFO agreed £20,000",
            "Includes a contribution from the balanced budget",
        ] {
            assert_eq!(of(comment), None, "{comment}");
        }
    }

    #[test]
    fn an_amount_that_is_less_than_the_lines_is_a_part() {
        for comment in [
            "£20,000 carried forward from 2021-22",
            "Carry forward of £20k",
            "£20,000 underspend b/f and £10,000 of new money",
            "£10,000 for winter beds, £20,000 carried forward",
            "Carry forward of £20,000 and £10,000 new money",
            "£0.02m rolled over",
            "Underspend carried forward (£20,000)",
            "£20,000 carried forward\n£10,000 winter beds",
            "£5,000 winter beds; £20,000 carried forward; £5,000 equipment",
        ] {
            assert_eq!(of(comment), Some(Mixture::Part(Decimal::from(20_000))), "{comment}");
        }
    }

    #[test]
    fn a_word_that_joins_it_to_something_else_is_plain() {
        for (comment, word) in [
            ("Includes carry forward of 2021-22 underspend", "includes"),
            ("Winter funding including £20,000 carried forward", "including"),
            ("Community equipment, of which £20,000 is carried over", "of which"),
            ("Carry forward of 2021-22 underspend plus new money for advocacy", "plus"),
            ("Advocacy as well as carried-over underspend", "as well as"),
            ("Winter beds, in addition to underspend b/f", "in addition to"),
        ] {
            assert_eq!(of(comment), Some(Mixture::Joined(word)), "{comment}");
        }
    }

    #[test]
    fn hyphens_join_words_and_nothing_else() {
        assert_eq!(
            plain("Beds - carry-forward\n2021-22 a -b c- d"),
            "beds - carry forward; 2021-22 a -b c- d"
        );
    }

    #[test]
    fn words_are_found_as_words() {
        assert_eq!(find("the underspends of", "underspend"), Some(4));
        for (text, words) in [("cfs", "cf"), ("c/fs", "c/f"), ("cfo", "cf"), ("underspender", "underspend")] {
            assert_eq!(find(text, words), None, "{text}");
        }
    }

    #[test]
    fn a_comment_falls_into_its_clauses() {
        assert_eq!(
            clauses("a 5, b. 6,000 c & d+e and f; g"),
            ["a 5", " b", " 6,000 c ", " d", "e", "and f", " g"]
        );
        assert_eq!((clause("beds; then"), clause("; then"), clause("beds")), ("beds", "; then", "beds"));
    }

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

    #[test]
    fn an_amount_may_have_been_rounded() {
        let about = |comment: &str, amount: i64| mixture(comment, Decimal::from(amount)).is_none();
        assert!(about("Carry forward of £250,000", 252_100));
        assert!(about("Carry forward of £1.2m", 1_249_000));
        assert!(about("Carry forward of £866,361", 866_361));
        assert!(!about("Carry forward of £866,361", 866_461));
        assert!(!about("Carry forward of £100,000", 140_000));
    }
}
