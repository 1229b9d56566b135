//! The condition ledger: each condition, whether it is met, and by how much.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Condition, Document, State};

use super::cells::Cells;
use super::figures::Figures;
use super::sum::Sum;
use super::tag::Tag;
use crate::format;

#[component]
pub(crate) fn Ledger(
    document: Arc<Document>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let entries = document
        .conditions
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, condition)| view! { <Entry condition id=format!("{id}-condition-{index}")/> })
        .collect_view();
    view! { <div class="pc-ledger">{entries}</div> }
}

#[component]
pub(crate) fn Entry(
    condition: Condition,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let Condition {
        rule,
        title,
        condition,
        requirement,
        state,
        sentence,
        required,
        planned,
        headroom,
        headroom_percent,
        declared,
        sum,
        cells,
    } = condition;
    let bearing = [condition, requirement, Some(rule)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let sum_title = planned.as_ref().map_or_else(
        || "How this is worked out".to_owned(),
        |planned| format!("How {} is made up", format::pounds(planned)),
    );
    let headroom = headroom.map(|headroom| {
        let rate = headroom_percent.map(|rate| format!(" ({})", format::percent(&rate))).unwrap_or_default();
        format!("{}{rate}", format::pounds(&headroom))
    });
    let figures = vec![
        ("Required", required.as_deref().map(format::pounds)),
        ("Planned", planned.as_deref().map(format::pounds)),
        ("Headroom", headroom),
        ("The plan’s own answer", declared),
    ];
    view! {
        <article class=card_class(state) aria-labelledby=id>
            <div class="pc-card__head">
                <h4 class="pc-card__title" id=id.clone()>{title}</h4>
                <Tag state/>
            </div>
            <p class="pc-card__bearing">{bearing}</p>
            <p class="pc-card__sentence">{sentence}</p>
            <Figures pairs=figures/>
            {(!sum.is_empty()).then(|| view! { <Sum title=sum_title id=format!("{id}-sum") under=id.clone() terms=sum/> })}
            {(!cells.is_empty())
                .then(|| view! { <div class="pc-card__cells"><p class="pc-card__label">"Cells"</p><Cells marks=cells/></div> })}
        </article>
    }
}

/// The card of something in this state: the bar at its side has the colour of the tag.
pub(crate) fn card_class(state: State) -> &'static str {
    match state {
        State::Met => "pc-card pc-card--met",
        State::NotMet => "pc-card pc-card--not-met",
        State::NeedsJudgement => "pc-card pc-card--judgement",
        State::CouldNotCheck | State::DoesNotApply => "pc-card",
    }
}
