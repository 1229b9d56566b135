//! Labels made comparable: what people, programs and printers change about a label without meaning to.

mod opening;

pub use opening::{Opening, opening, openings};

/// The longest text that can be a label. Longer ones are guidance and answers.
pub const LONGEST: usize = 300;

/// A label's key: lower case, single spaces, plain quotes and dashes, no trailing colon or asterisk, and
/// one name for the NHS commissioner, which templates call CCG, ICB or NHS within the same workbook.
pub fn key(text: &str) -> String {
    let plain = plain(text);
    if !plain.contains("icb") && !plain.contains("ccg") {
        return plain;
    }
    let mut key = String::with_capacity(plain.len());
    for (idx, word) in plain.split(' ').enumerate() {
        if idx > 0 {
            key.push(' ');
        }
        // "ICB(s)" and "CCG's" are the same body too.
        let end = word.find(|it: char| !it.is_alphanumeric()).unwrap_or(word.len());
        let (stem, rest) = word.split_at(end);
        key.push_str(if matches!(stem, "icb" | "ccg") { "nhs" } else { stem });
        key.push_str(rest);
    }
    key
}

/// An option's key: like a label's, but a name is a name (CCG and ICB stay apart), and trailing
/// punctuation of any kind is forgiven.
pub fn option_key(text: &str) -> String {
    let mut key = plain(text);
    key.truncate(key.trim_end_matches([',', '.', ';', ':', '*', ' ']).len());
    key
}

/// Whether two texts are one option.
pub fn is_option(one: &str, other: &str) -> bool {
    one == other || (opening(one) == opening(other) && option_key(one) == option_key(other))
}

/// A letter in its plainest form; none where nobody sees it.
fn plain_letter(it: char) -> Option<char> {
    Some(match it {
        'a'..='z' | 'A'..='Z' | ' ' => it,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Invisible: soft hyphen, zero-width space and joiners, byte order mark.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => return None,
        other => other,
    })
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Whether a space is due before the next letter; none is before the first or after the last.
    let mut gap = false;
    for it in text.chars().filter_map(plain_letter) {
        if it.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        push_lower(it, |it| out.push(it));
    }
    out.truncate(out.trim_end_matches([':', '*', ' ']).len());
    let begins = out.len() - out.trim_start_matches(['*', ' ']).len();
    out.drain(..begins);
    out
}

/// A letter in lower case, which may be several. Nearly all are of the plain Latin kind.
fn push_lower(it: char, push: impl FnMut(char)) {
    if it.is_ascii() {
        std::iter::once(it.to_ascii_lowercase()).for_each(push);
    } else {
        it.to_lowercase().for_each(push);
    }
}

/// The first financial year written in a text, "2022-23", however it is written: 2022/23, 2022–2023.
pub fn year_in(text: &str) -> Option<String> {
    let plain = plain(text).replace('/', "-").replace(" - ", "-");
    for (start, _) in plain.match_indices("20") {
        let rest = plain.get(start..)?;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        if digits(rest) != 4 || rest.as_bytes().get(4) != Some(&b'-') {
            continue;
        }
        let first = rest.get(..4)?;
        let second = rest.get(5..)?;
        let last = match digits(second) {
            2 => second.get(..2)?,
            4 => second.get(2..4)?,
            _ => continue,
        };
        return Some(format!("{first}-{last}"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_survives_what_is_done_to_labels() {
        let plain = key("Additional NHS Contribution");
        for same in [
            "Additional ICB Contribution",
            " additional  CCG\u{a0}contribution: ",
            "*ADDITIONAL NHS CONTRIBUTION *",
        ] {
            assert_eq!(key(same), plain, "{same}");
        }
        assert_ne!(key("Additional LA Contribution"), plain);
        assert_eq!(key("Additional ICB(s) contacts"), key("Additional NHS(s) contacts"));
    }

    #[test]
    fn options_keep_their_names_but_not_their_punctuation() {
        assert_eq!(option_key("Respite services."), option_key("Respite Services"));
        assert_ne!(option_key("CCG"), option_key("ICB"));
    }

    #[test]
    fn years_are_read_however_they_are_written() {
        for text in ["Better Care Fund 2022-23 Template", "BCF 2022/23", "2022 – 2023"] {
            assert_eq!(year_in(text).as_deref(), Some("2022-23"), "{text}");
        }
        assert_eq!(year_in("in 2022 and 2023"), None);
        assert_eq!(year_in("call 02012-345678"), None);
    }
}
