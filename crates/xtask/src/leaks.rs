//! What the page's policy does not stop, looked for in the sources: opening a window, going to an address,
//! storing, and all that would need no more than a slip in the policy. Whatever is used of it stands in a list,
//! with the reason.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::html::Tag;
use crate::shell;

/// Words of JavaScript and of its bindings in Rust, with what they do. A word is matched as a whole, and with `*`
/// at its end as the beginning of one; one in quotes stands in any quotes.
const WAYS: [(&str, &str); 7] = [
    (
        "opens or goes to an address",
        "open( .open \"open\" open_with_url* opener location .href set_href .assign navigation push_state_with_url* \
         replace_state_with_url* pushState replaceState registerProtocolHandler register_protocol_handler* \
         PresentationRequest target= ping= set_ping",
    ),
    (
        "sends",
        "fetch fetch_with* XMLHttpRequest XmlHttpRequest WebSocket WebSocketStream WebTransport \
         EventSource RTCPeerConnection RtcPeerConnection sendBeacon send_beacon* BroadcastChannel \
         PushManager PaymentRequest post_message* postMessage .share \"share\" share_with_data* .submit \"submit\" \
         requestSubmit request_submit*",
    ),
    (
        "stores",
        "cookie set_cookie cookieStore localStorage local_storage sessionStorage session_storage \
         indexedDB indexed_db caches clipboard Clipboard showSaveFilePicker show_save_file_picker* \
         window.name window().set_name window().name serviceWorker service_worker ServiceWorkerContainer SharedWorker",
    ),
    (
        "runs what it is given",
        "eval Function( .Function \"Function\" Function::new* importScripts import_scripts* import( inline_js raw_module \
         document.write document.writeln \"write\"",
    ),
    (
        "takes what it is not seen to take",
        "window[ self[ globalThis[ parent[ top[ document[ }=window }=self }=globalThis }=parent }=top \
         get(&window() get(&js_sys::global() get(&global() get(&document()",
    ),
    (
        "makes elements of what it is given",
        "innerHTML inner_html set_inner_html outerHTML set_outer_html insertAdjacentHTML \
         insert_adjacent_html srcdoc DOMParser DomParser createContextualFragment \
         create_contextual_fragment setHTMLUnsafe create_element*",
    ),
    (
        "makes the browser load",
        "<iframe <form <img <image <object <embed <meta <link <base <script <video <audio <source src= \
         srcset= action= formaction= poster= background= href= \"href\" \"src\" \"action\" \"ping\" \
         \"target\" .src set_src set_srcset set_action HtmlImageElement HtmlIFrameElement \
         HtmlFormElement url(",
    ),
];

/// What is used of it: the end of a file's path or a script's name, the text, and why it may stand there.
const ALLOWED: [(&str, &str, &str); 57] = [
    (
        "web/worker.js",
        "self.postMessage({ type: \"tooMuchMemory\",",
        "from the worker to the page that made it",
    ),
    ("glue", "self.postMessage({ type: \"tooMuchMemory\",", "as in the sources"),
    ("components/embedded.rs", "host.share(&json)", "the reader has pressed the button that says so"),
    (
        "web/boot.js",
        "worker.postMessage({ type: \"engine\", module, probe: true })",
        "from the page to the worker it made",
    ),
    ("web/boot.js", "location.protocol", "whether there is a server whose policy may be the cause"),
    (
        "web/module.js",
        "worker.postMessage({ type: \"engine\", module })",
        "from the module to the worker it made",
    ),
    ("web/module.js", "worker.postMessage({ type: \"check\",", "from the module to the worker it made"),
    ("web/element.js", "this.#port.postMessage(name", "from the element to the program in it"),
    ("web/element.js", "this.#port?.postMessage({", "from the element to the program in it"),
    ("web/worker.js", "self.postMessage({ type: \"ready\",", "from the worker to the page that made it"),
    (
        "web/worker.js",
        "fetch(\"data:,\")",
        "shows that the policy refuses it in the worker, too; \"data:\" leads nowhere",
    ),
    ("web/worker.js", "self.postMessage({ type: \"failed\",", "from the worker to the page that made it"),
    ("glue", "worker.postMessage({ type: \"engine\", module, probe: true })", "as in the sources"),
    ("glue", "location.protocol", "as in the sources"),
    ("glue", "self.postMessage({ type: \"ready\",", "as in the sources"),
    ("glue", "fetch(\"data:,\")", "as in the sources"),
    ("glue", "self.postMessage({ type: \"failed\",", "as in the sources"),
    ("glue", "arg0.postMessage(arg1, arg2);", "to a worker or a port, as the sources above say"),
    (
        "glue",
        "arg0.postMessage(arg1, getStringFromWasm0(arg2, arg3));",
        "says that the page is ready, as above",
    ),
    ("glue", "arg0.postMessage(arg1);", "to a worker or a port, as the sources above say"),
    ("glue", "arg0.pushState(arg1, getStringFromWasm0(arg2, arg3));", "without an address"),
    ("glue", "arg0.replaceState(arg1, getStringFromWasm0(arg2, arg3));", "without an address"),
    (".rs", "href=\"#", "leads to a place of the page itself"),
    (".rs", "href=format!(\"#", "leads to a place of the page itself"),
    ("components/banner.rs", "href=href", "a place of the page itself, put together above"),
    ("components/several.rs", "href=href", "a place of the page itself, put together above"),
    ("components/notices.rs", "href=href", "a place of the page itself, given above"),
    (
        "components/notices.rs",
        "window().location().pathname()",
        "whether the file was opened from inside an archive",
    ),
    ("src/download.rs", "document().create_element(\"a\")", "the press on it saves a file"),
    ("src/download.rs", "link.set_attribute(\"href\", &url)", "a Blob's address, which stays in the browser"),
    ("src/print.rs", "details.set_attribute(\"open\", \"\")", "unfolds for paper what is folded away"),
    ("src/print.rs", "details.remove_attribute(\"open\")", "folds it away again"),
    (
        "src/print.rs",
        "Reflect::get(&document(), &\"adoptedStyleSheets\".into())",
        "the sheets that hold the feet of printed pages",
    ),
    ("web/gate.js", "'wasm-unsafe-eval'", "a line to ask the IT team for"),
    ("web/element.js", "'wasm-unsafe-eval'", "a line to ask the IT team for"),
    ("glue", "'wasm-unsafe-eval'", "a line to ask the IT team for"),
    ("web/element.js", "mode: \"open\"", "its own tree, which the page around it could read in any case"),
    ("src/app.rs", "place.set_inner_html(\"\")", "empties the place of the page before it starts"),
    ("components/statements.rs", "window().location().hash()", "which statement is asked for"),
    (
        "components/statements.rs",
        "window().location().set_hash(\"check\")",
        "back to the check, and no further",
    ),
    ("components/statements.rs", "it.get_attribute(\"href\")", "reads where a link of the page leads"),
    (
        "statements/about.rs",
        "window().fetch_with_str_and_init(\"data:,\", &RequestInit::new())",
        "shows that the policy refuses it; \"data:\" leads nowhere",
    ),
    ("src/embed.rs", "window().location().origin()", "names the page around this one to the reader"),
    ("src/bin/worker.rs", "panic.location()", "a place in the source"),
    ("src/bin/worker.rs", "post_message", "from the worker to the page that made it"),
    ("src/checker.rs", "post_message", "from the page to the worker it made"),
    ("src/embed.rs", "parent.post_message(&ready, \"*\")", "says the same to everybody"),
    ("src/embed.rs", "port.post_message(said)", "what may cross stands in docs/embedding.md"),
    (
        "glue",
        "const ret = arg0.fetch(getStringFromWasm0(arg1, arg2), arg3);",
        "for \"data:,\", as the sources above say",
    ),
    ("glue", "module_or_path = fetch(module_or_path);", "only for an address; it is given bytes or a module"),
    ("glue", "`failed to fetch Wasm: ${module.status}", "an error's words"),
    ("glue", "return `Function(${name})`;", "a name for debugging"),
    ("glue", "return 'Function';", "a name for debugging"),
    ("glue", "const ret = arg0.location;", "for its hash, as the sources above say"),
    ("glue", "arg0.innerHTML = getStringFromWasm0(arg1, arg2);", "how the page's own templates are read"),
    ("glue", "Object.assign(__wbg_init, ", "puts the script's own parts together"),
    ("glue", "__wbg_location_", "the name of an import"),
];

/// Looks the sources of the page and of its messages over.
pub(crate) fn check_sources() -> Result<()> {
    let found: Vec<_> = sources()?.iter().flat_map(|(name, text)| leaks(name, text)).collect();
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Looks the scripts of the finished page over, with all that wasm-bindgen has put between page and browser.
pub(crate) fn check_scripts(tags: &[Tag<'_>]) -> Result<()> {
    let scripts =
        tags.iter().filter(|tag| tag.name == "script" && tag.get("type") != Some("application/base64"));
    let found: Vec<_> = scripts.flat_map(|tag| leaks("glue", tag.text)).collect();
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// The sources by their paths in the repository.
fn sources() -> Result<Vec<(String, String)>> {
    let mut sources = Vec::new();
    let mut places: Vec<_> = fs::read_dir(shell::root().join("web"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|place| place.is_file())
        .chain(["web/src", "crates/plancheck-api/src"].map(|folder| shell::root().join(folder)))
        .collect();
    while let Some(place) = places.pop() {
        if place.is_dir() {
            for entry in fs::read_dir(&place)? {
                places.push(entry?.path());
            }
        } else if place.extension().is_some_and(|it| it == "rs" || it == "js") {
            let name = place.strip_prefix(shell::root()).unwrap_or(&place).display().to_string();
            let text = fs::read_to_string(&place).with_context(|| name.clone())?;
            sources.push((name.replace('\\', "/"), text));
        }
    }
    sources.sort();
    Ok(sources)
}

/// What a text uses and may not, line by line; comments may say what they like.
fn leaks(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !is_comment(line)) {
        let mut code = line.to_owned();
        for (_, allowed, _) in ALLOWED.iter().filter(|(file, ..)| name.ends_with(file)) {
            code = code.replace(allowed, " ");
        }
        // Spaces could keep the signs of a word apart.
        let tight: String = code.split_whitespace().collect();
        for (does, words) in WAYS {
            let used = words.split_whitespace().filter(|word| uses(&code, word) || uses(&tight, word));
            found.extend(used.map(|word| format!("{name}, line {number}: {word} {does}: {}", line.trim())));
        }
    }
    found
}

/// Whether a line is a comment and nothing else. One that stands behind code is looked at as code is, and so is one
/// with quotes in it: it may be the end of a text, with code behind that.
fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//") && !line.contains(['"', '`'])
}

/// Whether a word stands in a line, one in quotes in any quotes.
fn uses(line: &str, word: &str) -> bool {
    match word.strip_prefix('"') {
        Some(_) => {
            ['"', '\'', '`'].into_iter().any(|quote| holds(line, &word.replace('"', &quote.to_string())))
        }
        None => holds(line, word),
    }
}

/// Whether a word stands in a line as a word of its own.
fn holds(line: &str, word: &str) -> bool {
    let (word, open) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
    let part = |it: char| it.is_alphanumeric() || it == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(part) && word.starts_with(part);
        let after = line[at + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        !before && (open || !after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_use_nothing_that_is_not_listed() {
        check_sources().unwrap();
    }

    #[test]
    fn nothing_is_listed_that_the_sources_do_not_use() {
        let sources = sources().unwrap();
        for (file, allowed, _) in ALLOWED.iter().filter(|(file, ..)| *file != "glue") {
            let used = sources.iter().any(|(name, text)| name.ends_with(file) && text.contains(allowed));
            assert!(used, "{file}: {allowed}");
        }
    }

    #[test]
    fn every_way_out_is_refused() {
        for line in [
            "window.open(`//elsewhere?${plan}`);",
            "open(url)",
            "let _ = window().open_with_url_and_target(&url, \"_blank\");",
            "location = url;",
            "location.href = url;",
            "location.assign(url);",
            "location.replace(url);",
            "let _ = window().location().set_href(&url);",
            "history.push_state_with_url(&state, \"\", Some(&board))",
            "navigator.sendBeacon(url, plan);",
            "window().navigator().send_beacon_with_opt_str(url, Some(plan))",
            "fetch(url);",
            "window().fetch_with_str(url)",
            "new XMLHttpRequest();",
            "XmlHttpRequest::new()",
            "new WebSocket(url)",
            "new RTCPeerConnection()",
            "new EventSource(url)",
            "importScripts(url);",
            "document.cookie = plan;",
            "localStorage.plan = plan;",
            "window().session_storage()",
            "indexedDB.open('plan')",
            "caches.open('plan')",
            "navigator.serviceWorker.register('x.js')",
            "navigator.clipboard.writeText(plan)",
            "parent.postMessage(plan, '*');",
            "history.pushState(null, '', `?${plan}`);",
            "history.replaceState(null, '', `?${plan}`);",
            "navigator.share({ text: plan });",
            "window.name = plan;",
            "let _ = window().set_name(&plan);",
            "new PresentationRequest(url);",
            "navigator.registerProtocolHandler('web+plan', url);",
            "eval(plan)",
            "new Function(plan)",
            "it.innerHTML = plan;",
            "<div inner_html=plan/>",
            "<a href=address>",
            "<a href=\"https://elsewhere\">",
            "<a href=\"#x\" ping=\"https://elsewhere\">",
            "<a href=\"#x\" target=\"_blank\">",
            "<img src=picture/>",
            "<meta http-equiv=\"refresh\" content=\"0\"/>",
            "<link rel=\"prefetch\" />",
            "element.set_attribute(\"src\", &plan)",
            "document().create_element(&name)",
            "<p style:background=format!(\"url({address})\")/>",
            "parent.post_message(&plan, \"*\")",
            "let x = 1; fetch(url) // harmless",
            "let x = \" // \"; fetch(url);",
            "// \"; fetch(url);",
            "const go = window.open; go(url);",
            "const { open: go } = window; go(url);",
            "window [\"open\"](url);",
            "window['open'](url);",
            "window[`open`](url);",
            "window[way](url);",
            "let go = Reflect::get(&window(), &\"open\".into());",
            "let go = Reflect::get(&window(), &way.into());",
            "let go = Reflect::get(&js_sys::global(), &way);",
            "element.setAttribute('href', url);",
            "element.setAttribute(`src`, url);",
            "element['href'] = url;",
            "const run = eval;",
            "const send = parent.postMessage;",
            "const go = location.assign;",
        ] {
            assert!(!leaks("web/src/other.rs", line).is_empty(), "{line}");
        }
        assert!(!leaks("glue", "arg0.open(getStringFromWasm0(arg1, arg2));").is_empty());
        assert!(!leaks("glue", "arg0.href = getStringFromWasm0(arg1, arg2);").is_empty());
        assert!(!leaks("glue", "const ret = fetch(arg0);").is_empty());
        let with_address =
            "arg0.pushState(arg1, getStringFromWasm0(arg2, arg3), getStringFromWasm0(arg4, arg5));";
        assert!(!leaks("glue", with_address).is_empty());
    }

    #[test]
    fn words_that_only_look_alike_pass() {
        for line in [
            "// location.href = url would go there",
            "let allocations = relocation; // prefetch",
            "<a href=\"#privacy\">\"Cookies\"</a>",
            "element.set_attribute(\"hidden\", \"\")",
            "prefetched(evaluate)",
        ] {
            assert!(leaks("web/src/other.rs", line).is_empty(), "{line}");
        }
    }

    #[test]
    fn what_one_file_may_no_other_may() {
        let line = "window().location().hash()";
        assert!(leaks("web/src/components/statements.rs", line).is_empty());
        assert!(!leaks("web/src/components/cells.rs", line).is_empty());
    }

    #[test]
    fn scripts_of_the_page_are_looked_at_and_its_data_is_not() {
        let page = |kind: &str| format!("<script{kind}>open();location.href=x</script>");
        for (kind, passes) in
            [("", false), (" type=\"text/plain\"", false), (" type=\"application/base64\"", true)]
        {
            assert_eq!(check_scripts(&crate::html::tags(&page(kind)).unwrap()).is_ok(), passes, "{kind}");
        }
    }
}
