//! The Cover.

use super::{COVER, titled};
use crate::book::{Content, Format, Look, Sheet, Value, at};
use crate::layout::options::{BOARDS, YES_OR_NO};
use crate::plan_text::Plan;

/// Where each answer stands: its row, its label, its name in a plan's text.
const QUESTIONS: [(u32, &str, &str); 9] = [
    (12, "Health and Wellbeing Board:", "board"),
    (14, "Completed by:", "completed by"),
    (16, "E-mail:", "e-mail"),
    (18, "Contact number:", "contact number"),
    (
        20,
        "Has this plan been signed off by the HWB (or delegated authority) at the time of submission?",
        "signed off",
    ),
    (22, "If no please indicate when the HWB is expected to sign off the plan:", "expected sign-off"),
    (
        24,
        "If using a delegated authority, please state who is signing off the BCF plan:",
        "delegated authority",
    ),
    (27, "Job Title:", "job title"),
    (28, "Name:", "name"),
];

pub(super) fn sheet(plan: &Plan) -> Sheet {
    let mut sheet = titled(COVER, COVER, &[3, 84, 64, 18, 18, 18, 40]);
    let version = plan.cover.text("version");
    if !version.is_empty() {
        sheet.text(at("C4"), format!("Version {version}"), Look::Plain);
    }
    sheet.text(at("B6"), "Please Note:", Look::Section);
    sheet.text(at("B7"), "This sample holds published figures; every contact in it is made up.", Look::Plain);
    for (row, label, name) in QUESTIONS {
        let cell = at(&format!("C{row}"));
        let content = plan.cover.content(name);
        let date = matches!(content, Content::Typed(Value::Date(_))) || name == "expected sign-off";
        sheet.text(at(&format!("B{row}")), label, Look::Plain);
        sheet.put(cell, content, if date { Format::Date } else { Format::General }, Look::Input);
    }
    let signs = "Please indicate who is signing off the plan for submission on behalf of the HWB \
                 (delegated authority is also accepted):";
    sheet.text(at("B26"), signs, Look::Plain);
    sheet.drop_downs.push((at("C12").rows(1), format!("Lookups!$G$2:$G${}", BOARDS.len() + 1)));
    sheet.drop_downs.push((at("C20").rows(1), format!("\"{}\"", YES_OR_NO.join(","))));
    contacts(&mut sheet, plan);
    checklist(&mut sheet, plan);
    sheet
}

fn contacts(sheet: &mut Sheet, plan: &Plan) {
    let columns = ["Role:", "Professional Title (e.g. Dr, Cllr, Prof)", "First-name:", "Surname:", "E-mail:"];
    super::headings(sheet, at("C30"), &columns);
    sheet.text(at("B31"), "*Area Assurance Contact Details:", Look::Section);
    for (row, contact) in (0..).zip(&plan.contacts.rows) {
        let role = at("C31").down(row);
        sheet.text(role, contact[0].as_str(), Look::Plain);
        for (col, text) in (1..).zip(&contact[1..]) {
            sheet.put(role.right(col), Content::read(text), Format::General, Look::Input);
        }
    }
}

fn checklist(sheet: &mut Sheet, plan: &Plan) {
    let complete = plan.checklist.iter().all(|(_, answer)| answer == "Yes");
    sheet.text(at("C2"), if complete { "Template Complete" } else { "Incomplete Template" }, Look::Plain);
    sheet.text(
        at("B48"),
        "Please see the Checklist below for further details on incomplete fields",
        Look::Plain,
    );
    sheet.text(at("C49"), "Complete:", Look::Heading);
    for (row, (name, answer)) in (0..).zip(plan.checklist.iter()) {
        let label = at("B50").down(row);
        sheet.text(label, name, Look::Plain);
        sheet.put(label.right(1), Content::read(answer), Format::General, Look::Calculated);
    }
}
