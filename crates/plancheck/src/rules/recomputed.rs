//! What IN01, IN02 and MT02 have in common: a cell that the template computes, against what its inputs
//! give.
//!
//! A formula that shows something else is out of date and stands under WB04 alone; a typed figure that is
//! wrong stands under the rule that owns it.

use rust_decimal::Decimal;

use crate::finding::Finding;
use crate::plan::{Computed, Figure, Plan};
use crate::rule::{Outcome, Wait};

/// Compares computed cells with what their inputs give. `wrong` words the finding on a typed figure that
/// differs: it is given the cell, what it holds and what it should.
pub(super) fn typed_figures<'p>(
    plan: &Plan,
    cells: impl Iterator<Item = &'p Computed>,
    nothing: &str,
    wrong: impl Fn(&Computed, Decimal, Decimal) -> Finding,
) -> Outcome {
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    let mut stale = Vec::new();
    let mut compared = 0_usize;
    for computed in cells {
        compared += 1;
        let held = match computed.figure.get() {
            // Only WB05 reports a text where a total belongs; the figure's own wait would name WB06.
            Figure::NotANumber(_) => Err(vec![Wait {
                on: Some("WB05"),
                cell: Some(computed.figure.cell),
                why: format!("{} holds a text", computed.figure.cell),
                missing_value: false,
            }]),
            Figure::Blank
            | Figure::Number(_)
            | Figure::TextNumber(_)
            | Figure::Error(_)
            | Figure::NoValue => computed.figure.need(None).map_err(|it| vec![it]),
        };
        match (plan.totals().expected(computed.total), held) {
            (Ok(expected), Ok(held)) => {
                if computed.shown.rounded(expected) != computed.shown.rounded(held) {
                    if computed.formula {
                        stale.push(plan.place(computed.figure.cell));
                    } else {
                        findings.push(wrong(computed, held, expected));
                    }
                }
            }
            (expected, held) => {
                waits.extend(expected.err().into_iter().flatten());
                waits.extend(held.err().into_iter().flatten());
            }
        }
    }
    if compared == 0 {
        return Outcome::could_not_check(nothing);
    }
    let reason = (!stale.is_empty()).then(|| {
        format!(
            "Recomputed from inputs. Formulas that show an older figure are named under WB04: {}.",
            stale.join(", ")
        )
    });
    Outcome::of(findings, waits).because(reason)
}
