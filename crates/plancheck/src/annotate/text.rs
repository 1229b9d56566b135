//! Texts as the parts of a workbook hold them.

use std::fmt::Write as _;

use crate::rules::personal_data;

/// The most that Excel takes in a cell or a comment, in units of UTF-16.
pub(super) const MOST: usize = 32_767;

/// A text that goes into a copy: with line ends of one kind, and without any number that may be an NHS
/// number in its new place. What stood beside it told the rules what it was; that is gone in a comment.
pub(super) fn fit(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    personal_data::without_numbers(&lines)
}

/// How long a text is, in units of UTF-16.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// No more of a text than so many units of UTF-16, with a mark where it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = most.saturating_sub(1);
    for it in text.chars() {
        let Some(left) = room.checked_sub(it.len_utf16()) else { break };
        room = left;
        kept.push(it);
    }
    kept.push('…');
    kept
}

/// A text for the inside of an element. What XML cannot hold is written as Excel does, "_x0007_", and so is
/// what would be taken for that.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, it) in text.char_indices() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '_' if is_code(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(it),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "_x{:04X}_", u32::from(it));
            }
            _ => out.push(it),
        }
    }
    out
}

/// A text for an attribute, where tabs and line ends would become spaces.
pub(super) fn attribute(text: &str) -> String {
    escaped(text).replace('\t', "&#9;").replace('\n', "&#10;")
}

/// Whether a text begins with what Excel reads as one character: "_x0041_".
fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'_', b'x', a, b, c, d, b'_', ..]
        if [a, b, c, d].iter().all(|it| it.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_so_that_they_are_read_again() {
        assert_eq!(escaped("a<b> & \"c\"\n\td"), "a&lt;b&gt; &amp; &quot;c&quot;\n\td");
        assert_eq!(escaped("\u{7}\u{0}\u{ffff}é😀"), "_x0007__x0000__xFFFF_é😀");
        assert_eq!(escaped("_x0041_ _x41_ __x000a_"), "_x005F_x0041_ _x41_ __x005F_x000a_");
        assert_eq!(attribute("'a'\n\"b\""), "'a'&#10;&quot;b&quot;");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("😀😀", 3), "😀…");
        assert_eq!(length(&cut(&"é😀".repeat(30_000), MOST)), MOST);
    }

    #[test]
    fn numbers_that_may_be_a_persons_are_left_out() {
        assert_eq!(
            fit("B9: 943 476 5919 or 1514960000\r\nnext"),
            "B9: [number withheld] or 1514960000\nnext"
        );
    }
}
