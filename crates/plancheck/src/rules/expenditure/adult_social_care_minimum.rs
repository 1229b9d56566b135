//! EX02: the minimum spend on adult social care.

use super::minimum::{self, Words};
use crate::finding::State;
use crate::rule::{Check, Class, Rule};
use crate::template::{Minimum, Section};

/// EX02 adult-social-care-minimum.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX02",
    name: "adult-social-care-minimum",
    class: Class::Condition,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Lines paid from the minimum NHS contribution whose area of spend is Social Care add up to at least the minimum that is required.",
    matters: "National condition 2 keeps up the NHS's contribution to adult social care. A plan below the minimum cannot be approved.",
    example: "The lines that count come to £13,584,090, £1 below the minimum of £13,584,091.",
    todo: "Plan more social care from the minimum NHS contribution, or correct the coding of lines where it is wrong.",
    source: super::super::template(
        "5. Expenditure: National Conditions 2 & 3; 7. Planning Requirements: PR4",
    ),
    requirement: Some("PR4"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(|plan| minimum::check(plan, Minimum::SocialCare, &WORDS)),
};

static WORDS: Words = Words {
    title: "Adult social care is maintained from the minimum NHS contribution",
    spend: "adult social care spend",
    counts: |_| {
        "A line counts when its source of funding is Minimum NHS Contribution and its area of spend is Social Care.".to_owned()
    },
    ask: "Ask how the area will reach the minimum for adult social care before the plan is approved.",
};
