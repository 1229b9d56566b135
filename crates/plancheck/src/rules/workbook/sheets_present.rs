//! WB03: every sheet that the rules need is there.

use crate::finding::{Finding, State};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Recognition;
use crate::workbook::Workbook;

/// WB03 sheets-present.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB03",
    name: "sheets-present",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet],
    checks: "Every sheet that the template needs is in the workbook, whatever the order, the case and the spacing of the tabs.",
    matters: "A sheet that is gone takes its figures with it: the rules that read it cannot run, and the national totals miss it.",
    example: "The sheet “4. Income” was deleted, so income cannot be compared with expenditure.",
    todo: "Go back to an earlier copy of the whole workbook, or move the plan into an untouched template. A single sheet that is copied in reads the file that it came from.",
    source: super::super::template("1. Guidance: the sheets within the template; 2. Cover: Checklist"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Template(check),
};

fn check(_: &Workbook, recognition: &Recognition) -> Outcome {
    let Recognition::Known(known) = recognition else {
        return Outcome::does_not_apply("no template was recognised");
    };
    let called = known.template.called;
    let missing = known.template.sheets.iter().filter(|it| !known.sheets.contains_key(&it.section));
    let findings = missing.map(|sheet| {
        // The rules that wait on this sheet name it in the same words, and are counted by them.
        let about = Wait::for_sheet(sheet).why;
        Finding::new(State::NotMet, about, format!("The sheet “{}” is missing", sheet.name))
            .message(format!(
                "The workbook has no sheet “{}”, and no other sheet shows its labels. Rules that read it could \
                 not be checked.",
                sheet.name
            ))
            .todo(format!(
                "Go back to an earlier copy of the whole workbook, or move the {called} into an untouched template."
            ))
            .ask(format!("Ask why “{}” is not in the workbook, and for a complete one.", sheet.name))
            .expected(sheet.name, "no such sheet")
    });
    Outcome::of(findings.collect(), Vec::new())
}
