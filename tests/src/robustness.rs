//! Workbooks that ask for too much, and large ones that do not: what `cargo xtask robustness` measures and
//! `it/robustness.rs` checks.

mod containers;
mod open_document;
mod parts;
mod wounded;

use crate::layout::planning_2022_23::lay_out;
use crate::write::{member, replace_member, xlsx};
use crate::{dialect, hostile, plans};

/// A workbook, and how its check must end.
pub struct Specimen {
    /// A name for a file, without an ending: "deflate-bomb".
    pub name: &'static str,
    /// What it is, for a table.
    pub what: &'static str,
    /// How the check must end.
    pub ends: Ends,
    make: Box<dyn Fn() -> Vec<u8>>,
    /// The same plan without what is odd about it.
    clean: Option<fn() -> Vec<u8>>,
}

/// How a check ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// With an error of this code: "too-large".
    Refused(&'static str),
    /// With a report.
    Checked,
    /// With one or the other, as the tests of old and binary formats say (`it/hostile_legacy.rs`).
    Elsewhere,
}

impl Specimen {
    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }

    /// The file without what is odd about it, which must end with the same verdict.
    pub fn clean_twin(&self) -> Option<Vec<u8>> {
        self.clean.map(|it| it())
    }

    fn refused(name: &'static str, what: &'static str, code: &'static str, make: fn() -> Vec<u8>) -> Self {
        Specimen { name, what, ends: Ends::Refused(code), make: Box::new(make), clean: None }
    }

    fn checked(name: &'static str, what: &'static str, make: fn() -> Vec<u8>) -> Self {
        Specimen { name, what, ends: Ends::Checked, make: Box::new(make), clean: None }
    }

    fn twin_of(self, clean: fn() -> Vec<u8>) -> Self {
        Specimen { clean: Some(clean), ..self }
    }
}

/// Files that ask for more than they should, in the order of the table.
pub fn hostile() -> Vec<Specimen> {
    [containers::all(), parts::all(), open_document::all()].into_iter().flatten().collect()
}

/// Files of the old and the binary formats. What each is, its name says.
pub fn legacy() -> Vec<Specimen> {
    let specimen = |(name, bytes): (&'static str, Vec<u8>)| Specimen {
        name,
        what: "",
        ends: Ends::Elsewhere,
        make: Box::new(move || bytes.clone()),
        clean: None,
    };
    hostile::legacy::specimens().into_iter().map(specimen).collect()
}

/// Large and odd workbooks that are nothing but that.
pub fn legitimate() -> Vec<Specimen> {
    [
        Specimen::checked("sefton", "the published plan of Sefton", plans::sample),
        Specimen::checked("lines-1500", "a plan of 1,500 scheme lines", || plans::big(1_500)),
        Specimen::checked("lines-50000", "a plan of 50,000 scheme lines", || plans::big(50_000)),
        Specimen::checked("look-ups-50000", "a plan with 50,000 rows of look-ups, 20 MB of parts", look_ups)
            .twin_of(small),
        Specimen::checked(
            "google-sheets",
            "as Google Sheets exports it",
            || dialect::google_sheets(&small()),
        )
        .twin_of(small),
        Specimen::checked("excel-for-the-web", "as Excel for the web saves it", || {
            dialect::excel_for_the_web(&small())
        })
        .twin_of(small),
        Specimen::checked("openpyxl", "as openpyxl writes it, without saved values", || {
            dialect::openpyxl(&small())
        })
        .twin_of(small),
    ]
    .into_iter()
    .chain(containers::odd())
    .collect()
}

/// Large plans with one fault in each of so many lines.
pub fn wounded(lines: usize) -> Vec<Specimen> {
    wounded::all(lines)
}

/// The small plan as a file, which most of these are made from.
fn small() -> Vec<u8> {
    xlsx(&lay_out(&plans::exampleshire()))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// The small plan with something put in front of a mark in one of its parts.
fn with(part: &str, mark: &str, more: &str) -> Vec<u8> {
    let bytes = small();
    let text = member(&bytes, part);
    let at = text.find(mark).unwrap_or_else(|| panic!("no {mark} in {part}"));
    let (before, after) = text.split_at(at);
    replace_member(&bytes, part, [before, more, after].concat())
}

/// Something many times over.
fn many(count: usize, mut it: impl FnMut(usize) -> String) -> String {
    (0..count).map(&mut it).collect()
}

/// Rows of a sheet that no rule looks at, far below what it says.
fn look_ups() -> Vec<u8> {
    let rows = many(50_000, |row| {
        let row = row + 1_000;
        let cells = many(10, |col| {
            let col = char::from(b'A' + u8::try_from(col).unwrap());
            format!("<c r=\"{col}{row}\" t=\"inlineStr\"><is><t>Option {row} of {col}</t></is></c>")
        });
        format!("<row r=\"{row}\">{cells}</row>")
    });
    with(SHEET, "</sheetData>", &rows)
}
