//! The parts of a package and how they refer to each other.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use crate::workbook::facts::{Unread, most, percent_decoded};
use crate::workbook::xml::{self, Element, Visit};

/// A zip file whose parts are found by name, however a program writes the name.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes of what has been read so far.
    spent: u64,
    /// The names of the parts, by what [`key`] makes of them.
    parts: BTreeMap<String, String>,
}

/// One part's reference to another, or to something outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// What the other part calls it by.
    pub(crate) id: String,
    /// The last part of the type's address: "worksheet". The rest differs between editions of the standard.
    pub(crate) kind: String,
    /// The name of a part, or an address outside.
    pub(crate) target: String,
    /// Whether it is an address outside.
    pub(crate) outside: bool,
}

/// The name of a part without what programs write differently: case, slashes, percent-escapes.
pub(crate) fn key(name: &str) -> String {
    percent_decoded(&name.replace('\\', "/")).trim_start_matches('/').to_lowercase()
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Unread> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::damaged())?;
        let mut parts = BTreeMap::new();
        for name in archive.file_names().flatten() {
            parts.entry(key(&name)).or_insert_with(|| name.to_string());
        }
        Ok(Package { archive, spent: 0, parts })
    }

    /// The names of all parts, in lower case.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// The name of a part as the file has it.
    pub(crate) fn stored(&self, name: &str) -> Option<&str> {
        self.parts.get(&key(name)).map(String::as_str)
    }

    /// Reads a part as XML.
    pub(crate) fn visit(&mut self, name: &str, visitor: &mut dyn Visit) -> Result<(), Unread> {
        xml::visit(BufReader::new(self.part(name)?), visitor).map_err(|_| Unread::damaged())
    }

    /// Bytes of a part; nought where there is none.
    pub(crate) fn size(&mut self, name: &str) -> u64 {
        let stored = self.parts.get(&key(name));
        stored.and_then(|it| self.archive.by_name(it).ok()).map_or(0, |it| it.size())
    }

    /// Reads a part as a stream of bytes.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Unread> {
        whole(self.part(name)?)
    }

    fn part(&mut self, name: &str) -> Result<impl Read, Unread> {
        let stored = self.parts.get(&key(name)).ok_or_else(Unread::damaged)?;
        let part = self.archive.by_name(stored).map_err(|_| Unread::damaged())?;
        self.spent = self.spent.saturating_add(part.size());
        if self.spent > most::READ {
            return Err(Unread::new("the file refers to its parts more often than they are read"));
        }
        Ok(part)
    }

    /// What a part refers to; nothing where it has no list of it. An empty name stands for the package.
    pub(crate) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Unread> {
        let list = list_of_relations(of);
        let folder = of.rsplit_once('/').map_or("", |it| it.0);
        if !self.has(&list) {
            return Ok(Vec::new());
        }
        let mut visitor = Relations { folder: folder.to_owned(), found: Vec::new() };
        self.visit(&list, &mut visitor)?;
        Ok(visitor.found)
    }

    /// The part that holds the workbook.
    pub(crate) fn main_part(&mut self) -> String {
        let found = self.relations("").unwrap_or_default().into_iter();
        let main = found.filter(|it| it.kind == "officeDocument" && !it.outside).map(|it| it.target).next();
        main.filter(|it| self.has(it)).unwrap_or_else(|| {
            let binary = "xl/workbook.bin";
            if self.has(binary) { binary.to_owned() } else { "xl/workbook.xml".to_owned() }
        })
    }
}

/// A part as a whole.
fn whole(part: impl Read) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    match part.take(most::PART + 1).read_to_end(&mut bytes) {
        Ok(length) if length as u64 <= most::PART => Ok(bytes),
        Ok(_) => Err(Unread::new("that part of the file is larger than what is read")),
        Err(_) => Err(Unread::damaged()),
    }
}

/// The name of the part that says what a part refers to.
pub(crate) fn list_of_relations(of: &str) -> String {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let list = format!("{folder}/_rels/{name}.rels");
    list.trim_start_matches('/').to_owned()
}

struct Relations {
    folder: String,
    found: Vec<Relation>,
}

impl Visit for Relations {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        if element.name() != "Relationship" || self.found.len() >= most::ENTRIES {
            return;
        }
        let outside = element.attr("TargetMode").is_some_and(|it| it.eq_ignore_ascii_case("external"));
        let target = element.attr("Target").unwrap_or_default();
        let kind = element.attr("Type").unwrap_or_default();
        self.found.push(Relation {
            id: element.attr("Id").unwrap_or_default(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: if outside { target } else { resolved(&self.folder, &target) },
            outside,
        });
    }
}

/// The name of the part that an address in another part's folder points at.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or(target).replace('\\', "/");
    let from_root = target.starts_with('/');
    let mut path: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.retain(|it| !it.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use std::io::{Write, repeat};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_part_that_is_too_large_is_not_kept() {
        assert_eq!(whole(repeat(7).take(most::PART)).unwrap().len() as u64, most::PART);
        let why = "that part of the file is larger than what is read";
        assert_eq!(whole(repeat(7).take(most::PART + 1)), Err(Unread::new(why)));
    }

    #[test]
    fn a_part_is_not_read_again_and_again() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a", SimpleFileOptions::default()).unwrap();
        zip.write_all(b"sixteen bytes...").unwrap();
        let file = zip.finish().unwrap().into_inner();
        let mut package = Package::open(&file).unwrap();
        package.spent = most::READ - 20;
        assert!(package.bytes("a").is_ok());
        let why = "the file refers to its parts more often than they are read";
        assert_eq!(package.bytes("a"), Err(Unread::new(why)));
    }

    #[test]
    fn targets_lead_to_parts_however_they_are_written() {
        for (target, part) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("./worksheets//sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../../../sheet1.xml", "sheet1.xml"),
            ("worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ] {
            assert_eq!(resolved("xl", target), part);
        }
        assert_eq!(key("/XL/Worksheets/Sheet%201.xml"), "xl/worksheets/sheet 1.xml");
    }
}
