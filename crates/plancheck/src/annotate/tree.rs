//! A part of the package as the text it is and the places of its elements in it: enough to change it by
//! splicing, so that every other byte stays what it was.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, PrefixDeclaration, ResolveResult};
use quick_xml::reader::{NsReader, Reader};

use crate::workbook::xml::{self, DEEPEST, Element, Visit};

/// Elements beyond which a part is not taken apart.
const MOST_ELEMENTS: usize = 1_000_000;

/// An element and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<usize>,
    /// Its start tag, or all of it where it is written as one tag.
    head: Range<usize>,
    /// Its end tag, where it has one of its own.
    close: Option<Range<usize>>,
    /// Which of the tree's namespaces it is in.
    space: usize,
}

/// A part, taken apart.
#[derive(Debug)]
pub(super) struct Tree {
    text: String,
    bom: bool,
    nodes: Vec<Node>,
    spaces: Vec<String>,
}

/// The text of a part, and whether a byte order mark stood before it. Only what is written in UTF-8 can be
/// changed: places in it are places in the file.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<(String, bool), String> {
    let bom = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let wide =
        matches!(bytes.as_slice(), [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..]);
    if wide {
        return Err("it is written in UTF-16".to_owned());
    }
    let mut text = String::from_utf8(bytes).map_err(|_| "it is not written in UTF-8".to_owned())?;
    if bom {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if let Ok(Event::Decl(declaration)) = Reader::from_str(&text).read_event()
        && let Some(Ok(encoding)) = declaration.encoding()
        && !["utf-8", "utf8", "us-ascii"].iter().any(|it| encoding.eq_ignore_ascii_case(it))
    {
        return Err(format!("it is written in {encoding}"));
    }
    Ok((text, bom))
}

/// A text as the bytes of a part.
pub(super) fn encoded(text: &str, bom: bool) -> Vec<u8> {
    let mark: &[u8] = if bom { &[0xEF, 0xBB, 0xBF] } else { &[] };
    [mark, text.as_bytes()].concat()
}

/// A place in a document, which no document outgrows.
pub(super) fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

impl Tree {
    /// Takes a part apart.
    ///
    /// # Errors
    /// Where it cannot be changed, in a clause.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let (text, bom) = decoded(bytes)?;
        let mut nodes: Vec<Node> = Vec::new();
        let mut spaces = vec![String::new()];
        let mut open: Vec<usize> = Vec::new();
        let mut reader = NsReader::from_str(&text);
        loop {
            let from = place(reader.buffer_position());
            let event = reader.read_event().map_err(|it| it.to_string())?;
            let to = place(reader.buffer_position());
            match event {
                Event::Start(ref it) | Event::Empty(ref it) => {
                    let space = match reader.resolver().resolve_element(it.name()).0 {
                        ResolveResult::Bound(Namespace(name)) => known(&mut spaces, name),
                        ResolveResult::Unbound | ResolveResult::Unknown(_) => 0,
                    };
                    nodes.push(Node { parent: open.last().copied(), head: from..to, close: None, space });
                    if matches!(event, Event::Start(_)) {
                        open.push(nodes.len() - 1);
                    }
                    if nodes.len() > MOST_ELEMENTS || open.len() > DEEPEST {
                        return Err("it has more elements than are read".to_owned());
                    }
                }
                Event::End(_) => {
                    if let Some(node) = open.pop().and_then(|it| nodes.get_mut(it)) {
                        node.close = Some(from..to);
                    }
                }
                Event::Eof if !open.is_empty() => {
                    return Err("it ends before its last element does".to_owned());
                }
                Event::Eof if nodes.is_empty() => return Err("it holds no element".to_owned()),
                Event::Eof => break,
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
        Ok(Tree { text, bom, nodes, spaces })
    }

    /// The first element: the one that holds all others.
    pub(super) const ROOT: usize = 0;

    fn node(&self, idx: usize) -> Option<&Node> {
        self.nodes.get(idx)
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The name of an element as it is written: "x:sheets".
    fn written(&self, idx: usize) -> &str {
        let head = self.node(idx).map_or("", |it| self.slice(&it.head));
        let name = head.get(1..).unwrap_or_default();
        name.split(|it: char| it.is_ascii_whitespace() || it == '/' || it == '>').next().unwrap_or_default()
    }

    /// The name of an element without its prefix.
    pub(super) fn name(&self, idx: usize) -> &str {
        let written = self.written(idx);
        written.split_once(':').map_or(written, |it| it.1)
    }

    /// The prefix of an element with its colon; nothing where it has none.
    pub(super) fn prefix(&self, idx: usize) -> &str {
        let written = self.written(idx);
        written.split_once(':').and_then(|(prefix, _)| written.get(..=prefix.len())).unwrap_or_default()
    }

    /// The namespace of an element; nothing where it is in none.
    pub(super) fn space(&self, idx: usize) -> &str {
        self.node(idx).and_then(|it| self.spaces.get(it.space)).map_or("", String::as_str)
    }

    /// All of an element, both tags included.
    pub(super) fn span(&self, idx: usize) -> Range<usize> {
        self.node(idx).map_or(0..0, |it| it.head.start..it.close.as_ref().map_or(it.head.end, |it| it.end))
    }

    /// What stands between the tags of an element; `None` where it is written as one tag.
    pub(super) fn inside(&self, idx: usize) -> Option<Range<usize>> {
        let node = self.node(idx)?;
        Some(node.head.end..node.close.as_ref()?.start)
    }

    /// The elements inside another, at any depth, in their order.
    pub(super) fn below(&self, idx: usize) -> impl Iterator<Item = usize> {
        let end = self.span(idx).end;
        (idx + 1..self.nodes.len()).take_while(move |it| self.span(*it).start < end)
    }

    /// The elements right inside another that have this name and its namespace.
    pub(super) fn children<'t>(&'t self, idx: usize, name: &'t str) -> impl Iterator<Item = usize> + 't {
        let space = self.node(idx).map(|it| it.space);
        self.below(idx).filter(move |it| {
            self.node(*it).is_some_and(|node| node.parent == Some(idx) && Some(node.space) == space)
                && self.name(*it) == name
        })
    }

    /// The element right inside another that has this name and its namespace, where there is exactly one.
    pub(super) fn only_child(&self, idx: usize, name: &str) -> Option<usize> {
        let mut found = self.children(idx, name);
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    /// Runs on the start tag of an element.
    fn with_head<T>(&self, idx: usize, run: impl FnOnce(&BytesStart<'_>) -> Option<T>) -> Option<T> {
        let head = self.slice(&self.node(idx)?.head);
        match Reader::from_str(head).read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => run(&start),
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_)
            | Event::Eof => None,
        }
    }

    /// An attribute by its name without a prefix.
    pub(super) fn attr(&self, idx: usize, name: &str) -> Option<String> {
        self.with_head(idx, |it| Element::of(it).attr(name))
    }

    /// Where the value of an attribute stands that is written without a prefix.
    pub(super) fn value_span(&self, idx: usize, name: &str) -> Option<Range<usize>> {
        let head = self.node(idx)?.head.clone();
        let tag = self.slice(&head);
        let (offset, length) = self.with_head(idx, |it| {
            let found = it.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == name)?;
            // A value is a piece of the tag that it was read from.
            Some((found.value.as_ptr().addr().checked_sub(tag.as_ptr().addr())?, found.value.len()))
        })?;
        Some(head.start + offset..head.start + offset + length)
    }

    /// The prefix that stands for a namespace inside an element, where there is one.
    pub(super) fn prefix_of(&self, idx: usize, space: &str) -> Option<String> {
        let mut seen: Vec<String> = Vec::new();
        let mut at = Some(idx);
        while let Some(here) = at {
            let found = self.with_head(here, |start| {
                for it in start.attributes().with_checks(false).flatten() {
                    if let Some(PrefixDeclaration::Named(prefix)) = it.key.as_namespace_binding() {
                        if !seen.iter().any(|it| it == prefix) && *it.value == *space {
                            return Some(prefix.to_owned());
                        }
                        seen.push(prefix.to_owned());
                    }
                }
                None
            });
            if found.is_some() {
                return found;
            }
            at = self.node(here).and_then(|it| it.parent);
        }
        None
    }

    /// The text in an element, markup left out.
    pub(super) fn text_of(&self, idx: usize) -> String {
        let mut texts = Texts(String::new());
        // It was well-formed when the whole part was read.
        let _ = xml::visit(self.slice(&self.span(idx)).as_bytes(), &mut texts);
        texts.0
    }

    /// Adds to the end of what an element holds.
    pub(super) fn append(&self, splices: &mut Splices, idx: usize, more: &str) {
        match self.inside(idx) {
            Some(inside) => splices.insert(inside.end, more),
            None => {
                let span = self.span(idx);
                let head = self.slice(&span).trim_end_matches("/>").trim_end();
                splices
                    .replace(span.start + head.len()..span.end, format!(">{more}</{}>", self.written(idx)));
            }
        }
    }

    /// The part with its changes.
    pub(super) fn with(&self, splices: &Splices) -> Vec<u8> {
        encoded(&splices.applied(&self.text), self.bom)
    }
}

fn known(spaces: &mut Vec<String>, name: &str) -> usize {
    match spaces.iter().position(|it| it == name) {
        Some(idx) => idx,
        // A document with more of them than these has none of its own to tell.
        None if spaces.len() >= 100 => 0,
        None => {
            spaces.push(name.to_owned());
            spaces.len() - 1
        }
    }
}

struct Texts(String);

impl Visit for Texts {
    fn open(&mut self, _: &Element<'_>, _: usize) {}
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }
}

/// Changes to a text, each at its place.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<(Range<usize>, String)>);

impl Splices {
    /// Puts a text in at a place. Of several at one place the one that came first stands first.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// Puts a text in place of another.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Whether nothing is changed.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all of them.
    pub(super) fn applied(&self, text: &str) -> String {
        let mut order: Vec<&(Range<usize>, String)> = self.0.iter().collect();
        order.sort_by_key(|it| it.0.start);
        let more: usize = order.iter().map(|it| it.1.len()).sum();
        let mut out = String::with_capacity(text.len() + more);
        let mut from = 0;
        for (range, with) in order {
            out.push_str(text.get(from..range.start).unwrap_or_default());
            out.push_str(with);
            from = range.end.max(from);
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }
}
