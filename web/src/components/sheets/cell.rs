//! A cell of a sheet: what it holds, and what is marked on it.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::sheets::Holds;
use plancheck_api::wire::{State, Total};

use super::Lens;
use super::grid::{cell_id, left_of};
use super::look::Look;
use super::marks::Mark;
use super::row::{Shared, Slot, is_figure};
use crate::format::{self, WORST_FIRST};
use crate::goto::Goto;

pub(super) fn cell(slot: Slot, shared: &Arc<Shared>) -> impl IntoView + use<> {
    let Slot { at, cell, colspan, rowspan, clipped } = slot;
    let found: Vec<Mark> = shared.on.found.get(&at).cloned().unwrap_or_default();
    let read = shared.on.read.contains(&at);
    let total = shared.on.totals.get(&at).cloned();
    let id = cell_id(&shared.id, shared.sheet, at);
    let filled = !cell.text.is_empty();
    let lens = shared.lens;
    let style = shared.style(cell.style);
    // What is marked is read whole, and a figure that is cut off is another figure.
    let marked = !found.is_empty() || total.is_some();
    let whole = style.wrap || is_figure(&cell) || (clipped && marked);
    let mut class = "pc-cell".to_owned();
    match worst(&found) {
        Some(State::NotMet) => class.push_str(" pc-cell--not-met"),
        Some(State::NeedsJudgement) => class.push_str(" pc-cell--judgement"),
        Some(State::CouldNotCheck | State::Met | State::DoesNotApply) => {
            class.push_str(" pc-cell--unchecked")
        }
        None => {}
    }
    if whole {
        class.push_str(" pc-cell--whole");
    } else if clipped {
        class.push_str(" pc-cell--clipped");
    } else if filled {
        class.push_str(" pc-cell--filled");
    }
    // What that looks like depends on the lens, which the grid says: there are too many cells for each to listen.
    if read {
        class.push_str(" pc-cell--read");
    } else if filled {
        class.push_str(" pc-cell--unread");
    }
    let noted = cell.note.is_some();
    let note = cell.note.clone().map(|note| {
        view! { <span class="pc-cell__note" title=note.clone()><span class="nhsuk-u-visually-hidden">{format!("Comment: {note}")}</span></span> }
    });
    let codes = (!found.is_empty()).then(|| codes(&found, &id));
    let sign = read.then_some(move || {
        (lens.get() == Lens::Checked).then(|| {
            view! { <span class="pc-cell__sign"><span class="nhsuk-u-visually-hidden">"Read by a check. "</span></span> }
        })
    });
    let beside = total.map(|total| move || (lens.get() == Lens::Totals).then(|| ours(&total)));
    let unsaved = (cell.formula && cell.holds == Holds::Nothing).then(|| {
        view! { <span class="pc-quiet">"formula without a value"</span> }
    });
    // The rows above those that scroll keep their titles, which go on over the columns beside them.
    let pinned = at.row + 1 >= shared.head.frozen_rows && at.col + colspan <= shared.head.frozen_cols;
    if pinned {
        class.push_str(" pc-cell--pinned");
    }
    let span = |count: u32| (count > 1).then(|| count.to_string());
    let look = Look::of(&style, cell.holds);
    view! {
        <td
            class=class
            id=id.clone()
            tabindex=(!found.is_empty() || read || noted).then_some("-1")
            colspan=span(colspan)
            rowspan=span(rowspan)
            style:left=pinned.then(|| left_of(at.col))
            style:background-color=look.fill
            style:color=look.colour
            style:font-weight=look.bold
            style:font-style=look.italic
            style:text-decoration=look.line
            style:font-size=look.size
            style:text-align=look.align
            style:vertical-align=look.vertical
            style:padding-left=look.indent
            style:border-width=look.borders
        >
            {codes}
            {sign}
            {cell.text}
            {unsaved}
            {note}
            {beside}
        </td>
    }
}

/// The worst state of what was found at a cell, if anything was.
fn worst(found: &[Mark]) -> Option<State> {
    WORST_FIRST.into_iter().find(|state| found.iter().any(|it| it.state == *state))
}

/// The code of each rule that found something here, as a way to the finding, in lines of their own.
fn codes(found: &[Mark], cell: &str) -> impl IntoView + use<> {
    let goto = use_context::<Goto>();
    let links = found
        .iter()
        .map(|mark| {
            let (from, target) = (cell.to_owned(), mark.card.clone());
            let go = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                if let Some(goto) = goto {
                    goto.element(&from, &target);
                }
            };
            view! {
                <a class="pc-code" href=format!("#{}", mark.card) on:click=go>
                    {mark.rule.clone()}
                    <span class="nhsuk-u-visually-hidden">{format!(" {}: {}. ", format::state(mark.state), mark.title)}</span>
                </a>
            }
        })
        .collect_view();
    view! { <span class="pc-codes">{links}</span> }
}

/// Our figure, as the page writes it.
pub(super) fn printed(total: &Total) -> String {
    let print = |value: &String| format::in_unit(total.unit, value);
    total.recomputed.as_ref().map_or_else(|| "not known".to_owned(), print)
}

/// Our figure under the workbook's.
fn ours(total: &Total) -> impl IntoView + use<> {
    let (sign, class, said) = match total.agrees {
        Some(true) => ("= ", "pc-ours", "Worked out from the inputs, the same: "),
        Some(false) => ("≠ ", "pc-ours pc-ours--differs", "Worked out from the inputs, different: "),
        None => ("? ", "pc-ours", "Worked out from the inputs: "),
    };
    let typed = (!total.formula).then_some(" (typed, no formula)");
    view! {
        <span class=class>
            <span aria-hidden="true">{sign}</span>
            <span class="nhsuk-u-visually-hidden">{said}</span>
            {printed(total)}
            {typed}
        </span>
    }
}
