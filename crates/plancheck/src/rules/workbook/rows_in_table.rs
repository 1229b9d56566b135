//! WB11: every scheme line lies in the rows that the template's own sums read.

mod reads;

use std::collections::BTreeSet;

use reads::{Reads, reads, wait};

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Choice, Counted, Line, Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::words::PUT_BACK;
use crate::template::{Field, Section};

/// WB11 rows-in-table.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB11",
    name: "rows-in-table",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "No scheme line lies outside the rows that the template's own sums read. Which rows those are is read from the formulas of the running balances, of the required spend and of the summary by scheme type.",
    matters: "The template's sums leave out a line below or beside their rows without a word. The balances look right, and the money is in no total that the national team reads.",
    example: "A scheme of £50,000 was pasted into row 460, but the running balances read rows 49 to 448.",
    todo: "Move the line into a free row of the table; do not insert rows below it. Where one sum alone leaves the line out, put that formula back.",
    source: super::super::template("formulas of 3. Summary and 5. Expenditure"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let lines = match plan.lines(&[Field::Amount]) {
        Ok(lines) => lines,
        Err(waits) => return Outcome::of(Vec::new(), waits),
    };
    if lines.is_empty() {
        return Outcome::does_not_apply("the expenditure table has no lines");
    }
    let (mut sums, mut waits) = (Vec::new(), Vec::new());
    for computed in plan.computed.iter().filter(|it| sums_lines(it.total)) {
        match reads(plan, computed, lines) {
            Ok(sum) => sums.extend(sum),
            Err(wait) => waits.push(wait),
        }
    }
    if sums.is_empty() {
        if waits.is_empty() {
            waits.push(wait(None, None, "no sum over the lines of the table was found".to_owned()));
        }
        return Outcome::of(Vec::new(), waits);
    }
    // Every sum reads the rows of most lines.
    let by_all = sums.iter().map(Reads::rows).reduce(|all, it| all.and(&it)).unwrap_or_default();
    // A sum whose rows are not known says nothing, as long as another says where the table ends.
    let beside = lines.iter().filter(|it| !by_all.contains(it.amount.cell.row));
    let findings = beside.filter_map(|line| left_out(plan, line, &sums));
    Outcome::of(findings.collect(), Vec::new())
}

/// Whether a computed cell adds up lines of the table.
fn sums_lines(total: Total) -> bool {
    match total {
        Total::Spend(_) | Total::Planned(_) | Total::TypeSpend(_) => true,
        Total::Income(_)
        | Total::NhsIncome
        | Total::Pool
        | Total::AllSpend
        | Total::Balance(_)
        | Total::AllBalance
        | Total::Required(_)
        | Total::UnderSpend(_)
        | Total::TypeShare(_)
        | Total::AllTypes
        | Total::Rate(..)
        | Total::Discharges(..) => false,
    }
}

/// The finding on a line that a sum should read and does not.
fn left_out(plan: &Plan, line: &Line, sums: &[Reads<'_>]) -> Option<Finding> {
    let row = line.amount.cell.row;
    let missed: Vec<&Reads<'_>> = sums.iter().filter(|it| it.short_of(row).is_some()).collect();
    let counts = |it: &&&Reads<'_>| counts(it.computed.total, line);
    if !sums.iter().any(|it| counts(&&it)) {
        // No sum that is known picks this line: it is outside only where it is outside of all of them.
        let first = missed.first().filter(|_| missed.len() == sums.len())?;
        return Some(outside(plan, line, &[], first, first.room));
    }
    let own: Vec<&Reads<'_>> = missed.iter().filter(counts).copied().collect();
    let first = own.first()?;
    // Where most sums read the row, those that do not were cut short. So were those that have no room for it.
    let cut_short = missed.len() * 2 < sums.len() || !first.room;
    Some(if cut_short { left_out_by(plan, line, &own) } else { outside(plan, line, &own, first, true) })
}

/// "£40,000 of scheme 6 (Winter beds)".
fn amount_of(line: &Line) -> String {
    let amount = line.amount.get().value().map(|it| format!("{} of ", money::show_pounds(it)));
    amount.unwrap_or_default() + &line.label()
}

/// What is said of sums: two of them, and how many more there are.
fn two_of(said: impl Iterator<Item = String>) -> String {
    let said: BTreeSet<String> = said.collect();
    let more = said.len().saturating_sub(2);
    let shown: Vec<String> = said.into_iter().take(2).collect();
    shown.join("; ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

/// A line beside the rows of the table. `sums` are those that should count it, where they are known, and
/// `read` says which rows they read. `room` is whether one of those is free.
fn outside(plan: &Plan, line: &Line, sums: &[&Reads<'_>], read: &Reads<'_>, room: bool) -> Finding {
    let (cell, range) = (line.amount.cell, &read.amounts.named);
    let row = cell.row + 1;
    let (rows, why) = if sums.is_empty() {
        (format!(", {range}"), "no formula of the template reads its row")
    } else {
        let sums = sums.iter().map(|it| {
            let at = plan.place(it.computed.figure.cell);
            format!("{} ({at}, {})", it.computed.label, it.amounts.named)
        });
        (format!(": {}", two_of(sums)), "the template's totals leave it out")
    };
    Finding::new(State::NotMet, line.about(), format!("Row {row} lies outside the table's sums"))
        .message(format!(
            "Row {row} of sheet {} ({}) lies outside the rows that the template's own sums read{rows}.",
            plan.sheet_name(cell),
            amount_of(line)
        ))
        .todo(if room {
            format!("Move the line into a free row of {range}, then recalculate.")
        } else {
            format!("No row of {range} is free: move the plan into an untouched template.")
        })
        .ask(format!("Ask whether {} is part of the plan: {why}.", line.label()))
        .cell(cell, "amount")
        .cells(sums.iter().map(|it| it.computed.figure.cell), "sum")
        .expected(range, cell.a1())
}

/// A line of the table that some sums read and these do not.
fn left_out_by(plan: &Plan, line: &Line, sums: &[&Reads<'_>]) -> Finding {
    let cell = line.amount.cell;
    let row = cell.row + 1;
    let said = sums.iter().map(|it| {
        let (range, how) = it.short_of(cell.row).unwrap_or_default();
        format!("{} ({}), which {how} {range} only", it.computed.label, plan.place(it.computed.figure.cell))
    });
    let range = sums.first().and_then(|it| it.short_of(cell.row)).unwrap_or_default().0;
    let title = match sums.len() {
        1 => format!("A formula leaves out row {row}"),
        more => format!("{more} formulas leave out row {row}"),
    };
    Finding::new(State::NotMet, line.about(), title)
        .message(format!(
            "Row {row} of sheet {} ({}) is left out of {}.",
            plan.sheet_name(cell),
            amount_of(line),
            two_of(said)
        ))
        .todo(format!("{PUT_BACK} Then recalculate."))
        .ask(format!("Ask why the formula was changed: its total leaves out {}.", line.label()))
        .cell(cell, "amount")
        .cells(sums.iter().map(|it| it.computed.figure.cell), "sum")
        .expected(format!("a range that holds row {row}"), range)
}

/// Whether a sum is meant to count a line.
fn counts(total: Total, line: &Line) -> bool {
    match total {
        Total::Spend(source) => matches!(line.source.get(), Choice::Known(it) if it.idx == source),
        Total::Planned(minimum) => matches!(line.counts(minimum), Counted::Share(_)),
        Total::TypeSpend(scheme_type) => {
            line.scheme_type.get().known().is_some_and(|it| it.name == scheme_type.name)
        }
        Total::Income(_)
        | Total::NhsIncome
        | Total::Pool
        | Total::AllSpend
        | Total::Balance(_)
        | Total::AllBalance
        | Total::Required(_)
        | Total::UnderSpend(_)
        | Total::TypeShare(_)
        | Total::AllTypes
        | Total::Rate(..)
        | Total::Discharges(..) => false,
    }
}
