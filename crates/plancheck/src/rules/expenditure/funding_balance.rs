//! EX01: planned expenditure equals income, source by source.

use rust_decimal::Decimal;

use crate::finding::{Condition, Finding, State, Term};
use crate::money;
use crate::plan::{Choice, Line, Plan, Sum, Total};
use crate::report::Balance;
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::Section;

/// EX01 funding-balance.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX01",
    name: "funding-balance",
    class: Class::Condition,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "For every source of funding, planned expenditure equals income, in whole pounds. Both sides are added up from the rows and lines, never taken from the template's balances.",
    matters: "Planning requirement 7 asks for an agreed expenditure plan in which every element of the pool matches its funding. The template validates it.",
    example: "iBCF income is £15,725,903, but the lines paid from it come to £15,725,904.",
    todo: "Correct the amount of a line, the source it is paid from, or the income.",
    source: super::super::template("5. Expenditure: Running Balances; 7. Planning Requirements: PR7"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income, Section::Expenditure],
    check: Check::Plan(check),
};

/// One source of funding with both its sides.
struct Side<'p> {
    name: String,
    /// In the middle of a sentence: "the iBCF".
    phrase: String,
    income: Sum,
    spend: Sum,
    /// The first line of a source that the template does not have.
    unknown: Option<&'p Line>,
    /// Its place in the template's list.
    source: Option<usize>,
}

impl Side<'_> {
    /// Both sides in pounds, and income less expenditure in whole pounds.
    fn pounds(&self) -> Option<(Decimal, Decimal, Decimal)> {
        let (income, spend) = (*self.income.as_ref().ok()?, *self.spend.as_ref().ok()?);
        Some((income, spend, money::pounds(income).saturating_sub(money::pounds(spend))))
    }
}

fn sides(plan: &Plan) -> Vec<Side<'_>> {
    let totals = plan.totals();
    let known = plan.template.sources.iter().enumerate().map(|(idx, source)| Side {
        name: source.name.to_owned(),
        phrase: source.stream.to_owned(),
        income: totals.income(idx),
        spend: totals.spend(idx),
        unknown: None,
        source: Some(idx),
    });
    let unknown = totals.unknown_sources().into_iter().map(|(name, spend, line)| Side {
        phrase: format!("“{name}”"),
        name,
        income: Ok(Decimal::ZERO),
        spend,
        unknown: Some(line),
        source: None,
    });
    known.chain(unknown).collect()
}

/// Income against planned expenditure: a row for each source, and one for the whole pool.
pub fn income_and_expenditure(plan: &Plan) -> (Vec<Balance>, Balance) {
    let sides = sides(plan);
    let pool = plan.totals().expected(Total::Pool);
    let whole = pool.as_ref().ok().copied();
    let balances: Vec<Balance> = sides.iter().map(|it| balance(plan, it, whole)).collect();
    let spends = sides.iter().map(|it| it.spend.as_ref().ok().copied());
    let spend: Option<Decimal> = spends.collect::<Option<Vec<_>>>().map(money::sum);
    let total = Side {
        name: "Total".to_owned(),
        phrase: "all sources".to_owned(),
        income: pool,
        spend: spend.ok_or_else(Vec::new),
        unknown: None,
        source: None,
    };
    let total = balance(plan, &total, whole);
    (balances, total)
}

fn balance(plan: &Plan, side: &Side<'_>, whole: Option<Decimal>) -> Balance {
    let income = side.income.as_ref().ok().copied();
    let expenditure = side.spend.as_ref().ok().copied();
    let share = |it: Option<Decimal>| money::percent(it?, whole?);
    let (state, sentence, difference) = match side.pounds() {
        None => (State::CouldNotCheck, "An amount is missing or cannot be read".to_owned(), None),
        Some((_, _, gap)) if gap.is_zero() => (State::Met, "Balanced".to_owned(), Some(gap)),
        Some((_, _, gap)) => (State::NotMet, gap_in_words(gap), Some(gap)),
    };
    Balance {
        source: side.name.clone(),
        year: plan.template.year,
        income,
        expenditure,
        difference,
        state,
        sentence,
        income_share: share(income),
        expenditure_share: share(expenditure),
    }
}

fn gap_in_words(gap: Decimal) -> String {
    let amount = money::show_pounds(gap.abs());
    if gap.is_sign_negative() {
        format!("{amount} more is planned than there is income")
    } else {
        format!("{amount} of income is not planned")
    }
}

fn check(plan: &Plan) -> Outcome {
    let sides = sides(plan);
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for side in &sides {
        match side.pounds() {
            Some((_, _, gap)) if gap.is_zero() => {}
            Some((income, spend, gap)) => findings.push(imbalance(plan, side, income, spend, gap)),
            None => {
                for wait in side.income.as_ref().err().into_iter().chain(side.spend.as_ref().err()).flatten()
                {
                    if !waits.contains(wait) {
                        waits.push(wait.clone());
                    }
                }
            }
        }
    }
    let condition = condition(plan, &sides, &findings);
    Outcome::of(findings, waits).with_condition(condition)
}

fn imbalance(plan: &Plan, side: &Side<'_>, income: Decimal, spend: Decimal, gap: Decimal) -> Finding {
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
    let cause = side.unknown.map(|_| {
        format!("{} is not a source of funding of this template, so it has no income.", side.phrase)
    });
    finding
        .message(format!(
            "Planned expenditure from {} is {}, which is {amount} {more} than its income of {}.",
            side.phrase,
            money::show_pounds(money::pounds(spend)),
            money::show_pounds(money::pounds(income))
        ))
        .todo(todo(side, gap, &amount))
        .ask(format!(
            "Ask how the {amount} came about, and whether income or expenditure is right for {}.",
            side.phrase
        ))
        .cells(cells, "amount")
        .sum(sum)
        .expected(money::plain(income), money::plain(spend))
        .cause(cause)
}

/// The parts of a source's balance: its income, less each line that is paid from it.
fn terms(plan: &Plan, side: &Side<'_>) -> Vec<Term> {
    let income = side.source.and_then(|it| plan.streams.get(it)).map(|it| it.terms()).unwrap_or_default();
    let planned = lines_of(plan, side).into_iter().filter_map(|line| {
        let amount = line.amount.get().value()?;
        Some(Term::at(format!("Planned: {}", line.label()), -amount, line.amount.cell))
    });
    income.into_iter().chain(planned).collect()
}

fn todo(side: &Side<'_>, gap: Decimal, amount: &str) -> String {
    if side.unknown.is_some() {
        format!("Choose one of the template's sources of funding for the lines that say {}.", side.phrase)
    } else if gap.is_sign_negative() {
        format!(
            "Take {amount} off the lines paid from {}, move a line to another source, or correct the income.",
            side.phrase
        )
    } else {
        format!(
            "Plan the other {amount} of {}: add to a line, add a line, or correct the income.",
            side.phrase
        )
    }
}

/// The lines paid from a source.
fn lines_of<'p>(plan: &'p Plan, side: &Side<'_>) -> Vec<&'p Line> {
    let lines = plan.lines(&[]).unwrap_or_default();
    let paid = |line: &&Line| match (line.source.get(), side.source) {
        (Choice::Known(source), Some(idx)) => source.idx == idx,
        (Choice::Unknown(name), None) => {
            crate::template::label::key(name) == crate::template::label::key(&side.name)
        }
        (Choice::Known(_) | Choice::Unknown(_) | Choice::Blank | Choice::Unreadable(_), _) => false,
    };
    lines.iter().filter(paid).collect()
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
        let mut parts = vec![format!("{balanced} of {} sources of funding balance", sides.len())];
        for side in sides {
            if let Some((_, _, gap)) = side.pounds().filter(|it| !it.2.is_zero()) {
                parts.push(format!("for {} {}", side.phrase, gap_in_words(gap)));
            }
        }
        let unread: Vec<&str> =
            sides.iter().filter(|it| it.pounds().is_none()).map(|it| it.phrase.as_str()).collect();
        if !unread.is_empty() {
            parts.push(format!("could not be checked: {}", unread.join(", ")));
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
