//! Reading XML once from start to end, by the local names of elements and attributes: programs differ in
//! the prefixes they write.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// What is told of a document as it is read.
pub(crate) trait Visit {
    /// An element opens. The root is at depth 1.
    fn open(&mut self, element: &Element<'_>, depth: usize);
    /// Text stands in the element that was opened last and not yet closed.
    fn text(&mut self, text: &str) {
        let _ = text;
    }
    /// An element closes.
    fn close(&mut self, name: &str, depth: usize) {
        let _ = (name, depth);
    }
    /// Whether enough was read, or too much.
    fn done(&self) -> bool {
        false
    }
}

/// An element as it opens.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl<'a> Element<'a> {
    /// An element that was read.
    pub(crate) fn of(start: &'a BytesStart<'a>) -> Self {
        Element(start)
    }

    /// Its name without a prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its name as it is written, with its prefix.
    pub(crate) fn whole_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// An attribute by its name without a prefix.
    pub(crate) fn attr(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|it| {
            // A declaration of a namespace is no attribute, whatever its prefix.
            it.key.local_name().into_inner() == name && it.key.as_namespace_binding().is_none()
        })?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.clone().into_owned(), Cow::into_owned))
    }

    /// An attribute as it is written, by its whole name: for numbers and addresses, which hold nothing that
    /// would have to be resolved.
    pub(crate) fn written(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|it| it.key.into_inner() == name)?;
        Some(found.value)
    }

    /// All attributes as they are written, the space before the first included.
    pub(crate) fn attributes(&self) -> &str {
        self.0.attributes_raw()
    }

    /// A number in an attribute.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.attr(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes: "1", "true" or "on".
    pub(crate) fn is(&self, name: &str) -> bool {
        self.attr(name).is_some_and(|it| matches!(it.trim(), "1" | "true" | "on" | "TRUE" | "True"))
    }
}

/// Elements inside elements beyond which a document is not believed.
pub(crate) const DEEPEST: usize = 1_000;

/// Reads a document.
///
/// # Errors
/// Where it is no well-formed XML, in a clause.
pub(crate) fn visit(source: impl BufRead, visitor: &mut dyn Visit) -> Result<(), String> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut seen = false;
    while !visitor.done() {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|it| it.to_string())? {
            Event::Start(it) => {
                depth += 1;
                seen = true;
                if depth > DEEPEST {
                    return Err(format!("elements stand in each other more than {DEEPEST} deep"));
                }
                visitor.open(&Element(&it), depth);
            }
            Event::End(it) => {
                visitor.close(it.local_name().into_inner(), depth);
                depth = depth.saturating_sub(1);
            }
            Event::Text(it) => visitor.text(&it.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(it) => visitor.text(&it.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(it) => visitor.text(&character(&it)),
            Event::Eof if depth > 0 => return Err("it ends before its last element does".to_owned()),
            Event::Eof if !seen => return Err("it holds no element".to_owned()),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    Ok(())
}

/// What a reference in a text stands for: only characters and the five entities of XML itself are known.
pub(crate) fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(it)) = reference.resolve_char_ref() {
        return it.to_string();
    }
    match &**reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(String);

    impl Visit for Seen {
        fn open(&mut self, element: &Element<'_>, depth: usize) {
            self.0 += &format!("<{}{depth}{}", element.name(), element.attr("id").unwrap_or_default());
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
        fn close(&mut self, _: &str, _: usize) {
            self.0 += ">";
        }
    }

    fn seen(xml: &str) -> Result<String, String> {
        let mut seen = Seen::default();
        visit(xml.as_bytes(), &mut seen).map(|()| seen.0)
    }

    #[test]
    fn prefixes_do_not_count() {
        let xml = "<x:a xmlns:x='u' xmlns:id='v' r:id='7'><b/>t&amp;&#163;<![CDATA[<c>]]></x:a>";
        assert_eq!(seen(xml).unwrap(), "<a17<b2>t&£<c>>");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for xml in ["", " ", "text", "<a>", "<a><b></a>", "<a", "<a></b>", "</a>"] {
            assert!(seen(xml).is_err(), "{xml}");
        }
        assert!(seen(&"<a>".repeat(100_000)).is_err());
    }

    /// Entities that a document defines are left alone, so that they cannot grow.
    #[test]
    fn entities_are_not_expanded() {
        let xml = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a id='&c;'>x&c;y</a>";
        assert_eq!(seen(xml).unwrap(), "<a1&c;xy>");
    }
}
