//! Findings as CSV, safe to open in a spreadsheet.

use anyhow::Result;
use plancheck_api::wire::{self, State};

use crate::text::is_unchecked;

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
pub(crate) fn write(report: &wire::Report) -> Result<Vec<u8>> {
    // Excel takes a file without the mark for the local code page and breaks every pound sign.
    let mut out = "\u{feff}".as_bytes().to_vec();
    {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        csv.write_record(COLUMNS)?;
        for document in &report.documents {
            for outcome in &document.rules {
                for idx in &outcome.findings {
                    if let Some(finding) = document.findings.get(*idx as usize) {
                        csv.write_record(row(document, outcome, Some(finding)).map(|it| safe(&it)))?;
                    }
                }
                // What a rule left unchecked is no finding of its own, but a reader must learn of it.
                let said = outcome.findings.iter().filter_map(|it| document.findings.get(*it as usize));
                let says_so = said.into_iter().any(|it| it.state == State::CouldNotCheck);
                if is_unchecked(outcome) && !says_so {
                    csv.write_record(row(document, outcome, None).map(|it| safe(&it)))?;
                }
            }
        }
        csv.flush()?;
    }
    Ok(out)
}

fn row(
    document: &wire::Document,
    outcome: &wire::RuleOutcome,
    finding: Option<&wire::Finding>,
) -> [String; 17] {
    let text = |it: Option<&String>| it.cloned().unwrap_or_default();
    let cell = finding.and_then(|it| it.cells.first());
    let state = finding.map_or(State::CouldNotCheck, |it| it.state);
    [
        document.file.clone(),
        text(document.board.as_ref()),
        document.template.as_ref().map(|it| it.year.clone()).unwrap_or_default(),
        outcome.rule.clone(),
        outcome.name.clone(),
        outcome.class.clone(),
        state_name(state).to_owned(),
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

/// A cell that a spreadsheet would take for a formula is neutralised by a leading apostrophe. Commas stay.
fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// The name of a state, as the report writes it.
pub(crate) fn state_name(state: State) -> &'static str {
    match state {
        State::Met => "met",
        State::NotMet => "not-met",
        State::NeedsJudgement => "needs-judgement",
        State::CouldNotCheck => "could-not-check",
        State::DoesNotApply => "does-not-apply",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_becomes_a_text() {
        assert_eq!(safe("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("-1"), "'-1");
        assert_eq!(safe("1,200, about"), "1,200, about");
    }
}
