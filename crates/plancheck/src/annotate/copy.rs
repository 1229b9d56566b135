//! A package on its way to being a copy: what is changed and added, with the relations and the kinds of the
//! new parts. Every part that is not named here is copied as it is, without being unpacked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::text::attribute;
use super::tree::{Splices, Tree};
use super::{HEAD, NotAnnotated, RELATIONS};
use crate::workbook::{Package, Relation, list_of_relations};

const KINDS: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// The part that says of what kind all others are.
const LIST_OF_KINDS: &str = "[Content_Types].xml";
/// The kind of a drawing of comments.
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// A package and what becomes of its parts.
pub(super) struct Copy<'b> {
    bytes: &'b [u8],
    package: Package<'b>,
    changed: BTreeMap<String, Vec<u8>>,
    added: BTreeMap<String, Vec<u8>>,
    /// New relations of a part: id, kind and target.
    relations: BTreeMap<String, Vec<(String, &'static str, String)>>,
    /// Kinds of new parts.
    kinds: Vec<(String, &'static str)>,
    has_new_drawing: bool,
}

impl<'b> Copy<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, NotAnnotated> {
        let package =
            Package::open(bytes).map_err(|it| NotAnnotated::unreadable("the list of parts", &it.0))?;
        Ok(Copy {
            bytes,
            package,
            changed: BTreeMap::new(),
            added: BTreeMap::new(),
            relations: BTreeMap::new(),
            kinds: Vec::new(),
            has_new_drawing: false,
        })
    }

    /// The package as it was.
    pub(super) fn package(&mut self) -> &mut Package<'b> {
        &mut self.package
    }

    /// A part as it was.
    pub(super) fn bytes(&mut self, part: &str) -> Result<Vec<u8>, NotAnnotated> {
        self.package.bytes(part).map_err(|it| NotAnnotated::unreadable(&format!("the part {part}"), &it.0))
    }

    /// A part as it was, taken apart.
    pub(super) fn tree(&mut self, part: &str) -> Result<Tree, NotAnnotated> {
        let bytes = self.bytes(part)?;
        Tree::read(bytes).map_err(|it| NotAnnotated::unreadable(&format!("the part {part}"), &it))
    }

    /// The kind of a part as the package declares it; nothing where it does not.
    pub(super) fn kind_of(&mut self, part: &str) -> Result<String, NotAnnotated> {
        let tree = self.tree(LIST_OF_KINDS)?;
        let stored = self.package.stored(part).map(str::to_owned);
        let mut own = tree.children(Tree::ROOT, "Override");
        let own = own.find(|it| {
            tree.attr(*it, "PartName").is_some_and(|it| self.package.stored(&it) == stored.as_deref())
        });
        let ending = part.rsplit_once('.').map_or("", |it| it.1);
        let of_ending = || {
            tree.children(Tree::ROOT, "Default")
                .find(|it| tree.attr(*it, "Extension").is_some_and(|it| it.eq_ignore_ascii_case(ending)))
        };
        Ok(own.or_else(of_ending).and_then(|it| tree.attr(it, "ContentType")).unwrap_or_default())
    }

    /// What a part referred to.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, NotAnnotated> {
        let list = list_of_relations(of);
        self.package.relations(of).map_err(|it| NotAnnotated::unreadable(&format!("the part {list}"), &it.0))
    }

    /// Gives a part that is there another content.
    pub(super) fn change(&mut self, part: &str, content: Vec<u8>) {
        if let Some(stored) = self.package.stored(part) {
            self.changed.insert(stored.to_owned(), content);
        }
    }

    /// Adds a part under the first free number and gives its name: "xl/comments3.xml".
    pub(super) fn add(
        &mut self,
        stem: &str,
        ending: &str,
        kind: Option<&'static str>,
        content: Vec<u8>,
    ) -> String {
        let names = (1_usize..).map(|number| format!("{stem}{number}.{ending}"));
        let mut free = names.filter(|it| !self.package.has(it) && !self.added.contains_key(it));
        // Numbers do not run out.
        let name = free.next().unwrap_or_default();
        match kind {
            Some(kind) => self.kinds.push((name.clone(), kind)),
            None => self.has_new_drawing = true,
        }
        self.added.insert(name.clone(), content);
        name
    }

    /// Adds a relation to a part and gives its id.
    pub(super) fn relate(&mut self, of: &str, kind: &'static str, to: &str) -> Result<String, NotAnnotated> {
        let there = self.relations(of)?;
        let new = self.relations.entry(of.to_owned()).or_default();
        let taken: BTreeSet<&str> =
            there.iter().map(|it| it.id.as_str()).chain(new.iter().map(|it| it.0.as_str())).collect();
        let id = (1_usize..).map(|it| format!("rId{it}")).find(|it| !taken.contains(it.as_str()));
        // Numbers do not run out.
        let id = id.unwrap_or_default();
        new.push((id.clone(), kind, format!("/{to}")));
        Ok(id)
    }

    /// The copy.
    pub(super) fn finished(mut self) -> Result<Vec<u8>, NotAnnotated> {
        for (of, new) in std::mem::take(&mut self.relations) {
            self.write_relations(&of, &new)?;
        }
        self.write_kinds()?;
        self.zipped().map_err(|it| NotAnnotated::unreadable("the list of parts", &it.to_string()))
    }

    fn write_relations(&mut self, of: &str, new: &[(String, &str, String)]) -> Result<(), NotAnnotated> {
        let element = |prefix: &str| -> String {
            let one = |(id, kind, target): &(String, &str, String)| {
                let target = attribute(target);
                format!("<{prefix}Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
            };
            new.iter().map(one).collect()
        };
        let list = list_of_relations(of);
        if !self.package.has(&list) {
            // Its name follows that of its part to the letter.
            let list = list_of_relations(&self.package.stored(of).unwrap_or(of).replace('\\', "/"));
            let relations = element("");
            let xml =
                format!("{HEAD}<Relationships xmlns=\"{PACKAGE_RELATIONS}\">{relations}</Relationships>");
            self.added.insert(list, xml.into_bytes());
            return Ok(());
        }
        let tree = self.tree(&list)?;
        if tree.name(Tree::ROOT) != "Relationships" || tree.space(Tree::ROOT) != PACKAGE_RELATIONS {
            return Err(NotAnnotated::unreadable(&format!("the part {list}"), "it holds no relations"));
        }
        let mut splices = Splices::default();
        tree.append(&mut splices, Tree::ROOT, &element(tree.prefix(Tree::ROOT)));
        self.change(&list, tree.with(&splices));
        Ok(())
    }

    fn write_kinds(&mut self) -> Result<(), NotAnnotated> {
        if self.kinds.is_empty() && !self.has_new_drawing {
            return Ok(());
        }
        let tree = self.tree(LIST_OF_KINDS)?;
        if tree.name(Tree::ROOT) != "Types" || tree.space(Tree::ROOT) != KINDS {
            let why = "it does not say of what kind the parts are";
            return Err(NotAnnotated::unreadable(&format!("the part {LIST_OF_KINDS}"), why));
        }
        let prefix = tree.prefix(Tree::ROOT);
        let mut more = String::new();
        let vml = tree
            .children(Tree::ROOT, "Default")
            .find(|it| tree.attr(*it, "Extension").is_some_and(|it| it.eq_ignore_ascii_case("vml")));
        let vml = vml.map(|it| tree.attr(it, "ContentType").unwrap_or_default());
        let new_drawings = self.added.keys().filter(|it| it.ends_with(".vml"));
        match vml {
            None if self.has_new_drawing => {
                more.push_str(&format!("<{prefix}Default Extension=\"vml\" ContentType=\"{DRAWING}\"/>"));
            }
            Some(kind) if !kind.eq_ignore_ascii_case(DRAWING) => {
                for part in new_drawings {
                    more.push_str(&format!(
                        "<{prefix}Override PartName=\"/{part}\" ContentType=\"{DRAWING}\"/>"
                    ));
                }
            }
            None | Some(_) => {}
        }
        for (part, kind) in &self.kinds {
            let part = attribute(part);
            more.push_str(&format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>"));
        }
        let mut splices = Splices::default();
        tree.append(&mut splices, Tree::ROOT, &more);
        self.change(LIST_OF_KINDS, tree.with(&splices));
        Ok(())
    }

    fn zipped(&self) -> Result<Vec<u8>, zip::result::ZipError> {
        let mut old = ZipArchive::new(Cursor::new(self.bytes))?;
        let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        // The same bytes give the same copy, on whatever day.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for idx in 0..old.len() {
            let part = old.by_index_raw(idx)?;
            let name = part.name()?.into_owned();
            match self.changed.get(&name) {
                Some(content) => {
                    new.start_file(name, options)?;
                    new.write_all(content)?;
                }
                None => new.raw_copy_file(part)?,
            }
        }
        for (name, content) in &self.added {
            new.start_file(name, options)?;
            new.write_all(content)?;
        }
        Ok(new.finish()?.into_inner())
    }
}
