//! The styles: the NHS.UK frontend components that are used, without its fonts, and our own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{npm, shell};

/// Compiles `web/styles/main.scss`.
pub(crate) fn compile() -> Result<String> {
    let modules = npm::ensure("web")?;
    shell::step("Compiling the styles");
    let mut sass = shell::command("node");
    sass.arg(modules.join("sass/sass.js"))
        .args(["--no-source-map", "--style=compressed", "--quiet-deps", "--no-charset", "--load-path"])
        .arg(modules.join("nhsuk-frontend/dist"))
        .arg("web/styles/main.scss");
    let output = sass.output().context("could not start node")?;
    anyhow::ensure!(
        output.status.success(),
        "the styles do not compile:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    inline_images(
        &String::from_utf8(output.stdout)?,
        &modules.join("nhsuk-frontend/dist/nhsuk/assets/images"),
    )
}

/// The styles for a shadow root: what the page's own top would have is its first element's.
pub(crate) fn for_shadow(styles: &str) -> String {
    const OWN: &str =
        ":host{display:block}.pc-root{overflow-y:visible;min-height:0;padding:16px;--pc-window:100%}";
    let mut out = String::with_capacity(styles.len());
    let mut rest = styles;
    let mut before = '}';
    while let Some(first) = rest.chars().next() {
        let top = [":root", "html", "body"].into_iter().find(|it| rest.starts_with(it));
        let ends = |it: &str| rest[it.len()..].starts_with(['{', ',', ' ', ':', '[']);
        match top.filter(|it| matches!(before, '}' | '{' | ',' | ' ') && ends(it)) {
            Some(top) => {
                out += ".pc-root";
                (before, rest) = ('t', &rest[top.len()..]);
            }
            None => {
                out.push(first);
                (before, rest) = (first, &rest[first.len_utf8()..]);
            }
        }
    }
    out + OWN
}

/// Puts the kit's pictures into the styles: there is no folder to load them from.
fn inline_images(styles: &str, folder: &Path) -> Result<String> {
    const MARK: &str = "/assets/images/";
    let mut parts = styles.split(MARK);
    let mut inlined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(".svg").context("a picture that is not an SVG")?;
        let file = folder.join(name).with_extension("svg");
        let picture = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        inlined += &data_url(&picture);
        inlined += rest;
    }
    Ok(inlined)
}

/// An SVG as an address that stands between double quotes.
fn data_url(svg: &str) -> String {
    let mut url = String::from("data:image/svg+xml,");
    for character in svg.trim().chars() {
        match character {
            '"' => url.push('\''),
            '<' | '>' | '#' | '%' | '{' | '}' => url += &format!("%{:02X}", u32::from(character)),
            '\n' | '\r' => url.push(' '),
            _ => url.push(character),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_page_becomes_the_first_element() {
        let page =
            ":root{--a:1}html{b:c}@media print{html,body{d:e}body:not(.f) p,.body g{h:i}}.nhsuk-body{j:k}";
        let part = ".pc-root{--a:1}.pc-root{b:c}@media print{.pc-root,.pc-root{d:e}.pc-root:not(.f) p,.body g{h:i}}.nhsuk-body{j:k}";
        assert!(for_shadow(page).starts_with(part), "{}", for_shadow(page));
    }

    #[test]
    fn a_picture_becomes_an_address_without_quotes_or_marks() {
        assert_eq!(data_url("<svg fill=\"#fff\"/>\n"), "data:image/svg+xml,%3Csvg fill='%23fff'/%3E");
    }
}
