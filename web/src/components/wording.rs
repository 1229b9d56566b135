//! For whom findings are worded: the person who writes the plan, or the one who assures it.

use leptos::prelude::*;

use super::radios::Radios;

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
    let options = vec![
        (Reader::Planner, "The plan writer: what to do", "planner"),
        (Reader::Assurer, "The assurer: what to ask", "assurer"),
    ];
    view! { <Radios legend="Worded for" name=format!("{id}-wording") value=reader options/> }.into_any()
}
