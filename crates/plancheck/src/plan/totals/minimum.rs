//! What a minimum spend requires, and which lines count towards it.

use rust_decimal::Decimal;

use super::{Reading, Sum, Totals};
use crate::finding::Term;
use crate::money;
use crate::plan::line::{Counted, Line};
use crate::plan::prefilled;
use crate::rule::Wait;
use crate::template::{Field, Minimum};

impl<'a> Totals<'a> {
    /// What is required for a minimum spend.
    pub fn required(&self, minimum: Minimum) -> Sum {
        match self.plan.minimum(minimum).map(|it| &it.required) {
            Some(Ok(figure)) if figure.get().is_blank() => {
                Err(vec![prefilled::missing(figure.cell, "minimum")])
            }
            // A look-up that found no board gives nought. A minimum of nothing would be met by anything.
            Some(Ok(figure)) => match figure.need(None) {
                Ok(required) if required > Decimal::ZERO => Ok(required),
                Ok(_) => Err(vec![Wait {
                    on: None,
                    cell: Some(figure.cell),
                    why: format!(
                        "{} gives no minimum above £0: check that the board is chosen on the cover",
                        figure.cell
                    ),
                    missing_value: false,
                }]),
                Err(wait) => Err(vec![wait]),
            },
            Some(Err(why)) => Err(vec![why.wait()]),
            None => Err(Vec::new()),
        }
    }

    /// What counts towards a minimum spend, and the lines behind it.
    ///
    /// # Errors
    /// What it must wait on.
    pub fn planned(&self, minimum: Minimum) -> Result<(Decimal, Vec<Term>), Vec<Wait>> {
        let terms: Vec<Term> = self.counting(minimum)?.iter().map(Counting::term).collect();
        Ok((money::sum(terms.iter().map(|it| it.amount)), terms))
    }

    /// The lines that count towards a minimum spend.
    pub(super) fn counting(&self, minimum: Minimum) -> Result<Vec<Counting<'a>>, Vec<Wait>> {
        let needs: &[Field] = match minimum {
            Minimum::SocialCare => &[Field::Source, Field::Area, Field::Amount],
            Minimum::OutOfHospital => {
                &[Field::Source, Field::Area, Field::Commissioner, Field::NhsShare, Field::Amount]
            }
        };
        let mut counting = Vec::new();
        let mut waits = Vec::new();
        for line in self.plan.lines(needs)? {
            let counted = match self.reading {
                Reading::Ours => line.counts(minimum),
                Reading::Excel(commissioner) => line.counts_in_excel(minimum, commissioner),
            };
            let share = match counted {
                Counted::No => continue,
                Counted::Share(share) => share,
                Counted::Unknown(more) => {
                    waits.extend(more);
                    continue;
                }
            };
            match self.need(&line.amount, Some("EX04")) {
                Ok(amount) => counting.push(Counting { line, amount, share }),
                Err(wait) => waits.push(wait),
            }
        }
        if waits.is_empty() { Ok(counting) } else { Err(waits) }
    }
}

/// A line that counts towards a minimum spend.
pub(super) struct Counting<'a> {
    line: &'a Line,
    /// All of it, in pounds.
    amount: Decimal,
    /// The part that counts, of one.
    share: Decimal,
}

impl Counting<'_> {
    /// What counts, in pounds.
    pub(super) fn pounds(&self) -> Decimal {
        if self.share == Decimal::ONE { self.amount } else { self.amount.saturating_mul(self.share) }
    }

    fn term(&self) -> Term {
        let mut label = self.line.heading();
        if self.share != Decimal::ONE {
            let percent = money::show_number(self.share.saturating_mul(Decimal::ONE_HUNDRED), 1);
            label = format!("{label}: {percent}% of {}", money::show_pounds(self.amount));
        }
        Term::at(label, self.pounds(), self.line.amount.cell)
    }
}
