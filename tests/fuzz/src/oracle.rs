//! What must hold of every report.

use std::collections::BTreeSet;

use plancheck::finding::State;
use plancheck::report::Document;
use plancheck::rule::Check;
use plancheck::rules;

/// Every rule that applies ended in one state, and every finding belongs to one of them.
pub(crate) fn assert_whole(document: &Document) {
    let codes: Vec<&str> = document.rules.iter().map(|it| it.rule.code).collect();
    let once: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), once.len(), "a rule ended twice: {codes:?}");
    let states = State::WORST_FIRST.iter().map(|it| document.count(*it)).sum::<usize>();
    assert_eq!(states, codes.len(), "the states are counted once each");
    if document.error.is_some() {
        assert_eq!(codes, ["WB01"], "a file that cannot be opened is not checked");
        assert_eq!(document.verdict(), State::NotMet);
    } else if document.template.is_some() && codes != ["WB01", "WB02"] {
        let of_kind = rules::of_kind(document.kind).into_iter();
        let wanted: BTreeSet<&str> =
            of_kind.filter(|it| !matches!(it.check, Check::Across(_))).map(|it| it.code).collect();
        assert_eq!(once, wanted, "every rule of this kind of document ends in a state");
    } else {
        // The template as it is sent out, one of another round, or a workbook of another kind.
        assert!(once.contains("WB01") && once.contains("WB02"), "{codes:?}");
        assert_ne!(document.verdict(), State::Met, "nothing was checked, and nothing can be met");
    }
    findings_belong(document);
}

fn findings_belong(document: &Document) {
    let mut claimed = vec![0; document.findings.len()];
    for ended in &document.rules {
        let code = ended.rule.code;
        for idx in &ended.findings {
            let found = document.findings.get(*idx).expect("a rule names a finding that is not there");
            assert_eq!(found.rule.code, code, "a finding of another rule");
            claimed[*idx] += 1;
            let is_worse = found.finding.state == State::NotMet && ended.state != State::NotMet;
            assert!(!is_worse, "{code} is {} with “{}”", ended.state.name(), found.finding.message);
        }
        assert!(
            ended.state != State::NotMet || !ended.findings.is_empty(),
            "{code} is not met and does not say why"
        );
        assert!(
            ended.state != State::CouldNotCheck || !ended.findings.is_empty() || ended.reason.is_some(),
            "{code} could not be checked and does not say why"
        );
    }
    assert!(claimed.iter().all(|it| *it == 1), "each finding belongs to one rule");
    let cells = document.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell);
    for cell in cells.chain(document.coverage.iter().copied()) {
        assert!(usize::from(cell.sheet) < document.sheets.len(), "{cell:?} is on no sheet");
    }
}
