//! The workbook's own sheets, with what was found marked on its cells.

mod areas;
mod cell;
mod found;
mod grid;
mod look;
mod marks;
mod notes;
mod row;
mod tabs;
mod width;

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::protocol::{Answer, Ask};
use plancheck_api::sheets::Sheets as Heads;
use plancheck_api::wire::Document;

use crate::components::radios::Radios;
use crate::desk::Desk;
use crate::goto::{self, Goto};
use grid::Grid;
pub(crate) use marks::Joints;
use marks::Marks;
use tabs::Tabs;

/// What else is shown on the cells, besides what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lens {
    /// Nothing.
    #[default]
    Findings,
    /// Which cells the rules read.
    Checked,
    /// The workbook's totals beside ours.
    Totals,
}

#[component]
pub(crate) fn Sheets(
    document: Arc<Document>,
    /// Its place in the report, by which the engine knows it.
    place: u32,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let heads = RwSignal::new(None::<Result<Arc<Heads>, String>>);
    let joints = use_context::<Joints>().map(|Joints(all)| all.get_untracked()).unwrap_or_default();
    let joints: Vec<_> = joints.into_iter().map(|it| it.1).collect();
    let marks = StoredValue::new(Arc::new(Marks::of(&document, place, &id, &joints)));
    let file = document.file.clone();
    let open = RwSignal::new(0_usize);
    // To open what is open changes nothing: drawn anew, the cell that is to have the focus would be gone.
    let opened = Memo::new(move |_| open.get());
    let desk = use_context::<Desk>();
    let ask = move || {
        let Some(desk) = desk else { return };
        desk.ask(Ask::Sheets { document: place }, move |answer, _| {
            // The results may be gone by the time that the answer comes.
            let _ = heads.try_set(Some(match answer {
                Answer::Sheets(sheets) => {
                    let marked =
                        |marks: &Arc<Marks>| sheets.sheets.iter().position(|it| marks.count(&it.name) > 0);
                    if let Some(first) = marks.try_with_value(marked).flatten() {
                        let _ = open.try_set(first);
                    }
                    Ok(Arc::new(sheets))
                }
                Answer::Refused(why) => Err(why),
                Answer::Rows(_) | Answer::File => Err("The engine answered something else.".to_owned()),
            }));
        });
    };
    ask();
    let lens = RwSignal::new(Lens::default());
    // Whoever wants to see a cell gets its sheet opened.
    if let Some(Goto { wanted_cell: target, .. }) = use_context() {
        Effect::new(move |_| {
            let Some(target) = target.get().filter(|it| it.document == place) else { return };
            if let Some(Ok(heads)) = heads.get()
                && let Some(sheet) = heads.sheets.iter().position(|it| it.name == target.sheet)
            {
                open.set(sheet);
            }
        });
    }
    let anchor = format!("sheets-of-{place}");
    let again = {
        let anchor = anchor.clone();
        move |_| {
            heads.set(None);
            // What was pressed is gone with what it was for.
            goto::focus_on(&anchor);
            ask();
        }
    };
    view! {
        <div class="pc-sheets" id=anchor tabindex="-1">
            {move || match heads.get() {
                None => view! { <p role="status">"Reading the sheets…"</p> }.into_any(),
                Some(Err(why)) => {
                    view! {
                        <p role="status">"The sheets cannot be shown. "{why}</p>
                        <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=again.clone()>"Try again"</button>
                    }
                        .into_any()
                }
                Some(Ok(heads)) => {
                    let id = id.clone();
                    let panel = {
                        let (heads, id, file) = (heads.clone(), id.clone(), file.clone());
                        move || {
                            let sheet = opened.get();
                            let head = heads.sheets.get(sheet).cloned()?;
                            Some(view! { <Grid head=Arc::new(head) sheet place file=file.clone() marks=marks.get_value() lens id=id.clone()/> })
                        }
                    };
                    view! {
                        {heads.plain.clone().map(|plain| view! { <div class="nhsuk-hint">{plain}</div> })}
                        <Tabs heads=heads.clone() marks=marks.get_value() open id=id.clone()/>
                        <Lenses lens id=id.clone()/>
                        {panel}
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Which lens to look through.
#[component]
fn Lenses(lens: RwSignal<Lens>, id: String) -> impl IntoView {
    let options = vec![
        (Lens::Findings, "What was found", "found"),
        (Lens::Checked, "What was checked", "checked"),
        (Lens::Totals, "Totals against inputs", "totals"),
    ];
    let explained = move || match lens.get() {
        Lens::Findings => "Cells with a code were found by a check. Choose a code to read what was found.",
        Lens::Checked => {
            "Cells with a dot were read by at least one check. Cells that are filled and greyed were read by none."
        }
        Lens::Totals => {
            "Under each figure that the template computes stands the same worked out from the inputs: = where they agree, ≠ where they do not, ? where it could not be worked out."
        }
    };
    view! {
        <Radios legend="Show on the sheets" name=format!("{id}-lens") value=lens options/>
        <div class="nhsuk-hint pc-lenses__hint">{explained}</div>
    }
}
