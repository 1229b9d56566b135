//! The verdict: the worst state there is, and how many checks ended in each of the five.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, State};

use super::tag::Tag;
use crate::format;

#[component]
pub(crate) fn Banner(
    document: Arc<Document>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let counts = &document.counts;
    // Green says "nothing more to look at", which one unchecked rule makes untrue.
    let all_met = document.verdict == State::Met && counts.could_not_check == 0;
    let class = match document.verdict {
        State::Met if all_met => "nhsuk-notification-banner nhsuk-notification-banner--success pc-banner",
        State::NotMet => "nhsuk-notification-banner pc-banner pc-banner--not-met",
        State::Met | State::NeedsJudgement | State::CouldNotCheck | State::DoesNotApply => {
            "nhsuk-notification-banner pc-banner"
        }
    };
    let entries = [
        (State::NotMet, counts.not_met),
        (State::CouldNotCheck, counts.could_not_check),
        (State::NeedsJudgement, counts.needs_judgement),
        (State::Met, counts.met),
        (State::DoesNotApply, counts.does_not_apply),
    ]
    .into_iter()
    .map(|(state, count)| view! { <li class="pc-counts__entry"><span class="pc-counts__number">{count}</span>" "<Tag state/></li> })
    .collect_view();
    let title_id = format!("{id}-verdict");
    // Several documents have a result each: a region is named after its own.
    let named_by = format!("{id}-heading {title_id}");
    view! {
        <div class=class role="region" aria-labelledby=named_by>
            <div class="nhsuk-notification-banner__header">
                <h3 class="nhsuk-notification-banner__title" id=title_id.clone()>"Result"</h3>
            </div>
            <div class="nhsuk-notification-banner__content">
                <p class="nhsuk-notification-banner__heading">{format::headline(&document)}</p>
                <ul class="pc-counts" aria-label="Checks in each state">{entries}</ul>
            </div>
        </div>
    }
}
