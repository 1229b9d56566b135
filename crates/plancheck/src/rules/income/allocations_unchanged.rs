//! IN07: pre-filled contributions are what was allocated.

use rust_decimal::Decimal;

use crate::allocations::{Allocation, Allocations};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Plan, Stream, Text, is_a_name, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Section;

/// IN07 allocations-unchanged.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN07",
    name: "allocations-unchanged",
    class: Class::Condition,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Each stream of income equals its published allocation, in whole pounds. The published allocations are given beside the workbook, as CSV with the columns board, year, stream and amount. Several lines of one stream, such as one for each ICB, are added up. Does not apply where no allocations are given.",
    matters: "The minimum contributions are set nationally and are filled in by the template. An area may add to them on lines of their own, but not change them: both minimum spends and the size of the pool follow from them.",
    example: "The minimum NHS contribution is £26,500,000 on the income sheet; the published allocation for the board is £26,435,346.",
    todo: "Put the published allocation back. Enter anything above it as an additional contribution.",
    source: super::super::template(
        "1. Guidance: 4. Income, the minimum contributions are pre-populated; the allocations supplied by the user",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    // Without allocations it has nothing to test, whether the sheet is there or not.
    needs: &[],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    match &plan.allocations {
        None => Outcome::does_not_apply("no published allocations were given to compare with"),
        Some(allocations) => match plan.absent_sheets.iter().find(|it| it.section == Section::Income) {
            Some(income) => Outcome::of(Vec::new(), vec![Wait::for_sheet(income)]),
            None => compare_all(plan, allocations),
        },
    }
}

fn compare_all(plan: &Plan, allocations: &Allocations) -> Outcome {
    let board = match board(plan) {
        Ok(board) => board,
        Err(wait) => return Outcome::of(Vec::new(), vec![wait]),
    };
    let shown = shortened(board);
    if !allocations.names(board) {
        return Outcome::could_not_check(format!(
            "the allocations given have no line for the board “{shown}”"
        ));
    }
    let (mut findings, mut waits, mut compared) = (Vec::new(), Vec::new(), Vec::new());
    for (idx, stream) in plan.streams.iter().enumerate() {
        let lines = allocations.of(plan.template, board, idx);
        if lines.is_empty() {
            continue;
        }
        compared.push(stream.source.name);
        match plan.totals().income(idx) {
            Ok(income) => findings.extend(compare(plan, stream, &shown, &lines, income)),
            Err(more) => waits.extend(more),
        }
    }
    if compared.is_empty() {
        return Outcome::could_not_check(format!(
            "the allocations given have no line for the board “{shown}” in {}",
            plan.template.year
        ));
    }
    let reason = format!("Compared with the allocations given for {shown}: {}.", compared.join(", "));
    Outcome::of(findings, waits).because(Some(reason))
}

/// The board that the cover names, or what is in the way.
fn board(plan: &Plan) -> Result<&str, Wait> {
    let cover = plan.cover.board.as_ref().map_err(|it| it.wait())?;
    let wait = |why: String| Wait { on: Some("CV01"), cell: Some(cover.cell), why, missing_value: false };
    match cover.get() {
        Text::Is(text) if is_a_name(text) => Ok(text),
        Text::Is(text) => Err(wait(format!("{} names no board but says “{}”", cover.cell, shortened(text)))),
        Text::Date(_) => Err(wait(format!("{} names no board but holds a date", cover.cell))),
        Text::Blank => Err(wait(format!("{} names no board", cover.cell))),
        Text::Error(_) | Text::NoValue => {
            Err(cover.unreadable().unwrap_or_else(|| wait(format!("{} cannot be read", cover.cell))))
        }
    }
}

fn compare(
    plan: &Plan,
    stream: &Stream,
    board: &str,
    lines: &[&Allocation],
    income: Decimal,
) -> Option<Finding> {
    let allocated = money::sum(lines.iter().map(|it| it.amount));
    let gap = money::pounds(income).saturating_sub(money::pounds(allocated));
    if gap.is_zero() {
        return None;
    }
    let amount = money::show_pounds(gap.abs());
    let more = if gap.is_sign_negative() { "less" } else { "more" };
    let name = stream.source.stream;
    let cells: Vec<_> = stream
        .rows
        .iter()
        .flatten()
        .filter(|it| it.amount.get().value().is_some())
        .map(|it| it.amount.cell)
        .collect();
    let place = cells.first().map_or(String::new(), |it| format!(" in {}", plan.place(*it)));
    let numbers: Vec<String> = lines.iter().map(|it| it.line.to_string()).collect();
    let from = match numbers.as_slice() {
        [one] => format!("line {one}"),
        several => format!("lines {}", several.join(", ")),
    };
    let mut sum = stream.terms();
    let allocation = |it: &&Allocation| {
        Term::result(
            format!("Less the allocation, line {} of the file: {}", it.line, shortened(&it.stream)),
            -it.amount,
        )
    };
    sum.extend(lines.iter().map(allocation));
    sum.push(Term::result("Income less allocation", gap));
    let todo = if gap.is_sign_negative() {
        "Put the published allocation back: it is a minimum that cannot be lowered."
    } else {
        "Put the published allocation back, and enter what was added to it as an additional contribution with a \
         comment."
    };
    Some(
        Finding::new(
            State::NotMet,
            stream.source.name,
            format!("{} is not the published allocation", stream.source.name),
        )
        .message(format!(
            "The income from {name}{place} is {}, which is {amount} {more} than the published allocation of {} for \
             {board} in {} ({from} of the allocations given).",
            money::show_pounds(money::pounds(income)),
            money::show_pounds(money::pounds(allocated)),
            plan.template.year
        ))
        .todo(todo)
        .ask(format!("Ask why {name} was changed, and by whom; the allocation is set nationally."))
        .cells(cells, "contribution")
        .sum(sum)
        .expected(money::plain(allocated), money::plain(income)),
    )
}
