//! NHS numbers in a text: ten digits in one, or in groups of three, three and four, with a check digit
//! that is right.

use super::context::{About, about_words};

/// A number that may be one, and what stands around it.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    /// The text before it.
    before: &'a str,
    /// Whether nothing else stands there.
    alone: bool,
    /// Whether its digits are written in one, as those of figures are.
    in_one: bool,
    /// The ten digits.
    pub(super) digits: String,
}

/// Whether these are the ten digits of an NHS number.
pub(super) fn is_one(digits: &str) -> bool {
    let numbers: Vec<i8> =
        digits.bytes().filter(u8::is_ascii_digit).map(|it| (it - b'0').cast_signed()).collect();
    let Ok(numbers) = <[i8; 10]>::try_from(numbers) else { return false };
    let all_equal = numbers.iter().all(|it| Some(it) == numbers.first());
    digits.len() == 10
        // A telephone number begins with nought, and no NHS number of England does.
        && !digits.starts_with('0')
        && !all_equal
        && nhs_number::validate_check_digit(numbers)
}

/// Every number in a text that may be one.
pub(super) fn candidates(text: &str) -> impl Iterator<Item = Candidate<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(start) = text.get(from..)?.find(|it: char| it.is_ascii_digit()).map(|it| it + from) {
            let rest = text.get(start..)?;
            let run = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, length) = match written(rest) {
                Some(written) => written,
                None => {
                    from = start + run;
                    continue;
                }
            };
            from = start + run;
            let (before, after) = (text.get(..start)?, text.get(start + length..)?);
            if is_one(&digits) && stands_alone(before, after, length > 10) {
                from = start + length;
                let alone = before.trim().is_empty() && after.trim().is_empty();
                return Some(Candidate { before, alone, in_one: length == 10, digits });
            }
        }
        None
    })
}

/// The ten digits at the start of a text, and how much of it they take up.
pub(super) fn written(text: &str) -> Option<(String, usize)> {
    let run = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    if run == 10 {
        return Some((text.get(..10)?.to_owned(), 10));
    }
    // 943 476 5919 or 943-476-5919, the same mark between both groups.
    let mut digits = String::new();
    let mut length = 0;
    let mut mark = None;
    for (idx, size) in [3, 3, 4].into_iter().enumerate() {
        let mut rest = text.get(length..)?;
        if idx > 0 {
            let between = rest.chars().next().filter(|it| is_mark(*it))?;
            if mark.is_some_and(|it| it != kind(between)) {
                return None;
            }
            mark = Some(kind(between));
            length += between.len_utf8();
            rest = text.get(length..)?;
        }
        let run = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        if run != size {
            return None;
        }
        digits.push_str(rest.get(..size)?);
        length += size;
    }
    Some((digits, length))
}

fn is_mark(it: char) -> bool {
    it.is_whitespace() || matches!(it, '-' | '\u{2010}'..='\u{2013}')
}

/// Spaces of any width are one kind of mark, and dashes another.
fn kind(mark: char) -> bool {
    mark.is_whitespace()
}

/// Whether a number is no part of something longer: a code, an amount, a telephone number, an address of a
/// page.
fn stands_alone(before: &str, after: &str, in_groups: bool) -> bool {
    // No address is longer, and a cell may hold a text without a space from end to end.
    const LONGEST: usize = 200;
    let word_before: String = before
        .chars()
        .rev()
        .take_while(|it| !it.is_whitespace())
        .take(LONGEST)
        .collect::<Vec<_>>()
        .iter()
        .rev()
        .collect();
    let word_after: String = after.chars().take_while(|it| !it.is_whitespace()).take(LONGEST).collect();
    let is_address = |it: &str| it.contains("://") || it.contains("www.") || it.contains('@');
    if is_address(&word_before) || is_address(&word_after) {
        return false;
    }
    // What touches it: "AB9434765919", "PO-9434765919", "9434765919/2", "9434765919.50".
    let mut backwards = before.chars().rev();
    let touches_before = match backwards.next() {
        Some(it) if it.is_alphanumeric() || "_#=&%+".contains(it) => true,
        Some('-' | '/' | '.' | ',' | '\\') => backwards.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => false,
    };
    let mut forwards = after.chars();
    let touches_after = match forwards.next() {
        Some(it) if it.is_alphanumeric() || "_=&%@".contains(it) => true,
        Some('-' | '/' | '.' | ',' | '\\') => forwards.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => false,
    };
    let before = before.trim_end_matches([' ', '\u{a0}', '(', ')']);
    let is_amount = before.ends_with(['£', '€', '$']) || before.ends_with("GBP");
    let digits_before = before.chars().rev().take_while(char::is_ascii_digit).count();
    let is_dialled = before.ends_with("+44") || before.ends_with("0044") || before.ends_with('+');
    // "44 151 496 0000": the groups go on to the left.
    let goes_on = in_groups && digits_before > 0;
    !touches_before && !touches_after && !is_amount && !is_dialled && !goes_on
}

impl Candidate<'_> {
    /// Whether what is said around the number leaves no other meaning for it. `cell` says what the labels
    /// of its cell speak of, which counts for a number that stands there alone: a scheme whose name speaks of
    /// telephones may well have a description with an NHS number in it.
    pub(super) fn is_certain(&self, cell: impl FnOnce() -> About) -> bool {
        if self.alone {
            return match cell() {
                About::Phone | About::Code => false,
                About::Amount => !self.in_one,
                About::Person | About::Nothing => true,
            };
        }
        // The last few words before it: "tel 1514960000", "order no. 9434765919". An amount has its sign
        // there, and was passed over for it.
        let words: Vec<&str> = self.before.split_whitespace().rev().take(4).collect();
        let words: Vec<&str> = words.into_iter().rev().collect();
        match about_words(&words.join(" ")) {
            About::Person | About::Amount | About::Nothing => true,
            About::Phone | About::Code => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> bool {
        candidates(text).any(|it| it.is_certain(|| About::Nothing))
    }

    #[test]
    fn numbers_however_they_are_written() {
        for text in [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            "943\u{a0}476\u{a0}5919",
            "943–476–5919",
            " 9434765919 ",
            "NHS number 9434765919, discharged on Monday",
            "NHS No: 943 476 5919.",
            "Mrs B (9434765919) needs a stairlift",
            "NHS-9434765919 ".trim_start_matches("NHS-"),
            "9434765919 12/03/1941",
            "2022 12 and then 9434765919",
            "2022 9434765919",
            "patient ref 9434765919",
            "call about NHS number 943 476 5919",
        ] {
            assert!(found(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_something_else() {
        for text in [
            "9434765918",
            "1111111111",
            "0000000000",
            "01234567881",
            "0434765918",
            "94347659190",
            "19434765919",
            "AB9434765919",
            "9434765919X",
            "PO-9434765919",
            "9434765919/2",
            "9434765919.50",
            "9434765919,00",
            "£9434765919",
            "£ 9434765919",
            "+44 943 476 5919",
            "+449434765919",
            "0044 9434765919",
            "44 943 476 5919",
            "tel 9434765919",
            "Tel: 943 476 5919",
            "Phone: 9434765919",
            "mobile no. 9434765919",
            "order number 9434765919",
            "invoice 9434765919",
            "our ref: 9434765919",
            "ISBN 9434765919",
            "UPRN: 9434765919",
            "https://example.org/9434765919/",
            "www.example.org?id=9434765919",
            "https://example.org/(9434765919)",
            "www.example.org/(9434765919)",
            "(9434765919)@example.org",
            "943 4765919",
            "943 476-5919",
            "943  476 5919",
            "943.476.5919",
            "9,434,765,919",
            "",
            "é943476591",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn the_labels_of_a_cell_count() {
        let certain = |text: &'static str, about| candidates(text).any(|it| it.is_certain(|| about));
        assert!(!certain("9434765919", About::Phone));
        assert!(!certain("9434765919", About::Code));
        assert!(certain("9434765919", About::Person));
        assert!(certain("NHS number 9434765919", About::Phone));
        assert!(!certain(" 9434765919 ", About::Amount));
        assert!(certain("943 476 5919", About::Amount));
    }

    #[test]
    fn long_texts_take_no_longer_than_they_must() {
        assert!(!found(&"943 476 ".repeat(50_000)));
        assert!(!found(&"9".repeat(400_000)));
        assert!(!found(&"943 476 5918 ".repeat(50_000)));
        assert!(!found(&"9434765919,".repeat(50_000)));
    }
}
