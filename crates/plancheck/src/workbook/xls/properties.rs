//! The people in the properties of an Excel 97 to 2003 file: property sets as in [MS-OLEPS].

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::workbook::facts::{Fact, Person, Unread, most};

/// The stream of a set, and the properties in it that name people.
const SETS: [(&str, &[(u32, &str)]); 2] = [
    ("\u{5}SummaryInformation", &[(4, "author"), (8, "last modified by")]),
    ("\u{5}DocumentSummaryInformation", &[(14, "manager"), (15, "company")]),
];
const CODE_PAGE: u32 = 1;
const UTF_8: u16 = 65001;
const UTF_16: u16 = 1200;
/// A text in the set's code page, and one in UTF-16.
const TEXTS: [u32; 2] = [30, 31];

pub(super) fn people(file: &mut CompoundFile<Cursor<&[u8]>>) -> Fact<Vec<Person>> {
    let mut people = Vec::new();
    for (stream, wanted) in SETS {
        if !file.is_stream(stream) {
            continue;
        }
        let mut bytes = Vec::new();
        let read = file.open_stream(stream).and_then(|it| it.take(most::PART).read_to_end(&mut bytes));
        let found = read.ok().and_then(|_| of_set(&bytes, wanted));
        let unread = || Unread::new("the properties of the document cannot be read");
        people.extend(found.ok_or_else(unread)?);
    }
    Ok(people)
}

/// The people in one set; `None` where it is not one.
fn of_set(bytes: &[u8], wanted: &[(u32, &'static str)]) -> Option<Vec<Person>> {
    // A header, then the class and the offset of the first section: the others hold what users define.
    let section = bytes.get(offset(bytes, 44)?..)?;
    let count = offset(section, 4)?.min(most::ENTRIES);
    let place = |wanted: u32| {
        (0..count).find_map(|idx| {
            let entry = 8 + idx * 8;
            (number(section, entry)? == wanted).then(|| offset(section, entry + 4))?
        })
    };
    let page = place(CODE_PAGE).and_then(|at| u16_at(section, at + 4));
    let mut people = Vec::new();
    for (id, property) in wanted {
        let Some(at) = place(*id) else { continue };
        let Some(name) = text(section.get(at..)?, page) else { continue };
        if !name.is_empty() {
            people.push(Person { property, name });
        }
    }
    Some(people)
}

fn text(value: &[u8], page: Option<u16>) -> Option<String> {
    let kind = number(value, 0).filter(|it| TEXTS.contains(it))?;
    let length = offset(value, 4)?;
    let wide = kind == 31 || page == Some(UTF_16);
    let size = if kind == 31 { length.checked_mul(2)? } else { length };
    let bytes = value.get(8..8_usize.checked_add(size)?)?;
    let text = if wide {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
        String::from_utf16_lossy(&units)
    } else if page == Some(UTF_8) {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        // Other code pages agree with Latin-1 on what most names are written in; the name is never shown.
        bytes.iter().map(|it| char::from(*it)).collect()
    };
    Some(text.trim_matches(|it: char| it == '\0' || it.is_whitespace()).to_owned())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn offset(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(number(bytes, at)?).ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}
