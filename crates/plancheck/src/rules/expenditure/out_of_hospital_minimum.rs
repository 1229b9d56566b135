//! EX03: the minimum spend on NHS commissioned out of hospital services.

use super::minimum::{self, Words};
use crate::finding::State;
use crate::rule::{Check, Class, Rule};
use crate::template::{Minimum, Section};

/// EX03 out-of-hospital-minimum.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX03",
    name: "out-of-hospital-minimum",
    class: Class::Condition,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Lines paid from the minimum NHS contribution, in any area of spend but Acute, add up to at least the minimum that is required. A line counts in full where the ICB (also written CCG or NHS) commissions it. A joint line counts by its NHS share, and a line of the local authority not at all.",
    matters: "National condition 3 sets a floor for NHS commissioned services outside hospital. A plan below the minimum cannot be approved.",
    example: "The lines that count come to £7,512,175, £1 below the minimum of £7,512,176.",
    todo: "Plan more NHS commissioned services outside hospital, or correct the coding of lines where it is wrong.",
    source: super::super::template(
        "5. Expenditure: National Conditions 2 & 3; 7. Planning Requirements: PR5",
    ),
    requirement: Some("PR5"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(|plan| minimum::check(plan, Minimum::OutOfHospital, &WORDS)),
};

static WORDS: Words = Words {
    title: "NHS commissioned out of hospital services reach their minimum",
    spend: "NHS commissioned out of hospital spend",
    counts: |nhs| {
        format!(
            "A line counts when its source of funding is Minimum NHS Contribution, its area of spend is not Acute and its \
             commissioner is {nhs}; of a joint line, the NHS share counts."
        )
    },
    ask: "Ask how the area will reach the minimum for out of hospital services before the plan is approved.",
};
