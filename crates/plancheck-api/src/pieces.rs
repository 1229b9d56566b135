//! A report in pieces: how the parts of many workbooks, each checked by itself, come to the same bytes as the report
//! on all of them.
//!
//! A report of a hundred plans is never held as a whole by what checks them. Each piece is written where its
//! workbook was checked, and the pieces are put one after the other when somebody wants the whole.

/// Stands between two documents, and between two entries of what stands between documents.
pub const BETWEEN: &str = ",\n";
/// Stands behind the documents.
pub const BEFORE_ACROSS: &str = "\n  ],\n  \"across\": ";
/// Stands before and behind what stands between documents, where there is any.
pub const AROUND_ACROSS: [&str; 2] = ["[\n", "\n  ]"];
/// Stands there where there is none.
pub const NO_ACROSS: &str = "[]";
/// The end of a report.
pub const END: &str = "\n}\n";

#[cfg(feature = "engine")]
pub use written::{Piece, head, of};

#[cfg(feature = "engine")]
mod written {
    use serde::Serialize;

    use crate::wire::{Across, Report};
    use crate::{csv, engine};

    /// What one document, or what stands between some, adds to the report and to the table of findings.
    pub struct Piece {
        /// Its JSON, as it stands in the report; empty where it adds nothing.
        pub json: String,
        /// Its rows.
        pub csv: String,
    }

    /// The beginnings of the report and of the table of findings.
    ///
    /// # Errors
    /// None in practice: see [`Report::to_json`] and [`csv::write`].
    pub fn head() -> Result<Piece, String> {
        let nothing = engine::check(&[], &engine::Options::default(), &mut |_| {});
        let json = nothing.to_json().map_err(|it| it.to_string())?;
        let before = json.split("[]").next().unwrap_or_default();
        Ok(Piece { json: format!("{before}[\n"), csv: csv::head().map_err(|it| it.to_string())? })
    }

    /// The pieces of a report: one for each document, and one for what stands between them. `places` are the
    /// places of its documents among all of them.
    ///
    /// # Errors
    /// None in practice: see [`Report::to_json`] and [`csv::write`].
    pub fn of(report: &mut Report, places: &[u32]) -> Result<(Vec<Piece>, Piece), String> {
        let mut pieces = Vec::new();
        for document in &report.documents {
            let csv = csv::of_document(document).map_err(|it| it.to_string())?;
            pieces.push(Piece { json: indented(document)?, csv });
        }
        let csv = csv::of_across(report).map_err(|it| it.to_string())?;
        report.across.iter_mut().for_each(|it| it.place(places));
        let json: Result<Vec<String>, String> = report.across.iter().map(indented::<Across>).collect();
        Ok((pieces, Piece { json: json?.join(super::BETWEEN), csv }))
    }

    /// As it stands two levels deep: no text holds a line break of its own in JSON.
    fn indented<T: Serialize>(part: &T) -> Result<String, String> {
        let json = serde_json::to_string_pretty(part).map_err(|it| it.to_string())?;
        Ok(format!("    {}", json.replace('\n', "\n    ")))
    }
}
