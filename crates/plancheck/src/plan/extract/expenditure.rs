//! The expenditure table: a heading row and a line a row.

use std::collections::BTreeMap;

use super::{View, Views};
use crate::plan::leaf::{Figure, Leaf, Located, Text, is_nothing, is_prompt, shortened};
use crate::plan::line::{Area, Commissioner, Line, Source, Written};
use crate::plan::{Absent, Expenditure, Sought};
use crate::template::{Field, SchemeType, Section, Template, label};
use crate::workbook::Value;

pub(super) fn read(views: &Views<'_>) -> Sought<Expenditure> {
    let view = views.of(Section::Expenditure)?;
    let template = views.known.template;
    let (heading, columns) = heading(&view, template)?;
    let missing = template
        .columns
        .iter()
        .filter(|(field, _)| !columns.contains_key(field))
        .map(|(field, names)| {
            let name = names.first().copied().unwrap_or_default();
            (*field, Absent::Label(format!("the column “{name}” was not found on sheet {}", view.sheet.name)))
        })
        .collect();
    let table = Table { view: &view, template, columns, named: Named::of(template) };
    // What stands below the table begins at its left edge; a scheme may well have that name.
    let left = table.columns.values().min().copied().unwrap_or_default();
    let below = view.labels.all(template.below_expenditure).into_iter();
    let mut below = below.filter(|it| it.0 > heading && it.1 <= left && !table.is_line(it.0));
    let end = below.next().map_or(view.sheet.last_row() + 1, |it| it.0);
    let mut lines = Vec::new();
    // Only rows that hold something are visited: a stray cell far below must not cost a million steps.
    let mut previous = heading;
    for cell in view.sheet.cells().iter().filter(|it| it.row > heading) {
        if cell.row != previous {
            previous = cell.row;
            // Below the table stands guidance, in the same columns. A line that slipped down there is one all
            // the same, and must not be lost.
            let is_line =
                if cell.row < end { table.is_line(cell.row) } else { table.is_surely_line(cell.row) };
            if is_line {
                lines.push(table.line(cell.row));
            }
        }
    }
    Ok(Expenditure { lines, missing, strangers: Vec::new() })
}

/// The row that holds most of the table's headings, and the column of each.
fn heading(view: &View<'_>, template: &Template) -> Sought<(u32, BTreeMap<Field, u32>)> {
    let mut rows: BTreeMap<u32, BTreeMap<Field, u32>> = BTreeMap::new();
    for (field, names) in template.columns {
        for place in view.labels.all(names) {
            rows.entry(place.0).or_default().entry(*field).or_insert(place.1);
        }
    }
    let (row, mut columns) = rows
        .iter()
        .max_by_key(|(row, fields)| (fields.len(), u32::MAX - **row))
        .filter(|(_, fields)| fields.len() >= 4)
        .map(|(row, fields)| (*row, fields.clone()))
        .ok_or_else(|| {
            Absent::Label(format!(
                "the headings of the expenditure table were not found on sheet {}",
                view.sheet.name
            ))
        })?;
    // Some headings stand a row higher or lower where a group heading splits the row.
    for (other, fields) in &rows {
        if other.abs_diff(row) == 1 {
            for (field, col) in fields {
                columns.entry(*field).or_insert(*col);
            }
        }
    }
    Ok((row, columns))
}

struct Table<'a> {
    view: &'a View<'a>,
    template: &'static Template,
    columns: BTreeMap<Field, u32>,
    named: Named,
}

/// What options are called, made comparable once for all lines.
struct Named {
    /// The places of the sources of funding in the template's list.
    sources: BTreeMap<String, usize>,
    scheme_types: BTreeMap<String, &'static SchemeType>,
}

impl Named {
    fn of(template: &'static Template) -> Self {
        let mut named = Named { sources: BTreeMap::new(), scheme_types: BTreeMap::new() };
        for (idx, it) in template.sources.iter().enumerate() {
            for name in it.synonyms.iter().chain([&it.name]) {
                named.sources.entry(label::key(name)).or_insert(idx);
            }
        }
        for it in template.scheme_types {
            named.scheme_types.entry(label::option_key(it.name)).or_insert(it);
        }
        named
    }

    fn source(&self, text: &str) -> Option<usize> {
        self.sources.get(&label::key(text)).copied()
    }

    fn scheme_type(&self, text: &str) -> Option<&'static SchemeType> {
        self.scheme_types.get(&label::option_key(text)).copied()
    }
}

impl Table<'_> {
    /// Whether a row is a line: it has an amount, a source of funding or a scheme type.
    fn is_line(&self, row: u32) -> bool {
        [Field::Amount, Field::Source, Field::Type].iter().any(|field| {
            self.columns.get(field).is_some_and(|col| {
                self.view.sheet.at(row, *col).is_some_and(|cell| match &cell.value {
                    Value::Text(text) => !is_nothing(text) && !is_prompt(text.trim()),
                    Value::Blank => cell.formula,
                    Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => true,
                })
            })
        })
    }

    /// Whether a row can be nothing else but a line: it has an amount, and a source of funding of the
    /// template's.
    fn is_surely_line(&self, row: u32) -> bool {
        let amount = self.columns.get(&Field::Amount).and_then(|col| self.view.sheet.at(row, *col));
        let has_amount = amount.is_some_and(|cell| matches!(cell.value, Value::Number(_)));
        has_amount && self.raw(row, Field::Source).is_some_and(|it| self.named.source(it).is_some())
    }

    fn line(&self, row: u32) -> Line {
        let template = self.template;
        // No row number: these words are in fingerprints too. One scheme ID may stand on several lines, and the
        // source of funding tells them apart.
        let source = self.raw(row, Field::Source).map(shortened).filter(|it| !it.is_empty());
        let by = source.map_or(String::new(), |it| format!(", {it}"));
        let said = |field| self.raw(row, field).map(shortened).filter(|it| !it.is_empty());
        let named = said(Field::Name);
        let id = self.text(row, Field::Id, || match &named {
            Some(name) => format!("the scheme ID of “{name}”{by}"),
            None => "the scheme ID of a scheme without a name".to_owned() + &by,
        });
        let scheme = id.peek().text().map(str::to_owned);
        let of = |what: &str| match (&scheme, &named) {
            (Some(id), _) => format!("{what} of scheme {id}"),
            (None, Some(name)) => format!("{what} of “{name}”"),
            (None, None) => format!("{what} of a scheme without a name"),
        };
        let name = self.text(row, Field::Name, || match &scheme {
            Some(id) => format!("the name of scheme {id}{by}"),
            None => format!("the name of a scheme without an ID{by}"),
        });
        let written = Written {
            source: self.verbatim(row, Field::Source, |text| {
                template.sources.iter().any(|it| it.name.eq_ignore_ascii_case(text))
            }),
            scheme_type: self.verbatim(row, Field::Type, |text| {
                template.scheme_types.iter().any(|it| it.name.eq_ignore_ascii_case(text))
            }),
            commissioner: self.raw(row, Field::Commissioner).unwrap_or_default().to_lowercase(),
            source_text: self.raw(row, Field::Source).unwrap_or_default().to_owned(),
            area: self.raw(row, Field::Area).unwrap_or_default().trim().to_owned(),
            social_care: self.verbatim(row, Field::Area, |it| it.eq_ignore_ascii_case("Social Care")),
            acute: self.verbatim(row, Field::Area, |it| it.eq_ignore_ascii_case("Acute")),
        };
        Line {
            description: self.text(row, Field::Description, || of("the description")),
            scheme_type: self
                .text(row, Field::Type, || of("the scheme type"))
                .choose(|text| self.named.scheme_type(text)),
            sub_type: self.text(row, Field::SubType, || of("the sub type")),
            other_type: self.text(row, Field::OtherType, || of("what “Other” stands for in the scheme type")),
            other_area: self
                .text(row, Field::OtherArea, || of("what “Other” stands for in the area of spend")),
            area: self.text(row, Field::Area, || of("the area of spend")).choose(|it| Some(Area::named(it))),
            commissioner: self
                .text(row, Field::Commissioner, || of("the commissioner"))
                .choose(Commissioner::named),
            nhs_share: self.figure(row, Field::NhsShare, Leaf::Share, || of("the NHS share")),
            local_share: self.figure(row, Field::LocalShare, Leaf::Share, || of("the local authority share")),
            provider: self.text(row, Field::Provider, || of("the provider")),
            source: self.text(row, Field::Source, || of("the source of funding")).choose(|text| {
                let idx = self.named.source(text)?;
                Some(Source { idx, spec: template.sources.get(idx)? })
            }),
            amount: self.figure(row, Field::Amount, Leaf::Figure, || of("the expenditure")),
            new_existing: self.text(row, Field::NewExisting, || of("the new or existing mark")),
            id,
            name,
            written,
        }
    }

    /// The text of a field as it stands in the cell, spaces and all.
    fn raw(&self, row: u32, field: Field) -> Option<&str> {
        match &self.view.sheet.at(row, *self.columns.get(&field)?)?.value {
            Value::Text(text) => Some(text),
            Value::Blank | Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => None,
        }
    }

    fn verbatim(&self, row: u32, field: Field, test: impl Fn(&str) -> bool) -> bool {
        self.raw(row, field).is_some_and(test)
    }

    // A column that was not found gives a leaf that stands nowhere; rules that need it do not run, because
    // `Expenditure::missing` names it.

    fn text(&self, row: u32, field: Field, what: impl FnOnce() -> String) -> Located<Text> {
        match self.columns.get(&field) {
            Some(col) => self.view.text((row, *col), what),
            None => self.view.ledger.nowhere(self.view.cell((row, 0)), Text::Blank),
        }
    }

    fn figure(&self, row: u32, field: Field, leaf: Leaf, what: impl FnOnce() -> String) -> Located<Figure> {
        match self.columns.get(&field) {
            Some(col) => self.view.leaf((row, *col), leaf, what),
            None => self.view.ledger.nowhere(self.view.cell((row, 0)), Figure::Blank),
        }
    }
}
