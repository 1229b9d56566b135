//! The parts of a zip file, to be damaged one by one and put together again.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{Change, Outline};
use super::{Random, bytes};
use crate::write::Zipped;

/// The most that the parts of a file may hold together: what is unpacked here may come from anybody.
const MOST: u64 = 4 * 1024 * 1024;
/// The most parts.
const MOST_PARTS: usize = 200;

/// The parts of a zip file in their order.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name of each part and what is in it.
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Unpacks a file; nothing where it is no zip file, or too large a one.
    pub fn read(file: &[u8]) -> Option<Package> {
        let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
        if archive.len() > MOST_PARTS {
            return None;
        }
        let mut room = MOST;
        let mut parts = Vec::new();
        for idx in 0..archive.len() {
            let part = archive.by_index(idx).ok()?;
            let name = part.name().ok()?.to_string();
            let mut content = Vec::new();
            part.take(room + 1).read_to_end(&mut content).ok()?;
            room = room.checked_sub(content.len() as u64)?;
            parts.push((name, content));
        }
        Some(Package { parts })
    }

    /// The file again. Its parts are not compressed: that is quicker, and no reader minds.
    pub fn write(&self) -> Vec<u8> {
        let mut zip = Zipped::default();
        let mut written: Vec<&str> = Vec::new();
        for (name, content) in &self.parts {
            // The writer refuses a second part of one name, and so does every reader.
            if !written.contains(&name.as_str()) {
                zip.add_stored(name, content);
                written.push(name);
            }
        }
        zip.bytes()
    }

    /// The file with another content in one part.
    pub fn with(&self, part: usize, content: Vec<u8>) -> Vec<u8> {
        let mut package = self.clone();
        package.parts[part].1 = content;
        package.write()
    }

    /// Every part of XML that can be read as text, by its number.
    pub fn xml_parts(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.parts.iter().enumerate().filter_map(|(idx, (name, content))| {
            let text = std::str::from_utf8(content).ok()?;
            text.trim_start_matches('\u{feff}').starts_with('<').then_some((idx, name.as_str(), text))
        })
    }

    /// Two parts, each with the other's content.
    pub fn swapped(&self, one: usize, other: usize) -> Vec<u8> {
        let mut package = self.clone();
        let content = package.parts[one].1.clone();
        package.parts[one].1 = std::mem::replace(&mut package.parts[other].1, content);
        package.write()
    }

    /// The file without one part.
    pub fn without(&self, part: usize) -> Vec<u8> {
        let mut package = self.clone();
        package.parts.remove(part);
        package.write()
    }

    /// The file with one thing changed somewhere inside: what a fuzzer does with it, which would hardly ever
    /// reach the parsers through a compressed part and its checksum.
    pub fn changed(&self, random: &mut Random) -> Vec<u8> {
        let parts = self.parts.len();
        let part = random.below(parts);
        let Some((_, content)) = self.parts.get(part) else { return self.write() };
        match random.below(16) {
            0 => self.swapped(part, random.below(parts)),
            1 => self.without(part),
            2..=5 => self.with(part, bytes::changed(content, random)),
            _ => {
                let change = Change::ALL[random.below(Change::ALL.len())];
                let text = String::from_utf8_lossy(content);
                match Outline::read(&text).changed(change, random) {
                    Some(text) => self.with(part, text.into_bytes()),
                    None => self.with(part, bytes::changed(content, random)),
                }
            }
        }
    }
}
