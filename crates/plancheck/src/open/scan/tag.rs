//! What a single tag says, told from its bytes.

use super::HEAD;
use crate::open::OpenError;

/// Where a tag ends whose content begins here; nothing where it does not end soon.
pub(super) fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    bytes.iter().take(HEAD).position(|it| match quote {
        Some(open) => {
            quote = quote.filter(|_| *it != open);
            false
        }
        None => {
            quote = matches!(it, b'"' | b'\'').then_some(*it);
            *it == b'>'
        }
    })
}

/// The name that a tag begins with, without its prefix.
pub(super) fn name_of(tag: &[u8]) -> &[u8] {
    let name = tag.split(|it| it.is_ascii_whitespace() || *it == b'/').next().unwrap_or_default();
    name.rsplit(|it| *it == b':').next().unwrap_or_default()
}

/// A count that is within its limit.
pub(super) fn within(count: usize, limit: usize, what: &str) -> Result<(), OpenError> {
    if count > limit { Err(OpenError::too_many(what, count, limit)) } else { Ok(()) }
}

/// Whether an instruction leaves the part in an encoding that writes "<" and ">" as ASCII does, and nothing
/// else so.
pub(super) fn is_plain(instruction: &[u8]) -> bool {
    let instruction = instruction.to_ascii_lowercase();
    let Some(at) = memchr::memmem::find(&instruction, b"encoding") else { return true };
    let named = instruction[at + "encoding".len()..].iter().skip_while(|it| !it.is_ascii_alphanumeric());
    let named: Vec<u8> = named.take_while(|it| !matches!(it, b'"' | b'\'')).copied().collect();
    [&b"utf-8"[..], b"us-ascii", b"ascii", b"iso-8859", b"windows-125"].iter().any(|it| named.starts_with(it))
}

/// The attribute of an element in which calamine reads a place.
pub(super) fn places(element: &[u8]) -> Option<&'static [u8]> {
    match element {
        b"c" | b"row" => Some(b"r"),
        b"dimension" | b"mergeCell" | b"f" => Some(b"ref"),
        _ => None,
    }
}

/// Whether the places of an attribute have no more letters and digits than any sheet needs. calamine counts
/// beyond what it can, and would put a cell of row 4294967297 into the first.
pub(super) fn is_believed(tag: &[u8], attribute: &[u8]) -> bool {
    let value_of = |at: usize| {
        let before = tag.get(at.checked_sub(1)?)?;
        let behind = tag.get(at + attribute.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
        if before.is_ascii_whitespace() { behind.trim_ascii_start().split_first() } else { None }
    };
    // A tag is short: what makes ready to search it would cost more than looking at each place.
    let places = tag.windows(attribute.len()).enumerate().filter(|it| it.1 == attribute);
    let Some((quote, value)) = places.map(|it| it.0).find_map(value_of) else { return true };
    let value = value.split(|it| it == quote).next().unwrap_or_default();
    let no_more =
        |most: usize, is_one: fn(&u8) -> bool| value.split(|it| !is_one(it)).all(|run| run.len() <= most);
    no_more(3, u8::is_ascii_alphabetic) && no_more(7, u8::is_ascii_digit)
}

/// The largest number that follows the name of an attribute, however many digits it has; 0 where there is none.
pub(super) fn number(tag: &[u8], attribute: &[u8]) -> usize {
    let after = memchr::memmem::find_iter(tag, attribute).filter_map(|at| tag.get(at + attribute.len()..));
    let number = |rest: &[u8]| {
        let digits = rest.iter().skip_while(|it| !it.is_ascii_digit()).take_while(|it| it.is_ascii_digit());
        digits.fold(0, |number: usize, it| number.saturating_mul(10).saturating_add(usize::from(it - b'0')))
    };
    after.map(number).max().unwrap_or(0)
}
