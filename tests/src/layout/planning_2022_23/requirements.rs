//! The Planning Requirements sheet.

use super::{board_line, headings, titled};
use crate::book::{Area, Format, Look, Sheet, at};
use crate::layout::options::YES_OR_NO;
use crate::plan_text::Plan;

const NAME: &str = "7. Planning Requirements";
const HEADINGS: [&str; 9] = [
    "Theme",
    "Code",
    "Planning Requirement",
    "Key considerations for meeting the planning requirement\n\
     These are the Key Lines of Enquiry (KLOEs) underpinning the Planning Requirements (PR)",
    "Confirmed through",
    "Please confirm whether your BCF plan meets the Planning Requirement?",
    "Please note any supporting documents referred to and relevant page numbers to assist the assurers",
    "Where the Planning requirement is not met, please note the actions in place towards meeting the requirement",
    "Where the Planning requirement is not met, please note the anticipated timeframe for meeting it",
];

/// Code, theme, requirement.
pub(super) const REQUIREMENTS: [(&str, &str, &str); 8] = [
    ("PR1", "NC1: Jointly agreed plan", "A jointly developed and agreed plan that all parties sign up to"),
    ("PR2", "", "A clear narrative for the integration of health and social care"),
    ("PR3", "", "A strategic, joined up plan for Disabled Facilities Grant (DFG) spending"),
    (
        "PR4",
        "NC2: Social Care Maintenance",
        "A demonstration of how the area will maintain the level of spending on social care services from the NHS \
         minimum contribution to the fund in line with the uplift in the overall contribution",
    ),
    (
        "PR5",
        "NC3: NHS commissioned Out of Hospital Services",
        "Has the area committed to spend at equal to or above the minimum allocation for NHS commissioned out of \
         hospital services from the NHS minimum BCF contribution?",
    ),
    (
        "PR6",
        "NC4: Implementing the BCF policy objectives",
        "Is there an agreed approach to implementing the BCF policy objectives, including a capacity and demand \
         plan for intermediate care services?",
    ),
    (
        "PR7",
        "Agreed expenditure plan for all elements of the BCF",
        "Is there a confirmation that the components of the Better Care Fund pool that are earmarked for a purpose \
         are being planned to be used for that purpose?",
    ),
    (
        "PR8",
        "Metrics",
        "Does the plan set stretching metrics and are there clear and ambitious plans for delivering these?",
    ),
];

/// Where the answer of a requirement stands, as formulas on other sheets name it.
pub(super) fn answer_at(row: u32) -> String {
    format!("'{NAME}'!{}", at("G8").down(row))
}

pub(super) fn sheet(plan: &Plan) -> Sheet {
    let mut sheet =
        titled(NAME, "7. Confirmation of Planning Requirements", &[3, 26, 8, 50, 40, 18, 22, 40, 40, 40]);
    board_line(&mut sheet, plan, "C4");
    headings(&mut sheet, at("B7"), &HEADINGS);
    for (row, (code, theme, requirement)) in (0..).zip(REQUIREMENTS) {
        let line = at("B8").down(row);
        if !theme.is_empty() {
            sheet.text(line, theme, Look::Plain);
        }
        sheet.text(line.right(1), code, Look::Plain);
        sheet.text(line.right(2), requirement, Look::Plain);
        sheet.text(line.right(4), "Narrative plan", Look::Plain);
        let found = plan.requirements.row_where(&[("code", code)]);
        for (col, name) in (5..).zip(["answer", "documents", "actions", "timeframe"]) {
            let content = plan.requirements.content(found, name);
            sheet.put(line.right(col), content, Format::General, Look::Input);
        }
    }
    sheet.merges.push(Area { from: at("B8"), to: at("B10") });
    sheet.drop_downs.push((at("G8").rows(8), format!("\"{}\"", YES_OR_NO.join(","))));
    sheet
}
