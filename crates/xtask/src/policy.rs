//! What the finished site must not be: no script or style that its policy does not name, nothing loaded from
//! anywhere, no font that is not ours to use, nothing of the machine that built it.

use anyhow::{Context, Result, bail, ensure};

use crate::html::{self, Tag};
use crate::leaks;
use crate::shell;
use crate::site::source;

/// The type of what is bytes and no text.
const BYTES: &str = "application/base64";

/// Types of script that a browser does not run.
const DATA: [&str; 2] = [BYTES, "text/plain"];

/// Attributes that make a browser load or send something.
const LOADS: [&str; 11] = [
    "src",
    "href",
    "srcset",
    "data",
    "poster",
    "action",
    "formaction",
    "ping",
    "background",
    "cite",
    "manifest",
];

/// Fonts that are licensed for other sites, and marks of styles that would fetch them.
const FORBIDDEN_STYLE: [&str; 6] =
    ["@font-face", "@import", "frutiger", "gds transport", "/assets/", "expression("];

/// Looks the finished page over.
pub(crate) fn check_site(page: &str) -> Result<()> {
    let tags = html::tags(page)?;
    let policy = tags
        .iter()
        .find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|tag| tag.get("content"))
        .context("the page has no policy")?;
    check_policy(policy)?;
    leaks::check_scripts(&tags)?;
    for tag in &tags {
        check_tag(tag, policy).with_context(|| format!("<{}>", tag.name))?;
    }
    Ok(())
}

/// The directives of the policy, and what each allows; "#" stands for hashes.
const POLICY: [(&str, &str); 8] = [
    ("default-src", "'none'"),
    ("script-src", "# 'wasm-unsafe-eval'"),
    ("style-src", "#"),
    ("worker-src", "blob:"),
    ("connect-src", "'none'"),
    ("img-src", "data:"),
    ("form-action", "'none'"),
    ("base-uri", "'none'"),
];

/// Every directive must be there, and allow no more than it should.
fn check_policy(policy: &str) -> Result<()> {
    let directives: Vec<&str> = policy.split("; ").collect();
    ensure!(directives.len() == POLICY.len(), "the policy has {} directives", directives.len());
    for (name, allowed) in POLICY {
        let found = directives.iter().find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
        let found = found.with_context(|| format!("the policy lacks {name}"))?;
        let mut sources: Vec<&str> = found
            .split(' ')
            .map(|it| if it.starts_with("'sha256-") && it.ends_with('\'') { "#" } else { it })
            .collect();
        sources.dedup();
        ensure!(sources.join(" ") == allowed, "the policy's {name} allows {found}");
    }
    Ok(())
}

fn check_tag(tag: &Tag<'_>, policy: &str) -> Result<()> {
    for (key, value) in &tag.attributes {
        ensure!(*key != "style", "an inline style, which the policy blocks");
        ensure!(!key.starts_with("on"), "an inline handler, which the policy blocks");
        let harmless = value.starts_with('#') || value.starts_with("data:");
        ensure!(!LOADS.contains(key) || harmless, "{key} would load {value}");
    }
    if let Some(directive) = tag.get("http-equiv") {
        ensure!(directive == "Content-Security-Policy", "an http-equiv of {directive}");
    }
    match tag.name {
        "script" => {
            let kind = tag.get("type");
            ensure!(
                kind.is_none_or(|it| DATA.contains(&it)),
                "a script of type {}",
                kind.unwrap_or_default()
            );
            // A data block that is text is what the worker runs.
            ensure!(kind == Some(BYTES) || !tag.text.contains("://"), "a script with an address in it");
            let named = policy.contains(&source(tag.text));
            ensure!(kind.is_some() || named, "a script that the policy does not name");
            Ok(())
        }
        "style" => {
            ensure!(policy.contains(&source(tag.text)), "a style that the policy does not name");
            check_style(tag.text)
        }
        "iframe" | "object" | "embed" | "base" | "form" => bail!("this page has no use for it"),
        _ => Ok(()),
    }
}

fn check_style(style: &str) -> Result<()> {
    let lower = style.to_lowercase();
    for word in FORBIDDEN_STYLE {
        ensure!(!lower.contains(word), "the styles have {word}");
    }
    for (at, _) in lower.match_indices("url(") {
        let address = lower[at + 4..].trim_start_matches(['"', '\'', ' ']);
        ensure!(
            address.starts_with("data:"),
            "the styles load {}",
            address.chars().take(40).collect::<String>()
        );
    }
    Ok(())
}

/// Looks the two programs over: the page must not carry the engine, and neither the paths of this machine.
pub(crate) fn check_programs(app: &[u8], engine: &[u8]) -> Result<()> {
    // A crate's name stands in the places of its panics.
    const ENGINE: &str = "calamine";
    ensure!(
        contains(engine, ENGINE),
        "the engine does not mention {ENGINE}: check the page for something else"
    );
    ensure!(!contains(app, ENGINE), "the page carries the engine");
    let home = std::env::home_dir().map(|home| home.display().to_string()).filter(|home| home.len() > 1);
    for path in [Some(shell::root().display().to_string()), home].into_iter().flatten() {
        for (name, program) in [("page", app), ("engine", engine)] {
            ensure!(!contains(program, &path), "the {name} names {path}, a folder of this machine");
        }
    }
    Ok(())
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(policy_for: &[&str], body: &str) -> String {
        let hashes = policy_for.iter().chain(&["another"]).map(|it| source(it)).collect::<Vec<_>>().join(" ");
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {hashes} 'wasm-unsafe-eval'; \
             style-src {hashes}; worker-src blob:; connect-src 'none'; img-src data:; form-action 'none'; base-uri 'none'\">{body}"
        )
    }

    #[test]
    fn a_page_whose_parts_are_all_named_passes() {
        let body = "<style>a{background:url(\"data:x\")}</style><script>go()</script>\
                    <script type=\"application/base64\" id=\"x\">AA==</script><a href=\"#main\">x</a>";
        check_site(&page(&["go()", "a{background:url(\"data:x\")}"], body)).unwrap();
    }

    #[test]
    fn everything_that_must_not_be_is_refused() {
        for (body, why) in [
            ("<script>go()</script>", "does not name"),
            ("<script type=\"module\">go()</script>", "type module"),
            ("<script src=\"a.js\"></script>", "would load"),
            ("<script type=\"text/plain\">reach('https://elsewhere')</script>", "an address in it"),
            ("<img src=\"//elsewhere/x.png\">", "would load"),
            ("<link rel=\"stylesheet\" href=\"/page.css\">", "would load"),
            ("<p style=\"color:red\">", "inline style"),
            ("<p onclick=\"go()\">", "inline handler"),
            ("<meta http-equiv=\"refresh\" content=\"0\">", "http-equiv"),
            ("<iframe></iframe>", "no use"),
        ] {
            let error = check_site(&page(&[], body)).expect_err(body);
            assert!(format!("{error:#}").contains(why), "{body}: {error:#}");
        }
        for style in [
            "@font-face{}",
            "a{font-family:\"Frutiger W01\"}",
            "a{font-family:GDS Transport}",
            "a{background:url(/assets/x.svg)}",
            "a{background:url(https://elsewhere/x.svg)}",
            "a{background:url( '//elsewhere/x.svg')}",
            "@import 'x';",
        ] {
            assert!(check_site(&page(&[style], &format!("<style>{style}</style>"))).is_err(), "{style}");
        }
    }

    #[test]
    fn a_page_without_a_policy_or_with_a_wide_one_is_refused() {
        assert!(check_site("<p>").is_err());
        assert!(check_site(&page(&[], "")).is_ok());
        for (narrow, wide) in [
            ("connect-src 'none'", "connect-src 'self'"),
            ("script-src", "script-src 'unsafe-inline'"),
            ("script-src", "script-src *"),
            ("style-src", "style-src 'unsafe-inline'"),
            ("img-src data:", "img-src data: https:"),
            ("img-src data:; ", ""),
            ("worker-src blob:", "worker-src blob: 'self'"),
            ("base-uri 'none'", "base-uri 'none'; frame-src https:"),
            ("; form-action 'none'", ""),
            ("default-src 'none'", "default-src *"),
        ] {
            let page = page(&[], "").replace(narrow, wide);
            assert!(check_site(&page).is_err(), "{wide}");
        }
    }

    #[test]
    fn a_page_with_the_engine_in_it_is_refused() {
        assert!(check_programs(b"page", b"calamine").is_ok());
        assert!(check_programs(b"calamine", b"calamine").is_err());
        assert!(check_programs(b"page", b"something else").is_err());
    }
}
