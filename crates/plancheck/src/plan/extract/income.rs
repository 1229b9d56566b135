//! The income sheet: a block of rows for each stream, each under a heading and above a total.

use super::{Found, View, Views};
use crate::plan::leaf::{Located, Text, is_nothing};
use crate::plan::{Absent, IncomeRow, Shown, Sought, Stream, Total};
use crate::template::anchor::Place;
use crate::template::{Section, SourceOfFunding, label, labels};
use crate::workbook::Value;

/// No stream has more rows than this between its heading and its end.
const MOST_ROWS: u32 = 400;

pub(super) fn read(views: &Views<'_>, found: &mut Found) -> Vec<Stream> {
    let template = views.known.template;
    let view = views.of(Section::Income);
    let streams: Vec<Stream> = template
        .sources
        .iter()
        .map(|source| {
            let block = view.as_ref().map_err(Absent::clone).and_then(|view| block(view, source));
            let any = (!source.question.is_empty())
                .then(|| view.as_ref().map_err(Absent::clone).and_then(|view| any(view, source)));
            let (rows, districts) = match block {
                Ok(block) => (Ok(block.rows), block.districts),
                Err(absent) => (Err(absent), Vec::new()),
            };
            Stream { source, rows, districts, any }
        })
        .collect();
    let Ok(view) = view else { return streams };
    let column = amount_columns(&view);
    for (idx, source) in template.sources.iter().enumerate() {
        total(&view, source.total, Total::Income(idx), &column, found);
    }
    total(&view, template.nhs_total, Total::NhsIncome, &column, found);
    total(&view, template.pool, Total::Pool, &column, found);
    streams
}

/// A stream's heading: its label with the heading of the amounts to the right of it.
fn heading(view: &View<'_>, source: &SourceOfFunding) -> Sought<(Place, u32)> {
    view.labels
        .all(source.income)
        .into_iter()
        .find_map(|place| {
            let amounts = view.texts_in_row(place.0).find(|(at, text)| {
                at.1 > place.1 && label::key(text).split(' ').any(|it| it == "contribution")
            })?;
            Some((place, amounts.0.1))
        })
        .ok_or_else(|| view.no_label(source.income))
}

/// The answer to the question whether a stream has anything in it.
fn any(view: &View<'_>, source: &SourceOfFunding) -> Sought<Located<Text>> {
    let label = view.find(source.question)?;
    let column = heading(view, source).map(|it| it.1).ok().filter(|it| *it > label.1).unwrap_or(label.1 + 1);
    let col = view.right_of(label).next().map(|it| it.col).filter(|it| *it <= column).unwrap_or(column);
    Ok(view.text((label.0, col), || format!("whether there is any of {}", source.stream)))
}

/// The rows of a stream, and those of the breakdown by district under them.
struct Block {
    rows: Vec<IncomeRow>,
    districts: Vec<IncomeRow>,
}

fn block(view: &View<'_>, source: &SourceOfFunding) -> Sought<Block> {
    let (place, amounts) = heading(view, source)?;
    // The block ends at its total. Without it nobody can say where the next block begins, and figures of
    // other streams must not be added to this one.
    let end = view
        .labels
        .below(place.0 + 1, source.total)
        .map(|it| it.0)
        .filter(|it| *it - place.0 <= MOST_ROWS)
        .ok_or_else(|| view.no_label(source.total))?;
    let comments = view
        .texts_in_row(place.0)
        .find(|(at, text)| at.1 > amounts && label::key(text).starts_with("comments"))
        .map(|(at, _)| at.1);
    let breakdown = Breakdown::of(view, source, place, end);
    let mut block = Block { rows: Vec::new(), districts: Vec::new() };
    let mut below = false;
    for row in place.0 + 1..end {
        if !below && breakdown.begins(view, (row, place.1), amounts) {
            below = true;
            continue;
        }
        let name: Located<Text> = view.text((row, place.1), || {
            if below { "a district".to_owned() } else { format!("a contributor to {}", source.stream) }
        });
        // A total that the area has put under its districts is no district.
        if below && name.peek().text().is_some_and(is_total) {
            continue;
        }
        let amount = view.figure((row, amounts), || match (name.peek().text(), below) {
            (Some(name), false) => format!("the contribution of {name} to {}", source.stream),
            (Some(name), true) => format!("the part of {name} in {}", source.stream),
            (None, _) => format!("a contribution to {}", source.stream),
        });
        let comment = comments
            .filter(|_| !below)
            .map(|col| view.text((row, col), || format!("a comment on {}", source.stream)));
        let said = comment.as_ref().is_some_and(|it| !it.peek().is_blank());
        if !amount.peek().is_blank() || !name.peek().is_blank() || said {
            let rows = if below { &mut block.districts } else { &mut block.rows };
            rows.push(IncomeRow { name, amount, comment });
        }
    }
    Ok(block)
}

/// Where the breakdown by district begins under a stream's rows: it is no part of the sum.
enum Breakdown {
    /// There is none.
    None,
    /// In this row, under its label.
    Labelled(u32),
    /// Its label was reworded: with the first row that has a text and no amount.
    Reworded,
}

impl Breakdown {
    fn of(view: &View<'_>, source: &SourceOfFunding, heading: Place, end: u32) -> Self {
        if source.breakdown.is_empty() {
            return Breakdown::None;
        }
        match view.labels.below(heading.0 + 1, source.breakdown).filter(|it| it.0 < end) {
            Some(label) => Breakdown::Labelled(label.0),
            None => Breakdown::Reworded,
        }
    }

    /// Whether this row heads it. A heading may well have a text over the amounts: nobody's figure.
    fn begins(&self, view: &View<'_>, name: Place, amounts: u32) -> bool {
        match self {
            Breakdown::None => false,
            Breakdown::Labelled(row) => *row == name.0,
            Breakdown::Reworded => {
                let blank = view.sheet.at(name.0, amounts).is_none_or(|it| match &it.value {
                    Value::Blank => !it.formula,
                    Value::Text(text) => is_nothing(text),
                    Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => false,
                });
                blank && view.text_at(name.0, name.1).is_some()
            }
        }
    }
}

/// Whether the name of a row says that it is a sum of others.
fn is_total(name: &str) -> bool {
    let key = label::key(name);
    let first = key.split(|it: char| !it.is_alphanumeric()).find(|it| !matches!(*it, "" | "sub" | "grand"));
    matches!(first, Some("total" | "totals" | "subtotal" | "sum"))
}

/// The columns that hold amounts, so that a total is looked for below the figures it totals.
fn amount_columns(view: &View<'_>) -> Vec<u32> {
    let mut columns: Vec<u32> = view.labels.all(labels::CONTRIBUTION).into_iter().map(|it| it.1).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn total(view: &View<'_>, labels: &[&str], total: Total, columns: &[u32], found: &mut Found) {
    let places = view.labels.all(labels);
    if places.is_empty() {
        return found.lack(Section::Income, Some(total), view.no_label(labels));
    }
    let label = labels.first().copied().unwrap_or_default();
    let amount = |place: &Place| {
        let below = columns.iter().copied().find(|it| *it > place.1);
        below.or_else(|| view.right_of(*place).next().map(|it| it.col)).map(|col| (place.0, col))
    };
    // A comment may say the same as a label; it has no amount beside it.
    let Some(place) = places.iter().find_map(amount) else {
        let why = format!("no amount was found in the row of “{label}” on sheet {}", view.sheet.name);
        return found.lack(Section::Income, Some(total), Absent::Label(why));
    };
    found.computed.push(view.computed(place, Section::Income, total, Shown::Pounds, label));
}
