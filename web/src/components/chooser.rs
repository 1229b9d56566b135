//! Choosing a file: the enhanced file upload pattern of the NHS and GOV.UK kits, with the whole page as its
//! drop zone. The kit's own script would own these nodes; its behaviour is re-done here.

use leptos::html::{Button, Input};
use leptos::prelude::*;
use web_sys::{DragEvent, EventTarget, File};

use crate::files;
use crate::root;
use crate::stage::Trouble;

#[component]
pub(crate) fn Chooser(
    /// Where focus goes back to.
    button: NodeRef<Button>,
    /// Why what was chosen last was not checked.
    trouble: Signal<Option<String>>,
    /// The reader chose or dropped files, or tried to.
    #[prop(into)]
    given: Callback<Result<Vec<File>, Trouble>>,
    /// The reader asked for the sample.
    #[prop(into)]
    sample: Callback<()>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let (dragging, announcement) = drop_target(given);

    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let files = files::of_list(input.files());
        // So that choosing the same file again is a change again.
        input.set_value("");
        if !files.is_empty() {
            given.run(Ok(files));
        }
    };

    view! {
        <div class="pc-chooser" class:pc-chooser--dragging=dragging>
            <div class="nhsuk-form-group" class:nhsuk-form-group--error=move || trouble.with(Option::is_some)>
                <label class="nhsuk-label nhsuk-label--m" id="workbook-label" for="workbook">"Your planning workbook, capacity and demand workbook, or both"</label>
                <div class="nhsuk-hint" id="workbook-hint">
                    "Excel or OpenDocument workbook (.xlsx, .xlsm, .xlsb, .xls or .ods), up to 20 MB"
                </div>
                {move || {
                    trouble
                        .get()
                        .map(|what| {
                            view! {
                                <span class="nhsuk-error-message" id="workbook-error"><span class="nhsuk-u-visually-hidden">"Error: "</span>{what}</span>
                            }
                        })
                }}
                <input
                    node_ref=input
                    id="workbook-input"
                    type="file"
                    multiple
                    hidden
                    tabindex="-1"
                    aria-hidden="true"
                    accept=".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"
                    on:change=chosen
                />
                <div class="pc-chooser__row">
                    <button
                        node_ref=button
                        id="workbook"
                        type="button"
                        class="nhsuk-button pc-chooser__button"
                        // Otherwise the label alone would name it, and a voice user could not say what it shows.
                        aria-labelledby="workbook-label workbook"
                        aria-describedby=move || {
                            if trouble.with(Option::is_some) { "workbook-hint workbook-error workbook-privacy" } else { "workbook-hint workbook-privacy" }
                        }
                        on:click=choose
                    >"Choose a workbook"</button>
                    <span class="pc-chooser__or">{if root::is_page() { "or drop it anywhere on this page" } else { "or drop it here" }}</span>
                </div>
                <p class="pc-chooser__privacy" id="workbook-privacy">
                    "Your workbook is read in this browser. It is not uploaded. "
                    <a class="pc-chooser__how" href="#privacy">"How that is enforced"</a>
                </p>
            </div>
            <details class="nhsuk-details">
                <summary class="nhsuk-details__summary">
                    <span class="nhsuk-details__summary-text">"Comparing with published allocations"</span>
                </summary>
                <div class="nhsuk-details__text">
                    <p>
                        "To check that the pre-filled minimum contributions are unchanged, choose a table of the published allocations (.csv) \
                         together with the workbook. Its headings are board, year, stream and amount, for example:"
                    </p>
                    <pre class="pc-example">"board,year,stream,amount\nSefton,2022-23,DFG,4823370"</pre>
                </div>
            </details>
            <p class="pc-chooser__sample">
                "No workbook to hand? "
                <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=move |_| sample.run(())>
                    "Try it with a sample plan"
                </button>
            </p>
            <p class="nhsuk-u-visually-hidden" aria-live="assertive">{announcement}</p>
        </div>
    }
}

/// Makes the whole page a drop target. Gives whether files are held over it, and what to announce.
fn drop_target(given: Callback<Result<Vec<File>, Trouble>>) -> (RwSignal<bool>, RwSignal<&'static str>) {
    let dragging = RwSignal::new(false);
    let announcement = RwSignal::new("");
    // The next element is entered before the last one is left: what leaves the element entered last leaves
    // the page. (Safari names no related element, so that cannot be asked instead.)
    let entered = StoredValue::new_local(None::<EventTarget>);
    let carried = |event: &DragEvent| event.data_transfer().is_some_and(|transfer| files::carried(&transfer));

    let listeners = [
        root::listen("dragenter", move |event: DragEvent| {
            if !carried(&event) {
                return;
            }
            event.prevent_default();
            entered.set_value(event.target());
            if !dragging.get_untracked() {
                dragging.set(true);
                announcement.set("Entered drop zone. Drop to check the file.");
            }
        }),
        root::listen("dragleave", move |event: DragEvent| {
            if dragging.get_untracked() && entered.get_value() == event.target() {
                dragging.set(false);
                announcement.set("Left drop zone");
            }
        }),
        root::listen("dragover", move |event: DragEvent| {
            if carried(&event) {
                event.prevent_default();
            }
        }),
        root::listen("drop", move |event: DragEvent| {
            // Always, or the browser would leave this page to open what was dropped.
            event.prevent_default();
            dragging.set(false);
            announcement.set("");
            if let Some(transfer) = event.data_transfer() {
                given.run(files::of_drop(&transfer));
            }
        }),
    ];
    let listeners = StoredValue::new_local(listeners);
    on_cleanup(move || listeners.dispose());
    (dragging, announcement)
}
