//! The properties of an Excel 97 to 2003 file: property sets as in [MS-OLEPS].

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::workbook::Date;
use crate::workbook::facts::{Fact, Property, SAVED, Unread, most};

/// The stream of a set, and the properties in it that name people or give the moment of saving.
const SETS: [(&str, &[(u32, &str)]); 2] = [
    ("\u{5}SummaryInformation", &[(4, "author"), (8, "last modified by"), (13, SAVED)]),
    ("\u{5}DocumentSummaryInformation", &[(14, "manager"), (15, "company")]),
];
const CODE_PAGE: u32 = 1;
const UTF_8: u16 = 65001;
const UTF_16: u16 = 1200;
/// A text in the set's code page, and one in UTF-16.
const TEXTS: [u32; 2] = [30, 31];

pub(super) fn properties(file: &mut CompoundFile<Cursor<&[u8]>>) -> Fact<Vec<Property>> {
    let mut properties = Vec::new();
    for (stream, wanted) in SETS {
        if !file.is_stream(stream) {
            continue;
        }
        let mut bytes = Vec::new();
        let read = file.open_stream(stream).and_then(|it| it.take(most::PART).read_to_end(&mut bytes));
        let found = read.ok().and_then(|_| of_set(&bytes, wanted));
        let unread = || Unread::new("the properties of the document cannot be read");
        properties.extend(found.ok_or_else(unread)?);
    }
    Ok(properties)
}

/// The properties in one set; `None` where it is not one.
fn of_set(bytes: &[u8], wanted: &[(u32, &'static str)]) -> Option<Vec<Property>> {
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
    let mut properties = Vec::new();
    for (id, name) in wanted {
        let Some(at) = place(*id) else { continue };
        let value = section.get(at..)?;
        let Some(says) = text(value, page).or_else(|| moment(value)) else { continue };
        if !says.is_empty() {
            properties.push(Property { name, says });
        }
    }
    Some(properties)
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

/// "2022-09-26T10:05Z", of tenths of microseconds since 1601.
fn moment(value: &[u8]) -> Option<String> {
    const FILE_TIME: u32 = 64;
    const A_MINUTE: u64 = 600_000_000;
    const MINUTES_OF_A_DAY: u64 = 24 * 60;
    // From the day that such times count from to the day that Excel's serial numbers count from.
    const DAYS_BEFORE: u64 = 109_205;
    if number(value, 0)? != FILE_TIME {
        return None;
    }
    let minutes = u64::from_le_bytes(value.get(4..12)?.try_into().ok()?) / A_MINUTE;
    let (days, minutes) = (minutes / MINUTES_OF_A_DAY, minutes % MINUTES_OF_A_DAY);
    let date = Date::from_serial(u32::try_from(days.checked_sub(DAYS_BEFORE)?).ok()?)?;
    let (hour, minute) = (minutes / 60, minutes % 60);
    Some(format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}Z", date.year, date.month, date.day))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_of_saving_is_read_to_the_minute() {
        // 26 September 2022, 10:05:30, in tenths of microseconds since 1601.
        let saved = |kind: u8, time: u64| moment(&[&[kind, 0, 0, 0], time.to_le_bytes().as_slice()].concat());
        assert_eq!(saved(64, 133_086_603_300_000_000).as_deref(), Some("2022-09-26T10:05Z"));
        assert_eq!(saved(30, 133_086_603_300_000_000), None);
        // Nothing, and a day long past every calendar.
        assert_eq!((saved(64, 0), saved(64, u64::MAX), moment(&[64, 0, 0, 0, 1])), (None, None, None));
    }
}
