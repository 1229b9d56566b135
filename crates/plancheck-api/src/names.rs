//! What the files that readers take away are called: the same from the page and from the command line.

use crate::wire::{Document, Kind};

/// The longest name in bytes, its ending included. Some systems take no more than 143, and folders add theirs.
const LONGEST: usize = 100;

/// What a document is about, in a few words: "Sefton 2022-23 planning", or the name of its file where no
/// board is known.
pub fn about(document: &Document) -> String {
    let kind = match document.kind {
        Kind::Planning => " planning",
        Kind::CapacityDemand => " capacity and demand",
        Kind::Narrative => " narrative",
        Kind::Unknown => "",
    };
    let year = document.template.as_ref().map(|it| format!(" {}", it.year)).unwrap_or_default();
    match &document.board {
        // A board of which nothing is left in a name is none.
        Some(board) if !plain(board).is_empty() => format!("{board}{year}{kind}"),
        Some(_) | None => {
            let base = document.file.rsplit(['/', '\\']).next().unwrap_or_default();
            base.rsplit_once('.').map_or(base, |it| it.0).to_owned()
        }
    }
}

/// The name of a document's annotated copy. `date` is the day it is made, "2026-11-22", and `rules` the release
/// of the rules. A copy is made of a file only whose ending says what it is, so the copy's follows it.
pub fn copy(document: &Document, date: &str, rules: &str) -> String {
    let macros = document.file.to_lowercase().ends_with(".xlsm");
    let what = if macros { "annotated.xlsm" } else { "annotated.xlsx" };
    file(&about(document), date, rules, what)
}

/// A file's name: what it is about, the day, the release of the rules and what it is:
/// "sefton-2022-23-planning-2026-11-22-rules-2026.1-findings.csv". Nothing is in it that a file system refuses,
/// and where it would be long, what it is about is cut.
pub fn file(about: &str, date: &str, rules: &str, what: &str) -> String {
    let rest = format!("-{date}-rules-{rules}-{what}");
    let about = plain(about);
    let room = LONGEST.saturating_sub(rest.len());
    // It is ASCII, so any place is one to cut at.
    let cut = about.get(..room).unwrap_or(&about).trim_end_matches('-');
    let cut = if cut.is_empty() { "plan" } else { cut };
    format!("{cut}{rest}")
}

/// A text in small letters, digits and single hyphens.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().filter(|it| !matches!(it, '\'' | '\u{2019}')) {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_short_whatever_they_are_about() {
        let name = |about: &str| file(about, "2026-11-22", "2026.1", "findings.csv");
        let rest = "2026-11-22-rules-2026.1-findings.csv";
        for (about, begins) in [
            ("Sefton 2022-23 planning", "sefton-2022-23-planning"),
            ("King’s Lynn / ..\\x", "kings-lynn-x"),
            ("../../etc", "etc"),
            ("", "plan"),
            ("...", "plan"),
            ("規劃", "plan"),
            ("a\u{202e}\0\nb", "a-b"),
        ] {
            assert_eq!(name(about), format!("{begins}-{rest}"));
        }
        let long = name(&"word ".repeat(1_000));
        assert!(long.len() <= LONGEST && long.len() > LONGEST - 6, "{long}");
        assert!(long.starts_with("word-word-") && long.ends_with(rest), "{long}");
    }
}
