//! How much a file may hold, and how much a zip file really holds, measured before anything of it is kept.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Wanted;
use super::error::OpenError;
use super::figures::Figures;
use super::records::{Records, Totals};
use super::scan::{Counts, Scan};
use super::unpacked::Unpacked;
use crate::workbook::Format;
use crate::workbook::xml::DEEPEST;

/// How much a file may hold. Beyond it the file is refused with a message that gives the limit.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Parts inside the file.
    pub parts: usize,
    /// Bytes of all parts once inflated, as they are declared and as they really come out.
    pub inflated: u64,
    /// How many times its own size a file may hold once inflated; not asked of what inflates to less than 16 MB.
    pub ratio: u64,
    /// Worksheets.
    pub sheets: usize,
    /// Cells that hold something, on all sheets together.
    pub cells: usize,
    /// Cells that hold something, on one sheet.
    pub sheet_cells: usize,
    /// Bytes of text in all cells together. Many cells may share one text in the file and hold it each.
    pub text: usize,
    /// Bytes of one text, as it is written in the file: a cell, a shared text, a comment, a name.
    pub length: usize,
    /// Texts that cells share.
    pub strings: usize,
    /// Defined names.
    pub names: usize,
    /// Bytes of one element with its attributes, or of the text between two elements.
    pub piece: usize,
    /// Bytes of the name or code of a style, or four times as many of the address in a reference between parts.
    pub name: usize,
    /// Formats, fonts, fills and borders, all cell styles included.
    pub styles: usize,
    /// References between parts.
    pub relations: usize,
    /// Elements of all parts, empty ones included.
    pub elements: usize,
    /// Elements inside each other.
    pub depth: usize,
}

impl Default for Limits {
    /// Many times what the largest plan needs: the national template is under 1 MB, and no cell of Excel's
    /// holds more than 32,767 characters.
    fn default() -> Self {
        Limits {
            bytes: 20 * MB,
            parts: 5_000,
            inflated: 256 * MB as u64,
            ratio: 400,
            sheets: 250,
            cells: 3_000_000,
            sheet_cells: 2_000_000,
            text: 64 * MB,
            length: MB,
            strings: 2_000_000,
            names: 100_000,
            piece: 4 * MB,
            name: 2 * 1024,
            styles: 100_000,
            relations: 20_000,
            elements: 8_000_000,
            depth: DEEPEST,
        }
    }
}

const MB: usize = 1024 * 1024;
/// Bytes that even a small file may hold once inflated, whatever the ratio.
const SMALL: u64 = 16 * MB as u64;

/// Bytes of all parts that are kept as they come out, so that those who read them next need not inflate them again.
const KEPT: u64 = 24 * MB as u64;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Inflates every part once, to see how large it really is and what it asks for. Gives the parts as they come out,
/// where that is not much.
///
/// # Errors
/// Where a limit is exceeded, a part cannot be inflated, or parts lie over each other.
pub(super) fn measure(
    archive: &mut Archive<'_>,
    format: Format,
    size: usize,
    limits: &Limits,
    wanted: Option<Wanted>,
) -> Result<Option<Unpacked>, OpenError> {
    let mut unpacked = (declared(archive, limits)? <= KEPT).then(Unpacked::default);
    let wanted = wanted.filter(|_| format == Format::Xlsx);
    let mut all = Counted { inflated: 0, size, counts: Counts::default(), totals: Totals::default(), limits };
    for idx in 0..archive.len() {
        let mut part = archive.by_index(idx).map_err(|it| refused(&it))?;
        let name = part.name().map(|it| it.to_string()).unwrap_or_default();
        unpacked = unpacked.filter(|it| it.takes(&name) && !part.is_dir());
        let mut scan = Scan::new(&name, limits);
        let records = if format == Format::Xlsb { Records::of(&name, limits) } else { None };
        // What reads a part later goes by its declared size, and all of those were found not to be too much.
        let declared = part.size();
        let mut read = (&mut part).take(declared + 1);
        let inflated = match &mut unpacked {
            Some(unpacked) => {
                let mut whole = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
                read.read_to_end(&mut whole).map_err(|_| OpenError::damaged())?;
                all.take(whole.len())?;
                let figures = if wanted.is_some() && is_worksheet(&name) {
                    look_over(&whole, &mut scan, &mut all.counts)?
                } else {
                    scan.read(&whole, &mut all.counts)?;
                    None
                };
                if let Some(mut records) = records {
                    records.read(&whole, &mut all.totals)?;
                }
                let length = whole.len() as u64;
                unpacked.add(name, whole, figures);
                length
            }
            None => all.stream(&mut read, &mut scan, records)?,
        };
        if inflated != declared {
            return Err(OpenError::damaged());
        }
        scan.end()?;
    }
    let Counted { totals, .. } = all;
    totals.settle(limits)?;
    if let (Some(unpacked), Some(wanted)) = (&mut unpacked, wanted) {
        unpacked.settle(wanted, limits);
    }
    Ok(unpacked)
}

/// What has been counted in all parts.
struct Counted<'l> {
    /// Bytes that came out.
    inflated: u64,
    /// Bytes of the file.
    size: usize,
    counts: Counts,
    totals: Totals,
    limits: &'l Limits,
}

impl Counted<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), OpenError> {
        self.inflated += bytes as u64;
        if self.inflated > SMALL && self.inflated / self.limits.ratio > self.size as u64 {
            return Err(OpenError::too_dense(self.limits.ratio));
        }
        Ok(())
    }

    /// Looks at a part that is not kept, as it goes by. Gives the bytes of it.
    fn stream(
        &mut self,
        part: &mut dyn Read,
        scan: &mut Scan<'_>,
        mut records: Option<Records<'_>>,
    ) -> Result<u64, OpenError> {
        let mut buffer = vec![0_u8; 64 * 1024];
        let mut length = 0;
        loop {
            let read = part.read(&mut buffer).map_err(|_| OpenError::damaged())?;
            if read == 0 {
                return Ok(length);
            }
            length += read as u64;
            self.take(read)?;
            let chunk = buffer.get(..read).unwrap_or_default();
            scan.read(chunk, &mut self.counts)?;
            if let Some(records) = &mut records {
                records.read(chunk, &mut self.totals)?;
            }
        }
    }
}

fn is_worksheet(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") && name.contains("/worksheets/")
}

/// Scans a worksheet, and its rows too unless they are plain figures, in which nobody may have to look at anything.
fn look_over(part: &[u8], scan: &mut Scan<'_>, counts: &mut Counts) -> Result<Option<Figures>, OpenError> {
    let Some(figures) = Figures::of(part) else {
        scan.read(part, counts)?;
        return Ok(None);
    };
    let (before, rows) = part.split_at(figures.rows.start);
    scan.read(before, counts)?;
    if !scan.is_between_tags() {
        scan.read(rows, counts)?;
        return Ok(None);
    }
    scan.pass(figures.elements, counts)?;
    scan.read(part.get(figures.rows.end..).unwrap_or_default(), counts)?;
    Ok(Some(figures))
}

/// Looks at what the parts are declared to be: how large, and where they lie. Gives the bytes of all.
fn declared(archive: &mut Archive<'_>, limits: &Limits) -> Result<u64, OpenError> {
    let mut total = 0_u64;
    let mut places = Vec::with_capacity(archive.len());
    for idx in 0..archive.len() {
        let part = archive.by_index_raw(idx).map_err(|it| refused(&it))?;
        total = total.saturating_add(part.size());
        let start = part.data_start().unwrap_or(part.header_start());
        places.push((part.header_start(), start.saturating_add(part.compressed_size())));
    }
    if total > limits.inflated {
        return Err(OpenError::too_much_inflated(total, limits.inflated));
    }
    places.sort_unstable();
    if places.windows(2).any(|two| matches!(two, [one, next] if one.1 > next.0)) {
        return Err(OpenError::overlapping());
    }
    Ok(total)
}

fn refused(error: &ZipError) -> OpenError {
    match error {
        ZipError::UnsupportedArchive(text) if text.to_lowercase().contains("password") => {
            OpenError::encrypted()
        }
        _ => OpenError::damaged(),
    }
}
