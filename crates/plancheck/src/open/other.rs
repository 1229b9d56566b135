//! What a file is that is no workbook at all.

/// What a file that is neither zip nor compound looks like.
pub(super) fn looks_like(bytes: &[u8]) -> &'static str {
    let start: String = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes))
        .trim_start_matches('\u{feff}')
        .to_lowercase();
    let start = start.trim_start();
    if start.starts_with("%pdf") {
        "a PDF"
    } else if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        "an XML spreadsheet of 2003; save it as .xlsx first"
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") || start.contains("<table") {
        "a web page"
    } else if start.starts_with("{\\rtf") {
        "a rich text document"
    } else if start.starts_with('<') {
        "an XML file"
    } else if start.chars().any(|it| it.is_control() && !it.is_whitespace()) || start.contains('\u{fffd}') {
        "of a kind this tool does not know"
    } else if is_table(start) {
        "a list of values in plain text (CSV), without sheets or formulas"
    } else {
        "plain text"
    }
}

/// Whether the first lines of a text are set off into as many columns by the same character. A letter has
/// commas too.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let columns = |line: &str, by: char| line.matches(by).count();
    [',', ';', '\t'].into_iter().any(|by| columns(first, by) > 0 && columns(first, by) == columns(second, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_named_for_what_they_are() {
        for (text, name) in [
            ("%PDF-1.7", "a PDF"),
            ("\u{feff}<!DOCTYPE html><p>Plan", "a web page"),
            ("{\\rtf1 Plan}", "a rich text document"),
            ("<plan/>", "an XML file"),
            ("\u{1}\u{2}", "of a kind this tool does not know"),
            ("Board,Amount\n\nSefton,1", "a list of values in plain text (CSV), without sheets or formulas"),
            ("Board;Amount\r\nSefton;1", "a list of values in plain text (CSV), without sheets or formulas"),
            ("Dear colleague, the plan follows.", "plain text"),
            ("Dear colleague,\nplease find the plan, as agreed, below.", "plain text"),
            ("Dear colleague\nThe plan follows.", "plain text"),
        ] {
            assert_eq!(looks_like(text.as_bytes()), name, "{text}");
        }
    }
}
