//! Hostile .xls files: records as in [MS-XLS] 2.1.4, in a compound file.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

/// A record's type and body.
pub type Record = (u16, Vec<u8>);

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const TAB: u16 = 0x0085;
const NAME: u16 = 0x0018;
const STRINGS: u16 = 0x00FC;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const SMALL_NUMBERS: u16 = 0x00BD;
const TEXT: u16 = 0x0204;
const SHOWN_TEXT: u16 = 0x0207;
const SHARED_TEXT: u16 = 0x00FD;
const FORMULA: u16 = 0x0006;

/// The records as they stand in a stream.
pub fn stream(records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, body) in records {
        out.extend(kind.to_le_bytes());
        out.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
        out.extend(body);
    }
    out
}

/// A compound file of these streams, whose names may hold folders.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        if let Some((folder, _)) = name.rsplit_once('/') {
            file.create_storage(folder).unwrap();
        }
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// The first record of a workbook or a sheet.
pub fn begin(kind: u8) -> Record {
    (BEGIN, [&[0, 6, kind, 0][..], &[0; 12]].concat())
}

/// A cell with a number.
pub fn number(row: u16, col: u16) -> Record {
    (NUMBER, [at(row, col), 1.0_f64.to_le_bytes().to_vec()].concat())
}

/// A cell with a formula that shows 1.
pub fn formula(row: u16, tokens: &[u8]) -> Record {
    let length = u16::try_from(tokens.len()).unwrap().to_le_bytes();
    (FORMULA, [&at(row, 0), &1.0_f64.to_le_bytes()[..], &[0; 6], &length, tokens].concat())
}

/// A cell with a text that other cells share.
pub fn shared_text(row: u16, idx: u32) -> Record {
    (SHARED_TEXT, [at(row, 0), idx.to_le_bytes().to_vec()].concat())
}

/// The texts that cells share, in one record.
pub fn strings(texts: &[&str]) -> Record {
    let mut body = vec![0; 8];
    for text in texts {
        body.extend(u16::try_from(text.len()).unwrap().to_le_bytes());
        body.push(0);
        body.extend(text.bytes());
    }
    (STRINGS, body)
}

fn at(row: u16, col: u16) -> Vec<u8> {
    [row.to_le_bytes(), col.to_le_bytes(), [0, 0]].concat()
}

fn tab(name: &str, offset: usize) -> Record {
    let length = u8::try_from(name.len()).unwrap();
    let offset = u32::try_from(offset).unwrap().to_le_bytes();
    (TAB, [&offset[..], &[0, 0, length, 0], name.as_bytes()].concat())
}

/// The stream of a workbook: records before the tabs, and the offset of each tab from the first sheet's
/// records on.
pub fn book_with(globals: &[Record], tabs: &[(&str, usize)], sheets: &[u8]) -> Vec<u8> {
    let head = |start: usize| {
        let mut records = vec![begin(5)];
        records.extend(globals.iter().cloned());
        records.extend(tabs.iter().map(|(name, offset)| tab(name, start + offset)));
        records.push((END, Vec::new()));
        stream(&records)
    };
    [head(head(0).len()), sheets.to_vec()].concat()
}

/// A workbook of one sheet, with these records before its tab and in the sheet.
pub fn book(globals: &[Record], cells: &[Record]) -> Vec<u8> {
    let sheet = [&[begin(0x10)], cells, &[(END, Vec::new())]].concat();
    compound(&[("Workbook", &book_with(globals, &[("Sheet1", 0)], &stream(&sheet)))])
}

/// A workbook whose records are encrypted with a password, as the first of them says: what follows it is noise.
pub fn with_a_password() -> Vec<u8> {
    const FILE_PASS: u16 = 0x002F;
    let rc4 = [&[1, 0, 1, 0, 1, 0][..], &[0x5A; 48]].concat();
    let noise = (NUMBER, vec![0x93; 14]);
    book(&[(FILE_PASS, rc4)], &[noise])
}

/// A sheet with all that the hostile ones have, as programs write it.
pub fn honest() -> Vec<u8> {
    let dimensions = (DIMENSIONS, [&[0; 4][..], &[9, 0, 0, 0], &[0, 0, 3, 0], &[0, 0]].concat());
    let several = (SMALL_NUMBERS, [at(1, 0)[..4].to_vec(), vec![0; 12], vec![1, 0]].concat());
    let label = (TEXT, [&at(3, 0)[..], &[2, 0, 0], b"ab"].concat());
    let shown = (SHOWN_TEXT, vec![9, 0, 0, b'a', b'b']);
    let mut text = formula(4, &[0x1E, 1, 0, 0x1E, 2, 0, 0x03]);
    text.1[6..14].copy_from_slice(&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let name = (NAME, [&[0, 0, 0, 1, 3, 0][..], &[0; 8], &[0, b'a'], &[0x1E, 1, 0]].concat());
    let texts = strings(&["shared", "texts"]);
    let cells = [
        dimensions,
        number(0, 0),
        several,
        shared_text(2, 1),
        label,
        text,
        shown,
        (CONTINUE, b"\0cdefghi".to_vec()),
        // A chart in the sheet, whose cells are not the sheet's.
        begin(0x20),
        number(65_535, 255),
        (END, Vec::new()),
        formula(5, &[0x25, 0, 0, 2, 0, 0, 0, 0, 0, 0x19, 0x40, 0, 3, 0x19, 0x10, 0, 0]),
    ];
    book(&[name, texts], &cells)
}

/// A file whose table names one sector twice.
pub fn sector_named_twice() -> Vec<u8> {
    let mut file = book(&[], &vec![number(0, 0); 50_000]);
    file.copy_within(76..80, 80);
    file
}

/// A stream whose sectors lead back to one of them.
pub fn chain_without_end() -> Vec<u8> {
    let mut file = book(&[], &vec![number(0, 0); 1_000]);
    let sector = u32::from_le_bytes(file[76..80].try_into().unwrap()) as usize;
    let table = (sector + 1) * 512;
    let entry = |file: &[u8], idx: usize| {
        u32::from_le_bytes(file[table + 4 * idx..table + 4 * idx + 4].try_into().unwrap())
    };
    let last =
        (2..128).find(|idx| entry(&file, *idx) == 0xFFFF_FFFE && entry(&file, idx - 2) as usize == idx - 1);
    let last = last.unwrap();
    file[table + 4 * last..table + 4 * last + 4].copy_from_slice(&(last as u32 - 1).to_le_bytes());
    file
}

/// A second stream of the same name, further in, that says more than the first.
pub fn two_streams() -> Vec<u8> {
    let sheet = |cells: &[Record]| {
        let sheet = [&[begin(0x10)], cells, &[(END, Vec::new())]].concat();
        book_with(&[], &[("Sheet1", 0)], &stream(&sheet))
    };
    let (good, bad) = (sheet(&[number(0, 0)]), sheet(&[number(0, 0), number(65_535, 255)]));
    compound(&[("A/Workbook", &bad), ("Workbook", &good)])
}

/// A sheet that says that it is as large as a sheet can be said to be.
pub fn dimensions_of_everything() -> Vec<u8> {
    let body = [&[0; 4][..], &[255; 4], &[0, 0], &[255, 255], &[0, 0]].concat();
    book(&[], &[(DIMENSIONS, body), number(0, 0)])
}

/// A cell in the last corner, before the sheet begins.
pub fn cell_before_the_beginning() -> Vec<u8> {
    let sheet = stream(&[number(0, 0), number(65_535, 255), begin(0x10), (END, Vec::new())]);
    compound(&[("Workbook", &book_with(&[], &[("Sheet1", 0)], &sheet))])
}

/// A record of cells up to a column far from its first, in the last row.
pub fn several_numbers_wide() -> Vec<u8> {
    let wide = [&at(65_535, 0)[..4], &[0; 600], &[99, 0]].concat();
    book(&[], &[number(0, 0), (SMALL_NUMBERS, wide)])
}

/// The same with fewer cells than it says.
pub fn several_numbers_short() -> Vec<u8> {
    book(&[], &[number(0, 0), (SMALL_NUMBERS, [&at(1, 0)[..4], &[0; 6], &[99, 0]].concat())])
}

/// So many tabs, each with an offset of its own, or all with one.
pub fn tabs(count: usize, step: usize) -> Vec<u8> {
    let sheet = stream(&[begin(0x10), number(0, 0), (END, Vec::new())]);
    let names: Vec<String> = (0..count).map(|it| format!("Sheet{it}")).collect();
    let tabs: Vec<(&str, usize)> =
        names.iter().enumerate().map(|(idx, it)| (it.as_str(), idx * step * sheet.len())).collect();
    compound(&[("Workbook", &book_with(&[], &tabs, &sheet.repeat(count)))])
}

/// Many sheets that lie over each other, each beginning a cell behind the last.
pub fn sheets_over_each_other() -> Vec<u8> {
    let cell = stream(&[number(0, 0)]);
    let names: Vec<String> = (0..100).map(|it| format!("Sheet{it}")).collect();
    let tabs: Vec<(&str, usize)> =
        names.iter().enumerate().map(|(idx, it)| (it.as_str(), idx * cell.len())).collect();
    let sheet = [cell.repeat(5_000), stream(&[(END, Vec::new())])].concat();
    compound(&[("Workbook", &book_with(&[], &tabs, &sheet))])
}

/// A tab whose name is longer than its record.
pub fn name_of_tab_cut() -> Vec<u8> {
    book(&[(TAB, vec![0, 0, 0, 0, 0, 0, 200, 0, b'x'])], &[number(0, 0)])
}

/// A long text in thousands of cells.
pub fn long_text_shared() -> Vec<u8> {
    let cells: Vec<Record> = (0..2_500).map(|row| shared_text(row, 0)).collect();
    book(&[strings(&["x".repeat(30_000).as_str()])], &cells)
}

/// A record that goes on and on.
pub fn continued_without_end() -> Vec<u8> {
    let globals = [vec![strings(&[])], vec![(CONTINUE, vec![0, 0, 0]); 20_001]].concat();
    book(&globals, &[number(0, 0)])
}

/// Formulas of spaces, each put before those that are there.
pub fn formulas_of_spaces() -> Vec<u8> {
    let tokens = [&[0x1E, 1, 0][..], &[0x19, 0x40, 0, 255].repeat(400)].concat();
    let cells: Vec<Record> = (0..1_000).map(|row| formula(row, &tokens)).collect();
    book(&[], &cells)
}

/// Formulas of names, each of them long.
pub fn formulas_of_names() -> Vec<u8> {
    let name = (NAME, [&[0, 0, 0, 255, 3, 0][..], &[0; 8], &[0], &[b'x'; 255], &[0x1E, 1, 0]].concat());
    let tokens = [&[0x23, 1, 0, 0, 0].repeat(300)[..], &[0x03].repeat(299)].concat();
    let cells: Vec<Record> = (0..5_000).map(|row| formula(row, &tokens)).collect();
    book(&[name], &cells)
}

/// A formula of more tokens than a formula may have.
pub fn formula_too_long() -> Vec<u8> {
    book(&[], &[formula(0, &[0x14; 1_801])])
}

/// A formula whose tokens go on behind its record.
pub fn formula_cut() -> Vec<u8> {
    let mut cell = formula(0, &[0x1E, 1, 0]);
    cell.1.pop();
    book(&[], &[cell])
}

/// A text that says that it is long, and holds nothing.
pub fn text_without_characters() -> Vec<u8> {
    book(&[], &[number(0, 0), (TEXT, [&at(1, 0)[..], &[255, 255, 0]].concat())])
}

/// The same for the text that a formula shows.
pub fn shown_text_without_characters() -> Vec<u8> {
    book(&[], &[formula(0, &[0x1E, 1, 0]), (SHOWN_TEXT, vec![255, 255, 0])])
}

/// More names than are read.
pub fn names_without_end() -> Vec<u8> {
    let name = (NAME, [&[0, 0, 0, 1, 3, 0][..], &[0; 8], &[0, b'a'], &[0x1E, 1, 0]].concat());
    book(&vec![name; 100_001], &[number(0, 0)])
}

/// A name whose formula is longer than its record.
pub fn name_cut() -> Vec<u8> {
    let name = (NAME, [&[0, 0, 0, 1, 255, 0][..], &[0; 8], &[0, b'a']].concat());
    book(&[name], &[number(0, 0)])
}

/// References to the last row but one and the last, which a number of two bytes can just count.
pub fn last_row() -> Vec<u8> {
    book(&[], &[formula(4, &[0x24, 0xFE, 0xFF, 0, 0xC0]), formula(5, &[0x24, 0xFF, 0xFF, 0, 0xC0])])
}

/// All of them, by name.
pub fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("honest.xls", honest()),
        ("sector-named-twice.xls", sector_named_twice()),
        ("chain-without-end.xls", chain_without_end()),
        ("two-streams.xls", two_streams()),
        ("dimensions-of-everything.xls", dimensions_of_everything()),
        ("cell-before-the-beginning.xls", cell_before_the_beginning()),
        ("several-numbers-wide.xls", several_numbers_wide()),
        ("several-numbers-short.xls", several_numbers_short()),
        ("tabs.xls", tabs(250, 1)),
        ("tabs-without-end.xls", tabs(251, 1)),
        ("tabs-in-one-place.xls", tabs(2, 0)),
        ("sheets-over-each-other.xls", sheets_over_each_other()),
        ("name-of-tab-cut.xls", name_of_tab_cut()),
        ("long-text-shared.xls", long_text_shared()),
        ("continued-without-end.xls", continued_without_end()),
        ("formulas-of-spaces.xls", formulas_of_spaces()),
        ("formulas-of-names.xls", formulas_of_names()),
        ("formula-too-long.xls", formula_too_long()),
        ("formula-cut.xls", formula_cut()),
        ("text-without-characters.xls", text_without_characters()),
        ("shown-text-without-characters.xls", shown_text_without_characters()),
        ("names-without-end.xls", names_without_end()),
        ("name-cut.xls", name_cut()),
        ("last-row.xls", last_row()),
    ]
}
