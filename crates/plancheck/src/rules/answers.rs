//! What the rules on answers have in common: an answer that is not given, and how that is said.

use super::words::{either, listed};
use crate::finding::Finding;
use crate::plan::{Located, Text, is_placeholder, shortened};
use crate::rule::Wait;
use crate::workbook::CellRef;

/// An answer that is not given: its cells are blank, or hold something that is no answer.
pub(super) struct Lack {
    what: &'static str,
    blank: Vec<CellRef>,
    held: Vec<(CellRef, String)>,
}

/// Looks for an answer that any of these cells may give. `Ok(None)` where one does.
///
/// # Errors
/// What to wait on, where none does and one of them cannot be read.
pub(super) fn lack(
    what: &'static str,
    cells: &[&Located<Text>],
    is_answer: impl Fn(&Text) -> bool,
) -> Result<Option<Lack>, Wait> {
    // Every cell is looked at, so that every one is noted as read.
    let answered: Vec<bool> = cells.iter().map(|it| is_answer(it.get())).collect();
    if answered.contains(&true) {
        return Ok(None);
    }
    if let Some(wait) = cells.iter().find_map(|it| it.unreadable()) {
        return Err(wait);
    }
    let mut lack = Lack { what, blank: Vec::new(), held: Vec::new() };
    for it in cells {
        match it.get() {
            Text::Is(text) => lack.held.push((it.cell, shortened(text))),
            Text::Date(date) => lack.held.push((it.cell, date.to_string())),
            // What cannot be read was sent away above.
            Text::Blank | Text::Error(_) | Text::NoValue => lack.blank.push(it.cell),
        }
    }
    Ok(Some(lack))
}

/// Whether a cell holds anything that is no placeholder.
pub(super) fn is_filled(text: &Text) -> bool {
    match text {
        Text::Is(text) => !is_placeholder(text),
        Text::Date(_) => true,
        Text::Blank | Text::Error(_) | Text::NoValue => false,
    }
}

impl Lack {
    /// What is not given: "name".
    pub(super) fn what(&self) -> &'static str {
        self.what
    }

    /// The cells that an answer would go into.
    pub(super) fn where_to(&self) -> String {
        listed(&self.cells())
    }

    fn cells(&self) -> Vec<String> {
        let held: Vec<String> = self.held.iter().map(|it| it.0.to_string()).collect();
        if held.is_empty() { self.blank.iter().map(CellRef::to_string).collect() } else { held }
    }

    /// "no name (E34 and F34 are blank)", "no name (E34 holds “tbc”)".
    pub(super) fn clause(&self) -> String {
        let held: Vec<String> =
            self.held.iter().map(|(cell, text)| format!("{cell} holds “{text}”")).collect();
        let why = match held.as_slice() {
            [] => {
                let are = if self.blank.len() == 1 { "is" } else { "are" };
                format!("{} {are} blank", self.where_to())
            }
            held => listed(held),
        };
        format!("no {} ({why})", self.what)
    }

    /// What stands in its place.
    pub(super) fn actual(&self) -> String {
        let held: Vec<String> = self.held.iter().map(|it| it.1.clone()).collect();
        if held.is_empty() { "nothing".to_owned() } else { listed(&held) }
    }

    /// Marks its cells: as blank where nothing stands there, as the answer where something does.
    pub(super) fn mark(&self, finding: Finding) -> Finding {
        if self.held.is_empty() {
            return finding.cells(self.blank.iter().copied(), "blank");
        }
        finding.cells(self.held.iter().map(|it| it.0), "answer")
    }
}

/// A finding on several answers that are not given, with their cells and what stands in their place.
pub(super) fn on(finding: Finding, lacks: &[Lack], expected: &str) -> Finding {
    let finding = lacks.iter().fold(finding, |finding, it| it.mark(finding));
    let actual: Vec<String> = lacks.iter().map(|it| format!("{}: {}", it.what, it.actual())).collect();
    finding.expected(expected, actual.join("; "))
}

/// "no name (…) and no e-mail address (…)".
pub(super) fn clauses(lacks: &[Lack]) -> String {
    listed(&lacks.iter().map(Lack::clause).collect::<Vec<_>>())
}

/// The cells that several answers would go into: "E34, F34 and G34".
pub(super) fn cells(lacks: &[Lack]) -> String {
    listed(&lacks.iter().flat_map(Lack::cells).collect::<Vec<_>>())
}

/// "name or e-mail address": what follows a "no".
pub(super) fn any_of(lacks: &[Lack]) -> String {
    either(&lacks.iter().map(|it| it.what.to_owned()).collect::<Vec<_>>())
}

/// "name and e-mail address".
pub(super) fn whats(lacks: &[Lack]) -> String {
    listed(&lacks.iter().map(|it| it.what.to_owned()).collect::<Vec<_>>())
}
