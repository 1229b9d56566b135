//! CV06: nobody stands both for the integrated care board and for the council.

use std::collections::BTreeSet;

use crate::finding::{Finding, State};
use crate::plan::{Contact, Located, Plan, Text, is_placeholder, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::{either, listed};
use crate::template::{Section, Side};

/// CV06 signatories-distinct.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV06",
    name: "signatories-distinct",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Nobody in the cover's table of contacts stands both for the integrated care board and in a role of the council. Those roles are Chief Executive, Director of Adult Social Services and Section 151 Officer. People are the same where the full name is, whatever its case, spaces and titles, or where the e-mail address is.",
    matters: "The plan is an agreement between the NHS and the council. One person may lawfully hold a joint post, but the two parties to the agreement should not be one person without anybody noticing.",
    example: "The same director of place stands for the integrated care board and as Director of Adult Social Services.",
    todo: "Check that both rows name the right person. If one person does hold both posts, be ready to say who agreed the plan for the other party.",
    source: super::super::template(
        "2. Cover: Area Assurance Contact Details; PR1 A jointly developed and agreed plan",
    ),
    requirement: Some("PR1"),
    kinds: super::super::PLANNING,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let contacts = match &plan.cover.contacts {
        Ok(contacts) => contacts,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let people = |side: Side| -> Vec<Person<'_>> {
        let rows = contacts.iter().filter(|it| it.role.is_some_and(|it| it.side == side));
        rows.filter_map(Person::read).collect()
    };
    let (nhs, council) = (people(Side::Nhs), people(Side::Council));
    let findings: Vec<Finding> = nhs.iter().filter_map(|it| both(plan, it, &council)).collect();
    let signing = contacts.iter().filter(|it| it.role.is_some_and(|it| it.side != Side::Other));
    let waits: Vec<Wait> = signing.flat_map(cells).filter_map(Located::unreadable).collect();
    if findings.is_empty() && waits.is_empty() && (nhs.is_empty() || council.is_empty()) {
        let side = if nhs.is_empty() { "for the integrated care board" } else { "in a council role" };
        return Outcome::does_not_apply(format!("no contact {side} has a full name or an e-mail address"));
    }
    let unknown: Vec<String> = contacts
        .iter()
        .filter(|it| it.role.is_some_and(|it| it.required && it.side != Side::Other))
        .filter(|it| Person::read(it).is_none())
        .map(|it| format!("“{}”", it.role_text))
        .collect();
    let reason = format!("No full name or e-mail address to compare is given for {}.", listed(&unknown));
    Outcome::of(findings, waits).because((!unknown.is_empty()).then_some(reason))
}

/// The cells by which somebody is known.
fn cells(contact: &Contact) -> [&Located<Text>; 3] {
    [&contact.first_name, &contact.surname, &contact.email]
}

/// Somebody in the table of contacts, as far as they can be told from others.
struct Person<'p> {
    contact: &'p Contact,
    role: &'static str,
    /// The full name as it is written, and its letters; `None` where only one name is given.
    name: Option<(String, String)>,
    emails: BTreeSet<String>,
}

impl<'p> Person<'p> {
    /// The person in this row; `None` where neither a full name nor an e-mail address is given.
    fn read(contact: &'p Contact) -> Option<Self> {
        let given = |it: &Located<Text>| it.get().text().filter(|it| !is_placeholder(it)).map(str::to_owned);
        let [first_name, surname, email] = cells(contact).map(given);
        let words: Vec<String> = first_name.into_iter().chain(surname).collect();
        let name = full_name(&words.join(" "));
        let emails = email.map(|it| addresses(&it)).unwrap_or_default();
        let role = contact.role.map_or("", |it| it.name);
        (name.is_some() || !emails.is_empty()).then_some(Person { contact, role, name, emails })
    }

    /// Whether two rows have the name in common, and whether the e-mail address.
    fn shares(&self, other: &Person<'_>) -> (bool, bool) {
        let name = self.name.as_ref().zip(other.name.as_ref()).is_some_and(|(a, b)| a.1 == b.1);
        (name, !self.emails.is_disjoint(&other.emails))
    }
}

/// A name without its titles, and its letters alone. A single word is nobody's full name.
fn full_name(text: &str) -> Option<(String, String)> {
    const TITLES: [&str; 17] = [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "doctor",
        "prof",
        "professor",
        "cllr",
        "councillor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "revd",
    ];
    let letters = |word: &str| -> String {
        word.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let words: Vec<&str> = text
        .split_whitespace()
        .skip_while(|it| TITLES.contains(&letters(it).as_str()))
        .filter(|it| !letters(it).is_empty())
        .collect();
    (words.len() > 1).then(|| (words.join(" "), letters(&words.concat())))
}

/// The e-mail addresses in a cell.
fn addresses(text: &str) -> BTreeSet<String> {
    super::contacts_well_formed::addresses(text)
        .into_iter()
        .map(|it| it.to_lowercase())
        .filter(|it| it.contains('@'))
        .collect()
}

/// The finding on somebody who stands for the NHS and in one council role or several.
fn both(plan: &Plan, nhs: &Person<'_>, council: &[Person<'_>]) -> Option<Finding> {
    let same: Vec<(&Person<'_>, (bool, bool))> =
        council.iter().map(|it| (it, nhs.shares(it))).filter(|(_, it)| it.0 || it.1).collect();
    let (by_name, by_email) = same.iter().fold((false, false), |all, (_, it)| (all.0 || it.0, all.1 || it.1));
    let email = nhs.emails.iter().find(|it| same.iter().any(|(other, _)| other.emails.contains(*it)));
    let (what, who) = match (by_name, by_email) {
        (false, false) => return None,
        (true, false) => ("name", nhs.name.as_ref().map(|it| it.0.clone())),
        (false, true) => ("e-mail address", email.cloned()),
        (true, true) => ("name and e-mail address", nhs.name.as_ref().map(|it| it.0.clone())),
    };
    let who = shortened(&who.unwrap_or_default());
    let people = || std::iter::once(nhs).chain(same.iter().map(|it| it.0));
    let roles = listed(&same.iter().map(|(it, _)| format!("“{}”", it.role)).collect::<Vec<_>>());
    let role = if same.len() == 1 { "role" } else { "roles" };
    // Under different names, an address is what is wrong.
    let strangers = !by_name && people().all(|it| it.name.is_some());
    let title = match (strangers, same.len()) {
        (true, 1) => "Two people share one e-mail address".to_owned(),
        (true, _) => "Several people share one e-mail address".to_owned(),
        (false, _) => format!("{who} stands for the integrated care board and for the council"),
    };
    let message = format!(
        "Sheet {} gives the same {what}, {who}, for the role “{}” and for the {role} {roles}",
        plan.sheet_name(nhs.contact.surname.cell),
        nhs.role
    );
    let mut finding = Finding::new(State::NeedsJudgement, nhs.role, title);
    finding = if strangers {
        let cells = either(&people().map(|it| it.contact.email.cell.a1()).collect::<Vec<_>>());
        finding
            .message(format!("{message}, under different names."))
            .todo(format!("Correct {cells}, unless these people share that mailbox."))
            .ask("Ask for an address of each person's own.")
            .expected("different addresses", who.clone())
    } else {
        finding
            .message(format!("{message}."))
            .todo(RULE.todo)
            .ask("Ask whether one person holds both posts, and who agreed the plan for each party.")
            .expected("different people", who.clone())
    };
    for person in people() {
        let contact = person.contact;
        if by_name {
            finding = finding.cell(contact.first_name.cell, "name").cell(contact.surname.cell, "name");
        }
        if by_email {
            finding = finding.cell(contact.email.cell, "e-mail");
        }
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_by_its_letters_and_without_its_titles() {
        let letters = |text: &str| full_name(text).map(|it| it.1);
        assert_eq!(letters("Sam Place").as_deref(), Some("samplace"));
        for same in ["SAM  PLACE", "Dr. Sam Place", "Cllr Prof Sam Place ", "Sam Pla-ce"] {
            assert_eq!(letters(same), letters("Sam Place"), "{same}");
        }
        assert_ne!(letters("Sam Placer"), letters("Sam Place"));
    }

    #[test]
    fn one_word_is_no_full_name() {
        for text in ["Place", "Dr Place", "", "-"] {
            assert_eq!(full_name(text), None, "{text}");
        }
    }
}
