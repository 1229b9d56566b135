//! Reads the XML of a part as it is inflated, and stops where it asks for more than is believed: before any
//! library keeps a byte of it.
//!
//! Nothing is decoded or kept here. Where one piece ends and the next begins is told as quick-xml tells it,
//! which reads the same bytes afterwards, so that nothing can be one piece here and another there.

mod tag;

use super::bounds::Limits;
use super::error::{OpenError, SHARED_TEXTS};
use tag::{end_of_tag, is_believed, is_plain, name_of, number, places, within};

/// What has been counted in all parts of a file.
#[derive(Debug, Default)]
pub(super) struct Counts {
    strings: usize,
    /// Bytes of the texts that cells share.
    text: usize,
    names: usize,
    styles: usize,
    relations: usize,
    elements: usize,
}

/// A part as it goes by.
pub(super) struct Scan<'l> {
    limits: &'l Limits,
    inside: Inside,
    /// Bytes of the piece that is going by.
    piece: usize,
    /// The piece's first bytes.
    head: Vec<u8>,
    /// The piece's last two bytes so far.
    last: [u8; 2],
    depth: usize,
    deepest: usize,
    /// How deep the element stands whose texts are one text to the reader, and the bytes of them so far.
    whole: Option<(usize, usize)>,
    /// The names of the elements that are open, where each must be closed by its own.
    open: Option<Vec<Vec<u8>>>,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// Nothing has been seen that says what the part is.
    Start,
    /// No XML.
    Opaque,
    /// XML whose pieces cannot be told without more: in an encoding of its own, or behind a document type. The
    /// whole of it may be no larger than one piece.
    Unscanned,
    Text,
    /// Just behind "<".
    Opening,
    Tag,
    Quoted(u8),
    Instruction,
    /// Behind "<!".
    Bang,
    Comment,
    Characters,
}

/// How much of a tag is kept: its name, and all of the one that counts the shared texts.
const HEAD: usize = 2 * 1024;
/// The part of an OpenDocument file that calamine reads. It looks for the end of a table or a row for ever where
/// there is none, and takes any name at it.
const MUST_CLOSE: &str = "content.xml";
/// Elements whose texts a reader joins.
const WHOLES: [&[u8]; 7] =
    [b"si", b"c", b"table-cell", b"definedName", b"comment", b"annotation", b"formula1"];

impl<'l> Scan<'l> {
    /// A scan of the part of this name.
    pub(super) fn new(name: &str, limits: &'l Limits) -> Self {
        // Drawings of the old kind leave elements such as <br> open.
        let is_loose = name.to_lowercase().ends_with(".vml");
        Scan {
            limits,
            inside: Inside::Start,
            piece: 0,
            head: Vec::new(),
            last: [0; 2],
            depth: 0,
            deepest: if is_loose { limits.depth.saturating_mul(100) } else { limits.depth },
            whole: None,
            open: (name == MUST_CLOSE).then(Vec::new),
        }
    }

    /// Reads on.
    ///
    /// # Errors
    /// Where a limit is exceeded.
    pub(super) fn read(&mut self, chunk: &[u8], counts: &mut Counts) -> Result<(), OpenError> {
        let mut rest = chunk;
        while !rest.is_empty() {
            let read = self.step(rest, counts)?;
            rest = rest.get(read..).unwrap_or_default();
        }
        Ok(())
    }

    /// Whether what comes next is no part of a tag, a comment or anything else that has begun.
    pub(super) fn is_between_tags(&self) -> bool {
        self.inside == Inside::Text
    }

    /// Passes over so many elements that were looked at otherwise.
    ///
    /// # Errors
    /// Where there are too many.
    pub(super) fn pass(&self, elements: usize, counts: &mut Counts) -> Result<(), OpenError> {
        counts.elements += elements;
        within(counts.elements, self.limits.elements, "elements")
    }

    /// Says that the part is over.
    ///
    /// # Errors
    /// Where elements are open that a reader would look for the end of, or cannot be told.
    pub(super) fn end(&self) -> Result<(), OpenError> {
        let Some(open) = &self.open else { return Ok(()) };
        let is_over = open.is_empty() && matches!(self.inside, Inside::Text | Inside::Start);
        if is_over { Ok(()) } else { Err(OpenError::damaged()) }
    }

    /// Reads up to where something changes, and says how many bytes that was.
    fn step(&mut self, bytes: &[u8], counts: &mut Counts) -> Result<usize, OpenError> {
        let Some(&first) = bytes.first() else { return Ok(0) };
        match self.inside {
            Inside::Start => {
                self.head.push(first);
                match &self.head[..] {
                    [.., b' ' | b'\t' | b'\r' | b'\n' | 0xEF | 0xBB | 0xBF] => {}
                    [.., 0xFF, 0xFE] | [.., 0xFE, 0xFF] | [.., 0, b'<'] => self.begin(Inside::Unscanned),
                    [.., b'<'] => self.begin(Inside::Opening),
                    [.., 0xFF | 0xFE | 0] if self.head.len() == 1 => {}
                    _ => self.inside = Inside::Opaque,
                }
                // So much space before anything: what comes is read as a text.
                if self.head.len() > HEAD {
                    self.inside = Inside::Text;
                }
                Ok(1)
            }
            Inside::Opaque => Ok(bytes.len()),
            Inside::Unscanned => self.take(bytes).map(|()| bytes.len()),
            Inside::Text => {
                let end = memchr::memchr(b'<', bytes);
                let length = end.unwrap_or(bytes.len());
                self.text(length)?;
                if end.is_some() {
                    self.begin(Inside::Opening);
                    return Ok(length + 1);
                }
                Ok(length)
            }
            Inside::Opening => {
                // Nearly every tag is here as a whole.
                if !matches!(first, b'?' | b'!' | 0)
                    && let Some(end) = end_of_tag(bytes)
                {
                    self.take(bytes.get(..end).unwrap_or_default())?;
                    self.tag(counts)?;
                    return Ok(end + 1);
                }
                self.inside = match first {
                    b'?' => Inside::Instruction,
                    b'!' => Inside::Bang,
                    // Two bytes to a character.
                    0 => Inside::Unscanned,
                    _ => Inside::Tag,
                };
                // A tag may end right here: "<>".
                if self.inside == Inside::Tag { Ok(0) } else { self.take(&[first]).map(|()| 1) }
            }
            Inside::Tag => match memchr::memchr3(b'>', b'"', b'\'', bytes) {
                Some(at) => {
                    self.take(&bytes[..at])?;
                    match bytes[at] {
                        b'>' => self.tag(counts)?,
                        quote => {
                            self.take(&[quote])?;
                            self.inside = Inside::Quoted(quote);
                        }
                    }
                    Ok(at + 1)
                }
                None => self.take(bytes).map(|()| bytes.len()),
            },
            Inside::Quoted(quote) => {
                let end = memchr::memchr(quote, bytes).map(|it| it + 1);
                if end.is_some() {
                    self.inside = Inside::Tag;
                }
                let length = end.unwrap_or(bytes.len());
                self.take(&bytes[..length]).map(|()| length)
            }
            Inside::Bang => {
                self.inside = match first {
                    b'-' => Inside::Comment,
                    b'[' => Inside::Characters,
                    _ => Inside::Unscanned,
                };
                self.take(&[first]).map(|()| 1)
            }
            Inside::Instruction | Inside::Comment | Inside::Characters => {
                let end = memchr::memchr(b'>', bytes);
                self.take(&bytes[..end.unwrap_or(bytes.len())])?;
                let Some(at) = end else { return Ok(bytes.len()) };
                let ended = match self.inside {
                    Inside::Instruction => self.last[1] == b'?',
                    // "<!-->" and "<!--->" do not end a comment.
                    Inside::Comment => self.last == *b"--" && self.piece > 4,
                    _ => self.last == *b"]]",
                };
                if ended {
                    let is_plain = self.inside != Inside::Instruction || is_plain(&self.head);
                    self.begin(if is_plain { Inside::Text } else { Inside::Unscanned });
                } else {
                    self.take(b">")?;
                }
                Ok(at + 1)
            }
        }
    }

    fn begin(&mut self, inside: Inside) {
        self.inside = inside;
        self.piece = 0;
        self.head.clear();
        self.last = [0; 2];
    }

    /// Counts bytes of markup.
    fn take(&mut self, bytes: &[u8]) -> Result<(), OpenError> {
        self.piece += bytes.len();
        if self.piece > self.limits.piece {
            return Err(OpenError::too_long_a_piece(self.limits.piece));
        }
        if self.head.len() < HEAD {
            self.head.extend(bytes.iter().take(HEAD - self.head.len()));
        }
        match bytes {
            [] => {}
            [one] => self.last = [self.last[1], *one],
            [.., one, two] => self.last = [*one, *two],
        }
        // To a reader, characters as they are are text.
        if self.inside == Inside::Characters {
            self.join(bytes.len())?;
        }
        Ok(())
    }

    /// Counts bytes of text.
    fn text(&mut self, length: usize) -> Result<(), OpenError> {
        self.piece += length;
        if self.piece > self.limits.piece {
            return Err(OpenError::too_long_a_piece(self.limits.piece));
        }
        self.join(length)
    }

    fn join(&mut self, length: usize) -> Result<(), OpenError> {
        if let Some((_, joined)) = &mut self.whole {
            *joined += length;
            if *joined > self.limits.length {
                return Err(OpenError::too_long_a_text(self.limits.length));
            }
        }
        Ok(())
    }

    /// Counts an element that was opened with so many bytes.
    fn count(&self, name: &[u8], length: usize, counts: &mut Counts) -> Result<(), OpenError> {
        let Limits { strings, names, styles, relations, elements, name: short, .. } = *self.limits;
        counts.elements += 1;
        within(counts.elements, elements, "elements")?;
        match name {
            b"si" => {
                counts.strings += 1;
                within(counts.strings, strings, SHARED_TEXTS)
            }
            // A reader makes room for as many at once.
            b"sst" => {
                within(number(&self.head, b"uniqueCount"), strings, SHARED_TEXTS)?;
                within(length, short.min(HEAD), "characters before its shared texts")
            }
            b"definedName" | b"named-range" | b"named-expression" => {
                counts.names += 1;
                within(counts.names, names, "defined names")?;
                within(length, 4 * short, "characters before a defined name")
            }
            // A name is repeated wherever a cell of the sheet is.
            b"sheet" => within(length, short, "characters in the name of a sheet"),
            // An OpenDocument sheet says there too what of it is printed.
            b"table" => within(length, 4 * short, "characters in the name of a sheet"),
            b"xf" | b"font" | b"fill" | b"border" | b"numFmt" => {
                counts.styles += 1;
                within(counts.styles, styles, "styles")?;
                within(length, short, "characters in the name of a style")
            }
            // A style's font.
            b"name" => within(length, short, "characters in the name of a style"),
            b"Relationship" => {
                counts.relations += 1;
                within(counts.relations, relations, "references between its parts")?;
                within(length, 4 * short, "characters in a reference between its parts")
            }
            _ => Ok(()),
        }
    }

    /// A tag has ended.
    fn tag(&mut self, counts: &mut Counts) -> Result<(), OpenError> {
        let closes = self.head.first() == Some(&b'/');
        let is_empty = self.last[1] == b'/' && !closes;
        let length = self.piece;
        self.inside = Inside::Text;
        self.piece = 0;
        if closes {
            if let Some(open) = &mut self.open {
                let name = self.head.get(1..).unwrap_or_default().trim_ascii_end();
                if open.pop().is_none_or(|it| it != name) {
                    return Err(OpenError::damaged());
                }
            }
            self.depth = self.depth.saturating_sub(1);
            if let Some((_, joined)) = self.whole.take_if(|(at, _)| *at >= self.depth)
                && name_of(self.head.get(1..).unwrap_or_default()) == b"si"
            {
                counts.text += joined;
                if counts.text > self.limits.text {
                    return Err(OpenError::too_much_text(self.limits.text));
                }
            }
            return Ok(());
        }
        let full = self.head.split(|it| it.is_ascii_whitespace() || *it == b'/').next().unwrap_or_default();
        let name = name_of(full);
        self.count(name, length, counts)?;
        if places(name).is_some_and(|it| !is_believed(&self.head, it)) {
            return Err(OpenError::damaged());
        }
        if is_empty {
            return Ok(());
        }
        if let Some(open) = &mut self.open {
            open.push(full.to_vec());
        }
        if self.whole.is_none() && WHOLES.contains(&name) {
            self.whole = Some((self.depth, 0));
        }
        self.depth += 1;
        if self.depth > self.deepest {
            return Err(OpenError::too_deep(self.deepest));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
