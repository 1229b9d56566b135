//! A part of comments: those it has, and the same part with ours.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::marks::{Mark, Part};
use super::text::{MOST, escaped, length};
use super::tree::{Splices, Tree};
use super::{HEAD, MAIN};
use crate::workbook::CellRef;
use crate::workbook::area::Area;
use crate::workbook::own;

/// A cell's row and column.
pub(super) type Place = (u32, u32);

/// What stands for the cell of a comment whose part does not say.
const NOWHERE: Place = (u32::MAX, u32::MAX);

/// The comments of a sheet.
#[derive(Debug)]
pub(super) struct Comments {
    tree: Tree,
    authors: Vec<String>,
    pub(super) found: Vec<Comment>,
    list: usize,
}

/// A comment that is there.
#[derive(Debug)]
pub(super) struct Comment {
    idx: usize,
    pub(super) at: Place,
    /// The element of its text.
    body: Option<usize>,
    /// All that it says.
    pub(super) text: String,
    /// Where it says what we have said.
    ours: Vec<Range<usize>>,
    /// Whether it stands for a conversation, whose own part is what Excel shows.
    pub(super) threaded: bool,
}

impl Comment {
    /// Whether the file says which cell it is on.
    pub(super) fn is_somewhere(&self) -> bool {
        self.at != NOWHERE
    }

    /// What others have said.
    fn theirs(&self) -> String {
        without(&self.text, 0, &self.ours)
    }

    /// Whether it says nothing but what we have said.
    fn is_ours(&self) -> bool {
        !self.ours.is_empty() && self.theirs().trim().is_empty()
    }
}

/// A part of comments with ours, and what became of each.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// `None` where nothing changes.
    pub(super) part: Option<Vec<u8>>,
    /// Cells whose comment was ours alone, and is gone or new.
    pub(super) removed: BTreeSet<Place>,
    /// Cells that have a comment of their own now: they need a box.
    pub(super) added: Vec<usize>,
    /// Cells whose comment goes on below somebody else's: the box may have to grow for all of this text.
    pub(super) extended: Vec<(Place, String)>,
    /// Cells with a conversation, which is left as it is.
    pub(super) threaded: usize,
    /// Cells whose comment is so long that nothing more fits.
    pub(super) full: usize,
}

impl Comments {
    /// Reads a part.
    ///
    /// # Errors
    /// Where it cannot be changed, in a clause.
    pub(super) fn read(tree: Tree) -> Result<Self, String> {
        super::usual(tree.space(Tree::ROOT))?;
        if tree.name(Tree::ROOT) != "comments" {
            return Err("it holds no comments".to_owned());
        }
        let authors = tree.only_child(Tree::ROOT, "authors").ok_or("it has no list of authors")?;
        let list = tree.only_child(Tree::ROOT, "commentList").ok_or("it has no list of comments")?;
        let authors: Vec<String> = tree.children(authors, "author").map(|it| tree.text_of(it)).collect();
        let found = tree.children(list, "comment").map(|idx| comment(&tree, &authors, idx)).collect();
        Ok(Comments { authors, found, list, tree })
    }

    /// Whether a comment of ours is among them.
    pub(super) fn has_ours(&self) -> bool {
        self.found.iter().any(|it| !it.ours.is_empty())
    }

    /// The part without the comments that we made before and with those that we make now.
    pub(super) fn with(&self, marks: &[Mark]) -> Marked {
        let mut splices = Splices::default();
        let mut marked = Marked::default();
        for comment in self.found.iter().filter(|it| it.is_ours()) {
            splices.replace(self.tree.span(comment.idx), "");
            marked.removed.insert(comment.at);
        }
        let kept: Vec<&Comment> = self.found.iter().filter(|it| !it.is_ours()).collect();
        let by_place: BTreeMap<Place, &Mark> = marks.iter().map(|it| ((it.row, it.col), it)).collect();
        let taken: BTreeSet<Place> = kept.iter().map(|it| it.at).collect();
        let mut added = String::new();
        for comment in &kept {
            let mark = by_place.get(&comment.at).copied();
            let text = mark.map(|it| format!("{}\n\n{}", comment.theirs(), it.text()));
            match text {
                Some(_) if comment.threaded => marked.threaded += 1,
                Some(text) if length(&text) > MOST => marked.full += 1,
                Some(text) => {
                    marked.extended.push((comment.at, text));
                    self.change(&mut splices, comment, mark);
                    continue;
                }
                None => {}
            }
            self.change(&mut splices, comment, None);
        }
        let author = self.authors.iter().position(|it| it == own::AUTHOR);
        for (idx, mark) in marks.iter().enumerate() {
            if !taken.contains(&(mark.row, mark.col)) {
                marked.added.push(idx);
                added.push_str(&element(
                    self.tree.prefix(self.list),
                    author.unwrap_or(self.authors.len()),
                    mark,
                ));
            }
        }
        if !added.is_empty() {
            if author.is_none()
                && let Some(authors) = self.tree.only_child(Tree::ROOT, "authors")
            {
                let prefix = self.tree.prefix(authors);
                let name = format!("<{prefix}author>{}</{prefix}author>", own::AUTHOR);
                self.tree.append(&mut splices, authors, &name);
            }
            self.tree.append(&mut splices, self.list, &added);
        }
        marked.part = (!splices.is_empty()).then(|| self.tree.with(&splices));
        marked
    }

    /// Takes what we said before out of somebody's comment, and adds what we say now to its end.
    fn change(&self, splices: &mut Splices, comment: &Comment, mark: Option<&Mark>) {
        let Some(body) = comment.body.filter(|_| mark.is_some() || !comment.ours.is_empty()) else { return };
        let tree = &self.tree;
        let prefix = tree.prefix(body);
        let mut from = 0;
        let mut last_run = None;
        let mut last_text = None;
        let mut says_more = false;
        // Both the pieces and what is ours in them are in order, so one walk through both is enough.
        let mut ours = comment.ours.as_slice();
        for (run, idx) in texts(tree, body) {
            let text = tree.text_of(idx);
            let here = from..from + text.len();
            from = here.end;
            while let [first, rest @ ..] = ours
                && first.end <= here.start
            {
                ours = rest;
            }
            let kept = without(&text, here.start, ours);
            says_more |= !kept.is_empty();
            last_run = run.or(last_run);
            last_text = Some(idx);
            if kept == text {
                continue;
            }
            match (run, tree.inside(idx)) {
                (Some(run), _) if kept.is_empty() => splices.replace(tree.span(run), ""),
                (_, Some(inside)) => splices.replace(inside, escaped(&kept)),
                (_, None) => {}
            }
        }
        let Some(mark) = mark else { return };
        let gap = if says_more { "\n\n" } else { "" };
        match (last_run, last_text) {
            (Some(run), _) => splices.insert(tree.span(run).end, runs(prefix, gap, mark)),
            // A text of one piece is not made one of runs: it stays of one piece.
            (None, Some(idx)) => {
                let more = escaped(&format!("{gap}{}", mark.text()));
                match tree.inside(idx) {
                    Some(inside) => splices.insert(inside.end, more),
                    None => splices.replace(tree.span(idx), plain(prefix, &more)),
                }
            }
            (None, None) => tree.append(splices, body, &runs(prefix, gap, mark)),
        }
    }
}

/// A new part with these comments.
pub(super) fn part(marks: &[Mark]) -> Vec<u8> {
    let mut xml = format!(
        "{HEAD}<comments xmlns=\"{MAIN}\"><authors><author>{}</author></authors><commentList>",
        own::AUTHOR
    );
    for mark in marks {
        xml.push_str(&element("", 0, mark));
    }
    xml.push_str("</commentList></comments>");
    xml.into_bytes()
}

fn comment(tree: &Tree, authors: &[String], idx: usize) -> Comment {
    let body = tree.only_child(idx, "text");
    let at = tree.attr(idx, "ref").as_deref().and_then(Area::read);
    let author = tree.attr(idx, "authorId").and_then(|it| it.trim().parse::<usize>().ok());
    let text = body.map_or_else(String::new, |body| texts(tree, body).map(|it| tree.text_of(it.1)).collect());
    // What no program takes for a comment is not searched.
    let ours = if length(&text) > MOST { Vec::new() } else { own::ours_in(&text) };
    Comment {
        idx,
        at: at.map_or(NOWHERE, |it| (it.first_row, it.first_col)),
        text,
        ours,
        body,
        threaded: author.and_then(|it| authors.get(it)).is_some_and(|it| it.starts_with("tc=")),
    }
}

/// The elements that make up what a comment says, each with the run that it is in; how its words are
/// pronounced is not among them.
fn texts(tree: &Tree, body: usize) -> impl Iterator<Item = (Option<usize>, usize)> {
    let runs =
        tree.children(body, "r").flat_map(|run| tree.children(run, "t").map(move |it| (Some(run), it)));
    tree.children(body, "t").map(|it| (None, it)).chain(runs)
}

/// What is left of a text, which begins at a place of a longer one, without some places of that.
fn without(text: &str, start: usize, gone: &[Range<usize>]) -> String {
    let (mut kept, mut from) = (String::new(), 0);
    let end = start.saturating_add(text.len());
    for range in gone.iter().take_while(|it| it.start < end) {
        let (begin, end) = (range.start.saturating_sub(start), range.end.saturating_sub(start));
        kept.push_str(text.get(from..begin.min(text.len())).unwrap_or_default());
        from = from.max(end.min(text.len()));
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// A comment of ours.
fn element(prefix: &str, author: usize, mark: &Mark) -> String {
    let at = CellRef { sheet: 0, row: mark.row, col: mark.col };
    format!(
        "<{prefix}comment ref=\"{at}\" authorId=\"{author}\" shapeId=\"0\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
        runs(prefix, "", mark)
    )
}

/// What a comment says, the beginning of each part in bold.
fn runs(prefix: &str, gap: &str, mark: &Mark) -> String {
    let mut runs = String::new();
    let mut gap = gap;
    for Part { head, body } in &mark.parts {
        runs.push_str(&run(prefix, true, &format!("{gap}{head}")));
        runs.push_str(&run(prefix, false, body));
        gap = "\n\n";
    }
    runs.push_str(&run(prefix, false, &format!("{gap}{}", mark.foot)));
    runs
}

/// A run in the font that Excel gives to comments.
fn run(prefix: &str, bold: bool, text: &str) -> String {
    let bold = if bold { format!("<{prefix}b/>") } else { String::new() };
    format!(
        "<{prefix}r><{prefix}rPr>{bold}<{prefix}sz val=\"9\"/><{prefix}color indexed=\"81\"/>\
         <{prefix}rFont val=\"Tahoma\"/><{prefix}family val=\"2\"/></{prefix}rPr>{}</{prefix}r>",
        plain(prefix, &escaped(text))
    )
}

/// A text that is escaped already.
fn plain(prefix: &str, text: &str) -> String {
    format!("<{prefix}t xml:space=\"preserve\">{text}</{prefix}t>")
}
