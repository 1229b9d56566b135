//! EX01: planned expenditure equals income, source by source.

use rust_decimal::Decimal;

use super::likeliest_cause;
use super::sides::{Side, gap_in_words, sides};
use super::{ASK_NATIONALLY, is_pre_filled};
use crate::finding::{Condition, Finding, Remedy, State, Term};
use crate::money;
use crate::plan::{Computed, Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule, Waits};
use crate::rules::words::{capital, either, first_of};
use crate::template::Section;
use crate::workbook::CellRef;

/// EX01 funding-balance.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX01",
    name: "funding-balance",
    class: Class::Condition,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "For every source of funding, planned expenditure equals income, in whole pounds. Both sides are added up from the rows and lines, never taken from the template's balances.",
    matters: "Planning requirement 7 asks for an agreed expenditure plan in which every element of the pool matches its funding. The template validates it.",
    example: "iBCF income is £15,725,903, but the lines paid from it come to £15,725,904.",
    todo: "Correct the amount of a line or the source it is paid from. Correct the income only where it is an additional contribution: the rest is pre-filled, and the national team answers for it.",
    source: super::super::template("5. Expenditure: Running Balances; 7. Planning Requirements: PR7"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income, Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let sides = sides(plan);
    let mut findings = Vec::new();
    let mut waits = Waits::default();
    for side in &sides {
        match side.pounds() {
            Some((_, _, gap)) if gap.is_zero() => {}
            Some((income, spend, gap)) => findings.push(imbalance(plan, &sides, side, (income, spend, gap))),
            None => {
                let sides = side.income.as_ref().err().into_iter().chain(side.spend.as_ref().err());
                waits.extend(sides.flatten().cloned());
            }
        }
    }
    let condition = condition(plan, &sides, &findings);
    Outcome::of(findings, waits).with_condition(condition)
}

fn imbalance(
    plan: &Plan,
    sides: &[Side<'_>],
    side: &Side<'_>,
    (income, spend, gap): (Decimal, Decimal, Decimal),
) -> Finding {
    let amount = money::show_pounds(gap.abs());
    let more = if gap.is_sign_negative() { "more" } else { "less" };
    let mut sum = terms(plan, side);
    let mut finding =
        Finding::new(State::NotMet, side.name.clone(), format!("{} does not balance", side.name));
    // The balance the template shows is where a reader looks first.
    let shown = plan.computed.iter().find(|it| {
        it.section == Section::Expenditure
            && matches!((it.total, side.source), (Total::Balance(idx), Some(source)) if idx == source)
    });
    if let Some(shown) = shown {
        finding = finding.cell(shown.figure.cell, "balance");
    }
    if let Some(line) = side.unknown {
        finding = finding.cell(line.source.cell, "source of funding");
    }
    let cells: Vec<_> = sum.iter().filter_map(|it| it.cell).collect();
    sum.push(Term::result("Income less planned expenditure", gap));
    let (cause, remedies) = if side.unknown.is_some() {
        let why =
            format!("{} is not a source of funding of this template, so it has no income.", side.phrase);
        (Some(why), Vec::new())
    } else {
        match likeliest_cause::find(plan, sides, side, gap) {
            Some(cause) => (Some(cause.text), vec![cause.remedy]),
            None => (None, Vec::new()),
        }
    };
    finding
        .message(format!(
            "Planned expenditure from {} is {}, which is {amount} {more} than its income of {}.",
            side.phrase,
            money::show_pounds(money::pounds(spend)),
            money::show_pounds(money::pounds(income))
        ))
        .todo(todo(plan, side, gap, &remedies))
        .ask(format!(
            "Ask how the {amount} came about, and whether income or expenditure is right for {}.",
            side.phrase
        ))
        .cells(cells, "amount")
        .cells(blank_income(plan, side), "income")
        .sum(sum)
        .expected(money::plain(income), money::plain(spend))
        .cause(cause)
        .remedies(remedies)
}

/// The parts of a source's balance: its income, less each line that is paid from it.
fn terms(plan: &Plan, side: &Side<'_>) -> Vec<Term> {
    let income = side.source.and_then(|it| plan.streams.get(it)).map(|it| it.terms()).unwrap_or_default();
    let planned = side.lines.iter().filter_map(|line| {
        let amount = line.amount.get().value()?;
        Some(Term::at(format!("Planned: {}", line.label()), -amount, line.amount.cell))
    });
    income.into_iter().chain(planned).collect()
}

/// Where the income of a source would stand that has none: its blank rows, or else its total.
fn blank_income(plan: &Plan, side: &Side<'_>) -> Vec<CellRef> {
    let Some((idx, stream)) = side.source.and_then(|idx| Some((idx, plan.streams.get(idx)?))) else {
        return Vec::new();
    };
    if !stream.terms().is_empty() {
        return Vec::new();
    }
    let rows: Vec<CellRef> = stream.rows.iter().flatten().map(|it| it.amount.cell).collect();
    if !rows.is_empty() {
        return rows;
    }
    let is_total = |it: &&Computed| it.section == Section::Income && it.total == Total::Income(idx);
    plan.computed.iter().filter(is_total).map(|it| it.figure.cell).collect()
}

/// What to do: where one cause stands out, that comes first.
fn todo(plan: &Plan, side: &Side<'_>, gap: Decimal, remedies: &[Remedy]) -> String {
    let phrase = &side.phrase;
    if side.unknown.is_some() {
        return format!("Choose one of the template's sources of funding for the lines that say {phrase}.");
    }
    let pre_filled = side.source.and_then(|it| plan.template.sources.get(it)).is_some_and(is_pre_filled);
    let amount = money::show_pounds(gap.abs());
    let (begin, mut ways) = if gap.is_sign_negative() {
        let less = format!("take {amount} off the lines paid from {phrase}");
        (String::new(), vec![less, "move a line to another source".to_owned()])
    } else {
        let ways = ["add to a line", "add a line", "move a line to this source"];
        (format!("plan the other {amount} of {phrase}: "), ways.map(str::to_owned).to_vec())
    };
    let mut after = String::new();
    if pre_filled {
        after = format!(" {ASK_NATIONALLY}");
    } else {
        ways.push("correct the income".to_owned());
    }
    let advice = format!("{begin}{}.{after}", either(&ways));
    match remedies.iter().find_map(|it| it.cells.first()) {
        Some(it) => format!("Start with the likeliest cause, in {}. If that is not it, {advice}", it.cell),
        None => capital(&advice),
    }
}

fn condition(plan: &Plan, sides: &[Side<'_>], findings: &[Finding]) -> Condition {
    let known: Vec<_> = sides.iter().filter_map(Side::pounds).collect();
    let sentence = if known.len() == sides.len() && findings.is_empty() {
        format!(
            "Planned expenditure equals income for all {} sources of funding: {} on both sides.",
            sides.len(),
            money::show_pounds(money::sum(known.iter().map(|it| it.0)))
        )
    } else {
        let balanced = known.iter().filter(|it| it.2.is_zero()).count();
        let out: Vec<String> = sides
            .iter()
            .filter_map(|side| {
                let gap = side.pounds()?.2;
                (!gap.is_zero()).then(|| format!("for {} {}", side.phrase, gap_in_words(gap)))
            })
            .collect();
        let unread: Vec<String> =
            sides.iter().filter(|it| it.pounds().is_none()).map(|it| it.phrase.clone()).collect();
        let mut parts = vec![format!("{balanced} of {} sources of funding balance", sides.len())];
        parts.extend(first_of(&out));
        if !unread.is_empty() {
            parts.push(format!("could not be checked: {}", first_of(&unread).join(", ")));
        }
        parts.join("; ") + "."
    };
    let sum = sides
        .iter()
        .filter_map(|side| Some((side, side.pounds()?.2)))
        .flat_map(|(side, gap)| {
            let result = Term::result(format!("{}: income less planned expenditure", side.name), gap);
            terms(plan, side).into_iter().chain([result])
        })
        .collect();
    let cells = plan
        .computed
        .iter()
        .filter(|it| it.section == Section::Expenditure && matches!(it.total, Total::Balance(_)))
        .map(|it| crate::finding::CellMark { cell: it.figure.cell, role: "balance" })
        .collect();
    Condition {
        title: "Income and planned expenditure agree for every source of funding".to_owned(),
        condition: None,
        requirement: RULE.requirement,
        sentence,
        required: None,
        planned: None,
        declared: plan.declared("PR7"),
        sum,
        cells,
    }
}
