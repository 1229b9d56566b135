//! EX10: areas, commissioners, providers, sources and new or existing come from their lists.

use std::collections::BTreeMap;

use super::{labels, places, some_of};
use crate::finding::{Finding, State};
use crate::plan::{Commissioner, Line, Plan, Stranger, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::either;
use crate::template::{Field, Section, label};

/// EX10 known-options.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX10",
    name: "known-options",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "The area of spend, commissioner, provider, source of funding and new or existing of each line come from the template's lists or from the workbook's own drop-downs. CCG, ICB and NHS are one commissioner. Where a list is known to its end, another value is a fault; where it is only partly known, a person must look.",
    matters: "The template's own sums find an option only where it is written as in its list. A line with any other is left out of balances and conditions.",
    example: "Scheme 7 gives its source of funding as “Section 256”, which is in no list.",
    todo: "Choose the option from the cell's drop-down. If the cell has lost its drop-down, copy a cell from a line that still has it.",
    source: super::super::template("5. Expenditure: drop-down lists of the scheme table"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let table = match &plan.expenditure {
        Ok(table) => table,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    if table.lines.is_empty() {
        return Outcome::does_not_apply("the expenditure table has no lines");
    }
    let fields: Vec<Field> = plan.template.lists.iter().map(|it| it.0).collect();
    let mut waits: Vec<Wait> = plan.lines(&fields).err().unwrap_or_default();
    for line in &table.lines {
        waits.extend(fields.iter().filter_map(|field| unreadable(line, *field)));
    }
    // One finding for each value, however many lines have it.
    let mut groups: BTreeMap<(Field, String), Vec<&Stranger>> = BTreeMap::new();
    for stranger in &table.strangers {
        groups.entry((stranger.field, label::option_key(&stranger.text))).or_default().push(stranger);
    }
    let findings = groups.into_values().filter_map(|it| unknown(plan, &table.lines, &it)).collect();
    Outcome::of(findings, waits)
}

/// What a cell of this column must wait on. Blanks are another rule's.
fn unreadable(line: &Line, field: Field) -> Option<Wait> {
    let wait = match field {
        Field::Area => line.area.need(None).err(),
        Field::Commissioner => line.commissioner.need(None).err(),
        Field::Source => line.source.need(None).err(),
        Field::Provider => line.provider.unreadable(),
        Field::NewExisting => line.new_existing.unreadable(),
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
    };
    wait.filter(|it| it.on.is_some())
}

fn unknown(plan: &Plan, lines: &[Line], strangers: &[&Stranger]) -> Option<Finding> {
    let first = strangers.first()?;
    let (_, list) = plan.template.lists.iter().find(|it| it.0 == first.field)?;
    let column = match first.field {
        Field::Area => "area of spend",
        Field::Commissioner => "commissioner",
        Field::Provider => "provider",
        Field::Source => "source of funding",
        Field::NewExisting => "new or existing mark",
        Field::Id
        | Field::Name
        | Field::Description
        | Field::Type
        | Field::SubType
        | Field::OtherType
        | Field::OtherArea
        | Field::NhsShare
        | Field::LocalShare
        | Field::Amount => return None,
    };
    let value = shortened(&first.text);
    let cells: Vec<_> = strangers.iter().map(|it| it.cell).collect();
    let of = strangers.iter().filter_map(|it| lines.get(it.line));
    let named = some_of(&labels(of.clone()));
    let s = if cells.len() == 1 { "s" } else { "" };
    let is_mark = first.field == Field::NewExisting;
    let (title, says) = if is_mark {
        (
            format!("“{value}” is neither {}", list.options.join(" nor ")),
            format!("mark{s} {named} as “{value}”"),
        )
    } else {
        (
            format!("“{value}” is not a known {column}"),
            format!("give{s} the {column} of {named} as “{value}”"),
        )
    };
    let (state, why) = if list.complete {
        (State::NotMet, "which is neither in the template's list nor in the workbook's own drop-down")
    } else {
        (
            State::NeedsJudgement,
            "which is not among the options that the template is known to have, nor in the workbook's own drop-down",
        )
    };
    let options: Vec<String> = list.options.iter().map(|it| (*it).to_owned()).collect();
    let (read, todo, ask) = match of.clone().find_map(|it| read_as(it, first.field)) {
        Some(option) => (
            format!(" It is read here as {option}; Excel's own sums may not find it."),
            format!("Choose {option} in {}.", places(plan, &cells)),
            format!("Ask whether “{value}” means {option}."),
        ),
        None if is_mark => (
            String::new(),
            format!("Choose {} in {}.", either(&options), places(plan, &cells)),
            format!("Ask whether {named} is new or existing."),
        ),
        None => (
            String::new(),
            format!("Choose the {column} from the drop-down, or from this list: {}.", options.join(", ")),
            format!("Ask what is meant by the {column} “{value}”."),
        ),
    };
    Some(
        Finding::new(state, format!("{column}, {}", label::option_key(&first.text)), title)
            .message(format!("{} {says}, {why}.{read}", places(plan, &cells)))
            .todo(todo)
            .ask(ask)
            .cells(cells, column)
            .expected(options.join(" | "), value),
    )
}

/// The option that a text in no list is read as all the same, because it is another name of it.
fn read_as(line: &Line, field: Field) -> Option<&'static str> {
    match field {
        Field::Source => line.source.get().known().map(|it| it.spec.name),
        Field::Commissioner => line.commissioner.get().known().map(|it| match it {
            Commissioner::Nhs => "ICB",
            Commissioner::Local => "LA",
            Commissioner::Joint => "Joint",
        }),
        Field::Id
        | Field::Name
        | Field::Description
        | Field::Type
        | Field::SubType
        | Field::OtherType
        | Field::Area
        | Field::OtherArea
        | Field::NhsShare
        | Field::LocalShare
        | Field::Provider
        | Field::Amount
        | Field::NewExisting => None,
    }
}
