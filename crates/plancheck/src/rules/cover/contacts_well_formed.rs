//! CV05: e-mail addresses and telephone numbers look like such.

use crate::finding::{Finding, State};
use crate::plan::{Located, Plan, Text, is_placeholder, shortened};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::words::listed;
use crate::template::Section;

/// CV05 contacts-well-formed.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV05",
    name: "contacts-well-formed",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "E-mail addresses on the cover have one @, a domain with a dot, and no space. The telephone number has not lost its leading 0. Several addresses in one cell, “Name <address>” and numbers with +44, an extension or a second number are fine.",
    matters: "Questions and approval letters are sent to these addresses. Excel drops the first 0 of a telephone number that it takes for a number.",
    example: "An address ends in “@council” without “.gov.uk”, or the number 01632 960001 shows as 1632960001.",
    todo: "Complete the address. Enter the telephone number with its first 0, and with a space in it or an apostrophe before it.",
    source: super::super::template("2. Cover: E-mail; Contact number; Area Assurance Contact Details"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let cover = &plan.cover;
    let (mut findings, mut waits, mut given) = (Vec::new(), Vec::new(), false);
    let mut emails: Vec<(String, &Located<Text>)> = Vec::new();
    match &cover.email {
        Ok(email) => emails.push(("of who completed the template".to_owned(), email)),
        Err(absent) => waits.push(absent.wait()),
    }
    match &cover.contacts {
        Ok(contacts) => emails.extend(contacts.iter().map(|it| {
            let who = match (it.role, it.role_text.as_str()) {
                (Some(role), _) => format!("for the role “{}”", role.name),
                (None, "") => "of a further contact".to_owned(),
                (None, role) => format!("for the role “{}”", shortened(role)),
            };
            (who, &it.email)
        })),
        Err(absent) => waits.push(absent.wait()),
    }
    for (who, email) in emails {
        waits.extend(email.unreadable());
        let Some(text) = email.get().text().filter(|it| !is_placeholder(it)) else { continue };
        given = true;
        let faults: Vec<String> = addresses(text).iter().filter_map(|it| fault(it)).collect();
        if !faults.is_empty() {
            findings.push(misspelt(plan, &who, email, text, &faults));
        }
    }
    match &cover.phone {
        Ok(phone) => {
            waits.extend(phone.unreadable());
            if let Some(text) = phone.get().text().filter(|it| !is_placeholder(it)) {
                given = true;
                findings.extend(short_of_a_nought(plan, phone, text));
            }
        }
        Err(absent) => waits.push(absent.wait()),
    }
    if !given && waits.is_empty() {
        return Outcome::does_not_apply("the cover gives no e-mail address and no telephone number");
    }
    Outcome::of(findings, waits)
}

/// The e-mail addresses in a text: one, or several with separators between them. Of "Name <address>" only
/// the address is one.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let text: String =
        text.chars().filter(|it| !matches!(it, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')).collect();
    let (mut bracketed, mut rest) = (Vec::new(), String::new());
    let mut left = text.as_str();
    while let Some((before, inside, after)) = brackets(left) {
        bracketed.push(inside.to_owned());
        rest.push_str(before);
        rest.push(';');
        left = after;
    }
    rest.push_str(left);
    let mut pieces: Vec<String> = Vec::new();
    for piece in rest.split([';', ',', '\n', '\r']) {
        // "n/a" is one placeholder and not two addresses.
        let parts = if is_placeholder(piece) { vec![piece] } else { piece.split('/').collect() };
        pieces.extend(parts.into_iter().map(str::to_owned));
    }
    // Beside an address in brackets stands a name, also as "Surname, First name".
    let named = !bracketed.is_empty();
    pieces.retain(|it| !is_placeholder(it) && (!named || it.contains('@')));
    bracketed.into_iter().chain(pieces).map(|it| without_scheme(it.trim()).to_owned()).collect()
}

/// What stands before, inside and after the first pair of angle brackets.
fn brackets(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (inside, after) = rest.split_once('>')?;
    inside.contains('@').then_some((before, inside, after))
}

fn without_scheme(text: &str) -> &str {
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => text.get(7..).unwrap_or_default().trim(),
        Some(_) | None => text,
    }
}

/// What is wrong with an address, as a clause; `None` where nothing is.
fn fault(address: &str) -> Option<String> {
    let shown = shortened(address);
    if address.contains(char::is_whitespace) {
        return Some(format!("“{shown}” has a space in it"));
    }
    let Some((name, domain)) = address.split_once('@') else {
        return Some(format!("“{shown}” has no @"));
    };
    if domain.contains('@') {
        return Some(format!("“{shown}” has more than one @"));
    }
    if name.is_empty() {
        return Some(format!("“{shown}” has nothing before its @"));
    }
    if !domain.contains('.') {
        return Some(format!("the domain of “{shown}” has no dot"));
    }
    let stray = domain.starts_with('.') || domain.ends_with('.') || domain.contains("..");
    stray.then(|| format!("the domain of “{shown}” has a dot too many"))
}

fn misspelt(plan: &Plan, who: &str, email: &Located<Text>, text: &str, faults: &[String]) -> Finding {
    let cell = email.cell;
    Finding::new(
        State::NeedsJudgement,
        format!("e-mail address {who}"),
        format!("{cell} may hold no e-mail address"),
    )
    .message(format!("{} (the e-mail address {who}): {}.", plan.place(cell), listed(faults)))
    .todo(format!("Correct the e-mail address in {cell}."))
    .ask("Ask for the address before you e-mail it.")
    .cell(cell, "e-mail")
    .expected(
        "one @, no space, and a domain with a dot, no two dots together and none at either end",
        shortened(text),
    )
}

/// The finding on a telephone number that seems to have lost its leading 0.
fn short_of_a_nought(plan: &Plan, phone: &Located<Text>, text: &str) -> Option<Finding> {
    let digits = lost_its_nought(text, plan.cover.phone_is_number)?;
    let cell = phone.cell;
    let how = if plan.cover.phone_is_number {
        "It is stored as a number, and Excel drops the first 0 of a number."
    } else {
        "Numbers in the United Kingdom begin with 0, or with +44."
    };
    Some(
        Finding::new(
            State::NeedsJudgement,
            "telephone number",
            "The telephone number may have lost its first 0",
        )
        .message(format!(
            "{} holds the telephone number {}, which has {} digits and no leading 0. {how}",
            plan.place(cell),
            shortened(text),
            digits.len()
        ))
        .todo(format!(
            "If 0{digits} is the number, enter it in {cell} as text: with a space in it, or an apostrophe before it."
        ))
        .ask("Ask for the telephone number, if you need to ring.")
        .cell(cell, "telephone number")
        .expected(format!("“0{digits}”"), format!("“{}”", shortened(text))),
    )
}

/// The digits of a telephone number that seems to have lost its leading 0.
///
/// With it, numbers have 10 or 11 digits. A number with +, an extension or a second number is not judged.
fn lost_its_nought(text: &str, is_number: bool) -> Option<String> {
    let between =
        |it: char| it.is_whitespace() || matches!(it, '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}');
    if !text.chars().all(|it| it.is_ascii_digit() || between(it)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let begins = |with: &[char]| digits.starts_with(with);
    let lost = if is_number { !begins(&['0']) } else { begins(&['1', '2', '3', '7', '8']) };
    (matches!(digits.len(), 9 | 10) && lost).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_one_at_a_dotted_domain_and_no_space() {
        for good in ["a@b.org", "First.O'Last+bcf@sub.council.gov.uk", "a-b_c@x.co"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "a.b.org",
            "a@b@c.org",
            "@b.org",
            "a@b",
            "a@.b.org",
            "a@b.org.",
            "a@b..org",
            "a @b.org",
            "a@b. org",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for (text, found) in [
            ("a@b.org", vec!["a@b.org"]),
            ("a@b.org; c@d.org,", vec!["a@b.org", "c@d.org"]),
            ("a@b.org / c@d.org", vec!["a@b.org", "c@d.org"]),
            ("a@b.org\nc@d.org", vec!["a@b.org", "c@d.org"]),
            ("mailto:a@b.org", vec!["a@b.org"]),
            ("MailTo: a@b.org", vec!["a@b.org"]),
            ("Kim Chair <a@b.org>", vec!["a@b.org"]),
            ("Chair, Kim <a@b.org>; Board, Ira <c@d.org>", vec!["a@b.org", "c@d.org"]),
            ("Chair, Kim <a@b.org>; c@d", vec!["a@b.org", "c@d"]),
            ("a@b.org; n/a", vec!["a@b.org"]),
            ("a@b.org\u{200b}", vec!["a@b.org"]),
            ("by telephone", vec!["by telephone"]),
        ] {
            assert_eq!(addresses(text), found, "{text}");
        }
    }

    #[test]
    fn a_number_has_lost_its_nought_where_ten_digits_begin_with_another() {
        for lost in ["1632960001", "163296000", "1632 960001", "(1632) 960-001", "7700900123"] {
            assert!(lost_its_nought(lost, false).is_some(), "{lost}");
        }
        for whole in [
            "01632 960001",
            "0163296000",
            "+44 1632 960001",
            "0044 1632 960001",
            "441632960001",
            "960001",
            "1632960001 x123",
            "1632960001 ext 4",
            "01632 960001 / 07700 900123",
            "5551234567",
            "(0)1632 960001",
        ] {
            assert_eq!(lost_its_nought(whole, false), None, "{whole}");
        }
        assert!(lost_its_nought("5551234567", true).is_some(), "a number cannot begin with 0");
    }
}
