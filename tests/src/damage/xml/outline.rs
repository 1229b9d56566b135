//! Where the elements, attributes and texts of a part are. It is read only as closely as damaging it asks for,
//! and whatever is in it: a part that was damaged before can be damaged again.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Random;

/// The places of everything in a part.
#[derive(Debug)]
pub struct Outline<'t> {
    pub(super) text: &'t str,
    elements: Vec<Element>,
    pub(super) attributes: Vec<Attribute>,
    texts: Vec<Range<usize>>,
    /// Elements by their names, so that what a sheet has once is met as often as its thousand cells.
    named: Vec<Vec<usize>>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name in the opening tag.
    pub(super) name: Range<usize>,
    /// The opening tag.
    pub(super) open: Range<usize>,
    /// The closing tag, where it has one of its own.
    pub(super) close: Option<Range<usize>>,
    /// All of it.
    pub(super) whole: Range<usize>,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    /// Without the quotes.
    pub(super) value: Range<usize>,
    pub(super) whole: Range<usize>,
}

impl<'t> Outline<'t> {
    /// Finds its way through a part.
    pub fn read(text: &'t str) -> Self {
        let mut outline = Outline {
            text,
            elements: Vec::new(),
            attributes: Vec::new(),
            texts: Vec::new(),
            named: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find('<').map(|it| at + it) {
            if start > at && !open.is_empty() {
                outline.texts.push(at..start);
            }
            let Some(end) = end_of_tag(text, start) else { break };
            let tag = &text[start..end];
            if let Some(name) = tag.strip_prefix("</") {
                let name = name.trim_end_matches('>').trim();
                // What was never closed is left open, and its parent is closed all the same.
                let own = open.iter().rposition(|it| &text[outline.elements[*it].name.clone()] == name);
                if let Some(own) = own {
                    let element = &mut outline.elements[open[own]];
                    element.close = Some(start..end);
                    element.whole.end = end;
                    open.truncate(own);
                }
            } else if !tag.starts_with("<!") && !tag.starts_with("<?") {
                let name = tag[1..].find([' ', '\t', '\n', '\r', '/', '>']).unwrap_or(0);
                let name = start + 1..start + 1 + name;
                if !tag.ends_with("/>") {
                    open.push(outline.elements.len());
                }
                outline.read_attributes(name.end, end);
                outline.elements.push(Element { name, open: start..end, close: None, whole: start..end });
            }
            at = end;
        }
        // An element that was opened and not closed is its opening tag alone: there is no end tag to drop.
        outline.elements.retain(|it| it.close.is_some() || text[it.open.clone()].ends_with("/>"));
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (idx, element) in outline.elements.iter().enumerate() {
            named.entry(&text[element.name.clone()]).or_default().push(idx);
        }
        outline.named = named.into_values().collect();
        outline
    }

    fn read_attributes(&mut self, mut at: usize, end: usize) {
        let text = self.text;
        while let Some(equals) = text[at..end].find('=').map(|it| at + it) {
            let Some(quote) = text[equals + 1..end].chars().next().filter(|it| matches!(it, '"' | '\''))
            else {
                return;
            };
            let value = equals + 2;
            let Some(close) = text[value..end].find(quote).map(|it| value + it) else { return };
            let name = at + (text[at..equals].len() - text[at..equals].trim_start().len());
            self.attributes.push(Attribute {
                name: name..equals,
                value: value..close,
                whole: name..close + 1,
            });
            at = close + 1;
        }
    }

    /// An element, each name as likely as the others.
    pub(super) fn element(&self, random: &mut Random) -> Option<&Element> {
        let among = random.pick(&self.named)?;
        self.elements.get(*random.pick(among)?)
    }

    /// An attribute.
    pub(super) fn attribute(&self, random: &mut Random) -> Option<&Attribute> {
        random.pick(&self.attributes)
    }

    /// Every text between tags, and every attribute's value.
    pub(super) fn values(&self) -> impl Iterator<Item = &Range<usize>> {
        self.texts.iter().chain(self.attributes.iter().map(|it| &it.value))
    }

    /// The part with a stretch of it replaced.
    pub(super) fn with(&self, range: &Range<usize>, by: &str) -> String {
        super::replaced(self.text, range, by)
    }

    /// The part with a stretch of it taken out.
    pub(super) fn without(&self, range: &Range<usize>) -> String {
        self.with(range, "")
    }
}

/// Where a tag that begins here ends: behind the first ">" that is not inside quotes, or for comments and the
/// like, behind their own end.
fn end_of_tag(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if rest.starts_with(begin) {
            return rest.find(end).map(|it| start + it + end.len());
        }
    }
    let mut quote = None;
    for (idx, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(start + idx + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}
