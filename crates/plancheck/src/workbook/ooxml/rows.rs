//! The rows of a worksheet, looked over quickly.
//!
//! Nearly all of a worksheet's part are its cells, and of those two facts are wanted: which rows are hidden, and
//! which numbers have ten digits. They are found by their bytes; everything around the rows is read as XML. Where
//! a part is not written as programs write it, the whole of it is read as XML.

use std::io::{BufRead, Read};

use memchr::memmem;
use quick_xml::events::BytesStart;

use super::package::Package;
use super::sheet::Worksheet;
use crate::workbook::facts::{Fact, Room, Unread, most};
use crate::workbook::xml::{self, Element, Visit};

const OPENING: &[u8] = b"<sheetData>";
const CLOSING: &[u8] = b"</sheetData>";

/// Reads a worksheet's part.
pub(super) fn read(package: &mut Package<'_>, part: &str, room: Room) -> Fact<Worksheet> {
    let mut worksheet = Worksheet::new(room);
    if package.size(part) > most::PART {
        package.visit(part, &mut worksheet)?;
        return worksheet.settled();
    }
    let bytes = package.bytes(part)?;
    let mut visit = |source: &mut dyn BufRead| {
        xml::visit(source, &mut worksheet as &mut dyn Visit).map_err(|_| Unread::damaged())
    };
    match apart(&bytes) {
        Some((before, rows, after)) => {
            visit(&mut before.chain(after))?;
            look_over(rows, &mut worksheet);
        }
        None => visit(&mut &*bytes)?,
    }
    worksheet.settled()
}

/// What stands before the rows, the rows, and what stands behind them; nothing where their bytes cannot be told from
/// others: in comments, in texts as they are, or under names with a prefix.
fn apart(part: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let at = memmem::find(part, OPENING)? + OPENING.len();
    let end = memmem::rfind(part, CLOSING)?;
    let (before, rows, after) = (part.get(..at)?, part.get(at..end)?, part.get(end..)?);
    let is_plain = |it: &[u8]| memmem::find(it, b"<!").is_none();
    let is_whole = memmem::find(rows, b"sheetData").is_none() && memmem::find(rows, b"<?").is_none();
    (is_whole && is_plain(before) && is_plain(rows)).then_some((before, rows, after))
}

fn look_over(rows: &[u8], worksheet: &mut Worksheet) {
    let mut next_value = 0;
    for at in memmem::find_iter(rows, b"<row") {
        let Some(tag) = tag(rows, at) else { continue };
        // Its number counts even where nothing else is said of it.
        worksheet.row(&Element::of(&BytesStart::from_content(tag, "row".len())));
    }
    let value = memmem::Finder::new(b"<v");
    while let Some(found) = rows.get(next_value..).and_then(|it| value.find(it)) {
        let name = next_value + found;
        let Some(end) = rows.get(name..).and_then(|it| memchr::memchr(b'>', it)) else { break };
        let at = name + end + 1;
        next_value = at;
        let is_long = rows
            .get(at..at + 11)
            .is_some_and(|it| it.iter().take(10).all(u8::is_ascii_digit) && it.last() == Some(&b'<'));
        let cell = rows.get(..at).filter(|_| is_long).and_then(|it| memmem::rfind(it, b"<c "));
        if let Some(tag) = cell.and_then(|it| tag(rows, it)) {
            worksheet.long_number_in(tag.get(1..).unwrap_or_default());
        }
    }
}

/// The content of the tag that begins here, without its brackets: "row r=\"3\"". The names of other elements may
/// begin alike, and stand inside no row.
fn tag(rows: &[u8], at: usize) -> Option<&str> {
    let rest = rows.get(at + 1..)?;
    let end = memchr::memchr(b'>', rest)?;
    std::str::from_utf8(rest.get(..end)?).ok().map(|it| it.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found quickly is what is found slowly.
    fn same(sheet: &str) -> Worksheet {
        let mut slow = Worksheet::default();
        xml::visit(sheet.as_bytes(), &mut slow).unwrap();
        let mut quick = Worksheet::default();
        match apart(sheet.as_bytes()) {
            Some((before, rows, after)) => {
                xml::visit(before.chain(after), &mut quick).unwrap();
                look_over(rows, &mut quick);
            }
            None => xml::visit(sheet.as_bytes(), &mut quick).unwrap(),
        }
        assert_eq!(quick.rows(), slow.rows(), "{sheet}");
        assert_eq!(quick.long_numbers, slow.long_numbers, "{sheet}");
        assert_eq!(quick.protected, slow.protected, "{sheet}");
        quick
    }

    #[test]
    fn quickly_and_slowly_the_same_is_found() {
        let rows = "<row r=\"2\" hidden=\"1\"><c r=\"A2\" s=\"3\"><v>1234567890</v></c><c r=\"B2\"/></row>\
             <row><c r=\"A3\" s='4'><f>A2</f><v>1234567891</v></c><c r=\"B3\"><v>12345678901</v></c></row>\
             <row r=\"9\" ht=\"0\"/><row hidden='true'></row><row r=\"12\"><c r=\"C12\"><v>123456789</v></c>\
             <c r=\"D12\" s=\"5\"><v xml:space=\"preserve\">9876543210</v></c></row>";
        let sheet = |rows: &str| {
            format!(
                "<worksheet><sheetPr/><sheetData>{rows}</sheetData><sheetProtection sheet=\"1\"/></worksheet>"
            )
        };
        let found = same(&sheet(rows));
        let hidden = found.rows().unwrap();
        assert!([1, 8, 9].iter().all(|it| hidden.run_of(*it).is_some()) && hidden.run_of(2).is_none());
        assert_eq!(found.long_numbers, [((1, 0), 3), ((2, 0), 4), ((11, 3), 5)]);
        assert!(found.protected);
        // Where bytes alone do not say what is a row, the XML does.
        let remarked = "<!-- <row r=\"5\" hidden=\"1\"/> --><row r=\"7\" hidden=\"1\"/>";
        assert!(apart(sheet(remarked).as_bytes()).is_none());
        assert!(same(&sheet(remarked)).rows().unwrap().run_of(4).is_none());
        assert!(apart(b"<x:worksheet><x:sheetData/></x:worksheet>").is_none());
        same("<worksheet><sheetData/></worksheet>");
    }
}
