//! Cells by name: the sheet, the range, and the part it plays.

use leptos::prelude::*;
use plancheck_api::wire::{CellMark, CellPlace};

/// Marks gathered by sheet and role, in the order they come in: [(sheet, role, [range])].
fn gather(marks: Vec<CellMark>) -> Vec<(String, String, Vec<String>)> {
    let mut groups: Vec<(String, String, Vec<String>)> = Vec::new();
    for CellMark { sheet, range, role, .. } in marks {
        match groups.iter_mut().find(|group| group.0 == sheet && group.1 == role) {
            Some(group) => group.2.push(range),
            None => groups.push((sheet, role, vec![range])),
        }
    }
    groups
}

/// A list of cells, one entry for each sheet and role.
#[component]
pub(crate) fn Cells(marks: Vec<CellMark>) -> impl IntoView {
    let entries = gather(marks)
        .into_iter()
        .map(|(sheet, role, ranges)| {
            view! {
                <li>
                    <span class="pc-sheet">{sheet}</span>
                    ", "
                    <span class="pc-range">{ranges.join(", ")}</span>
                    {(!role.is_empty()).then(|| format!(" ({role})"))}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="pc-cells">{entries}</ul> }
}

/// One cell, or a dash where a figure is a result and stands in no cell.
#[component]
pub(crate) fn Place(cell: Option<CellPlace>) -> impl IntoView {
    cell.map_or_else(
        || view! { <span class="pc-quiet">"worked out"</span> }.into_any(),
        |CellPlace { sheet, range, .. }| {
            view! { <span class="pc-sheet">{sheet}</span>" "<span class="pc-range">{range}</span> }.into_any()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_one_sheet_and_role_stand_together_in_their_order() {
        let mark = |sheet: &str, range: &str, role: &str| CellMark {
            document: None,
            sheet: sheet.to_owned(),
            range: range.to_owned(),
            role: role.to_owned(),
        };
        let groups =
            gather(vec![mark("4", "C9", "amount"), mark("5", "O49", "amount"), mark("4", "C2", "amount")]);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].2, ["C9", "C2"]);
    }
}
