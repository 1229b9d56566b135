//! Hostile .xlsb files: records as in [MS-XLSB] 2.1.4, in the parts of a package.

use crate::damage::Package;
use crate::write::Zipped;

/// The parts of a workbook of one sheet, each with its records.
#[derive(Clone, Default)]
pub struct Parts {
    /// Tabs: the id of the part, and the name.
    pub tabs: Vec<(String, String)>,
    /// Relations: the id, and the name of the part.
    pub relations: Vec<(String, String)>,
    /// Records of the workbook behind its tabs.
    pub book: Vec<u8>,
    /// How many texts are said to be shared, and the records of them.
    pub strings: (u32, Vec<u8>),
    /// The records of the sheet's cells.
    pub cells: Vec<u8>,
}

/// The record of this type and body.
pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut out = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    let mut length = body.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(body);
    out
}

/// A text: its length in UTF-16 units, and those.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|it| it.to_le_bytes()));
    out
}

/// A cell with a number.
pub fn number(col: u32) -> Vec<u8> {
    record(0x05, &[&col.to_le_bytes()[..], &[0; 4], &1.0_f64.to_le_bytes()].concat())
}

/// A cell with a formula that shows 1.
pub fn formula(col: u32, tokens: &[u8]) -> Vec<u8> {
    let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
    let value = 1.0_f64.to_le_bytes();
    let body = [&col.to_le_bytes()[..], &[0; 4], &value, &[0, 0], &length, tokens, &[0; 4]].concat();
    record(0x09, &body)
}

/// A cell with a text that other cells share.
pub fn shared_text(col: u32, idx: u32) -> Vec<u8> {
    record(0x07, &[&col.to_le_bytes()[..], &[0; 4], &idx.to_le_bytes()].concat())
}

/// A cell with a text of its own that says how long it is.
pub fn own_text(col: u32, length: u32, units: &[u8]) -> Vec<u8> {
    record(0x06, &[&col.to_le_bytes()[..], &[0; 4], &length.to_le_bytes(), units].concat())
}

/// A name of a range.
pub fn name(name: &str, tokens: &[u8]) -> Vec<u8> {
    let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
    record(0x27, &[&[0; 9][..], &wide(name), &length, tokens].concat())
}

/// A reference that formulas make to the first sheet.
pub fn reference() -> Vec<u8> {
    record(0x16A, &[&[1, 0, 0, 0][..], &[0; 12]].concat())
}

impl Parts {
    /// A workbook of one sheet with these cells.
    pub fn with(cells: &[Vec<u8>]) -> Self {
        Parts {
            tabs: vec![("rId1".to_owned(), "Sheet 1".to_owned())],
            relations: vec![("rId1".to_owned(), "worksheets/sheet1.bin".to_owned())],
            cells: cells.concat(),
            ..Parts::default()
        }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let relations = |each: &[(String, String)]| {
            let one = |it: &(String, String)| {
                format!("<Relationship Id=\"{}\" Type=\"{OFFICE}/worksheet\" Target=\"{}\"/>", it.0, it.1)
            };
            let each: String = each.iter().map(one).collect();
            format!("<Relationships xmlns=\"{PACKAGE}\">{each}</Relationships>")
        };
        let tab = |it: &(String, String)| record(0x9C, &[vec![0; 8], wide(&it.0), wide(&it.1)].concat());
        let tabs: Vec<u8> = self.tabs.iter().flat_map(tab).collect();
        let behind = [record(0x90, &[]), self.book.clone(), record(0x9D, &[0; 26])].concat();
        let count = self.strings.0.to_le_bytes();
        let strings =
            [record(0x9F, &[count, count].concat()), self.strings.1.clone(), record(0xA0, &[])].concat();
        let head = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
        let row = record(0x00, &[0; 17]);
        let sheet = [head, row, self.cells.clone(), record(0x92, &[]), record(0x82, &[])].concat();
        let mut zip = Zipped::default();
        zip.add("xl/workbook.bin", [record(0x99, &[0; 12]), tabs, behind].concat());
        zip.add("xl/_rels/workbook.bin.rels", relations(&self.relations));
        zip.add("xl/sharedStrings.bin", strings);
        let mut parts: Vec<&String> = self.relations.iter().map(|it| &it.1).collect();
        parts.sort();
        parts.dedup();
        for part in parts {
            zip.add(&format!("xl/{part}"), &sheet);
        }
        zip.bytes()
    }
}

/// A sheet with all that the hostile ones have, as programs write it.
pub fn honest() -> Vec<u8> {
    let nested = [&[0x29, 3, 0, 0x1E, 1, 0][..], &[0x15]].concat();
    let reference_tokens = [&[0x3A, 0, 0, 2, 0, 0, 0, 0, 0][..], &[0x23, 1, 0, 0, 0, 0x03]].concat();
    let cells = [
        number(0),
        shared_text(1, 0),
        own_text(2, 2, b"a\0b\0"),
        formula(3, &nested),
        formula(4, &reference_tokens),
    ];
    let mut parts = Parts::with(&cells);
    parts.strings = (1, record(0x13, &[vec![0], wide("shared")].concat()));
    parts.book = [reference(), name("a", &[0x3A, 0, 0, 0, 0, 0, 0, 0, 0])].concat();
    parts.bytes()
}

/// A record that says that it is as long as a record can be said to be, in a part of this name.
pub fn record_too_long(part: &str) -> Vec<u8> {
    let mut parts = Parts::with(&[number(0), vec![0x01, 0xFF, 0xFF, 0xFF, 0x7F]]);
    parts.relations = vec![("rId1".to_owned(), part.to_owned())];
    parts.bytes()
}

/// Texts that are said to be shared, by their number.
pub fn strings_without_end() -> Vec<u8> {
    let mut parts = Parts::with(&[number(0)]);
    parts.strings = (u32::MAX, Vec::new());
    parts.bytes()
}

/// A long shared text, and short records behind it that would be read to its end.
pub fn string_filled_from_the_last() -> Vec<u8> {
    let long = record(0x13, &[vec![0], wide(&"x".repeat(30_000))].concat());
    let mut parts = Parts::with(&[number(0)]);
    parts.strings = (1_001, [long, record(0x13, &[0, 0x30, 0x75, 0, 0]).repeat(1_000)].concat());
    parts.bytes()
}

/// The same among the cells.
pub fn cell_filled_from_the_last() -> Vec<u8> {
    let long = own_text(0, 30_000, &b"x\0".repeat(30_000));
    Parts::with(&[long, own_text(1, 30_000, &[]).repeat(1_000)]).bytes()
}

/// Formulas inside each other, 5,000 deep.
pub fn formulas_inside_each_other() -> Vec<u8> {
    let tokens = (0..5_000).fold(vec![0x1E, 1, 0], |mut inner, _| {
        let length = u16::try_from(inner.len()).unwrap().to_le_bytes();
        inner.splice(0..0, [0x29, length[0], length[1]]);
        inner
    });
    Parts::with(&[formula(0, &tokens)]).bytes()
}

/// A formula of more tokens than a formula may have.
pub fn formula_too_long() -> Vec<u8> {
    Parts::with(&[formula(0, &[&[0x1E, 1, 0][..], &[0x14; 16_384]].concat())]).bytes()
}

/// Formulas that move a long text again and again.
pub fn formulas_that_move() -> Vec<u8> {
    let tokens = [&[0x23, 1, 0, 0, 0].repeat(2_000)[..], &[0x03].repeat(6_000)].concat();
    let mut parts = Parts::with(&vec![formula(0, &tokens); 200]);
    parts.book = name(&"x".repeat(255), &[0x1E, 1, 0]);
    parts.bytes()
}

/// Names that name a long name all over.
pub fn names_of_names() -> Vec<u8> {
    let tokens = [0x23, 1, 0, 0, 0].repeat(3_000);
    let mut parts = Parts::with(&[number(0)]);
    parts.book = [name(&"x".repeat(255), &[0x1E, 1, 0]), name("y", &tokens).repeat(40)].concat();
    parts.bytes()
}

/// A name longer than a name may be.
pub fn name_too_long() -> Vec<u8> {
    let mut parts = Parts::with(&[number(0)]);
    parts.book = name(&"x".repeat(256), &[0x1E, 1, 0]);
    parts.bytes()
}

/// A cell with a shared text, and a formula with a sheet, that are not there.
pub fn nothing_there(cell: &[u8]) -> Vec<u8> {
    Parts::with(&[number(0), cell.to_vec()]).bytes()
}

/// Two tabs whose relations lead to these parts.
pub fn two_tabs(one: &str, two: &str) -> Parts {
    let mut parts = Parts::with(&[number(0)]);
    parts.tabs.push(("rId2".to_owned(), "Sheet 2".to_owned()));
    parts.relations = [("rId1", one), ("rId2", two)].map(|it| (it.0.to_owned(), it.1.to_owned())).to_vec();
    parts
}

/// A tab whose relation is not there.
pub fn tab_of_nothing() -> Vec<u8> {
    let mut parts = Parts::with(&[number(0)]);
    parts.tabs.push(("rId9".to_owned(), "Sheet 2".to_owned()));
    parts.bytes()
}

/// A tab and its relation, whose ids are written so that readers may take them for each other or not.
pub fn ids(of_tab: &str, of_relation: &str) -> Vec<u8> {
    let mut parts = Parts::with(&[number(0)]);
    parts.tabs[0].0 = of_tab.to_owned();
    parts.relations[0].0 = of_relation.to_owned();
    parts.bytes()
}

/// The relations under a prefix, which some readers look past.
pub fn relations_with_a_prefix() -> Vec<u8> {
    let mut package = Package::read(&honest()).unwrap();
    for (_, content) in package.parts.iter_mut().filter(|it| it.0.ends_with(".rels")) {
        let text = String::from_utf8(std::mem::take(content)).unwrap();
        *content = text.replace("<Relationship ", "<x:Relationship ").into_bytes();
    }
    package.write()
}

/// A relation that has two ids, of which readers take one or the other.
pub fn relation_of_two_ids() -> Vec<u8> {
    let mut parts = Parts::with(&[number(0)]);
    parts.relations[0].0 = "rId1\" x:Id=\"rId2".to_owned();
    parts.bytes()
}

/// The list of relations under a name that programs take for the same, and the reader of cells does not.
pub fn relations_in_capitals() -> Vec<u8> {
    let mut package = Package::read(&honest()).unwrap();
    for (name, _) in &mut package.parts {
        *name = name.replace("_rels/workbook.bin", "_rels/Workbook.bin");
    }
    package.write()
}

/// A formula that names a row from which no number of its size can be counted on.
pub fn row_behind_all() -> Vec<u8> {
    nothing_there(&formula(1, &[0x24, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]))
}

/// All of them, by name.
pub fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("honest.xlsb", honest()),
        ("record-too-long.xlsb", record_too_long("worksheets/sheet1.bin")),
        ("record-too-long-elsewhere.xlsb", record_too_long("worksheets/_rels/sheet1.xml.rels")),
        ("strings-without-end.xlsb", strings_without_end()),
        ("string-filled-from-the-last.xlsb", string_filled_from_the_last()),
        ("cell-filled-from-the-last.xlsb", cell_filled_from_the_last()),
        ("formulas-inside-each-other.xlsb", formulas_inside_each_other()),
        ("formula-too-long.xlsb", formula_too_long()),
        ("formulas-that-move.xlsb", formulas_that_move()),
        ("names-of-names.xlsb", names_of_names()),
        ("name-too-long.xlsb", name_too_long()),
        ("text-not-there.xlsb", nothing_there(&shared_text(1, 0))),
        ("sheet-not-there.xlsb", nothing_there(&formula(1, &[0x3A, 0, 0, 0, 0, 0, 0, 0, 0]))),
        ("two-tabs.xlsb", two_tabs("worksheets/sheet1.bin", "worksheets/sheet2.bin").bytes()),
        ("tabs-in-one-place.xlsb", two_tabs("worksheets/sheet1.bin", "worksheets/sheet1.bin").bytes()),
        ("tab-of-nothing.xlsb", tab_of_nothing()),
        ("relation-of-two-ids.xlsb", relation_of_two_ids()),
        ("relations-in-capitals.xlsb", relations_in_capitals()),
        ("relations-with-a-prefix.xlsb", relations_with_a_prefix()),
        ("id-of-nothing.xlsb", ids("", "")),
        ("id-with-an-entity.xlsb", ids("a&b", "a&amp;b")),
        ("id-with-a-mark.xlsb", ids("\u{feff}a", "\u{feff}a")),
        ("row-behind-all.xlsb", row_behind_all()),
    ]
}
