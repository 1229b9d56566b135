//! What a formula names: the areas, the names and the other workbooks in it. A formula is never worked
//! out here.

use super::area::{self, Area};

/// A piece of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A text in quotes, an error, an operator, a bracket, a space: whatever names nothing.
    Other,
    /// The name of a sheet with its "!", and of a workbook where it is another.
    Sheet,
    /// "O49" or "$O$49".
    Cell,
    /// "O:P" or "9:12".
    Band,
    /// A name followed by "(".
    Function,
    /// A defined name, a table, TRUE or a number.
    Word,
    /// What stands in square brackets behind the name of a table.
    Columns,
}

/// What a formula names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// An area.
    Area {
        /// The sheet, where the formula names one.
        sheet: Option<String>,
        /// The area.
        area: Area,
    },
    /// A defined name or a table.
    Name(String),
    /// The columns of a table, by their headings.
    Columns,
    /// A function: "SUMIF".
    Function(String),
    /// Something in another workbook: its number in the list of links, or its address.
    Outside(String),
}

/// Everything that a formula names, in its order. The formula comes without its "=", in the A1 style of
/// Excel's files.
pub fn named(formula: &str) -> Vec<Named> {
    let tokens = tokens(formula);
    let mut named = Vec::new();
    // The sheet that the next reference points at: what an area begins on it ends on.
    let mut sheet: Option<&str> = None;
    let mut idx = 0;
    while let Some(token) = tokens.get(idx) {
        idx += 1;
        let mut area = None;
        match token.kind {
            Kind::Sheet => {
                let Some(book) = outside(token.text) else {
                    sheet = Some(token.text);
                    continue;
                };
                named.push(Named::Outside(book));
                // Whatever stands behind it is in the other workbook.
                idx += 1;
                while tokens.get(idx).is_some_and(|it| it.text == ":") {
                    idx += 2;
                }
            }
            Kind::Cell => {
                let (end, after) = end_of_area(&tokens, idx).unwrap_or((token.text, idx));
                idx = after;
                area = area::cell(token.text).zip(area::cell(end)).map(|(from, to)| Area::between(from, to));
            }
            Kind::Band => area = Area::read(token.text),
            Kind::Function => named.push(Named::Function(token.text.to_ascii_uppercase())),
            Kind::Word if is_a_name(token.text) => named.push(Named::Name(token.text.to_owned())),
            Kind::Columns => named.push(Named::Columns),
            Kind::Word | Kind::Other => {}
        }
        if let Some(area) = area {
            named.push(Named::Area { sheet: sheet.map(sheet_name), area });
        }
        sheet = None;
    }
    named
}

/// The other corner of an area whose first has been read, and where the formula goes on.
fn end_of_area<'a>(tokens: &[Token<'a>], idx: usize) -> Option<(&'a str, usize)> {
    let kind = |idx: usize| tokens.get(idx).map(|it| it.kind);
    if tokens.get(idx)?.text != ":" {
        return None;
    }
    // The sheet may be named a second time.
    let corner = if kind(idx + 1) == Some(Kind::Sheet) { idx + 2 } else { idx + 1 };
    (kind(corner) == Some(Kind::Cell)).then_some((tokens.get(corner)?.text, corner + 1))
}

fn is_a_name(word: &str) -> bool {
    let number = word.starts_with(|it: char| it.is_ascii_digit() || it == '.');
    !number && !word.eq_ignore_ascii_case("TRUE") && !word.eq_ignore_ascii_case("FALSE")
}

/// The formula as it stands so many rows down and columns to the right: how a formula that several cells
/// share reads in each of them.
pub(super) fn shifted(formula: &str, rows: i64, cols: i64) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    for Token { kind, text } in tokens(formula) {
        match kind {
            Kind::Cell => out.push_str(&moved(text, rows, cols)),
            Kind::Band => {
                let (from, to) = text.split_once(':').unwrap_or((text, text));
                out.push_str(&moved(from, rows, cols));
                out.push(':');
                out.push_str(&moved(to, rows, cols));
            }
            Kind::Other | Kind::Sheet | Kind::Function | Kind::Word | Kind::Columns => out.push_str(text),
        }
    }
    out
}

/// A cell, a column or a row, moved where it is not held by a "$".
fn moved(text: &str, rows: i64, cols: i64) -> String {
    let split = text.find(|it: char| it.is_ascii_digit()).unwrap_or(text.len());
    // The "$" before the digits belongs to them.
    let split = if split > 0 && text.get(split - 1..split) == Some("$") { split - 1 } else { split };
    let (letters, digits) = text.split_at_checked(split).unwrap_or((text, ""));
    let shift = |number: u32, by: i64, last: u32| {
        // Excel wraps around the edge of a sheet.
        let size = i64::from(last) + 1;
        u32::try_from((i64::from(number) + by).rem_euclid(size)).unwrap_or(number)
    };
    let mut out = String::new();
    match area::column(letters) {
        Some(col) if !letters.starts_with('$') => {
            out.push_str(&super::column_name(shift(col, cols, area::LAST_COL)));
        }
        Some(_) | None => out.push_str(letters),
    }
    match area::row(digits) {
        Some(row) if !digits.starts_with('$') => {
            out.push_str(&(shift(row, rows, area::LAST_ROW) + 1).to_string());
        }
        Some(_) | None => out.push_str(digits),
    }
    out
}

/// The name of a sheet, without its quotes and its "!".
fn sheet_name(prefix: &str) -> String {
    let name = prefix.strip_suffix('!').unwrap_or(prefix).trim_start_matches('$');
    match name.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => name.to_owned(),
    }
}

/// The workbook that the name of a sheet points into, where it is another: the "1" of "[1]Sheet1!".
fn outside(prefix: &str) -> Option<String> {
    let name = sheet_name(prefix);
    let (before, after) = name.split_once('[')?;
    let (book, _) = after.split_once(']')?;
    Some(format!("{before}{book}"))
}

fn tokens(formula: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = match first {
            '"' => (quoted(rest, '"'), Kind::Other),
            '\'' => {
                let end = quoted(rest, '\'');
                let sheet = rest.get(end..).is_some_and(|it| it.starts_with('!'));
                if sheet { (end + 1, Kind::Sheet) } else { (end, Kind::Other) }
            }
            // An error: "#REF!", "#N/A".
            '#' => {
                (run(rest, |it| it == '#' || it.is_ascii_alphanumeric() || "/!?".contains(it)), Kind::Other)
            }
            '[' => {
                let end = bracketed(rest);
                let word = rest.get(end..).map_or(0, |it| run(it, is_word));
                let sheet = rest.get(end + word..).is_some_and(|it| it.starts_with('!'));
                let table = tokens.last().is_some_and(|it| it.kind == Kind::Word);
                if sheet && !table { (end + word + 1, Kind::Sheet) } else { (end, Kind::Columns) }
            }
            it if is_word(it) => word(rest),
            other => (other.len_utf8(), Kind::Other),
        };
        let (text, left) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        tokens.push(Token { kind, text });
        rest = left;
    }
    tokens
}

/// A word: how long it is, and what.
fn word(rest: &str) -> (usize, Kind) {
    let length = run(rest, is_word);
    let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
    if after.starts_with('!') {
        return (length + 1, Kind::Sheet);
    }
    if after.starts_with('(') {
        return (length, Kind::Function);
    }
    if area::cell(text).is_some() {
        return (length, Kind::Cell);
    }
    if let Some(after) = after.strip_prefix(':') {
        let to = after.get(..run(after, is_word)).unwrap_or_default();
        let both = |is: fn(&str) -> Option<u32>| is(text).is_some() && is(to).is_some();
        if both(area::column) || both(area::row) {
            return (length + 1 + to.len(), Kind::Band);
        }
    }
    (length, Kind::Word)
}

fn is_word(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '.' | '$' | '\\' | '?')
}

/// How many bytes from the start on are of a kind.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|it| !of(it)).unwrap_or(text.len())
}

/// The length of a text in quotes, a doubled quote being part of it.
fn quoted(text: &str, quote: char) -> usize {
    let mut quotes = text.char_indices().skip(1).filter(|(_, it)| *it == quote).map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.peek() == Some(&(at + 1)) {
            quotes.next();
        } else {
            return at + 1;
        }
    }
    text.len()
}

/// The length of what stands in square brackets, brackets inside being part of it.
fn bracketed(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, it) in text.char_indices() {
        match it {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// A formula of an OpenDocument file in the words of the others: "of:=SUM([.O49:.O448])" as
/// "SUM(O49:O448)".
pub(super) fn from_open_document(formula: &str) -> String {
    // "of:=", "oooc:=", "=".
    let marked = formula.split_once('=').filter(|it| it.0.is_empty() || it.0.ends_with(':'));
    let mut rest = marked.map_or(formula, |it| it.1);
    let mut out = String::with_capacity(rest.len());
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => quoted(rest, '"'),
            '[' => bracketed_open(rest),
            other => other.len_utf8(),
        };
        let (token, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match first {
            '[' => out.push_str(&reference(token)),
            ';' => out.push(','),
            _ => out.push_str(token),
        }
        rest = left;
    }
    out
}

/// The length of a reference in square brackets; what stands in quotes inside does not end it.
fn bracketed_open(text: &str) -> usize {
    let mut in_quotes = false;
    for (at, it) in text.char_indices() {
        match it {
            '\'' => in_quotes = !in_quotes,
            ']' if !in_quotes => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// "[$'4. Income'.C9:.C12]" as "'4. Income'!C9:C12".
fn reference(bracketed: &str) -> String {
    let inner = bracketed.trim_start_matches('[').trim_end_matches(']');
    let mut parts = split_outside_quotes(inner, ':', false);
    let to = parts.as_mut().map(|it| std::mem::take(&mut it.1)).unwrap_or_default();
    let from = parts.map_or(inner, |it| it.0);
    let mut out = String::new();
    let (sheet, cell) = split_outside_quotes(from, '.', true).unwrap_or(("", from));
    let sheet = sheet.trim_start_matches('$');
    if let Some((book, sheet)) = split_outside_quotes(sheet, '#', false) {
        let bare = |it: &str| it.trim_start_matches('$').trim_matches('\'').to_owned();
        out.push_str(&format!("'[{}]{}'!", bare(book), bare(sheet)));
    } else if !sheet.is_empty() {
        out.push_str(sheet);
        out.push('!');
    }
    out.push_str(cell);
    if !to.is_empty() {
        out.push(':');
        out.push_str(split_outside_quotes(to, '.', true).map_or(to, |it| it.1));
    }
    out
}

/// Splits at the first or the last of a character that stands outside quotes.
fn split_outside_quotes(text: &str, at: char, last: bool) -> Option<(&str, &str)> {
    let mut in_quotes = false;
    let mut places = text.char_indices().filter(|(_, it)| {
        if *it == '\'' {
            in_quotes = !in_quotes;
        }
        *it == at && !in_quotes
    });
    let (place, _) = if last { places.last()? } else { places.next()? };
    Some((text.get(..place)?, text.get(place + at.len_utf8()..)?))
}

#[cfg(test)]
mod tests;
