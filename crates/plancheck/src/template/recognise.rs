//! Telling which template a workbook was made from: by its titles, headings and labels, never by the
//! name of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::anchor::Labels;
use super::labels::Wanted;
use super::{Kind, Section, SheetSpec, TEMPLATES, Template, label};
use crate::workbook::{CellRef, Sheet, Value, Workbook, own};

/// What a workbook was recognised as.
#[derive(Debug)]
pub enum Recognition {
    /// A template that these rules know.
    Known(Known),
    /// A template of another round or kind, known by its title only.
    Another {
        /// The title as printed.
        title: String,
        /// What sort of document it makes.
        kind: Kind,
        /// Where the title stands.
        cell: CellRef,
    },
    /// No template at all.
    Unknown,
}

/// A template that these rules know, found in a workbook.
#[derive(Debug)]
pub struct Known {
    /// The template.
    pub template: &'static Template,
    /// The version printed on its cover.
    pub version: Option<String>,
    /// Which sheet, counted in the order of the tabs, is which part of the template.
    pub sheets: BTreeMap<Section, usize>,
    /// Sheets that look like a part which another sheet is taken for, as a copy of it does.
    pub doubles: Vec<(Section, usize)>,
    /// The labels of every sheet.
    pub labels: Vec<Labels>,
    /// Whether nothing was filled in yet. Known only once the plan has been read.
    pub blank: bool,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

static WANTED: LazyLock<Wanted> = LazyLock::new(Wanted::new);

/// A title found on a sheet.
struct Title {
    text: String,
    kind: Kind,
    year: String,
    cell: CellRef,
}

/// Recognises a workbook.
pub fn recognise(workbook: &Workbook) -> Recognition {
    // A sheet of our own results quotes labels and titles, and is no part of any template.
    let labels = |sheet| if own::is_results(sheet) { Labels::default() } else { Labels::of(sheet, &WANTED) };
    let labels: Vec<Labels> = workbook.sheets.iter().map(labels).collect();
    let titles = titles(workbook);
    // A workbook prints its title on sheet after sheet. A stray mention of another round is outvoted.
    let mut votes: BTreeMap<(Kind, &str), BTreeSet<u16>> = BTreeMap::new();
    for title in &titles {
        votes.entry((title.kind, &title.year)).or_default().insert(title.cell.sheet);
    }
    let known =
        |kind: Kind, year: &str| TEMPLATES.iter().copied().find(|it| it.kind == kind && it.year == year);
    let winner = votes
        .iter()
        .max_by_key(|((kind, year), sheets)| (sheets.len(), known(*kind, year).is_some()))
        .map(|((kind, year), _)| (*kind, *year));
    let template = match winner {
        None => TEMPLATES.iter().copied().find(|it| known_by_labels(it, &labels)),
        Some((kind, year)) => {
            match (known(kind, year), titles.iter().find(|it| it.kind == kind && it.year == year)) {
                (None, Some(title)) => {
                    return Recognition::Another { title: title.text.clone(), kind, cell: title.cell };
                }
                (template, _) => template,
            }
        }
    };
    let Some(template) = template else { return Recognition::Unknown };
    let sheets = assign(template, workbook, &labels, &titles);
    let doubles = doubles(template, &sheets, workbook, &labels, &titles);
    let version = version(workbook, sheets.get(&Section::Cover).copied());
    Recognition::Known(Known { template, version, sheets, doubles, labels, blank: false })
}

/// Every title of a Better Care Fund template in the workbook.
fn titles(workbook: &Workbook) -> Vec<Title> {
    let mut titles = Vec::new();
    for (sheet_idx, sheet) in (0..).zip(&workbook.sheets).filter(|it| !own::is_results(it.1)) {
        for cell in sheet.cells() {
            let Value::Text(text) = &cell.value else { continue };
            let Some(key) = title_key(text) else { continue };
            let Some(year) = label::year_in(&key) else { continue };
            let has = |words: &[&str]| words.iter().any(|it| key.contains(it));
            let kind = if has(&["report", "quarter", "year-end", "end of year"]) {
                Kind::Unknown
            } else if has(&["capacity"]) {
                Kind::CapacityDemand
            } else if has(&["template", "submission"]) {
                Kind::Planning
            } else {
                continue;
            };
            let cell = CellRef { sheet: sheet_idx, row: cell.row, col: cell.col };
            titles.push(Title { text: text.trim().to_owned(), kind, year, cell });
        }
    }
    titles
}

/// The key of a text that begins as titles do.
fn title_key(text: &str) -> Option<String> {
    if text.len() > 120 || !matches!(label::opening(text), ['b', 'e', 't', 't'] | ['b', 'c', 'f', _]) {
        return None;
    }
    Some(label::key(text)).filter(|it| it.starts_with("better care fund") || it.starts_with("bcf"))
}

/// Whether a text may tell what a workbook or a sheet is, or where something stands on it.
pub(crate) fn may_matter(text: &str) -> bool {
    title_key(text).is_some() || WANTED.key(text).is_some()
}

/// Whether a tab of this name may be a part of some template.
pub(crate) fn may_be_part(tab: &str) -> bool {
    TEMPLATES.iter().flat_map(|it| it.sheets).any(|it| named_as(tab, it) > 0)
}

/// Where no title is left: most of the template's sheets show their labels, and a label names the year.
fn known_by_labels(template: &Template, labels: &[Labels]) -> bool {
    let shown =
        template.sheets.iter().filter(|spec| labels.iter().any(|it| it.count(spec.signs) >= 2)).count();
    shown * 2 > template.sheets.len() && labels.iter().any(|it| it.count(template.year_signs) > 0)
}

/// Decides which sheet is which part of the template, the surest first. Each sheet is at most one part.
fn assign(
    template: &Template,
    workbook: &Workbook,
    labels: &[Labels],
    titles: &[Title],
) -> BTreeMap<Section, usize> {
    let titles = places(titles);
    let mut scores: Vec<(usize, bool, usize, usize)> = Vec::new();
    for (spec_idx, spec) in template.sheets.iter().enumerate() {
        for (sheet_idx, (sheet, labels)) in workbook.sheets.iter().zip(labels).enumerate() {
            if let Some(score) = score(spec, sheet_idx, sheet, labels, &titles) {
                scores.push((score, sheet.hidden, spec_idx, sheet_idx));
            }
        }
    }
    // Of two that are alike, the one that people see.
    scores.sort_by_key(|(score, hidden, spec_idx, sheet_idx)| {
        (usize::MAX - score, *hidden, *spec_idx, *sheet_idx)
    });
    let mut taken = BTreeSet::new();
    let mut sheets = BTreeMap::new();
    for (_, _, spec_idx, sheet_idx) in scores {
        let Some(spec) = template.sheets.get(spec_idx) else { continue };
        if !sheets.contains_key(&spec.section) && taken.insert(sheet_idx) {
            sheets.insert(spec.section, sheet_idx);
        }
    }
    sheets
}

/// Sheets that are no part of the template and look like one: with its heading, and most of its labels. A tab of
/// the same name alone may be anybody's working.
fn doubles(
    template: &Template,
    sheets: &BTreeMap<Section, usize>,
    workbook: &Workbook,
    labels: &[Labels],
    titles: &[Title],
) -> Vec<(Section, usize)> {
    let titles = &places(titles);
    let taken: BTreeSet<usize> = sheets.values().copied().collect();
    let others = workbook.sheets.iter().zip(labels).enumerate().filter(|(idx, _)| !taken.contains(idx));
    let like = |(idx, (sheet, labels)): (usize, (&Sheet, &Labels))| {
        let fits = |spec: &&SheetSpec| labels.count(spec.signs) * 2 > spec.signs.len();
        let scores = template.sheets.iter().filter(fits).filter_map(|spec| {
            let score = score(spec, idx, sheet, labels, titles)?;
            sheets.contains_key(&spec.section).then_some((score, spec.section))
        });
        scores.max_by_key(|it| it.0).map(|(_, section)| (section, idx))
    };
    others.filter_map(like).collect()
}

/// The sheet, column and row of each title.
fn places(titles: &[Title]) -> BTreeSet<(usize, u32, u32)> {
    titles.iter().map(|it| (usize::from(it.cell.sheet), it.cell.col, it.cell.row)).collect()
}

/// How surely a sheet is this part of the template: by its tab, its heading and its labels. A sheet with
/// neither the tab nor the heading must show every label, or a list of labels would pass for the sheet.
/// `titles` are the sheet, column and row of each.
fn score(
    spec: &SheetSpec,
    sheet_idx: usize,
    sheet: &Sheet,
    labels: &Labels,
    titles: &BTreeSet<(usize, u32, u32)>,
) -> Option<usize> {
    let tab = named_as(&sheet.name, spec);
    // The cover's checklist and the guidance name the other sheets too; a heading is what stands under
    // the title.
    let headed = labels.all(&[spec.heading, spec.name]).iter().any(|place| {
        let above = place.0.saturating_sub(3)..place.0;
        titles.range((sheet_idx, place.1, above.start)..(sheet_idx, place.1, above.end)).next().is_some()
    });
    let signs = labels.count(spec.signs);
    let score = tab + if headed { 3 } else { 0 } + signs;
    (score >= 3 && (tab > 0 || headed || signs == spec.signs.len())).then_some(score)
}

/// How surely a tab's name is that of a part.
fn named_as(tab: &str, spec: &SheetSpec) -> usize {
    if letters(tab) == letters(spec.name) {
        5
    } else if unnumbered(tab) == unnumbered(spec.name) {
        4
    } else {
        0
    }
}

/// A tab's name without case, spacing and punctuation.
fn letters(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The same without the number before it: "5a. Expenditure" is "expenditure", "4.1 Capacity" is "capacity".
fn unnumbered(name: &str) -> String {
    let trimmed = name.trim_start();
    let number = trimmed.split([' ', ')']).next().unwrap_or_default();
    // "4.Income" has its number and its name in one word.
    let number = number.find(|it: char| it.is_alphabetic()).map_or(number, |letter| {
        let dot = number.get(letter..).and_then(|it| it.find('.')).filter(|it| *it <= 1);
        number.get(..dot.map_or(letter, |it| letter + it)).unwrap_or_default()
    });
    let numbered = number.starts_with(|it: char| it.is_ascii_digit()) && number.len() <= 3;
    letters(if numbered { trimmed.get(number.len()..).unwrap_or_default() } else { trimmed })
}

/// "1.0.0" of "Version 1.0.0" on the cover.
fn version(workbook: &Workbook, cover: Option<usize>) -> Option<String> {
    workbook.sheets.get(cover?)?.cells().iter().find_map(|cell| match &cell.value {
        Value::Text(text) => {
            let text = text.trim();
            let rest = text.strip_prefix("Version").or_else(|| text.strip_prefix("version"))?.trim();
            rest.starts_with(|it: char| it.is_ascii_digit()).then(|| rest.to_owned())
        }
        Value::Blank | Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{may_be_part, may_matter, unnumbered};

    #[test]
    fn what_may_tell_a_template_is_told_from_what_cannot() {
        for text in ["Better Care Fund 2022-23 Template", "BCF Planning Template", "Role", "5a. Expenditure"]
        {
            assert!(may_matter(text), "{text}");
        }
        for text in ["", "Acute", "Better", "Bcd", "7. Expenditure of others"] {
            assert!(!may_matter(text), "{text}");
        }
        for tab in ["5a. Expenditure", "expenditure", "4.Income", "Cover"] {
            assert!(may_be_part(tab), "{tab}");
        }
        for tab in ["Look-up 7", "Lookups", "Sheet1"] {
            assert!(!may_be_part(tab), "{tab}");
        }
    }

    #[test]
    fn the_number_before_a_tabs_name_is_taken_off() {
        for (tab, name) in [
            ("5a. Expenditure", "expenditure"),
            ("5a.Expenditure", "expenditure"),
            ("4.Income", "income"),
            ("4.1 Capacity - Discharge", "capacitydischarge"),
            ("3.0 Demand - Community", "demandcommunity"),
            ("5.0 Spend", "spend"),
            ("2) Cover", "cover"),
            ("Cover", "cover"),
            ("2022 plan", "2022plan"),
        ] {
            assert_eq!(unnumbered(tab), name, "{tab}");
        }
    }
}
