//! The sheets of demand, capacity and spend: tables with a row a service or a trust and a column a month.

mod trusts;

use super::{Found, View, Views};
use crate::plan::leaf::{Figure, Located, Text};
use crate::plan::{Absent, Assumptions, CapacityDemand, Months, ServiceRow, Shown, Sought, Total};
use crate::template::anchor::Place;
use crate::template::{CapacitySpec, Month, Section, SpendSpec, label};

/// The summary has no more rows than this.
const MOST_ROWS: u32 = 16;

pub(super) fn read(views: &Views<'_>, found: &mut Found) -> Option<CapacityDemand> {
    let spec = views.known.template.capacity.as_ref()?;
    summary(views, spec, found);
    let pathways = spec.pathways.iter().enumerate();
    let services = || spec.services.iter().enumerate();
    let (overall_spend, related_spend) = spend(views, &spec.spend);
    Some(CapacityDemand {
        spec,
        trusts: trusts::read(views, spec),
        community_demand: rows(
            views,
            spec,
            Section::CommunityDemand,
            "demand",
            services().map(|(of, it)| (of, it.demand)),
        ),
        discharge_capacity: rows(
            views,
            spec,
            Section::DischargeCapacity,
            "capacity",
            pathways.flat_map(|(of, it)| it.capacity.iter().map(move |labels| (of, *labels))),
        ),
        community_capacity: rows(
            views,
            spec,
            Section::CommunityCapacity,
            "capacity",
            services().map(|(of, it)| (of, it.capacity)),
        ),
        overall_spend,
        related_spend,
        assumptions: spec.assumptions_on.iter().map(|it| assumptions(views, spec, *it)).collect(),
    })
}

/// The column of each month of the template, beside a heading.
struct Columns(Vec<Sought<u32>>);

impl Columns {
    /// Months stand in the row of the heading, or in the one above or below where headings take two rows.
    fn beside(view: &View<'_>, heading: Place, months: &[Month]) -> Self {
        let in_row = |row: u32| -> Vec<Option<u32>> {
            let cells: Vec<(Month, u32)> = view
                .right_of((row, heading.1))
                .filter_map(|it| Some((Month::read(&it.value, months)?, it.col)))
                .collect();
            let column = |month: &Month| cells.iter().find(|(it, _)| it == month).map(|it| it.1);
            months.iter().map(column).collect()
        };
        let found = |columns: &[Option<u32>]| columns.iter().flatten().count();
        let own = in_row(heading.0);
        // A figure may look like a date by chance, two in one row do not.
        let neighbours = [heading.0.saturating_sub(1), heading.0 + 1].into_iter().map(in_row);
        let columns = match found(&own) {
            0 => neighbours.max_by_key(|it| found(it)).filter(|it| found(it) > 1).unwrap_or(own),
            _ => own,
        };
        let label = view.text_at(heading.0, heading.1).unwrap_or_default();
        let absent = |month: &Month| {
            Absent::Label(format!(
                "the month {month} was not found beside “{label}” on sheet {}",
                view.sheet.name
            ))
        };
        Columns(
            columns.into_iter().zip(months).map(|(col, month)| col.ok_or_else(|| absent(month))).collect(),
        )
    }

    /// The first column that a month was found in.
    fn first(&self) -> Option<u32> {
        self.0.iter().flatten().min().copied()
    }

    /// The columns that a month was found in.
    fn found(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flatten().copied()
    }

    /// The figures of one row.
    fn figures(&self, view: &View<'_>, row: u32, months: &[Month], what: &str) -> Months {
        let figure = |(col, month): (&Sought<u32>, &Month)| -> Sought<Located<Figure>> {
            Ok(view.figure((row, col.clone()?), || format!("{what}, {month}")))
        };
        Months(self.0.iter().zip(months).map(figure).collect())
    }
}

/// The rows that the template prints on one sheet, each found by its label under the heading of services.
fn rows(
    views: &Views<'_>,
    spec: &'static CapacitySpec,
    section: Section,
    word: &str,
    wanted: impl Iterator<Item = (usize, &'static [&'static str])>,
) -> Vec<ServiceRow> {
    let table = views.of(section).and_then(|view| {
        let heading = view.find(spec.service)?;
        let columns = Columns::beside(&view, heading, spec.months);
        Ok((view, heading, columns))
    });
    wanted
        .map(|(of, labels)| {
            let name = labels.first().copied().unwrap_or_default();
            let months = table.as_ref().map_err(Absent::clone).and_then(|(view, heading, columns)| {
                let place = view.labels.below(heading.0 + 1, labels).ok_or_else(|| view.no_label(labels))?;
                Ok(columns.figures(view, place.0, spec.months, &format!("the {word} of “{name}”")))
            });
            let months = months.unwrap_or_else(|absent: Absent| {
                Months(spec.months.iter().map(|_| Err(absent.clone())).collect())
            });
            ServiceRow { name, section, of, months }
        })
        .collect()
}

/// The summary of discharges by pathway: the template computes every figure in it.
fn summary(views: &Views<'_>, spec: &CapacitySpec, found: &mut Found) {
    const SECTION: Section = Section::DischargeDemand;
    let Ok(view) = views.of(SECTION) else { return };
    let Some(heading) = view.labels.first(spec.discharges.summary) else {
        let absent = view.no_label(spec.discharges.summary);
        for pathway in 0..spec.pathways.len() {
            for month in 0..spec.months.len() {
                found.lack(SECTION, Some(Total::Discharges(pathway, month)), absent.clone());
            }
        }
        return;
    };
    let columns = Columns::beside(&view, heading, spec.months);
    for (idx, col) in columns.0.iter().enumerate() {
        if let Err(absent) = col {
            for pathway in 0..spec.pathways.len() {
                found.lack(SECTION, Some(Total::Discharges(pathway, idx)), absent.clone());
            }
        }
    }
    let Some(first) = columns.first() else { return };
    let next = view.labels.below(heading.0 + 1, spec.discharges.trust).map_or(u32::MAX, |it| it.0);
    let end = next.min(heading.0 + MOST_ROWS);
    for (pathway, it) in spec.pathways.iter().enumerate() {
        let row = (heading.0 + 1..end).find(|row| {
            view.texts_in_row(*row).any(|(at, text)| at.1 < first && spec.pathway(text) == Some(pathway))
        });
        let Some(row) = row else {
            let why = view.no_label(it.labels).wait().why;
            let absent =
                Absent::Label(format!("{why}, under “{}”", spec.discharges.summary.first().unwrap_or(&"")));
            for month in 0..spec.months.len() {
                found.lack(SECTION, Some(Total::Discharges(pathway, month)), absent.clone());
            }
            continue;
        };
        for (month, col) in columns.0.iter().enumerate() {
            let (Ok(col), Some(name)) = (col, spec.months.get(month)) else { continue };
            let label = format!("Total demand on {}, {name}", it.name);
            let total = Total::Discharges(pathway, month);
            found.computed.push(view.computed((row, *col), SECTION, total, Shown::Number(0), label));
        }
    }
}

/// What is spent: all of it, and what is paid from the Better Care Fund.
fn spend(views: &Views<'_>, spec: &SpendSpec) -> (Sought<Located<Figure>>, Sought<Located<Figure>>) {
    let view = match views.of(Section::Spend) {
        Ok(view) => view,
        Err(absent) => return (Err(absent.clone()), Err(absent)),
    };
    let labels = [spec.overall, spec.related].map(|it| view.labels.first(it));
    // The amounts stand under the year; where that is not found, in the first column that holds one.
    let left = labels.iter().flatten().map(|it| it.1).max().unwrap_or_default();
    let above = labels.iter().flatten().map(|it| it.0).min().unwrap_or_default();
    let wanted = |text: &str| {
        label::year_in(text)
            .is_some_and(|it| spec.year.iter().any(|year| label::year_in(year) == Some(it.clone())))
    };
    let year = (above.saturating_sub(4)..above).rev().find_map(|row| {
        view.texts_in_row(row).find(|(at, text)| at.1 > left && wanted(text)).map(|it| it.0.1)
    });
    // A remark is no spend.
    let filled = || {
        let figure = |it: &Place| {
            view.right_of(*it).map(|it| (it.row, it.col)).find(|it| view.is_number(*it)).map(|it| it.1)
        };
        labels.iter().flatten().filter_map(figure).min()
    };
    let col = year.or_else(filled).unwrap_or(left + 1);
    let figure = |names: &[&str], what: &str| -> Sought<Located<Figure>> {
        let place = view.find(names)?;
        Ok(view.figure((place.0, col), || what.to_owned()))
    };
    (
        figure(spec.overall, "the overall spend on intermediate care"),
        figure(spec.related, "the BCF related spend on intermediate care"),
    )
}

/// What the area wrote beside the label, or in the row right under it.
fn assumptions(views: &Views<'_>, spec: &CapacitySpec, section: Section) -> Assumptions {
    let text = views.of(section).and_then(|view| {
        let label = view.find(spec.assumptions)?;
        let beside = view.right_of(label).next().map(|it| (it.row, it.col));
        let under = (label.0 + 1, label.1);
        let is_text = |place: &Place| {
            let signs = views.known.template.sheet(section).map_or(&[] as &[&str], |it| it.signs);
            view.text_at(place.0, place.1).is_some_and(|it| !it.starts_with("!!"))
                && !view.is_label(*place, signs)
                && !view.is_label(*place, spec.service)
        };
        let place = beside.or_else(|| Some(under).filter(is_text)).unwrap_or((label.0, label.1 + 1));
        Ok(view.text(place, || "the assumptions made".to_owned())) as Sought<Located<Text>>
    });
    Assumptions { section, text }
}
