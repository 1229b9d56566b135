//! Everything that a rule says, as the snapshots of its cases keep it: what people read is looked at by
//! people, and no word of it changes unseen.

use std::fmt::Write as _;

use plancheck::report::{Ended, Found};

/// How a rule ended, and all that it says.
pub(crate) fn in_full(ended: &Ended, findings: &[Found], sheets: &[&str]) -> String {
    let mut text = format!("{}\n", ended.state.name());
    if let Some(reason) = &ended.reason {
        writeln!(text, "because: {reason}").unwrap();
    }
    for idx in &ended.findings {
        of_one(&findings[*idx], sheets, &mut text).unwrap();
    }
    text
}

fn of_one(found: &Found, sheets: &[&str], text: &mut String) -> std::fmt::Result {
    let it = &found.finding;
    writeln!(text, "- {} ({})", it.title, it.state.name())?;
    writeln!(text, "  {}", it.message)?;
    writeln!(text, "  to do: {}\n  to ask: {}", it.todo, it.ask)?;
    let mut last = None;
    for mark in &it.cells {
        let sheet = sheets[usize::from(mark.cell.sheet)];
        let at = if last == Some(sheet) { String::new() } else { format!("{sheet}: ") };
        let begin = if last.is_none() { "  at: " } else { ", " };
        write!(text, "{begin}{at}{} {}", mark.cell, mark.role)?;
        last = Some(sheet);
    }
    if last.is_some() {
        writeln!(text)?;
    }
    for (name, value) in [("expected", &it.expected), ("actual", &it.actual), ("cause", &it.cause)] {
        if let Some(value) = value {
            writeln!(text, "  {name}: {value}")?;
        }
    }
    for term in &it.sum {
        let cell = term.cell.map(|it| format!(" ({it})")).unwrap_or_default();
        writeln!(text, "  sum, {:?}: {} = {}{cell}", it.unit, term.label, term.amount)?;
    }
    for remedy in &it.remedies {
        let cells: Vec<String> = remedy.cells.iter().map(|it| format!("{} {}", it.cell, it.role)).collect();
        writeln!(text, "  remedy: {} ({}; {})", remedy.text, remedy.effect, cells.join(", "))?;
    }
    if let Some(requirement) = it.requirement {
        writeln!(text, "  requirement: {requirement}")?;
    }
    if found.suppressed > 0 {
        writeln!(text, "  waiting on it: {}", found.suppressed)?;
    }
    writeln!(text, "  named: {}", found.fingerprint)
}
