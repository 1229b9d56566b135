//! What plancheck itself has written into a workbook, and how it is known again: its comments by the line
//! they begin and the line they end with, its sheet of results by its name and its first cell.
//!
//! The results sheet is never taken for a part of the plan. It and the comments are looked through like all
//! others for what no sheet may hold, because anybody may have written into them since.

use std::ops::Range;

use super::{Sheet, Value};

/// The author of the comments.
pub(crate) const AUTHOR: &str = "plancheck";

/// The name of the results sheet, and what stands in its first cell.
pub(crate) const RESULTS: &str = "plancheck results";

/// What every comment begins with; the code of a rule and a comma follow.
const BEGINNING: &str = "plancheck ";
/// What its last line begins with; the version of the rules follows.
const END: &str = "(plancheck, rules ";

/// The line that a comment on a finding begins with: "plancheck EX02, not met".
pub(crate) fn first_line(code: &str, state: &str) -> String {
    format!("{BEGINNING}{code}, {state}")
}

/// The line that a comment ends with.
pub(crate) fn last_line() -> String {
    format!("{END}{})", crate::RULES_VERSION)
}

/// Whether a sheet is one of results.
pub(crate) fn is_results(sheet: &Sheet) -> bool {
    let titled = |text: &String| text.trim() == RESULTS;
    may_be_results(&sheet.name)
        && sheet.at(0, 0).is_some_and(|it| matches!(&it.value, Value::Text(text) if titled(text)))
}

/// Whether a sheet of this name may be one of results.
pub(crate) fn may_be_results(name: &str) -> bool {
    name.to_lowercase().starts_with(RESULTS)
}

/// Where the text of a comment is ours, with the blank lines before it. What somebody has written before or
/// after it is theirs.
pub(crate) fn ours_in(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = beginning(text, from) {
        let rest = text.get(start..).unwrap_or_default();
        // A comment whose end somebody has taken away is ours up to where it stops.
        let end = rest.find(END).map_or(text.len(), |last| {
            let line = rest.get(last..).unwrap_or_default();
            start + last + line.find(['\n', '\r']).unwrap_or(line.len())
        });
        let before = text.get(from..start).unwrap_or_default();
        found.push(from + before.trim_end_matches(['\n', '\r']).len()..end);
        from = end;
    }
    found
}

/// Where the first comment of ours begins, at or after a place.
fn beginning(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find(BEGINNING)?;
        let line_starts = at == 0 || text.get(..at)?.ends_with(['\n', '\r']);
        let code = text.get(at + BEGINNING.len()..)?.as_bytes();
        if line_starts
            && matches!(code, [a, b, c, d, b',', ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit())
        {
            return Some(at);
        }
        at += BEGINNING.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theirs(text: &str) -> String {
        let mut kept = text.to_owned();
        for ours in ours_in(text).into_iter().rev() {
            kept.replace_range(ours, "");
        }
        kept
    }

    #[test]
    fn our_part_of_a_comment_is_told_from_theirs() {
        let ours = format!(
            "{}\nTitle\nSaid.\n\nplancheck EX01, not met: see O52\n\n{}",
            first_line("EX02", "not met"),
            last_line()
        );
        assert_eq!(theirs(&ours), "");
        assert_eq!(theirs(&format!("Ann:\nask Bob\n\n{ours}")), "Ann:\nask Bob");
        assert_eq!(theirs(&format!("{ours}\nnot true, see page 4")), "\nnot true, see page 4");
        assert_eq!(theirs(&format!("a\n\n{ours}\n\nb\n\n{ours}\n\nc")), "a\n\nb\n\nc");
        assert_eq!(theirs("a\n\nplancheck EX02, not met\ncut sho"), "a");
    }

    #[test]
    fn what_only_looks_like_ours_is_left() {
        for text in [
            "",
            "plancheck says no",
            "plancheck ex02, not met",
            "see plancheck EX02, not met",
            "plancheck £€02, x",
            "plancheck EX02",
            "(plancheck, rules 2026.1)",
        ] {
            assert_eq!(theirs(text), text);
        }
    }
}
