//! The report for people: at most 100 columns, in colour only on a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use plancheck_api::wire::{Across, Condition, Document, Finding, Kind, Report, RuleOutcome, State};
use textwrap::Options;

const WIDTH: usize = 100;

/// The whole report.
pub(crate) fn write(report: &Report) -> String {
    let mut out = String::new();
    for (idx, document) in report.documents.iter().enumerate() {
        if idx > 0 {
            out.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = write_document(&mut out, document);
    }
    for across in &report.across {
        out.push('\n');
        let _ = write_across(&mut out, across, report);
    }
    out
}

fn style(state: State) -> Style {
    let colour = match state {
        State::Met => AnsiColor::Green,
        State::NotMet => AnsiColor::Red,
        State::NeedsJudgement => AnsiColor::Yellow,
        State::CouldNotCheck | State::DoesNotApply => AnsiColor::BrightBlack,
    };
    colour.on_default().bold()
}

/// The state in words and in its colour.
fn tag(state: State) -> String {
    let style = style(state);
    format!("{style}{}{style:#}", words(state))
}

fn words(state: State) -> &'static str {
    match state {
        State::Met => "Met",
        State::NotMet => "Not met",
        State::NeedsJudgement => "Needs judgement",
        State::CouldNotCheck => "Could not check",
        State::DoesNotApply => "Does not apply",
    }
}

fn write_document(out: &mut String, it: &Document) -> std::fmt::Result {
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}", textwrap::fill(&clean(&it.file), WIDTH - 1))?;
    if let Some(error) = &it.error {
        wrapped(out, "", &error.message)?;
        return wrapped(out, "To do: ", &error.todo);
    }
    if let Some(template) = &it.template {
        let board = it.board.as_deref().unwrap_or("no board named");
        let version = template.version.as_deref().map(|it| format!(", version {it}")).unwrap_or_default();
        let kind = match it.kind {
            Kind::Planning => "planning template",
            Kind::CapacityDemand => "capacity and demand template",
            Kind::Narrative | Kind::Unknown => "template",
        };
        wrapped(out, "", &format!("{board}, {}, {kind}{version}", template.year))?;
    }
    let counts = &it.counts;
    writeln!(
        out,
        "{}: {} met, {} not met, {} need judgement, {} could not be checked, {} do not apply",
        tag(it.verdict),
        counts.met,
        counts.not_met,
        counts.needs_judgement,
        counts.could_not_check,
        counts.does_not_apply
    )?;
    if !it.conditions.is_empty() {
        heading(out, "Conditions")?;
        for condition in &it.conditions {
            write_condition(out, condition)?;
        }
    }
    if !it.balances.is_empty() {
        heading(out, "Income and planned expenditure")?;
        write_balances(out, it)?;
    }
    if !it.imbalances.is_empty() {
        heading(out, "Months in which capacity is below demand")?;
        write_imbalances(out, it)?;
    }
    if !it.findings.is_empty() {
        heading(out, "Findings")?;
        for finding in &it.findings {
            write_finding(out, finding)?;
        }
    }
    write_reasons(out, &it.rules)?;
    match &it.companion {
        Some(companion) => {
            heading(out, "What the other workbook would add")?;
            wrapped(out, "  ", companion)
        }
        None => Ok(()),
    }
}

/// What stands between several documents of one board and year.
fn write_across(out: &mut String, it: &Across, report: &Report) -> std::fmt::Result {
    let bold = Style::new().bold();
    let files: Vec<&str> = it.documents.iter().filter_map(|it| file_name(report, Some(*it))).collect();
    writeln!(
        out,
        "{bold}{}{bold:#}",
        textwrap::fill(&clean(&format!("{}, {}: {} together", it.board, it.year, few(&files))), WIDTH - 1)
    )?;
    for rule in &it.rules {
        writeln!(out, "  {} {} {}", rule.rule, tag(rule.state), rule.name)?;
    }
    if !it.findings.is_empty() {
        heading(out, "Findings")?;
        for finding in &it.findings {
            write_finding(out, finding)?;
        }
    }
    write_reasons(out, &it.rules)
}

/// "a.xlsx and b.xlsx", "a.xlsx, b.xlsx, c.xlsx and 97 more".
fn few(files: &[&str]) -> String {
    match files {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [a, b, c, _, rest @ ..] => format!("{a}, {b}, {c} and {} more", rest.len() + 1),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The name of a document's file.
pub(crate) fn file_name(report: &Report, document: Option<u32>) -> Option<&str> {
    report.documents.get(document? as usize).map(|it| it.file.as_str())
}

/// What rules left unchecked, and what qualifies the states they ended in.
fn write_reasons(out: &mut String, rules: &[RuleOutcome]) -> std::fmt::Result {
    let reasons = |unchecked: bool| {
        rules.iter().filter(move |rule| rule.unchecked == unchecked && (unchecked || rule.reason.is_some()))
    };
    for (title, unchecked) in [("What could not be checked", true), ("Also to know", false)] {
        if reasons(unchecked).next().is_some() {
            heading(out, title)?;
        }
        for rule in reasons(unchecked) {
            let reason = rule.reason.as_deref().unwrap_or("See its finding.");
            wrapped(out, &format!("  {} ", rule.rule), &format!("{}: {reason}", rule.name))?;
        }
    }
    Ok(())
}

fn heading(out: &mut String, text: &str) -> std::fmt::Result {
    let bold = Style::new().bold();
    writeln!(out, "\n{bold}{text}{bold:#}")
}

fn write_condition(out: &mut String, it: &Condition) -> std::fmt::Result {
    let bears: Vec<&str> =
        [&it.condition, &it.requirement].into_iter().flatten().map(String::as_str).collect();
    writeln!(out, "  {} {} ({})", it.rule, tag(it.state), bears.join(", "))?;
    wrapped(out, "       ", &it.sentence)?;
    if let Some(declared) = &it.declared {
        wrapped(out, "       ", &format!("The plan itself answers {declared}."))?;
    }
    Ok(())
}

fn write_balances(out: &mut String, it: &Document) -> std::fmt::Result {
    writeln!(out, "  {:<30} {:>15} {:>15} {:>15}", "Source", "Income £", "Expenditure £", "Difference £")?;
    for row in it.balances.iter().chain(&it.total) {
        let amount = |it: &Option<String>| it.as_deref().map_or("unknown".to_owned(), grouped);
        let name = clean(&row.source);
        let source = textwrap::wrap(&name, 30).first().map(ToString::to_string).unwrap_or_default();
        let style = style(row.state);
        writeln!(
            out,
            "  {source:<30} {:>15} {:>15} {style}{:>15}{style:#}",
            amount(&row.income),
            amount(&row.expenditure),
            amount(&row.difference)
        )?;
    }
    Ok(())
}

fn write_imbalances(out: &mut String, it: &Document) -> std::fmt::Result {
    writeln!(
        out,
        "  {:<54} {:>8} {:>10} {:>10} {:>10}",
        "Pathway or service", "Month", "Demand", "Capacity", "Short by"
    )?;
    for row in &it.imbalances {
        writeln!(
            out,
            "  {:<54} {:>8} {:>10} {:>10} {:>10}",
            row.what,
            row.period,
            grouped(&row.demand),
            grouped(&row.capacity),
            grouped(row.difference.trim_start_matches('-'))
        )?;
    }
    Ok(())
}

fn write_finding(out: &mut String, it: &Finding) -> std::fmt::Result {
    let style = style(it.state);
    wrapped(out, &format!("  {style}{}{style:#} ", it.rule), &format!("{} [{}]", it.title, it.state.name()))?;
    wrapped(out, "       ", &it.message)?;
    if let Some(cause) = &it.cause {
        wrapped(out, "       ", cause)?;
    }
    wrapped(out, "       To do: ", &it.todo)?;
    for remedy in &it.remedies {
        wrapped(out, "       ", &format!("- {}", remedy.text))?;
    }
    if !it.cells.is_empty() {
        wrapped(out, "       Where: ", &places(it))?;
    }
    if it.suppressed > 0 {
        let (rules, wait) = if it.suppressed == 1 { ("rule", "waits") } else { ("rules", "wait") };
        wrapped(out, "       ", &format!("{} {rules} {wait} on this.", it.suppressed))?;
    }
    Ok(())
}

/// The first cells of a finding, sheet by sheet.
fn places(it: &Finding) -> String {
    const MOST: usize = 8;
    let mut places = String::new();
    let mut sheet = None;
    for cell in it.cells.iter().take(MOST) {
        let before = if sheet.is_some() { "; " } else { "" };
        if sheet != Some(&cell.sheet) {
            sheet = Some(&cell.sheet);
            // Writing to a string cannot fail.
            let _ = write!(places, "{before}{}: {}", cell.sheet, cell.range);
        } else {
            let _ = write!(places, ", {}", cell.range);
        }
    }
    let more = it.cells.len().saturating_sub(MOST);
    if more > 0 { format!("{places} and {more} more") } else { places }
}

/// Writes a paragraph, its later lines indented under the first.
fn wrapped(out: &mut String, lead: &str, text: &str) -> std::fmt::Result {
    // Colour codes take no room on the screen.
    let room = anstream::adapter::strip_str(lead).to_string().chars().count();
    let indent = " ".repeat(room.min(7));
    let options = Options::new(WIDTH - 1).initial_indent(&indent).subsequent_indent(&indent);
    let clean = clean(text);
    let (lead, text) = match room {
        0..=7 => (lead.to_owned(), clean),
        // "       To do: …" is part of the paragraph.
        _ => (indent.clone(), format!("{}{clean}", lead.trim_start())),
    };
    let filled = textwrap::fill(&text, options);
    writeln!(out, "{lead}{}", filled.strip_prefix(&indent).unwrap_or(&filled))
}

/// A workbook's text may hold control codes and marks that turn the direction of writing around; a terminal
/// must not be driven by them.
fn clean(text: &str) -> String {
    let steers =
        |it: char| it.is_control() || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|it| if steers(it) { ' ' } else { it }).collect()
}

/// "1234567" with commas. The report's amounts are plain digits.
fn grouped(amount: &str) -> String {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |it| ("−", it));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, String::new()), |it| (it.0, format!(".{}", it.1)));
    let mut out = String::new();
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{fraction}")
}
