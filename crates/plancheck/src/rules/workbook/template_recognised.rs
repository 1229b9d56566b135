//! WB02: the workbook was made from a template that these rules know.

use crate::finding::{Finding, State};
use crate::rule::{Check, Class, Outcome, Rule, Source};
use crate::template::{Kind, Recognition, TEMPLATES, Template};
use crate::workbook::Workbook;

/// WB02 template-recognised.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB02",
    name: "template-recognised",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet],
    checks: "The workbook is one of the national templates that these rules know, recognised by its titles and labels, and something is filled in.",
    matters: "Rules for one round say nothing about another. A plan in a template that is not known is not checked at all.",
    example: "The workbook carries the title of another round, or is the template with nothing filled in.",
    todo: "Choose the plan in the template of a round that is listed. If the titles were changed, paste them back.",
    source: Source { document: "plancheck", reference: "templates that are known" },
    requirement: None,
    kinds: super::super::EVERY,
    needs: &[],
    check: Check::Template(check),
};

fn check(workbook: &Workbook, recognition: &Recognition) -> Outcome {
    let finding = match recognition {
        Recognition::Known(known) if !known.blank => return Outcome::met(),
        Recognition::Known(known) => blank(known.template),
        Recognition::Another { title, kind, cell } => another(title, *kind).cell(*cell, "title"),
        Recognition::Unknown => unknown(workbook),
    };
    Outcome::of(vec![finding], Vec::new())
}

/// What is done with a workbook of a template that is not known (WB09, WB10).
const ONLY_LOOKED_THROUGH: &str = "No plan was checked; the file was only looked through for links to other files and for \
     personal data.";

fn known() -> String {
    TEMPLATES.iter().map(|it| it.document).collect::<Vec<_>>().join(", ")
}

fn blank(template: &Template) -> Finding {
    let figures = match template.kind {
        Kind::CapacityDemand => "no demand, no capacity and no spend",
        Kind::Planning | Kind::Unknown => "no income and no expenditure line",
    };
    let Template { document, called, .. } = template;
    Finding::new(State::NotMet, "blank", "Nothing is filled in")
        .message(format!(
            "This is the {document}, but it is blank: no board is chosen, and there is no answer on sign-off, \
             {figures}. Nothing was checked."
        ))
        .todo(format!("Fill the {called} in, or choose the workbook that holds it."))
        .ask(format!("Ask the area for the workbook with its {called} in it."))
}

fn another(title: &str, kind: Kind) -> Finding {
    let what = match kind {
        Kind::CapacityDemand => "a capacity and demand template of another round",
        Kind::Planning => "a planning template of another round",
        Kind::Unknown => "a reporting template",
    };
    let later = is_later(title);
    let newer = if later {
        "That is later than the last round that these rules cover, so a newer version of this checker is needed. "
    } else {
        ""
    };
    Finding::new(
        State::NotMet,
        format!("another template: {title}"),
        "These rules do not cover this template",
    )
    .message(format!(
        "The workbook's title is “{title}”: {what}. {newer}These rules cover: {}. {ONLY_LOOKED_THROUGH}",
        known()
    ))
    .todo(if later {
        "This round is later than the last that these rules cover: use a newer version of this checker."
    } else {
        "Choose a workbook of a template that is covered. If this is the one to check, use another version of this checker."
    })
    .ask(if later {
        "Use a newer version of this checker: this round is later than the last that these rules cover. If it is not \
         the round you are assuring, ask for the plan in the template of that round."
    } else {
        "Ask for the plan in the template of the round you are assuring."
    })
    .expected(known(), title)
}

/// Whether a title names a year later than every year that is covered.
fn is_later(title: &str) -> bool {
    let year = |text: &str| {
        text.split(|it: char| !it.is_ascii_digit()).find(|it| it.len() == 4)?.parse::<u16>().ok()
    };
    let newest = TEMPLATES.iter().filter_map(|it| year(it.year)).max();
    year(title).is_some_and(|it| newest.is_some_and(|newest| it > newest))
}

fn unknown(workbook: &Workbook) -> Finding {
    let names: Vec<&str> = workbook.sheets.iter().map(|it| it.name.as_str()).take(6).collect();
    let more = if workbook.sheets.len() > names.len() { ", …" } else { "" };
    Finding::new(State::NotMet, "unknown template", "This is not a template that these rules know")
        .message(format!(
            "No title or label of a Better Care Fund template was found. The workbook's sheets are: {}{more}. \
             These rules cover: {}. {ONLY_LOOKED_THROUGH}",
            names.join(", "),
            known()
        ))
        .todo("Choose the planning workbook, or the one of capacity and demand. If it is the one, its titles and headings were changed: paste them back from an untouched template.")
        .ask("Ask for the plan in the national template.")
}
