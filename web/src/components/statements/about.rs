//! What copy this is, what binds it, and how to tell that it is whole.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestInit;

use crate::checker;
use crate::components::catalogue::Rules;
use crate::copy::{self, Copy};
use crate::desk::Desk;
use crate::format;
use crate::root;

#[component]
pub(super) fn About() -> impl IntoView {
    let rules = use_context::<Rules>();
    let version = move || {
        rules
            .and_then(|Rules(it)| it.get())
            .map_or_else(|| "not known yet".to_owned(), |it| it.version.clone())
    };
    let Copy { released, build } = copy::this();
    let pair = |key: &'static str, value: AnyView| {
        view! {
            <div class="nhsuk-summary-list__row">
                <dt class="nhsuk-summary-list__key">{key}</dt>
                <dd class="nhsuk-summary-list__value">{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="nhsuk-summary-list">
            {pair("Version", env!("CARGO_PKG_VERSION").into_any())}
            {pair("Rules", version.into_any())}
            {pair("Released", format::day(&released).into_any())}
            {pair("Build", view! { <code class="pc-hash">{build}</code> }.into_any())}
        </dl>
        {copy::is_old(&released).then(|| view! { <p><strong>{copy::OLD}</strong></p> })}
        {beyond().into_iter().map(|it| view! { <p><strong>{it}</strong></p> }).collect_view()}
        {root::is_page().then(|| view! { <Bound/> <Verify/> })}
    }
}

/// What the rules say of the workbooks that are open here and that they do not cover.
fn beyond() -> Vec<String> {
    let Some(desk) = use_context::<Desk>() else { return Vec::new() };
    desk.run.with_value(|run| run.as_ref().map(|run| run.beyond.clone())).unwrap_or_default()
}

/// What binds the worker that reads the workbooks, as it has found when it started.
fn of_worker() -> Option<checker::Bound> {
    use_context::<Desk>()?.checker.with_value(|it| it.as_ref().map(|it| it.bound)).and_then(|it| it.get())
}

/// What the page may do, and what it has done.
#[component]
fn Bound() -> impl IntoView {
    let worker = Memo::new(|_| of_worker());
    let tried = RwSignal::new("Trying…");
    spawn_local(async move {
        tried.set(match reaches_nothing().await {
            true => "Tried just now: a request of this page was refused by your browser.",
            false => "Tried just now: a request of this page was not refused. Its policy is not in force in this browser. Do not use this copy here.",
        });
    });
    let policy = policy();
    let parts = policy
        .split("; ")
        .map(|it| view! { <li><code class="pc-hash">{it.to_owned()}</code></li> })
        .collect_view();
    let of_page = requested();
    let asked = move || {
        let of_worker = worker.get().map(|it| it.requested).unwrap_or_default();
        if of_page.is_empty() && of_worker.is_empty() {
            return view! { <p>"Nothing has been requested since this page was loaded, neither by the page nor by the worker that reads your workbooks."</p> }.into_any();
        }
        let page = of_page.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
        let worker = of_worker
            .into_iter()
            .map(|it| view! { <li>{it}" (in the worker that reads your workbooks)"</li> })
            .collect_view();
        view! {
            <p>"This has been requested since the page was loaded. It was not this page: an extension of your browser may have."</p>
            <ul class="nhsuk-list nhsuk-list--bullet">{page}{worker}</ul>
        }
        .into_any()
    };
    let tried_in_worker = move || match worker.get() {
        Some(checker::Bound { held: true, .. }) => {
            "Tried when it started: a request of the worker that reads your workbooks was refused, too."
        }
        Some(checker::Bound { held: false, .. }) => {
            "Tried when it started: a request of the worker that reads your workbooks was not refused. Do not use this copy here."
        }
        None => "The worker that reads your workbooks has not started yet.",
    };
    view! {
        <h2 class="nhsuk-heading-m">"What has been requested"</h2>
        {asked}
        <h2 class="nhsuk-heading-m">"The policy in force"</h2>
        <p role="status">{tried}</p>
        <p>{tried_in_worker}</p>
        <p>"Your browser holds this page to the following. Where a server has sent a policy of its own, both hold."</p>
        <ul class="nhsuk-list nhsuk-list--bullet">{parts}</ul>
    }
}

/// How to tell that the file is the one that was released.
#[component]
fn Verify() -> impl IntoView {
    let file = concat!("plancheck-", env!("CARGO_PKG_VERSION"), ".html");
    view! {
        <h2 class="nhsuk-heading-m">"Is it the file that was released?"</h2>
        <p>{format!("Beside the release stands {file}.sha256, with the SHA-256 of the file. Work it out for your copy and compare:")}</p>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>"Windows, in PowerShell: "<code class="pc-hash">{format!("Get-FileHash {file}")}</code></li>
            <li>"Windows, at the command prompt: "<code class="pc-hash">{format!("certutil -hashfile {file} SHA256")}</code></li>
            <li>"Mac: "<code class="pc-hash">{format!("shasum -a 256 {file}")}</code></li>
            <li>"Linux: "<code class="pc-hash">{format!("sha256sum {file}")}</code></li>
        </ul>
        <p>"A page cannot vouch for itself: the build above only tells copies apart. Take the SHA-256 from where the release was announced to you, not from where the file came from."</p>
    }
}

/// The policy that stands in the page.
fn policy() -> String {
    let meta = document().query_selector("meta[http-equiv='Content-Security-Policy']").ok().flatten();
    meta.and_then(|it| it.get_attribute("content")).unwrap_or_else(|| "none".to_owned())
}

/// What was loaded from an address, by the browser's own record.
fn requested() -> Vec<String> {
    let entries = window().performance().map(|it| it.get_entries_by_type("resource")).unwrap_or_default();
    let name = |it: JsValue| Reflect::get(&it, &"name".into()).ok()?.as_string();
    let loaded = |it: &String| !["data:", "blob:"].iter().any(|inside| it.starts_with(inside));
    entries.iter().filter_map(name).filter(loaded).collect()
}

/// Whether the policy stops a request. It asks for nothing that is anywhere: "data:" leads nowhere.
async fn reaches_nothing() -> bool {
    let asked = window().fetch_with_str_and_init("data:,", &RequestInit::new());
    JsFuture::from(asked).await.is_err()
}
