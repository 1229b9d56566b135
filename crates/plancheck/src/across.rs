//! Documents of one board and year, checked together.

use std::collections::BTreeMap;

use crate::check::Run;
use crate::finding::State;
use crate::plan::{Plan, board_key};
use crate::report::{Across, Document};
use crate::rule::Check;
use crate::rules;
use crate::template::Kind;
use crate::workbook::CellRef;

/// Several documents of one board and year.
#[derive(Debug)]
pub struct Together<'a> {
    /// The board, as the first of them names it.
    pub board: &'a str,
    /// The financial year.
    pub year: &'static str,
    /// The documents in the order they were given.
    pub members: Vec<Member<'a>>,
}

/// One document among several.
#[derive(Debug)]
pub struct Member<'a> {
    /// The base name of its file.
    pub file: &'a str,
    /// What it says.
    pub plan: &'a Plan,
    document: &'a Document,
    first_sheet: u16,
}

impl<'a> Together<'a> {
    /// The documents of this kind.
    pub fn of_kind(&self, kind: Kind) -> Vec<&Member<'a>> {
        self.members.iter().filter(|it| it.plan.template.kind == kind).collect()
    }

    /// The one planning workbook and the one capacity and demand workbook, where there is one of each.
    pub fn pair(&self) -> Option<(&Member<'a>, &Member<'a>)> {
        match (self.of_kind(Kind::Planning).as_slice(), self.of_kind(Kind::CapacityDemand).as_slice()) {
            ([planning], [capacity]) => Some((planning, capacity)),
            _ => None,
        }
    }
}

impl Member<'_> {
    /// One of its cells, as findings across documents name it.
    pub fn cell(&self, cell: CellRef) -> CellRef {
        CellRef { sheet: cell.sheet.saturating_add(self.first_sheet), ..cell }
    }

    /// "D12 on sheet 5.0 Spend of plan.xlsx".
    pub fn place(&self, cell: CellRef) -> String {
        format!("{} of {}", self.plan.place(cell), self.file)
    }

    /// The state that one of its own rules ended in.
    pub fn state_of(&self, code: &str) -> Option<State> {
        self.document.state_of(code)
    }

    /// Where the first finding of one of its own rules leads.
    pub fn first_found(&self, code: &str) -> Option<CellRef> {
        let mut of_it = self.document.findings.iter().filter(|it| it.rule.code == code);
        of_it.find_map(|it| it.finding.cells.first()).map(|it| it.cell)
    }
}

/// Runs the rules across documents on each board and year that has more than one.
pub(crate) fn check(checked: &[(Document, Option<Plan>)]) -> Vec<Across> {
    let mut groups: BTreeMap<(String, &'static str), Vec<usize>> = BTreeMap::new();
    for (idx, (_, plan)) in checked.iter().enumerate() {
        if let Some((plan, board)) = plan.as_ref().and_then(|it| Some((it, it.board_name()?))) {
            groups.entry((board_key(board), plan.template.year)).or_default().push(idx);
        }
    }
    let mut groups: Vec<(&'static str, Vec<usize>)> =
        groups.into_iter().filter(|it| it.1.len() > 1).map(|((_, year), members)| (year, members)).collect();
    groups.sort_by_key(|it| it.1.first().copied());
    groups.into_iter().filter_map(|(year, indexes)| group(checked, year, indexes)).collect()
}

fn group(checked: &[(Document, Option<Plan>)], year: &'static str, indexes: Vec<usize>) -> Option<Across> {
    let mut members = Vec::new();
    let mut sheets: Vec<(usize, String)> = Vec::new();
    for idx in &indexes {
        let (document, Some(plan)) = checked.get(*idx)? else { return None };
        let first_sheet = u16::try_from(sheets.len()).unwrap_or(u16::MAX);
        members.push(Member { file: &document.file, plan, document, first_sheet });
        sheets.extend(document.sheets.iter().map(|name| (*idx, name.clone())));
    }
    let board = members.first()?.plan.board_name()?;
    let together = Together { board, year, members };
    let mut run = Run::default();
    for rule in rules::all() {
        if let Check::Across(check) = rule.check {
            run.add(rule, check(&together));
        }
    }
    let names: Vec<String> = sheets.iter().map(|it| it.1.clone()).collect();
    let settled = run.settle(&names);
    Some(Across {
        board: board.to_owned(),
        year,
        documents: indexes,
        sheets,
        rules: settled.rules,
        findings: settled.findings,
    })
}

/// Says of each workbook that stands alone what the other one of its board and year would add.
pub(crate) fn say_what_is_missing(documents: &mut [Document], across: &[Across]) {
    for (idx, document) in documents.iter_mut().enumerate() {
        let together = across.iter().any(|it| it.documents.contains(&idx));
        let (Some(template), false) = (&document.template, together) else { continue };
        let (other, adds) = match document.kind {
            Kind::Planning => (
                "capacity and demand workbook",
                "whether the spend on intermediate care that it reports fits the pool and the scheme lines of this plan, and \
                 whether the Yes to PR6 rests on a workbook that is filled",
            ),
            Kind::CapacityDemand => (
                "planning workbook",
                "whether the BCF related spend reported here fits the pool and the scheme lines of the plan, and whether PR6 \
                 is answered Yes",
            ),
            Kind::Unknown => continue,
        };
        let (alone, given) = match &document.board {
            Some(board) => ("", format!("Given together with the {other} of {board}")),
            // Where nothing is filled in, nothing was checked.
            None if document.state_of("CV01").is_none() => continue,
            None => (
                ", because its cover names no board",
                format!(
                    "Choose the board on the cover so that it can be matched: given together with the {other} of the same board"
                ),
            ),
        };
        document.companion = Some(format!(
            "Checked alone{alone}. {given} for {}, it would also be checked {adds} (rules {}).",
            template.year,
            codes()
        ));
    }
}

/// "XD01, XD02 and XD05".
fn codes() -> String {
    let codes: Vec<&str> =
        rules::all().iter().filter(|it| matches!(it.check, Check::Across(_))).map(|it| it.code).collect();
    match codes.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => codes.concat(),
    }
}
