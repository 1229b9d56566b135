//! Findings as CSV, safe to open in a spreadsheet.

use crate::wire::{self, State};
use plancheck::annotate::for_a_cell;

const COLUMNS: [&str; 17] = [
    "file",
    "board",
    "year",
    "rule",
    "name",
    "class",
    "state",
    "requirement",
    "sheet",
    "range",
    "message",
    "expected",
    "actual",
    "todo",
    "ask",
    "source",
    "fingerprint",
];

/// One row a finding; a rule that could not be checked and has none of its own gets a row too, so that a
/// reader of the CSV alone still learns what was not looked at.
///
/// # Errors
/// None in practice: it writes to memory, and every record has the same number of fields.
pub fn write(report: &wire::Report) -> Result<Vec<u8>, csv::Error> {
    let mut out = head()?.into_bytes();
    for document in &report.documents {
        out.extend(of_document(document)?.into_bytes());
    }
    out.extend(of_across(report)?.into_bytes());
    Ok(out)
}

/// What stands before the rows.
///
/// # Errors
/// None in practice: see above.
pub fn head() -> Result<String, csv::Error> {
    // Excel takes a file without the mark for the local code page and breaks every pound sign.
    Ok(format!("\u{feff}{}", lines([COLUMNS.map(str::to_owned)])?))
}

/// The rows of a document.
///
/// # Errors
/// None in practice: see above.
pub fn of_document(document: &wire::Document) -> Result<String, csv::Error> {
    let subject = Subject {
        file: document.file.clone(),
        board: document.board.clone().unwrap_or_default(),
        year: document.template.as_ref().map(|it| it.year.clone()).unwrap_or_default(),
    };
    lines(rows(&subject, &document.rules, &document.findings).into_iter().map(|row| row.map(|it| safe(&it))))
}

/// The rows of what stands between documents.
///
/// # Errors
/// None in practice: see above.
pub fn of_across(report: &wire::Report) -> Result<String, csv::Error> {
    let mut out = String::new();
    for across in &report.across {
        let documents = across.documents.iter().filter_map(|it| report.documents.get(*it as usize));
        let files: Vec<&str> = documents.map(|it| it.file.as_str()).collect();
        let subject =
            Subject { file: files.join(" + "), board: across.board.clone(), year: across.year.clone() };
        let rows = rows(&subject, &across.rules, &across.findings).into_iter();
        out += &lines(rows.map(|row| row.map(|it| safe(&it))))?;
    }
    Ok(out)
}

fn lines(rows: impl IntoIterator<Item = [String; 17]>) -> Result<String, csv::Error> {
    let mut out = Vec::new();
    {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        for row in rows {
            csv.write_record(row)?;
        }
        csv.flush()?;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// What rows are about.
struct Subject {
    file: String,
    board: String,
    year: String,
}

fn rows(subject: &Subject, rules: &[wire::RuleOutcome], findings: &[wire::Finding]) -> Vec<[String; 17]> {
    let mut rows = Vec::new();
    for outcome in rules {
        let said: Vec<&wire::Finding> =
            outcome.findings.iter().filter_map(|it| findings.get(*it as usize)).collect();
        rows.extend(said.iter().map(|it| row(subject, outcome, Some(it))));
        // What a rule left unchecked is no finding of its own, but a reader must learn of it.
        if outcome.unchecked && !said.iter().any(|it| it.state == State::CouldNotCheck) {
            rows.push(row(subject, outcome, None));
        }
    }
    rows
}

fn row(subject: &Subject, outcome: &wire::RuleOutcome, finding: Option<&wire::Finding>) -> [String; 17] {
    let text = |it: Option<&String>| it.cloned().unwrap_or_default();
    let cell = finding.and_then(|it| it.cells.first());
    let state = finding.map_or(State::CouldNotCheck, |it| it.state);
    [
        subject.file.clone(),
        subject.board.clone(),
        subject.year.clone(),
        outcome.rule.clone(),
        outcome.name.clone(),
        outcome.class.clone(),
        state.name().to_owned(),
        text(finding.and_then(|it| it.requirement.as_ref())),
        cell.map(|it| it.sheet.clone()).unwrap_or_default(),
        cell.map(|it| it.range.clone()).unwrap_or_default(),
        finding.map_or_else(|| text(outcome.reason.as_ref()), |it| it.message.clone()),
        text(finding.and_then(|it| it.expected.as_ref())),
        text(finding.and_then(|it| it.actual.as_ref())),
        finding.map(|it| it.todo.clone()).unwrap_or_default(),
        finding.map(|it| it.ask.clone()).unwrap_or_default(),
        finding.map(|it| format!("{}: {}", it.source.document, it.source.reference)).unwrap_or_default(),
        finding.map(|it| it.fingerprint.clone()).unwrap_or_default(),
    ]
}

/// A cell that a spreadsheet might take for a formula is neutralised by a leading apostrophe, and one that is
/// longer than a cell may be is cut. Commas stay.
fn safe(cell: &str) -> String {
    let begins = cell.trim_start_matches(is_passed_over);
    let is_formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula || cell.starts_with(['\t', '\r', '\n']) {
        for_a_cell(&format!("'{cell}"))
    } else {
        for_a_cell(cell)
    }
}

/// What nobody sees before the first letter, and programs may leave out: spaces, controls and format characters.
fn is_passed_over(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_becomes_a_text() {
        assert_eq!(safe("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("-1"), "'-1");
        assert_eq!(safe("1,200, about"), "1,200, about");
        for before in ["", " ", "\u{a0}", "\u{feff}", "\n", "\r\n", "\t", "\0", "\u{200b}\u{202e} "] {
            for sign in ['=', '+', '-', '@', '＝', '＋', '－', '＠'] {
                let cell = format!("{before}{sign}1");
                assert_eq!(safe(&cell), format!("'{cell}"), "{cell:?}");
            }
        }
        for cell in ["", "\u{a0}a=b", "£1", "1 - 2", "’=", "\u{feff}Sefton"] {
            assert_eq!(safe(cell), cell);
        }
    }

    #[test]
    fn no_field_is_longer_than_a_cell() {
        for cell in ["x".repeat(40_000), "=😀".repeat(40_000)] {
            let safe = safe(&cell);
            assert!(safe.ends_with('…') && (32_766..=32_767).contains(&safe.encode_utf16().count()));
        }
    }
}
