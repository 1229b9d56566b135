//! A report in pieces: what each of many workbooks adds to the report and to the table of findings.
//!
//! A report of a hundred plans is never held as a whole by what checks them. Each piece is written where its
//! workbook was checked, and the pieces are put together when somebody wants the whole. Until then they are kept, so
//! they have no indents: those are half of a report.

use serde::Serialize;

use crate::wire::Report;
use crate::{csv, engine};

/// What one document, or what stands between some, adds to the report and to the table of findings.
pub struct Piece {
    /// Its JSON: a document, or a list of what stands between documents.
    pub json: String,
    /// Its rows.
    pub csv: String,
}

/// A report on nothing, to put the others into, and the beginning of the table of findings.
///
/// # Errors
/// None in practice: see [`Report::to_json`] and [`csv::write`].
pub fn head() -> Result<Piece, String> {
    let nothing = engine::check(&[], &engine::Options::default(), &mut |_| {});
    Ok(Piece { json: short(&nothing)?, csv: csv::head().map_err(|it| it.to_string())? })
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
        pieces.push(Piece { json: short(document)?, csv });
    }
    let csv = csv::of_across(report).map_err(|it| it.to_string())?;
    report.across.iter_mut().for_each(|it| it.place(places));
    Ok((pieces, Piece { json: short(&report.across)?, csv }))
}

fn short<T: Serialize>(part: &T) -> Result<String, String> {
    serde_json::to_string(part).map_err(|it| it.to_string())
}
