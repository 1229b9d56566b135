//! XD01: one planning workbook and one capacity and demand workbook stand for the board and year.

use crate::across::Together;
use crate::finding::{Finding, State};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::words::listed;
use crate::template::Kind;

/// XD01 one-of-each.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "XD01",
    name: "one-of-each",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet],
    checks: "Of the workbooks given together for one board and year, one is the planning workbook and one the capacity and demand workbook, and none is there twice.",
    matters: "Two versions of one plan cannot both be the plan. What is checked against which must be beyond doubt.",
    example: "Two planning workbooks of Sefton for 2022-23 are given, “Sefton v2.xlsx” and “Sefton final.xlsx”.",
    todo: "Keep the version that is to be submitted, and check again with one workbook of each kind.",
    source: super::super::template(
        "1. Guidance: capacity and demand plans are submitted in a workbook of their own; PR6",
    ),
    requirement: Some("PR6"),
    kinds: &[],
    needs: &[],
    check: Check::Across(check),
};

fn check(together: &Together<'_>) -> Outcome {
    let mut findings = Vec::new();
    for (kind, name) in
        [(Kind::Planning, "planning workbook"), (Kind::CapacityDemand, "capacity and demand workbook")]
    {
        let files: Vec<String> = together.of_kind(kind).iter().map(|it| format!("“{}”", it.file)).collect();
        let (board, year) = (together.board, together.year);
        match files.len() {
            1 => {}
            0 => findings.push(
                Finding::new(State::NotMet, name, format!("There is no {name}"))
                    .message(format!(
                        "{} workbooks of {board} for {year} were given together, but no {name} is among them.",
                        together.members.len()
                    ))
                    .todo(format!("Check again with the {name} of {board} for {year}."))
                    .ask(format!("Ask for the {name} of {board}."))
                    .expected("1", "0"),
            ),
            count => {
                let mut finding = Finding::new(State::NotMet, name, format!("There are {count} {name}s"))
                    .message(format!(
                        "{count} files are the {name} of {board} for {year}: {}. Only one can be.",
                        listed(&files)
                    ))
                    .todo("Keep the version that is to be submitted, and check again with that one.")
                    .ask("Ask which version is the one submitted.")
                    .expected("1", count.to_string());
                for member in together.of_kind(kind) {
                    if let Ok(board) = &member.plan.cover.board {
                        finding = finding.cell(member.cell(board.cell), "board");
                    }
                }
                findings.push(finding);
            }
        }
    }
    Outcome::of(findings, Vec::new())
}
