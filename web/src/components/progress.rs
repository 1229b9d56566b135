//! Where a running check has got to, and the way to stop it.

use leptos::prelude::*;

use crate::stage::Stage;

#[component]
pub(crate) fn Progress(
    #[prop(into)] stage: Signal<Stage>,
    /// The reader wants the check stopped.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    let busy = Memo::new(move |_| matches!(stage.get(), Stage::Working { line } if !line.is_empty()));
    let said = Memo::new(move |_| match stage.get() {
        Stage::Working { line } => line,
        Stage::Cancelled => "Check cancelled.".to_owned(),
        Stage::Idle | Stage::Done | Stage::Trouble(_) => String::new(),
    });
    view! {
        <div class="pc-progress" class:pc-progress--silent=move || said.with(String::is_empty)>
            // The live region stands from the start: one that is put in with its text is often not read out.
            <p class="pc-progress__line" role="status" id="status">{said}</p>
            <Show when=move || busy.get()>
                <button
                    type="button"
                    id="cancel"
                    class="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
                    on:click=move |_| cancel.run(())
                >"Cancel this check"</button>
            </Show>
        </div>
    }
}
