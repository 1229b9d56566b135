//! Income against planned expenditure, source by source: what EX01 judges and the balance table shows.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::finding::State;
use crate::money;
use crate::plan::{Choice, Line, Plan, Sum, Total};
use crate::report::Balance;
use crate::template::{Field, label};

/// One source of funding with both its sides.
pub(super) struct Side<'p> {
    pub(super) name: String,
    /// In the middle of a sentence: "the iBCF".
    pub(super) phrase: String,
    pub(super) income: Sum,
    pub(super) spend: Sum,
    /// The lines paid from it, in their order.
    pub(super) lines: Vec<&'p Line>,
    /// The first line of a source that the template does not have.
    pub(super) unknown: Option<&'p Line>,
    /// Its place in the template's list.
    pub(super) source: Option<usize>,
}

impl Side<'_> {
    /// Both sides in pounds, and income less expenditure in whole pounds.
    pub(super) fn pounds(&self) -> Option<(Decimal, Decimal, Decimal)> {
        let (income, spend) = (*self.income.as_ref().ok()?, *self.spend.as_ref().ok()?);
        Some((income, spend, money::pounds(income).saturating_sub(money::pounds(spend))))
    }
}

/// Every source of funding: the template's, then those that only lines name.
pub(super) fn sides(plan: &Plan) -> Vec<Side<'_>> {
    let totals = plan.totals();
    let mut sides: Vec<Side<'_>> = plan
        .template
        .sources
        .iter()
        .enumerate()
        .map(|(idx, source)| Side {
            name: source.name.to_owned(),
            phrase: source.stream.to_owned(),
            income: totals.income(idx),
            spend: totals.spend(idx),
            lines: Vec::new(),
            unknown: None,
            source: Some(idx),
        })
        .collect();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for line in plan.lines(&[Field::Source, Field::Amount]).unwrap_or_default() {
        let idx = match line.source.get() {
            Choice::Known(source) => source.idx,
            Choice::Unknown(name) => *unknown.entry(label::key(name)).or_insert_with(|| {
                sides.push(Side {
                    name: name.clone(),
                    phrase: format!("“{name}”"),
                    income: Ok(Decimal::ZERO),
                    spend: Ok(Decimal::ZERO),
                    lines: Vec::new(),
                    unknown: Some(line),
                    source: None,
                });
                sides.len() - 1
            }),
            Choice::Blank | Choice::Unreadable(_) => continue,
        };
        if let Some(side) = sides.get_mut(idx) {
            side.lines.push(line);
        }
    }
    for side in sides.iter_mut().filter(|it| it.unknown.is_some()) {
        side.spend = totals.of_lines(side.lines.iter().copied());
    }
    sides
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
        lines: Vec::new(),
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

/// The gap as the balance table says it.
pub(super) fn gap_in_words(gap: Decimal) -> String {
    let amount = money::show_pounds(gap.abs());
    if gap.is_sign_negative() {
        format!("{amount} more is planned than there is income")
    } else {
        format!("{amount} of income is not planned")
    }
}
