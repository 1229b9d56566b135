//! The small tables that stand both on the expenditure sheet and on the summary: balances and minimums.

use super::{Found, View, Views};
use crate::plan::{Absent, MinimumSpend, Shown, Total, shortened};
use crate::template::anchor::Place;
use crate::template::{Section, label, labels};

/// The balances by source: a heading row, a row for each source and one for the total.
pub(super) fn balances(views: &Views<'_>, section: Section, found: &mut Found) {
    let Ok(view) = views.of(section) else { return };
    let names = [labels::RUNNING_BALANCES, labels::FUNDING_SOURCES];
    let Some(corner) = view.labels.first(&names) else {
        let name = if section == Section::Expenditure { &names[..1] } else { &names[1..] };
        return found.lack(section, Some(Total::AllBalance), view.no_label(name));
    };
    let template = views.known.template;
    // The last is called one thing on the expenditure sheet and another on the summary.
    let last =
        if section == Section::Summary { ["Difference", "Balance"] } else { ["Balance", "Difference"] };
    let headings = [&["Income"] as &[&str], &["Expenditure"], &last];
    let columns = headings.map(|it| heading_right_of(&view, corner, it));
    for ((names, column), total) in
        headings.iter().zip(columns).zip([Total::Pool, Total::AllSpend, Total::AllBalance])
    {
        if column.is_none() {
            found.lack(section, Some(total), view.no_label(names));
        }
    }
    let mut missing: Vec<usize> = (0..template.sources.len()).collect();
    let mut total_found = false;
    for row in corner.0 + 1..=corner.0 + 20 {
        let Some(name) = view.text_at(row, corner.1) else { continue };
        let is_total = label::key(name) == "total";
        let totals = match template.source(name) {
            Some(idx) => {
                missing.retain(|it| *it != idx);
                [Total::Income(idx), Total::Spend(idx), Total::Balance(idx)]
            }
            None if is_total => [Total::Pool, Total::AllSpend, Total::AllBalance],
            None => continue,
        };
        let words =
            ["income", "expenditure", if section == Section::Summary { "difference" } else { "balance" }];
        for ((total, col), word) in totals.into_iter().zip(columns).zip(words) {
            if let Some(col) = col {
                let label = format!("{name}: {word}");
                found.computed.push(view.computed((row, col), section, total, Shown::Pounds, label));
            }
        }
        if is_total {
            total_found = true;
            break;
        }
    }
    let under = |name: &str| {
        let (name, corner) = (shortened(name), view.text_at(corner.0, corner.1).unwrap_or_default());
        Absent::Label(format!("“{name}” was not found under “{corner}” on sheet {}", view.sheet.name))
    };
    for idx in missing {
        let name = template.sources.get(idx).map_or("", |it| it.name);
        found.lack(section, Some(Total::Balance(idx)), under(name));
    }
    if !total_found {
        found.lack(section, Some(Total::AllBalance), under("Total"));
    }
}

fn heading_right_of(view: &View<'_>, corner: Place, names: &[&str]) -> Option<u32> {
    view.texts_in_row(corner.0)
        .find(|(at, _)| at.1 > corner.1 && view.is_label(*at, names))
        .map(|(at, _)| at.1)
}

/// The headings of the required spend table.
const REQUIRED: &[&str] = &["Minimum Required Spend"];
const PLANNED: &[&str] = &["Planned Spend"];
const UNDER: &[&str] = &["Under Spend"];

/// The minimum spends: the required spend table of the expenditure sheet.
pub(super) fn minimums(views: &Views<'_>, found: &mut Found) -> Vec<MinimumSpend> {
    let view = views.of(Section::Expenditure);
    let mut minimums = Vec::new();
    for spec in views.known.template.minimums {
        let required = match &view {
            Err(absent) => Err(absent.clone()),
            Ok(view) => match required_row(view, spec.label) {
                None => {
                    found.lack(
                        Section::Expenditure,
                        Some(Total::Planned(spec.minimum)),
                        view.no_label(spec.label),
                    );
                    Err(view.no_label(spec.label))
                }
                Some((row, heads)) => {
                    let label = spec.label.first().copied().unwrap_or_default();
                    let column = |names: &[&str]| {
                        let head = heads.iter().find(|it| view.is_label(**it, names));
                        head.map(|it| (row, it.1)).ok_or_else(|| view.no_label(names))
                    };
                    let mut witness = |names: &[&str], total, word: &str| match column(names) {
                        Ok(place) => {
                            let label = format!("{label}: {word}");
                            let section = Section::Expenditure;
                            found.computed.push(view.computed(place, section, total, Shown::Pounds, label));
                        }
                        Err(why) => found.lack(Section::Expenditure, Some(total), why),
                    };
                    witness(PLANNED, Total::Planned(spec.minimum), "planned spend");
                    witness(UNDER, Total::UnderSpend(spec.minimum), "under spend");
                    column(REQUIRED)
                        .map(|place| view.figure(place, || format!("the minimum required: {label}")))
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
        // The heading row is the nearest one above that has any of the table's headings.
        let is_heading = |at| [REQUIRED, PLANNED, UNDER].iter().any(|it| view.is_label(at, it));
        let head = (place.0.saturating_sub(6)..place.0)
            .rev()
            .find(|row| view.texts_in_row(*row).any(|(at, _)| at.1 > place.1 && is_heading(at)))?;
        let heads = view.texts_in_row(head).map(|(at, _)| at).filter(|at| at.1 > place.1).collect();
        Some((place.0, heads))
    })
}
