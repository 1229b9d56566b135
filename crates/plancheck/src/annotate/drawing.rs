//! The boxes of comments: shapes in the drawing language VML, in a part of their own.
//!
//! Excel numbers shapes through the whole workbook, in blocks of 1,024: each drawing names the blocks that
//! it uses, and no two may name one. Its own drawings are not always well-formed, so they are read
//! leniently and changed only by splicing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::comments::Place;
use super::room::{Anchor, Grid, size};
use super::tree::{Splices, decoded, encoded, place};
use crate::workbook::xml::Element;

const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];
/// Shapes in a block.
const BLOCK: u32 = 1_024;
/// The first number of a block is no shape's.
const MOST_IN_A_BLOCK: usize = 1_023;
/// How the id of a shape begins.
const ID: &str = "_x0000_s";
/// The id of the type of shape that comments have.
const TYPE: &str = "_x0000_t202";

/// A box to be made: its cell and the text that it has to hold.
pub(super) type Box = (Place, String);

/// How many drawings of the workbook use each block.
pub(super) type Blocks = BTreeMap<u32, usize>;

/// A drawing that is there.
#[derive(Debug)]
pub(super) struct Drawing {
    text: String,
    bom: bool,
    boxes: BTreeMap<Place, Found>,
    /// The list of blocks, and where it stands.
    blocks: Option<(Range<usize>, String)>,
    has_type: bool,
    /// Where it ends.
    end: usize,
    /// Whether the usual prefixes stand for what they usually do.
    usual_prefixes: bool,
}

/// The box of a comment.
#[derive(Debug, Default)]
struct Found {
    span: Range<usize>,
    anchor: Option<(Range<usize>, Anchor)>,
}

/// What is known of the shape that is being read.
#[derive(Debug, Default)]
struct Reading {
    shape: Option<usize>,
    is_note: bool,
    /// Which element's text is being read, and from where.
    field: Option<(String, usize)>,
    row: Option<u32>,
    col: Option<u32>,
    anchor: Option<(Range<usize>, Anchor)>,
}

impl Drawing {
    /// Reads a drawing.
    ///
    /// # Errors
    /// Where it cannot be changed, in a clause.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let (text, bom) = decoded(bytes)?;
        let mut drawing = Drawing {
            text: String::new(),
            bom,
            boxes: BTreeMap::new(),
            blocks: None,
            has_type: false,
            end: 0,
            usual_prefixes: false,
        };
        let mut reading = Reading::default();
        let mut reader = Reader::from_str(&text);
        // Excel leaves "<br>" open in the labels of buttons, and writes "&nbsp;".
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let (mut root, mut end) = (None, None);
        loop {
            let from = place(reader.buffer_position());
            let event = reader.read_event().map_err(|it| it.to_string())?;
            let to = place(reader.buffer_position());
            match event {
                Event::Start(it) => {
                    if root.is_none() {
                        root = Some(it.name().into_inner().to_owned());
                        drawing.usual_prefixes = has_usual_prefixes(&it);
                    }
                    drawing.element(&it, &text);
                    reading.open(&it, from, to);
                }
                Event::Empty(it) => drawing.element(&it, &text),
                Event::End(it) => {
                    if root.as_deref() == Some(it.name().into_inner()) {
                        end = Some(from);
                    }
                    if let Some((at, found)) = reading.close(it.local_name().into_inner(), from, to, &text) {
                        drawing.boxes.entry(at).or_insert(found);
                    }
                }
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
        drawing.end = end.ok_or("it has no end")?;
        drawing.text = text;
        Ok(drawing)
    }

    fn element(&mut self, start: &BytesStart<'_>, text: &str) {
        let element = Element::of(start);
        match element.name() {
            "idmap" if self.blocks.is_none() => {
                let data =
                    start.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == "data");
                self.blocks = data.and_then(|it| {
                    // A value is a piece of the text that it was read from.
                    let at = it.value.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
                    Some((at..at + it.value.len(), it.value.into_owned()))
                });
            }
            "shapetype" => self.has_type |= element.attr("id").as_deref() == Some(TYPE),
            _ => {}
        }
    }

    /// The drawing without the boxes of some cells, with those of others, and with some that grow to hold
    /// more. `used` are the blocks of all drawings of the workbook.
    pub(super) fn with(
        &self,
        grid: &Grid,
        removed: &BTreeSet<Place>,
        added: &[Box],
        grown: &[Box],
        used: &mut Blocks,
    ) -> Vec<u8> {
        let mut splices = Splices::default();
        for found in removed.iter().filter_map(|it| self.boxes.get(it)) {
            splices.replace(found.span.clone(), "");
        }
        let kept = splices.applied(&self.text);
        for (at, text) in grown {
            if let Some((range, anchor)) = self.boxes.get(at).and_then(|it| it.anchor.clone()) {
                let larger = anchor.at_least(grid, size(text));
                if larger != anchor {
                    splices.replace(range, larger.to_string());
                }
            }
        }
        if !added.is_empty() {
            let numbers =
                self.blocks.iter().flat_map(|it| it.1.split(',')).filter_map(|it| it.trim().parse().ok());
            let (in_use, ours) = (shapes_in(&kept), self.blocks_of_ours(removed));
            // A block of ours whose shapes are all gone is free again, unless another drawing has it too.
            let is_free = |it: &u32| ours.contains(it) && !in_use.contains(it) && used.get(it) == Some(&1);
            let free = numbers.into_iter().find(is_free);
            let block = free.unwrap_or_else(|| new_block(used));
            let mut more = String::new();
            match &self.blocks {
                Some(_) if free.is_some() => {}
                Some((range, _)) => splices.insert(range.end, format!(",{block}")),
                None => more.push_str(&block_list(self.usual_prefixes, &block.to_string())),
            }
            if !self.has_type {
                more.push_str(&shape_type(self.usual_prefixes));
            }
            more.push_str(&shapes(grid, added, block, self.usual_prefixes));
            splices.insert(self.end, more);
        }
        encoded(&splices.applied(&self.text), self.bom)
    }

    /// The blocks of the boxes of some cells.
    fn blocks_of_ours(&self, removed: &BTreeSet<Place>) -> BTreeSet<u32> {
        let spans = removed.iter().filter_map(|it| self.boxes.get(it)).map(|it| it.span.clone());
        spans.filter_map(|it| self.text.get(it)).flat_map(shapes_in).collect()
    }
}

impl Reading {
    fn open(&mut self, start: &BytesStart<'_>, from: usize, to: usize) {
        let element = Element::of(start);
        match element.name() {
            "shape" => *self = Reading { shape: Some(from), ..Reading::default() },
            "ClientData" => self.is_note = element.attr("ObjectType").as_deref() == Some("Note"),
            name @ ("Row" | "Column" | "Anchor") if self.is_note => self.field = Some((name.to_owned(), to)),
            _ => {}
        }
    }

    /// Ends an element. Gives the box and its cell where this was its end.
    fn close(&mut self, name: &str, from: usize, to: usize, text: &str) -> Option<(Place, Found)> {
        if let Some((field, start)) = self.field.take_if(|it| it.0 == name) {
            let value = text.get(start..from).unwrap_or_default();
            let start = from - value.trim_start().len();
            let value = value.trim();
            match field.as_str() {
                "Row" => self.row = value.parse().ok(),
                "Column" => self.col = value.parse().ok(),
                _ => self.anchor = Anchor::read(value).map(|it| (start..start + value.len(), it)),
            }
        }
        if name != "shape" {
            return None;
        }
        let done = std::mem::take(self);
        let span = done.shape?..to;
        Some(((done.row?, done.col?), Found { span, anchor: done.anchor }))
    }
}

/// A new drawing with these boxes.
pub(super) fn part(grid: &Grid, boxes: &[Box], used: &mut Blocks) -> Vec<u8> {
    let names = declared(false);
    let (mut blocks, mut drawn) = (Vec::new(), String::new());
    for some in boxes.chunks(MOST_IN_A_BLOCK) {
        let block = new_block(used);
        drawn.push_str(&shapes(grid, some, block, true));
        blocks.push(block.to_string());
    }
    let blocks = block_list(true, &blocks.join(","));
    format!("<xml{names}>{blocks}{}{drawn}</xml>", shape_type(true)).into_bytes()
}

/// The blocks that a drawing uses, by its list of them and by the numbers of its shapes.
pub(super) fn blocks_in(text: &str) -> BTreeSet<u32> {
    let mut blocks = shapes_in(text);
    for tag in text.split('>').filter_map(|it| it.split_once("idmap")).map(|it| it.1) {
        let list = tag.split_once("data=").map_or("", |it| it.1);
        let list = list.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
        blocks.extend(list.split(',').filter_map(|it| it.trim().parse::<u32>().ok()));
    }
    blocks
}

/// The blocks of the shapes in a text.
fn shapes_in(text: &str) -> BTreeSet<u32> {
    let number = |at: usize| {
        let digits = text.get(at + ID.len()..)?;
        let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        Some(digits.get(..end)?.parse::<u32>().ok()? / BLOCK)
    };
    text.match_indices(ID).filter_map(|(at, _)| number(at)).collect()
}

/// The first block that is free, from now on taken. The first of all belongs to no drawing.
fn new_block(used: &mut Blocks) -> u32 {
    let free = (1..).find(|it| !used.contains_key(it)).unwrap_or(1);
    used.insert(free, 1);
    free
}

fn has_usual_prefixes(start: &BytesStart<'_>) -> bool {
    NAMESPACES.iter().all(|(prefix, name)| {
        let declaration = format!("xmlns:{prefix}");
        start
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|it| it.key.as_ref() == declaration && it.value == *name)
    })
}

/// The declarations that an element needs where the drawing has others.
fn declared(usual_prefixes: bool) -> String {
    if usual_prefixes {
        return String::new();
    }
    NAMESPACES.iter().map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\"")).collect()
}

fn block_list(usual_prefixes: bool, blocks: &str) -> String {
    let declared = declared(usual_prefixes);
    format!(
        "<o:shapelayout{declared} v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>"
    )
}

fn shape_type(usual_prefixes: bool) -> String {
    let declared = declared(usual_prefixes);
    format!(
        "<v:shapetype{declared} id=\"{TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
         <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    )
}

fn shapes(grid: &Grid, boxes: &[Box], block: u32, usual_prefixes: bool) -> String {
    let declared = declared(usual_prefixes);
    let mut xml = String::new();
    for (number, ((row, col), text)) in (1..BLOCK).zip(boxes) {
        let (width, height) = size(text);
        let anchor = Anchor::beside(grid, *row, *col, (width, height));
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            "<v:shape{declared} id=\"{ID}{id}\" type=\"#{TYPE}\" style=\"position:absolute;margin-left:60pt;\
             margin-top:1.5pt;width:{width}px;height:{height}px;z-index:{number};visibility:hidden\" \
             fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
             <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            id = block.saturating_mul(BLOCK).saturating_add(number),
        );
    }
    xml
}
