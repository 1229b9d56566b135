//! Opening a file: what it is, told from its content and never from its name, and what to say when it
//! cannot be read.

mod bounds;
mod compound;
mod error;
mod figures;
mod other;
mod records;
mod scan;
pub(crate) mod tokens;
mod unpacked;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use cfb::CompoundFile;
use other::looks_like;
use zip::ZipArchive;

pub use bounds::Limits;
pub(crate) use error::SHARED_TEXTS;
pub use error::{OpenError, OpenErrorCode};
pub(crate) use records::FORMULA_WORK;
pub(crate) use unpacked::Unpacked;

use crate::workbook::{self, Cell, Format, Value, Workbook, part_key};

/// Bytes of the list of an OpenDocument file's parts that are looked at.
const MANIFEST: u64 = 1024 * 1024;
/// How the names of workbooks end.
const WORKBOOKS: [&str; 5] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"];
/// What stands in a file that is encrypted by rights management, as a sensitivity label may ask for.
const RIGHTS: &str = "\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform";

/// What a check looks for on sheets that are no part of a plan. Sheets of plain figures with nothing of it, as a
/// template's look-up sheets are, are left unread: reading them would take longer than all the rest.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    /// Whether a text may matter, wherever it stands.
    pub(crate) text: fn(&str) -> bool,
    /// Whether a sheet of this name may be a part of the plan.
    pub(crate) tab: fn(&str) -> bool,
}

/// Opens a file of any kind of workbook, and reads all of it.
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
    open_for(None, bytes, limits, tell)
}

/// The same, without the sheets of figures that nothing is wanted of.
///
/// # Errors
/// See [`OpenErrorCode`].
pub(crate) fn open_for(
    wanted: Option<Wanted>,
    bytes: &[u8],
    limits: &Limits,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Workbook, OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::empty_file());
    }
    if bytes.len() > limits.bytes {
        return Err(OpenError::too_many_bytes(bytes.len(), limits.bytes));
    }
    let (format, unpacked) = match bytes {
        [b'P', b'K', ..] => zipped(bytes, limits, wanted)?,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => (compound(bytes)?, None),
        _ => return Err(OpenError::not_a_workbook(looks_like(bytes))),
    };
    let workbook = match unpacked {
        Some(unpacked) => workbook::read_unpacked(format, unpacked, wanted, limits, tell)?,
        None => workbook::read(format, bytes, limits, tell)?,
    };
    let filled = |it: &Cell| it.formula || it.value != Value::Text(String::new());
    if !workbook.has_unread && !workbook.sheets.iter().any(|sheet| sheet.cells().iter().any(filled)) {
        return Err(OpenError::empty_workbook());
    }
    Ok(workbook)
}

/// A zip file: Office Open XML, OpenDocument, or something else in a zip. Gives its parts too, where they are not much.
fn zipped(
    bytes: &[u8],
    limits: &Limits,
    wanted: Option<Wanted>,
) -> Result<(Format, Option<Unpacked>), OpenError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| OpenError::damaged())?;
    if archive.len() > limits.parts {
        return Err(OpenError::too_many("parts", archive.len(), limits.parts));
    }
    let names: BTreeSet<String> = archive.file_names().flatten().map(|it| part_key(&it)).collect();
    let has = |name: &str| names.contains(name);
    let below = |folder: &str| names.iter().any(|it| it.starts_with(folder));
    let format = if has("xl/workbook.bin") {
        Format::Xlsb
    } else if below("xl/") {
        Format::Xlsx
    } else if has("mimetype") || has("content.xml") {
        match opendocument(&mut archive) {
            Some(what) => return Err(OpenError::not_a_workbook(what)),
            // Its parts cannot be inflated, or are no XML.
            None if has("encrypted-package") || is_encrypted(&mut archive) => {
                return Err(OpenError::encrypted_open_document());
            }
            None => Format::Ods,
        }
    } else if below("word/") {
        return Err(OpenError::not_a_workbook("a Word document"));
    } else if below("ppt/") {
        return Err(OpenError::not_a_workbook("a PowerPoint presentation"));
    } else if names.iter().any(|it| WORKBOOKS.iter().any(|ending| it.ends_with(ending))) {
        return Err(OpenError::not_a_workbook(
            "a zip folder with workbooks inside; take the workbook out of it first",
        ));
    } else {
        return Err(OpenError::not_a_workbook("a zip folder without a workbook inside"));
    };
    // Exact doubles are one to the archive, which says that there were some.
    if archive.has_duplicate_names() || names.len() < archive.len() {
        return Err(OpenError::parts_of_one_name());
    }
    let unpacked = bounds::measure(&mut archive, format, bytes.len(), limits, wanted)?;
    Ok((format, unpacked))
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

/// Whether an OpenDocument file says that its parts are encrypted.
fn is_encrypted(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut said = Vec::new();
    let Ok(part) = archive.by_name("META-INF/manifest.xml") else { return false };
    // What can be read of a list that is broken may say it too.
    let _ = part.take(MANIFEST).read_to_end(&mut said);
    memchr::memmem::find(&said, b"encryption-data").is_some()
}

/// A compound file: Excel 97 to 2003, an encrypted workbook, or another Office document.
fn compound(bytes: &[u8]) -> Result<Format, OpenError> {
    if !compound::is_sound(bytes) {
        return Err(OpenError::damaged());
    }
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| OpenError::damaged())?;
    let has = |name: &str| file.exists(name);
    // The first is beside an encrypted package, the second is what is left of an older file.
    if [RIGHTS, "\u{9}DRMContent"].into_iter().any(has) {
        Err(OpenError::protected_by_label())
    } else if ["EncryptedPackage", "EncryptionInfo"].into_iter().any(has) {
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
