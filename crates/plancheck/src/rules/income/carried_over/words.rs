//! The words of a comment that speak of money carried over from earlier years.

use super::sentences;

/// What speaks of carried-over money.
const CARRIED: [&str; 19] = [
    "carry forward",
    "carried forward",
    "carry over",
    "carried over",
    "carryover",
    "carryforward",
    "c/f",
    "c/fwd",
    "c/forward",
    "b/f",
    "b/fwd",
    "b/forward",
    "brought forward",
    "rolled over",
    "rolled forward",
    "roll over",
    "roll forward",
    "rollover",
    "surplus from",
];

/// The same, where it is clear what is short for what: "cf." is "compare".
const SHORT: [&str; 2] = ["cf", "bf"];

/// What may be left of this year's money as well as of an earlier year's.
const LEFT: [&str; 3] = ["underspend", "underspent", "under spend"];

/// What hints at money of earlier years, whatever the comment calls it.
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

/// What says that there may be such money or none.
const IF: [&str; 7] = ["any", "if", "should", "may", "might", "would", "could"];

/// Where these words stand in a text as words of their own: the first place.
pub(super) fn find(text: &str, words: &str) -> Option<usize> {
    text.match_indices(words).map(|it| it.0).find(|start| {
        let before = text.get(..*start).and_then(|it| it.chars().next_back());
        let after = text.get(start + words.len()..).and_then(|it| it.chars().next());
        // "underspends" is the same word; "cfo" is not "cf".
        let ends = |it: char| !it.is_alphanumeric() || (it == 's' && words.len() > 3);
        before.is_none_or(|it| !it.is_alphanumeric()) && after.is_none_or(ends)
    })
}

pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| find(text, it).is_some())
}

/// Whether a text leaves open what it says.
pub(super) fn supposes(text: &str) -> bool {
    has_any(text, &IF)
}

/// Whether a text speaks of carried-over money, and neither denies nor supposes it.
pub(super) fn speaks_of_it(text: &str) -> bool {
    first_words(text).is_some()
}

/// Where a text first does so.
pub(super) fn first_words(text: &str) -> Option<usize> {
    let after = |start: usize, words: &str| text.get(start + words.len()..).unwrap_or_default();
    let at = |words: &'static str| Some((find(text, words)?, words));
    let plain = CARRIED.into_iter().filter_map(at);
    let short = SHORT.into_iter().filter_map(at).filter(|(start, words)| is_short(after(*start, words)));
    let left = LEFT.into_iter().filter_map(at).filter(|(start, words)| {
        let before = text.get(..*start).and_then(|it| sentences(it).pop()).unwrap_or_default();
        is_of_earlier_years(before, sentences(after(*start, words)).first().copied().unwrap_or_default())
    });
    let places = plain.chain(short).chain(left).map(|it| it.0);
    places.filter(|start| is_certain(text.get(..*start).unwrap_or_default())).min()
}

/// Whether what stands before the words neither denies nor supposes what they say.
fn is_certain(before: &str) -> bool {
    let words = before.split(|it: char| !it.is_alphanumeric()).rev().filter(|it| !it.is_empty());
    let denied = words.take(3).any(|it| NOT.contains(&it));
    !denied && !sentences(before).last().is_some_and(|it| supposes(it))
}

/// Whether what follows "cf" is nothing to compare with.
fn is_short(after: &str) -> bool {
    let next = after.trim_start().split(' ').next().unwrap_or_default();
    let ends = next.is_empty() || next.starts_with(|it: char| !it.is_alphanumeric());
    (ends && !after.starts_with('.')) || names_a_year(next) || matches!(next, "and" | "from" | "of")
}

/// Whether what stands around the word for an underspend tells that it is not this year's.
fn is_of_earlier_years(before: &str, after: &str) -> bool {
    let around = [before, after];
    has_any(after, &["from"])
        || around.iter().any(|it| {
            has_any(it, &["carried", "brought", "last year", "previous year", "prior year"])
                || names_a_year(it)
        })
}

/// Whether a text has a financial year: "2021-22", "21/22".
fn names_a_year(text: &str) -> bool {
    let digits = |it: &[u8]| std::str::from_utf8(it).ok().and_then(|it| it.parse::<u8>().ok());
    text.as_bytes().windows(5).any(|it| {
        let [a, b, b'-' | b'/', c, d] = it else { return false };
        digits(&[*a, *b]).zip(digits(&[*c, *d])).is_some_and(|(one, next)| next == (one + 1) % 100)
    })
}

/// Whether a text speaks of carried-over money, or has anything that hints at money of earlier years.
pub(super) fn may_speak_of_it(text: &str) -> bool {
    [&CARRIED as &[&str], &SHORT, &LEFT, &EARLIER].iter().any(|it| has_any(text, it)) || names_a_year(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_words() {
        assert_eq!(find("the underspends of", "underspend"), Some(4));
        for (text, words) in [("cfs", "cf"), ("c/fs", "c/f"), ("cfo", "cf"), ("underspender", "underspend")] {
            assert_eq!(find(text, words), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_is_carried_over_where_its_year_is_told() {
        for text in [
            "underspend from the dfg",
            "2021-22 underspend",
            "underspend (21/22)",
            "last year's underspend",
            "underspend of 99/00",
            "the underspend was carried on",
            "brought on: the underspend",
        ] {
            assert!(speaks_of_it(text), "{text}");
        }
        for text in [
            "underspend",
            "beds from the council, underspend is shared",
            "underspend is shared. money from 2021-22",
            "from 2021-22; underspend is shared",
            "underspend of 21/23",
            "underspend of 7/9/22",
        ] {
            assert!(!speaks_of_it(text), "{text}");
        }
    }

    #[test]
    fn what_is_supposed_is_not_said() {
        for text in ["any 2021-22 underspend", "if agreed, what is c/f", "should money be carried forward"] {
            assert!(!speaks_of_it(text), "{text}");
        }
        assert!(speaks_of_it("carried forward for any ward"));
        assert!(speaks_of_it("new, if agreed. carried forward"));
    }

    #[test]
    fn what_is_denied_is_not_said() {
        for text in [
            "no carry forward",
            "not to be carried forward",
            "beds (excl. c/f)",
            "without - so far - any c/f",
        ] {
            assert!(!speaks_of_it(text), "{text}");
        }
        assert!(speaks_of_it("there was no delay and all is carried forward"));
    }

    #[test]
    fn short_words_are_no_references() {
        for text in ["£5,000 cf", "cf from 2021", "cf, and beds", "cf 21/22", "bf and beds", "cf; beds"] {
            assert!(speaks_of_it(text), "{text}");
        }
        for text in ["cf. section 3", "cf section 3", "cf 3.2", "bf."] {
            assert!(!speaks_of_it(text), "{text}");
        }
    }
}
