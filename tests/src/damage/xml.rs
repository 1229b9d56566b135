//! Damage to the structure of XML.

mod outline;

pub use outline::Outline;

use super::Random;
use outline::Element;

/// What can be done to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// An element is lost.
    DropElement,
    /// An element stands there twice.
    DuplicateElement,
    /// Two elements change places.
    SwapElements,
    /// An element is moved into another one.
    MoveInside,
    /// An element is opened and never closed.
    DropEndTag,
    /// An element is called something else.
    RenameElement,
    /// An attribute is called something else.
    RenameAttribute,
    /// An attribute is lost.
    DropAttribute,
    /// An attribute stands there twice.
    DuplicateAttribute,
    /// The values of two attributes, or of an attribute and a relation's target, change places.
    SwapValues,
    /// A number becomes one that is too large, too small or none at all.
    Number,
    /// A text or a value becomes one that readers do not expect.
    Text,
    /// A relation leads to another part, to itself, out of the file or nowhere.
    Relation,
    /// The rest of the part is missing.
    Truncate,
    /// The part is empty.
    Empty,
}

impl Change {
    /// All of them.
    pub const ALL: [Change; 15] = [
        Change::DropElement,
        Change::DuplicateElement,
        Change::SwapElements,
        Change::MoveInside,
        Change::DropEndTag,
        Change::RenameElement,
        Change::RenameAttribute,
        Change::DropAttribute,
        Change::DuplicateAttribute,
        Change::SwapValues,
        Change::Number,
        Change::Text,
        Change::Relation,
        Change::Truncate,
        Change::Empty,
    ];
}

/// What stands where a number should.
const NUMBERS: [&str; 16] = [
    "",
    "-1",
    "0",
    "NaN",
    "INF",
    "-INF",
    "1e308",
    "1e999",
    "-1e308",
    "1e-320",
    "2147483648",
    "4294967296",
    "18446744073709551616",
    "99999999999999999999999999999999999999",
    "0x1F",
    "١٢٣",
];

/// What stands where a text or a value should.
const TEXTS: [&str; 12] = [
    "",
    "&undefined;",
    "&#0;",
    "&#x110000;",
    "]]>",
    "<![CDATA[<c r=\"A1\"><v>1</v></c>]]>",
    "<!-- -- -->",
    "A0",
    "XFE1048577",
    "$ZZZZZ$4294967295:A1",
    "\u{feff}\u{202e}e\u{301}\u{1f600}",
    "#REF!",
];

/// Where a relation may lead.
const TARGETS: [&str; 8] = [
    "",
    "/",
    "..",
    "../../../../etc/hostname",
    "nowhere.xml",
    "http://example.org/sheet1.xml",
    "/xl/workbook.xml",
    "/[Content_Types].xml",
];

/// Names that mean something elsewhere, and one that means nothing.
const NAMES: [&str; 12] =
    ["c", "v", "row", "sheet", "si", "t", "r", "f", "mergeCell", "table:table-cell", "xml:space", "nothing"];

impl Outline<'_> {
    /// The part with one change of this kind; nothing where there is nothing to change so.
    pub fn changed(&self, change: Change, random: &mut Random) -> Option<String> {
        let text = self.text;
        match change {
            Change::DropElement => Some(self.without(&self.element(random)?.whole)),
            Change::DuplicateElement => {
                let element = self.element(random)?;
                Some(self.with(&(element.whole.end..element.whole.end), &text[element.whole.clone()]))
            }
            Change::SwapElements => self.two_elements(random, false),
            Change::MoveInside => self.two_elements(random, true),
            Change::DropEndTag => {
                let element = self.element(random)?;
                match &element.close {
                    Some(close) => Some(self.without(close)),
                    // "<a/>" becomes "<a>".
                    None => Some(self.without(&(element.open.end - 2..element.open.end - 1))),
                }
            }
            Change::RenameElement => {
                let element = self.element(random)?;
                let name = *random.pick(&NAMES)?;
                match &element.close {
                    // Once in a while its end keeps the old name.
                    Some(close) if !random.once_in(4) => {
                        let renamed = self.with(close, &format!("</{name}>"));
                        Some(replaced(&renamed, &element.name, name))
                    }
                    Some(_) | None => Some(self.with(&element.name, name)),
                }
            }
            Change::RenameAttribute => {
                let name = *random.pick(&NAMES)?;
                Some(self.with(&self.attribute(random)?.name, name))
            }
            Change::DropAttribute => Some(self.without(&self.attribute(random)?.whole)),
            Change::DuplicateAttribute => {
                let whole = &self.attribute(random)?.whole;
                Some(self.with(&(whole.end..whole.end), &format!(" {}", &text[whole.clone()])))
            }
            Change::SwapValues => {
                let (one, other) = (self.attribute(random)?, self.attribute(random)?);
                Some(self.with(&one.value, &text[other.value.clone()]))
            }
            Change::Number => {
                let numbers: Vec<_> = self.values().filter(|it| is_number(&text[(*it).clone()])).collect();
                Some(self.with(random.pick(&numbers)?, random.pick(&NUMBERS)?))
            }
            Change::Text => {
                let values: Vec<_> = self.values().collect();
                let long = "9".repeat(40_000);
                let new = if random.once_in(12) { long.as_str() } else { *random.pick(&TEXTS)? };
                Some(self.with(random.pick(&values)?, new))
            }
            Change::Relation => {
                let is_target = |name: &str| name == "Target" || name == "PartName" || name.ends_with("href");
                let targets: Vec<_> =
                    self.attributes.iter().filter(|it| is_target(&text[it.name.clone()])).collect();
                let target = random.pick(&targets)?;
                let other = random.pick(&targets)?;
                let new =
                    if random.once_in(2) { &text[other.value.clone()] } else { *random.pick(&TARGETS)? };
                Some(self.with(&target.value, new))
            }
            Change::Truncate => {
                let at = (0..=random.below(text.len())).rev().find(|it| text.is_char_boundary(*it))?;
                Some(text[..at].to_owned())
            }
            Change::Empty => (!text.is_empty()).then(String::new),
        }
    }

    /// Two elements that are not one inside the other change places, or the second is moved to the beginning of
    /// the first.
    fn two_elements(&self, random: &mut Random, inside: bool) -> Option<String> {
        let (mut one, mut other): (&Element, &Element) = (self.element(random)?, self.element(random)?);
        if one.whole.start > other.whole.start {
            std::mem::swap(&mut one, &mut other);
        }
        if one.whole.end > other.whole.start {
            return None;
        }
        let taken = &self.text[other.whole.clone()];
        let rest = self.with(&other.whole, if inside { "" } else { &self.text[one.whole.clone()] });
        Some(match inside {
            true if one.close.is_some() => replaced(&rest, &(one.open.end..one.open.end), taken),
            _ => replaced(&rest, &one.whole, taken),
        })
    }
}

fn is_number(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok()
}

/// A text with a stretch of it replaced.
fn replaced(text: &str, range: &std::ops::Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..range.start], &text[range.end..])
}
