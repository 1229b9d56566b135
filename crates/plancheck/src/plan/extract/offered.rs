//! What the workbook's own drop-downs offer, beside what the template's lists are known to hold.

use super::Views;
use crate::plan::leaf::{Choice, Text, is_prompt};
use crate::plan::line::Line;
use crate::plan::{Expenditure, Located, Sought, Stranger};
use crate::template::{Field, OptionList, label};
use crate::workbook::CellRef;

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
        for (line_idx, line) in table.lines.iter().enumerate() {
            let Some((cell, Some(text))) = value(line, *field) else { continue };
            if is_prompt(&text) || in_list(list, &text) {
                continue;
            }
            // A pasted cell has lost its drop-down; the table's first line tells what the column offers.
            let offered = options_at(views, cell).or_else(|| options_at(views, first?));
            let is_offered = offered
                .is_some_and(|it| it.iter().any(|it| label::option_key(it) == label::option_key(&text)));
            if !is_offered {
                strangers.push(Stranger { field: *field, line: line_idx, cell, text });
            }
        }
    }
    strangers
}

fn options_at(views: &Views<'_>, cell: CellRef) -> Option<Vec<String>> {
    views.workbook.facts.options_at(views.workbook, cell)
}

/// Whether a list has this option. CCG, ICB and NHS are one name, as they are in labels; other synonyms
/// that we read are not in the list, and Excel's own sums do not find them.
fn in_list(list: &OptionList, text: &str) -> bool {
    let key = |text: &str| label::key(&label::option_key(text));
    list.options.iter().any(|it| key(it) == key(text))
}

/// What a line holds in a column that has a drop-down, and where.
fn value(line: &Line, field: Field) -> Option<(CellRef, Option<String>)> {
    let text = |it: &Located<Text>| {
        let text = match it.peek() {
            Text::Is(text) => Some(text.clone()),
            Text::Date(date) => Some(date.to_string()),
            Text::Blank | Text::Error(_) | Text::NoValue => None,
        };
        (it.cell, text)
    };
    let written = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    match field {
        Field::Area => Some((line.area.cell, written(&line.written.area))),
        Field::Commissioner => Some(match line.commissioner.peek() {
            Choice::Unknown(text) => (line.commissioner.cell, Some(text.clone())),
            Choice::Known(_) => (line.commissioner.cell, written(&line.written.commissioner)),
            Choice::Blank | Choice::Unreadable(_) => (line.commissioner.cell, None),
        }),
        Field::Provider => Some(text(&line.provider)),
        Field::Source => Some(match line.source.peek() {
            Choice::Unknown(text) => (line.source.cell, Some(text.clone())),
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
