//! IN05: additional contributions say who gives them and what for.

use rust_decimal::Decimal;

use super::carried_over::{Mixture, mixture};
use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{IncomeRow, Located, Plan, Stream, Text, is_placeholder, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::workbook::own_checklist_agrees::{BLANK, PROMPT};
use crate::template::{Section, SourceRole};
use crate::workbook::CellRef;

/// IN05 additional-explained.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN05",
    name: "additional-explained",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Each additional contribution with an amount has a contributor and a comment; “tbc” or “n/a” is neither. Where the comment speaks of money carried over from an earlier year, that line holds nothing else. The comment then neither gives a smaller amount for it nor says that there is something else beside it. The free comments box at the foot of the sheet is not tested. Does not apply where there is no additional contribution.",
    matters: "An additional contribution is a choice, and who made it and what for can be read nowhere else. The guidance asks for carried-over underspends on lines of their own, so that one-off money is not taken for new money.",
    example: "£100,000 from the council has the comment “Winter beds, including £20,000 underspend carried forward”.",
    todo: "Choose the contributor, write what the money is for, and give carried-over money a line of its own.",
    source: super::super::template(
        "4. Income: Comments - Please use this box clarify any specific uses or sources of funding; 1. Guidance: 4. Income, underspends carried over",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    let mut money = false;
    for stream in plan.streams.iter().filter(|it| it.source.role == SourceRole::Additional) {
        let rows = match &stream.rows {
            Ok(rows) => rows,
            Err(absent) => {
                waits.push(absent.wait());
                continue;
            }
        };
        for row in rows.iter().filter(|it| !it.amount.get().is_blank()) {
            match row.amount.need(None) {
                Ok(amount) if amount.is_zero() => {}
                Ok(amount) => {
                    money = true;
                    line(plan, stream, row, amount, &mut findings, &mut waits);
                }
                Err(wait) => waits.push(wait),
            }
        }
    }
    if !money && waits.is_empty() {
        return Outcome::does_not_apply("there is no additional contribution");
    }
    Outcome::of(findings, waits)
}

fn line(
    plan: &Plan,
    stream: &Stream,
    row: &IncomeRow,
    amount: Decimal,
    findings: &mut Vec<Finding>,
    waits: &mut Vec<Wait>,
) {
    let Some(comment) = &row.comment else {
        waits.push(Wait {
            on: None,
            cell: None,
            why: format!("the comments on {} were not found", stream.source.stream),
            missing_value: false,
        });
        return;
    };
    waits.extend([&row.name, comment].into_iter().filter_map(Located::unreadable));
    let lacks: Vec<_> = [
        lack(&row.name, "contributor", "choose who contributes"),
        lack(comment, "comment", "write what the money is for or where it comes from"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !lacks.is_empty() {
        findings.push(unexplained(plan, stream, row, amount, &lacks));
    }
    if let Text::Is(text) = comment.get()
        && let Some(mixture) = mixture(text, amount)
    {
        findings.push(mixed(plan, stream, row, comment, text, amount, &mixture));
    }
}

/// What a cell lacks: what should stand there, and the text that stands there instead.
struct Lack<'p> {
    what: &'static str,
    todo: &'static str,
    cell: CellRef,
    instead: Option<&'p str>,
    role: &'static str,
}

fn lack<'p>(text: &'p Located<Text>, what: &'static str, todo: &'static str) -> Option<Lack<'p>> {
    let (instead, role) = match text.get() {
        Text::Blank => (None, BLANK),
        Text::Is(it) if is_prompt(it) => (Some(it.as_str()), PROMPT),
        Text::Is(it) if is_placeholder(it) => (Some(it.as_str()), what),
        Text::Is(_) | Text::Date(_) | Text::Error(_) | Text::NoValue => return None,
    };
    Some(Lack { what, todo, cell: text.cell, instead, role })
}

/// What names a line of income in a fingerprint.
fn about(stream: &Stream, row: &IncomeRow) -> String {
    let name = row.name.peek().text().filter(|it| !is_prompt(it)).unwrap_or("no contributor");
    format!("{}, {name}", stream.source.name)
}

fn unexplained(
    plan: &Plan,
    stream: &Stream,
    row: &IncomeRow,
    amount: Decimal,
    lacks: &[Lack<'_>],
) -> Finding {
    let what = lacks.iter().map(|it| it.what).collect::<Vec<_>>().join(" and no ");
    let instead: Vec<String> = lacks
        .iter()
        .filter_map(|it| {
            let says = if it.role == PROMPT { "still holds the prompt" } else { "says only" };
            Some(format!("{} {says} “{}”", it.cell, shortened(it.instead?)))
        })
        .collect();
    let instead = if instead.is_empty() { String::new() } else { format!(" ({})", instead.join(", ")) };
    let mut finding = Finding::new(
        State::NotMet,
        about(stream, row),
        format!("{}: an amount with no {what}", stream.source.name),
    )
    .message(format!(
        "{} holds {} of {} with no {what}{instead}.",
        plan.place(row.amount.cell),
        money::show_pounds(amount),
        stream.source.stream
    ))
    .todo(lacks.iter().map(|it| format!("In {}, {}.", it.cell, it.todo)).collect::<Vec<_>>().join(" "))
    .ask(format!("Ask who contributes the {} and what for.", money::show_pounds(amount)))
    .expected(
        lacks.iter().map(|it| it.what).collect::<Vec<_>>().join(", "),
        lacks
            .iter()
            .map(|it| it.instead.map_or("blank".to_owned(), shortened))
            .collect::<Vec<_>>()
            .join(", "),
    );
    for lack in lacks {
        finding = finding.cell(lack.cell, lack.role);
    }
    finding.cell(row.amount.cell, "amount")
}

fn mixed(
    plan: &Plan,
    stream: &Stream,
    row: &IncomeRow,
    comment: &Located<Text>,
    text: &str,
    amount: Decimal,
    mixture: &Mixture,
) -> Finding {
    let whole = money::show_pounds(amount);
    let (why, todo) = match mixture {
        Mixture::Part(part) => (
            format!(
                "says that {} of it is carried over, so that the line holds something else as well",
                money::show_pounds(*part)
            ),
            format!("Put the {} that is carried over on a line of its own.", money::show_pounds(*part)),
        ),
        Mixture::Joined(word) => (
            format!("speaks of carried-over money and joins something else to it (“{word}”)"),
            "Put the money that is carried over on a line of its own, and say so in its comment.".to_owned(),
        ),
    };
    Finding::new(
        State::NotMet,
        format!("{}, carried over", about(stream, row)),
        "Carried-over money shares a line with something else",
    )
    .message(format!(
        "The comment in {} on {whole} of {} {why}: “{}”.",
        plan.place(comment.cell),
        stream.source.stream,
        shortened(text)
    ))
    .todo(todo)
    .ask(format!("Ask how much of the {whole} is carried over, from which year and from which source."))
    .cell(comment.cell, "comment")
    .cell(row.amount.cell, "amount")
    .expected("carried-over money on a line of its own", shortened(text))
}
