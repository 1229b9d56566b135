//! How a formula stands to what it reads: to the inputs at its root, and to the computed cells it rests on.
//!
//! A formula that agrees with the totals it reads, as they stand, is current. Where one of those is typed or
//! out of date, that one alone is at fault.

use rust_decimal::Decimal;

use super::leaf::{Choice, Figure, Located, Text};
use super::line::Line;
use super::totals::Total;
use super::{Computed, Plan};
use crate::rule::{Wait, Waits};
use crate::template::{Minimum, Section};

/// How a formula stands.
#[derive(Debug)]
pub enum Stands {
    /// It shows what its inputs give. Nothing at all is shown for nought by many a formula.
    Current,
    /// It shows what Excel makes of the same inputs, where we read them otherwise and get this.
    InExcel(Decimal),
    /// It shows what the totals it rests on give as they stand: one of those is wrong, and not it.
    Follows {
        /// Whether the wrong one is typed; otherwise it is a formula that is out of date.
        typed: bool,
    },
    /// What it should show cannot be said, or its error comes from elsewhere: all of this is waited on.
    Waits(Vec<Wait>),
    /// It shows an error of its own.
    Error,
    /// It was saved without a value.
    NoValue,
    /// It shows a text, or nothing where its inputs give this.
    NoFigure(Decimal),
    /// It agrees neither with its inputs nor with the totals it rests on.
    Stale {
        /// What it shows.
        shown: Decimal,
        /// What its inputs give.
        expected: Decimal,
    },
}

/// How a formula of the template makes a figure of other computed cells.
enum Recipe<'p> {
    Copy(&'p Computed),
    Sum(Vec<&'p Computed>),
    Difference(&'p Computed, &'p Computed),
    Ratio(&'p Computed, &'p Computed),
    /// What is missing to a minimum spend.
    Shortfall(Minimum, &'p Computed),
}

impl<'p> Recipe<'p> {
    fn cells(&self) -> Vec<&'p Computed> {
        match self {
            Recipe::Copy(one) | Recipe::Shortfall(_, one) => vec![*one],
            Recipe::Difference(one, other) | Recipe::Ratio(one, other) => vec![*one, *other],
            Recipe::Sum(all) => all.clone(),
        }
    }

    /// What the cells give as they stand.
    fn gives(&self, plan: &Plan) -> Option<Decimal> {
        match self {
            Recipe::Copy(one) => held(one),
            // A sum passes over texts, whatever they say.
            Recipe::Sum(all) => all.iter().try_fold(Decimal::ZERO, |sum, it| {
                Some(sum.saturating_add(match it.figure.peek() {
                    Figure::TextNumber(_) | Figure::NotANumber(_) => Decimal::ZERO,
                    Figure::Blank | Figure::Number(_) | Figure::Error(_) | Figure::NoValue => held(it)?,
                }))
            }),
            Recipe::Difference(from, what) => Some(held(from)?.saturating_sub(held(what)?)),
            Recipe::Ratio(part, whole) => held(part)?.checked_div(held(whole)?),
            Recipe::Shortfall(minimum, planned) => {
                let required = plan.minimum(*minimum)?.required.as_ref().ok()?.peek().value()?;
                Some(required.saturating_sub(held(planned)?).max(Decimal::ZERO))
            }
        }
    }
}

/// What another formula reads in a cell: nothing counts as nought.
fn held(computed: &Computed) -> Option<Decimal> {
    match computed.figure.peek() {
        Figure::Number(it) | Figure::TextNumber(it) => Some(*it),
        Figure::Blank => Some(Decimal::ZERO),
        Figure::NotANumber(_) | Figure::Error(_) | Figure::NoValue => None,
    }
}

impl Plan {
    /// How a formula stands to its inputs and to the computed cells it rests on.
    pub fn stands(&self, computed: &Computed) -> Stands {
        let expected = self.totals().expected(computed.total);
        let figure = computed.figure.get();
        let shown = match figure {
            Figure::NoValue => return Stands::NoValue,
            Figure::Error(error) => return self.stands_in_error(computed, error, expected.err()),
            Figure::Number(it) | Figure::TextNumber(it) => Some(*it),
            Figure::Blank => Some(Decimal::ZERO),
            Figure::NotANumber(_) => None,
        };
        let expected = match expected {
            Ok(it) => it,
            Err(waits) => return Stands::Waits(waits),
        };
        let Some(shown) = shown else { return Stands::NoFigure(expected) };
        if computed.agrees(shown, expected) {
            return Stands::Current;
        }
        if !figure.is_blank() && self.excel_shows(computed, shown) {
            return Stands::InExcel(expected);
        }
        let recipes = self.recipes(computed);
        let followed = |it: &&Recipe<'_>| it.gives(self).is_some_and(|it| computed.agrees(shown, it));
        match recipes.iter().find(followed) {
            Some(recipe) => Stands::Follows { typed: recipe.cells().into_iter().any(|it| self.is_typed(it)) },
            None if figure.is_blank() => Stands::NoFigure(expected),
            None => Stands::Stale { shown, expected },
        }
    }

    fn stands_in_error(&self, computed: &Computed, error: &str, missing: Option<Vec<Wait>>) -> Stands {
        match missing {
            // No other finding names a blank that it divides by: then the error is its own.
            Some(waits) if waits.iter().any(|it| it.on.is_some()) => Stands::Waits(waits),
            Some(_) | None => {
                let waits = self.inherited(computed, error);
                if waits.is_empty() { Stands::Error } else { Stands::Waits(waits) }
            }
        }
    }

    /// Whether a cell is a typed figure that its inputs do not give, or rests on one.
    fn is_typed(&self, computed: &Computed) -> bool {
        let right = match (self.totals().expected(computed.total), held(computed)) {
            (Ok(expected), Some(held)) => computed.agrees(held, expected),
            (Ok(_) | Err(_), _) => false,
        };
        if right {
            return false;
        }
        if !computed.formula {
            return true;
        }
        self.recipes(computed).iter().flat_map(Recipe::cells).any(|it| self.is_typed(it))
    }

    /// What an error that a formula shows comes from; nothing where it is the formula's own.
    fn inherited(&self, computed: &Computed, error: &str) -> Vec<Wait> {
        let mut waits = Waits::default();
        for cell in self.recipes(computed).iter().flat_map(Recipe::cells) {
            if !matches!(cell.figure.peek(), Figure::Error(it) if it == error) {
                continue;
            }
            let missing = self.totals().expected(cell.total).err();
            let from = match self.stands_in_error(cell, error, missing) {
                Stands::Waits(waits) => waits,
                Stands::Current
                | Stands::InExcel(_)
                | Stands::Follows { .. }
                | Stands::Error
                | Stands::NoValue
                | Stands::NoFigure(_)
                | Stands::Stale { .. } => cell.figure.need(None).err().into_iter().collect(),
            };
            waits.extend(from);
        }
        waits.extend(self.spread_by_lines(computed.total, error));
        waits.into()
    }

    /// The unreadable cells of the expenditure table that spread this error to a sum over their columns, also
    /// to one that their own line is no part of.
    fn spread_by_lines(&self, total: Total, error: &str) -> Vec<Wait> {
        let Ok(table) = &self.expenditure else { return Vec::new() };
        let bad = |line: &Line| -> Vec<Option<Wait>> {
            let source = || choice(&line.source, error);
            match total {
                Total::Spend(_) => vec![figure(&line.amount, error), source()],
                Total::TypeSpend(_) => vec![figure(&line.amount, error), choice(&line.scheme_type, error)],
                Total::Planned(_) => vec![
                    figure(&line.amount, error),
                    source(),
                    choice(&line.area, error),
                    choice(&line.commissioner, error),
                    figure(&line.nhs_share, error),
                ],
                Total::Income(_)
                | Total::NhsIncome
                | Total::Pool
                | Total::AllSpend
                | Total::Balance(_)
                | Total::AllBalance
                | Total::Required(_)
                | Total::UnderSpend(_)
                | Total::AllTypes
                | Total::TypeShare(_)
                | Total::Rate(..)
                | Total::Discharges(..) => Vec::new(),
            }
        };
        table.lines.iter().flat_map(bad).flatten().collect()
    }

    /// The computed cell of this total on this part of the template.
    fn at(&self, section: Section, total: Total) -> Option<&Computed> {
        self.computed.iter().find(|it| it.section == section && it.total == total)
    }

    /// The ways in which the template's formulas may make this cell of other computed cells.
    fn recipes(&self, of: &Computed) -> Vec<Recipe<'_>> {
        let here = |total| self.at(of.section, total);
        let sources = || 0..self.template.sources.len();
        let is_nhs = |it: &usize| self.template.sources.get(*it).is_some_and(|it| it.nhs);
        let difference = |from: Total, what: Total| Some(Recipe::Difference(here(from)?, here(what)?));
        let copy = self.before(of).map(Recipe::Copy);
        let recipes = match of.total {
            Total::Income(_) | Total::Spend(_) | Total::Planned(_) | Total::Rate(..) => vec![copy],
            Total::NhsIncome => {
                vec![sum(sources().filter(is_nhs).map(|it| here(Total::Income(it))).collect())]
            }
            Total::Pool => {
                let others = sources().filter(|it| !is_nhs(it)).map(|it| here(Total::Income(it)));
                let all = sources().map(|it| here(Total::Income(it)));
                let with_nhs = others.chain([here(Total::NhsIncome)]).collect();
                vec![sum(with_nhs), sum(all.collect()), copy]
            }
            Total::AllSpend => vec![sum(sources().map(|it| here(Total::Spend(it))).collect()), copy],
            Total::Balance(it) => vec![difference(Total::Income(it), Total::Spend(it)), copy],
            Total::AllBalance => vec![
                sum(sources().map(|it| here(Total::Balance(it))).collect()),
                difference(Total::Pool, Total::AllSpend),
                copy,
            ],
            Total::UnderSpend(it) => vec![here(Total::Planned(it)).map(|cell| Recipe::Shortfall(it, cell))],
            Total::AllTypes => {
                let types = self.template.scheme_types.iter();
                vec![sum(types.map(|it| here(Total::TypeSpend(it))).collect())]
            }
            Total::TypeShare(it) => {
                let part_of = |part, whole| Some(Recipe::Ratio(here(part)?, here(whole)?));
                vec![part_of(Total::TypeSpend(it), Total::AllTypes)]
            }
            Total::Required(_) | Total::TypeSpend(_) | Total::Discharges(..) => Vec::new(),
        };
        recipes.into_iter().flatten().collect()
    }

    /// The cell on an earlier sheet that the template repeats in this one.
    fn before(&self, of: &Computed) -> Option<&Computed> {
        let section = match (of.section, of.total) {
            (Section::Expenditure, Total::Income(_) | Total::Pool) => Section::Income,
            (Section::Summary, Total::Rate(..)) => Section::Metrics,
            (Section::Summary, _) => Section::Expenditure,
            (_, _) => return None,
        };
        self.at(section, of.total)
    }
}

/// A sum of cells that were all found.
fn sum(all: Vec<Option<&Computed>>) -> Option<Recipe<'_>> {
    all.into_iter().collect::<Option<Vec<_>>>().filter(|it| !it.is_empty()).map(Recipe::Sum)
}

/// The wait for a figure that spreads this error: its own, or #VALUE! where it is a text.
fn figure(figure: &Located<Figure>, error: &str) -> Option<Wait> {
    let spreads = match figure.peek() {
        Figure::Error(it) => it == error,
        Figure::NotANumber(_) => error == "#VALUE!",
        Figure::Blank | Figure::Number(_) | Figure::TextNumber(_) | Figure::NoValue => false,
    };
    figure.need(None).err().filter(|_| spreads)
}

/// The wait for an option that shows this error.
fn choice<T>(choice: &Located<Choice<T>>, error: &str) -> Option<Wait> {
    let spreads = match choice.peek() {
        Choice::Unreadable(it) => is_error(it, error),
        Choice::Blank | Choice::Known(_) | Choice::Unknown(_) => false,
    };
    choice.need(None).err().filter(|_| spreads)
}

fn is_error(text: &Text, error: &str) -> bool {
    matches!(text, Text::Error(it) if it == error)
}
