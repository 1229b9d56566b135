//! What is wrong, unusual or unreadable, sheet by sheet.

use leptos::prelude::*;
use plancheck_api::wire::{Finding, Remedy};

use super::catalogue::AboutRule;
use super::cells::Cells;
use super::ledger::card_class;
use super::sum::Sum;
use super::tag::Tag;
use crate::format;

/// Findings that stand in no cell.
const WHOLE: &str = "The workbook as a whole";

#[component]
pub(crate) fn Findings(
    findings: Vec<Finding>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let mut sheets: Vec<(String, Vec<(usize, Finding)>)> = Vec::new();
    for (index, finding) in findings.into_iter().enumerate() {
        let sheet = finding.cells.first().map_or(WHOLE, |cell| &cell.sheet).to_owned();
        let entry = (index, finding);
        match sheets.iter_mut().find(|(name, _)| *name == sheet) {
            Some((_, findings)) => findings.push(entry),
            None => sheets.push((sheet, vec![entry])),
        }
    }
    sheets
        .into_iter()
        .map(|(sheet, findings)| {
            let count = format::count(u32::try_from(findings.len()).unwrap_or(u32::MAX), "finding", "findings");
            let cards = findings
                .into_iter()
                .map(|(index, finding)| view! { <Card finding id=format!("{id}-finding-{index}")/> })
                .collect_view();
            view! {
                <h4 class="nhsuk-heading-s pc-sheet-heading">{sheet}<span class="pc-quiet">{format!(", {count}")}</span></h4>
                {cards}
            }
        })
        .collect_view()
}

#[component]
fn Card(finding: Finding, id: String) -> impl IntoView {
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
    let pairs = [("Expected", figure(expected)), ("Found", figure(actual)), ("Likeliest cause", cause)]
        .into_iter()
        .filter_map(|(key, value)| {
            value.map(|value| view! { <div class="pc-figures__pair"><dt>{key}</dt><dd>{value}</dd></div> })
        })
        .collect_view();
    let bearing = [Some(rule.clone()), requirement].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let waiting = (suppressed > 0).then(|| {
        let waiting = format::count(suppressed, "check waits on this", "checks wait on this");
        view! { <p class="pc-card__waiting">{waiting}</p> }
    });
    view! {
        <article class=card_class(state) aria-labelledby=id>
            <div class="pc-card__head">
                <h5 class="pc-card__title" id=id.clone()>{title}</h5>
                <Tag state/>
            </div>
            <p class="pc-card__bearing">{bearing}</p>
            <p class="pc-card__sentence">{message}</p>
            <dl class="pc-figures">{pairs}</dl>
            {waiting}
            <p class="pc-card__label">"What to do"</p>
            <p>{todo}</p>
            <Remedies remedies/>
            {(!cells.is_empty()).then(|| view! { <p class="pc-card__label">"Where"</p><Cells marks=cells/> })}
            {(!sum.is_empty())
                .then(|| view! { <Sum title="The figures behind it".to_owned() id=format!("{id}-sum") under=id.clone() terms=sum unit/> })}
            {(!ask.is_empty())
                .then(|| {
                    view! {
                        <details class="nhsuk-details pc-ask">
                            <summary class="nhsuk-details__summary">
                                <span class="nhsuk-details__summary-text">"If you are assuring this plan"</span>
                            </summary>
                            <div class="nhsuk-details__text"><p>{ask}</p></div>
                        </details>
                    }
                })}
            <AboutRule code=rule/>
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
