//! The planning requirements in their order, each with its answer and with what bears on it: how an assurance
//! panel goes through a plan.

use std::collections::BTreeMap;

use super::{Ended, Found};
use crate::plan::{Answer, Located, Plan, Printed, Sought, Text};
use crate::template::Asked;
use crate::workbook::CellRef;

/// A planning requirement, which the panel judges by its key lines of enquiry.
#[derive(Debug)]
pub struct Enquiry {
    /// "PR4".
    pub code: &'static str,
    /// "NC2: Social Care Maintenance", as the workbook prints it, or else the template.
    pub theme: Option<String>,
    /// The requirement, as the workbook prints it, or else the template.
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
    /// The codes of the rules that bear on it, or that found something that does.
    pub rules: Vec<&'static str>,
    /// What was found that bears on it: indexes into the document's findings. A rule may have found other
    /// things besides, which bear on other requirements.
    pub findings: Vec<usize>,
}

/// What bears on a requirement.
#[derive(Default)]
struct Bearing {
    rules: Vec<&'static str>,
    findings: Vec<usize>,
}

/// The requirements that the plan answers, and those that rules or findings bear on, in their order.
pub(crate) fn enquiries(plan: &Plan, rules: &[Ended], findings: &[Found]) -> Vec<Enquiry> {
    let answers = plan.answers.as_deref().unwrap_or_default();
    let asked = plan.template.requirements.asked;
    let place = |code: &str| asked.iter().position(|it| it.code == code);
    // Those that the template has, in its order; after them any others.
    let key = |code| (place(code).unwrap_or(usize::MAX), code);
    let mut bearing: BTreeMap<(usize, &'static str), Bearing> =
        answers.iter().map(|it| (key(it.code), Bearing::default())).collect();
    for ended in rules {
        let found = ended.findings.iter().filter_map(|it| findings.get(*it)?.requirement());
        for requirement in ended.rule.requirement.into_iter().chain(found) {
            let rules = &mut bearing.entry(key(requirement)).or_default().rules;
            if !rules.contains(&ended.rule.code) {
                rules.push(ended.rule.code);
            }
        }
    }
    for (idx, found) in findings.iter().enumerate() {
        if let Some(requirement) = found.requirement() {
            bearing.entry(key(requirement)).or_default().findings.push(idx);
        }
    }
    bearing
        .into_iter()
        .map(|((_, code), bearing)| {
            let asked = asked.iter().find(|it| it.code == code);
            enquiry(code, bearing, answers.iter().find(|it| it.code == code), asked)
        })
        .collect()
}

fn enquiry(
    code: &'static str,
    Bearing { rules, findings }: Bearing,
    answer: Option<&Answer>,
    asked: Option<&Asked>,
) -> Enquiry {
    let Printed { theme, requirement, enquiries } = answer.map(|it| it.printed.clone()).unwrap_or_default();
    let sought = |of: fn(&Answer) -> &Sought<Located<Text>>| words(of(answer?).as_ref().ok()?);
    Enquiry {
        code,
        theme: theme.or_else(|| Some(asked?.theme.to_owned())),
        requirement: requirement.or_else(|| Some(asked?.requirement.to_owned())),
        enquiries,
        answer: answer.and_then(|it| words(&it.answer)),
        cell: answer.map(|it| it.answer.cell),
        documents: sought(|it| &it.documents),
        actions: sought(|it| &it.actions),
        timeframe: sought(|it| &it.timeframe),
        rules,
        findings,
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
