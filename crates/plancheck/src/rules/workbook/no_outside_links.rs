//! WB09: the workbook stands on its own.

use crate::finding::{Finding, State};
use crate::plan::{Plan, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Source, Wait};
use crate::rules::words::listed;
use crate::workbook::facts::{Fact, Link};
use crate::workbook::{CellRef, Workbook};

/// WB09 no-outside-links.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB09",
    name: "no-outside-links",
    class: Class::Workbook,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck],
    checks: "The workbook has no links to other workbooks, no macros and no connections to other sources of data. Links that a reader follows to a web page are none of these.",
    matters: "A figure that comes from another file changes or breaks when that file is not there, and whoever opens the workbook is asked to trust it. Many mail systems block workbooks with macros.",
    example: "A formula reads from “income 2022.xlsx” on somebody's own drive.",
    todo: "Break the links (Data, Edit Links, Break Link), so that the figures stay as values. Save the workbook as .xlsx, which takes macros out. Delete connections (Data, Queries and Connections).",
    source: Source {
        document: "plancheck",
        reference: "a plan is submitted as one file, for others to open",
    },
    requirement: None,
    kinds: super::super::EVERY,
    needs: &[],
    check: Check::Contents(check),
};

/// Cells that a finding marks at most.
const MOST_CELLS: usize = 200;

fn check(workbook: &Workbook, _: Option<&Plan>) -> Outcome {
    let facts = &workbook.facts;
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    let mut known = |what: &str, unread: Option<String>| {
        if let Some(why) = unread {
            let why = format!("whether there are {what}, because {why}");
            waits.push(Wait { on: None, cell: None, why, missing_value: false });
        }
    };
    known("links to other workbooks", why(&facts.links));
    known("macros", why(&facts.macros));
    known("connections", why(&facts.connections));
    for link in facts.links.iter().flatten() {
        findings.push(linked(workbook, link));
    }
    if let Some(macros) = facts.macros.as_ref().ok().filter(|it| !it.is_empty()) {
        findings.push(programs(macros));
    }
    for name in facts.connections.iter().flatten() {
        findings.push(connected(name));
    }
    Outcome::of(findings, waits)
}

fn why<T>(fact: &Fact<T>) -> Option<String> {
    fact.as_ref().err().map(|it| it.0.clone())
}

fn linked(workbook: &Workbook, link: &Link) -> Finding {
    let file = if link.target.is_empty() {
        "a workbook whose name is not stored".to_owned()
    } else {
        format!("“{}”", shortened(&link.target))
    };
    let (cells, used) = match &link.used_in {
        Ok(cells) => (cells.as_slice(), used_in(workbook, cells)),
        Err(why) => (&[][..], format!("Which formulas read from it is not known, because {}.", why.0)),
    };
    let about = format!("link to {}", link.target);
    let (title, todo, ask) = if link.used_in.as_ref().is_ok_and(Vec::is_empty) {
        (
            "The workbook holds an unused link",
            "Break the link (Data, Edit Links, Break Link).",
            "Ask for the workbook without the link.",
        )
    } else {
        (
            "The workbook reads from another one",
            "Check the figures that come from there, then break the link (Data, Edit Links, Break Link): they stay as \
             they are.",
            "Ask for the figures as values, and where they come from.",
        )
    };
    Finding::new(State::NeedsJudgement, about, title)
        .message(format!("The workbook has a link to {file}. {used}"))
        .todo(todo)
        .ask(ask)
        .cells(cells.iter().copied().take(MOST_CELLS), "formula")
}

fn used_in(workbook: &Workbook, cells: &[CellRef]) -> String {
    let sheet = |it: &CellRef| workbook.sheets.get(usize::from(it.sheet)).map_or("", |it| it.name.as_str());
    let named: Vec<String> = cells.iter().take(4).map(|it| format!("{it} on sheet {}", sheet(it))).collect();
    match (cells.len(), cells.len() - named.len()) {
        (0, _) => "No formula in a cell reads from it.".to_owned(),
        (1, _) => format!("The formula in {} reads from it.", named.concat()),
        (_, 0) => format!("The formulas in {} read from it.", listed(&named)),
        (_, more) => format!("The formulas in {} and {more} more cells read from it.", named.join(", ")),
    }
}

fn programs(macros: &[String]) -> Finding {
    Finding::new(State::NeedsJudgement, "macros", "The workbook holds macros")
        .message(format!(
            "The workbook holds {}. The national template is issued without macros. They were not run.",
            macros.join(" and ")
        ))
        .todo("Save the workbook as .xlsx, which takes macros out.")
        .ask("Ask for the workbook without macros. Do not allow them to run.")
        .expected("no macros", macros.join(", "))
}

fn connected(name: &str) -> Finding {
    let called =
        if name.trim().is_empty() { String::new() } else { format!(" called “{}”", shortened(name)) };
    Finding::new(
        State::NeedsJudgement,
        format!("connection {name}"),
        "The workbook is connected to other data",
    )
    .message(format!("The workbook has a connection to another source of data{called}. It was not used."))
    .todo("Delete the connection (Data, Queries and Connections), so that the figures stay as values.")
    .ask("Ask which figures come from there, and for the workbook without the connection.")
}
