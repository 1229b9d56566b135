use super::*;

const FORMULA: usize = 16_385;

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut out = vec![kind as u8 & 0x7F];
    if kind >= 0x80 {
        out = vec![kind as u8 | 0x80, (kind >> 7) as u8];
    }
    let mut length = body.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(body);
    out
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [(units.len() as u32).to_le_bytes().to_vec(), units.iter().flat_map(|it| it.to_le_bytes()).collect()]
        .concat()
}

/// Limits that nothing here exceeds but what a test is about.
fn limits() -> Limits {
    Limits { strings: 3, names: 2, text: 100, sheets: 2, ..Limits::default() }
}

/// Reads a part whole and byte by byte, which must come to the same.
fn read(name: &str, records: &[Vec<u8>]) -> Result<(), String> {
    let (bytes, limits) = (records.concat(), limits());
    let read = |size: usize| {
        let mut part = Records::of(name, &limits).unwrap();
        let mut totals = Totals { references: 1, strings: 1, ..Totals::default() };
        bytes.chunks(size).try_for_each(|it| part.read(it, &mut totals))?;
        totals.settle(&limits)
    };
    let whole = read(usize::MAX).map_err(|it| it.message);
    assert_eq!(whole, read(1).map_err(|it| it.message));
    whole
}

fn refused(name: &str, records: &[Vec<u8>], words: &str) {
    let message = read(name, records).expect_err(words);
    assert!(message.contains(words), "{message}");
}

const BOOK: &str = "xl/workbook.bin";
const TEXTS: &str = "XL\\SharedStrings.bin";
const SHEET: &str = "xl/worksheets/any.xml";
const STYLES: &str = "xl/styles.bin";

fn shared(count: u32, texts: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let head = record(0x9F, &[count.to_le_bytes(), count.to_le_bytes()].concat());
    let item = |it: &Vec<u8>| record(0x13, it);
    [vec![head], texts.iter().map(item).collect()].concat()
}

fn text(text: &str) -> Vec<u8> {
    [vec![0], wide(text)].concat()
}

fn cells(cells: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let head = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])];
    [head.to_vec(), cells.to_vec(), vec![record(0x92, &[])]].concat()
}

fn tab(id: &str, name: &str) -> Vec<u8> {
    record(0x9C, &[vec![0; 8], wide(id), wide(name)].concat())
}

fn name(name: &str, tokens: &[u8]) -> Vec<u8> {
    let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
    record(0x27, &[&[0; 9][..], &wide(name), &length, tokens].concat())
}

fn formula(tokens: &[u8]) -> Vec<u8> {
    let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
    record(0x09, &[&[0; 18][..], &length, tokens].concat())
}

fn book(rest: &[Vec<u8>]) -> Vec<Vec<u8>> {
    [vec![record(0x99, &[0; 12]), tab("rId1", "A"), record(0x90, &[])], rest.to_vec()].concat()
}

#[test]
fn parts_that_are_none_are_left_alone() {
    let limits = limits();
    for name in ["xl/vbaProject.bin", "xl/printerSettings/printerSettings1.bin", "xl/worksheet.bin"] {
        assert!(Records::of(name, &limits).is_none(), "{name}");
    }
    let relations = "<?xml version=\"1.0\"?>\n<Relationships>\t'".repeat(50);
    assert_eq!(read("xl/worksheets/_rels/sheet1.bin.rels", &[relations.into_bytes()]), Ok(()));
    // What follows the cells, or the last text, is not read.
    assert_eq!(read(SHEET, &[cells(&[]).concat(), record(0x05, &[])]), Ok(()));
    assert_eq!(read(TEXTS, &[shared(1, &[text("x")]).concat(), record(0x13, &[])]), Ok(()));
}

#[test]
fn too_long_a_record() {
    for name in [BOOK, TEXTS, SHEET] {
        refused(name, &[record(0x01, &vec![0; LONGEST + 1])], "MB in one piece");
        refused(name, &[vec![0x01, 0xFF, 0xFF, 0xFF, 0x7F]], "MB in one piece");
        assert_eq!(read(name, &[record(0x01, &vec![0; LONGEST])]), Ok(()));
    }
}

#[test]
fn shared_texts() {
    assert_eq!(read(TEXTS, &shared(3, &[text("a"), text("£"), text("")])), Ok(()));
    refused(TEXTS, &shared(4, &[]), "4 texts that cells share");
    refused(TEXTS, &shared(2, &[text(&"x".repeat(60)), text(&"x".repeat(60))]), "MB of text in its cells");
    refused(TEXTS, &shared(2, &[text("long enough"), vec![0, 9, 0, 0, 0]]), "damaged");
    refused(TEXTS, &[record(0x9F, &[0; 4])], "damaged");
    // Records between the texts do not count.
    let between = [record(0x23, &[]), record(0x13, &[]), record(0x24, &[])].concat();
    let [head, one] = &shared(1, &[text("x")])[..] else { panic!() };
    assert_eq!(read(TEXTS, &[head.clone(), between, one.clone()]), Ok(()));
}

#[test]
fn cells_and_their_formulas() {
    let string =
        |kind: u16, length: u32| record(kind, &[&[0; 8][..], &length.to_le_bytes(), &[b'x', 0]].concat());
    let fine = [record(0x00, &[0; 17]), string(0x06, 1), formula(&[0x1E, 1, 0]), record(0x07, &[0; 12])];
    assert_eq!(read(SHEET, &cells(&fine)), Ok(()));
    for short in [
        record(0x00, &[0; 3]),
        record(0x02, &[0; 11]),
        record(0x05, &[0; 15]),
        string(0x06, 2),
        string(0x08, 1),
        string(0x06, u32::MAX),
        record(0x09, &[0; 21]),
        formula(&[0x1E, 1]),
        formula(&[0x16; FORMULA + 1]),
        record(0x0A, &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 9, 0, 0, 0, 0x1E]),
        // A text and a sheet that are not there.
        record(0x07, &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
        formula(&[0x3A, 1, 0, 0, 0, 0, 0, 0, 0]),
    ] {
        refused(SHEET, &cells(std::slice::from_ref(&short)), "damaged");
        // Before the cells it is not read.
        assert_eq!(read(SHEET, &[short, cells(&[]).concat()]), Ok(()));
    }
    let dear = [&[0x23, 1, 0, 0, 0].repeat(2_000)[..], &[0x03].repeat(6_000)].concat();
    refused(SHEET, &cells(&vec![formula(&dear); 60]), "MB to move for its formulas");
}

#[test]
fn tabs_and_names() {
    let reference = record(0x16A, &[&[1, 0, 0, 0][..], &[0; 12]].concat());
    assert_eq!(read(BOOK, &book(&[reference.clone(), name("a", &[0x3A, 0, 0, 0, 0, 0, 0, 0, 0])])), Ok(()));
    let tabs = |count: usize| [vec![tab("rId1", "A"); count], vec![record(0x90, &[])]].concat();
    assert_eq!(read(BOOK, &tabs(2)), Ok(()));
    refused(BOOK, &tabs(3), "3 sheets");
    refused(BOOK, &[tab("rId1", &"x".repeat(256))], "damaged");
    refused(BOOK, &[record(0x9C, &[vec![0; 8], wide("rId1"), vec![9, 0, 0, 0]].concat())], "damaged");
    assert_eq!(read(BOOK, &[record(0x9C, &[[0; 8].as_slice(), &[255; 4]].concat())]), Ok(()));
    refused(BOOK, &book(&[record(0x16A, &[2, 0, 0, 0, 0])]), "damaged");
    refused(BOOK, &book(&[reference.clone(), name("a", &[0x3A, 1, 0, 0, 0, 0, 0, 0, 0])]), "damaged");
    refused(BOOK, &book(&[name(&"x".repeat(256), &[0x1E, 1, 0])]), "damaged");
    refused(BOOK, &book(&vec![name("a", &[0x1E, 1, 0]); 3]), "3 defined names");
    let long = name(&"x".repeat(200), &[0x23, 1, 0, 0, 0]);
    refused(BOOK, &book(&[long]), "MB of text in its formulas");
    // What ends the names ends the reading.
    assert_eq!(read(BOOK, &book(&[reference, record(0x9D, &[]), record(0x27, &[])])), Ok(()));
}

#[test]
fn number_formats() {
    let format = |length: u32| record(0x2C, &[&[200, 0][..], &length.to_le_bytes(), &[b'0', 0]].concat());
    let count = |kind: u16, count: u32| record(kind, &count.to_le_bytes());
    let fine = [count(0x267, 1), format(1), count(0x269, 1), record(0x2F, &[0; 16]), record(0x2F, &[])];
    assert_eq!(read(STYLES, &fine), Ok(()));
    refused(STYLES, &[count(0x267, 1), format(2)], "damaged");
    refused(STYLES, &[record(0x267, &[])], "damaged");
    refused(STYLES, &[count(0x269, 1), record(0x2F, &[0; 3])], "damaged");
}
