//! The table at the head of a compound file, looked at before the file is opened.

use std::collections::BTreeSet;

/// The bytes of a header, which the first sector begins with.
const HEADER: usize = 512;
/// The end of a chain, and an entry that stands for nothing.
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// How many entries of the table the header holds itself.
const IN_HEADER: usize = 109;

/// Whether the sectors that say where everything lies are each named once.
///
/// Whoever opens the file reads a sector as often as it is named: 20 MB that name one sector all over come to
/// gigabytes.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    entries(bytes).is_some_and(|entries| {
        let mut seen = BTreeSet::new();
        entries.into_iter().all(|it| seen.insert(it))
    })
}

/// The sectors that the table names; `None` where the table is no table.
fn entries(bytes: &[u8]) -> Option<Vec<u32>> {
    let size = match u16_at(bytes, 26)? {
        3 => 512,
        4 => 4096,
        _ => return None,
    };
    let declared = usize::try_from(u32_at(bytes, 44)?).ok()?;
    let mut entries: Vec<u32> = numbers(bytes.get(76..HEADER)?).take_while(|it| *it != FREE).collect();
    entries.resize(IN_HEADER, FREE);
    let mut next = u32_at(bytes, 68)?;
    let mut left = bytes.len() / size;
    while next != END && next != FREE {
        left = left.checked_sub(1)?;
        let start = usize::try_from(next).ok()?.checked_add(1)?.checked_mul(size)?;
        let (named, last) = bytes.get(start..start.checked_add(size)?)?.split_at_checked(size - 4)?;
        entries.extend(numbers(named));
        next = u32_at(last, 0)?;
    }
    // Some programs fill the end of the table with noughts.
    while entries.len() > IN_HEADER.max(declared) && entries.last() == Some(&0) {
        entries.pop();
    }
    while entries.last() == Some(&FREE) {
        entries.pop();
    }
    Some(entries)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use cfb::CompoundFile;

    use super::*;

    fn file(size: usize) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        file.create_stream("Workbook").unwrap().write_all(&vec![7; size]).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn files_of_any_size_are_sound() {
        // The last needs a sector of the table outside the header.
        for size in [0, 5_000, 1_000_000, 8_000_000] {
            assert!(is_sound(&file(size)), "{size}");
        }
        assert!(!is_sound(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
    }

    #[test]
    fn a_sector_named_twice_is_not() {
        let mut twice = file(1_000_000);
        let first: Vec<u8> = twice[76..80].to_vec();
        twice[80..84].copy_from_slice(&first);
        assert!(!is_sound(&twice));
        // A chain of the table that leads to itself.
        let mut looped = file(8_000_000);
        let sector = u32_at(&looped, 68).unwrap();
        let end = (sector as usize + 2) * 512;
        looped[end - 4..end].copy_from_slice(&sector.to_le_bytes());
        assert!(!is_sound(&looped));
    }
}
