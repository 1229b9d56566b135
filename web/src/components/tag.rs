//! A state as a tag: always its words, the colour only beside them.

use leptos::prelude::*;
use plancheck_api::wire::State;

use crate::format;

#[component]
pub(crate) fn Tag(state: State) -> impl IntoView {
    let class = match state {
        State::Met => "nhsuk-tag nhsuk-tag--green pc-tag",
        State::NotMet => "nhsuk-tag nhsuk-tag--red pc-tag",
        State::NeedsJudgement => "nhsuk-tag nhsuk-tag--yellow pc-tag",
        State::CouldNotCheck => "nhsuk-tag nhsuk-tag--grey pc-tag",
        State::DoesNotApply => "nhsuk-tag nhsuk-tag--white pc-tag",
    };
    view! { <strong class=class>{format::state(state)}</strong> }
}
