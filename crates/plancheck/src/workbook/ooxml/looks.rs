//! Where the parts of a package lie that say what its sheets look like.

use crate::workbook::facts::Fact;

use super::package::{Package, Relation};
use super::parts::Book;

/// The names of the parts that say what a workbook looks like.
#[derive(Debug)]
pub(crate) struct LookParts {
    /// The part of fonts, fills, borders and number formats, where there is one.
    pub(crate) styles: Option<String>,
    /// The part of the colours that others are named after, where there is one.
    pub(crate) theme: Option<String>,
    /// The part of each sheet.
    pub(crate) sheets: Vec<Fact<String>>,
    /// Whether dates are counted from 1904.
    pub(crate) dates_from_1904: bool,
}

/// Finds them, for sheets of these names.
///
/// # Errors
/// Where the part of the workbook itself cannot be read.
pub(crate) fn look_parts(package: &mut Package<'_>, sheets: &[&str]) -> Fact<LookParts> {
    let main = package.main_part();
    let relations = package.relations(&main)?;
    let mut book = Book::default();
    package.visit(&main, &mut book)?;
    let of_kind = |kind: &str| {
        let found = relations.iter().find(|it: &&Relation| it.kind == kind && !it.outside);
        found.map(|it| it.target.clone())
    };
    Ok(LookParts {
        styles: of_kind("styles"),
        theme: of_kind("theme"),
        sheets: sheets.iter().map(|it| super::part_of(it, &book, &relations)).collect(),
        dates_from_1904: book.dates_from_1904,
    })
}
