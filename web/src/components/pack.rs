//! The pack for an assurance panel: the result in the order of the planning requirements and their key lines
//! of enquiry, with room for what the panel decides. The page never fills that in.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::wire::{Document, Enquiry, RuleOutcome, State};

use super::balances::Balances;
use super::banner::Banner;
use super::catalogue;
use super::cells::Here;
use super::figures::Figures;
use super::finding::Card;
use super::imbalances::Imbalances;
use super::ledger::Entry;
use super::pictures::Picture;
use super::rules::{AllRules, NotChecked};
use super::sheets::Joints;
use super::summary::Summary;
use super::tag::Tag;
use super::wording::{ReadBy, Reader};
use crate::format::{self, WORST_FIRST};
use crate::print::{self, OnPaper};
use crate::stage::Joint;

#[component]
pub(crate) fn Pack(
    document: Arc<Document>,
    /// When it was checked.
    checked: String,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let id = format!("{id}-pack");
    for_paper(&id, &foot(&document));
    let requirements = document
        .enquiries
        .iter()
        .cloned()
        .map(|enquiry| view! { <Requirement document=document.clone() enquiry id=id.clone()/> })
        .collect_view();
    let placed = |rule: &str| document.enquiries.iter().any(|it| it.rules.iter().any(|it| it == rule));
    let rest: Vec<String> =
        document.rules.iter().filter(|it| !placed(&it.rule)).map(|it| it.rule.clone()).collect();
    let placed: BTreeSet<u32> =
        document.enquiries.iter().flat_map(|it| it.findings.iter().copied()).collect();
    let rest_found = (0..).zip(&document.findings).map(|it| it.0).filter(|it| !placed.contains(it)).collect();
    view! {
        <div class="pc-pack" style:page=id.clone()>
            <Purpose/>
            <h2 class="nhsuk-heading-l" id=format!("{id}-heading")>{format::subject(&document)}</h2>
            <Banner document=document.clone() id=id.clone()/>
            <Summary document=document.clone() checked/>
            <p class="pc-pack__hash">"SHA-256 of the file: " {document.sha256.clone()}</p>
            <Overview document=document.clone()/>
            {document.companion.clone().map(|text| view! { <p class="pc-enquiry__text">{text}</p> })}
            {requirements}
            <section class="pc-enquiry">
                <h3 class="nhsuk-heading-m pc-enquiry__title">"The workbook itself"</h3>
                <p class="pc-enquiry__text">"What bears on no single requirement: the file, the cover, and whether figures can be relied on."</p>
                <Bearing document=document.clone() rules=rest found=rest_found id=id.clone()/>
            </section>
            <AllRules rules=document.rules.clone() id=id.clone()/>
        </div>
    }
}

/// Lays what stands in this component out for paper, on pages of this name with this line at their foot.
pub(crate) fn for_paper(page: &str, foot: &str) {
    provide_context(OnPaper);
    // The panel asks, whoever the page was worded for.
    provide_context(ReadBy(RwSignal::new(Reader::Assurer)));
    print::footer(page, foot);
}

/// What made the pack, and for whom.
#[component]
pub(crate) fn Purpose() -> impl IntoView {
    view! {
        <p class="pc-pack__tool">
            "plancheck " {env!("CARGO_PKG_VERSION")} {catalogue::version()}
            ", an unofficial checking aid. It helps you check a plan. It does not approve one and takes no part in assurance."
        </p>
        <p class="pc-pack__kind">"For the assurance panel"</p>
    }
}

/// What stands at the foot of every page: a sheet that has come loose says which file it is of.
fn foot(document: &Document) -> String {
    let hash = document.sha256.get(..16).unwrap_or_default();
    format!("{} · {} · SHA-256 {hash}…", format::subject(document), document.file)
}

/// Every requirement in a line: what the plan answers, and what the checks that bear on it found.
#[component]
fn Overview(document: Arc<Document>) -> impl IntoView {
    let rows = document
        .enquiries
        .iter()
        .map(|enquiry| {
            let bearing: Vec<&RuleOutcome> =
                document.rules.iter().filter(|it| enquiry.rules.contains(&it.rule)).collect();
            let counted = WORST_FIRST
                .into_iter()
                .filter_map(|state| {
                    let count = bearing.iter().filter(|it| it.state == state).count();
                    (count > 0).then(|| view! { <li class="pc-counts__entry">{count}" "<Tag state/></li> })
                })
                .collect_view();
            let found = if bearing.is_empty() {
                view! { "None in this workbook: read the plan." }.into_any()
            } else {
                view! { <ul class="pc-counts">{counted}</ul> }.into_any()
            };
            view! {
                <tr class="nhsuk-table__row">
                    <th class="nhsuk-table__header" scope="row">{enquiry.code.clone()}</th>
                    <td class="nhsuk-table__cell">{enquiry.theme.clone().unwrap_or_default()}</td>
                    <td class="nhsuk-table__cell">{answer(enquiry)}</td>
                    <td class="nhsuk-table__cell">{found}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="nhsuk-table pc-table pc-overview">
            <caption class="nhsuk-table__caption nhsuk-table__caption--s">"The planning requirements"</caption>
            <thead class="nhsuk-table__head">
                <tr class="nhsuk-table__row">
                    <th class="nhsuk-table__header" scope="col">"Code"</th>
                    <th class="nhsuk-table__header" scope="col">"Theme"</th>
                    <th class="nhsuk-table__header" scope="col">"Answer"</th>
                    <th class="nhsuk-table__header" scope="col">"Checks"</th>
                </tr>
            </thead>
            <tbody class="nhsuk-table__body">{rows}</tbody>
        </table>
    }
}

/// The plan's own answer, or that there is none.
fn answer(enquiry: &Enquiry) -> String {
    match (&enquiry.answer, &enquiry.cell) {
        (Some(answer), _) => answer.clone(),
        (None, Some(_)) => "Not answered".to_owned(),
        (None, None) => "–".to_owned(),
    }
}

/// One requirement: its words, the plan's answer, what bears on it, and room for the panel.
#[component]
fn Requirement(
    document: Arc<Document>,
    enquiry: Enquiry,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let title = [Some(enquiry.code.clone()), enquiry.theme.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let said = vec![
        ("The plan’s answer", enquiry.cell.is_some().then(|| answer(&enquiry))),
        ("Supporting documents", enquiry.documents.clone()),
        ("Actions towards it", enquiry.actions.clone()),
        ("By when", enquiry.timeframe.clone()),
    ];
    let lines = |text: String| {
        text.lines().map(|line| view! { <p class="pc-enquiry__text">{line.to_owned()}</p> }).collect_view()
    };
    let id = format!("{id}-{}", enquiry.code);
    let across = is_found_across(&enquiry.code);
    view! {
        <section class="pc-enquiry">
            <h3 class="nhsuk-heading-m pc-enquiry__title">{title}</h3>
            {enquiry.requirement.clone().map(lines)}
            {enquiry.enquiries.clone().map(lines)}
            <Figures pairs=said/>
            {across.then(|| view! { <p class="pc-enquiry__text">"More was found across the workbooks: see the pack on them together."</p> })}
            <Bearing document rules=enquiry.rules.clone() found=enquiry.findings.clone() id=id/>
            <Judgement/>
        </section>
    }
}

/// Whether what was found across this workbook and others bears on a requirement.
fn is_found_across(code: &str) -> bool {
    let (Some(Here(place)), Some(Joints(joints))) = (use_context(), use_context()) else { return false };
    let of_this = |it: &Arc<Joint>| it.files.contains_key(&place);
    let bears = |it: &Arc<Joint>| it.across.findings.iter().any(|it| it.requirement.as_deref() == Some(code));
    joints.with_untracked(|all| all.iter().any(|(_, it)| of_this(it) && bears(it)))
}

/// So many findings of a requirement are printed: a hundred pages of them.
const MOST_FINDINGS: usize = 300;

/// What these rules say: conditions, figures, pictures, findings, and what they could not check.
#[component]
fn Bearing(
    document: Arc<Document>,
    rules: Vec<String>,
    /// What was found, by its place among the findings: a rule may have found things that belong elsewhere.
    found: Vec<u32>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let bears = |rule: &str| rules.iter().any(|it| it == rule);
    let conditions: Vec<_> = document.conditions.iter().filter(|it| bears(&it.rule)).cloned().collect();
    // The condition that requires no amount is the one that the sources balance.
    let balances = (conditions.iter().any(|it| it.required.is_none()) && !document.balances.is_empty())
        .then(|| view! { <Balances document=document.clone() id=id.clone()/> });
    let imbalances = document
        .imbalances
        .iter()
        .any(|it| bears(&it.rule))
        .then(|| view! { <Imbalances document=document.clone() id=id.clone()/> });
    let conditions = conditions
        .into_iter()
        .enumerate()
        .map(|(nth, condition)| view! { <Entry condition id=format!("{id}-condition-{nth}")/> })
        .collect_view();
    let pictures = document
        .charts
        .iter()
        .filter(|it| bears(&it.rule))
        .map(|chart| view! { <Picture chart=chart.clone() id=format!("{id}-{}", chart.id.replace('.', "-"))/> })
        .collect_view();
    let left = found.len().saturating_sub(MOST_FINDINGS);
    let left = (left > 0).then(|| {
        let left = format::count(left, "more finding is", "more findings are");
        view! { <p class="pc-enquiry__text">{format!("{left} not printed here. The table of findings (CSV) has them all.")}</p> }
    });
    let findings = found
        .iter()
        .take(MOST_FINDINGS)
        .filter_map(|it| document.findings.get(*it as usize))
        .enumerate()
        .map(|(nth, finding)| view! { <Card finding=finding.clone() id=format!("{id}-finding-{nth}")/> })
        .collect_view();
    let of_these: Vec<RuleOutcome> = document.rules.iter().filter(|it| bears(&it.rule)).cloned().collect();
    let met: Vec<String> = of_these
        .iter()
        .filter(|it| it.state == State::Met)
        .map(|it| format!("{} {}", it.rule, format::rule_name(&it.name)))
        .collect();
    let met = (!met.is_empty()).then(|| {
        view! { <p class="pc-enquiry__text"><strong>"Checked and met: "</strong>{met.join("; ")}"."</p> }
    });
    let nothing = of_these.is_empty().then(|| {
        view! { <p class="pc-enquiry__text">"No check of this workbook bears on this requirement. It is for the panel to read the plan."</p> }
    });
    let unchecked = of_these.iter().any(|it| it.unchecked).then(|| {
        view! { <p class="pc-card__label">"Could not be checked"</p><NotChecked rules=of_these.clone()/> }
    });
    view! {
        {conditions}
        {balances}
        {imbalances}
        {(!pictures.is_empty()).then(|| view! { <div class="pc-pictures">{pictures}</div> })}
        {(!findings.is_empty()).then(|| view! { <h4 class="pc-card__label">"What was found"</h4>{findings}{left} })}
        {unchecked}
        {met}
        {nothing}
    }
}

/// Room for the panel. It is empty, and stays so.
#[component]
pub(crate) fn Judgement() -> impl IntoView {
    let room = ["Judgement", "Reasons, and what to ask of the area", "Name and date"].map(
        |label| view! { <div class="pc-judgement__room"><p class="pc-judgement__label">{label}</p></div> },
    );
    view! {
        <div class="pc-judgement">
            <p class="pc-judgement__title">"For the panel to fill in"</p>
            {room.collect_view()}
        </div>
    }
}
