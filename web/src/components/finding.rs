//! One finding as a card.

use leptos::prelude::*;
use plancheck_api::wire::{Finding, Remedy};

use super::catalogue::AboutRule;
use super::cells::Cells;
use super::figures::Figures;
use super::ledger::card_class;
use super::sum::Sum;
use super::tag::Tag;
use super::wording::{Reader, reader};
use crate::format;
use crate::print::on_paper;

#[component]
pub(crate) fn Card(
    finding: Finding,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let Finding {
        rule,
        state,
        title,
        message,
        todo,
        ask,
        cells,
        sum,
        unit,
        expected,
        actual,
        requirement,
        source,
        suppressed,
        cause,
        remedies,
        ..
    } = finding;
    let figure = |text: Option<String>| text.map(|text| format::figure(&text));
    let pairs = vec![("Expected", figure(expected)), ("Found", figure(actual)), ("Likeliest cause", cause)];
    let bearing = [Some(rule.clone()), requirement].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let waiting = (suppressed > 0).then(|| {
        let waiting = format::count(suppressed, "check waits on this", "checks wait on this");
        view! { <p class="pc-card__waiting">{waiting}</p> }
    });
    let reader = reader();
    let advice = move || match reader.get() {
        Reader::Assurer if !ask.is_empty() => ask.clone(),
        Reader::Assurer | Reader::Planner => todo.clone(),
    };
    view! {
        <article class=card_class(state) aria-labelledby=id>
            <div class="pc-card__head">
                <h5 class="pc-card__title" id=id.clone() tabindex="-1">{title}</h5>
                <Tag state/>
            </div>
            <p class="pc-card__bearing">{bearing}</p>
            <p class="pc-card__sentence">{message}</p>
            <Figures pairs/>
            {waiting}
            <p class="pc-card__label">{move || reader.get().heading()}</p>
            <p>{advice}</p>
            <Remedies remedies/>
            {(!cells.is_empty()).then(|| view! { <p class="pc-card__label">"Where"</p><Cells marks=cells/> })}
            {(!sum.is_empty())
                .then(|| view! { <Sum title="The figures behind it".to_owned() id=format!("{id}-sum") under=id.clone() terms=sum unit/> })}
            {(!on_paper()).then(|| view! { <AboutRule code=rule/> })}
            <p class="pc-card__source">"Source: " {source.document} ", " {source.reference}</p>
        </article>
    }
}

#[component]
fn Remedies(remedies: Vec<Remedy>) -> impl IntoView {
    (!remedies.is_empty()).then(|| {
        let entries = remedies
            .into_iter()
            .map(|Remedy { text, cells, effect }| {
                view! { <li>{text}" "<span class="pc-quiet">{format!("({})", format::pounds(&effect))}</span><Cells marks=cells/></li> }
            })
            .collect_view();
        view! { <p class="pc-card__label">"Ways to put it right"</p><ul class="nhsuk-list nhsuk-list--bullet">{entries}</ul> }
    })
}
