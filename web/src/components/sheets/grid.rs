//! One sheet as a table. Rows are asked for as the reader comes near them.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use plancheck_api::protocol::{Answer, Ask};
use plancheck_api::sheets::{SheetHead, SheetRows};
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::Lens;
use super::marks::Marks;
use super::row::{self, Row, Shared};
use crate::address::{At, column};
use crate::desk::Desk;
use crate::format;
use crate::goto::{self, Goto};

/// So many rows are asked for at a time.
const BLOCK: u32 = 50;
/// More rows than these are not shown, however many a sheet has. Nor more columns.
const MOST_ROWS: u32 = 20_000;
const MOST_COLS: u32 = 120;
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
    let shared = Arc::new(Shared::new(&head, head.cols.min(MOST_COLS), place, sheet, marks, lens, &id));
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
                let _ = blocks.try_update(|it| it.insert(block, Arc::new(rows)));
            }
        });
    };
    for block in 0..2.min(rows.div_ceil(BLOCK)) {
        ask(block);
    }
    let scroller = NodeRef::<Div>::new();
    watch_blocks(scroller, ask);
    bring_target(&head.name, place, sheet, rows, blocks, ask, &id);

    let body = (0..rows.div_ceil(BLOCK))
        .map(|block| {
            let shared = shared.clone();
            let last = rows.min((block + 1) * BLOCK);
            move || match blocks.with(|it| it.get(&block).cloned()) {
                Some(rows) => loaded(&rows, last, &shared).into_any(),
                None => waiting(block, last, &shared, ask).into_any(),
            }
        })
        .collect_view();
    let widths = (0..shared.cols)
        .map(|col| view! { <col style:width=format!("{}px", shared.width(col))/> })
        .collect_view();
    let letters = (0..shared.cols)
        .map(|col| {
            let class = if shared.is_hidden_col(col) { "pc-grid__hidden" } else { "" };
            view! { <th scope="col" class=class>{column(col)}</th> }
        })
        .collect_view();
    let total: u32 = (0..shared.cols).map(|col| shared.width(col)).sum::<u32>() + 56;
    // Where several workbooks are shown, each has sheets of the same names.
    let caption = format!("Sheet {} of {file}", head.name);
    view! {
        <div role="tabpanel" id=format!("{id}-panel") aria-labelledby=format!("{id}-tab-{sheet}")>
            <Found shared=shared.clone() name=head.name.clone()/>
            <div class="pc-grid" node_ref=scroller role="region" tabindex="0" aria-label=caption.clone()>
                <table class="pc-grid__table" class:pc-grid__table--lines=head.grid style:width=format!("{total}px")>
                    <caption class="nhsuk-u-visually-hidden">{caption.clone()}</caption>
                    <colgroup><col class="pc-grid__numbers"/>{widths}</colgroup>
                    <thead><tr><td class="pc-grid__corner"></td>{letters}</tr></thead>
                    {body}
                </table>
            </div>
            {left_out(&head)}
        </div>
    }
}

/// What of a sheet is not shown.
fn left_out(head: &SheetHead) -> impl IntoView + use<> {
    let rows = (head.rows > MOST_ROWS).then(|| {
        format!(
            "Rows after {} are not shown; there are {}.",
            format::figure(&MOST_ROWS.to_string()),
            format::figure(&head.rows.to_string())
        )
    });
    let cols =
        (head.cols > MOST_COLS).then(|| format!("Columns after {} are not shown.", column(MOST_COLS - 1)));
    [rows, cols].into_iter().flatten().map(|it| view! { <div class="nhsuk-hint">{it}</div> }).collect_view()
}

/// A block that has come.
fn loaded(rows: &SheetRows, last: u32, shared: &Arc<Shared>) -> impl IntoView + use<> {
    let rows = row::laid_out(rows, last, shared)
        .into_iter()
        .map(|row| view! { <Row row shared=shared.clone()/> })
        .collect_view();
    view! { <tbody>{rows}</tbody> }
}

/// A block that has not: as high as its rows, with a button for those who do not scroll.
fn waiting<A: Fn(u32) + Copy + 'static>(
    block: u32,
    last: u32,
    shared: &Arc<Shared>,
    ask: A,
) -> impl IntoView + use<A> {
    let first = block * BLOCK;
    let height: u32 = (first..last).map(|row| shared.height(row)).sum();
    view! {
        <tbody class="pc-grid__waiting" data-block=block.to_string()>
            <tr style:height=format!("{height}px")>
                <td colspan=(shared.cols + 1).to_string()>
                    <button type="button" class="pc-grid__more" on:click=move |_| ask(block)>
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

/// Takes the reader to the cell that is wanted, once its rows have come.
fn bring_target(
    name: &str,
    place: u32,
    sheet: usize,
    rows: u32,
    blocks: Blocks,
    ask: impl Fn(u32) + Copy + 'static,
    id: &str,
) {
    let Some(Goto { wanted_cell: target, .. }) = use_context() else { return };
    let (name, id) = (name.to_owned(), id.to_owned());
    Effect::new(move |_| {
        let Some(wanted) = target.get().filter(|it| it.document == place && it.sheet == name) else { return };
        let block = wanted.at.row.min(rows.saturating_sub(1)) / BLOCK;
        if blocks.with(|it| it.contains_key(&block)) {
            goto::focus_on(&cell_id(&id, sheet, wanted.at));
            // Served: opening the sheet again must not come back here.
            target.set(None);
        } else {
            ask(block);
        }
    });
}

/// The id of a cell's element.
pub(super) fn cell_id(id: &str, sheet: usize, at: At) -> String {
    format!("{id}-sheet-{sheet}-{}{}", column(at.col), at.row + 1)
}

/// From finding to finding on this sheet.
#[component]
fn Found(shared: Arc<Shared>, name: String) -> impl IntoView {
    let found = shared.marks.on(&name).map(|it| steps(&it.first)).unwrap_or_default();
    let Some(goto) = use_context::<Goto>().filter(|_| !found.is_empty()) else {
        return view! { <p class="pc-found">"Nothing was found on this sheet."</p> }.into_any();
    };
    let count = found.len();
    let findings: usize = found.iter().map(|it| it.1).sum();
    let ordinals: Vec<String> = ordinals(&found);
    let now = RwSignal::new(None::<usize>);
    let from = format!("{}-found-{}", shared.id, shared.sheet);
    let step = {
        let (name, place, from) = (name.clone(), shared.place, from.clone());
        move |to: usize| {
            let Some((at, _)) = found.get(to) else { return };
            now.set(Some(to));
            goto.cell(&from, goto::Target { document: place, sheet: name.clone(), at: *at });
        }
    };
    let step = StoredValue::new(step);
    let next = move |_| step.with_value(|step| step(now.get_untracked().map_or(0, |it| (it + 1) % count)));
    let previous = move |_| {
        step.with_value(|step| step(now.get_untracked().map_or(count - 1, |it| (it + count - 1) % count)))
    };
    let many = format::count(u32::try_from(findings).unwrap_or(u32::MAX), "finding", "findings");
    let line = move || match now.get().and_then(|now| ordinals.get(now)) {
        None => format!("{many} on this sheet"),
        Some(ordinal) => format!("{ordinal} of {findings} on this sheet"),
    };
    view! {
        <div class="pc-found" id=from tabindex="-1">
            <p class="pc-found__line" role="status">{line}</p>
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=previous>"Previous finding"</button>
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=next>"Next finding"</button>
        </div>
    }
    .into_any()
}

/// The cells that findings lead to, in the order of the sheet, and how many lead to each.
fn steps(first: &[(usize, At)]) -> Vec<(At, usize)> {
    let mut counts: BTreeMap<At, usize> = BTreeMap::new();
    for (_, at) in first {
        *counts.entry(*at).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// "Finding 1", "Findings 2 to 4": what stands at each step.
fn ordinals(steps: &[(At, usize)]) -> Vec<String> {
    let mut before = 0;
    let ordinal = |(_, many): &(At, usize)| {
        let first = before + 1;
        before += many;
        if *many == 1 { format!("Finding {first}") } else { format!("Findings {first} to {before}") }
    };
    steps.iter().map(ordinal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_at_one_cell_are_one_step_and_steps_go_down_the_sheet() {
        let at = |range| At::read(range).unwrap();
        let steps = steps(&[(0, at("C20")), (3, at("D4")), (4, at("C20")), (7, at("B20"))]);
        assert_eq!(steps, [(at("D4"), 1), (at("B20"), 1), (at("C20"), 2)]);
        assert_eq!(ordinals(&steps), ["Finding 1", "Finding 2", "Findings 3 to 4"]);
    }
}
