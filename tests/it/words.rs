//! Everything that a rule says, as the snapshots of its cases keep it: what people read is looked at by
//! people, and no word of it changes unseen.

use std::fmt::Write as _;

use plancheck::finding::Term;
use plancheck::report::{Document, Ended, Found};

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

/// What the conditions of a rule say, and under the rule that balances the sources the balance of each.
pub(crate) fn of_conditions(document: &Document, code: &str) -> String {
    let mut text = String::new();
    for it in document.conditions.iter().filter(|it| it.rule.code == code).map(|it| &it.condition) {
        writeln!(text, "condition: {}\n  {}", it.title, it.sentence).unwrap();
        let figures = [("required", it.required), ("planned", it.planned)];
        for (name, figure) in figures.into_iter().filter_map(|it| Some((it.0, it.1?))) {
            writeln!(text, "  {name}: {figure}").unwrap();
        }
        let cells: Vec<String> = it.cells.iter().map(|it| format!("{} {}", it.cell, it.role)).collect();
        writeln!(text, "  at: {}", cells.join(", ")).unwrap();
        if it.required.is_some() {
            of_sum(&it.sum, "", &mut text).unwrap();
        } else {
            // Every line of the plan is in its sum; the balances say as much in fewer words.
            for balance in document.balances.iter().chain(&document.total) {
                writeln!(text, "  {}: {}", balance.source, balance.sentence).unwrap();
            }
        }
    }
    text
}

fn of_sum(sum: &[Term], unit: &str, text: &mut String) -> std::fmt::Result {
    for term in sum {
        let cell = term.cell.map(|it| format!(" ({it})")).unwrap_or_default();
        writeln!(text, "  sum{unit}: {} = {}{cell}", term.label, term.amount)?;
    }
    Ok(())
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
    of_sum(&it.sum, &format!(", {:?}", it.unit), text)?;
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
