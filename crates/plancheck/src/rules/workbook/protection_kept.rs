//! WB08: the template's sheets are still protected.

use crate::finding::{Finding, State};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Recognition;
use crate::workbook::{CellRef, Workbook};

/// WB08 protection-kept.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB08",
    name: "protection-kept",
    class: Class::Workbook,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "Every sheet of the template is still protected, as it was issued. Guidance, look-up lists and sheets that the area has added are not looked at.",
    matters: "The template is issued protected, and its guidance says that a resubmission may be required if this is breached. On an unprotected sheet a formula can be typed over without anyone noticing.",
    example: "The sheet 5a. Expenditure is no longer protected.",
    todo: "Fill the plan into an untouched template. If the protection was taken off for a reason, say so to the Better Care Fund team.",
    source: super::super::template("1. Guidance: the template is protected"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Template(check),
};

fn check(workbook: &Workbook, recognition: &Recognition) -> Outcome {
    let Recognition::Known(known) = recognition else {
        return Outcome::does_not_apply("no template was recognised");
    };
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    for spec in known.template.sheets {
        // A sheet that is missing is reported as that, and nothing of it could be protected.
        let Some(idx) = known.sheets.get(&spec.section) else { continue };
        let (Some(sheet), Some(facts)) = (workbook.sheets.get(*idx), workbook.facts.sheets.get(*idx)) else {
            continue;
        };
        match &facts.protected {
            Ok(true) => {}
            Ok(false) => {
                let cell = CellRef { sheet: u16::try_from(*idx).unwrap_or(u16::MAX), row: 0, col: 0 };
                findings.push(
                    Finding::new(
                        State::NeedsJudgement,
                        format!("protection of {}", spec.name),
                        format!("Sheet {} is not protected", sheet.name),
                    )
                    .message(format!(
                        "Sheet {} is not protected. The template is issued with this sheet protected.",
                        sheet.name
                    ))
                    .todo(
                        "Find out who took the protection off and what was changed. Where that is not known, copy the \
                         plan into an untouched template.",
                    )
                    .ask(format!("Ask why sheet {} is not protected, and what was changed on it.", sheet.name))
                    .cell(cell, "sheet")
                    .expected("protected", "not protected"),
                );
            }
            Err(why) => waits.push(Wait {
                on: None,
                cell: None,
                why: format!("whether sheet {} is protected, because {}", sheet.name, why.0),
                missing_value: false,
            }),
        }
    }
    Outcome::of(findings, waits)
}
