//! The workbook's part: its tabs and the parts of its sheets, and the places where a sheet is marked or
//! added.

use std::collections::BTreeSet;

use super::comments::{self, Comments, Marked, Place};
use super::copy::Copy;
use super::drawing::{self, Blocks, Drawing};
use super::marks::Mark;
use super::results::COLUMNS;
use super::sheet::Worksheet;
use super::text::attribute;
use super::tree::{Splices, Tree};
use super::{NotAnnotated, RELATIONS};
use crate::workbook::{Cell, Relation, Workbook, own};

const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// The longest name that a sheet may have, in units of UTF-16.
const LONGEST_NAME: usize = 31;
/// The highest number that Excel gives to a sheet.
const HIGHEST_ID: u32 = 65_534;

/// The workbook's part.
#[derive(Debug)]
pub(super) struct Book {
    part: String,
    tree: Tree,
    /// The element that lists the sheets.
    list: usize,
    tabs: Vec<Tab>,
    relations: Vec<Relation>,
    pub(super) has_window: bool,
    /// The part of the styles.
    pub(super) styles: Option<String>,
}

/// A sheet in the list.
#[derive(Debug)]
struct Tab {
    idx: usize,
    name: String,
    /// The id of the relation to its part.
    relation: String,
}

/// Where the sheet of results goes.
#[derive(Debug)]
pub(super) struct Results {
    /// Its name.
    pub(super) name: String,
    /// The part of the one whose place it takes; `None` where it is new.
    part: Option<String>,
}

/// What became of the comments of a sheet.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) made: usize,
    pub(super) threaded: usize,
    pub(super) full: usize,
}

impl Book {
    pub(super) fn read(copy: &mut Copy<'_>) -> Result<Self, NotAnnotated> {
        let part = copy.package().main_part();
        let refused = |why: &str| NotAnnotated::unreadable(&format!("the part {part}"), why);
        let tree = copy.tree(&part)?;
        super::usual(tree.space(Tree::ROOT)).map_err(|it| refused(&it))?;
        let list =
            tree.only_child(Tree::ROOT, "sheets").ok_or_else(|| refused("it has no list of sheets"))?;
        let relations = copy.relations(&part)?;
        let styles =
            relations.iter().find(|it| it.kind == "styles" && !it.outside).map(|it| it.target.clone());
        let has_window = tree
            .only_child(Tree::ROOT, "bookViews")
            .is_some_and(|it| tree.children(it, "workbookView").next().is_some());
        let attr = |idx, name| tree.attr(idx, name).unwrap_or_default();
        let tab = |idx| Tab { idx, name: attr(idx, "name"), relation: attr(idx, "id") };
        let tabs = tree.children(list, "sheet").map(tab).collect();
        Ok(Book { part, list, tabs, relations, has_window, styles, tree })
    }

    fn refused(&self, why: &str) -> NotAnnotated {
        NotAnnotated::unreadable(&format!("the part {}", self.part), why)
    }

    /// The sheet of this name, where there is exactly one.
    fn tab_of(&self, name: &str) -> Option<&Tab> {
        let mut tabs = self.tabs.iter().filter(|it| it.name == name);
        tabs.next().filter(|_| tabs.next().is_none())
    }

    /// The part of a sheet. Where it cannot be told, that is an error only if the sheet is `wanted`.
    pub(super) fn part_of(&self, name: &str, wanted: bool) -> Result<Option<String>, NotAnnotated> {
        let id = self.tab_of(name).map(|it| it.relation.as_str());
        let relation = id.and_then(|id| self.relations.iter().find(|it| it.id == id && !it.outside));
        match relation {
            Some(relation) => Ok(Some(relation.target.clone())),
            None if wanted => Err(self.refused(&format!("it does not say where the sheet “{name}” is"))),
            None => Ok(None),
        }
    }

    /// Where the sheet of results goes: into the place of one that an earlier copy has brought, or to the end.
    /// One that somebody has worked on since, with formulas, notes, pictures, tables or columns of their own, is left as it is.
    pub(super) fn place_of_results(
        &self,
        copy: &mut Copy<'_>,
        workbook: &Workbook,
    ) -> Result<Results, NotAnnotated> {
        let is_theirs = |it: &Cell| it.formula || usize::try_from(it.col).is_ok_and(|it| it >= COLUMNS);
        let before = workbook.sheets.iter().filter(|it| own::is_results(it));
        for sheet in before.filter(|it| !it.cells().iter().any(is_theirs)) {
            let Some(part) = self.part_of(&sheet.name, true)? else { continue };
            // A printer's settings stay with it; all else belongs to somebody's work.
            if copy.relations(&part).is_ok_and(|it| it.iter().all(|it| it.kind == "printerSettings")) {
                return Ok(Results { name: sheet.name.clone(), part: Some(part) });
            }
        }
        let names: BTreeSet<String> = self.tabs.iter().map(|it| it.name.to_lowercase()).collect();
        let name = new_name(&names).ok_or_else(|| self.refused("it has no name left for a sheet"))?;
        Ok(Results { name, part: None })
    }

    /// Puts the sheet of results into its place.
    pub(super) fn put_results(
        &self,
        copy: &mut Copy<'_>,
        place: &Results,
        results: Vec<u8>,
    ) -> Result<(), NotAnnotated> {
        let mut splices = Splices::default();
        match &place.part {
            Some(part) => {
                copy.change(part, results);
                // Somebody may have hidden it.
                let state = self.tab_of(&place.name).and_then(|it| self.tree.value_span(it.idx, "state"));
                if let Some(state) = state {
                    splices.replace(state, "visible");
                }
            }
            None => {
                let part = copy.add("xl/worksheets/sheet", "xml", Some(WORKSHEET), results);
                let id = copy.relate(&self.part, "worksheet", &part)?;
                self.tree.append(&mut splices, self.list, &self.new_tab(&place.name, &id)?);
            }
        }
        if !splices.is_empty() {
            copy.change(&self.part, self.tree.with(&splices));
        }
        Ok(())
    }

    /// The element of the new sheet.
    fn new_tab(&self, name: &str, relation: &str) -> Result<String, NotAnnotated> {
        let number = |it: &Tab| self.tree.attr(it.idx, "sheetId")?.trim().parse::<u32>().ok();
        let taken: BTreeSet<u32> = self.tabs.iter().filter_map(number).collect();
        let after = taken.last().map_or(1, |it| it.saturating_add(1));
        let id =
            if after <= HIGHEST_ID { Some(after) } else { (1..=HIGHEST_ID).find(|it| !taken.contains(it)) };
        let id = id.ok_or_else(|| self.refused("it has no number left for a sheet"))?;
        let prefix = self.tree.prefix(self.list);
        let (declared, relations) = match self.tree.prefix_of(self.list, RELATIONS) {
            Some(relations) => (String::new(), relations),
            None => (format!(" xmlns:r=\"{RELATIONS}\""), "r".to_owned()),
        };
        let name = attribute(name);
        Ok(format!(
            "<{prefix}sheet{declared} name=\"{name}\" sheetId=\"{id}\" {relations}:id=\"{relation}\"/>"
        ))
    }
}

/// A name for the sheet of results that no sheet has, whatever its case.
fn new_name(taken: &BTreeSet<String>) -> Option<String> {
    let more = (2..=9_999).map(|it| format!("{} ({it})", own::RESULTS));
    std::iter::once(own::RESULTS.to_owned())
        .chain(more)
        .find(|it| it.len() <= LONGEST_NAME && !taken.contains(it))
}

/// Puts comments on a sheet, and takes those away that were made before.
pub(super) fn mark_sheet(
    copy: &mut Copy<'_>,
    part: &str,
    marks: &[Mark],
    used: &mut Blocks,
) -> Result<Outcome, NotAnnotated> {
    let refused = |part: &str, why: &str| NotAnnotated::unreadable(&format!("the part {part}"), why);
    let relations = match copy.relations(part) {
        // A sheet that stays as it is need not be understood.
        Err(_) if marks.is_empty() => return Ok(Outcome::default()),
        other => other?,
    };
    let mut lists = relations.iter().filter(|it| it.kind == "comments" && !it.outside);
    let list = lists.next();
    if lists.next().is_some() && !marks.is_empty() {
        return Err(refused(part, "it has two lists of comments"));
    }
    let there = match list {
        None => None,
        Some(list) => {
            let read = copy.tree(&list.target);
            let read = read.and_then(|it| Comments::read(it).map_err(|why| refused(&list.target, &why)));
            match read {
                Err(_) if marks.is_empty() => None,
                other => Some((list.target.clone(), other?)),
            }
        }
    };
    if marks.is_empty() && !there.as_ref().is_some_and(|it| it.1.has_ours()) {
        return Ok(Outcome::default());
    }
    let worksheet = Worksheet::read(copy.bytes(part)?).map_err(|it| refused(part, &it))?;
    let marked = match &there {
        Some((_, comments)) => comments.with(marks),
        None => Marked {
            part: Some(comments::part(marks)),
            added: (0..marks.len()).collect(),
            ..Marked::default()
        },
    };
    let new: Vec<(Place, String)> =
        marked.added.iter().filter_map(|it| marks.get(*it)).map(|it| ((it.row, it.col), it.text())).collect();
    let outcome =
        Outcome { made: new.len() + marked.extended.len(), threaded: marked.threaded, full: marked.full };
    let Some(list) = marked.part else { return Ok(outcome) };
    if used.is_empty() {
        used.extend(blocks(copy));
    }
    match &worksheet.link {
        Some(id) => {
            let drawing = relations.iter().find(|it| it.id == *id && !it.outside);
            let drawing = drawing.ok_or_else(|| refused(part, "its link to comments leads nowhere"))?;
            let read =
                Drawing::read(copy.bytes(&drawing.target)?).map_err(|it| refused(&drawing.target, &it))?;
            let with = read.with(&worksheet.grid, &marked.removed, &new, &marked.extended, used);
            copy.change(&drawing.target, with);
        }
        None => {
            // Comments that never had a box get one too: without it they would not be shown.
            let theirs = there.iter().flat_map(|it| &it.1.found);
            let theirs = theirs.filter(|it| !marked.removed.contains(&it.at) && it.is_somewhere());
            let grown = |at: Place| marked.extended.iter().find(|it| it.0 == at).map(|it| it.1.clone());
            let mut boxes: Vec<(Place, String)> =
                theirs.map(|it| (it.at, grown(it.at).unwrap_or_else(|| it.text.clone()))).collect();
            boxes.extend(new);
            if !boxes.is_empty() {
                let content = drawing::part(&worksheet.grid, &boxes, used);
                let drawing = copy.add("xl/drawings/vmlDrawing", "vml", None, content);
                let id = copy.relate(part, "vmlDrawing", &drawing)?;
                copy.change(part, worksheet.linked(&id));
            }
        }
    }
    match there {
        Some((target, _)) => copy.change(&target, list),
        None => {
            let comments = copy.add("xl/comments", "xml", Some(COMMENTS), list);
            copy.relate(part, "comments", &comments)?;
        }
    }
    Ok(outcome)
}

/// The blocks of numbers that the drawings of the workbook use. One that cannot be read as text is looked
/// through all the same.
fn blocks(copy: &mut Copy<'_>) -> Blocks {
    let is_drawing = |it: &&str| it.ends_with(".vml") || it.contains("vmldrawing");
    let names: Vec<String> = copy.package().names().filter(is_drawing).map(str::to_owned).collect();
    // No drawing has the first of all.
    let mut blocks = Blocks::from([(0, 1)]);
    for name in names {
        if let Ok(bytes) = copy.package().bytes(&name) {
            for block in drawing::blocks_in(&String::from_utf8_lossy(&bytes)) {
                *blocks.entry(block).or_default() += 1;
            }
        }
    }
    blocks
}
