//! Reads the XML of a part as it is inflated, and stops where it asks for more than is believed: before any
//! library keeps a byte of it.
//!
//! Nothing is decoded or kept here. Where one piece ends and the next begins is told as quick-xml tells it,
//! which reads the same bytes afterwards, so that nothing can be one piece here and another there.

use super::bounds::Limits;
use super::error::{OpenError, SHARED_TEXTS};

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

/// Where a tag ends whose content begins here; nothing where it does not end soon.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    bytes.iter().take(HEAD).position(|it| match quote {
        Some(open) => {
            quote = quote.filter(|_| *it != open);
            false
        }
        None => {
            quote = matches!(it, b'"' | b'\'').then_some(*it);
            *it == b'>'
        }
    })
}

/// The name that a tag begins with, without its prefix.
fn name_of(tag: &[u8]) -> &[u8] {
    let name = tag.split(|it| it.is_ascii_whitespace() || *it == b'/').next().unwrap_or_default();
    name.rsplit(|it| *it == b':').next().unwrap_or_default()
}

/// A count that is within its limit.
fn within(count: usize, limit: usize, what: &str) -> Result<(), OpenError> {
    if count > limit { Err(OpenError::too_many(what, count, limit)) } else { Ok(()) }
}

/// Whether an instruction leaves the part in an encoding that writes "<" and ">" as ASCII does, and nothing
/// else so.
fn is_plain(instruction: &[u8]) -> bool {
    let instruction = instruction.to_ascii_lowercase();
    let Some(at) = memchr::memmem::find(&instruction, b"encoding") else { return true };
    let named = instruction[at + "encoding".len()..].iter().skip_while(|it| !it.is_ascii_alphanumeric());
    let named: Vec<u8> = named.take_while(|it| !matches!(it, b'"' | b'\'')).copied().collect();
    [&b"utf-8"[..], b"us-ascii", b"ascii", b"iso-8859", b"windows-125"].iter().any(|it| named.starts_with(it))
}

/// The attribute of an element in which calamine reads a place.
fn places(element: &[u8]) -> Option<&'static [u8]> {
    match element {
        b"c" | b"row" => Some(b"r"),
        b"dimension" | b"mergeCell" | b"f" => Some(b"ref"),
        _ => None,
    }
}

/// Whether the places of an attribute have no more letters and digits than any sheet needs. calamine counts
/// beyond what it can, and would put a cell of row 4294967297 into the first.
fn is_believed(tag: &[u8], attribute: &[u8]) -> bool {
    let value_of = |at: usize| {
        let before = tag.get(at.checked_sub(1)?)?;
        let behind = tag.get(at + attribute.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
        if before.is_ascii_whitespace() { behind.trim_ascii_start().split_first() } else { None }
    };
    // A tag is short: what makes ready to search it would cost more than looking at each place.
    let places = tag.windows(attribute.len()).enumerate().filter(|it| it.1 == attribute);
    let Some((quote, value)) = places.map(|it| it.0).find_map(value_of) else { return true };
    let value = value.split(|it| it == quote).next().unwrap_or_default();
    let no_more =
        |most: usize, is_one: fn(&u8) -> bool| value.split(|it| !is_one(it)).all(|run| run.len() <= most);
    no_more(3, u8::is_ascii_alphabetic) && no_more(7, u8::is_ascii_digit)
}

/// The largest number that follows the name of an attribute, however many digits it has; 0 where there is none.
fn number(tag: &[u8], attribute: &[u8]) -> usize {
    let after = memchr::memmem::find_iter(tag, attribute).filter_map(|at| tag.get(at + attribute.len()..));
    let number = |rest: &[u8]| {
        let digits = rest.iter().skip_while(|it| !it.is_ascii_digit()).take_while(|it| it.is_ascii_digit());
        digits.fold(0, |number: usize, it| number.saturating_mul(10).saturating_add(usize::from(it - b'0')))
    };
    after.map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Limits that nothing here exceeds but what a test is about.
    fn limits() -> Limits {
        Limits {
            piece: 200,
            length: 50,
            strings: 3,
            names: 2,
            depth: 4,
            name: 60,
            styles: 2,
            relations: 2,
            elements: 500,
            text: 60,
            ..Limits::default()
        }
    }

    /// Reads a part whole and byte by byte, which must come to the same.
    fn read(xml: impl AsRef<[u8]>) -> Result<(), String> {
        let limits = limits();
        let scan = |size: usize| {
            let mut scan = Scan::new("xl/workbook.xml", &limits);
            let mut counts = Counts::default();
            xml.as_ref().chunks(size).try_for_each(|it| scan.read(it, &mut counts))
        };
        let whole = scan(usize::MAX).map_err(|it| it.message);
        assert_eq!(whole, scan(1).map_err(|it| it.message));
        assert_eq!(whole, scan(7).map_err(|it| it.message));
        whole
    }

    fn refused(xml: impl AsRef<[u8]>, words: &str) {
        let message = read(xml).expect_err(words);
        assert!(message.contains(words), "{message}");
    }

    #[test]
    fn what_is_within_the_limits_passes() {
        for xml in [
            "",
            "<a/>",
            "\u{feff}<?xml version='1.0'?> <a b='>'><!-- - -> --><c d=\"/\"></c><![CDATA[ ]] ]>]]></a>",
            &format!("<a>{}</a>", "<b><c><d/></c></b>".repeat(100)),
            &format!("<a>{}</a>", "<c>0123456789</c>".repeat(100)),
            &format!("<a>{}</a>", "<b c='0123456789'/>".repeat(100)),
            &format!("no XML {}", "x".repeat(1000)),
            "<sst uniqueCount='3'><si/><si/><si></si><sistine/></sst>",
        ] {
            assert_eq!(read(xml), Ok(()), "{xml}");
        }
    }

    #[test]
    fn too_deep() {
        assert_eq!(read("<a><a><a><a>"), Ok(()));
        refused("<a><a><a><a><a>", "more than 4 elements inside each other");
        assert_eq!(read("<a><a/></a>".repeat(9)), Ok(()));
        // Loose drawings may be deeper.
        let limits = limits();
        let mut scan = Scan::new("xl/drawings/vmlDrawing1.vml", &limits);
        assert_eq!(scan.read(&b"<br>".repeat(400), &mut Counts::default()), Ok(()));
        assert!(scan.read(b"<br>", &mut Counts::default()).is_err());
    }

    #[test]
    fn too_long_a_piece_of_any_kind() {
        let long = "x".repeat(201);
        for xml in [
            format!("<{long}>"),
            format!("<a b='{long}'/>"),
            format!("<a b=\"{long}\"/>"),
            format!("<a>{long}</a>"),
            format!("</{long}>"),
            format!("<!-- {long} -->"),
            format!("<![CDATA[{long}]]>"),
            format!("<?a {long}?>"),
            format!("<!DOCTYPE a [<!ENTITY b '{long}'>]>"),
            format!("<!DOCTYPE a '>{}", "<b/>".repeat(60)),
            format!("<!-->{}", "<b/>".repeat(60)),
            format!("<!--->{}", "<b/>".repeat(60)),
            format!("{}{long}", " ".repeat(3_000)),
        ] {
            refused(&xml, "MB in one piece");
        }
    }

    #[test]
    fn too_long_a_text_in_however_many_pieces() {
        let run = "<r><t>0123456789</t></r>".repeat(6);
        for whole in [
            "si",
            "c",
            "x:c",
            "table:table-cell",
            "definedName",
            "comment",
            "office:annotation",
            "x14:formula1",
        ] {
            refused(format!("<a><{whole} b='c'>{run}</{whole}></a>"), "MB in the text of one cell");
        }
        refused(format!("<c>{}</c>", "<![CDATA[0123456789]]>".repeat(6)), "MB in the text of one cell");
        assert_eq!(read(format!("<a>{run}</a>")), Ok(()));
        let apart = "<si><t>0123456789</t></si>".repeat(3);
        assert_eq!(read(format!("<sst>{apart}</sst>")), Ok(()));
    }

    #[test]
    fn too_many_shared_texts_or_names() {
        refused("<sst><si/><x:si/><si></si><si/></sst>", "4 texts that cells share");
        refused("<sst count='1' uniqueCount = \"4\">", "4 texts that cells share");
        refused("<sst uniqueCount='99999999999999999999999999'>", "texts that cells share");
        refused("<definedName a='b'/>".repeat(3), "3 defined names");
        refused("<table:named-range/>".repeat(3), "3 defined names");
    }

    #[test]
    fn too_many_styles_references_or_elements() {
        refused("<xf/><font/><x:fill/>", "3 styles");
        let long = "0123456789".repeat(6);
        refused(format!("<numFmt formatCode='{long}'/>"), "characters in the name of a style");
        refused(format!("<name val='{long}'/>"), "characters in the name of a style");
        refused(format!("<sst a='{long}'>"), "characters before its shared texts");
        refused("<sst a='uniqueCount' b='1' uniqueCount='9'>", "9 texts that cells share");
        refused("<Relationship/>".repeat(3), "3 references between its parts");
        let limits = Limits { piece: 1_000, ..limits() };
        let mut scan = Scan::new("a.rels", &limits);
        let far = format!("<Relationship Target='{}'/>", "x".repeat(240));
        let said = scan.read(far.as_bytes(), &mut Counts::default()).map_err(|it| it.message);
        assert!(said.is_err_and(|it| it.contains("characters in a reference")));
        refused("<a/>".repeat(501), "501 elements");
    }

    #[test]
    fn too_much_shared_text() {
        let text = "<si><t>0123456789012345678901234567890123456789</t></si>";
        assert_eq!(read(text), Ok(()));
        refused(text.repeat(2), "MB of text in its cells");
        assert_eq!(read(text.replace("si>", "c>").repeat(9)), Ok(()));
    }

    /// Of an OpenDocument file, every element of the content must be closed, by its own name.
    #[test]
    fn what_is_never_closed() {
        let read = |name: &str, xml: &str| {
            let limits = limits();
            let mut scan = Scan::new(name, &limits);
            scan.read(xml.as_bytes(), &mut Counts::default()).and_then(|()| scan.end())
        };
        for xml in
            ["", "<a/>", "<a><b c='/'/><b>x</b ></a>\n", "<?xml version='1.0'?><a:b><!-- <c> --></a:b>"]
        {
            assert_eq!(read("content.xml", xml), Ok(()), "{xml}");
        }
        for xml in
            ["<a>", "<a><b></a>", "<a></b>", "</a>", "<a><b></a></b>", "<a/", "<!-- ", "<!DOCTYPE a><a/>"]
        {
            assert!(read("content.xml", xml).is_err(), "{xml}");
            assert_eq!(read("xl/styles.xml", xml), Ok(()), "{xml}");
        }
    }

    /// Places beyond what calamine can count.
    #[test]
    fn places_that_no_sheet_has() {
        for xml in [
            "<c r='XFD1048576'/>",
            "<row r=\"9999999\"/>",
            "<mergeCell ref='A1:XFD1048576'/>",
            "<c/>",
            "<c d='A99999999'/>",
        ] {
            assert_eq!(read(xml), Ok(()), "{xml}");
        }
        for xml in [
            "<x:c s='1' r='A99999999'/>",
            "<c r = 'AAAA1'>",
            "<row r='4294967297'>",
            "<dimension ref='A1:A4294967297'/>",
            "<f t='shared' ref=\"A1:ABCD1\">",
        ] {
            refused(xml, "damaged");
        }
    }

    /// In such parts a piece cannot be told, so the whole of them counts as one.
    #[test]
    fn other_encodings() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let long = format!("<a>{}</a>", "<b/>".repeat(60));
        assert_eq!(read(wide("<a/>")), Ok(()));
        assert_eq!(read(&long), Ok(()));
        for it in [
            wide(&long),
            wide(&format!("\u{feff}{long}")),
            long.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            format!("<?xml version='1.0' encoding='ISO-2022-JP'?>{long}").into_bytes(),
            format!("<?xml version='1.0' encoding = \"utf-16\"?>{long}").into_bytes(),
        ] {
            refused(it, "MB in one piece");
        }
        assert_eq!(read(format!("<?xml version='1.0' encoding='Windows-1252'?>{long}")), Ok(()));
    }
}
