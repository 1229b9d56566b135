//! WB13: one area, on every sheet and in the file's name.

use std::ops::Range;

use crate::finding::{Finding, State};
use crate::plan::{Plan, board_key, board_words, is_a_name, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::PUT_BACK;
use crate::workbook::CellRef;

/// WB13 one-area.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB13",
    name: "one-area",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The health and wellbeing board is the same on every sheet that repeats it, and in the name of the file where it names one. “Council”, “City of” and the like make no difference.",
    matters: "A plan that began as a copy of another area's takes that area's allocations and minimum amounts with it.",
    example: "The cover says Sefton, and 4. Income repeats Liverpool.",
    todo: "Choose the board on the cover and recalculate (Ctrl+Alt+F9), or give the file the right name.",
    source: super::super::template(
        "2. Cover: Health and Wellbeing Board; 1. Guidance: name the file 'Name HWB'",
    ),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Plan(check),
};

/// A board, and where it is named.
struct Named<'p> {
    name: &'p str,
    cell: CellRef,
}

fn check(plan: &Plan) -> Outcome {
    let cover = plan.cover.board.as_ref().ok();
    let named: Vec<Named<'_>> = cover
        .into_iter()
        .chain(&plan.boards_repeated)
        .filter_map(|it| {
            let name = it.get().text().filter(|it| is_a_name(it))?;
            Some(Named { name, cell: it.cell })
        })
        .collect();
    let Some(first) = named.first() else {
        if let Err(absent) = &plan.cover.board {
            return Outcome::of(Vec::new(), vec![absent.wait()]);
        }
        let wait = Wait {
            on: Some("CV01"),
            cell: cover.map(|it| it.cell),
            why: "no sheet names a health and wellbeing board".to_owned(),
            missing_value: false,
        };
        return Outcome::of(Vec::new(), vec![wait]);
    };
    let mut findings: Vec<Finding> = named
        .iter()
        .filter(|it| board_key(it.name) != board_key(first.name))
        .map(|it| another_board(plan, first, it))
        .collect();
    findings.extend(other_in_file_name(plan, first.name).map(|other| wrong_file(plan, first, &other)));
    Outcome::of(findings, Vec::new())
}

fn another_board(plan: &Plan, first: &Named<'_>, other: &Named<'_>) -> Finding {
    let sheet = plan.sheet_name(other.cell);
    Finding::new(State::NotMet, sheet, format!("{sheet} names another board"))
        .message(format!(
            "{} names {}, but {} names {}.",
            plan.place(other.cell),
            shortened(other.name),
            plan.place(first.cell),
            shortened(first.name)
        ))
        .todo(format!(
            "Choose the board on the cover and recalculate (Ctrl+Alt+F9). If the sheet does not follow, its formula was \
             changed. {PUT_BACK}"
        ))
        .ask("Ask which area these figures are for, and whether sheets were copied from another plan.")
        .cell(other.cell, "board")
        .cell(first.cell, "board")
        .expected(shortened(first.name), shortened(other.name))
}

fn wrong_file(plan: &Plan, first: &Named<'_>, other: &str) -> Finding {
    Finding::new(State::NotMet, "file name", "The file's name names another board")
        .message(format!(
            "The file is called “{}”, which names {other}, but {} names {}.",
            shortened(&plan.file),
            plan.place(first.cell),
            shortened(first.name)
        ))
        .todo("Check that this is the right file. If it is, name it after its board, as the template asks: 'Name HWB'.")
        .ask("Ask which area this file is for.")
        .cell(first.cell, "board")
        .expected(shortened(first.name), other)
}

/// Boards whose name is an ordinary word too: it stands for the board only where this follows it.
const ORDINARY: [&str; 1] = ["reading"];
const BOARD: [&str; 3] = ["hwb", "council", "borough"];

/// Words that make the name of one area that of another: North Somerset is not Somerset.
const APART: [&str; 6] = ["north", "south", "east", "west", "central", "greater"];

/// Where the words of a board's name stand together in a file's name.
fn places(in_file: &[String], stem: &str, name: &str) -> Vec<Range<usize>> {
    let needle = board_words(name);
    if needle.is_empty() || (is_ordinary(&needle) && !is_called_a_board(stem, &needle)) {
        return Vec::new();
    }
    let windows = in_file.windows(needle.len()).enumerate();
    windows.filter(|it| it.1 == needle.as_slice()).map(|it| it.0..it.0 + needle.len()).collect()
}

fn is_ordinary(words: &[String]) -> bool {
    words.iter().all(|it| ORDINARY.contains(&it.as_str()))
}

/// Whether an ordinary word is followed by what makes it the name of a board: "Reading HWB".
fn is_called_a_board(stem: &str, words: &[String]) -> bool {
    let all = stem.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let all: Vec<String> = all.map(str::to_lowercase).collect();
    all.windows(words.len() + 1)
        .any(|it| it.split_last().is_some_and(|(next, name)| name == words && BOARD.contains(&next.as_str())))
}

/// The board that the file's name names, where it is another one. Only a board of the workbook's own list
/// is one for certain; without it, only a name that begins as the template asks, 'Name HWB'.
fn other_in_file_name(plan: &Plan, board: &str) -> Option<String> {
    let stem = plan.file.rsplit_once('.').map_or(plan.file.as_str(), |it| it.0);
    let in_file = board_words(stem);
    let offered = plan.boards_offered.iter().map(String::as_str).filter(|it| is_a_name(it));
    let named: Vec<(Range<usize>, &str)> = offered
        .chain([board])
        .flat_map(|name| places(&in_file, stem, name).into_iter().map(move |at| (at, name)))
        .collect();
    // The longest name counts: Leeds City is no Leeds, and in North Somerset nobody names Somerset.
    let within = |one: &Range<usize>, other: &Range<usize>| {
        other.len() > one.len() && other.start <= one.start && one.end <= other.end
    };
    let longest: Vec<&str> =
        named.iter().filter(|it| !named.iter().any(|other| within(&it.0, &other.0))).map(|it| it.1).collect();
    let is_own = |name: &str| board_key(name) == board_key(board);
    match longest.iter().find(|it| !is_own(it)) {
        Some(other) if !longest.iter().any(|it| is_own(it)) => return Some((*other).to_owned()),
        // With its own list at hand, a board's own name is all that is looked for.
        _ if !longest.is_empty() && plan.boards_offered.iter().any(|it| is_own(it)) => return None,
        _ => {}
    }
    let (name, _) = stem.split_once(" HWB")?;
    let name = name.trim();
    let plain = name
        .chars()
        .all(|it| it.is_alphabetic() || matches!(it, ' ' | '-' | '\'' | '\u{2019}' | '&' | ',' | '.'));
    let generic = ["bcf", "better", "care", "fund", "plan", "planning", "template", "final", "draft", "copy"];
    let says =
        plain && !name.is_empty() && !board_words(name).iter().any(|it| generic.contains(&it.as_str()));
    (says && are_two(name, board)).then(|| name.to_owned())
}

/// Whether two names are those of two boards. More words than a board's own are no other board, unless they
/// are such as tell areas apart.
fn are_two(name: &str, board: &str) -> bool {
    let (name, board) = (board_words(name), board_words(board));
    let beyond = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|it| !other.contains(it)).cloned().collect()
    };
    let more = [beyond(&name, &board), beyond(&board, &name)];
    more.iter().all(|it| !it.is_empty()) || more.iter().flatten().any(|it| APART.contains(&it.as_str()))
}
