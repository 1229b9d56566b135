//! One sheet as a table. Rows are asked for as the reader comes near them.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use plancheck_api::protocol::{Answer, Ask};
use plancheck_api::sheets::{SheetHead, SheetRows};
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, KeyboardEvent,
    ScrollLogicalPosition,
};

use super::Lens;
use super::found::{Found, Steps, Way};
use super::marks::Marks;
use super::notes::Notes;
use super::row::{self, Row, Shared};
use crate::address::{At, column};
use crate::desk::Desk;
use crate::format;
use crate::goto::{self, Goto};
use crate::root;

/// So many rows are asked for and drawn at a time: more would hold up the scrolling.
pub(super) const BLOCK: u32 = 20;
/// So many of these are asked for before anybody scrolls.
const AT_FIRST: u32 = 3;
/// More rows than these are not shown, however many a sheet has. Nor more columns.
const MOST_ROWS: u32 = 20_000;
const MOST_COLS: u32 = 120;
/// The width of the column of row numbers, in pixels.
pub(super) const NUMBERS: u32 = 56;
/// How far below or above what is seen rows are asked for.
const NEAR: &str = "800px 0px";

/// The blocks of a sheet that have come, by their numbers.
type Blocks = RwSignal<BTreeMap<u32, Arc<SheetRows>>>;

#[component]
pub(super) fn Grid(
    head: Arc<SheetHead>,
    /// Its place among the sheets.
    sheet: usize,
    /// The workbook's place in the report.
    place: u32,
    /// The workbook's name.
    file: String,
    marks: Arc<Marks>,
    lens: RwSignal<Lens>,
    id: String,
) -> impl IntoView {
    let blocks: Blocks = RwSignal::default();
    let rows = head.rows.min(MOST_ROWS);
    let on = marks.on(&head.name).cloned().unwrap_or_default();
    let cols = head.cols.min(MOST_COLS);
    let shared = Arc::new(Shared::new(&head, (rows, cols), place, sheet, &on, lens, &id));
    let room = StoredValue::new(shared.clone());
    let desk = use_context::<Desk>();
    let ask = move |block: u32| {
        let Some(desk) = desk.filter(|_| blocks.with_untracked(|it| !it.contains_key(&block))) else {
            return;
        };
        let what = Ask::Rows {
            document: place,
            sheet: u32::try_from(sheet).unwrap_or(u32::MAX),
            first: block * BLOCK,
            count: BLOCK.min(rows.saturating_sub(block * BLOCK)),
        };
        desk.ask(what, move |answer, _| {
            if let Answer::Rows(rows) = answer {
                // Another sheet may have been opened meanwhile.
                let head = room.try_with_value(|shared| {
                    shared.make_room(&rows);
                    has_focus(block, &shared.id).then(|| shared.row_id(rows.first))
                });
                let _ = blocks.try_update(|it| it.insert(block, Arc::new(rows)));
                // The button that had the focus is gone with what it stood for.
                if let Some(head) = head.flatten() {
                    goto::focus_on(&head);
                }
            }
        });
    };
    for block in 0..AT_FIRST.min(rows.div_ceil(BLOCK)) {
        ask(block);
    }
    let scroller = NodeRef::<Div>::new();
    watch_blocks(scroller, ask);
    bring_target(&shared, rows, blocks, ask);
    pin_columns(scroller, &shared);
    let steps = Steps::new(&shared);
    let keys = move |event: KeyboardEvent| {
        let way = match event.key().as_str() {
            "n" | "N" => Way::On,
            "p" | "P" => Way::Back,
            _ => return,
        };
        if !(event.ctrl_key() || event.alt_key() || event.meta_key()) {
            event.prevent_default();
            steps.go(way);
        }
    };

    let body = (0..rows.div_ceil(BLOCK))
        .map(|block| {
            let shared = shared.clone();
            let last = rows.min((block + 1) * BLOCK);
            // Each block by itself: when one comes, those that are there stay as they are, and so does the focus.
            let came = Memo::new_with_compare(move |_| blocks.with(|it| it.get(&block).cloned()), is_other);
            move || match came.get() {
                Some(rows) => loaded(&rows, last, &shared).into_any(),
                None => waiting(block, last, &shared, ask).into_any(),
            }
        })
        .collect_view();
    let widths = (0..shared.cols)
        .map(|col| {
            let shared = shared.clone();
            view! { <col style:width=move || format!("{}px", shared.width(col))/> }
        })
        .collect_view();
    let letters = (0..shared.cols)
        .map(|col| {
            let hidden = shared.is_hidden_col(col);
            let pinned = col < shared.head.frozen_cols;
            view! { <th scope="col" class:pc-grid__hidden=hidden class:pc-grid__pinned=pinned style:left=pinned.then(|| left_of(col))>{column(col)}{hidden.then_some(" (hidden)")}</th> }
        })
        .collect_view();
    let total = {
        let shared = shared.clone();
        Memo::new(move |_| {
            format!("{}px", (0..shared.cols).map(|col| shared.width(col)).sum::<u32>() + NUMBERS)
        })
    };
    let read = match (on.read.len(), head.filled) {
        (0, _) => "No cell of this sheet was read by a check.".to_owned(),
        (read, filled) => format!(
            "{} on this sheet {} read by at least one check. {} on it {} filled.",
            format::count(read, "cell", "cells"),
            if read == 1 { "was" } else { "were" },
            format::sentence_case(&format::count(filled, "cell", "cells")),
            if filled == 1 { "is" } else { "are" },
        ),
    };
    // Where several workbooks are shown, each has sheets of the same names.
    let caption = format!("Sheet {} of {file}", head.name);
    view! {
        <div role="tabpanel" id=format!("{id}-panel") aria-labelledby=format!("{id}-tab-{sheet}")>
            <Found steps/>
            {move || (lens.get() == Lens::Checked).then(|| view! { <p class="pc-read">{read.clone()}</p> })}
            <div
                class="pc-grid"
                class:pc-grid--frozen=shared.frozen_row().is_some()
                class:pc-grid--checked=move || lens.get() == Lens::Checked
                node_ref=scroller
                role="region"
                tabindex="0"
                aria-label=caption.clone()
                style:--pc-table=total
                on:keydown=keys
            >
                <table class="pc-grid__table" class:pc-grid__table--lines=head.grid style:width=total>
                    <caption class="nhsuk-u-visually-hidden">{caption.clone()}</caption>
                    <colgroup><col class="pc-grid__numbers"/>{widths}</colgroup>
                    <thead><tr><td class="pc-grid__corner"></td>{letters}</tr></thead>
                    {body}
                </table>
            </div>
            {left_out(&head, &shared.id, shared.sheet)}
            <Notes head=head.clone() place/>
        </div>
    }
}

/// What of a sheet is not shown.
fn left_out(head: &SheetHead, id: &str, sheet: usize) -> impl IntoView + use<> {
    let rows = (head.rows > MOST_ROWS).then(|| {
        format!(
            "Rows after {} are not shown; there are {}.",
            format::figure(&MOST_ROWS.to_string()),
            format::figure(&head.rows.to_string())
        )
    });
    let cols =
        (head.cols > MOST_COLS).then(|| format!("Columns after {} are not shown.", column(MOST_COLS - 1)));
    let said: Vec<String> = [rows, cols].into_iter().flatten().collect();
    (!said.is_empty()).then(
        || view! { <div class="nhsuk-hint" id=left_out_id(id, sheet) tabindex="-1">{said.join(" ")}</div> },
    )
}

/// Whether a block is another than it was, or one where there was none.
fn is_other(was: Option<&Option<Arc<SheetRows>>>, is: Option<&Option<Arc<SheetRows>>>) -> bool {
    match (was, is) {
        (Some(Some(was)), Some(Some(is))) => !Arc::ptr_eq(was, is),
        (Some(None), Some(None)) => false,
        _ => true,
    }
}

/// A block that has come.
fn loaded(rows: &SheetRows, last: u32, shared: &Arc<Shared>) -> impl IntoView + use<> {
    let rows = row::laid_out(rows, last, shared)
        .into_iter()
        .map(|row| view! { <Row row shared=shared.clone()/> })
        .collect_view();
    view! { <tbody>{rows}</tbody> }
}

/// A block that has not: as high as its rows, with a button for those who do not scroll. Keys scroll to it, so
/// that Tab need not stop at each on its way past the sheet.
fn waiting<A: Fn(u32) + Copy + 'static>(
    block: u32,
    last: u32,
    shared: &Arc<Shared>,
    ask: A,
) -> impl IntoView + use<A> {
    let first = block * BLOCK;
    let height = shared.height_of(first, last);
    view! {
        <tbody class="pc-grid__waiting" data-block=block.to_string()>
            <tr style:height=format!("{height}px")>
                <td colspan=(shared.cols + 1).to_string()>
                    <button type="button" class="pc-grid__more" tabindex="-1" on:click=move |_| ask(block)>
                        {format!("Show rows {} to {last}", first + 1)}
                    </button>
                </td>
            </tr>
        </tbody>
    }
}

/// Asks for blocks that come near what is seen.
fn watch_blocks(scroller: NodeRef<Div>, ask: impl Fn(u32) + Copy + 'static) {
    Effect::new(move |_| {
        let Some(root) = scroller.get() else { return };
        let seen = Closure::<dyn FnMut(js_sys::Array, IntersectionObserver)>::new(
            move |entries: js_sys::Array, observer: IntersectionObserver| {
                for entry in entries.iter().filter_map(|it| it.dyn_into::<IntersectionObserverEntry>().ok()) {
                    if entry.is_intersecting() {
                        let target = entry.target();
                        observer.unobserve(&target);
                        if let Some(block) = target.get_attribute("data-block").and_then(|it| it.parse().ok())
                        {
                            ask(block);
                        }
                    }
                }
            },
        );
        let options = IntersectionObserverInit::new();
        options.set_root(Some(&root));
        options.set_root_margin(NEAR);
        let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options);
        if let (Ok(observer), Ok(blocks)) = (observer, root.query_selector_all("[data-block]")) {
            for nth in 0..blocks.length() {
                if let Some(block) = blocks.get(nth).and_then(|it| it.dyn_into::<Element>().ok()) {
                    observer.observe(&block);
                }
            }
            // The observer lives as long as the sheet is shown, and its listener with it.
            let keep = StoredValue::new_local((observer, seen));
            on_cleanup(move || keep.with_value(|it| it.0.disconnect()));
        }
    });
}

/// Where a column stays that stays in sight: a name for it, so that no cell need follow the widths of columns.
pub(super) fn left_of(col: u32) -> String {
    format!("var(--pc-left-{col}, auto)")
}

/// Keeps what those names stand for up to date.
fn pin_columns(scroller: NodeRef<Div>, shared: &Arc<Shared>) {
    let shared = shared.clone();
    Effect::new(move |_| {
        let Some(grid) = scroller.get() else { return };
        let style = web_sys::HtmlElement::style(&grid);
        for (col, left) in shared.lefts().into_iter().enumerate() {
            // Fails only for names that are no names.
            let _ = style.set_property(&format!("--pc-left-{col}"), &format!("{left}px"));
        }
        let _ = style.set_property("--pc-pinned", &format!("{}px", shared.pinned_width()));
    });
}

/// Whether the focus is in a block that has not come.
fn has_focus(block: u32, id: &str) -> bool {
    let within = format!("[id=\"{id}-panel\"] [data-block=\"{block}\"]");
    root::active().is_some_and(|it| it.closest(&within).ok().flatten().is_some())
}

/// Takes the reader to the cell that is wanted, once its rows have come.
fn bring_target(shared: &Arc<Shared>, rows: u32, blocks: Blocks, ask: impl Fn(u32) + Copy + 'static) {
    let Some(Goto { wanted_cell: target, .. }) = use_context() else { return };
    let shared = shared.clone();
    Effect::new(move |_| {
        let here = |it: &goto::Target| it.document == shared.place && it.sheet == shared.head.name;
        let Some(wanted) = target.get().filter(here) else { return };
        let at = shared.areas.shown_at(wanted.at);
        if at.row >= MOST_ROWS || at.col >= MOST_COLS {
            goto::focus_on(&left_out_id(&shared.id, shared.sheet));
            target.set(None);
            return;
        }
        let block = at.row.min(rows.saturating_sub(1)) / BLOCK;
        if blocks.with(|it| it.contains_key(&block)) {
            let id = cell_id(&shared.id, shared.sheet, at);
            goto::focus_on(&id);
            show_codes(id);
            // Served: opening the sheet again must not come back here.
            target.set(None);
        } else {
            ask(block);
        }
    });
}

/// Brings the codes of a cell into view, which may be wider than the window, after the cell itself.
fn show_codes(cell: String) {
    goto::soon(move || {
        let cell = root::by_id(&cell);
        if let Some(code) = cell.and_then(|it| it.query_selector(".pc-code").ok().flatten()) {
            goto::show(&code, ScrollLogicalPosition::Nearest);
        }
    });
}

/// The id of what is said of the cells that are not shown.
fn left_out_id(id: &str, sheet: usize) -> String {
    format!("{id}-sheet-{sheet}-left-out")
}

/// The id of a cell's element.
pub(super) fn cell_id(id: &str, sheet: usize, at: At) -> String {
    format!("{id}-sheet-{sheet}-{}", at.range())
}
