//! CD01: every month of every row in use is filled.

use rust_decimal::Decimal;

use super::{capital, listed, not_asked, people};
use crate::finding::{Finding, State};
use crate::plan::{CapacityDemand, Months, Plan, TrustRow};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Month, Section};
use crate::workbook::CellRef;

/// CD01 filled.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD01",
    name: "filled",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Every month of every row in use holds a whole number of people that is not negative. The rows of services are always in use; a row of a trust is in use when its trust is chosen or one of its months is filled.",
    matters: "A blank month is left out of every total, so capacity may look sufficient where nobody has estimated the demand.",
    example: "Urgent community response has no capacity for March 2023.",
    todo: "Enter the number of people expected in each month, or of new people that the service can take; 0 where there are none.",
    source: super::super::capacity_template(
        "1.0 Guidance: Intermediate care capacity: data should be provided on a month by month basis; 3. Demand",
    ),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: super::MONTHLY,
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let Some(capacity) = &plan.capacity else { return not_asked() };
    let (mut findings, mut waits) = (Vec::new(), Vec::new());
    waits.extend(capacity.trusts.as_ref().err().map(|it| it.wait()));
    findings.extend(no_discharges(plan, capacity));
    for pathway in 0..capacity.spec.pathways.len() {
        findings.extend(no_discharges_on(plan, capacity, pathway));
    }
    for row in capacity.trusts_in_use() {
        let label = row.label(capacity.spec);
        let row = Row { about: label.clone(), label, section: Section::DischargeDemand, months: &row.months };
        row.check(plan, capacity, &mut findings, &mut waits);
    }
    for row in capacity.service_rows() {
        let sheet = plan.template.sheet(row.section).map_or("", |it| it.name);
        let label = format!("“{}”", row.name);
        let row =
            Row { about: format!("{sheet}, {}", row.name), label, section: row.section, months: &row.months };
        row.check(plan, capacity, &mut findings, &mut waits);
    }
    Outcome::of(findings, waits)
}

/// The table of trusts is not used at all, and its summary does not say what demand there is either.
fn no_discharges(plan: &Plan, capacity: &CapacityDemand) -> Option<Finding> {
    let Wait { why, .. } = plan.no_discharges(capacity).filter(|it| it.on == Some(RULE.code))?;
    let sheet = plan.template.sheet(Section::DischargeDemand).map_or("", |it| it.name);
    let first = capacity.trusts.iter().flatten().next().map(|it| it.trust.cell);
    Some(
        Finding::new(State::NotMet, why.clone(), "Demand from hospital discharge is not filled in")
            .message(format!("On sheet {sheet}, {why}."))
            .todo("Choose the trusts that discharge people of the area, and enter the discharges expected from each by pathway and month.")
            .ask("Ask how many discharges are expected from each trust.")
            .cells(first, "trust")
            .expected("a trust with its discharges", "nothing"),
    )
}

/// Other pathways are filled, and of this one nobody says what demand there is.
fn no_discharges_on(plan: &Plan, capacity: &CapacityDemand, pathway: usize) -> Option<Finding> {
    let Wait { why, .. } = plan.no_discharges_on(capacity, pathway).filter(|it| it.on == Some(RULE.code))?;
    let name = capacity.spec.pathways.get(pathway)?.name;
    let sheet = plan.template.sheet(Section::DischargeDemand).map_or("", |it| it.name);
    let of_it = |it: &&TrustRow| it.pathway.peek().known() == Some(&pathway);
    let first = capacity.trusts.iter().flatten().find(of_it).map(|it| it.trust.cell);
    Some(
        Finding::new(State::NotMet, why, format!("Demand on {name} is not filled in"))
            .message(format!(
                "On sheet {sheet}, no row of {name} is filled: no trust is chosen on it and no discharge is entered, while \
                 other pathways have theirs."
            ))
            .todo(format!(
                "Choose the trusts and enter the discharges expected on {name} in each month, 0 where there are none."
            ))
            .ask(format!("Ask how many discharges are expected on {name}."))
            .cells(first, "trust")
            .expected("a trust with its discharges, or 0", "nothing"),
    )
}

/// A row in use.
struct Row<'a> {
    label: String,
    about: String,
    section: Section,
    months: &'a Months,
}

impl Row<'_> {
    fn check(
        &self,
        plan: &Plan,
        capacity: &CapacityDemand,
        findings: &mut Vec<Finding>,
        waits: &mut Vec<Wait>,
    ) {
        let (mut blank, mut wrong) = (Vec::new(), Vec::new());
        for (at, month) in capacity.months() {
            let figure = match self.months.of(at) {
                Ok(figure) => figure,
                Err(wait) => {
                    waits.push(wait);
                    continue;
                }
            };
            if figure.get().is_blank() {
                blank.push((month, figure.cell));
                continue;
            }
            match figure.need(None) {
                Err(wait) => waits.push(wait),
                Ok(it) if it.is_sign_negative() && !it.is_zero() || !it.fract().is_zero() => {
                    wrong.push((month, figure.cell, it));
                }
                Ok(_) => {}
            }
        }
        if let Some((_, cell)) = blank.first() {
            findings.push(self.blank(plan, *cell, &blank, capacity.spec.months.len()));
        }
        if !wrong.is_empty() {
            findings.push(self.wrong(plan, &wrong));
        }
    }

    fn blank(&self, plan: &Plan, first: CellRef, blank: &[(Month, CellRef)], of: usize) -> Finding {
        let label = &self.label;
        let these = if blank.len() == 1 { "this month" } else { "each of these months" };
        let counted =
            if self.is_capacity() { "new people that the service can take" } else { "people expected" };
        let ask = if self.is_capacity() {
            format!("Ask how many new people {label} can take in {these}.")
        } else {
            format!("Ask how many people are expected for {label} in {these}.")
        };
        let months = listed(&blank.iter().map(|it| it.0.to_string()).collect::<Vec<_>>());
        let (no_figure, blank_for) =
            if blank.len() == of { ("any month", "every month") } else { (months.as_str(), months.as_str()) };
        Finding::new(State::NotMet, self.about.clone(), format!("{} is not filled in", capital(label)))
            .message(format!(
                "In row {} of sheet {}, {label} has no figure for {no_figure}.",
                first.row + 1,
                plan.sheet_name(first)
            ))
            .todo(format!("Enter the number of {counted} in {these}, 0 where there are none."))
            .ask(ask)
            .cells(blank.iter().map(|it| it.1), "blank")
            .expected("a number of people in every month", format!("blank for {blank_for}"))
    }

    /// Whether its figures say how many people a service can take, and not how many are expected.
    fn is_capacity(&self) -> bool {
        matches!(self.section, Section::DischargeCapacity | Section::CommunityCapacity)
    }

    fn wrong(&self, plan: &Plan, wrong: &[(Month, CellRef, Decimal)]) -> Finding {
        let label = &self.label;
        let holds: Vec<String> =
            wrong.iter().map(|(month, cell, it)| format!("{} for {month} ({cell})", people(*it))).collect();
        let sheet = wrong.first().map_or("", |it| plan.sheet_name(it.1));
        Finding::new(
            State::NotMet,
            format!("{}, figures", self.about),
            format!("{} holds a figure that is no whole number of people", capital(label)),
        )
        .message(format!(
            "On sheet {sheet}, {label} holds {}: every month needs a whole number of people that is not negative.",
            listed(&holds)
        ))
        .todo("Enter whole numbers of people, 0 or more.")
        .ask(format!("Ask how many people are meant for {label}."))
        .cells(wrong.iter().map(|it| it.1), "figure")
        .expected("whole numbers, 0 or more", listed(&wrong.iter().map(|it| people(it.2)).collect::<Vec<_>>()))
    }
}
