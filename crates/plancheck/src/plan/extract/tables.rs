//! The small tables that stand both on the expenditure sheet and on the summary: balances and minimums.

use super::{Found, View, Views};
use crate::plan::{MinimumSpend, Shown, Total};
use crate::template::anchor::Place;
use crate::template::{Section, label};

/// The balances by source: a heading row, a row for each source and one for the total.
pub(super) fn balances(views: &Views<'_>, section: Section, found: &mut Found) {
    let Ok(view) = views.of(section) else { return };
    let names = ["Running Balances", "Funding Sources"];
    let Some(corner) = view.labels.first(&names) else {
        let name = if section == Section::Expenditure { &names[..1] } else { &names[1..] };
        return found.lack(section, Some(Total::AllBalance), view.no_label(name));
    };
    let column = |names: &[&str]| heading_right_of(&view, corner, names);
    let columns = [column(&["Income"]), column(&["Expenditure"]), column(&["Balance", "Difference"])];
    let template = views.known.template;
    for row in corner.0 + 1..=corner.0 + 20 {
        let Some(name) = view.text_at(row, corner.1) else { continue };
        let is_total = label::key(name) == "total";
        let totals = match template.source(name) {
            Some(idx) => [Total::Income(idx), Total::Spend(idx), Total::Balance(idx)],
            None if is_total => [Total::Pool, Total::AllSpend, Total::AllBalance],
            None => continue,
        };
        let words = ["income", "expenditure", "balance"];
        for ((total, col), word) in totals.into_iter().zip(columns).zip(words) {
            if let Some(col) = col {
                let label = format!("{name}: {word}");
                found.computed.push(view.computed((row, col), section, total, Shown::Pounds, label));
            }
        }
        if is_total {
            break;
        }
    }
}

fn heading_right_of(view: &View<'_>, corner: Place, names: &[&str]) -> Option<u32> {
    view.texts_in_row(corner.0)
        .find(|(at, _)| at.1 > corner.1 && view.is_label(*at, names))
        .map(|(at, _)| at.1)
}

/// The minimum spends: the required spend table of the expenditure sheet.
pub(super) fn minimums(views: &Views<'_>, found: &mut Found) -> Vec<MinimumSpend> {
    let view = views.of(Section::Expenditure);
    let mut minimums = Vec::new();
    for spec in views.known.template.minimums {
        let required = match &view {
            Err(absent) => Err(absent.clone()),
            Ok(view) => match required_row(view, spec.label) {
                None => Err(view.no_label(spec.label)),
                Some((row, heads)) => {
                    let label = spec.label.first().copied().unwrap_or_default();
                    let mut witness = |names: &[&str], total, word: &str| {
                        if let Some(col) = heads.iter().find(|it| view.is_label(**it, names)).map(|it| it.1) {
                            let label = format!("{label}: {word}");
                            found.computed.push(view.computed(
                                (row, col),
                                Section::Expenditure,
                                total,
                                Shown::Pounds,
                                label,
                            ));
                        }
                    };
                    witness(&["Planned Spend"], Total::Planned(spec.minimum), "planned spend");
                    witness(&["Under Spend"], Total::UnderSpend(spec.minimum), "under spend");
                    match heads.iter().find(|it| view.is_label(**it, &["Minimum Required Spend"])) {
                        Some(head) => {
                            Ok(view.figure((row, head.1), || format!("the minimum required: {label}")))
                        }
                        None => Err(view.no_label(&["Minimum Required Spend"])),
                    }
                }
            },
        };
        minimums.push(MinimumSpend { spec, required });
    }
    minimums
}

/// The row of a minimum in the required spend table, and the table's headings.
fn required_row(view: &View<'_>, labels: &[&str]) -> Option<(u32, Vec<Place>)> {
    view.labels.all(labels).into_iter().find_map(|place| {
        // The heading row is the nearest one above that names the planned spend.
        let head = (place.0.saturating_sub(6)..place.0).rev().find(|row| {
            view.texts_in_row(*row).any(|(at, _)| at.1 > place.1 && view.is_label(at, &["Planned Spend"]))
        })?;
        let heads = view.texts_in_row(head).map(|(at, _)| at).filter(|at| at.1 > place.1).collect();
        Some((place.0, heads))
    })
}
