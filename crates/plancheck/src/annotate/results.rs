//! The sheet of results that a copy has: every finding, and how every rule ended.

mod wrap;

use std::fmt::Write as _;

use super::marks::worst_first;
use super::text::{MOST, attribute, cut, escaped, fit};
use super::{HEAD, MAIN, Wording, room, state_words};
use crate::catalogue;
use crate::finding::{CellMark, State};
use crate::report::{Document, Found};
use crate::rules::words::capital;
use crate::workbook::own;

pub(super) use wrap::Styles;

/// Findings that are listed at most.
const MOST_FINDINGS: usize = 10_000;
/// Cells that are named for one finding at most.
const MOST_CELLS: usize = 6;
/// The columns that the sheet has.
pub(super) const COLUMNS: usize = 10;
/// The widths of the columns, in characters.
const WIDTHS: [u32; COLUMNS] = [14, 26, 17, 24, 18, 60, 50, 20, 20, 34];
/// The height of a line and the greatest height of a row, in points.
const LINE: usize = 15;
const HIGHEST: usize = 405;
/// The colour of links.
const LINK: &str = "FF0563C1";

/// What the sheet needs to know of the copy.
#[derive(Debug)]
pub(super) struct Setting {
    /// How many cells have a comment of ours, and what is to be said of those that have none.
    pub(super) comments: Vec<String>,
    /// Whether the workbook has a window whose panes can be frozen.
    pub(super) has_window: bool,
    /// What the workbook's styles have to offer.
    pub(super) styles: Styles,
}

/// A text in a cell.
#[derive(Debug, Default)]
struct Cell {
    text: String,
    bold: bool,
    wrap: bool,
    /// Where it leads to: "'5a. Expenditure'!O49".
    link: Option<String>,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Cell { text: text.into(), ..Cell::default() }
    }

    fn bold(text: impl Into<String>) -> Self {
        Cell { bold: true, ..Cell::plain(text) }
    }

    fn wrapped(text: impl Into<String>) -> Self {
        Cell { wrap: true, ..Cell::plain(text) }
    }
}

/// The part of the sheet.
pub(super) fn part(document: &Document, wording: Wording, setting: &Setting) -> Vec<u8> {
    let mut rows = about(document, setting);
    let frozen = rows.len();
    rows.extend(findings(document, wording));
    rows.push(Vec::new());
    rows.push(vec![Cell::bold("How every rule ended")]);
    rows.extend(endings(document));
    xml(&rows, frozen, setting)
}

/// What stands above the list, its heading included.
fn about(document: &Document, setting: &Setting) -> Vec<Vec<Cell>> {
    let pair = |label: &str, value: String| vec![Cell::bold(label), Cell::plain(value)];
    let year = document.template.as_ref().map_or("not known", |it| it.year);
    let count = |state| document.count(state);
    let mut rows = vec![
        vec![Cell::bold(own::RESULTS)],
        vec![Cell::plain(format!(
            "A copy of {} with comments by plancheck. The plan itself was not changed.",
            document.file
        ))],
        pair("Board", document.board.clone().unwrap_or_else(|| "not known".to_owned())),
        pair("Year", year.to_owned()),
        pair("File", document.file.clone()),
        pair("Verdict", state_words(document.verdict())),
        pair(
            "Rules",
            format!(
                "{} met, {} not met, {} need judgement, {} could not be checked, {} do not apply",
                count(State::Met),
                count(State::NotMet),
                count(State::NeedsJudgement),
                count(State::CouldNotCheck),
                count(State::DoesNotApply)
            ),
        ),
        pair(
            "Rules version",
            format!(
                "{}. plancheck is an unofficial checking aid; it does not replace assurance.",
                crate::RULES_VERSION
            ),
        ),
        pair("Comments", setting.comments.join(" ")),
    ];
    let more = document.findings.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        rows.push(pair("Left out", format!("{more} more findings: the list stops at {MOST_FINDINGS}.")));
    }
    rows
}

/// The list of findings, the worst first.
fn findings(document: &Document, wording: Wording) -> Vec<Vec<Cell>> {
    let advice = match wording {
        Wording::Planner => "What to do",
        Wording::Assurer => "What to ask",
    };
    let heading =
        ["Code", "Rule", "State", "Sheet", "Cell", "What is wrong", advice, "Expected", "Actual", "Source"];
    let mut rows = vec![heading.map(Cell::bold).into()];
    let found = worst_first(&document.findings).into_iter().take(MOST_FINDINGS);
    rows.extend(found.map(|it| finding(document, wording, it)));
    if document.findings.is_empty() {
        rows.push(vec![Cell::plain("No rule found anything.")]);
    }
    rows
}

fn finding(document: &Document, wording: Wording, found: &Found) -> Vec<Cell> {
    let finding = &found.finding;
    let first = finding.cells.first().map(|it| it.cell);
    let sheet = first.map_or("", |it| document.sheet_name(it));
    let said = |text: &Option<String>| Cell::wrapped(text.clone().unwrap_or_default());
    vec![
        Cell::plain(found.rule.code),
        Cell::wrapped(catalogue::title(found.rule)),
        Cell::plain(state_words(finding.state)),
        Cell::wrapped(sheet),
        Cell {
            wrap: true,
            link: first.map(|it| format!("'{}'!{}", sheet.replace('\'', "''"), it.a1())),
            ..Cell::plain(named(document, &finding.cells))
        },
        Cell::wrapped(finding.message.clone()),
        Cell::wrapped(wording.of(finding).1),
        said(&finding.expected),
        said(&finding.actual),
        Cell::wrapped(format!("{}: {}", found.source.document, found.source.reference)),
    ]
}

/// "O49, O52 and 3 more". A cell on another sheet than the first is named with its sheet.
fn named(document: &Document, cells: &[CellMark]) -> String {
    let home = cells.first().map(|it| it.cell.sheet);
    let mut names: Vec<String> = Vec::new();
    let mut more = 0_usize;
    for cell in cells.iter().map(|it| it.cell) {
        let name = if Some(cell.sheet) == home {
            cell.a1()
        } else {
            format!("{} on sheet {}", cell.a1(), document.sheet_name(cell))
        };
        if names.contains(&name) {
            continue;
        }
        if names.len() < MOST_CELLS { names.push(name) } else { more += 1 }
    }
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}

/// How every rule ended.
fn endings(document: &Document) -> Vec<Vec<Cell>> {
    let row = |code: Cell, rule: Cell, state: Cell, why: Cell| {
        vec![code, rule, state, Cell::default(), Cell::default(), why]
    };
    let heading = row(Cell::bold("Code"), Cell::bold("Rule"), Cell::bold("State"), Cell::bold("Why"));
    let each = document.rules.iter().map(|it| {
        row(
            Cell::plain(it.rule.code),
            Cell::wrapped(catalogue::title(it.rule)),
            Cell::plain(state_words(it.state)),
            Cell::wrapped(capital(it.reason.as_deref().unwrap_or_default())),
        )
    });
    std::iter::once(heading).chain(each).collect()
}

/// The sheet. Everything in it is a text of its own, so that nothing can become a formula, and nothing has
/// a style but what the workbook has already.
fn xml(rows: &[Vec<Cell>], frozen: usize, setting: &Setting) -> Vec<u8> {
    // The heading of the list stays in sight with what stands above it.
    let frozen = frozen + 1;
    let mut xml =
        format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    if setting.has_window {
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{frozen}\" topLeftCell=\"A{}\" \
             activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>",
            frozen + 1
        );
    }
    let _ = write!(xml, "<sheetFormatPr defaultRowHeight=\"{LINE}\"/><cols>");
    for (number, width) in (1..).zip(WIDTHS) {
        let _ = write!(xml, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData>");
    let mut links = String::new();
    for (number, row) in (1_usize..).zip(rows) {
        let _ = write!(xml, "<row r=\"{number}\"{}>", height(row, setting));
        for (col, cell) in ('A'..='Z').zip(row).filter(|it| !it.1.text.is_empty()) {
            let text = escaped(&cut(&fit(&cell.text), MOST));
            let style = setting
                .styles
                .wrapping
                .filter(|_| cell.wrap)
                .map(|it| format!(" s=\"{it}\""))
                .unwrap_or_default();
            let _ = write!(
                xml,
                "<c r=\"{col}{number}\"{style} t=\"inlineStr\"><is>{}</is></c>",
                rich(cell, &text, &setting.styles)
            );
            if let Some(location) = &cell.link {
                let location = attribute(location);
                let _ = write!(links, "<hyperlink ref=\"{col}{number}\" location=\"{location}\"/>");
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if !links.is_empty() {
        let _ = write!(xml, "<hyperlinks>{links}</hyperlinks>");
    }
    let _ = write!(
        xml,
        "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <ignoredErrors><ignoredError sqref=\"A1:J{}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>",
        rows.len()
    );
    xml.into_bytes()
}

/// The height of a row whose cells have their lines broken: not every program works it out by itself.
fn height(row: &[Cell], setting: &Setting) -> String {
    let wrapped = WIDTHS.iter().zip(row).filter(|(_, it)| it.wrap && setting.styles.wrapping.is_some());
    let lines = wrapped.map(|(width, it)| room::lines(&it.text, *width as usize)).max().unwrap_or(1);
    if lines < 2 { String::new() } else { format!(" ht=\"{}\"", lines.saturating_mul(LINE).min(HIGHEST)) }
}

/// The text of a cell. What is bold or a link looks so by itself and not by a style.
fn rich(cell: &Cell, text: &str, styles: &Styles) -> String {
    let text = format!("<t xml:space=\"preserve\">{text}</t>");
    let (before, colour) = match (cell.bold, cell.link.is_some()) {
        (false, false) => return text,
        (true, _) => ("<b/>", String::new()),
        (false, true) => ("<u/>", format!("<color rgb=\"{LINK}\"/>")),
    };
    let (size, font) = styles.font.as_ref().map_or_else(Default::default, |(name, size)| {
        let (name, size) = (attribute(name), attribute(size));
        (format!("<sz val=\"{size}\"/>"), format!("<rFont val=\"{name}\"/>"))
    });
    format!("<r><rPr>{before}{size}{colour}{font}</rPr>{text}</r>")
}
