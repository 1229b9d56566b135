//! The smallest changes that would meet a minimum spend, as questions to ask and never as edits.
//!
//! Three kinds are thought of: one line coded otherwise, several lines coded otherwise where no single one
//! is enough, and money moved from a line that does not count to one that does. Each leaves every source
//! of funding in balance. None says that the plan should be changed so: a code is right or wrong by what
//! the money buys.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::finding::{CellMark, Remedy};
use crate::money;
use crate::plan::{Area, Choice, Commissioner, Counted, Line, Plan};
use crate::template::{Minimum, SourceRole};

/// How many lines a change may take and still be named line by line.
const MOST_NAMED: usize = 5;

/// How many single changes are offered.
const OFFERED: usize = 3;

/// A line coded otherwise.
struct Recoding<'p> {
    line: &'p Line,
    /// Each cell to change: what it is, from what, to what.
    cells: Vec<(CellMark, String, String)>,
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
        let headroom = money::show_pounds(effect.saturating_sub(short));
        let planned = money::show_pounds(money::pounds(planned.saturating_add(effect)));
        format!("planned spend would be {planned}, which is {headroom} above the minimum")
    };
    let mut remedies: Vec<Remedy> = enough
        .iter()
        .map(|it| Remedy {
            text: format!("What if {}? Then {}.", it.in_words(), result(it.effect)),
            cells: it.marks(),
            effect: it.effect,
        })
        .collect();
    if remedies.is_empty() {
        remedies.extend(several(&recodings, short, &result));
    }
    remedies.extend(moved(plan, minimum, short));
    remedies
}

/// The fewest lines that are enough together: the largest first, and the last one no larger than needed.
fn several(recodings: &[Recoding<'_>], short: Decimal, result: &dyn Fn(Decimal) -> String) -> Option<Remedy> {
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
        return Some(Remedy {
            text: format!(
                "No {MOST_NAMED} lines coded otherwise are enough: it would take {}, the largest that do not count now. \
                 More has to be planned instead.",
                chosen.len()
            ),
            cells: chosen.iter().flat_map(|it| it.marks()).collect(),
            effect: reached,
        });
    }
    let parts: Vec<String> =
        chosen.iter().map(|it| format!("{} ({})", it.in_words(), money::show_pounds(it.effect))).collect();
    Some(Remedy {
        text: format!(
            "No single line is enough. What if {}? Then {}.",
            parts.join(", and "),
            result(reached)
        ),
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
    let spare = match (plan.minimum(other), totals.planned(other), totals.required(other)) {
        (Some(_), Ok((planned, _)), Ok(required)) => planned.saturating_sub(required),
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
                if amount > short && harm <= spare && from.is_none_or(|it| amount > it.1) {
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
            "What if {} were moved from {} ({}: {} becomes {}) to {} ({}: {} becomes {})? Then planned spend would \
             be exactly the minimum.",
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
        let area = |to: &str| {
            let mark = CellMark { cell: line.area.cell, role: "area of spend" };
            (mark, line.written.area.clone(), to.to_owned())
        };
        let by_nhs = |from: &str| {
            let mark = CellMark { cell: line.commissioner.cell, role: "commissioner" };
            (mark, from.to_owned(), nhs.clone())
        };
        let (area_of, commissioner) = (line.area.peek(), line.commissioner.peek());
        let mut cells = Vec::new();
        let mut counted = Decimal::ZERO;
        match minimum {
            Minimum::SocialCare => match area_of {
                Choice::Known(Area::Acute | Area::Other) => cells.push(area("Social Care")),
                Choice::Known(Area::SocialCare)
                | Choice::Blank
                | Choice::Unknown(_)
                | Choice::Unreadable(_) => {}
            },
            Minimum::OutOfHospital => {
                let in_acute = area_of.known() == Some(&Area::Acute);
                if in_acute {
                    cells.push(area("an area other than Acute"));
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
                    }
                    None => continue,
                }
            }
        }
        let effect = money::pounds(amount.saturating_mul(Decimal::ONE.saturating_sub(counted)));
        if !cells.is_empty() && effect > Decimal::ZERO {
            recodings.push(Recoding { line, cells, effect });
        }
    }
    recodings
}

/// The name that this plan's lines use for the NHS commissioner most often.
fn nhs_name(plan: &Plan) -> String {
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
    /// "the area of spend of scheme 1 (H49) were Social Care instead of Community Health".
    fn in_words(&self) -> String {
        let parts: Vec<String> = self
            .cells
            .iter()
            .map(|(mark, from, to)| format!("the {} ({}) were {to} instead of {from}", mark.role, mark.cell))
            .collect();
        format!("for {}, {}", self.line.label(), parts.join(" and "))
    }

    fn marks(&self) -> Vec<CellMark> {
        self.cells.iter().map(|it| it.0).collect()
    }
}
