//! What a file is that is no workbook at all.

/// What a file that is neither zip nor compound looks like.
pub(super) fn looks_like(bytes: &[u8]) -> &'static str {
    let start = text(bytes.get(..1024).unwrap_or(bytes)).trim_start_matches('\u{feff}').to_lowercase();
    let start = start.trim_start();
    if start.starts_with("%pdf") {
        "a PDF"
    } else if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        "an XML spreadsheet of 2003; save it as .xlsx first"
    } else if start.starts_with("mime-version:") || start.contains("content-type: multipart/related") {
        "a web page with its pictures (MHTML); save it as .xlsx first"
    } else if start.starts_with('<') && HTML.iter().any(|it| start.contains(it)) {
        "a web page; save it as .xlsx first"
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

/// What stands at the start of web pages, behind remarks and declarations.
const HTML: [&str; 7] = ["<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style"];

/// The start of a file as text. Excel's "Unicode text" has two bytes to a character.
fn text(bytes: &[u8]) -> String {
    let pairs = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|it| Some(of(it.try_into().ok()?))).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => pairs(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => pairs(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
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
            ("\u{feff}<!DOCTYPE html><p>Plan", "a web page; save it as .xlsx first"),
            (
                "<!-- saved by a system -->\n<meta charset=\"utf-8\"><table>",
                "a web page; save it as .xlsx first",
            ),
            ("<?xml version=\"1.0\"?><html xmlns=\"\">", "a web page; save it as .xlsx first"),
            (
                "MIME-Version: 1.0\r\nX-Document-Type: Workbook",
                "a web page with its pictures (MHTML); save it as .xlsx first",
            ),
            (
                "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "an XML spreadsheet of 2003; save it as .xlsx first",
            ),
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

    #[test]
    fn texts_of_two_bytes_to_a_character_are_texts() {
        let text = "\u{feff}Board\tAmount\r\nSefton\t1\r\n";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let file: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
            assert_eq!(looks_like(&file), "a list of values in plain text (CSV), without sheets or formulas");
        }
    }
}
