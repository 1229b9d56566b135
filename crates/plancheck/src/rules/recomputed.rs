//! What IN01, IN02, EX16 and MT02 have in common: a cell that the template computes, against what its inputs
//! give.
//!
//! A formula that shows something else is out of date and stands under WB04 alone; a typed figure that is
//! wrong stands under the rule that owns it.

use rust_decimal::Decimal;

use crate::finding::{Finding, State};
use crate::money;
use crate::plan::{Computed, Figure, Plan, Stands};
use crate::rule::{Outcome, Wait, Waits};
use crate::rules::words::{PUT_BACK, some_of};

/// Compares computed cells with what their inputs give.
///
/// `unfound` are the waits for cells that should be there and were not found. `wrong` words the finding on
/// a typed figure that differs: it is given the cell, what it holds and what it should.
pub(super) fn typed_figures<'p>(
    plan: &Plan,
    cells: impl Iterator<Item = &'p Computed>,
    unfound: Vec<Wait>,
    wrong: impl Fn(&Computed, Decimal, Decimal) -> Finding,
) -> Outcome {
    let mut findings = Vec::new();
    // Many cells rest on the same inputs.
    let mut waits = Waits::default();
    waits.extend(unfound);
    let (mut stale, mut following) = (Vec::new(), Vec::new());
    for computed in cells {
        if computed.formula {
            match plan.stands(computed) {
                Stands::Current | Stands::InExcel(_) => {}
                Stands::Follows { typed: true } => following.push(plan.place(computed.figure.cell)),
                Stands::Follows { typed: false } | Stands::Stale { .. } => {
                    stale.push(plan.place(computed.figure.cell));
                }
                Stands::Waits(more) => waits.extend(more),
                Stands::Error | Stands::NoValue | Stands::NoFigure(_) => {
                    match plan.totals().expected(computed.total) {
                        // What the cell itself shows only follows from the inputs that are missing.
                        Err(missing) => waits.extend(missing),
                        Ok(_) => waits.extend(held(computed).err()),
                    }
                }
            }
            continue;
        }
        match (plan.totals().expected(computed.total), held(computed)) {
            (Ok(expected), Ok(held)) => {
                if !computed.agrees(held, expected) {
                    findings.push(wrong(computed, held, expected));
                }
            }
            // What the cell itself shows only follows from the inputs that are missing.
            (Err(missing), _) => waits.extend(missing),
            (Ok(_), Err(wait)) => waits.push(wait),
        }
    }
    Outcome::of(findings, waits).because(reason(&stale, &following))
}

/// Which formulas show another figure, and where that is said.
fn reason(stale: &[String], following: &[String]) -> Option<String> {
    let mut parts = Vec::new();
    if !stale.is_empty() {
        parts.push(format!("Formulas that show an older figure (see WB04): {}.", some_of(stale)));
    }
    if !following.is_empty() {
        parts.push(format!("Formulas that follow a typed total (see WB05): {}.", some_of(following)));
    }
    (!parts.is_empty()).then(|| format!("Recomputed from inputs. {}", parts.join(" ")))
}

/// The finding on a typed total of money: what it says, what its parts add up to, and by how much it is out.
pub(super) fn wrong_total(
    plan: &Plan,
    computed: &Computed,
    parts: &'static str,
    held: Decimal,
    expected: Decimal,
) -> Finding {
    let gap = money::show_pounds((held - expected).abs());
    let too = if held > expected { "too much" } else { "too little" };
    Finding::new(
        State::NotMet,
        computed.label.clone(),
        format!("{} is not the sum of its {parts}", computed.label),
    )
    .message(format!(
        "{} ({}) says {}, but its {parts} add up to {}: {gap} {too}.",
        plan.place(computed.figure.cell),
        computed.label,
        money::show_pounds(held),
        money::show_pounds(expected)
    ))
    .todo(PUT_BACK)
    .cell(computed.figure.cell, "total")
    .expected(money::plain(expected), money::plain(held))
}

/// The figure that a computed cell holds, or the wait for the rule that says why it holds none.
fn held(computed: &Computed) -> Result<Decimal, Wait> {
    let cell = computed.figure.cell;
    match computed.figure.get() {
        Figure::NotANumber(_) => Err(Wait {
            on: Some(if computed.formula { "WB04" } else { "WB05" }),
            cell: Some(cell),
            why: format!("{cell} holds a text"),
            missing_value: false,
        }),
        Figure::Blank | Figure::Number(_) | Figure::TextNumber(_) | Figure::Error(_) | Figure::NoValue => {
            let missing_value = *computed.figure.peek() == Figure::NoValue;
            let blank = Some(if computed.formula { "WB04" } else { "WB05" });
            computed.figure.need(blank).map_err(|it| Wait { missing_value, ..it })
        }
    }
}
