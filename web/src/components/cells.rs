//! Cells by name, each a way to the cell itself: the sheet, the range, and the part it plays.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{CellMark, CellPlace};

use super::long_list::{LongList, Stretch};
use crate::address::At;
use crate::goto::{Goto, Target};
use crate::print::on_paper;

/// The workbook that cells stand in which do not say it themselves, by its place in the report.
#[derive(Clone, Copy)]
pub(crate) struct Here(pub(crate) u32);

/// The files that cells across workbooks stand in, by their places in the report.
#[derive(Clone)]
pub(crate) struct FileNames(pub(crate) Arc<BTreeMap<u32, String>>);

/// Marks of one sheet and role: the document, the sheet, the role, and the ranges.
type Group = (Option<u32>, String, String, Vec<String>);

/// Marks gathered by sheet and role, in the order they come in.
fn gather(marks: Vec<CellMark>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for CellMark { document, sheet, range, role } in marks {
        match groups.iter_mut().find(|it| it.0 == document && it.1 == sheet && it.2 == role) {
            Some(group) => group.3.push(range),
            None => groups.push((document, sheet, role, vec![range])),
        }
    }
    groups
}

/// A list of cells, one entry for each sheet and role.
#[component]
pub(crate) fn Cells(marks: Vec<CellMark>) -> impl IntoView {
    let id = next_id("cells");
    let list = LongList {
        count: marks.len(),
        what: ("cell", "cells"),
        id: id.clone(),
        draw: Arc::new(move |range| {
            entries(marks.get(range.clone()).unwrap_or_default(), LongList::first_id(&id, range.start))
        }),
        entry: |rest| view! { <li>{rest}</li> }.into_any(),
    };
    view! { <ul class="pc-cells"><Stretch list/></ul> }
}

/// An entry for each sheet and role of these. `id` is that of the first.
fn entries(marks: &[CellMark], mut id: Option<String>) -> AnyView {
    gather(marks.to_vec())
        .into_iter()
        .map(|(document, sheet, role, ranges)| {
            let links = ranges
                .into_iter()
                .enumerate()
                .map(|(nth, range)| {
                    let sheet = sheet.clone();
                    view! { {(nth > 0).then_some(", ")}<CellLink document sheet range/> }
                })
                .collect_view();
            let id = id.take();
            view! {
                <li tabindex=id.is_some().then_some("-1") id=id>
                    <span class="pc-sheet">{sheet_name(document, &sheet)}</span>
                    ", "
                    {links}
                    {(!role.is_empty()).then(|| format!(" ({role})"))}
                </li>
            }
        })
        .collect_view()
        .into_any()
}

/// One cell, or a dash where a figure is a result and stands in no cell.
#[component]
pub(crate) fn Place(cell: Option<CellPlace>) -> impl IntoView {
    cell.map_or_else(
        || view! { <span class="pc-quiet">"worked out"</span> }.into_any(),
        |CellPlace { document, sheet, range }| {
            let name = sheet_name(document, &sheet);
            view! { <span class="pc-sheet">{name}</span>" "<CellLink document sheet range/> }.into_any()
        },
    )
}

/// The sheet as a reader of several workbooks knows it.
fn sheet_name(document: Option<u32>, sheet: &str) -> String {
    let file = document.and_then(|document| use_context::<FileNames>()?.0.get(&document).cloned());
    file.map_or_else(|| sheet.to_owned(), |file| format!("{file}: {sheet}"))
}

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An id that nothing else on the page has.
fn next_id(what: &str) -> String {
    LAST.with(|last| {
        last.set(last.get().wrapping_add(1));
        format!("{what}-{}", last.get())
    })
}

/// The address of a cell, as a link to it on the workbook's own sheet.
#[component]
pub(crate) fn CellLink(document: Option<u32>, sheet: String, range: String) -> impl IntoView {
    let document = document.or_else(|| use_context::<Here>().map(|Here(place)| place));
    let goto = use_context::<Goto>().filter(|_| !on_paper());
    let (Some(goto), Some(document), Some(at)) = (goto, document, At::read(&range)) else {
        return view! { <span class="pc-range">{range}</span> }.into_any();
    };
    let id = next_id("cell-link");
    let from = id.clone();
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        goto.cell(&from, Target { document, sheet: sheet.clone(), at });
    };
    view! { <a class="pc-range pc-cell-link" id=id href=format!("#sheets-of-{document}") on:click=go>{range}</a> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_one_sheet_and_role_stand_together_in_their_order() {
        let mark = |document, sheet: &str, range: &str| CellMark {
            document,
            sheet: sheet.to_owned(),
            range: range.to_owned(),
            role: "amount".to_owned(),
        };
        let marks = vec![
            mark(None, "4", "C9"),
            mark(None, "5", "O49"),
            mark(None, "4", "C2"),
            mark(Some(1), "4", "C3"),
        ];
        let ranges: Vec<_> = gather(marks).into_iter().map(|it| it.3.join(" ")).collect();
        assert_eq!(ranges, ["C9 C2", "O49", "C3"]);
    }
}
