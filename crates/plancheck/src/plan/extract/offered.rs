//! What the workbook's own drop-downs offer, beside what the template's lists are known to hold.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Views;
use crate::plan::leaf::{Choice, Text, is_prompt};
use crate::plan::line::Line;
use crate::plan::{Expenditure, Located, Sought, Stranger};
use crate::template::{Field, OptionList, label};
use crate::workbook::CellRef;
use crate::workbook::area::Firsts;

/// The boards that the cover's drop-down offers.
pub(super) fn boards(views: &Views<'_>, board: &Sought<Located<Text>>) -> Vec<String> {
    let offered = board.as_ref().ok().and_then(|it| options_at(views, it.cell));
    offered.unwrap_or_default()
}

/// The values in the table that neither the template's list nor the workbook's own drop-down has.
pub(super) fn strangers(views: &Views<'_>, table: &Expenditure) -> Vec<Stranger> {
    let mut strangers = Vec::new();
    for (field, list) in views.known.template.lists {
        if table.missing.iter().any(|(missing, _)| missing == field) {
            continue;
        }
        let first = table.lines.first().and_then(|it| value(it, *field)).map(|it| it.0);
        let listed = listed(list);
        // Most lines hold one of a few options.
        let mut known: BTreeMap<Cow<'_, str>, bool> = BTreeMap::new();
        let mut offers = first.map(|it| Offers::of(views, it));
        for (line_idx, line) in table.lines.iter().enumerate() {
            let Some((cell, Some(text))) = value(line, *field) else { continue };
            let is_known = || is_prompt(&text) || listed.contains(&list_key(&text));
            if *known.entry(text.clone()).or_insert_with(is_known) {
                continue;
            }
            // A pasted cell has lost its drop-down; the table's first line tells what the column offers.
            let is_offered = offers.as_mut().is_some_and(|it| {
                let at = if it.knows(cell) { Some(cell) } else { first };
                at.is_some_and(|at| it.has(at, &text))
            });
            if !is_offered {
                strangers.push(Stranger { field: *field, line: line_idx, cell, text: text.into_owned() });
            }
        }
    }
    strangers
}

/// What the drop-downs of one column offer, each looked up once.
struct Offers<'a> {
    views: &'a Views<'a>,
    /// The drop-downs by their rows.
    drop_downs: Firsts<usize>,
    /// The keys of the options of each; none where they are not known.
    options: BTreeMap<usize, Option<BTreeSet<String>>>,
}

impl<'a> Offers<'a> {
    /// The drop-downs of the column that a cell stands in.
    fn of(views: &'a Views<'a>, cell: CellRef) -> Self {
        let facts = views.workbook.facts.sheets.get(usize::from(cell.sheet));
        let drop_downs = facts.and_then(|it| it.drop_downs.as_ref().ok()).into_iter().flatten();
        let areas = drop_downs.enumerate().flat_map(|(idx, it)| it.areas.iter().map(move |area| (area, idx)));
        Offers { views, drop_downs: Firsts::of(areas, cell.col), options: BTreeMap::new() }
    }

    /// The options of the drop-down that a cell has.
    fn at(&mut self, cell: CellRef) -> Option<&BTreeSet<String>> {
        let drop_down = self.drop_downs.at(cell.row)?;
        let views = self.views;
        let keys = || Some(options_at(views, cell)?.iter().map(|it| label::option_key(it)).collect());
        self.options.entry(drop_down).or_insert_with(keys).as_ref()
    }

    fn knows(&mut self, cell: CellRef) -> bool {
        self.at(cell).is_some()
    }

    fn has(&mut self, cell: CellRef, text: &str) -> bool {
        self.at(cell).is_some_and(|it| it.contains(&label::option_key(text)))
    }
}

fn options_at(views: &Views<'_>, cell: CellRef) -> Option<Vec<String>> {
    views.workbook.facts.options_at(views.workbook, cell)
}

/// The options of a list, made comparable. CCG, ICB and NHS are one name, as they are in labels; other
/// synonyms that we read are not in the list, and Excel's own sums do not find them.
fn listed(list: &OptionList) -> BTreeSet<String> {
    list.options.iter().map(|it| list_key(it)).collect()
}

fn list_key(text: &str) -> String {
    label::key(&label::option_key(text))
}

/// What a line holds in a column that has a drop-down, and where.
fn value(line: &Line, field: Field) -> Option<(CellRef, Option<Cow<'_, str>>)> {
    fn text(it: &Located<Text>) -> (CellRef, Option<Cow<'_, str>>) {
        let text = match it.peek() {
            Text::Is(text) => Some(Cow::Borrowed(text.as_str())),
            Text::Date(date) => Some(Cow::Owned(date.to_string())),
            Text::Blank | Text::Error(_) | Text::NoValue => None,
        };
        (it.cell, text)
    }
    fn written(text: &str) -> Option<Cow<'_, str>> {
        Some(text.trim()).filter(|it| !it.is_empty()).map(Cow::Borrowed)
    }
    match field {
        Field::Area => Some((line.area.cell, written(&line.written.area))),
        Field::Commissioner => Some(match line.commissioner.peek() {
            Choice::Unknown(text) => (line.commissioner.cell, Some(text.as_str().into())),
            Choice::Known(_) => (line.commissioner.cell, written(&line.written.commissioner)),
            Choice::Blank | Choice::Unreadable(_) => (line.commissioner.cell, None),
        }),
        Field::Provider => Some(text(&line.provider)),
        Field::Source => Some(match line.source.peek() {
            Choice::Unknown(text) => (line.source.cell, Some(text.as_str().into())),
            Choice::Known(_) => (line.source.cell, written(&line.written.source_text)),
            Choice::Blank | Choice::Unreadable(_) => (line.source.cell, None),
        }),
        Field::NewExisting => Some(text(&line.new_existing)),
        Field::Id
        | Field::Name
        | Field::Description
        | Field::Type
        | Field::SubType
        | Field::OtherType
        | Field::OtherArea
        | Field::NhsShare
        | Field::LocalShare
        | Field::Amount => None,
    }
}
