//! The files that the reader gives, from a drop or from the file chooser, and those that the page around this one does.

use std::time::Duration;

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use leptos::leptos_dom::helpers::{set_timeout, set_timeout_with_handle};
use plancheck_api::limits;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList};

use crate::stage::Trouble;

/// How long a file may take to be read. One that is kept elsewhere is fetched first.
const PATIENCE: Duration = Duration::from_secs(120);

/// A file's name and its bytes, still on the page's side.
pub(crate) type Bytes = (String, ArrayBuffer);

/// So many files are read at once and stay at hand. Of more, each is read when its turn comes.
pub(crate) const FEW: usize = 4;

/// So many files are checked at once: every board of England has two.
const MOST: usize = 1_000;

/// So many are asked for their sizes before the page may do something else.
const SIZES_AT_ONCE: usize = 16;

/// Characters of a file's name; no disk has longer ones.
const LONGEST_NAME: usize = 255;

/// A file: still on the reader's disk, or handed over by the page around this one.
#[derive(Clone)]
pub(crate) enum Given {
    File(File),
    Bytes(Bytes),
}

impl Given {
    /// Its base name.
    pub(crate) fn name(&self) -> String {
        let mut name = match self {
            Given::File(file) => file.name(),
            Given::Bytes((name, _)) => name.clone(),
        };
        if let Some((end, _)) = name.char_indices().nth(LONGEST_NAME) {
            name.truncate(end);
            name.push('…');
        }
        name
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> u64 {
        match self {
            // Browsers count in floats, and whole bytes.
            Given::File(file) => file.size() as u64,
            Given::Bytes((_, bytes)) => bytes.byte_length().into(),
        }
    }

    /// Its bytes, or why they cannot be had.
    pub(crate) async fn read(&self) -> Result<Bytes, Trouble> {
        match self {
            Given::File(file) => {
                Ok((self.name(), contents(file).await.map_err(|it| it.of_file(&self.name()))?))
            }
            Given::Bytes((_, bytes)) => Ok((self.name(), bytes.slice(0))),
        }
    }
}

/// Files that are to be checked.
#[derive(Clone)]
pub(crate) struct Check {
    pub(crate) files: Vec<Given>,
    /// The text of a table of published allocations to compare with.
    pub(crate) allocations: Option<String>,
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

/// Looks over what was given before any of it is read, and takes the published allocations out: the one that is a
/// table of values (CSV) and no workbook. Gives what is to be checked, and what is wrong with single files.
pub(crate) async fn sort(given: Check) -> Result<(Check, Vec<Trouble>), Trouble> {
    if given.files.len() > MOST {
        return Err(Trouble::new(
            format!("You gave {} files, and no more than {MOST} are checked at once.", given.files.len()),
            "Choose fewer files: only the workbooks, or those of one region after the other.",
        ));
    }
    let (tables, files): (Vec<Given>, Vec<Given>) =
        given.files.into_iter().partition(|it| is_table(&it.name()));
    let allocations = match (tables.as_slice(), given.allocations) {
        ([], allocations) => allocations,
        ([only], None) if files.is_empty() => {
            return Err(Trouble::new(
                format!(
                    "{}: this is a table of values (CSV), and there is no workbook with it.",
                    only.name()
                ),
                "If it holds published allocations to compare a plan with, choose it together with the planning workbook. \
                 Otherwise choose the workbook itself.",
            ));
        }
        ([only], None) => Some(text_of(only).await?),
        (several, allocations) => {
            return Err(Trouble::new(
                format!(
                    "{} tables of values (CSV) were given, and only one can hold the published allocations.",
                    several.len() + usize::from(allocations.is_some())
                ),
                "Choose the workbooks again with one table of allocations, or none.",
            ));
        }
    };
    let mut troubles = Vec::new();
    let mut kept = Vec::new();
    for (nth, file) in files.into_iter().enumerate() {
        // A browser goes to the disk for each size, and the page waits for it.
        if nth > 0 && nth.is_multiple_of(SIZES_AT_ONCE) {
            breathe().await;
        }
        match limits::workbook(file.size()) {
            Some(error) => troubles.push(Trouble::opening(&file.name(), &error)),
            None => kept.push(file),
        }
    }
    Ok((Check { files: kept, allocations }, troubles))
}

/// Lets the page come to whatever else it has to do.
async fn breathe() {
    let timer = Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::UNDEFINED)), Duration::ZERO);
    });
    let _ = JsFuture::from(timer).await;
}

/// The text of a table of allocations.
async fn text_of(table: &Given) -> Result<String, Trouble> {
    if let Some(why) = limits::table(table.size()) {
        return Err(Trouble::new(
            format!("{}: {why}. Nothing was checked.", table.name()),
            "Save a copy with the columns board, year, stream and amount only, and choose it together with the workbooks. \
             Or choose the workbooks without the table.",
        ));
    }
    let (_, bytes) = table.read().await?;
    Ok(String::from_utf8_lossy(&Uint8Array::new(&bytes).to_vec()).into_owned())
}

/// Reads every file whole; the ones that cannot be read come back as trouble.
pub(crate) async fn read(files: &[Given]) -> (Vec<Bytes>, Vec<Trouble>) {
    let (mut read, mut troubles) = (Vec::new(), Vec::new());
    for file in files {
        match file.read().await {
            Ok(bytes) => read.push(bytes),
            Err(trouble) => troubles.push(trouble),
        }
    }
    (read, troubles)
}

async fn contents(file: &File) -> Result<ArrayBuffer, Trouble> {
    let mut timer = None;
    let late = Promise::new(&mut |resolve, _| {
        let give_up = move || drop(resolve.call0(&JsValue::UNDEFINED));
        timer = set_timeout_with_handle(give_up, PATIENCE).ok();
    });
    let read = JsFuture::from(Promise::race(&Array::of2(&file.array_buffer(), &late))).await;
    if let Some(timer) = timer {
        timer.clear();
    }
    let Ok(read) = read else {
        return Err(Trouble::new(
            "your browser could not read this file.",
            "It may have been moved or changed, or may still be open or syncing. Save a copy to your computer, close it, and choose that copy.",
        )
        .passing());
    };
    read.dyn_into().map_err(|_| {
        Trouble::new(
            "your browser was still reading this file after two minutes.",
            "It may be kept elsewhere and still be on its way. Wait until it is on your computer and try again, or save a copy there and choose that.",
        )
        .passing()
    })
}
