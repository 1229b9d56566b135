//! How texts begin: most are told from a label by that, at the cost of a few letters.

use super::{plain_letter, push_lower};

/// How a text begins, once it is made comparable: its first letters, filled up with noughts. Texts with one key
/// begin alike, but for the names of the NHS commissioner, and most texts are told apart by it at once.
pub type Opening = [char; 4];

/// How a text begins. Where that is the whole of it, punctuation at its end does not count.
pub fn opening(text: &str) -> Opening {
    let mut opening = ['\0'; 4];
    let mut filled = 0;
    let mut gap = false;
    for it in text.chars().filter_map(plain_letter) {
        if it.is_whitespace() || (it == '*' && filled == 0) {
            gap = filled > 0;
            continue;
        }
        let mut push = |it| {
            if let Some(letter) = opening.get_mut(filled) {
                *letter = it;
            }
            filled += 1;
        };
        if gap {
            push(' ');
        }
        push_lower(it, push);
        if filled >= opening.len() {
            break;
        }
        gap = false;
    }
    without_end(opening)
}

fn without_end(mut opening: Opening) -> Opening {
    for letter in opening.iter_mut().rev() {
        if !matches!(letter, '\0' | ',' | '.' | ';' | ':' | '*' | ' ') {
            break;
        }
        *letter = '\0';
    }
    opening
}

/// How texts with this key may begin, by whichever name they call the NHS commissioner.
pub fn openings(key: &str) -> impl Iterator<Item = Opening> {
    ["nhs", "icb", "ccg"].into_iter().map(move |name| opening(&key.replace("nhs", name)))
}

#[cfg(test)]
mod tests {
    use super::super::{key, option_key};
    use super::*;

    #[test]
    fn texts_with_one_key_begin_alike() {
        let texts = [
            "NHS x",
            "ICB  x:",
            "* ccg\u{a0}x",
            "No",
            "no.",
            " NO: *",
            "No,",
            "a",
            "A *",
            "**a",
            "a b c",
            "a * b",
            "ab:",
            "İst",
            "i\u{307}st",
            "“No”",
            "\"no\"",
            "",
            " * ",
            ":",
            "icb",
            "icbs",
            "a-icb",
            "a icb",
            "A NHS",
        ];
        for one in texts {
            for other in texts {
                if key(one) == key(other) {
                    assert!(openings(&key(one)).any(|it| it == opening(other)), "{one} and {other}");
                }
                if option_key(one) == option_key(other) {
                    assert_eq!(opening(one), opening(other), "{one} and {other}");
                }
            }
        }
    }
}
