//! Zip archives without a clock.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// An archive in the making.
pub struct Zipped(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Zipped {
    fn default() -> Self {
        Zipped(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Zipped {
    /// Adds a compressed member.
    pub fn add(&mut self, name: &str, content: impl AsRef<[u8]>) -> &mut Self {
        self.add_as(name, content, CompressionMethod::Deflated)
    }

    /// Adds a member as it is; OpenDocument wants its first one so.
    pub fn add_stored(&mut self, name: &str, content: impl AsRef<[u8]>) -> &mut Self {
        self.add_as(name, content, CompressionMethod::Stored)
    }

    fn add_as(&mut self, name: &str, content: impl AsRef<[u8]>, method: CompressionMethod) -> &mut Self {
        // The default time stamp is the first that a zip can hold, not now.
        let options = SimpleFileOptions::default().compression_method(method);
        self.0.start_file(name, options).unwrap();
        self.0.write_all(content.as_ref()).unwrap();
        self
    }

    /// The finished archive.
    pub fn bytes(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

/// A text for the inside of an XML element or attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            _ => out.push(it),
        }
    }
    out
}

/// The names of an archive's members.
pub fn names(archive: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    archive.file_names().map(|it| it.unwrap().to_string()).collect()
}

/// One member of an archive, as text.
pub fn member(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every member of an archive, unpacked.
pub fn members(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let count = archive.len();
    let unpack = |idx| {
        let mut file = archive.by_index(idx).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().to_string(), content)
    };
    (0..count).map(unpack).collect()
}

/// The archive with one more member.
pub fn add_member(archive: &[u8], name: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut new = Zipped::default();
    for idx in 0..old.len() {
        new.0.raw_copy_file(old.by_index_raw(idx).unwrap()).unwrap();
    }
    new.add(name, content);
    new.bytes()
}

/// The archive with one member changed and the others copied as they are.
pub fn replace_member(archive: &[u8], name: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut new = Zipped::default();
    for idx in 0..old.len() {
        let file = old.by_index_raw(idx).unwrap();
        if file.name().unwrap() == name {
            drop(file);
            new.add(name, content.as_ref());
        } else {
            new.0.raw_copy_file(file).unwrap();
        }
    }
    new.bytes()
}
