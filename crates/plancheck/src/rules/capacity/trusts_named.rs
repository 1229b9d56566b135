//! CD05: figures stand under a trust, and small trusts under Other.

use rust_decimal::Decimal;

use super::{listed, not_asked, people};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{CapacityDemand, Plan, TrustRow, Trusts, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Section;

/// CD05 trusts-named.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "CD05",
    name: "trusts-named",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No figures stand on a row whose trust is still “(Please select Trust/s.....)”. A trust with less than 10% of all discharges of the period is put together with others under “Other”.",
    matters: "Discharges are planned with the trusts they come from. Many small rows hide the trusts that matter.",
    example: "A row of pathway 1 has figures but no trust; a trust with 2% of discharges has rows of its own.",
    todo: "Choose the trust of each row with figures. Move trusts with less than 10% of discharges to “Other”.",
    source: super::super::capacity_template(
        "1.0 Guidance: 3. Demand: individual trusts where they represent 10% or more; 3.1: '(Please select Trust/s.....)'",
    ),
    requirement: Some("PR6"),
    kinds: super::super::CAPACITY_DEMAND,
    needs: &[Section::DischargeDemand],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let Some(capacity) = &plan.capacity else { return not_asked() };
    if let Err(absent) = &capacity.trusts {
        return Outcome::of(Vec::new(), vec![absent.wait()]);
    }
    let mut waits: Vec<Wait> = plan.no_discharges(capacity).into_iter().collect();
    let mut findings = Vec::new();
    for row in capacity.trusts_in_use().filter(|it| it.named().is_none()) {
        match row.trust.unreadable() {
            Some(wait) => waits.push(wait),
            None => findings.extend(nobody(plan, capacity, row)),
        }
    }
    match shares(capacity) {
        Ok(trusts) => {
            let all = money::sum(trusts.iter().map(|it| it.people));
            findings.extend(trusts.iter().filter_map(|it| small(plan, capacity, it, all)));
        }
        Err(more) => waits.extend(more),
    }
    Outcome::of(findings, waits)
}

/// Figures on a row without a trust. Noughts are nobody's discharges and need none.
fn nobody(plan: &Plan, capacity: &CapacityDemand, row: &TrustRow) -> Option<Finding> {
    let mut held = Vec::new();
    for (at, month) in capacity.months() {
        let Ok(figure) = row.months.of(at) else { continue };
        let said = match figure.get().value() {
            Some(it) if it.is_zero() => continue,
            Some(it) => people(it),
            None if figure.get().is_blank() => continue,
            None => "something that is no figure".to_owned(),
        };
        held.push((figure.cell, format!("{said} for {month}")));
    }
    if held.is_empty() {
        return None;
    }
    let pathway = row.pathway_name(capacity.spec);
    let trust = match row.trust.get().text() {
        Some(text) => format!("says “{}”", shortened(text)),
        None => "is blank".to_owned(),
    };
    let figures = listed(&held.iter().map(|it| it.1.clone()).collect::<Vec<_>>());
    // Where one cell names several rows, the trust's own cell stands above.
    let row_number = held.first().map_or(row.trust.cell.row, |it| it.0.row) + 1;
    Some(
        Finding::new(
            State::NotMet,
            format!("{pathway}, no trust"),
            format!("Row {row_number} has discharges of no trust"),
        )
        .message(format!(
            "In row {row_number} of sheet {}, {pathway} holds {figures}, but the cell of its trust ({}) {trust}.",
            plan.sheet_name(row.trust.cell),
            row.trust.cell
        ))
        .todo("Choose the trust from the list, or “Other” where it is none of them. Clear the figures if they are not meant.")
        .ask("Ask which trust these discharges come from.")
        .cell(row.trust.cell, "trust")
        .cells(held.iter().map(|it| it.0), "figure")
        .expected("a trust", row.trust.get().text().unwrap_or("nothing")),
    )
}

/// A trust with all its discharges.
struct Share<'a> {
    /// `None` where no trust is chosen.
    name: Option<&'a str>,
    rows: Vec<&'a TrustRow>,
    people: Decimal,
}

/// Every trust with its discharges, or what their shares must wait on.
fn shares(capacity: &CapacityDemand) -> Result<Vec<Share<'_>>, Vec<Wait>> {
    let mut shares: Vec<Share<'_>> = Vec::new();
    let (mut trusts, mut nobody) = (Trusts::default(), None);
    let mut waits = Vec::new();
    for row in capacity.trusts_in_use() {
        let mut total = Decimal::ZERO;
        for (at, _) in capacity.months() {
            match row.months.of(at).and_then(|it| it.need(Some("CD01"))) {
                Ok(it) => total = total.saturating_add(it),
                Err(wait) => waits.push(wait),
            }
        }
        let name = row.named();
        let number = match name {
            Some(name) => trusts.number(name, shares.len()),
            None => *nobody.get_or_insert(shares.len()),
        };
        match shares.get_mut(number) {
            Some(it) => {
                it.people = it.people.saturating_add(total);
                it.rows.push(row);
            }
            None => shares.push(Share { name, rows: vec![row], people: total }),
        }
    }
    if waits.is_empty() { Ok(shares) } else { Err(waits) }
}

/// A trust that is too small for rows of its own.
fn small(plan: &Plan, capacity: &CapacityDemand, it: &Share<'_>, all: Decimal) -> Option<Finding> {
    let name = it.name.filter(|name| !capacity.is_other(name))?;
    // Less than a tenth, exactly.
    if it.people.saturating_mul(Decimal::TEN) >= all {
        return None;
    }
    let percent = it.people.checked_div(all)?.saturating_mul(Decimal::ONE_HUNDRED);
    let first = it.rows.first()?;
    let mut sum: Vec<Term> = it
        .rows
        .iter()
        .flat_map(|row| {
            let name = row.pathway_name(capacity.spec);
            capacity.months().filter_map(move |(at, month)| {
                let figure = row.months.of(at).ok()?;
                Some(Term::at(format!("{name}, {month}"), figure.get().value()?, figure.cell))
            })
        })
        .collect();
    sum.push(Term::result("Discharges of the trust", it.people));
    let name = shortened(name);
    let share = money::show_number(percent, 2);
    Some(
        Finding::new(State::NeedsJudgement, name.clone(), format!("{name} has {share}% of discharges"))
            .message(format!(
                "{name} ({}) accounts for {} of {} discharges in the period, {share}%. The template asks you to put trusts \
                 with less than 10% together under “Other”.",
                plan.place(first.trust.cell),
                people(it.people),
                people(all)
            ))
            .todo("Move its discharges to the rows of “Other”, or keep them and say why the trust stands alone.")
            .ask("Ask why this trust has rows of its own.")
            .cells(trust_cells(&it.rows), "trust")
            .people(sum)
            .expected("10% or more, or “Other”", format!("{share}%")),
    )
}

fn trust_cells(rows: &[&TrustRow]) -> Vec<crate::workbook::CellRef> {
    let mut cells: Vec<_> = rows.iter().map(|it| it.trust.cell).collect();
    cells.dedup();
    cells
}
