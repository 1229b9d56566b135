//! Just enough of HTML to look the finished page over: its tags, their attributes, and the text of scripts
//! and styles. The page is ours, so what a browser would forgive is an error here.

use anyhow::{Context, Result, bail, ensure};

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    /// Its name, as written.
    pub(crate) name: &'a str,
    /// Its attributes in order; the value is empty where none is given.
    pub(crate) attributes: Vec<(&'a str, &'a str)>,
    /// For `script` and `style`, what stands between the tags.
    pub(crate) text: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

/// The start tags of a page, in order.
pub(crate) fn tags(page: &str) -> Result<Vec<Tag<'_>>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = &rest[rest.find("-->").context("a comment has no end")? + 3..];
        } else if rest.starts_with("</") || rest.starts_with("<!") {
            rest = &rest[rest.find('>').context("a tag has no end")? + 1..];
        } else {
            let (mut tag, after) = tag(&rest[1..])?;
            rest = after;
            if matches!(tag.name, "script" | "style") {
                let end = rest.find(&format!("</{}>", tag.name)).context("a script or style has no end")?;
                (tag.text, rest) = rest.split_at(end);
            }
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// Reads a start tag from behind its `<`. Gives it and what follows its `>`.
fn tag(text: &str) -> Result<(Tag<'_>, &str)> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
    let word = |text: &str| text.find(|c| !plain(c)).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(word(text));
    ensure!(!name.is_empty(), "a < that begins no tag");
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((Tag { name, attributes, text: "" }, after));
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let (key, after) = rest.split_at(word(rest));
        if key.is_empty() {
            bail!("<{name}> is not written as this page's tags are");
        }
        rest = after;
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after =
                after.strip_prefix('"').with_context(|| format!("{key} of <{name}> has no quotes"))?;
            (value, rest) = after.split_once('"').with_context(|| format!("{key} of <{name}> has no end"))?;
        }
        attributes.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_with_their_attributes_and_raw_text() {
        let page = "<!DOCTYPE html><!-- <b> --><p hidden class=\"a b\">x &lt; y</p><style>a>b{}</style><br/>";
        let tags = tags(page).unwrap();
        assert_eq!(tags.iter().map(|tag| tag.name).collect::<Vec<_>>(), ["p", "style", "br"]);
        assert_eq!(tags[0].attributes, [("hidden", ""), ("class", "a b")]);
        assert_eq!(tags[1].text, "a>b{}");
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        assert!(tags("<p class=a>").is_err());
        assert!(tags("a < b").is_err());
        assert!(tags("<script>").is_err());
    }
}
