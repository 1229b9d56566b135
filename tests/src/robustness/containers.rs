//! Zip files that are more than they seem.

use std::io::{Cursor, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{SHEET, Specimen, many, small};
use crate::write::{Zipped, add_member, member, names, replace_member};

pub(super) fn all() -> Vec<Specimen> {
    vec![
        Specimen::refused("deflate-bomb", "a sheet of 300 MB of spaces", "too-large", || {
            replace_member(&small(), SHEET, vec![b' '; 300 << 20])
        }),
        Specimen::refused("lying-bomb", "the same, declared as 1,000 bytes", "damaged", || {
            let bytes = replace_member(&small(), SHEET, vec![b' '; 300 << 20]);
            declared(bytes, 300 << 20, 1_000)
        }),
        Specimen::refused("dense-part", "20 MB of one letter beside the plan", "too-large", || {
            add_member(&small(), "docProps/note.txt", vec![b'x'; 20 << 20])
        }),
        Specimen::refused("many-parts", "6,000 parts", "too-large", || {
            let mut zip = Zipped::default();
            zip.add("xl/workbook.xml", "<workbook/>");
            for number in 0..6_000 {
                zip.add_stored(&format!("xl/{number}"), "");
            }
            zip.bytes()
        }),
        Specimen::refused(
            "overlapping-parts",
            "1,000 parts that are the same bytes of the file",
            "damaged",
            || overlapping(1_000),
        ),
        Specimen::refused("zips-in-zips", "zip files inside each other, six deep", "not-a-workbook", || {
            (0..6).fold(small(), |inner, level| {
                let mut zip = Zipped::default();
                zip.add_stored(&format!("{level}.zip"), inner);
                zip.bytes()
            })
        }),
        Specimen::refused(
            "larger-than-declared",
            "a part that holds a byte more than it declares",
            "damaged",
            || declared(add_member(&small(), "docProps/note.txt", vec![b'x'; 54_321]), 54_321, 54_320),
        ),
        Specimen::refused(
            "smaller-than-declared",
            "a part that holds a byte less than it declares",
            "damaged",
            || declared(add_member(&small(), "docProps/note.txt", vec![b'x'; 54_321]), 54_321, 54_322),
        ),
        Specimen::refused(
            "sheet-in-two-cases",
            "two parts that differ in capital letters only",
            "damaged",
            || add_member(&small(), "xl/Worksheets/sheet1.xml", member(&small(), SHEET)),
        ),
        Specimen::refused(
            "sheet-with-an-escape",
            "two parts, one with its name in escapes",
            "damaged",
            || add_member(&small(), "xl/worksheets/sheet%31.xml", member(&small(), SHEET)),
        ),
        Specimen::refused("sheet-twice", "two parts of the same name", "damaged", || {
            renamed(add_member(&small(), "xl/worksheets/sheetX.xml", member(&small(), SHEET)), SHEET)
        }),
        Specimen::refused("one-part-many-sheets", "200 sheets that are one part of 1 MB", "damaged", || {
            one_part(200)
        }),
    ]
}

/// Zip files that are put together otherwise than most, and hold the same.
pub(super) fn odd() -> Vec<Specimen> {
    vec![
        Specimen::checked(
            "streamed",
            "with the sizes behind the parts, as programs in Java write them",
            || {
                let written = filled(ZipWriter::new_stream(Vec::new()), SimpleFileOptions::default());
                written.finish().unwrap().into_inner()
            },
        ),
        Specimen::checked("zip64", "with sizes of 64 bits", || {
            let written = filled(
                ZipWriter::new(Cursor::new(Vec::new())),
                SimpleFileOptions::default().large_file(true),
            );
            written.finish().unwrap().into_inner()
        }),
        Specimen::checked("stored", "with parts that are not packed", || {
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            filled(ZipWriter::new(Cursor::new(Vec::new())), stored).finish().unwrap().into_inner()
        }),
        Specimen::checked("commented", "with a comment of 60 KB behind the parts", || {
            let mut written = filled(ZipWriter::new(Cursor::new(Vec::new())), SimpleFileOptions::default());
            written.set_comment("PK\u{5}\u{6} ".repeat(10_000)).unwrap();
            written.finish().unwrap().into_inner()
        }),
        Specimen::checked("folders", "with entries for its folders", || {
            let mut written = ZipWriter::new(Cursor::new(Vec::new()));
            for folder in ["_rels", "docProps", "xl", "xl/worksheets"] {
                written.add_directory(folder, SimpleFileOptions::default()).unwrap();
            }
            filled(written, SimpleFileOptions::default()).finish().unwrap().into_inner()
        }),
    ]
    .into_iter()
    .map(|it| it.twin_of(small))
    .collect()
}

/// The parts of the small plan, put into another zip file.
fn filled<W: Write + Seek>(mut written: ZipWriter<W>, options: SimpleFileOptions) -> ZipWriter<W> {
    let bytes = small();
    for name in names(&bytes) {
        written.start_file(&*name, options).unwrap();
        written.write_all(member(&bytes, &name).as_bytes()).unwrap();
    }
    written
}

/// Declares another size for the parts of a size, in both places where a zip file says it.
fn declared(mut bytes: Vec<u8>, size: u32, says: u32) -> Vec<u8> {
    let (size, says) = (size.to_le_bytes(), says.to_le_bytes());
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&says);
    }
    bytes
}

/// Gives the part "sheetX.xml" the name of another: no library writes such a file.
fn renamed(mut bytes: Vec<u8>, name: &str) -> Vec<u8> {
    const OLD: &[u8] = b"xl/worksheets/sheetX.xml";
    assert_eq!(name.len(), OLD.len());
    let places: Vec<usize> =
        (0..bytes.len() - OLD.len()).filter(|at| bytes[*at..].starts_with(OLD)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + OLD.len()].copy_from_slice(name.as_bytes());
    }
    bytes
}

/// A zip file whose list names one part many times over, each with a name of its own.
fn overlapping(count: u32) -> Vec<u8> {
    let mut zip = Zipped::default();
    zip.add("xl/workbook0.xml", vec![b' '; 100_000]);
    let bytes = zip.bytes();
    let start = bytes.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let end = bytes.windows(4).position(|it| it == b"PK\x05\x06").unwrap();
    let entry = &bytes[start..end];
    let mut out = bytes[..start].to_vec();
    for number in 0..count {
        // The name has a fixed length: "xl/workbook0.xml" becomes "xl/0000000b0.xml".
        let mut entry = entry.to_vec();
        let at = entry.windows(3).position(|it| it == b"xl/").unwrap() + 3;
        entry[at..at + 7].copy_from_slice(format!("{number:07}").as_bytes());
        out.extend(entry);
    }
    let length = u32::try_from(out.len() - start).unwrap();
    let count = u16::try_from(count).unwrap().to_le_bytes();
    let mut last = bytes[end..].to_vec();
    last[8..10].copy_from_slice(&count);
    last[10..12].copy_from_slice(&count);
    last[12..16].copy_from_slice(&length.to_le_bytes());
    out.extend(last);
    out
}

fn one_part(sheets: usize) -> Vec<u8> {
    let tabs = many(sheets, |it| format!("<sheet name=\"S{it}\" sheetId=\"{}\" r:id=\"r{it}\"/>", it + 1));
    let relations = many(sheets, |it| {
        format!(
            "<Relationship Id=\"r{it}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
             Target=\"worksheets/sheet1.xml\"/>"
        )
    });
    let mut zip = Zipped::default();
    zip.add(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    );
    zip.add("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{tabs}</sheets></workbook>"));
    zip.add("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>"));
    let rows =
        many(20_000, |row| format!("<row r=\"{}\"><c r=\"A{}\"><v>{row}</v></c></row>", row + 1, row + 1));
    zip.add("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    zip.bytes()
}
