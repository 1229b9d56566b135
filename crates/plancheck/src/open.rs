//! Opening a file: what it is, told from its content and never from its name, and what to say when it
//! cannot be read.

mod other;

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use other::looks_like;
use zip::ZipArchive;

use crate::workbook::{self, Cell, Format, Value, Workbook};

/// How much a file may hold. Beyond it the file is refused with a message that gives the limit.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Parts inside the file.
    pub parts: usize,
    /// Bytes of all parts once inflated, as they really come out and not as they are declared.
    pub inflated: u64,
    /// Worksheets.
    pub sheets: usize,
    /// Cells that hold something, on all sheets together.
    pub cells: usize,
}

impl Default for Limits {
    /// Many times what the largest plan needs: the national template is under 1 MB.
    fn default() -> Self {
        Limits {
            bytes: 20 * 1024 * 1024,
            parts: 5_000,
            inflated: 256 * 1024 * 1024,
            sheets: 250,
            cells: 3_000_000,
        }
    }
}

/// Why a file could not be opened, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// Which kind of trouble it is.
    pub code: OpenErrorCode,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it.
    pub todo: String,
}

/// The kinds of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenErrorCode {
    /// There is nothing in the file, or nothing in any of its cells.
    Empty,
    /// Some other kind of file.
    NotAWorkbook,
    /// A workbook that is cut short or broken inside.
    Damaged,
    /// A workbook that asks for a password.
    Encrypted,
    /// More than [`Limits`] allow.
    TooLarge,
}

impl OpenErrorCode {
    /// The name of the code in reports: "not-a-workbook".
    pub fn name(self) -> &'static str {
        match self {
            OpenErrorCode::Empty => "empty",
            OpenErrorCode::NotAWorkbook => "not-a-workbook",
            OpenErrorCode::Damaged => "damaged",
            OpenErrorCode::Encrypted => "encrypted",
            OpenErrorCode::TooLarge => "too-large",
        }
    }
}

impl OpenError {
    fn new(code: OpenErrorCode, message: impl Into<String>, todo: impl Into<String>) -> Self {
        OpenError { code, message: message.into(), todo: todo.into() }
    }

    fn empty_file() -> Self {
        OpenError::new(
            OpenErrorCode::Empty,
            "The file is empty: it holds 0 bytes.",
            "Check that the file has finished copying or downloading, then choose it again.",
        )
    }

    fn empty_workbook() -> Self {
        OpenError::new(
            OpenErrorCode::Empty,
            "The workbook is empty: no cell on any sheet holds anything.",
            "Choose the workbook that holds the plan.",
        )
    }

    fn not_a_workbook(what: &str) -> Self {
        OpenError::new(
            OpenErrorCode::NotAWorkbook,
            format!("The file is not a workbook: it is {what}."),
            "Choose the planning workbook itself, saved as .xlsx, .xlsm, .xlsb, .xls or .ods.",
        )
    }

    pub(crate) fn damaged(detail: &str) -> Self {
        OpenError::new(
            OpenErrorCode::Damaged,
            format!("The workbook is damaged and cannot be read ({}).", detail.trim_end_matches('.')),
            "Open it in Excel, let Excel repair it, save it under a new name and choose that file. If Excel \
             cannot open it, copy or download it again: it may have been cut short.",
        )
    }

    pub(crate) fn encrypted() -> Self {
        OpenError::new(
            OpenErrorCode::Encrypted,
            "The workbook is encrypted: it asks for a password, or carries a sensitivity label, before it \
             can be opened.",
            "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the \
             password, save a copy and choose that copy. Passwords on sheets may stay.",
        )
    }

    fn too_large(what: &str, size: &str, limit: &str) -> Self {
        OpenError::new(
            OpenErrorCode::TooLarge,
            format!("The file is too large: it has {size} {what}, and the most that is read is {limit}."),
            "Check that this is the planning workbook. If it is, save a copy without pictures, attachments \
             and sheets that are not part of the template, and choose that copy.",
        )
    }

    pub(crate) fn too_many_cells(limit: usize) -> Self {
        let limit = thousands(limit);
        OpenError::too_large("filled cells", &format!("more than {limit}"), &limit)
    }

    pub(crate) fn too_many_sheets(count: usize, limit: usize) -> Self {
        OpenError::too_large("sheets", &thousands(count), &thousands(limit))
    }
}

/// Opens a file of any kind of workbook.
///
/// `tell` is told the number of each sheet, and how many there are, before the sheet is read.
///
/// # Errors
/// See [`OpenErrorCode`].
pub fn open(
    bytes: &[u8],
    limits: &Limits,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Workbook, OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::empty_file());
    }
    if bytes.len() > limits.bytes {
        return Err(OpenError::too_large(
            "MB",
            &megabytes(bytes.len() as u64),
            &megabytes(limits.bytes as u64),
        ));
    }
    let format = match bytes {
        [b'P', b'K', ..] => zipped(bytes, limits)?,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => compound(bytes)?,
        _ => return Err(OpenError::not_a_workbook(looks_like(bytes))),
    };
    let workbook = workbook::read(format, bytes, limits, tell)?;
    let filled = |it: &Cell| it.formula || it.value != Value::Text(String::new());
    if !workbook.sheets.iter().any(|sheet| sheet.cells().iter().any(filled)) {
        return Err(OpenError::empty_workbook());
    }
    Ok(workbook)
}

/// A zip file: Office Open XML, OpenDocument, or something else in a zip.
fn zipped(bytes: &[u8], limits: &Limits) -> Result<Format, OpenError> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|it| OpenError::damaged(&it.to_string()))?;
    if archive.len() > limits.parts {
        return Err(OpenError::too_large("parts", &thousands(archive.len()), &thousands(limits.parts)));
    }
    let names: Vec<String> =
        archive.file_names().flatten().map(|it| it.to_lowercase().replace('\\', "/")).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    let below = |folder: &str| names.iter().any(|it| it.starts_with(folder));
    let format = if has("xl/workbook.bin") {
        Format::Xlsb
    } else if below("xl/") {
        Format::Xlsx
    } else if has("mimetype") || has("content.xml") {
        match opendocument(&mut archive) {
            Some(what) => return Err(OpenError::not_a_workbook(what)),
            None => Format::Ods,
        }
    } else if below("word/") {
        return Err(OpenError::not_a_workbook("a Word document"));
    } else if below("ppt/") {
        return Err(OpenError::not_a_workbook("a PowerPoint presentation"));
    } else if names.iter().any(|it| it.ends_with(".xlsx") || it.ends_with(".xlsm") || it.ends_with(".xls")) {
        return Err(OpenError::not_a_workbook(
            "a zip folder with workbooks inside; take the workbook out of it first",
        ));
    } else {
        return Err(OpenError::not_a_workbook("a zip folder without a workbook inside"));
    };
    measure(&mut archive, limits)?;
    Ok(format)
}

/// What an OpenDocument file is, where it is not a spreadsheet.
fn opendocument(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    let mut kind = String::new();
    // A missing or unreadable mimetype leaves `kind` empty: the reader of the content will say more.
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(200).read_to_string(&mut kind).ok()?;
    }
    if kind.contains("opendocument.text") {
        Some("a text document")
    } else if kind.contains("opendocument.presentation") {
        Some("a presentation")
    } else {
        None
    }
}

/// Inflates every part once, to see how large it really is before anything is kept of it: what a zip
/// file declares may be a lie.
fn measure(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<(), OpenError> {
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 64 * 1024];
    for idx in 0..archive.len() {
        let mut part = archive.by_index(idx).map_err(|it| match it {
            zip::result::ZipError::UnsupportedArchive(text) if text.to_lowercase().contains("password") => {
                OpenError::encrypted()
            }
            other => OpenError::damaged(&other.to_string()),
        })?;
        loop {
            match part.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => total += read as u64,
                Err(it) => return Err(OpenError::damaged(&it.to_string())),
            }
            if total > limits.inflated {
                let limit = megabytes(limits.inflated);
                return Err(OpenError::too_large("MB once unpacked", &format!("more than {limit}"), &limit));
            }
        }
    }
    Ok(())
}

/// A compound file: Excel 97 to 2003, an encrypted workbook, or another Office document.
fn compound(bytes: &[u8]) -> Result<Format, OpenError> {
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(|it| OpenError::damaged(&it.to_string()))?;
    let has = |name: &str| file.exists(name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Err(OpenError::encrypted())
    } else if has("Workbook") || has("Book") {
        Ok(Format::Xls)
    } else if has("WordDocument") {
        Err(OpenError::not_a_workbook("a Word document"))
    } else if has("PowerPoint Document") {
        Err(OpenError::not_a_workbook("a PowerPoint presentation"))
    } else if has("__properties_version1.0") {
        Err(OpenError::not_a_workbook("an Outlook message; save the attachment from it first"))
    } else {
        Err(OpenError::not_a_workbook("an Office file without a workbook inside"))
    }
}

fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn thousands(count: usize) -> String {
    crate::money::show_number(count.into(), 0)
}
