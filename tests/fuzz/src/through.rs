//! All that can be done with a file, from its bytes to the annotated copy.

use plancheck::allocations::Allocations;
use plancheck::annotate::{Wording, annotated};
use plancheck::display::display;
use plancheck::finding::State;
use plancheck::rule::Check;
use plancheck::{Input, Options, Report};
use plancheck_api::engine::to_wire;
use plancheck_api::{csv, sheets};
use plancheck_tests::{grid, seeds, write};

use super::oracle::assert_whole;

/// A table of allocations has no more faults than these in its list, the last of which counts the rest.
const FAULTS: usize = 100;

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

/// Reads a table of allocations twice, and compares a plan with it. A table bears on the rule on allocations, and on
/// those that go by how it ended: on nothing else.
pub fn allocations(bytes: &[u8]) -> Ended {
    thread_local! {
        static PLAN: (Vec<u8>, Report) = {
            let plan = write::xlsx(&seeds::wounded());
            let alone = checked(&Input { name: "plan.xlsx", bytes: &plan });
            (plan, alone)
        };
    }
    let again = Allocations::from_bytes(bytes).err();
    let read = match Allocations::from_bytes(bytes) {
        Ok(read) => read,
        Err(faults) => {
            assert!((1..=FAULTS + 1).contains(&faults.len()), "{} faults", faults.len());
            assert_eq!(again.as_ref(), Some(&faults), "the same bytes, other faults");
            let lines = bytes.iter().filter(|it| matches!(it, b'\n' | b'\r')).count() + 1;
            assert!(faults.iter().all(|it| it.line <= lines && !it.why.is_empty()), "{faults:?}");
            return Ended::Refused;
        }
    };
    assert_eq!(again, None, "the same bytes, read once only");
    PLAN.with(|(plan, alone)| {
        let options = Options { allocations: Some(read), ..Options::default() };
        let compared = plancheck::check(&Input { name: "plan.xlsx", bytes: plan }, &options);
        assert_whole(&compared.documents[0]);
        let others = |report: &Report| -> Vec<(&str, State)> {
            let rules = report.documents[0].rules.iter();
            let others =
                rules.filter(|it| it.rule.code != "IN07" && !matches!(it.rule.check, Check::After(_)));
            others.map(|it| (it.rule.code, it.state)).collect()
        };
        assert_eq!(others(&compared), others(alone), "a table of allocations bears on other rules");
        ended(&compared)
    })
}
