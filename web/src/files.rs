//! The files that the reader gives, from a drop or from the file chooser.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList};

use crate::stage::Trouble;

/// Above this a file is not even read: it is no workbook, and reading it could exhaust the browser. The
/// engine has its own, lower limit and says so in its own words.
const UNREADABLE: f64 = 200_000_000.0;

/// A file's name and its bytes, still on the page's side.
pub(crate) type Bytes = (String, ArrayBuffer);

/// So many files are read at once and stay at hand. Of more, each is read when its turn comes.
pub(crate) const FEW: usize = 4;

/// One of many files: still on the reader's disk, or handed over by the page around this one.
#[derive(Clone)]
pub(crate) enum Given {
    File(File),
    Bytes(Bytes),
}

impl Given {
    /// Its base name.
    pub(crate) fn name(&self) -> String {
        match self {
            Given::File(file) => file.name(),
            Given::Bytes((name, _)) => name.clone(),
        }
    }

    /// Its bytes, or why they cannot be had.
    pub(crate) async fn read(&self) -> Result<Bytes, Trouble> {
        match self {
            Given::File(file) => read_one(file).await,
            Given::Bytes((name, bytes)) => Ok((name.clone(), bytes.slice(0))),
        }
    }
}

/// The files of a list.
pub(crate) fn of_list(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect()).unwrap_or_default()
}

/// Whether what is being dragged over the page is files at all, and not a selection or a link.
pub(crate) fn carried(transfer: &DataTransfer) -> bool {
    transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// The files that were dropped, or why there are none.
pub(crate) fn of_drop(transfer: &DataTransfer) -> Result<Vec<File>, Trouble> {
    let items = transfer.items();
    let folder = (0..items.length()).filter_map(|index| items.get(index)).any(|item| {
        // Browsers without this method cannot tell a folder; reading it then fails and says so.
        item.webkit_get_as_entry().ok().flatten().is_some_and(|entry| entry.is_directory())
    });
    if folder {
        return Err(Trouble::new(
            "That was a folder, and the checker reads files.",
            "Open the folder, select the workbooks in it, and drop those.",
        ));
    }
    let files = of_list(transfer.files());
    if files.is_empty() {
        return Err(Trouble::new(
            "There was no file in what you dropped.",
            "If you dragged it from an email, save it to your computer first. Then drop the saved file, or choose it with the button.",
        ));
    }
    Ok(files)
}

/// Whether a file is a table of values (CSV) and no workbook, told from its name.
pub(crate) fn is_table(name: &str) -> bool {
    name.to_lowercase().ends_with(".csv")
}

/// Takes the published allocations out from among the files that were given: the one that is a table of
/// values (CSV) and no workbook.
pub(crate) fn take_allocations(files: Vec<Bytes>) -> Result<(Vec<Bytes>, Option<String>), Trouble> {
    let (tables, workbooks): (Vec<Bytes>, Vec<Bytes>) =
        files.into_iter().partition(|(name, _)| is_table(name));
    match (tables.as_slice(), workbooks.is_empty()) {
        ([(name, _)], true) => Err(Trouble::new(
            format!("{name}: this is a table of values (CSV), and there is no workbook with it."),
            "If it holds published allocations to compare a plan with, choose it together with the planning workbook. \
             Otherwise choose the workbook itself.",
        )),
        _ => Ok((workbooks, text_of(tables)?)),
    }
}

/// The text of the one table that was given with workbooks, if one was.
pub(crate) fn text_of(tables: Vec<Bytes>) -> Result<Option<String>, Trouble> {
    match tables.as_slice() {
        [] => Ok(None),
        [(_, bytes)] => Ok(Some(String::from_utf8_lossy(&Uint8Array::new(bytes).to_vec()).into_owned())),
        several => Err(Trouble::new(
            format!(
                "{} tables of values (CSV) were given, and only one can hold the published allocations.",
                several.len()
            ),
            "Choose the workbooks again with one table of allocations, or none.",
        )),
    }
}

/// Reads every file whole; the ones that cannot be read come back as trouble.
pub(crate) async fn read(files: Vec<File>) -> (Vec<Bytes>, Vec<Trouble>) {
    let (mut read, mut troubles) = (Vec::new(), Vec::new());
    for file in files {
        match read_one(&file).await {
            Ok(bytes) => read.push(bytes),
            Err(trouble) => troubles.push(trouble),
        }
    }
    (read, troubles)
}

async fn read_one(file: &File) -> Result<Bytes, Trouble> {
    if file.size() > UNREADABLE {
        return Err(Trouble::new(
            format!("{}: this file is far too large to be a planning workbook.", file.name()),
            "Choose the workbook itself. Workbooks up to 20 MB can be checked.",
        ));
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok((file.name(), buffer.unchecked_into())),
        Err(_) => Err(Trouble::new(
            format!("{}: your browser could not read this file.", file.name()),
            "It may have been moved or changed, or may still be open or syncing. Save a copy to your computer, close it, and choose that copy.",
        )),
    }
}
