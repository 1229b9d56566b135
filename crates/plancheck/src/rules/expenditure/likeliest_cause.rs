//! Why a source of funding does not balance, where one cause stands out: a line of that very amount, a
//! number stored as text, digits that changed places or a nought too many.
//!
//! A cause is only named where exactly one line fits. Two that fit are two guesses.

use rust_decimal::Decimal;

use super::is_pre_filled;
use super::sides::Side;
use crate::finding::{CellMark, Remedy};
use crate::money;
use crate::plan::{Figure, Line, Plan, shortened};
use crate::workbook::CellRef;

/// The likeliest cause, and the change that would put it right.
pub(super) struct Cause {
    pub(super) text: String,
    pub(super) remedy: Remedy,
}

/// Why a kind of cause cannot be named.
enum Misfit {
    /// It does not explain the gap.
    None,
    /// It explains the gap in several ways, so that any of them would be a guess.
    Several,
}

/// The likeliest cause of a gap: income less planned expenditure, in whole pounds, and not nought.
///
/// The kinds are tried from the surest on. Where one of them fits in several ways, no cause is named.
pub(super) fn find(plan: &Plan, sides: &[Side<'_>], side: &Side<'_>, gap: Decimal) -> Option<Cause> {
    let lines: Vec<(&Line, Decimal)> =
        side.lines.iter().filter_map(|it| Some((*it, it.amount.get().value()?))).collect();
    let entries = entries(plan, side, &lines, gap);
    let kinds: [&dyn Fn() -> Result<Cause, Misfit>; 5] = [
        &|| wrong_source(sides, side, gap),
        &|| left_out_by_excel(&lines, gap),
        &|| line_too_many(side, &lines, gap),
        &|| slip(&entries, gap, "two digits changed places", transposed),
        &|| slip(&entries, gap, "it has a digit too many or too few", ten_times),
    ];
    for kind in kinds {
        match kind() {
            Ok(cause) => return Some(cause),
            Err(Misfit::Several) => return None,
            Err(Misfit::None) => {}
        }
    }
    None
}

/// The one element that fits, where there is exactly one.
fn only<T>(mut found: impl Iterator<Item = T>) -> Result<T, Misfit> {
    match (found.next(), found.next()) {
        (Some(it), None) => Ok(it),
        (None, _) => Err(Misfit::None),
        (Some(_), Some(_)) => Err(Misfit::Several),
    }
}

/// An amount of this source, and what it would have to be for the source to balance.
struct Entry {
    label: String,
    cell: CellRef,
    held: Decimal,
    meant: Decimal,
    /// It stands in the template as it is sent out.
    pre_filled: bool,
}

/// Every amount of a source, on either side.
fn entries(plan: &Plan, side: &Side<'_>, lines: &[(&Line, Decimal)], gap: Decimal) -> Vec<Entry> {
    let planned = lines.iter().map(|(line, amount)| Entry {
        label: line.label(),
        cell: line.amount.cell,
        held: *amount,
        meant: amount.saturating_add(gap),
        pre_filled: false,
    });
    let stream = side.source.and_then(|it| plan.streams.get(it));
    let pre_filled = stream.is_some_and(|it| is_pre_filled(it.source));
    let rows = stream.into_iter().flat_map(|it| it.rows.iter().flatten());
    let income = rows.filter_map(|row| {
        let held = row.amount.get().value()?;
        let name = row.name.peek().text().map_or_else(String::new, |it| format!(" of {}", shortened(it)));
        let label = format!("the contribution{name}");
        Some(Entry { label, cell: row.amount.cell, held, meant: held.saturating_sub(gap), pre_filled })
    });
    planned.chain(income).collect()
}

/// A line stands on this source and belongs on another, which is out by as much the other way; or the
/// other way round.
fn wrong_source(sides: &[Side<'_>], side: &Side<'_>, gap: Decimal) -> Result<Cause, Misfit> {
    let other = only(sides.iter().filter(|it| it.pounds().is_some_and(|(_, _, theirs)| theirs == -gap)))?;
    // No second source may be out by the same amount as this one.
    only(sides.iter().filter(|it| it.pounds().is_some_and(|(_, _, theirs)| theirs == gap)))?;
    let (from, to) = if gap.is_sign_negative() { (side, other) } else { (other, side) };
    let line = only(
        from.lines
            .iter()
            .filter(|it| it.amount.get().value().is_some_and(|it| money::pounds(it) == gap.abs())),
    )?;
    if to.unknown.is_some() {
        return Err(Misfit::None);
    }
    let amount = money::show_pounds(gap.abs());
    Ok(Cause {
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
fn left_out_by_excel(lines: &[(&Line, Decimal)], gap: Decimal) -> Result<Cause, Misfit> {
    let is_text = |line: &Line| matches!(line.amount.peek(), Figure::TextNumber(_));
    let (line, amount) = only(lines.iter().filter(|(line, amount)| is_text(line) && -*amount == gap))?;
    let then = if amount.is_sign_negative() {
        "too little, which must be planned on"
    } else {
        "too much, which must come off"
    };
    Ok(Cause {
        text: format!(
            "{} holds {} as text. Excel leaves it out of its sums, so the template's own balance shows £0.",
            line.amount.cell,
            money::show_pounds(*amount)
        ),
        remedy: Remedy {
            text: format!(
                "Enter {} as a number (see WB06). The template will then show {} {then} a line.",
                line.amount.cell,
                money::show_pounds(amount.abs())
            ),
            cells: vec![CellMark { cell: line.amount.cell, role: "amount" }],
            effect: amount.abs(),
        },
    })
}

/// More is planned than there is, by the amount of one line: it may be there twice, or not belong.
fn line_too_many(side: &Side<'_>, lines: &[(&Line, Decimal)], gap: Decimal) -> Result<Cause, Misfit> {
    // Of a source without income, any single line is the whole difference: that says nothing.
    if side.pounds().is_none_or(|it| it.0.is_zero()) {
        return Err(Misfit::None);
    }
    let fits: Vec<_> = lines.iter().filter(|(_, amount)| -*amount == gap).collect();
    let (line, copied) = match fits.as_slice() {
        [(line, _)] => (line, None),
        // The same line twice is one guess.
        [(first, _), (second, _)]
            if first.id.peek() == second.id.peek() && first.id.peek().text().is_some() =>
        {
            (second, Some(first))
        }
        [] => return Err(Misfit::None),
        _ => return Err(Misfit::Several),
    };
    let (label, cell) = (line.label(), line.amount.cell);
    let (which, change) = match copied {
        None => (
            format!("{label} ({cell})"),
            format!("Check whether {label} belongs to {}; without it the source would balance.", side.phrase),
        ),
        Some(first) => {
            let (row, other) = (cell.row + 1, first.amount.cell.row + 1);
            (
                format!("{label}, which is entered twice ({} and {cell})", first.amount.cell),
                format!(
                    "If row {row} is a copy of row {other}, clear row {row}. The source would then balance."
                ),
            )
        }
    };
    Ok(Cause {
        text: format!("The difference is exactly the amount of {which}."),
        remedy: Remedy { text: change, cells: vec![CellMark { cell, role: "amount" }], effect: gap.abs() },
    })
}

/// A slip of the fingers in one amount that explains the whole gap.
fn slip(
    entries: &[Entry],
    gap: Decimal,
    how: &str,
    meant: impl Fn(Decimal, Decimal) -> bool,
) -> Result<Cause, Misfit> {
    let entry = only(entries.iter().filter(|it| meant(it.held, it.meant)))?;
    let meant = money::show_pounds(entry.meant);
    Ok(Cause {
        text: format!(
            "{} holds {} for {}. With {meant} the source would balance: perhaps {how}.",
            entry.cell,
            money::show_pounds(entry.held),
            entry.label
        ),
        remedy: Remedy {
            text: if entry.pre_filled {
                format!(
                    "Compare {} with the published allocation, and ask the national team before it is changed.",
                    entry.cell
                )
            } else {
                format!("Enter {meant} in {}, if that is the amount meant.", entry.cell)
            },
            cells: vec![CellMark { cell: entry.cell, role: "amount" }],
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
