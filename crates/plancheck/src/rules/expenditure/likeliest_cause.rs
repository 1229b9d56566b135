//! Why a source of funding does not balance, where one cause stands out: a line of that very amount, a
//! number stored as text, digits that changed places or a nought too many.
//!
//! A cause is only named where exactly one line fits. Two that fit are two guesses.

use rust_decimal::Decimal;

use super::sides::{Side, lines_of};
use crate::finding::{CellMark, Remedy};
use crate::money;
use crate::plan::{Figure, Line, Plan};

/// The likeliest cause, and the change that would put it right.
pub(super) struct Cause {
    pub(super) text: String,
    pub(super) remedy: Remedy,
}

/// The likeliest cause of a gap: income less planned expenditure, in whole pounds, and not nought.
pub(super) fn find(plan: &Plan, sides: &[Side<'_>], side: &Side<'_>, gap: Decimal) -> Option<Cause> {
    let lines: Vec<(&Line, Decimal)> =
        lines_of(plan, side).into_iter().filter_map(|it| Some((it, it.amount.get().value()?))).collect();
    wrong_source(plan, sides, side, gap)
        .or_else(|| left_out_by_excel(&lines, gap))
        .or_else(|| line_too_many(side, &lines, gap))
        .or_else(|| slip(&lines, gap, "two digits changed places", transposed))
        .or_else(|| slip(&lines, gap, "it has a digit too many or too few", ten_times))
}

/// The one element that fits, where there is exactly one.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// A line stands on this source and belongs on another, which is out by as much the other way; or the
/// other way round.
fn wrong_source(plan: &Plan, sides: &[Side<'_>], side: &Side<'_>, gap: Decimal) -> Option<Cause> {
    let other = only(sides.iter().filter(|it| it.pounds().is_some_and(|(_, _, theirs)| theirs == -gap)))?;
    // No second source may be out by the same amount as this one.
    only(sides.iter().filter(|it| it.pounds().is_some_and(|(_, _, theirs)| theirs == gap)))?;
    let (from, to) = if gap.is_sign_negative() { (side, other) } else { (other, side) };
    let line = only(
        lines_of(plan, from)
            .into_iter()
            .filter(|it| it.amount.get().value().is_some_and(|it| money::pounds(it) == gap.abs())),
    )?;
    if to.unknown.is_some() {
        return None;
    }
    let amount = money::show_pounds(gap.abs());
    Some(Cause {
        text: format!(
            "{} ({amount} in {}) is paid from {}. Paid from {}, both sources would balance.",
            line.heading(),
            line.amount.cell,
            from.phrase,
            to.phrase
        ),
        remedy: Remedy {
            text: format!(
                "Change the source of funding in {} from {} to {}, if that is where {} is paid from.",
                line.source.cell,
                from.name,
                to.name,
                line.label()
            ),
            cells: vec![CellMark { cell: line.source.cell, role: "source of funding" }],
            effect: gap.abs(),
        },
    })
}

/// Excel's own balance leaves a text number out, so that the plan looked right to who wrote it.
fn left_out_by_excel(lines: &[(&Line, Decimal)], gap: Decimal) -> Option<Cause> {
    let is_text = |line: &Line| matches!(line.amount.peek(), Figure::TextNumber(_));
    let (line, amount) = only(lines.iter().filter(|(line, amount)| is_text(line) && -*amount == gap))?;
    Some(Cause {
        text: format!(
            "{} holds {} as text. Excel leaves it out of its sums, so the template's own balance shows £0.",
            line.amount.cell,
            money::show_pounds(*amount)
        ),
        remedy: Remedy {
            text: format!(
                "Enter {} again as a number, and correct the line that made up for it.",
                line.amount.cell
            ),
            cells: vec![CellMark { cell: line.amount.cell, role: "amount" }],
            effect: amount.abs(),
        },
    })
}

/// More is planned than there is, by the amount of one line: it may be there twice, or not belong.
fn line_too_many(side: &Side<'_>, lines: &[(&Line, Decimal)], gap: Decimal) -> Option<Cause> {
    let fits: Vec<_> = lines.iter().filter(|(_, amount)| -*amount == gap).collect();
    let line = match fits.as_slice() {
        [(line, _)] => line,
        // The same line twice is one guess.
        [(first, _), (second, _)]
            if first.id.peek() == second.id.peek() && first.id.peek().text().is_some() =>
        {
            second
        }
        _ => return None,
    };
    let twice = if fits.len() == 2 { ", which stands there twice" } else { "" };
    Some(Cause {
        text: format!(
            "The difference is exactly the amount of {}{twice} ({}).",
            line.label(),
            line.amount.cell
        ),
        remedy: Remedy {
            text: format!(
                "Check whether {} belongs to {}; without it the source would balance.",
                line.label(),
                side.phrase
            ),
            cells: vec![CellMark { cell: line.amount.cell, role: "amount" }],
            effect: gap.abs(),
        },
    })
}

/// A slip of the fingers in one amount that explains the whole gap.
fn slip(
    lines: &[(&Line, Decimal)],
    gap: Decimal,
    how: &str,
    meant: impl Fn(Decimal, Decimal) -> bool,
) -> Option<Cause> {
    let (line, amount) = only(lines.iter().filter(|(_, amount)| meant(*amount, *amount + gap)))?;
    let meant = money::show_pounds(*amount + gap);
    Some(Cause {
        text: format!(
            "{} holds {} for {}. With {meant} the source would balance: perhaps {how}.",
            line.amount.cell,
            money::show_pounds(*amount),
            line.label()
        ),
        remedy: Remedy {
            text: format!("Enter {meant} in {}, if that is the amount meant.", line.amount.cell),
            cells: vec![CellMark { cell: line.amount.cell, role: "amount" }],
            effect: gap.abs(),
        },
    })
}

/// Whether two digits that stand side by side have changed places between these amounts.
fn transposed(held: Decimal, meant: Decimal) -> bool {
    let (held, meant) = (held.normalize().to_string(), meant.normalize().to_string());
    if held.len() != meant.len() {
        return false;
    }
    let differs: Vec<(usize, (char, char))> =
        held.chars().zip(meant.chars()).enumerate().filter(|(_, (a, b))| a != b).collect();
    matches!(differs.as_slice(), [(at, (a, b)), (next, (c, d))] if *next == at + 1 && a == d && b == c)
}

/// Whether one amount is ten times the other.
fn ten_times(held: Decimal, meant: Decimal) -> bool {
    let ten = Decimal::TEN;
    meant > Decimal::ZERO && (held == meant.saturating_mul(ten) || meant == held.saturating_mul(ten))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_changed_places_are_told_from_others() {
        let yes = |a: i64, b: i64| transposed(a.into(), b.into());
        assert!(yes(12_345, 12_435) && yes(21, 12) && yes(100_010, 100_100));
        assert!(!yes(12_345, 12_543) && !yes(12, 112) && !yes(12, 12) && !yes(10, 1) && !yes(12, 13));
    }

    #[test]
    fn a_nought_too_many_is_ten_times() {
        assert!(ten_times(1000.into(), 100.into()) && ten_times(100.into(), 1000.into()));
        assert!(!ten_times(0.into(), 0.into()) && !ten_times(1000.into(), 101.into()));
    }
}
