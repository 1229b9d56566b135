//! Whether a comment on a contribution says that carried-over money is only a part of it.
//!
//! This is reading between the lines, so it is narrow: it speaks up only where the comment names the
//! amount that is carried over, or says plainly that something else is in the same line.

mod pounds;
mod words;

use rust_decimal::Decimal;

use crate::template::label;
use pounds::{Pounds, pounds};
use words::{find, first_words, has_any, may_speak_of_it, speaks_of_it, supposes};

/// What a comment says of carried-over money in a line that holds something else too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mixture {
    /// So much of the line is carried over.
    Part(Decimal),
    /// Carried-over money stands beside something else; this word joins them.
    Joined(&'static str),
}

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

fn joined(text: &str) -> Option<Mixture> {
    for word in OF_WHICH {
        // "Carry forward, including …" is carried over, whatever it includes.
        if let Some((before, after)) = around(text, word)
            && !may_speak_of_it(before)
            && !before.trim_end().ends_with("not")
            && !sentences(before).last().is_some_and(|it| supposes(it))
            && speaks_of_it(clause(after))
        {
            return Some(Mixture::Joined(word));
        }
    }
    let sentences = sentences(text);
    BESIDE.into_iter().find(|word| sentences.iter().any(|it| stands_beside(it, word))).map(Mixture::Joined)
}

/// What stands before and after a word.
fn around<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let start = find(text, word)?;
    Some((text.get(..start)?, text.get(start + word.len()..)?))
}

/// Whether this word joins carried-over money to something else, in one sentence.
fn stands_beside(sentence: &str, word: &str) -> bool {
    let Some((before, after)) = around(sentence, word) else { return false };
    let says_something =
        |text: &str| text.split(' ').any(|it| it.chars().filter(|it| it.is_alphabetic()).count() > 2);
    let is_other = |text: &str| says_something(text) && !may_speak_of_it(text) && !has_any(text, &BASE);
    (speaks_of_it(before) && is_other(after))
        || (!supposes(before) && speaks_of_it(after) && is_other(before))
}

/// The first sentence of a text that says anything.
fn clause(text: &str) -> &str {
    sentences(text).into_iter().find(|it| it.contains(char::is_alphanumeric)).unwrap_or_default()
}

/// A clause, its amounts, and whether it speaks of carried-over money.
struct Said<'t> {
    clause: &'t str,
    pounds: Vec<Pounds>,
    carried: bool,
}

/// What each clause says.
fn said(text: &str) -> Vec<Said<'_>> {
    let mut said = Vec::new();
    for sentence in sentences(text) {
        let mut supposed = false;
        for clause in clauses(sentence) {
            let carried = !supposed && speaks_of_it(clause);
            supposed |= supposes(clause);
            said.push(Said { clause, pounds: pounds(clause), carried });
        }
    }
    said
}

/// The amount in pounds that a comment gives for the carried-over part, where it is less than the line's.
fn part(text: &str, amount: Decimal) -> Option<Mixture> {
    let said = said(text);
    let sums: Vec<&Said<'_>> = said.iter().filter(|it| !it.pounds.is_empty()).collect();
    let all: Vec<&Pounds> = sums.iter().flat_map(|it| &it.pounds).collect();
    let carried: Vec<&&Said<'_>> = sums.iter().filter(|it| it.carried).collect();
    let [of] = carried.as_slice() else { return None };
    let [part] = of.pounds.as_slice() else { return None };
    if part.value >= amount || part.is_about(amount) {
        return None;
    }
    let alone = all.len() == 1;
    // Of several amounts, this one must be the carried-over one and no item of a list under that heading: it
    // stands before the words, or ends the clause.
    let plain = alone || {
        let words = first_words(of.clause).unwrap_or(0);
        let ends = of.clause.get(part.end..).is_none_or(|it| !it.chars().any(char::is_alphabetic));
        let others = all.iter().filter(|it| it.value != part.value).count() == all.len() - 1;
        let rest = sums.iter().filter(|it| it.clause != of.clause).all(|it| !may_speak_of_it(it.clause));
        (part.start < words || ends) && others && rest
    };
    plain.then_some(Mixture::Part(part.value))
}

/// A comment in its sentences.
fn sentences(text: &str) -> Vec<&str> {
    pieces(text, |rest| rest.starts_with([';', '.']))
}

/// A sentence in its parts.
fn clauses(text: &str) -> Vec<&str> {
    let ends = |rest: &str| {
        rest.starts_with([';', '&', '+', ',', '.'])
            || [" and ", " with ", " plus "].iter().any(|word| rest.starts_with(word))
    };
    pieces(text, ends)
}

/// A text in pieces: each ends at a sign where `ends` says so of what follows. A comma or a point between digits
/// is part of an amount.
fn pieces(text: &str, ends: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let digit = |idx: Option<usize>| idx.and_then(|it| bytes.get(it)).is_some_and(u8::is_ascii_digit);
    for (idx, it) in text.char_indices() {
        let in_an_amount = matches!(it, ',' | '.') && digit(idx.checked_sub(1)) && digit(Some(idx + 1));
        if !in_an_amount && text.get(idx..).is_some_and(&ends) {
            pieces.extend(text.get(start..idx));
            start = idx + it.len_utf8();
        }
    }
    pieces.extend(text.get(start..));
    pieces
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
            "Joint equipment store plus staffing; any underspend is returned to the council",
            "Joint equipment store plus staffing. 2021-22 underspend stands elsewhere",
            "Underspend is shared from 2021-22; equipment plus staffing",
            "Risk share: any underspend above £5,000 is returned",
            "Risk share: underspend above £5,000 is returned",
            "If there is slippage, £5,000 is carried forward",
            "Carry forward; if there is slippage, £5,000 is carried forward",
            "If the year is mild, beds plus carried-forward money",
            "If agreed, beds, including carried-forward money",
            "Beds for winter, of which any underspend c/f is returned",
            "Winter pressures plus inflation, cf. narrative section 3",
            "Winter beds, including underspends",
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
            "£20,000 of underspend from 2021-22",
            "If agreed, winter beds. £20,000 carried forward",
            "£20,000 cf and £10,000 new money",
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
            ("Equipment plus staffing; 2021-22 underspend. Beds plus 2021-22 underspend", "plus"),
            ("If agreed, new posts. Winter beds, including £1.5m c/f", "including"),
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
    fn a_comment_falls_into_its_clauses() {
        assert_eq!(
            clauses("a 5, b. 6,000 c & d+e and f; g"),
            ["a 5", " b", " 6,000 c ", " d", "e", "and f", " g"]
        );
        assert_eq!(clauses("beds,5 a 5+6;7"), ["beds", "5 a 5", "6", "7"]);
        assert_eq!(sentences("a 5. b 6.50, c; d"), ["a 5", " b 6.50, c", " d"]);
        assert_eq!((clause("beds; then"), clause(": ; then"), clause("beds")), ("beds", " then", "beds"));
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
