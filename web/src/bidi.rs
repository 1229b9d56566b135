//! Texts of a workbook that run from right to left, or say that what follows them does.
//!
//! A name or an answer stands in the middle of our own sentences. One with a control character in it could turn the
//! rest of the sentence round, figures included, and so could one in Hebrew or Arabic. Everything that the engine says
//! passes through here on its way to the page, whole, as the JSON it comes as: the controls are left out, and what
//! runs from right to left is kept to itself. What is taken away has every text as it was.

use std::ops::RangeInclusive;

use js_sys::{JSON, JsString, Object, Reflect, RegExp};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// As [`JSON::parse`], of a text that stays where it is.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse(json: &JsString) -> Result<JsValue, JsValue>;
}

/// Characters that are nothing but an order to turn round what follows them.
const TURNS: [RangeInclusive<char>; 4] =
    ['\u{61c}'..='\u{61c}', '\u{200e}'..='\u{200f}', '\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
/// Letters of scripts that run from right to left.
const RUNS_LEFT: [RangeInclusive<char>; 5] = [
    '\u{590}'..='\u{8ff}',
    '\u{fb1d}'..='\u{fdff}',
    '\u{fe70}'..='\u{fefe}',
    '\u{10800}'..='\u{10fff}',
    '\u{1e800}'..='\u{1efff}',
];

/// Before and behind a text whose direction is its own: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const APART: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The same text, which leaves what stands behind it where it belongs.
pub(crate) fn kept_apart(text: &str) -> String {
    if text.is_ascii() || !text.chars().any(|it| turns(it) || runs_left(it)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    // What stands behind letters that run to the left: theirs, if another of them follows.
    let mut between: Option<String> = None;
    for letter in text.chars().filter(|it| !turns(*it)) {
        if runs_left(letter) {
            out.push_str(&between.take().unwrap_or_else(|| APART[0].to_string()));
            out.push(letter);
            between = Some(String::new());
        } else if let Some(waiting) = &mut between {
            waiting.push(letter);
            if ends_run(letter) {
                end(&mut out, between.take());
            }
        } else {
            out.push(letter);
        }
    }
    end(&mut out, between);
    out
}

fn end(out: &mut String, behind: Option<String>) {
    if let Some(behind) = behind {
        out.push(APART[1]);
        out.push_str(&behind);
    }
}

/// A report, or a part of one, as the page shows it.
pub(crate) fn parsed<T: DeserializeOwned>(json: JsString) -> Option<T> {
    // The browser's own parser is several times faster than one compiled into the page, and smaller. Most reports
    // have nothing to be kept apart, and stay with the browser: they may be large.
    let value = if json.search(&RegExp::new(&any(TURNS.iter().chain(&RUNS_LEFT)), "u")) < 0 {
        parse(&json)
    } else {
        JSON::parse(&kept_apart(&String::from(&json)))
    };
    drop(json);
    serde_wasm_bindgen::from_value(value.ok()?).ok()
}

/// Does the same to what else the engine says in a message.
pub(crate) fn keep_apart(message: &JsValue) {
    for key in ["documents", "across", "answer"] {
        let Ok(said) = Reflect::get(message, &key.into()) else { continue };
        let Some(json) = JSON::stringify(&said).ok().and_then(|it| it.as_string()) else { continue };
        let apart = kept_apart(&json);
        if apart != json
            && let Ok(said) = JSON::parse(&apart)
        {
            let _ = Reflect::set(message.unchecked_ref::<Object>(), &key.into(), &said);
        }
    }
}

/// The pattern that any character of these ranges answers to.
fn any<'a>(ranges: impl Iterator<Item = &'a RangeInclusive<char>>) -> String {
    let range =
        |it: &RangeInclusive<char>| format!("{}-{}", it.start().escape_unicode(), it.end().escape_unicode());
    format!("[{}]", ranges.map(range).collect::<String>())
}

fn turns(letter: char) -> bool {
    TURNS.iter().any(|it| it.contains(&letter))
}

fn runs_left(letter: char) -> bool {
    RUNS_LEFT.iter().any(|it| it.contains(&letter))
}

/// Whether what runs to the left has an end here at the latest: at a letter that does not, and at the marks which
/// JSON and our sentences put round a text.
fn ends_run(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '"' | '\\' | '“' | '”' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_orders_the_rest_of_a_sentence_about_is_left_out() {
        for (text, shown) in [
            ("“DFG” is £5 short", "“DFG” is £5 short"),
            ("“\u{202e}DFG” is £5 short", "“DFG” is £5 short"),
            ("a\u{200f}b\u{2067}c\u{2069}d\u{61c}e", "abcde"),
            ("Ynys Môn – £1", "Ynys Môn – £1"),
        ] {
            assert_eq!(kept_apart(text), shown);
        }
    }

    #[test]
    fn the_browser_is_asked_for_the_same_characters() {
        assert_eq!(any(TURNS.iter().take(2)), r"[\u{61c}-\u{61c}\u{200e}-\u{200f}]");
    }

    #[test]
    fn what_runs_from_right_to_left_is_kept_to_itself() {
        // H stands for a letter of Hebrew, and brackets for what keeps it apart.
        for (text, shown) in [
            ("“HHH”: £5", "“[HHH]”: £5"),
            ("HH 12 HH, 34", "[HH 12 HH], 34"),
            ("{'a':'HH','b':'H'}", "{'a':'[HH]','b':'[H]'}"),
            ("HH x HH", "[HH] x [HH]"),
        ] {
            let text = text.replace('H', "\u{5d0}").replace('\'', "\"");
            let shown = shown
                .replace('H', "\u{5d0}")
                .replace('\'', "\"")
                .replace('[', "\u{2068}")
                .replace(']', "\u{2069}");
            assert_eq!(kept_apart(&text), shown);
        }
    }
}
