//! What is wrong, unusual or unreadable: filtered, sorted and worded as the reader chooses.

use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, Finding};

use super::filter::{Choice, Filter};
use super::finding::Card;
use super::findings_table::{FindingsTable, line_id, of_line};
use super::radios::Radios;
use super::wording::Wording;
use crate::format;
use crate::goto::{Goto, focus_on};
use crate::stage::Joint;

/// So many cards are shown at once: a page of thousands helps nobody and takes its time.
const AT_ONCE: usize = 100;

/// Fewer findings than these need no filter.
const FEW: usize = 4;

/// Findings where they stand: there may be tens of thousands, and they are not copied.
#[derive(Clone)]
pub(crate) enum FindingsOf {
    /// In a document.
    Document(Arc<Document>),
    /// Across several.
    Joint(Arc<Joint>),
}

impl FindingsOf {
    pub(crate) fn all(&self) -> &[Finding] {
        match self {
            FindingsOf::Document(document) => &document.findings,
            FindingsOf::Joint(joint) => &joint.across.findings,
        }
    }
}

#[component]
pub(crate) fn Findings(
    findings: FindingsOf,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let count = findings.all().len();
    let choice = RwSignal::new(Choice::default());
    let limit = RwSignal::new(AT_ONCE);
    let form = RwSignal::new(Form::default());
    let filter = (count > FEW).then(|| view! { <Filter findings=findings.clone() choice id=id.clone()/> });
    let findings = StoredValue::new(findings);
    let chosen = Memo::new(move |_| {
        let choice = choice.get();
        Chosen { indexes: findings.with_value(|it| choice.of(it.all())), choice }
    });
    bring_finding(&id, count, (choice, form, limit), chosen);
    let announced = move || {
        let shown = chosen.with(|it| it.indexes.len());
        let all = format::count(count, "finding", "findings");
        if shown == count { all } else { format!("{shown} of {all}") }
    };
    let more = move || chosen.with(|it| it.indexes.len()).saturating_sub(limit.get());
    let listed = {
        let id = id.clone();
        let shown =
            Signal::derive(move || chosen.with(|it| it.indexes.iter().copied().take(limit.get()).collect()));
        move || match form.get() {
            Form::Cards => {
                let id = id.clone();
                (move || chosen.with(|chosen| groups(&findings, chosen, limit.get(), &id))).into_any()
            }
            Form::Table => {
                let card = {
                    let id = id.clone();
                    move |index| card_id(&id, index)
                };
                view! { <FindingsTable findings shown choice card id=id.clone()/> }.into_any()
            }
        }
    };
    let forms = vec![(Form::Cards, "In full, each on a card", "full"), (Form::Table, "As a table", "table")];
    let forms = (count > FEW).then(
        || view! { <Radios legend="Show the findings" name=format!("{id}-form") value=form options=forms/> },
    );
    let show_more = {
        let id = id.clone();
        move |_| {
            // The button goes away with the last of them, so the reader is taken to the first that is new.
            let first = chosen.with_untracked(|it| it.indexes.get(limit.get_untracked()).copied());
            limit.update(|it| *it += AT_ONCE);
            if let Some(first) = first {
                let card = card_id(&id, first);
                focus_on(&match form.get_untracked() {
                    Form::Cards => card,
                    Form::Table => line_id(&card),
                });
            }
        }
    };
    view! {
        <div class="pc-findings-controls">
            {filter}
            {forms}
            <Wording id=id.clone()/>
            <p class="pc-findings-count" role="status">{announced}</p>
        </div>
        {listed}
        {move || {
            (more() > 0)
                .then(|| {
                    let show_more = show_more.clone();
                    view! {
                        <p class="pc-more">
                            {format!("{} not shown here. ", format::count(more(), "more finding is", "more findings are"))}
                            <button
                                type="button"
                                class="nhsuk-button nhsuk-button--secondary nhsuk-button--small pc-more__button"
                                on:click=show_more
                            >
                                "Show more findings"
                            </button>
                        </p>
                    }
                })
        }}
    }
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// Each with all that is said of it.
    #[default]
    Cards,
    /// A line for each.
    Table,
}

/// What a choice lets through, in its order.
#[derive(Clone, PartialEq)]
struct Chosen {
    indexes: Vec<usize>,
    choice: Choice,
}

const CARD: &str = "-finding-";

/// The id of the card of a finding.
pub(crate) fn card_id(id: &str, index: usize) -> String {
    format!("{id}{CARD}{index}")
}

/// Shows a finding that somebody wants to see: one that the filter leaves out, or that has not been drawn yet.
fn bring_finding(
    id: &str,
    count: usize,
    (choice, form, limit): (RwSignal<Choice>, RwSignal<Form>, RwSignal<usize>),
    chosen: Memo<Chosen>,
) {
    let Some(Goto { wanted_element, .. }) = use_context() else { return };
    let cards = format!("{id}{CARD}");
    Effect::new(move |_| {
        let Some(wanted) = wanted_element.get() else { return };
        // Back leads from a card to the line that led there.
        let (wanted, wants) = match of_line(&wanted) {
            Some(card) => (card, Form::Table),
            None => (wanted.as_str(), Form::Cards),
        };
        let Some(index) = wanted.strip_prefix(&cards).and_then(|it| it.parse::<usize>().ok()) else {
            return;
        };
        if form.get_untracked() != wants {
            form.set(wants);
        }
        if !chosen.with_untracked(|it| it.indexes.contains(&index)) {
            choice.update(|it| *it = Choice { order: it.order, reversed: it.reversed, ..Choice::default() });
        }
        let nth = chosen.with_untracked(|it| it.indexes.iter().position(|it| *it == index)).unwrap_or(count);
        // Cards that are drawn anew are others, to which Back does not lead.
        if limit.get_untracked() <= nth {
            limit.set(nth + 1);
        }
    });
}

/// The cards of these findings, under a heading wherever what they are sorted by changes.
fn groups(
    findings: &StoredValue<FindingsOf>,
    chosen: &Chosen,
    limit: usize,
    id: &str,
) -> impl IntoView + use<> {
    findings.with_value(|found| {
        let all = found.all();
        // Each group with all that belong to it, drawn or not.
        let mut groups: Vec<(String, usize, Vec<AnyView>)> = Vec::new();
        for (nth, index) in chosen.indexes.iter().copied().enumerate() {
            let Some(finding) = all.get(index) else { continue };
            let heading = chosen.choice.heading(finding);
            if groups.last().is_none_or(|last| last.0 != heading) {
                if nth >= limit {
                    break;
                }
                groups.push((heading, 0, Vec::new()));
            }
            let Some((_, count, cards)) = groups.last_mut() else { continue };
            *count += 1;
            if nth < limit {
                cards.push(view! { <Card finding=finding.clone() id=card_id(id, index)/> }.into_any());
            }
        }
        groups
            .into_iter()
            .map(|(heading, count, cards)| {
                let count = format::count(count, "finding", "findings");
                view! {
                    <h4 class="nhsuk-heading-s pc-sheet-heading">{heading}<span class="pc-quiet">{format!(", {count}")}</span></h4>
                    {cards}
                }
            })
            .collect_view()
    })
}
