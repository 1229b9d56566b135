//! OpenDocument spreadsheets that ask for more than they should.

use super::Specimen;
use crate::layout::planning_2022_23::lay_out;
use crate::plans;
use crate::write::{member, ods, replace_member};

pub(super) fn all() -> Vec<Specimen> {
    vec![
        Specimen::refused(
            "ods-rows",
            "an .ods file with one row that stands for a million",
            "too-large",
            || row("table:number-rows-repeated=\"1000000\"", "table:number-columns-repeated=\"100\"", "x"),
        ),
        Specimen::refused(
            "ods-columns",
            "an .ods file with a text of 500 KB in 16,384 cells",
            "too-large",
            || row("", "table:number-columns-repeated=\"16384\"", &"x".repeat(500_000)),
        ),
        Specimen::refused(
            "ods-spaces",
            "an .ods file with two billion spaces in a cell",
            "too-large",
            || row("", "", "<text:s text:c=\"2000000000\"/>"),
        ),
        Specimen::refused("ods-cut", "an .ods file that ends inside a table", "damaged", || {
            let bytes = ods(&lay_out(&plans::exampleshire()));
            let content = member(&bytes, "content.xml");
            let cut = content.rfind("</table:table-row>").unwrap();
            replace_member(&bytes, "content.xml", &content[..cut])
        }),
    ]
}

/// The small plan with a row of one cell more on its first sheet.
fn row(row: &str, cell: &str, text: &str) -> Vec<u8> {
    let bytes = ods(&lay_out(&plans::exampleshire()));
    let content = member(&bytes, "content.xml");
    let more = format!(
        "<table:table-row {row}><table:table-cell {cell} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
    );
    replace_member(&bytes, "content.xml", content.replacen("</table:table>", &more, 1))
}
