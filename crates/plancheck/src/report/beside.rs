//! The figures that the template computes, each beside what its inputs give.

use rust_decimal::Decimal;

use crate::money;
use crate::picture::Unit;
use crate::plan::{Computed, Figure, Plan, Shown, Stands, Total};
use crate::workbook::CellRef;

/// A figure that the template computes, beside what its inputs give.
#[derive(Clone, Debug)]
pub struct TotalBeside {
    /// Where it stands.
    pub cell: CellRef,
    /// What it is: "Total BCF Pooled Budget".
    pub label: String,
    /// What it counts.
    pub unit: Unit,
    /// Whether the cell still holds a formula.
    pub formula: bool,
    /// The workbook's figure; `None` where it shows none.
    pub held: Option<Decimal>,
    /// Ours, from the inputs; `None` where one of them is missing or unreadable.
    pub recomputed: Option<Decimal>,
    /// Whether the two agree to the precision that is shown; `None` where one of them is not known.
    pub agrees: Option<bool>,
}

/// Every figure that the template computes, in the order of its cells.
pub(crate) fn totals_beside(plan: &Plan) -> Vec<TotalBeside> {
    // What is required is filled in by the template; only where it is repeated is it computed.
    let computes = |it: &&Computed| it.formula || !matches!(it.total, Total::Required(_));
    let mut totals: Vec<TotalBeside> =
        plan.computed.iter().filter(computes).map(|it| beside(plan, it)).collect();
    totals.sort_by_key(|it| it.cell);
    totals
}

fn beside(plan: &Plan, computed: &Computed) -> TotalBeside {
    let held = match computed.figure.peek() {
        Figure::Number(it) | Figure::TextNumber(it) => Some(*it),
        Figure::Blank | Figure::NotANumber(_) | Figure::Error(_) | Figure::NoValue => None,
    };
    let recomputed = plan.totals().expected(computed.total).ok();
    let agrees = match (held, recomputed) {
        (Some(held), Some(recomputed)) => Some(computed.agrees(held, recomputed)),
        // Many a formula shows nothing for nought.
        (None, Some(_)) if computed.formula => {
            matches!(plan.stands(computed), Stands::Current).then_some(true)
        }
        (None, _) | (_, None) => None,
    };
    let unit = match computed.shown {
        Shown::Pounds => Unit::Pounds,
        Shown::Percent => Unit::Percent,
        Shown::Number(_) if matches!(computed.total, Total::Discharges(..)) => Unit::People,
        Shown::Number(_) => Unit::Rate,
    };
    // More digits than these nobody enters and no sheet shows.
    let tidy = |it: Decimal| {
        let scaled = if unit == Unit::Percent { it.saturating_mul(Decimal::ONE_HUNDRED) } else { it };
        money::round(scaled, 4).normalize()
    };
    TotalBeside {
        cell: computed.figure.cell,
        label: computed.label.clone(),
        unit,
        formula: computed.formula,
        held: held.map(tidy),
        recomputed: recomputed.map(tidy),
        agrees,
    }
}
