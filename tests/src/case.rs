//! Literate cases: a heading, a workbook, and every rule that ends in anything but met or does-not-apply.
//!
//! A case is a second-level heading in a file of `suite/`, prose, and fenced blocks: `facts` changes the
//! plan before it is laid out, `file` names the file, `cells` wounds the finished workbook, `allocations` is given
//! beside it, `expect` says what must be found. Several documents stand apart by a line of dashes; what must be
//! found across them is in an `expect across` block of the last.

mod expected;

use crate::book::Book;
use crate::layout::capacity_demand_2022_23;
use crate::layout::planning_2022_23::lay_out;
use crate::{plans, write};

pub use expected::{Expected, ExpectedFinding, ExpectedRule};

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file it stands in, and its heading.
    pub name: String,
    /// What it starts from.
    pub base: String,
    /// What the file is called.
    pub file: String,
    /// Changes to the plan.
    pub facts: Vec<String>,
    /// Changes to the workbook.
    pub cells: Vec<String>,
    /// The published allocations that are given beside the workbook, as CSV.
    pub allocations: Option<String>,
    /// What must be found.
    pub expected: Expected,
    /// The documents that are given with it, each with what must be found in it.
    pub beside: Vec<Case>,
    /// What must be found across them.
    pub across: Option<Expected>,
}

/// A case's file.
pub struct Made {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The workbook that was written, where it is one.
    pub book: Option<Book>,
}

impl Case {
    /// Reads the cases of a file.
    pub fn read_all(file: &str, text: &str) -> Vec<Case> {
        let mut cases = Vec::new();
        for section in text.split("\n## ").skip(1) {
            let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
            cases.push(Case::read(format!("{file}: {}", heading.trim()), body));
        }
        cases
    }

    /// Reads a case: one document, or several with a line of dashes between them.
    fn read(name: String, body: &str) -> Case {
        let mut documents = body.split("\n---\n").map(|it| Case::read_document(name.clone(), it));
        let mut case = documents.next().unwrap_or_else(|| panic!("{name} is empty"));
        case.beside = documents.collect();
        if let Some(last) = case.beside.last_mut() {
            case.across = last.across.take();
        }
        case
    }

    fn read_document(name: String, body: &str) -> Case {
        let mut case = Case {
            beside: Vec::new(),
            across: None,
            base: "exampleshire".to_owned(),
            file: "plan.xlsx".to_owned(),
            facts: Vec::new(),
            cells: Vec::new(),
            allocations: None,
            expected: Expected::default(),
            name,
        };
        let mut block: Option<&str> = None;
        let (mut expected, mut across) = (None, None);
        for line in body.lines() {
            match (block, line.strip_prefix("```")) {
                (None, Some(kind)) => {
                    let (kind, rest) = kind.split_once(' ').unwrap_or((kind, ""));
                    block = Some(kind);
                    match kind {
                        "expect" if rest == "across" => {
                            block = Some("across");
                            across = Some(String::new());
                        }
                        "plan" => case.base = rest.to_owned(),
                        "expect" => expected = Some(String::new()),
                        "allocations" => case.allocations = Some(String::new()),
                        "facts" | "cells" | "file" => {}
                        _ => panic!("{}: what is a {kind} block?", case.name),
                    }
                }
                (Some(_), Some(_)) => block = None,
                (Some(_), None) if line.trim().is_empty() => {}
                (Some("facts"), None) => case.facts.push(line.trim().to_owned()),
                (Some("cells"), None) => case.cells.push(line.trim().to_owned()),
                (Some("expect"), None) => {
                    if let Some(text) = &mut expected {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                (Some("across"), None) => {
                    if let Some(text) = &mut across {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                (Some("file"), None) => case.file = line.trim().to_owned(),
                (Some("allocations"), None) => {
                    if let Some(text) = &mut case.allocations {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                (Some("plan"), None) => case.base = line.trim().to_owned(),
                (Some(_) | None, _) => {}
            }
        }
        case.across = across.map(|it| Expected::read(&case.name, &it));
        let text = expected.unwrap_or_else(|| panic!("{} expects nothing", case.name));
        case.expected = Expected::read(&case.name, &text);
        case
    }

    /// Every rule that the case speaks of, in any of its documents or across them.
    pub fn all_expected(&self) -> impl Iterator<Item = &ExpectedRule> {
        let documents = std::iter::once(self).chain(&self.beside).flat_map(|it| &it.expected.rules);
        documents.chain(self.across.iter().flat_map(|it| &it.rules))
    }

    /// Makes the case's file.
    pub fn make(&self) -> Made {
        if let Some(text) = self.base.strip_prefix("a file that says ") {
            let bytes = text.trim_matches('"').as_bytes().to_vec();
            return Made { name: self.file.clone(), bytes, book: None };
        }
        let mut book = match self.base.as_str() {
            "nothing but a grocery list" => groceries(),
            base if base.ends_with(" capacity and demand") => {
                let mut report = match base {
                    "exampleshire capacity and demand" => plans::exampleshire_capacity(),
                    "sefton capacity and demand" => plans::sefton_capacity(),
                    "blank capacity and demand" => plans::blank_capacity(),
                    _ => panic!("{}: there is no report “{base}”", self.name),
                };
                self.facts.iter().for_each(|it| report.edit(it));
                capacity_demand_2022_23::lay_out(&report)
            }
            base => {
                let mut plan = match base {
                    "exampleshire" => plans::exampleshire(),
                    "sefton" => plans::sefton(),
                    "blank" => plans::blank(),
                    _ => panic!("{}: there is no plan “{base}”", self.name),
                };
                self.facts.iter().for_each(|it| plan.edit(it));
                lay_out(&plan)
            }
        };
        self.cells.iter().for_each(|it| book.wound(it));
        Made { name: self.file.clone(), bytes: write::xlsx(&book), book: Some(book) }
    }
}

fn groceries() -> Book {
    let mut sheet = crate::book::Sheet::new("Sheet1");
    for (row, text) in (0..).zip(["Groceries", "Bread", "Milk"]) {
        sheet.text(crate::book::At { row, col: 0 }, text, crate::book::Look::Plain);
    }
    Book { sheets: vec![sheet], ..Book::default() }
}
