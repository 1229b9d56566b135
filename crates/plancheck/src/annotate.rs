//! An annotated copy of a workbook: the same file with comments on the cells that findings mark, and one
//! more sheet with the results.
//!
//! Nothing of the plan is touched. Every part of the package is copied byte for byte but those that have to
//! name something new, and these are spliced: what was in them stays as it was, to the byte. What cannot be
//! done so is refused, with the reason.

mod book;
mod comments;
mod copy;
mod drawing;
mod marks;
mod results;
mod room;
mod sheet;
mod text;
mod tree;

use std::collections::BTreeSet;
use std::fmt;

use crate::check::{Input, Options, sha256};
use crate::finding::{Finding, State};
use crate::open::{OpenError, open};
use crate::report::Document;
use crate::rule::Check;
use crate::workbook::area::Area;
use crate::workbook::{Format, Workbook, own};

use book::Book;
use copy::Copy;
use drawing::Blocks;
use marks::OnSheet;
use results::{Setting, Styles};

/// What begins every part that is new.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespace of a workbook's parts.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// The namespace of what refers to other parts.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of alternatives for programs of different ages.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Whom the comments speak to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The person planning: what to do.
    Planner,
    /// The person assuring: what to ask.
    Assurer,
}

impl Wording {
    /// What it says of a finding, and what that is called.
    fn of(self, finding: &Finding) -> (&'static str, &str) {
        match self {
            Wording::Planner => ("What to do", &finding.todo),
            Wording::Assurer => ("What to ask", &finding.ask),
        }
    }
}

/// Why there is no copy, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnnotated {
    /// What is in the way, in a sentence.
    pub message: String,
    /// What to do instead.
    pub todo: String,
}

impl fmt::Display for NotAnnotated {
    /// Both sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message, self.todo)
    }
}

impl NotAnnotated {
    fn new(message: impl Into<String>, todo: impl Into<String>) -> Self {
        NotAnnotated { message: message.into(), todo: todo.into() }
    }

    fn of_error(error: OpenError) -> Self {
        NotAnnotated { message: error.message, todo: error.todo }
    }

    fn of_format(ending: &str) -> Self {
        NotAnnotated::new(
            format!(
                "Comments are written into .xlsx and .xlsm workbooks only, and this is an .{ending} workbook."
            ),
            "Save it as .xlsx first (in Excel: File, Save As, Excel Workbook), check that file and make the copy of it.",
        )
    }

    fn of_ending(what: &str) -> Self {
        NotAnnotated::new(
            format!("Excel would not open a copy of this file: {what}."),
            "Save it as .xlsx first (in Excel: File, Save As, Excel Workbook), check that file and make the copy of it.",
        )
    }

    fn unreadable(what: &str, why: &str) -> Self {
        NotAnnotated::new(
            format!(
                "Comments cannot be put into this workbook without risk: {what} would have to be changed, and {}.",
                why.trim_end_matches('.')
            ),
            "Open the workbook in Excel, save it under a new name as Excel Workbook (.xlsx), check that file and make the copy of it.",
        )
    }

    fn another_file() -> Self {
        NotAnnotated::new(
            "The report is on another file, or on an earlier state of this one.",
            "Check the file again, and make the copy from the new report.",
        )
    }

    fn nothing_checked() -> Self {
        NotAnnotated::new(
            "No plan was checked in this file, so there is nothing to write into a copy of it.",
            "Choose a workbook of a template that these rules know, with the plan filled in.",
        )
    }
}

/// Makes an annotated copy of a workbook from the report on it.
///
/// The copy holds a comment on each cell that a finding of the document names, up to 500 on a sheet, and a
/// sheet of results at its end. Comments and results that an earlier copy has brought are replaced,
/// but for a sheet of results that somebody has put formulas, notes or columns of their own on. What was found across
/// several documents is not in it.
///
/// # Errors
/// Where the file is of another format, was not checked, is not the one that the report is on, or has a part
/// that would have to be changed and cannot be without risk.
pub fn annotated(
    input: &Input<'_>,
    document: &Document,
    options: &Options,
    wording: Wording,
) -> Result<Vec<u8>, NotAnnotated> {
    if document.bytes != input.bytes.len()
        || (!document.sha256.is_empty() && document.sha256 != sha256(input.bytes))
    {
        return Err(NotAnnotated::another_file());
    }
    if let Some(error) = &document.error {
        return Err(NotAnnotated::of_error(error.clone()));
    }
    let workbook = open(input.bytes, &options.limits, &mut |_, _| {}).map_err(NotAnnotated::of_error)?;
    match workbook.format {
        Format::Xlsx => {}
        Format::Xlsb => return Err(NotAnnotated::of_format("xlsb")),
        Format::Xls => return Err(NotAnnotated::of_format("xls")),
        Format::Ods => return Err(NotAnnotated::of_format("ods")),
    }
    if !document.rules.iter().any(|it| matches!(it.rule.check, Check::Plan(_))) {
        return Err(NotAnnotated::nothing_checked());
    }
    let mut copy = Copy::open(input.bytes)?;
    check_ending(&mut copy, input.name)?;
    let book = Book::read(&mut copy)?;
    let place = book.place_of_results(&mut copy, &workbook)?;
    let mut comments = mark(&mut copy, &book, &workbook, document, wording, &place.name)?;
    if copy.package().names().any(|it| it.starts_with("_xmlsignatures/")) {
        comments.push("The workbook is signed digitally. This copy is not: what was signed is the workbook without comments.".to_owned());
    }
    let setting = Setting { comments, has_window: book.has_window, styles: styles(&mut copy, &book) };
    let results = results::part(document, wording, &setting);
    book.put_results(&mut copy, &place, results)?;
    copy.finished()
}

/// A text no longer than a cell may be, with a mark where it was cut.
pub fn for_a_cell(text: &str) -> String {
    text::cut(text, text::MOST)
}

/// Whether the file's ending says what the file is: the copy has the same ending, and Excel opens neither where
/// it does not.
fn check_ending(copy: &mut Copy<'_>, name: &str) -> Result<(), NotAnnotated> {
    let part = copy.package().main_part();
    let kind = copy.kind_of(&part)?.to_lowercase();
    let macros = kind.contains("macroenabled");
    if kind.contains("template") || kind.contains("addin") {
        return Err(NotAnnotated::of_ending("it is a template or an add-in, and not a workbook"));
    }
    match (macros, name.to_lowercase().ends_with(".xlsm")) {
        (true, false) => {
            Err(NotAnnotated::of_ending("it is a workbook with macros whose name does not end with .xlsm"))
        }
        (false, true) => {
            Err(NotAnnotated::of_ending("it is a workbook without macros whose name ends with .xlsm"))
        }
        (true, true) | (false, false) => Ok(()),
    }
}

/// The state in words.
fn state_words(state: State) -> String {
    state.name().replace('-', " ")
}

/// Whether a namespace is the one that parts of a workbook usually have.
///
/// # Errors
/// Where it is another, in a clause.
fn usual(space: &str) -> Result<(), String> {
    match space {
        MAIN => Ok(()),
        _ if space.starts_with("http://purl.oclc.org/ooxml/") => {
            Err("it is a Strict Open XML workbook".to_owned())
        }
        _ => Err("its elements are not those of a workbook".to_owned()),
    }
}

/// Puts the comments on every sheet, and says how many there are and which are not.
fn mark(
    copy: &mut Copy<'_>,
    book: &Book,
    workbook: &Workbook,
    document: &Document,
    wording: Wording,
    results: &str,
) -> Result<Vec<String>, NotAnnotated> {
    let merges: Vec<&[Area]> =
        workbook.facts.sheets.iter().map(|it| it.merges.as_deref().unwrap_or_default()).collect();
    let mut marks = marks::of(document, wording, &merges, results);
    let mut used = Blocks::new();
    let mut parts = BTreeSet::new();
    let (mut made, mut said) = (0, Vec::new());
    // The results of an earlier copy are replaced as a whole, or left as a whole.
    for (idx, sheet) in (0..=u16::MAX).zip(&workbook.sheets).filter(|it| !own::is_results(it.1)) {
        let here = marks.remove(&idx).unwrap_or_default();
        let Some(part) = book.part_of(&sheet.name, !here.marks.is_empty())? else { continue };
        if !parts.insert(part.to_lowercase()) {
            return Err(NotAnnotated::unreadable(&format!("the part {part}"), "two sheets share it"));
        }
        let outcome = book::mark_sheet(copy, &part, &here.marks, &mut used)?;
        made += outcome.made;
        said.extend(left(&sheet.name, &here, &outcome));
    }
    let first = match made {
        0 => "No cell has a comment.".to_owned(),
        1 => "1 cell has a comment.".to_owned(),
        more => format!("{more} cells have a comment."),
    };
    Ok(std::iter::once(first).chain(said).collect())
}

/// What is to be said of the cells of a sheet that have no comment.
fn left(sheet: &str, here: &OnSheet, outcome: &book::Outcome) -> Vec<String> {
    let most = format!("a sheet gets {} at most", marks::MOST_ON_A_SHEET);
    let threaded = "there is a conversation (threaded comment), which was left as it is";
    let full = "the comment that is there has no room for more";
    [(here.left_out, most.as_str()), (outcome.threaded, threaded), (outcome.full, full)]
        .into_iter()
        .filter_map(|(count, why)| match count {
            0 => None,
            1 => Some(format!("1 more cell on sheet {sheet} has none: {why}.")),
            more => Some(format!("{more} more cells on sheet {sheet} have none: {why}.")),
        })
        .collect()
}

/// What the workbook's styles have to offer; nothing where they cannot be read.
fn styles(copy: &mut Copy<'_>, book: &Book) -> Styles {
    let mut styles = Styles::default();
    if let Some(part) = &book.styles
        && copy.package().visit(part, &mut styles).is_err()
    {
        return Styles::default();
    }
    styles
}
