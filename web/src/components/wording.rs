//! For whom findings are worded: the person who writes the plan, or the one who assures it.

use leptos::prelude::*;

/// Who reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Who writes the plan: what to do.
    #[default]
    Planner,
    /// Who assures it: what to ask.
    Assurer,
}

impl Reader {
    /// The heading over what a finding asks of this reader.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Reader::Planner => "What to do",
            Reader::Assurer => "What to ask",
        }
    }
}

/// Where every finding on the page finds its reader: one choice for all of them.
#[derive(Clone, Copy)]
pub(crate) struct ReadBy(pub(crate) RwSignal<Reader>);

/// The reader chosen.
pub(crate) fn reader() -> Signal<Reader> {
    use_context::<ReadBy>().map_or_else(|| Signal::stored(Reader::default()), |ReadBy(reader)| reader.into())
}

/// The switch.
#[component]
pub(crate) fn Wording(
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let Some(ReadBy(reader)) = use_context::<ReadBy>() else { return ().into_any() };
    let choice = move |value: Reader, label: &'static str, key: &'static str| {
        let input = format!("{id}-wording-{key}");
        view! {
            <div class="nhsuk-radios__item">
                <input
                    class="nhsuk-radios__input"
                    id=input.clone()
                    name=format!("{id}-wording")
                    type="radio"
                    value=key
                    prop:checked=move || reader.get() == value
                    on:change=move |_| reader.set(value)
                />
                <label class="nhsuk-label nhsuk-radios__label" for=input>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="nhsuk-fieldset pc-wording">
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">"Worded for"</legend>
            <div class="nhsuk-radios nhsuk-radios--inline nhsuk-radios--small">
                {choice(Reader::Planner, "The plan writer: what to do", "planner")}
                {choice(Reader::Assurer, "The assurer: what to ask", "assurer")}
            </div>
        </fieldset>
    }
    .into_any()
}
