//! What the reader can take away: paper, the findings as a table, the whole report, and copies of the
//! workbooks with the findings as comments.

use js_sys::Uint8Array;
use leptos::prelude::*;
use plancheck_api::names;
use plancheck_api::protocol::Ask;

use super::embedded::Share;
use super::wording::{Reader, reader};
use crate::desk::Desk;
use crate::download;
use crate::root;
use crate::stage::Opened;

const CSV: &str = "text/csv;charset=utf-8";
const JSON: &str = "application/json";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const XLSM: &str = "application/vnd.ms-excel.sheet.macroEnabled.12";

#[component]
pub(crate) fn TakeAway(
    /// The workbooks that are shown whole.
    documents: Vec<Opened>,
    /// How many were checked, where they are too many for that.
    #[prop(optional_no_strip)]
    many: Option<usize>,
) -> impl IntoView {
    let Some(desk) = use_context::<Desk>() else { return ().into_any() };
    let said = RwSignal::new(String::new());
    let about = match (many, documents.as_slice()) {
        (Some(many), _) => format!("{many} workbooks"),
        (None, [only]) => names::about(&only.document),
        (None, several) => {
            let of =
                |it: &Opened| Some((it.document.board.clone()?, it.document.template.as_ref()?.year.clone()));
            let first = several.first().and_then(of);
            let same = several.iter().all(|it| of(it) == first);
            match first.filter(|_| same) {
                Some((board, year)) => format!("{board} {year}"),
                None => format!("{} workbooks", several.len()),
            }
        }
    };
    let rules = desk.run.with_value(|run| run.as_ref().map(|run| run.rules.clone())).unwrap_or_default();
    let name = {
        let rules = rules.clone();
        move |what: &str| names::file(&about, &download::today(), &rules, what)
    };
    let (csv_name, json_name) = (name("findings.csv"), name("report.json"));
    let csv = move |_| {
        let name = csv_name.clone();
        desk.write(Ask::Csv, move |table| said.set(saved(&name, CSV, table)));
    };
    let json = move |_| {
        let name = json_name.clone();
        desk.write(Ask::Json, move |report| said.set(saved(&name, JSON, report)));
    };
    let reader = reader();
    let copies = documents
        .into_iter()
        .filter(|it| is_xlsx(&it.document.file))
        .map(|Opened { document, place }| {
            let label = format!("Annotated copy of {}", document.file);
            let name = names::copy(&document, &download::today(), &rules);
            let kind = if name.ends_with(".xlsm") { XLSM } else { XLSX };
            let copy = move |_| {
                let name = name.clone();
                let assurer = reader.get_untracked() == Reader::Assurer;
                said.set("Making the copy…".to_owned());
                let what = Ask::Annotated { document: place, assurer };
                desk.write(what, move |copy| said.set(saved(&name, kind, copy)));
            };
            view! { <Button label act=copy/> }
        })
        .collect_view();
    view! {
        <section class="pc-take-away" aria-labelledby="take-away-heading">
            <h2 class="nhsuk-heading-l" id="take-away-heading">"Take it away"</h2>
            <p>
                "Files are made in this browser and saved where your downloads go. They hold what the plan says: keep them as you keep \
                 the plan. The annotated copy of an .xlsx or .xlsm workbook has comments on the cells that were found and a sheet of \
                 results; nothing else in it is changed. What was found across two workbooks stands on that sheet only."
            </p>
            <div class="nhsuk-button-group pc-take-away__buttons">
                // As a part of another page it would print that page.
                {root::is_page().then(|| view! { <Button label="Print or save as PDF".to_owned() act=move |_| said.set(print())/> })}
                <Button label="Findings as a table (CSV)".to_owned() act=csv/>
                <Button label="Full report (JSON)".to_owned() act=json/>
                {copies}
                <Share said/>
            </div>
            <p role="status">{said}</p>
        </section>
    }
    .into_any()
}

#[component]
fn Button(label: String, act: impl Fn(web_sys::MouseEvent) + 'static) -> impl IntoView {
    view! { <button type="button" class="nhsuk-button nhsuk-button--secondary" on:click=act>{label}</button> }
}

/// Prints the page, and says what is to be known of it.
fn print() -> String {
    let _ = window().print();
    if root::is_framed() {
        "If nothing was printed, the page around this one does not allow it: open the checker by itself."
            .to_owned()
    } else {
        String::new()
    }
}

/// Only these can be given comments without being written anew.
fn is_xlsx(file: &str) -> bool {
    let file = file.to_lowercase();
    file.ends_with(".xlsx") || file.ends_with(".xlsm")
}

/// Saves bytes as a file, and says what came of it.
fn saved(name: &str, kind: &str, content: Result<Uint8Array, String>) -> String {
    let content = match content {
        Ok(content) => content,
        Err(why) => return why,
    };
    match download::save(name, kind, &content) {
        // A frame's page may forbid files without a word to anybody.
        Ok(()) if root::is_framed() => {
            format!("Made {name}. If no file appears, the page around this one does not allow it: open the checker by itself.")
        }
        Ok(()) => format!("Saved as {name}"),
        Err(_) => "Your browser does not let this page save a file. If it stands inside another page, open it by itself."
            .to_owned(),
    }
}
