//! Every total, balance, share and rate, recomputed from inputs.

mod minimum;
mod sums;

use rust_decimal::Decimal;

pub(super) use sums::Sums;

use super::leaf::{Figure, Located};
use super::line::{Line, NHS_NAMES};
use super::{MinimumSpend, Plan, Sought, Stream, prefilled};
use crate::finding::Term;
use crate::money;
use crate::rule::Wait;
use crate::template::{Field, Minimum, SchemeType, SourceRole, label};

/// A figure that the template computes, named by what it is and not by where it stands. Sources are
/// named by their place in the template's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Total {
    /// The income of one source.
    Income(usize),
    /// The income of all NHS streams.
    NhsIncome,
    /// The whole pool.
    Pool,
    /// The planned expenditure from one source.
    Spend(usize),
    /// The planned expenditure from all sources.
    AllSpend,
    /// Income less expenditure of one source.
    Balance(usize),
    /// Income less expenditure of all sources.
    AllBalance,
    /// What is required for a minimum spend, repeated.
    Required(Minimum),
    /// What counts towards a minimum spend.
    Planned(Minimum),
    /// What is missing to a minimum spend, nought when nothing is.
    UnderSpend(Minimum),
    /// The planned expenditure on one scheme type.
    TypeSpend(&'static SchemeType),
    /// The share of one scheme type in the planned expenditure of all types.
    TypeShare(&'static SchemeType),
    /// The planned expenditure on all scheme types.
    AllTypes,
    /// A rate, by the place of its metric and of its period in the plan.
    Rate(usize, usize),
    /// The discharges on one pathway in one month, by their places in the template's lists.
    Discharges(usize, usize),
}

/// A figure recomputed from inputs, or everything it must wait on.
pub type Sum = Result<Decimal, Vec<Wait>>;

/// Adds parts up, or collects what they wait on.
fn add(parts: impl IntoIterator<Item = Sum>) -> Sum {
    let mut figures = Vec::new();
    let mut waits = Vec::new();
    for part in parts {
        match part {
            Ok(it) => figures.push(it),
            Err(more) => waits.extend(more),
        }
    }
    if waits.is_empty() { Ok(money::sum(figures)) } else { Err(waits) }
}

/// The difference, or what either side waits on.
fn subtract(from: Sum, what: Sum) -> Sum {
    add([from, what.map(|it| -it)])
}

/// The plan's totals, recomputed.
#[derive(Clone, Copy)]
pub struct Totals<'a> {
    plan: &'a Plan,
    reading: Reading,
}

/// Who adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// We do: numbers stored as text count, and options are forgiven their case, spacing and synonyms.
    Ours,
    /// Excel does: its sums leave out numbers stored as text, and compare options to the letter, but for case.
    /// Of the names of the NHS commissioner it counts this one.
    Excel(&'static str),
}

impl Plan {
    /// The totals that the inputs give.
    pub fn totals(&self) -> Totals<'_> {
        Totals { plan: self, reading: Reading::Ours }
    }

    /// The totals that Excel may show for the same inputs. There are several, because the template's formula
    /// names one commissioner and we do not know which.
    pub fn totals_in_excel(&self) -> impl Iterator<Item = Totals<'_>> {
        NHS_NAMES.into_iter().map(|name| Totals { plan: self, reading: Reading::Excel(name) })
    }

    /// The lines, or what a rule that needs them must wait on. `needs` are the columns it reads.
    ///
    /// # Errors
    /// A wait for the table or for each column that was not found.
    pub fn lines(&self, needs: &[Field]) -> Result<&[Line], Vec<Wait>> {
        let table = self.expenditure.as_ref().map_err(|it| vec![it.wait()])?;
        let missing: Vec<Wait> = table
            .missing
            .iter()
            .filter(|(field, _)| needs.contains(field))
            .map(|(_, why)| why.wait())
            .collect();
        if missing.is_empty() { Ok(&table.lines) } else { Err(missing) }
    }

    /// The minimum spend of this kind and its requirement.
    pub fn minimum(&self, minimum: Minimum) -> Option<&MinimumSpend> {
        self.minimums.iter().find(|it| it.spec.minimum == minimum)
    }
}

impl<'a> Totals<'a> {
    /// The figure that a computed cell should show.
    ///
    /// # Errors
    /// What it must wait on, where an input is missing or unreadable.
    pub fn expected(&self, total: Total) -> Sum {
        self.plan.sums.of(self.reading, total, || self.worked_out(total))
    }

    fn worked_out(&self, total: Total) -> Sum {
        match total {
            Total::Income(source) => {
                self.plan.streams.get(source).map_or(Err(Vec::new()), |it| self.stream(it))
            }
            Total::NhsIncome => add(self.sources().filter(|it| self.is_nhs(*it)).map(|it| self.income(it))),
            Total::Pool => add(self.sources().map(|it| self.income(it))),
            Total::Spend(source) => self.spend_from(source),
            Total::AllSpend => add(self.sources().map(|it| self.spend(it))),
            Total::Balance(source) => subtract(self.income(source), self.spend(source)),
            Total::AllBalance => subtract(self.expected(Total::Pool), self.expected(Total::AllSpend)),
            Total::Required(minimum) => self.required(minimum),
            Total::Planned(minimum) => {
                self.counting(minimum).map(|it| money::sum(it.iter().map(minimum::Counting::pounds)))
            }
            Total::UnderSpend(minimum) => {
                subtract(self.required(minimum), self.expected(Total::Planned(minimum)))
                    .map(|it| it.max(Decimal::ZERO))
            }
            Total::TypeSpend(scheme_type) => self.types(|it| it.name == scheme_type.name),
            Total::AllTypes => self.all_types(),
            Total::TypeShare(scheme_type) => {
                let part = self.expected(Total::TypeSpend(scheme_type))?;
                let whole = self.expected(Total::AllTypes)?;
                part.checked_div(whole).ok_or_else(|| {
                    vec![Wait {
                        on: None,
                        cell: None,
                        why: "there is no planned expenditure to take shares of".to_owned(),
                        missing_value: false,
                    }]
                })
            }
            Total::Rate(metric, rate) => {
                let metric = self.plan.metrics.get(metric);
                match metric.and_then(|it| Some((it.spec, it.rates.get(rate)?))) {
                    Some((spec, rate)) => rate.expected(spec, rate.blank_stands_under(self.plan.template)),
                    None => Err(Vec::new()),
                }
            }
            Total::Discharges(pathway, month) => self.discharges(pathway, month),
        }
    }

    /// The discharges on one pathway in one month: the sum over the trusts.
    fn discharges(&self, pathway: usize, month: usize) -> Sum {
        let Some(capacity) = &self.plan.capacity else { return Err(Vec::new()) };
        capacity.trusts.as_ref().map_err(|it| vec![it.wait()])?;
        add(capacity.trusts_in_use().filter_map(|row| match row.pathway.need(None) {
            Ok(Some(it)) if *it != pathway => None,
            Ok(Some(_)) => {
                let figure = row.months.of(month).and_then(|it| self.need(it, Some("CD01")));
                Some(figure.map_err(|it| vec![it]))
            }
            // A row whose pathway is not known may belong to any of them.
            Ok(None) => Some(Err(vec![Wait {
                on: None,
                cell: Some(row.pathway.cell),
                why: format!("{} names no pathway", row.pathway.cell),
                missing_value: false,
            }])),
            Err(wait) => Some(Err(vec![wait])),
        }))
    }

    fn need(&self, figure: &Located<Figure>, blank: Option<&'static str>) -> Result<Decimal, Wait> {
        match figure.get() {
            Figure::TextNumber(_) if self.reading != Reading::Ours => Ok(Decimal::ZERO),
            Figure::TextNumber(_)
            | Figure::Number(_)
            | Figure::Blank
            | Figure::NotANumber(_)
            | Figure::Error(_)
            | Figure::NoValue => figure.need(blank),
        }
    }

    /// Whether this reading leaves a line out for the way its source, or its type, is written.
    fn leaves_out(&self, as_written: bool) -> bool {
        self.reading != Reading::Ours && !as_written
    }

    fn amount(&self, line: &Line) -> Sum {
        self.need(&line.amount, Some("EX04")).map_err(|it| vec![it])
    }

    fn sources(&self) -> std::ops::Range<usize> {
        0..self.plan.template.sources.len()
    }

    fn is_nhs(&self, source: usize) -> bool {
        self.plan.template.sources.get(source).is_some_and(|it| it.nhs)
    }

    /// The income of one source: the sum of its rows.
    pub fn income(&self, source: usize) -> Sum {
        self.expected(Total::Income(source))
    }

    /// The planned expenditure from one source.
    pub fn spend(&self, source: usize) -> Sum {
        self.expected(Total::Spend(source))
    }

    fn spend_from(&self, source: usize) -> Sum {
        add(self.plan.lines(&[Field::Source, Field::Amount])?.iter().filter_map(|line| {
            match line.source.need(Some("EX04")) {
                Ok(Some(it)) if it.idx == source && !self.leaves_out(line.written.source) => {
                    Some(self.amount(line))
                }
                Ok(_) => None,
                // A line without a source may belong to any of them.
                Err(wait) => Some(Err(vec![wait])),
            }
        }))
    }

    /// What lines are planned to cost together.
    pub fn of_lines<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Sum {
        add(lines.into_iter().map(|it| self.amount(it)))
    }

    /// The planned expenditure on the scheme types that are meant.
    pub fn types(&self, meant: impl Fn(&SchemeType) -> bool) -> Sum {
        add(self.plan.lines(&[Field::Type, Field::Amount])?.iter().filter_map(|line| {
            match line.scheme_type.need(Some("EX04")) {
                Ok(Some(it)) if meant(it) && !self.leaves_out(line.written.scheme_type) => {
                    Some(self.amount(line))
                }
                Ok(_) => None,
                Err(wait) => Some(Err(vec![wait])),
            }
        }))
    }

    fn all_types(&self) -> Sum {
        add(self.plan.lines(&[Field::Type, Field::Amount])?.iter().filter_map(|line| {
            match line.scheme_type.need(Some("EX04")) {
                Ok(Some(_)) if !self.leaves_out(line.written.scheme_type) => Some(self.amount(line)),
                Ok(_) => None,
                Err(wait) => Some(Err(vec![wait])),
            }
        }))
    }

    /// The sum of a stream's rows.
    ///
    /// # Errors
    /// What it must wait on: an unreadable amount, or no amount at all where the stream is mandatory.
    fn stream(&self, stream: &Stream) -> Sum {
        let rows = stream.rows.as_ref().map_err(|it| vec![it.wait()])?;
        let filled = || rows.iter().filter(|it| !it.amount.get().is_blank());
        let amount = format!("amount of {}", stream.source.stream);
        if filled().next().is_none() && stream.source.role != SourceRole::Additional {
            let why = format!("no amount is given for {}", stream.source.stream);
            let nowhere = Wait { on: None, cell: None, why, missing_value: false };
            let first = rows.first().map(|it| prefilled::missing(it.amount.cell, &amount));
            return Err(vec![first.unwrap_or(nowhere)]);
        }
        // An ICB that is named without its minimum is a figure missing, not a contribution of £0.
        let missing = rows.iter().filter(|it| {
            let nhs = |name: &str| label::key(name).split(' ').any(|word| word == "nhs");
            stream.source.role == SourceRole::NhsMinimum
                && it.amount.peek().is_blank()
                && it.name.peek().text().is_some_and(nhs)
        });
        let missing = missing.map(|it| Err(vec![prefilled::missing(it.amount.cell, &amount)]));
        add(filled().map(|it| self.need(&it.amount, None).map_err(|it| vec![it])).chain(missing))
    }
}

impl Stream {
    /// The rows as the parts of a worked sum.
    pub fn terms(&self) -> Vec<Term> {
        let rows: Sought<&Vec<_>> = self.rows.as_ref().map_err(Clone::clone);
        rows.into_iter()
            .flatten()
            .filter_map(|row| {
                let amount = row.amount.peek().value()?;
                let name = row.name.peek().text().unwrap_or(self.source.name);
                Some(Term::at(format!("{} income: {name}", self.source.name), amount, row.amount.cell))
            })
            .collect()
    }
}
