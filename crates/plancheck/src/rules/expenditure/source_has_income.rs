//! EX11: no line draws on a source that has no income.

use rust_decimal::Decimal;

use super::{ASK_NATIONALLY, is_pre_filled, labels, on_lines, places, some_of};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Choice, Line, Plan, Stream};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, Section};

/// EX11 source-has-income.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX11",
    name: "source-has-income",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Every source of funding that a line draws on has income on the income sheet. A source that is not one of the template's stands under EX01.",
    matters: "A line that draws on an empty source is planned without money. Most often it should be paid from another source, or the contribution was never entered.",
    example: "A line of £40,000 is paid from the Additional NHS Contribution, and the income sheet has none.",
    todo: "Enter the contribution, or choose the source that pays for the line.",
    source: super::super::template("5. Expenditure: Source of Funding, Running Balances; 4. Income"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income, Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Source, Field::Amount], |lines| {
        let (mut findings, mut waits, mut empty) = (Vec::new(), Vec::new(), false);
        for (idx, stream) in plan.streams.iter().enumerate() {
            let paid = |it: &&Line| matches!(it.source.get(), Choice::Known(source) if source.idx == idx);
            let drawing = lines.iter().filter(paid);
            match income(stream) {
                Ok(income) if income > Decimal::ZERO => continue,
                Ok(_) => empty = true,
                Err(more) => {
                    waits.extend(if drawing.clone().next().is_some() { more } else { Vec::new() });
                    continue;
                }
            }
            let (mut drawn, mut unread) = (Vec::new(), Vec::new());
            for line in drawing {
                match line.amount.need(Some("EX04")) {
                    Ok(amount) if amount.is_zero() => {}
                    Ok(amount) => drawn.push((line, amount)),
                    Err(wait) => unread.push(wait),
                }
            }
            if drawn.is_empty() {
                waits.extend(unread);
            } else {
                findings.push(without_income(plan, stream, &drawn));
            }
        }
        // A line without a source may draw on the empty one.
        if empty {
            waits.extend(lines.iter().filter_map(|it| it.source.need(Some("EX04")).err()));
        }
        Outcome::of(findings, waits)
    })
}

/// What a stream's rows come to: nought where all of them are blank.
fn income(stream: &Stream) -> Result<Decimal, Vec<Wait>> {
    let rows = stream.rows.as_ref().map_err(|it| vec![it.wait()])?;
    let (mut amounts, mut waits) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|it| !it.amount.get().is_blank()) {
        match row.amount.need(None) {
            Ok(amount) => amounts.push(amount),
            Err(wait) => waits.push(wait),
        }
    }
    // One row that cannot be read takes nothing from another that can.
    let known = money::sum(amounts);
    if waits.is_empty() || known > Decimal::ZERO { Ok(known) } else { Err(waits) }
}

fn without_income(plan: &Plan, stream: &Stream, drawn: &[(&Line, Decimal)]) -> Finding {
    let total = money::sum(drawn.iter().map(|it| it.1));
    let name = stream.source.stream;
    let labels = labels(drawn.iter().map(|it| it.0));
    let place = places(plan, &drawn.iter().map(|it| it.0.source.cell).collect::<Vec<_>>());
    let (lines, these) = match drawn.len() {
        1 => (format!("{place}: one line draws"), "this line"),
        more => (format!("{place}: {more} lines draw"), "these lines"),
    };
    let todo = if is_pre_filled(stream.source) {
        format!("Choose the source that pays for {these}. {ASK_NATIONALLY}")
    } else {
        format!("Enter {name} on the income sheet, or choose the source that pays for {these}.")
    };
    let incomes: Vec<_> = stream.rows.iter().flatten().map(|it| it.amount.cell).collect();
    let mut sum: Vec<Term> =
        drawn.iter().map(|(line, amount)| Term::at(line.heading(), *amount, line.amount.cell)).collect();
    sum.push(Term::result(format!("Planned from {name}"), total));
    Finding::new(State::NotMet, stream.source.name, format!("{} has no income", stream.source.name))
        .message(format!(
            "{lines} {} on {name}, which has no income: {}.",
            money::show_pounds(total),
            some_of(&labels)
        ))
        .todo(todo)
        .ask(format!(
            "Ask what pays for the {}, and whether the contribution was left out.",
            money::show_pounds(total)
        ))
        .cells(drawn.iter().map(|it| it.0.source.cell), "source of funding")
        .cells(drawn.iter().map(|it| it.0.amount.cell), "amount")
        .cells(incomes, "income")
        .sum(sum)
        .expected("an income above £0", "£0")
}
