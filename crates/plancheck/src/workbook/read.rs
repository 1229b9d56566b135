//! Reads cells out of a file. The only place that names calamine, and the only one that touches floats.

mod texts;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::rc::Rc;

use calamine::{
    Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError, XlsxFormulaMetadata as Formula,
};

use super::facts::{Fact, Facts, Formulas, Tab, TabState, most};
use super::formula::from_open_document;
use super::{Cell, Format, Sheet, Value, Workbook, ods, ooxml, xls};
use crate::open::{Limits, OpenError, Unpacked, Wanted};
use texts::Texts;
use values::{ERRORS, size_of, size_of_ref, value_of, value_of_ref};

/// The cells of a sheet, and the texts of its formulas.
type Content = (Vec<Cell>, Fact<Formulas>);

/// Reads every worksheet. `tell` is told the number of each sheet and of all, before it is read.
pub(crate) fn read(
    format: Format,
    bytes: &[u8],
    limits: &Limits,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Workbook, OpenError> {
    let file = Cursor::new(bytes);
    let mut room = Room::new(limits);
    let (sheets, formulas, facts) = match format {
        Format::Xlsx => {
            ooxml::are_apart(bytes)?;
            let mut book = xlsx(bytes)?;
            let facts = ooxml::facts(bytes, &tabs_of(&book, limits)?);
            return read_xlsx(&mut book, bytes, facts, &mut room, tell);
        }
        Format::Xlsb => {
            ooxml::sheets_are_apart(bytes)?;
            let mut book = Xlsb::new(file).map_err(|it| match it {
                XlsbError::Password => OpenError::encrypted(),
                _ => OpenError::damaged(),
            })?;
            let read = read_sheets(&mut book, limits, tell, |book, name| xlsb_cells(book, name, &mut room))?;
            let facts = ooxml::binary_facts(bytes, &read.tabs, book.defined_names());
            (read.sheets, read.formulas, facts)
        }
        Format::Xls => {
            let (scan, checked) = xls::scan(bytes, limits)?;
            let mut book = Xls::new(Cursor::new(checked.as_slice())).map_err(|it| match it {
                XlsError::Password => OpenError::encrypted(),
                _ => OpenError::damaged(),
            })?;
            let mut read = read_sheets(&mut book, limits, tell, |book, name| {
                let known = scan.formulas.get(name).cloned().unwrap_or_default();
                dense_cells(book, name, known, &mut room, xls_formula)
            })?;
            if scan.leaves_formulas_out {
                read.formulas.iter_mut().for_each(|it| *it = Err(texts::too_many()));
            }
            let facts = xls::facts(bytes, &scan, &read.tabs, book.defined_names());
            (read.sheets, read.formulas, facts)
        }
        Format::Ods => {
            ods::measure(bytes, limits)?;
            let mut book = Ods::new(file).map_err(|it| match it {
                OdsError::Password => OpenError::encrypted(),
                OdsError::CellLimitExceeded { .. } => OpenError::too_many_cells(limits.cells),
                _ => OpenError::damaged(),
            })?;
            let read = read_sheets(&mut book, limits, tell, |book, name| {
                dense_cells(book, name, BTreeSet::new(), &mut room, |text| Some(from_open_document(text)))
            })?;
            (read.sheets, read.formulas, ods::facts(bytes, &read.tabs))
        }
    };
    Ok(workbook(format, sheets, formulas, facts))
}

/// Reads a file whose parts are at hand, and of an .xlsx file those sheets only of which something may be wanted.
pub(crate) fn read_unpacked(
    format: Format,
    mut unpacked: Unpacked,
    wanted: Option<Wanted>,
    limits: &Limits,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Workbook, OpenError> {
    let first = unpacked.file()?;
    let Some(wanted) = wanted.filter(|_| unpacked.lays_aside()) else {
        drop(unpacked);
        return read(format, &first, limits, tell);
    };
    ooxml::are_apart(&first)?;
    let second;
    let mut bytes = first.as_slice();
    let mut book = xlsx(bytes)?;
    let tabs = tabs_of(&book, limits)?;
    let (facts, parts) = ooxml::facts_and_parts(bytes, &tabs);
    let offers = facts.sheets_that_offer();
    let is_wanted = |idx: usize| offers.contains(&idx) || tabs.get(idx).is_some_and(|it| (wanted.tab)(&it.0));
    let is_back = match parts.into_iter().collect::<Option<Vec<String>>>() {
        Some(parts) if parts.len() == tabs.len() => {
            let wanted = parts.iter().enumerate().filter(|it| is_wanted(it.0));
            wanted.filter(|it| unpacked.take_back(it.1)).count() > 0
        }
        // A tab that leads to no part that is known may lead to any.
        _ => unpacked.take_all_back(),
    };
    if is_back {
        second = unpacked.file()?;
        bytes = second.as_slice();
        book = xlsx(bytes)?;
    }
    let mut room = Room::new(limits);
    room.cells = room.cells.saturating_sub(unpacked.cells);
    room.text = room.text.saturating_sub(unpacked.text);
    let has_unread = unpacked.lays_aside();
    drop(unpacked);
    let workbook = read_xlsx(&mut book, bytes, facts, &mut room, tell)?;
    Ok(Workbook { has_unread, ..workbook })
}

fn xlsx(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, OpenError> {
    Xlsx::new(Cursor::new(bytes)).map_err(|it| match it {
        XlsxError::Password => OpenError::encrypted(),
        _ => OpenError::damaged(),
    })
}

fn read_xlsx(
    book: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    facts: Facts,
    room: &mut Room<'_>,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Workbook, OpenError> {
    let limits = room.limits;
    let read = read_sheets(book, limits, tell, |book, name| xlsx_cells(book, bytes, name, room))?;
    Ok(workbook(Format::Xlsx, read.sheets, read.formulas, facts))
}

fn workbook(format: Format, sheets: Vec<Sheet>, formulas: Vec<Fact<Formulas>>, mut facts: Facts) -> Workbook {
    for (sheet, formulas) in facts.sheets.iter_mut().zip(formulas) {
        sheet.formulas = formulas;
    }
    facts.find_users_of_links();
    Workbook { format, sheets, has_unread: false, facts: Rc::new(facts) }
}

/// How many more cells may be read, and how much text in them.
struct Room<'l> {
    cells: usize,
    /// The sheet that is being read, and how many more of its cells may be.
    sheet: (String, usize),
    /// Bytes.
    text: usize,
    limits: &'l Limits,
    /// Characters of formulas.
    formula_text: usize,
}

impl<'l> Room<'l> {
    fn new(limits: &'l Limits) -> Self {
        Room {
            cells: limits.cells,
            sheet: (String::new(), 0),
            text: limits.text,
            limits,
            formula_text: most::FORMULA_TEXT,
        }
    }

    fn enter(&mut self, sheet: &str) {
        self.sheet = (sheet.to_owned(), self.limits.sheet_cells);
    }

    fn take(&mut self) -> Result<(), OpenError> {
        self.cells = self.cells.checked_sub(1).ok_or_else(|| OpenError::too_many_cells(self.limits.cells))?;
        let (name, left) = &mut self.sheet;
        let limit = self.limits.sheet_cells;
        *left = left.checked_sub(1).ok_or_else(|| OpenError::too_many_cells_on(name, limit))?;
        Ok(())
    }

    /// Makes room for the text of a cell, before it is copied.
    fn take_text(&mut self, size: usize) -> Result<(), OpenError> {
        self.text = self.text.checked_sub(size).ok_or_else(|| OpenError::too_much_text(self.limits.text))?;
        Ok(())
    }
}

/// What was read of a workbook's sheets, each list in the order of the tabs.
#[derive(Default)]
struct Sheets {
    sheets: Vec<Sheet>,
    formulas: Vec<Fact<Formulas>>,
    tabs: Vec<Tab>,
}

fn read_sheets<'b, R: Reader<Cursor<&'b [u8]>>>(
    book: &mut R,
    limits: &Limits,
    tell: &mut dyn FnMut(usize, usize),
    mut content: impl FnMut(&mut R, &str) -> Result<Content, OpenError>,
) -> Result<Sheets, OpenError> {
    let mut read = Sheets { tabs: tabs_of(book, limits)?, ..Sheets::default() };
    for (idx, (name, state)) in read.tabs.iter().enumerate() {
        tell(idx + 1, read.tabs.len());
        let (cells, formulas) = content(book, name)?;
        read.sheets.push(Sheet::new(name.clone(), *state != TabState::Visible, cells));
        read.formulas.push(formulas);
    }
    Ok(read)
}

/// The tabs of the worksheets, in their order.
fn tabs_of<'b, R: Reader<Cursor<&'b [u8]>>>(book: &R, limits: &Limits) -> Result<Vec<Tab>, OpenError> {
    let tabs: Vec<Tab> = book
        .sheets_metadata()
        .iter()
        .filter(|it| it.typ == SheetType::WorkSheet)
        .map(|it| {
            let state = match it.visible {
                SheetVisible::Visible => TabState::Visible,
                SheetVisible::Hidden => TabState::Hidden,
                SheetVisible::VeryHidden => TabState::VeryHidden,
            };
            (it.name.clone(), state)
        })
        .collect();
    if tabs.len() > limits.sheets {
        return Err(OpenError::too_many("sheets", tabs.len(), limits.sheets));
    }
    Ok(tabs)
}

fn xlsx_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    name: &str,
    room: &mut Room<'_>,
) -> Result<Content, OpenError> {
    room.enter(name);
    let damaged = |_: XlsxError| OpenError::damaged_sheet(name);
    let mut cells = Vec::new();
    let mut unread: BTreeMap<usize, String> = BTreeMap::new();
    let mut formula_text = room.formula_text;
    let mut texts = Texts::new(&mut formula_text);
    {
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // A chart sheet that calls itself a worksheet holds no cells.
            Err(XlsxError::NotAWorksheet(_)) => return Ok((cells, texts.settled())),
            Err(other) => return Err(damaged(other)),
        };
        for ordinal in 0_usize.. {
            match reader.next_cell_with_formula_metadata() {
                Ok(None) => break,
                Ok(Some(it)) => {
                    room.take_text(size_of_ref(&it.value))?;
                    let value = value_of_ref(it.value);
                    if value != Value::Blank || it.formula.is_some() {
                        room.take()?;
                        let ((row, col), formula) = (it.pos, it.formula.is_some());
                        cells.push(Cell { row, col, value, formula });
                    }
                    match it.formula {
                        Some(Formula::Normal { formula }) => texts.keep(it.pos, &formula),
                        Some(Formula::Shared { shared_index, formula, .. }) => {
                            texts.keep_shared(it.pos, shared_index, formula);
                        }
                        Some(Formula::SharedDerived { shared_index }) => texts.share(it.pos, shared_index),
                        // calamine may learn to tell more kinds of formula apart.
                        Some(_) | None => {}
                    }
                }
                // The value alone is beyond the reader (#SPILL!, #CALC!, a number that is none); the
                // sheet goes on behind it.
                Err(XlsxError::CellError(text)) => {
                    room.take()?;
                    room.take_text(text.len())?;
                    unread.insert(ordinal, text);
                }
                Err(
                    XlsxError::ParseFloat(_)
                    | XlsxError::Unrecognized { .. }
                    | XlsxError::CellTAttribute(_)
                    | XlsxError::Unexpected(_),
                ) => {
                    room.take()?;
                    unread.insert(ordinal, "#VALUE!".to_owned());
                }
                Err(other) => return Err(damaged(other)),
            }
        }
    }
    if !unread.is_empty() {
        // The reader does not say where such a cell stands. Its own reader of formulas would, but spells every
        // shared formula out.
        let wanted: BTreeSet<usize> = unread.keys().copied().collect();
        let places = ooxml::places(bytes, name, &wanted).map_err(|_| OpenError::damaged_sheet(name))?;
        for (number, ((row, col), formula)) in places {
            let text = unread.remove(&number).unwrap_or_default();
            cells.push(Cell { row, col, value: Value::Error(text), formula });
        }
    }
    let formulas = texts.settled();
    room.formula_text = formula_text;
    Ok((cells, formulas))
}

fn xlsb_cells(book: &mut Xlsb<Cursor<&[u8]>>, name: &str, room: &mut Room<'_>) -> Result<Content, OpenError> {
    room.enter(name);
    let damaged = |_: XlsbError| OpenError::damaged_sheet(name);
    let quoted = quoted(&book.sheet_names());
    let mut texts = Texts::new(&mut room.formula_text);
    let mut formulas = BTreeSet::new();
    {
        let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(it) = reader.next_formula().map_err(damaged)? {
            // An empty text is a shared formula, which calamine does not spell out.
            formulas.insert(it.get_position());
            let text = it.get_value();
            if text.contains('!') && text.len() <= LONGEST_FORMULA && !texts.is_full() {
                texts.keep(it.get_position(), &with_quotes(text, &quoted));
            } else {
                texts.keep(it.get_position(), text);
            }
        }
    }
    let texts = texts.settled();
    let mut cells = Vec::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(it) = reader.next_cell().map_err(damaged)? {
        let (row, col) = it.get_position();
        room.take_text(size_of_ref(it.get_value()))?;
        let value = value_of_ref(it.get_value().clone());
        let formula = formulas.remove(&(row, col));
        if value != Value::Blank || formula {
            room.take()?;
            cells.push(Cell { row, col, value, formula });
        }
    }
    // calamine skips a formula whose value is an error, and with it which error it is.
    for (row, col) in formulas {
        room.take()?;
        cells.push(Cell { row, col, value: Value::Error("#ERROR!".to_owned()), formula: true });
    }
    Ok((cells, texts))
}

/// The longest formula that Excel writes. Names are sought in no longer one: there may be hundreds of them.
const LONGEST_FORMULA: usize = 8_192;

/// The names of sheets that want quotes before a reference: without them and with.
fn quoted(sheets: &[String]) -> Vec<(String, String)> {
    let wants_quotes = |it: &&String| !it.chars().all(char::is_alphanumeric);
    let both = |it: &String| (format!("{it}!"), format!("'{}'!", it.replace('\'', "''")));
    sheets.iter().filter(wants_quotes).map(both).collect()
}

/// A formula of an xlsb file with the names of sheets in quotes: calamine leaves them out.
fn with_quotes(formula: &str, quoted: &[(String, String)]) -> String {
    let mut formula = formula.to_owned();
    for (without, with) in quoted {
        if formula.contains(without) {
            formula = formula.replace(without, with);
        }
    }
    formula
}

/// A formula of an xls file, where calamine can be believed: it names the wrong sheets in references to
/// others, and has a sentence in place of what it cannot spell out.
fn xls_formula(text: &str) -> Option<String> {
    (!text.contains('!') && !text.starts_with("Unrecognised")).then(|| text.to_owned())
}

/// xls and ods: calamine has no stream for these, and has read them whole by the time they are open.
///
/// `known` are places known to hold a formula: calamine gives some formulas of an xls file an empty text.
/// `spelt` is the text of a formula as the facts have it, where it can be known.
fn dense_cells<'b, R>(
    book: &mut R,
    name: &str,
    known: BTreeSet<(u32, u32)>,
    room: &mut Room<'_>,
    spelt: impl Fn(&str) -> Option<String>,
) -> Result<Content, OpenError>
where
    R: Reader<Cursor<&'b [u8]>>,
{
    room.enter(name);
    let damaged = |_: R::Error| OpenError::damaged_sheet(name);
    let values: Range<Data> = book.worksheet_range(name).map_err(damaged)?;
    let formulas: Range<String> = book.worksheet_formula(name).map_err(damaged)?;
    let origin = |start: Option<(u32, u32)>| start.unwrap_or((0, 0));
    let place = |start: (u32, u32), row: usize, col: usize| {
        (start.0 + u32::try_from(row).unwrap_or(u32::MAX), start.1 + u32::try_from(col).unwrap_or(u32::MAX))
    };
    let start = origin(formulas.start());
    let mut texts = Texts::new(&mut room.formula_text);
    let mut pending = known;
    for (row, col, text) in formulas.used_cells().filter(|(_, _, text)| !text.is_empty()) {
        let at = place(start, row, col);
        pending.insert(at);
        if let Some(text) = spelt(text) {
            texts.keep(at, &text);
        }
    }
    let texts = texts.settled();
    let start = origin(values.start());
    let mut cells = Vec::new();
    for (row, col, value) in values.used_cells() {
        let (row, col) = place(start, row, col);
        room.take_text(size_of(value))?;
        let value = match value_of(value) {
            // OpenDocument keeps an error as the text that is shown.
            Value::Text(text) if ERRORS.contains(&text.as_str()) => Value::Error(text),
            other => other,
        };
        let formula = pending.remove(&(row, col));
        if value != Value::Blank || formula {
            room.take()?;
            cells.push(Cell { row, col, value, formula });
        }
    }
    for (row, col) in pending {
        room.take()?;
        cells.push(Cell { row, col, value: Value::Blank, formula: true });
    }
    Ok((cells, texts))
}
