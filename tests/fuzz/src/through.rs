//! All that can be done with a file, from its bytes to the annotated copy.

use plancheck::annotate::{Wording, annotated};
use plancheck::display::display;
use plancheck::finding::State;
use plancheck::{Input, Options, Report};
use plancheck_api::engine::to_wire;
use plancheck_api::{csv, sheets};
use plancheck_tests::grid;

use super::oracle::assert_whole;

/// So many rows of a sheet are drawn; a reader scrolls to the rest.
const ROWS: u32 = 500;

/// How a file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It cannot be opened, and the report says why.
    Refused,
    /// It was checked, with this verdict.
    Checked(State),
}

/// Checks a file and looks at the report.
pub fn check_only(bytes: &[u8]) -> Ended {
    run(bytes, |input| ended(&checked(input)))
}

/// Checks a file twice, shows it, and makes annotated copies of it.
pub fn bytes(bytes: &[u8]) -> Ended {
    run(bytes, everything)
}

/// The same with the workbook that an input of the grid target stands for.
pub fn grid(input: &[u8]) -> Ended {
    bytes(&grid::file(input))
}

fn run(bytes: &[u8], what: impl FnOnce(&Input<'_>) -> Ended) -> Ended {
    let input = Input { name: "plan.xlsx", bytes };
    what(&input)
}

fn checked(input: &Input<'_>) -> Report {
    let report = plancheck::check(input, &Options::default());
    assert_eq!(report.documents.len(), 1, "one file, one document");
    assert_whole(&report.documents[0]);
    report
}

fn ended(report: &Report) -> Ended {
    let document = &report.documents[0];
    if document.error.is_some() { Ended::Refused } else { Ended::Checked(document.verdict()) }
}

fn everything(input: &Input<'_>) -> Ended {
    let report = checked(input);
    let (wire, again) = (to_wire(&report), to_wire(&checked(input)));
    let json = wire.to_json().expect("a report is JSON");
    assert_eq!(json, again.to_json().expect("a report is JSON"), "the same bytes, another report");
    csv::write(&wire).expect("a report is CSV");
    let document = &report.documents[0];

    let shown = display(input, &Options::default());
    assert_eq!(shown.is_err(), document.error.is_some(), "what can be checked can be shown");
    if let Ok(shown) = shown {
        let heads = sheets::sheets(&shown);
        serde_json::to_string(&heads).expect("the sheets are JSON");
        for (idx, head) in heads.sheets.iter().enumerate() {
            for first in [0, head.rows.saturating_sub(ROWS)] {
                let rows = sheets::rows(&shown, idx, first..first.saturating_add(ROWS));
                serde_json::to_string(&rows).expect("the rows are JSON");
            }
        }
    }
    // One of the two wordings, the same for the same bytes: what they differ in are sentences.
    let wording = if input.bytes.len().is_multiple_of(2) { Wording::Planner } else { Wording::Assurer };
    if let Ok(copy) = annotated(input, document, &Options::default(), wording) {
        let copied = checked(&Input { name: input.name, bytes: &copy });
        let copied = &copied.documents[0];
        assert!(copied.error.is_none(), "the copy cannot be opened: {:?}", copied.error);
        assert_eq!(copied.verdict(), document.verdict(), "the copy has another verdict");
    }
    ended(&report)
}
