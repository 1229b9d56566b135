//! The planning requirements in their order, each with its answer and with the rules that bear on it: how an
//! assurance panel goes through a plan.

use std::collections::BTreeMap;

use super::Ended;
use crate::plan::{Answer, Located, Plan, Printed, Sought, Text};

use crate::workbook::CellRef;

/// A planning requirement, which the panel judges by its key lines of enquiry.
#[derive(Debug)]
pub struct Enquiry {
    /// "PR4".
    pub code: &'static str,
    /// "NC2: Social Care Maintenance", as the workbook prints it.
    pub theme: Option<String>,
    /// The requirement, as the workbook prints it.
    pub requirement: Option<String>,
    /// The key lines of enquiry underpinning it, as the workbook prints them.
    pub enquiries: Option<String>,
    /// The plan's own answer; `None` where it is blank or was not found.
    pub answer: Option<String>,
    /// Where the answer stands, or should.
    pub cell: Option<CellRef>,
    /// The supporting documents the plan names.
    pub documents: Option<String>,
    /// Where the answer is No: what is being done, and by when.
    pub actions: Option<String>,
    /// Where the answer is No: by when.
    pub timeframe: Option<String>,
    /// The codes of the rules that bear on it.
    pub rules: Vec<&'static str>,
}

/// The requirements that the plan answers, and those that rules bear on, in their order.
pub(crate) fn enquiries(plan: &Plan, rules: &[Ended]) -> Vec<Enquiry> {
    let answers = plan.answers.as_deref().unwrap_or_default();
    let mut bearing: BTreeMap<&'static str, Vec<&'static str>> =
        answers.iter().map(|it| (it.code, Vec::new())).collect();
    for ended in rules {
        if let Some(requirement) = ended.rule.requirement {
            bearing.entry(requirement).or_default().push(ended.rule.code);
        }
    }
    let of = |(code, rules)| enquiry(code, rules, answers.iter().find(|it| it.code == code));
    bearing.into_iter().map(of).collect()
}

fn enquiry(code: &'static str, rules: Vec<&'static str>, answer: Option<&Answer>) -> Enquiry {
    let Printed { theme, requirement, enquiries } = answer.map(|it| it.printed.clone()).unwrap_or_default();
    let sought = |of: fn(&Answer) -> &Sought<Located<Text>>| words(of(answer?).as_ref().ok()?);
    Enquiry {
        code,
        theme,
        requirement,
        enquiries,
        answer: answer.and_then(|it| words(&it.answer)),
        cell: answer.map(|it| it.answer.cell),
        documents: sought(|it| &it.documents),
        actions: sought(|it| &it.actions),
        timeframe: sought(|it| &it.timeframe),
        rules,
    }
}

/// What stands in a cell, where that is words.
fn words(it: &Located<Text>) -> Option<String> {
    match it.peek() {
        Text::Is(text) | Text::Error(text) => Some(text.clone()),
        Text::Date(date) => Some(date.to_string()),
        Text::Blank | Text::NoValue => None,
    }
}
