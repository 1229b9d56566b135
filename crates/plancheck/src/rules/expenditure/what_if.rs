//! The smallest changes that would meet a minimum spend, as questions to ask and never as edits.
//!
//! Three kinds are thought of: one line coded otherwise, several lines coded otherwise where no single one
//! is enough, and money moved from a line that does not count to one that does. Each leaves every source
//! of funding in balance. None says that the plan should be changed so: a code is right or wrong by what
//! the money buys.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::listed;
use crate::finding::{CellMark, Remedy};
use crate::money;
use crate::plan::{Area, Choice, Commissioner, Counted, Line, Plan, Total};
use crate::template::{Minimum, SourceRole};
use crate::workbook::CellRef;

/// How many lines a change may take and still be named line by line.
const MOST_NAMED: usize = 5;

/// What comes of a change that adds just what is short.
const EXACTLY: &str = "planned spend would be exactly the minimum";

/// How many single changes are offered.
const OFFERED: usize = 3;

/// A line coded otherwise.
struct Recoding<'p> {
    line: &'p Line,
    /// Each cell to change, and what would be in it: "were LA, not CCG".
    cells: Vec<(CellMark, String)>,
    /// The shares of a joint line, which would have to be cleared.
    shares: Vec<CellRef>,
    /// What the line would add to the spend that counts.
    effect: Decimal,
}

/// The smallest changes that would meet this minimum, which is `short` pounds short of `required`.
pub(super) fn remedies(plan: &Plan, minimum: Minimum, planned: Decimal, required: Decimal) -> Vec<Remedy> {
    let short = money::pounds(required).saturating_sub(money::pounds(planned));
    let mut recodings = recodings(plan, minimum);
    recodings.sort_by_key(|it| (it.cells.len(), it.effect));
    let enough: Vec<&Recoding<'_>> = recodings.iter().filter(|it| it.effect >= short).take(OFFERED).collect();
    let result = |effect: Decimal| {
        let headroom = effect.saturating_sub(short);
        if headroom.is_zero() {
            return EXACTLY.to_owned();
        }
        let planned = money::show_pounds(money::pounds(planned.saturating_add(effect)));
        format!(
            "planned spend would be {planned}, which is {} above the minimum",
            money::show_pounds(headroom)
        )
    };
    let mut remedies: Vec<Remedy> = enough
        .iter()
        .map(|it| Remedy {
            text: format!("What if {}? Then {}.", it.in_words(), result(it.effect)),
            cells: it.marks(),
            effect: it.effect,
        })
        .collect();
    let moved = moved(plan, minimum, short);
    if remedies.is_empty() {
        remedies.extend(several(&recodings, short, moved.is_some(), &result));
    }
    remedies.extend(moved);
    remedies
}

/// The fewest lines that are enough together: the largest first, and the last one no larger than needed.
/// `movable` says whether a move of money is offered after them.
fn several(
    recodings: &[Recoding<'_>],
    short: Decimal,
    movable: bool,
    result: &dyn Fn(Decimal) -> String,
) -> Option<Remedy> {
    let mut by_effect: Vec<&Recoding<'_>> = recodings.iter().collect();
    by_effect.sort_by_key(|it| (-it.effect, it.cells.len()));
    let mut chosen: Vec<&Recoding<'_>> = Vec::new();
    let mut reached = Decimal::ZERO;
    for (idx, recoding) in by_effect.iter().enumerate() {
        let rest = short.saturating_sub(reached);
        if recoding.effect >= rest {
            let least = by_effect.iter().skip(idx).rev().find(|it| it.effect >= rest).unwrap_or(recoding);
            chosen.push(least);
            reached = reached.saturating_add(least.effect);
            break;
        }
        chosen.push(recoding);
        reached = reached.saturating_add(recoding.effect);
    }
    if reached < short || chosen.is_empty() {
        return None;
    }
    if chosen.len() > MOST_NAMED {
        let instead = if movable { " Money moved between two lines is less to change." } else { "" };
        return Some(Remedy {
            text: format!(
                "It would take {} lines coded otherwise ({} together).{instead}",
                chosen.len(),
                money::show_pounds(reached)
            ),
            cells: chosen.iter().flat_map(|it| it.marks()).collect(),
            effect: reached,
        });
    }
    let parts: Vec<String> =
        chosen.iter().map(|it| format!("{} ({})", it.in_words(), money::show_pounds(it.effect))).collect();
    Some(Remedy {
        text: format!("No single line is enough. What if {}? Then {}.", listed(&parts), result(reached)),
        cells: chosen.iter().flat_map(|it| it.marks()).collect(),
        effect: reached,
    })
}

/// Just what is short, moved between two lines of the same source: from the largest that does not count
/// to the largest that does. It must not break the other minimum.
fn moved(plan: &Plan, minimum: Minimum, short: Decimal) -> Option<Remedy> {
    let other = match minimum {
        Minimum::SocialCare => Minimum::OutOfHospital,
        Minimum::OutOfHospital => Minimum::SocialCare,
    };
    let totals = plan.totals();
    let planned = totals.expected(Total::Planned(other));
    let spare = match (plan.minimum(other), planned, totals.required(other)) {
        (Some(_), Ok(planned), Ok(required)) => planned.saturating_sub(required),
        (Some(_), _, _) => return None,
        (None, _, _) => Decimal::MAX,
    };
    let share = |line: &Line, minimum| match line.counts(minimum) {
        Counted::Share(share) => Some(share),
        Counted::No => Some(Decimal::ZERO),
        Counted::Unknown(_) => None,
    };
    let mut from: Option<(&Line, Decimal)> = None;
    let mut to: Option<(&Line, Decimal)> = None;
    for (line, amount) in paid(plan) {
        match share(line, minimum)? {
            it if it.is_zero() => {
                let harm = share(line, other)?.saturating_mul(short);
                // What does no harm does none to a minimum that is short as it is.
                if amount > short && (harm.is_zero() || harm <= spare) && from.is_none_or(|it| amount > it.1)
                {
                    from = Some((line, amount));
                }
            }
            it if it == Decimal::ONE && to.is_none_or(|it| amount > it.1) => to = Some((line, amount)),
            _ => {}
        }
    }
    let ((from, had), (to, has)) = (from?, to?);
    let pounds = money::show_pounds;
    Some(Remedy {
        text: format!(
            "What if {} were moved from {} ({}: {} becomes {}) to {} ({}: {} becomes {})? Then {EXACTLY}.",
            pounds(short),
            from.label(),
            from.amount.cell,
            pounds(had),
            pounds(had.saturating_sub(short)),
            to.label(),
            to.amount.cell,
            pounds(has),
            pounds(has.saturating_add(short))
        ),
        cells: vec![
            CellMark { cell: from.amount.cell, role: "amount to lower" },
            CellMark { cell: to.amount.cell, role: "amount to raise" },
        ],
        effect: short,
    })
}

/// The lines paid from the minimum NHS contribution that have an amount above nought.
fn paid(plan: &Plan) -> impl Iterator<Item = (&Line, Decimal)> {
    plan.lines(&[]).unwrap_or_default().iter().filter_map(|line| {
        let amount = line.amount.peek().value().filter(|it| *it > Decimal::ZERO)?;
        let paid = line.source.peek().known().is_some_and(|it| it.spec.role == SourceRole::NhsMinimum);
        paid.then_some((line, amount))
    })
}

/// Every line that would count more if it were coded otherwise.
fn recodings(plan: &Plan, minimum: Minimum) -> Vec<Recoding<'_>> {
    let nhs = nhs_name(plan);
    let mut recodings = Vec::new();
    for (line, amount) in paid(plan) {
        let area = |were: String| (CellMark { cell: line.area.cell, role: "area of spend" }, were);
        let by_nhs = |from: &str| {
            let mark = CellMark { cell: line.commissioner.cell, role: "commissioner" };
            (mark, format!("were {nhs}, not {from}"))
        };
        let (area_of, commissioner) = (line.area.peek(), line.commissioner.peek());
        let (mut cells, mut shares) = (Vec::new(), Vec::new());
        let mut counted = Decimal::ZERO;
        match minimum {
            Minimum::SocialCare => match area_of {
                Choice::Known(Area::Acute | Area::Other) => {
                    cells.push(area(format!("were Social Care, not {}", line.written.area)));
                }
                Choice::Known(Area::SocialCare)
                | Choice::Blank
                | Choice::Unknown(_)
                | Choice::Unreadable(_) => {}
            },
            Minimum::OutOfHospital => {
                let in_acute = area_of.known() == Some(&Area::Acute);
                if in_acute {
                    cells.push(area("were not Acute".to_owned()));
                }
                match commissioner.known() {
                    Some(Commissioner::Nhs) => {}
                    Some(Commissioner::Local) => cells.push(by_nhs("LA")),
                    Some(Commissioner::Joint) => {
                        match line.counts(minimum) {
                            Counted::Share(share) => counted = share,
                            Counted::No => {}
                            Counted::Unknown(_) => continue,
                        }
                        cells.push(by_nhs("Joint"));
                        let given = [&line.nhs_share, &line.local_share].into_iter();
                        shares.extend(given.filter(|it| !it.peek().is_blank()).map(|it| it.cell));
                    }
                    None => continue,
                }
            }
        }
        let effect = money::pounds(amount.saturating_mul(Decimal::ONE.saturating_sub(counted)));
        if !cells.is_empty() && effect > Decimal::ZERO {
            recodings.push(Recoding { line, cells, shares, effect });
        }
    }
    recodings
}

/// The name that this plan's lines use for the NHS commissioner most often.
pub(super) fn nhs_name(plan: &Plan) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in plan.lines(&[]).unwrap_or_default() {
        if line.commissioner.peek().known() == Some(&Commissioner::Nhs) {
            *counts.entry(line.written.commissioner.trim().to_uppercase()).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|it| it.1).map(|it| it.0);
    most.unwrap_or_else(|| "ICB".to_owned())
}

impl Recoding<'_> {
    /// "the area of spend of scheme 1 (Nurses) in H49 were Social Care, not Community Health".
    fn in_words(&self) -> String {
        let mut of = format!(" of {}", self.line.label());
        let mut parts: Vec<String> = Vec::new();
        for (mark, were) in &self.cells {
            parts.push(format!("the {}{} in {} {were}", mark.role, std::mem::take(&mut of), mark.cell));
        }
        if !self.shares.is_empty() {
            let cells: Vec<String> = self.shares.iter().map(CellRef::to_string).collect();
            let which = if cells.len() == 1 { "share" } else { "shares" };
            parts.push(format!("the {which} in {} were cleared", listed(&cells)));
        }
        parts.join(", and ")
    }

    fn marks(&self) -> Vec<CellMark> {
        let shares = self.shares.iter().map(|cell| CellMark { cell: *cell, role: "share to clear" });
        self.cells.iter().map(|it| it.0).chain(shares).collect()
    }
}
