//! The verdict: the worst state there is, and how many checks ended in each of the five.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, RuleOutcome, State};

use super::findings::card_id;
use super::tag::Tag;
use crate::format::{self, WORST_FIRST};
use crate::goto::Goto;
use crate::print::on_paper;

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
    let entries = WORST_FIRST
        .into_iter()
        .map(|state| {
            let count = format::in_state(counts, state);
            view! { <li class="pc-counts__entry"><span class="pc-counts__number">{count}</span>" "<Tag state/></li> }
        })
        .collect_view();
    let not_met = document
        .rules
        .iter()
        .filter(|it| it.state == State::NotMet)
        .map(|rule| view! { <li><NotMet document=document.clone() rule=rule.clone() id=id.clone()/></li> })
        .collect_view();
    let not_met = (!not_met.is_empty())
        .then(|| view! { <ul class="nhsuk-list pc-banner__not-met" aria-label="Not met">{not_met}</ul> });
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
                {not_met}
                <ul class="pc-counts" aria-label="Checks in each state">{entries}</ul>
            </div>
        </div>
    }
}

/// A check that is not met, and the way to the first of what it found.
#[component]
fn NotMet(
    document: Arc<Document>,
    rule: RuleOutcome,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let name = format!("{} {}", rule.rule, format::rule_name(&rule.name));
    let first = document.findings.iter().position(|it| it.rule == rule.rule);
    let (Some(first), Some(goto)) = (first, use_context::<Goto>().filter(|_| !on_paper())) else {
        return name.into_any();
    };
    let (from, card) = (format!("{id}-not-met-{}", rule.rule), card_id(&id, first));
    let href = format!("#{card}");
    let go = {
        let from = from.clone();
        move |event: web_sys::MouseEvent| {
            event.prevent_default();
            goto.element(&from, &card);
        }
    };
    view! { <a id=from href=href on:click=go>{name}</a> }.into_any()
}
