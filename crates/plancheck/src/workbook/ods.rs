//! The facts in the parts of an OpenDocument spreadsheet.

mod content;
mod spread;

use super::facts::{
    self, DefinedName, Fact, Facts, Link, Lists, Names, Property, SheetFacts, Tab, TabState, Tabs, Unread,
};
use super::ooxml::{Package, Properties};
use crate::open::{Limits, OpenError};
use content::Content;
use spread::Spread;

/// Looks the tables over before they are laid out in memory, repeated rows and columns and all.
///
/// # Errors
/// Where they come to more than the limits, and where the part is cut short, which the reader of cells would
/// not notice.
pub(super) fn measure(bytes: &[u8], limits: &Limits) -> Result<(), OpenError> {
    let mut package = Package::open(bytes).map_err(|_| OpenError::damaged())?;
    let mut spread = Spread::new(limits);
    let read = package.visit("content.xml", &mut spread);
    spread.settled()?;
    read.map_err(|_| OpenError::damaged())
}

/// Reads the facts of an .ods file. The formulas are left to the reader of cells.
pub(super) fn facts(bytes: &[u8], tabs: &[Tab]) -> Facts {
    let states: Vec<TabState> = tabs.iter().map(|it| it.1).collect();
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(why) => return Facts::unread(&states, &why),
    };
    let mut content = Content::default();
    if let Err(why) = package.visit("content.xml", &mut content) {
        return Facts {
            macros: Ok(macros(&package)),
            properties: properties(&mut package),
            ..Facts::unread(&states, &why)
        };
    }
    let by_name = Tabs::of(tabs.iter().map(|it| it.0.as_str()));
    let names: Vec<DefinedName> = content
        .names
        .iter()
        .map(|it| DefinedName {
            name: it.name.clone(),
            sheet: it.on.and_then(|on| content.tables.get(on)).and_then(|on| by_name.called(&on.name)),
            formula: it.formula.clone(),
        })
        .collect();
    let names = Names::of(names);
    let none = Names::default();
    let mut lists = Lists::new(&by_name, names.as_ref().unwrap_or(&none));
    let tables = content.tables_by_name();
    let links = content
        .links
        .iter()
        .map(|it| Link { called: it.clone(), target: facts::file_name(it), used_in: Ok(Vec::new()) })
        .collect();
    let sheets = tabs
        .iter()
        .enumerate()
        .map(|(idx, (name, state))| match tables.get(name.as_str()) {
            Some(table) => table.facts(*state, &content, |says| lists.of_open_document(idx, says)),
            None => SheetFacts::unread(*state, &Unread::damaged()),
        })
        .collect();
    Facts {
        structure_protected: Ok(content.structure_protected),
        links: Ok(links),
        macros: Ok(macros(&package)),
        connections: Ok(content.connections),
        properties: properties(&mut package),
        names,
        sheets,
    }
}

/// Programs in the document: LibreOffice writes a library without a module for a document without any.
fn macros(package: &Package<'_>) -> Vec<String> {
    let is_module = |it: &str| {
        let file = it.rsplit('/').next().unwrap_or_default();
        let list = ["script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml"].contains(&file);
        (it.starts_with("basic/") || it.starts_with("scripts/")) && !list && !file.is_empty()
    };
    if package.names().any(is_module) { vec!["macros".to_owned()] } else { Vec::new() }
}

fn properties(package: &mut Package<'_>) -> Fact<Vec<Property>> {
    if !package.names().any(|it| it == "meta.xml") {
        return Ok(Vec::new());
    }
    let mut visitor = Properties::new(&[
        ("initial-creator", "author"),
        ("creator", "last modified by"),
        ("printed-by", "printed by"),
        ("date", facts::SAVED),
    ]);
    package.visit("meta.xml", &mut visitor)?;
    Ok(visitor.found())
}

#[cfg(test)]
mod tests;
