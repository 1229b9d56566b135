//! Which copy of the checker this is, and how old.

use js_sys::Date;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = plancheck, js_name = copy)]
    fn said() -> js_sys::Array;
}

/// This copy.
pub(crate) struct Copy {
    /// The day it was released, "2026-11-22".
    pub(crate) released: String,
    /// Tells builds apart: a hash of all that this copy is made of.
    pub(crate) build: String,
}

/// What is said of a copy that is old.
pub(crate) const OLD: &str = "This copy was released more than a year ago. There is a new round of plans each year: ask whoever gave it to you for the present one.";

/// This copy.
pub(crate) fn this() -> Copy {
    let said = said();
    let text = |at| said.get(at).as_string().unwrap_or_default();
    Copy { released: text(0), build: text(1) }
}

/// Whether a copy was released more than a year ago, by the clock of this computer.
pub(crate) fn is_old(released: &str) -> bool {
    const YEAR: f64 = 366.0 * 24.0 * 60.0 * 60.0 * 1000.0;
    // Nought for a day that is none.
    Date::now() - Date::parse(released) > YEAR
}

/// Whether a file was opened from inside an archive: the program that shows the archive has put it into a folder
/// of its own, which goes when that program does.
pub(crate) fn in_archive(path: &str) -> bool {
    let folder = |it: &str| {
        let it = it.to_lowercase();
        // Windows 11 counts its folders behind the archive's name, in hexadecimal.
        let counted =
            |(_, end): (&str, &str)| !end.is_empty() && end.bytes().all(|it| it.is_ascii_hexdigit());
        it.ends_with(".zip")
            || it.rsplit_once(".zip.").is_some_and(counted)
            || it.starts_with("7zo")
            || it.starts_with("rar$")
            || it.starts_with("wz")
    };
    let (folders, _) = path.rsplit_once('/').unwrap_or_default();
    folders.to_lowercase().contains("/temp") && folders.split('/').any(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_archive_programs_are_known() {
        for path in [
            "/C:/Users/a/AppData/Local/Temp/Temp1_plancheck.zip/plancheck.html",
            "/C:/Users/a/AppData/Local/Temp/388e11bd-2056-4e77-a266-27df0c2ad684_plancheck.zip.684/plancheck.html",
            "/C:/Users/a/AppData/Local/Temp/7zO4C2D/plancheck.html",
            "/C:/Users/a/AppData/Local/Temp/Rar$EXa0.123/plancheck.html",
        ] {
            assert!(in_archive(path), "{path}");
        }
        for path in [
            "/E:/plancheck.html",
            "/home/a/zip/plancheck.zip.html",
            "/C:/Users/a/plancheck.zip/plancheck.html",
            "/C:/Users/a/plancheck.zip.684/plancheck.html",
            "/C:/Users/a/AppData/Local/Temp/notes.zip.old/plancheck.html",
            "/C:/Users/a/AppData/Local/Temp/notes.zip./plancheck.html",
            "/",
            "",
        ] {
            assert!(!in_archive(path), "{path}");
        }
    }
}
