//! Telling sheets of plain figures, as a template's look-up sheets are, from all others, by their bytes alone.
//!
//! Half of a workbook's cells, or nearly all, may be figures that nothing here is interested in. A sheet is one of
//! plain figures only where all of its rows are written in the one way that programs write them, and hold nothing but
//! numbers and shared texts: no formula, no error, nothing hidden, no number as long as an NHS number. Anything else
//! makes it a sheet like others.

use memchr::memmem;

const OPENING: &[u8] = b"<sheetData>";
const CLOSING: &[u8] = b"</sheetData>";
/// The longest value of an attribute.
const LONGEST: usize = 200;

/// A sheet of plain figures.
#[derive(Debug)]
pub(super) struct Figures {
    /// Where its rows begin and end, in the bytes of its part.
    pub(super) rows: std::ops::Range<usize>,
    /// How many elements there are in them.
    pub(super) elements: usize,
    /// How many cells hold something.
    pub(super) cells: usize,
    /// The shared texts in its cells, by their numbers.
    pub(super) texts: Vec<u32>,
}

impl Figures {
    /// The part of a sheet, if it is one of plain figures.
    pub(super) fn of(part: &[u8]) -> Option<Self> {
        let start = memmem::find(part, OPENING)? + OPENING.len();
        let before = part.get(..start)?;
        // Where bytes alone do not say what is a row, or rows are hidden that are not there.
        if memmem::find(before, b"<!").is_some() || memmem::find(before, b"zeroHeight").is_some() {
            return None;
        }
        let mut found = Figures { rows: start..start, elements: 0, cells: 0, texts: Vec::new() };
        let mut at = At(part.get(start..)?);
        loop {
            at.skip_space();
            if at.0.starts_with(CLOSING) {
                found.rows.end = part.len() - at.0.len();
                return Some(found);
            }
            found.row(&mut at)?;
        }
    }

    fn row(&mut self, at: &mut At<'_>) -> Option<()> {
        at.eat(b"<row")?;
        self.elements += 1;
        let is_shown = |name: &[u8], value: &[u8]| match name {
            b"hidden" => false,
            b"ht" => value.first().is_some_and(|it| (b'1'..=b'9').contains(it)),
            b"r" => value.len() <= 7 && value.iter().all(u8::is_ascii_digit),
            _ => true,
        };
        if at.attributes(is_shown)? {
            return Some(());
        }
        loop {
            at.skip_space();
            if at.eat(b"</row>").is_some() {
                return Some(());
            }
            self.cell(at)?;
        }
    }

    fn cell(&mut self, at: &mut At<'_>) -> Option<()> {
        at.eat(b"<c r=\"")?;
        at.place()?;
        self.elements += 1;
        if at.eat(b" s=\"").is_some() {
            at.number(5)?;
            at.eat(b"\"")?;
        }
        let is_text = at.eat(b" t=\"s\"").is_some();
        if !is_text {
            // Programs say so only where it is something else.
            let _ = at.eat(b" t=\"n\"");
        }
        if at.eat(b"/>").is_some() {
            return Some(());
        }
        at.eat(b">")?;
        if at.eat(b"</c>").is_some() {
            return Some(());
        }
        at.eat(b"<v>")?;
        self.elements += 1;
        self.cells += 1;
        if is_text {
            self.texts.push(at.number(9)?);
        } else {
            at.short_figure()?;
        }
        at.eat(b"</v></c>")
    }
}

/// What has not been read yet.
struct At<'a>(&'a [u8]);

impl<'a> At<'a> {
    fn eat(&mut self, what: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(what)?;
        Some(())
    }

    fn skip_space(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Takes the digits that come next, and says how many there were.
    fn digits(&mut self) -> usize {
        let length = self.0.iter().take_while(|it| it.is_ascii_digit()).count();
        self.0 = self.0.get(length..).unwrap_or_default();
        length
    }

    /// The number that comes next, of no more than so many digits.
    fn number(&mut self, most: usize) -> Option<u32> {
        let digits = self.0;
        let length = self.digits();
        let number = |digits: &[u8]| digits.iter().fold(0, |number, it| number * 10 + u32::from(it - b'0'));
        (1..=most).contains(&length).then(|| digits.get(..length).map(number)).flatten()
    }

    /// Takes the address of a cell and its quote: "AB12".
    fn place(&mut self) -> Option<()> {
        let letters = self.0.iter().take_while(|it| it.is_ascii_uppercase()).count();
        self.0 = self.0.get(letters..)?;
        (1..=3).contains(&letters).then_some(())?;
        self.number(7)?;
        self.eat(b"\"")
    }

    /// Takes a figure with no more than nine digits before its point.
    fn short_figure(&mut self) -> Option<()> {
        let _ = self.eat(b"-");
        if !(1..10).contains(&self.digits()) || (self.eat(b".").is_some() && self.digits() == 0) {
            return None;
        }
        // A small number is written with a power of ten: "1.5E-3".
        if self.eat(b"E-").is_some() {
            self.number(3)?;
        }
        Some(())
    }

    /// Reads attributes and the end of their tag, and says whether its element is empty; nothing where one is not as
    /// it must be.
    fn attributes(&mut self, mut is_right: impl FnMut(&[u8], &[u8]) -> bool) -> Option<bool> {
        loop {
            if self.eat(b">").is_some() {
                return Some(false);
            }
            if self.eat(b"/>").is_some() {
                return Some(true);
            }
            self.eat(b" ")?;
            let name = self.run(&IN_NAMES)?;
            self.eat(b"=\"")?;
            let value = self.run(&IN_VALUES)?;
            self.eat(b"\"")?;
            if !is_right(name, value) {
                return None;
            }
        }
    }

    /// The bytes of a kind that come next, if there are some and not too many.
    fn run(&mut self, kind: &[bool; 256]) -> Option<&'a [u8]> {
        let length = self.0.iter().position(|it| !kind[usize::from(*it)])?;
        let (run, rest) = self.0.split_at(length);
        self.0 = rest;
        (1..=LONGEST).contains(&length).then_some(run)
    }
}

/// What may stand in the name of an attribute.
const IN_NAMES: [bool; 256] = kind(b":");
/// What may stand in its value, where it needs no decoding. Several runs of columns stand apart by spaces.
const IN_VALUES: [bool; 256] = kind(b" !#$%()*+,-./:;=?@[\\]^_`{|}~");

/// Letters and digits, and these others.
const fn kind(others: &[u8]) -> [bool; 256] {
    let mut kind = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        kind[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        kind[others[at] as usize] = true;
        at += 1;
    }
    kind
}

/// The texts that cells share, where they stand in their part. Only texts that need no decoding are told.
pub(super) struct SharedTexts<'a>(Vec<Option<&'a str>>);

impl<'a> SharedTexts<'a> {
    /// Nothing where their part is not written as programs write it.
    pub(super) fn of(part: &'a [u8]) -> Option<Self> {
        let part = std::str::from_utf8(part).ok()?;
        let (before, list) = part.split_once("<sst")?;
        let declared = before.trim_start_matches('\u{feff}').trim().to_ascii_lowercase();
        let is_declared = declared.is_empty()
            || (declared.starts_with("<?xml ")
                && declared.ends_with("?>")
                && declared.matches('<').count() == 1);
        // In another encoding these bytes are other texts.
        if !is_declared || (declared.contains("encoding") && !declared.contains("utf-8")) {
            return None;
        }
        let (attributes, mut rest) = list.split_once('>')?;
        if attributes.contains(['<', '\'']) || attributes.ends_with('/') {
            return None;
        }
        let mut texts = Vec::new();
        loop {
            rest = rest.trim_ascii_start();
            if let Some(after) = rest.strip_prefix("</sst>") {
                return after.trim_ascii().is_empty().then_some(SharedTexts(texts));
            }
            let inside = rest.strip_prefix("<si>")?;
            // Nearly every text is written so; searching for the end of each would take longer than all else.
            let text =
                inside.strip_prefix("<t xml:space=\"preserve\">").or_else(|| inside.strip_prefix("<t>"));
            let plainly = text.and_then(|it| it.split_once('<'));
            if let Some((text, after)) = plainly.and_then(|it| Some((it.0, it.1.strip_prefix("/t></si>")?))) {
                texts.push(Some(text).filter(|it| is_as_read(it)));
                rest = after;
                continue;
            }
            let (text, after) = inside.split_once("</si>")?;
            // Another list, or a text that only looks like one.
            if text.contains("<!") || text.contains("<?") || text.contains("<si") {
                return None;
            }
            texts.push(None);
            rest = after;
        }
    }

    /// A text by its number, where it is plain.
    pub(super) fn get(&self, number: u32) -> Option<&'a str> {
        self.0.get(usize::try_from(number).ok()?).copied().flatten()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Whether a text is read as it is written.
fn is_as_read(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'<', b'&', b'\r', bytes).is_none()
        && !memchr::memchr_iter(b'_', bytes).any(|it| bytes.get(it + 1) == Some(&b'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &str) -> Option<Figures> {
        Figures::of(format!("<worksheet><sheetData>{rows}</sheetData><x/></worksheet>").as_bytes())
    }

    #[test]
    fn figures_are_told_from_everything_else() {
        let rows = "<row r=\"1\" spans=\"1:3\" ht=\"15.75\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" s=\"3\" t=\"s\"><v>7</v></c>\
            <c r=\"B1\"><v>-12.5</v></c><c r=\"AB1\" t=\"n\"><v>1.5E-3</v></c></row>\n<row r=\"2\"/><row><c r=\"C3\" s=\"4\"/></row>";
        let found = of(rows).unwrap();
        assert_eq!((found.elements, found.cells, &found.texts[..]), (10, 3, &[7][..]));
        assert_eq!(found.rows, 22..22 + rows.len());
        assert!(of("").is_some_and(|it| it.elements == 0));
        for other in [
            "<row r=\"1\" hidden=\"1\"/>",
            "<row r=\"1\" ht=\"0\"/>",
            "<row r='1'/>",
            "<row r=\"12345678\"/>",
            "<row r=\"1\"  ht=\"1\"/>",
            "<row r=\"1\"><c r=\"A1\"><f>B1</f><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>",
            "<row r=\"1\"><c><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"a1\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" vm=\"1\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>9434765919</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>9.434765919E9</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>9.434765919E+09</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v></v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>one</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1.</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1&#49;</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v xml:space=\"preserve\">1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c>",
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><!-- -->",
            "<row r=\"1\">1</row>",
            "<sheetData></sheetData>",
        ] {
            assert!(of(other).is_none(), "{other}");
        }
        assert!(Figures::of(b"<worksheet><!-- --><sheetData></sheetData></worksheet>").is_none());
        assert!(
            Figures::of(b"<worksheet><sheetFormatPr zeroHeight=\"1\"/><sheetData></sheetData></worksheet>")
                .is_none()
        );
        assert!(Figures::of(b"<worksheet><sheetData>").is_none());
    }

    #[test]
    fn shared_texts_are_plain_or_not_told() {
        let of = |texts: &str| {
            let part =
                format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sst count=\"3\">{texts}</sst>\n");
            SharedTexts::of(part.as_bytes()).map(|it| {
                (0..9).map_while(|n| it.0.get(n).copied()).map(|it| it.map(str::to_owned)).collect::<Vec<_>>()
            })
        };
        let texts =
            of("<si><t>One</t></si>\n<si><t xml:space=\"preserve\"> two</t></si><si><r><t>a</t></r></si>\
            <si><t>a&amp;b</t></si><si><t>_x0041_</t></si><si><t/></si><si><t>a</t><phoneticPr/></si>");
        let told = |it: &str| Some(it.to_owned());
        assert_eq!(texts.unwrap(), [told("One"), told(" two"), None, None, None, None, None]);
        for other in [
            "<si><t>a</t>",
            "<si><!-- </si> --></si>",
            "<x/>",
            "<si><t><![CDATA[</si>]]></t></si>",
            "<si><si><t>a</t></si></si>",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
        assert!(SharedTexts::of(b"<sst/>").is_none());
        assert!(SharedTexts::of(b"<?xml version=\"1.0\" encoding=\"latin1\"?><sst></sst>").is_none());
        assert!(SharedTexts::of(b"<!-- --><sst></sst>").is_none());
        assert!(SharedTexts::of(b"\xFF\xFE<sst></sst>").is_none());
    }
}
