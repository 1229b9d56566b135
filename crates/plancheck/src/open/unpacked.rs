//! The parts of a file as they come out, for those who read them next, and which of its sheets nobody has to read.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::bounds::Limits;
use super::figures::{Figures, SharedTexts};
use super::{OpenError, Wanted};

/// The longest shared text of a sheet that is left unread. Longer ones are looked at by those who count them.
const LONGEST: usize = 1_000;

/// The parts of a file as they come out.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    parts: Vec<Part>,
    /// Which of them it is, by the name that readers compare.
    names: BTreeMap<String, usize>,
    /// Cells that hold something on the sheets that may be left unread.
    pub(crate) cells: usize,
    /// Bytes of the texts in them.
    pub(crate) text: usize,
}

#[derive(Debug)]
struct Part {
    name: String,
    bytes: Vec<u8>,
    /// Its figures, where it is a sheet of nothing else; until it is known whether anybody looks for its texts.
    figures: Option<Figures>,
    aside: Option<Aside>,
}

/// The rows of a sheet that may be left unread.
#[derive(Debug)]
struct Aside {
    /// Where they stand in its part.
    rows: Range<usize>,
    /// How many cells in them hold something.
    cells: usize,
    /// Bytes of the texts in them.
    text: usize,
}

impl Unpacked {
    /// Whether a part of this name can be written again as it was. Where it cannot, as where there are two of one
    /// name, the file is read as it is.
    pub(super) fn takes(&self, name: &str) -> bool {
        name.is_ascii() && !self.names.contains_key(&name.to_ascii_lowercase())
    }

    pub(super) fn add(&mut self, name: String, bytes: Vec<u8>, figures: Option<Figures>) {
        self.names.insert(name.to_ascii_lowercase(), self.parts.len());
        self.parts.push(Part { name, bytes, figures, aside: None });
    }

    /// Decides which sheets may be left unread: those of plain figures whose texts nobody looks for.
    pub(super) fn settle(&mut self, wanted: Wanted, limits: &Limits) {
        if self.parts.iter().all(|it| it.figures.is_none()) {
            return;
        }
        let lists: Vec<usize> =
            self.names.iter().filter(|it| it.0.ends_with("sharedstrings.xml")).map(|it| *it.1).collect();
        let part = match &lists[..] {
            [one] => self.parts.get(*one).map(|it| it.bytes.as_slice()),
            _ => None,
        };
        let shared = part.and_then(SharedTexts::of);
        let mut texts = Texts { wanted, shared: shared.as_ref(), known: Vec::new() };
        let mut size = |it: &Figures| it.texts.iter().try_fold(0, |size, it| Some(size + texts.plain(*it)?));
        let sizes: Vec<Option<usize>> =
            self.parts.iter().map(|it| it.figures.as_ref().and_then(&mut size)).collect();
        for (part, text) in self.parts.iter_mut().zip(sizes) {
            let (Some(Figures { rows, cells, .. }), Some(text)) = (part.figures.take(), text) else {
                continue;
            };
            // What is too much is refused where it is read, and so is a workbook with nothing on its sheets.
            let fits = cells > 0
                && self.cells + cells <= limits.cells
                && cells <= limits.sheet_cells
                && self.text + text <= limits.text;
            if fits {
                (self.cells, self.text) = (self.cells + cells, self.text + text);
                part.aside = Some(Aside { rows, cells, text });
            }
        }
    }

    /// Whether there are sheets that may be left unread.
    pub(crate) fn lays_aside(&self) -> bool {
        self.parts.iter().any(|it| it.aside.is_some())
    }

    /// This sheet is to be read after all. Whether it is one that might have been left unread.
    pub(crate) fn take_back(&mut self, part: &str) -> bool {
        let idx = self.names.get(&part.to_ascii_lowercase()).copied();
        let Some(aside) = idx.and_then(|it| self.parts.get_mut(it)).and_then(|it| it.aside.take()) else {
            return false;
        };
        (self.cells, self.text) = (self.cells - aside.cells, self.text - aside.text);
        true
    }

    /// Every sheet is to be read after all. Whether one might have been left unread.
    pub(crate) fn take_all_back(&mut self) -> bool {
        let any = self.lays_aside();
        (self.cells, self.text) = (0, 0);
        self.parts.iter_mut().for_each(|it| it.aside = None);
        any
    }

    /// The same file with its parts not packed, and without the rows of the sheets that may be left unread.
    pub(crate) fn file(&self) -> Result<Vec<u8>, OpenError> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut file = ZipWriter::new(Cursor::default());
        for Part { name, bytes, aside, .. } in &self.parts {
            file.start_file(name, stored).map_err(|_| OpenError::damaged())?;
            let rows = aside.as_ref().map_or(bytes.len()..bytes.len(), |it| it.rows.clone());
            for piece in [bytes.get(..rows.start), bytes.get(rows.end..)].into_iter().flatten() {
                file.write_all(piece).map_err(|_| OpenError::damaged())?;
            }
        }
        file.finish().map(Cursor::into_inner).map_err(|_| OpenError::damaged())
    }
}

/// The texts of cells, each looked at once.
struct Texts<'a> {
    wanted: Wanted,
    shared: Option<&'a SharedTexts<'a>>,
    /// What was found of each so far: nothing yet, or the bytes of it if nobody looks for it.
    known: Vec<Option<Option<usize>>>,
}

impl Texts<'_> {
    /// The bytes of a text that nobody looks for.
    fn plain(&mut self, number: u32) -> Option<usize> {
        let shared = self.shared?;
        if self.known.is_empty() {
            self.known.resize(shared.len(), None);
        }
        let known = self.known.get_mut(usize::try_from(number).ok()?)?;
        let looks = self.wanted.text;
        *known.get_or_insert_with(|| {
            shared.get(number).filter(|it| it.len() <= LONGEST && !looks(it)).map(str::len)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const SHEET: &str = "xl/worksheets/sheet1.xml";

    fn unpacked(texts: &str, rows: &str, limits: &Limits) -> Unpacked {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes();
        let texts = format!("<sst>{texts}</sst>").into_bytes();
        let mut unpacked = Unpacked::default();
        let figures = Figures::of(&sheet);
        assert!(figures.is_some());
        unpacked.add(SHEET.to_owned(), sheet, figures);
        unpacked.add("xl/sharedStrings.xml".to_owned(), texts, None);
        let wanted = Wanted { text: |it| it == "wanted", tab: |_| false };
        unpacked.settle(wanted, limits);
        unpacked
    }

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    const ROWS: &str =
        "<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>7</v></c><c r=\"C1\" t=\"s\"><v>0</v></c></row>";

    #[test]
    fn rows_that_nobody_has_to_read_are_left_out_until_they_are_taken_back() {
        let mut unpacked = unpacked("<si><t>Acute</t></si><si><t>wanted</t></si>", ROWS, &Limits::default());
        assert!(unpacked.lays_aside() && !unpacked.take_back("xl/styles.xml"));
        assert_eq!((unpacked.cells, unpacked.text), (3, 10));
        let file = unpacked.file().unwrap();
        assert_eq!(part(&file, SHEET), "<worksheet><sheetData></sheetData></worksheet>");
        assert!(part(&file, "xl/sharedStrings.xml").contains("Acute"));
        assert!(unpacked.take_back("XL/Worksheets/sheet1.xml"));
        assert!(!unpacked.lays_aside() && !unpacked.take_back(SHEET) && !unpacked.take_all_back());
        assert_eq!((unpacked.cells, unpacked.text), (0, 0));
        assert!(part(&unpacked.file().unwrap(), SHEET).contains(ROWS));
    }

    #[test]
    fn all_rows_can_be_taken_back_at_once() {
        let mut unpacked = unpacked("<si><t>Acute</t></si>", ROWS, &Limits::default());
        assert!(unpacked.take_all_back() && !unpacked.lays_aside());
        assert_eq!((unpacked.cells, unpacked.text), (0, 0));
        assert!(part(&unpacked.file().unwrap(), SHEET).contains(ROWS));
    }

    #[test]
    fn sheets_with_a_text_that_is_wanted_or_not_known_are_read() {
        let long = format!("<si><t>{}</t></si>", "a".repeat(LONGEST + 1));
        for texts in ["", "<si><t>wanted</t></si>", "<si><t>a&amp;b</t></si>", "<si/>", &long] {
            assert!(!unpacked(texts, ROWS, &Limits::default()).lays_aside(), "{texts}");
        }
    }

    #[test]
    fn what_is_more_than_may_be_read_is_left_to_those_who_refuse_it() {
        let texts = "<si><t>Acute</t></si>";
        let all = Limits::default();
        for limits in [
            Limits { cells: 2, ..all.clone() },
            Limits { sheet_cells: 2, ..all.clone() },
            Limits { text: 9, ..all.clone() },
        ] {
            assert!(!unpacked(texts, ROWS, &limits).lays_aside());
        }
        assert!(unpacked(texts, ROWS, &Limits { cells: 3, sheet_cells: 3, text: 10, ..all }).lays_aside());
    }

    #[test]
    fn two_lists_of_texts_are_none() {
        let mut unpacked = unpacked("<si><t>Acute</t></si>", ROWS, &Limits { cells: 0, ..Limits::default() });
        let sheet = format!("<worksheet><sheetData>{ROWS}</sheetData></worksheet>").into_bytes();
        unpacked.add("xl/worksheets/sheet2.xml".to_owned(), sheet.clone(), Figures::of(&sheet));
        unpacked.add("other/sharedStrings.xml".to_owned(), b"<sst></sst>".to_vec(), None);
        let wanted = Wanted { text: |_| false, tab: |_| false };
        unpacked.settle(wanted, &Limits::default());
        assert!(!unpacked.lays_aside());
    }

    #[test]
    fn names_that_differ_in_case_only_are_one() {
        let unpacked = unpacked("", "", &Limits::default());
        assert!(!unpacked.takes("XL/worksheets/SHEET1.xml") && unpacked.takes("xl/styles.xml"));
        assert!(!unpacked.takes("xl/worksheets/bl\u{e4}tter.xml"));
    }
}
