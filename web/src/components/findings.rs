//! What is wrong, unusual or unreadable: filtered, sorted and worded as the reader chooses.

use leptos::prelude::*;
use plancheck_api::wire::Finding;

use super::filter::{Choice, Filter};
use super::finding::Card;
use super::wording::Wording;
use crate::format;
use crate::goto::Goto;

/// So many cards are shown at once: a page of thousands helps nobody and takes its time.
const AT_ONCE: usize = 100;

/// Fewer findings than these need no filter.
const FEW: usize = 4;

#[component]
pub(crate) fn Findings(
    findings: Vec<Finding>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let count = findings.len();
    let choice = RwSignal::new(Choice::default());
    let limit = RwSignal::new(AT_ONCE);
    let filter = (count > FEW).then(|| view! { <Filter findings=findings.clone() choice id=id.clone()/> });
    let findings = StoredValue::new(findings);
    let chosen = Memo::new(move |_| choice.with(|choice| findings.with_value(|all| choice.of(all))));
    bring_finding(&id, count, choice, limit, chosen);
    let announced = move || {
        let shown = chosen.with(Vec::len);
        let all = format::count(u32::try_from(count).unwrap_or(u32::MAX), "finding", "findings");
        if shown == count { all } else { format!("{shown} of {all}") }
    };
    let more = move || chosen.with(Vec::len).saturating_sub(limit.get());
    let cards = {
        let id = id.clone();
        move || groups(&findings, &chosen.get(), limit.get(), &choice.get_untracked(), &id)
    };
    view! {
        <div class="pc-findings-controls">
            {filter}
            <Wording id=id.clone()/>
            <p class="pc-findings-count" role="status">{announced}</p>
        </div>
        {cards}
        {move || {
            (more() > 0)
                .then(|| {
                    view! {
                        <p class="pc-more">
                            {format!("{} more are not shown yet. ", more())}
                            <button
                                type="button"
                                class="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
                                on:click=move |_| limit.update(|it| *it += AT_ONCE)
                            >
                                "Show more findings"
                            </button>
                        </p>
                    }
                })
        }}
    }
}

/// Shows a finding that somebody wants to see: one that the filter leaves out, or that has not been drawn yet.
fn bring_finding(
    id: &str,
    count: usize,
    choice: RwSignal<Choice>,
    limit: RwSignal<usize>,
    chosen: Memo<Vec<usize>>,
) {
    let Some(Goto { wanted_element, .. }) = use_context() else { return };
    let cards = format!("{id}-finding-");
    Effect::new(move |_| {
        let wanted = wanted_element.get();
        let Some(index) = wanted.and_then(|it| it.strip_prefix(&cards)?.parse::<usize>().ok()) else {
            return;
        };
        if !chosen.with_untracked(|it| it.contains(&index)) {
            choice.set(Choice::default());
        }
        let nth = chosen.with_untracked(|it| it.iter().position(|it| *it == index)).unwrap_or(count);
        // Cards that are drawn anew are others, to which Back does not lead.
        if limit.get_untracked() <= nth {
            limit.set(nth + 1);
        }
    });
}

/// The cards of these findings, under a heading wherever what they are sorted by changes.
fn groups(
    findings: &StoredValue<Vec<Finding>>,
    chosen: &[usize],
    limit: usize,
    choice: &Choice,
    id: &str,
) -> impl IntoView + use<> {
    findings.with_value(|all| {
        let mut groups: Vec<(String, Vec<AnyView>)> = Vec::new();
        for index in chosen.iter().copied().take(limit) {
            let Some(finding) = all.get(index) else { continue };
            let heading = choice.heading(finding);
            let card = view! { <Card finding=finding.clone() id=format!("{id}-finding-{index}")/> }.into_any();
            match groups.last_mut() {
                Some((last, cards)) if *last == heading => cards.push(card),
                _ => groups.push((heading, vec![card])),
            }
        }
        groups
            .into_iter()
            .map(|(heading, cards)| {
                let count = format::count(u32::try_from(cards.len()).unwrap_or(u32::MAX), "finding", "findings");
                view! {
                    <h4 class="nhsuk-heading-s pc-sheet-heading">{heading}<span class="pc-quiet">{format!(", {count}")}</span></h4>
                    {cards}
                }
            })
            .collect_view()
    })
}
