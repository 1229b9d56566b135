//! Printing: the results are laid out anew for paper, as a pack for the assurance panel.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element};

use crate::components::statements::Shown;
use crate::root;

/// Whether the page is being printed. The packs exist only while it is.
#[derive(Clone, Copy)]
pub(crate) struct Printing(pub(crate) RwSignal<bool>);

/// Set over everything that is laid out for paper: nothing is folded away there, and nothing can be followed.
#[derive(Clone, Copy)]
pub(crate) struct OnPaper;

/// Whether this part of the page is laid out for paper.
pub(crate) fn on_paper() -> bool {
    use_context::<OnPaper>().is_some()
}

/// Marks what was closed, so that it can be closed again.
const MARK: &str = "data-opened-for-print";

/// Tells when the page is being printed, and opens every `details` for it.
pub(crate) fn follow(Printing(printing): Printing, statement: RwSignal<Shown>) {
    let handles = [
        window_event_listener_untyped("beforeprint", move |_| {
            printing.set(statement.get_untracked() == Shown::Check);
            each("details:not([open])", |details| {
                details.set_attribute("open", "").and_then(|()| details.set_attribute(MARK, ""))
            });
        }),
        window_event_listener_untyped("afterprint", move |_| {
            printing.set(false);
            each(&format!("details[{MARK}]"), |details| {
                details.remove_attribute("open").and_then(|()| details.remove_attribute(MARK))
            });
        }),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
}

fn each(selector: &str, change: impl Fn(&Element) -> Result<(), JsValue>) {
    let Ok(found) = root::all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.get(index) {
            // Fails only for names that are no names.
            let _ = change(element.unchecked_ref());
        }
    }
}

/// Puts a line at the foot of every page of this name, for as long as what asks for it is on the page. Browsers
/// that know no such feet leave them out.
///
/// As a part of another page the checker has no pages of its own.
pub(crate) fn footer(page: &str, line: &str) {
    if !root::is_page() {
        return;
    }
    if let Ok(sheet) = style_sheet(&foot_rule(page, line)) {
        let sheet = StoredValue::new_local(sheet);
        on_cleanup(move || sheet.with_value(take_away));
    }
}

/// The rule of a page and its foot.
fn foot_rule(page: &str, line: &str) -> String {
    let mut text = String::new();
    for letter in line.chars().filter(|it| !it.is_control()) {
        if matches!(letter, '"' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    format!("@page {page} {{ @bottom-left {{ content: \"{text}\" }} }}")
}

/// A style sheet of one rule, made by script because the page's policy takes no other.
fn style_sheet(rule: &str) -> Result<CssStyleSheet, JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.insert_rule(rule)?;
    adopted()?.push(&sheet);
    Ok(sheet)
}

fn adopted() -> Result<Array, JsValue> {
    Ok(Reflect::get(&document(), &"adoptedStyleSheets".into())?.unchecked_into())
}

fn take_away(sheet: &CssStyleSheet) {
    if let Ok(sheets) = adopted() {
        let ours: &JsValue = sheet.as_ref();
        let others = sheets.filter(&mut |it, _, _| it != *ours);
        let _ = Reflect::set(&document(), &"adoptedStyleSheets".into(), &others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_board_is_called_cannot_leave_its_string() {
        assert_eq!(
            foot_rule("p", "A \"B\" \\ C\n} d"),
            r#"@page p { @bottom-left { content: "A \"B\" \\ C} d" } }"#
        );
    }
}
