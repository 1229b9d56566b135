//! CV04: every role in the cover's table of contacts has a name and an e-mail address.

use crate::finding::{Finding, State};
use crate::plan::{Contact, Plan, is_a_name};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::answers::{self, Lack, is_filled, lack};
use crate::template::{RoleSpec, Section};

/// CV04 contacts-complete.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CV04",
    name: "contacts-complete",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Each role in the cover's table of contacts has a name and an e-mail address. A name in one cell is enough, whether it stands under first name or surname. Roles “if relevant” and rows that the area has added may stay empty.",
    matters: "Approval letters and questions about the plan go to these people. Whoever is missing does not hear that the plan was approved, or why it was not.",
    example: "The Section 151 Officer has a name and no e-mail address.",
    todo: "Enter the name and the e-mail address for each role.",
    source: super::super::template("2. Cover: Area Assurance Contact Details"),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Cover],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let contacts = match &plan.cover.contacts {
        Ok(contacts) => contacts,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    for role in plan.template.cover.roles.iter().filter(|it| it.required) {
        // A role may have more than one row: one person in it is enough.
        let rows = contacts.iter().filter(|it| it.role.is_some_and(|it| it.name == role.name));
        let judged: Vec<(&Contact, Vec<Lack>, Vec<Wait>)> = rows.map(judge).collect();
        if judged.iter().any(|(_, lacks, waits)| lacks.is_empty() && waits.is_empty()) {
            continue;
        }
        match judged.into_iter().next() {
            None => waits.push(Wait {
                on: None,
                cell: None,
                why: format!("the role “{}” was not found in the table of contacts on the cover", role.name),
                missing_value: false,
            }),
            Some((contact, lacks, unread)) => {
                waits.extend(unread);
                if !lacks.is_empty() {
                    findings.push(incomplete(plan, role, contact, &lacks));
                }
            }
        }
    }
    Outcome::of(findings, waits)
}

/// What a contact lacks, and what could not be read.
fn judge(contact: &Contact) -> (&Contact, Vec<Lack>, Vec<Wait>) {
    let (mut lacks, mut waits) = (Vec::new(), Vec::new());
    let name = lack("name", &[&contact.first_name, &contact.surname], |it| it.text().is_some_and(is_a_name));
    for found in [name, lack("e-mail address", &[&contact.email], is_filled)] {
        match found {
            Ok(found) => lacks.extend(found),
            Err(wait) => waits.push(wait),
        }
    }
    (contact, lacks, waits)
}

fn incomplete(plan: &Plan, role: &RoleSpec, contact: &Contact, lacks: &[Lack]) -> Finding {
    let whats = answers::whats(lacks);
    let title = format!("No {} for: {}", answers::any_of(lacks), role.name);
    let finding = Finding::new(State::NotMet, role.name, title)
        .message(format!(
            "Sheet {} gives {} for the role “{}”.",
            plan.sheet_name(contact.email.cell),
            answers::clauses(lacks),
            role.name
        ))
        .todo(format!("Enter the {whats} in {}.", answers::cells(lacks)))
        .ask(format!("Ask for the {whats} of whoever has the role “{}”.", role.name));
    answers::on(finding, lacks, "a name and an e-mail address")
}
