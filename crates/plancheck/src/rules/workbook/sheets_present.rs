//! WB03: every sheet that the rules need is there, and once.

use crate::finding::{Finding, State};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Known, Recognition, Section};
use crate::workbook::{CellRef, Sheet, Workbook};

/// WB03 sheets-present.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB03",
    name: "sheets-present",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet, State::NeedsJudgement],
    checks: "Every sheet that the template needs is in the workbook, whatever the order, the case and the spacing of the tabs. No other tab looks like one of them.",
    matters: "A sheet that is gone takes its figures with it: the rules that read it cannot run, and the national totals miss it. What is entered on a copy of a sheet is in no total either.",
    example: "The sheet “4. Income” was deleted, so income cannot be compared with expenditure.",
    todo: "Go back to an earlier copy of the whole workbook, or move the plan into an untouched template. A single sheet that is copied in reads the file that it came from. Of two copies of a sheet, keep the one that the formulas read.",
    source: super::super::template("1. Guidance: the sheets within the template; 2. Cover: Checklist"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Template(check),
};

fn check(workbook: &Workbook, recognition: &Recognition) -> Outcome {
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
    let doubles = known.doubles.iter().filter_map(|(section, idx)| double(workbook, known, *section, *idx));
    Outcome::of(findings.chain(doubles).collect(), Vec::new())
}

/// A tab that looks like a part of the template for which another tab was read.
fn double(workbook: &Workbook, known: &Known, section: Section, idx: usize) -> Option<Finding> {
    let spec = known.template.sheets.iter().find(|it| it.section == section)?;
    let read_idx = *known.sheets.get(&section)?;
    let (read, double) = (workbook.sheets.get(read_idx)?, workbook.sheets.get(idx)?);
    let (name, other, called) = (&read.name, &double.name, known.template.called);
    let cell = |sheet: usize, (row, col): (u32, u32)| {
        u16::try_from(sheet).ok().map(|sheet| CellRef { sheet, row, col })
    };
    let difference = first_difference(read, double);
    let (says, todo) = match difference.and_then(|at| cell(idx, at)) {
        Some(at) => (
            format!("They do not hold the same: the first cell in which they differ is {at}."),
            "Bring all entries onto the tab that the totals on other sheets read, and delete the other tab.",
        ),
        None => (
            "They hold the same.".to_owned(),
            "Delete one of the two tabs, and keep the one that the totals on other sheets read.",
        ),
    };
    let at = cell(
        idx,
        difference.unwrap_or_else(|| double.cells().first().map_or((0, 0), |it| (it.row, it.col))),
    )?;
    Some(
        Finding::new(
            State::NeedsJudgement,
            format!("two sheets: {name}, {other}"),
            format!("“{name}” is there twice"),
        )
        .message(format!(
            "The tabs “{name}” and “{other}” are both this part of the {called}. “{name}” was read; nothing on \
             “{other}” was checked or counted. {says}"
        ))
        .todo(format!(
            "{todo} Select such a total to see which tab its formula names; the tab that stays must be called “{}”.",
            spec.name
        ))
        .ask(format!("Ask which of “{name}” and “{other}” counts, and for a workbook with that one only."))
        .cell(at, "second tab")
        .expected(format!("one tab “{name}”"), format!("also “{other}”")),
    )
}

/// The first cell that two sheets do not both hold, with the same in it.
fn first_difference(one: &Sheet, other: &Sheet) -> Option<(u32, u32)> {
    let (mut one, mut other) = (one.cells().iter(), other.cells().iter());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (Some(it), None) | (None, Some(it)) => return Some((it.row, it.col)),
            (Some(a), Some(b)) if (a.row, a.col) != (b.row, b.col) => {
                return Some((a.row, a.col).min((b.row, b.col)));
            }
            (Some(a), Some(b)) if a.value != b.value => return Some((a.row, a.col)),
            (Some(_), Some(_)) => {}
        }
    }
}
