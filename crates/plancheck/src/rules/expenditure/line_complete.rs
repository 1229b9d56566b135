//! EX04: a line that has anything has everything.

use crate::finding::{Finding, State};
use crate::plan::{Line, Plan};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::{either, listed};
use crate::template::{Field, Section};
use crate::workbook::CellRef;

/// EX04 line-complete.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX04",
    name: "line-complete",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "Every line with an amount, a source of funding or a scheme type has all three. It also has an ID, name, description, sub type (where its type has any), area of spend, commissioner, provider, and new or existing.",
    matters: "A line without its area, commissioner or source cannot be counted towards a national condition.",
    example: "Scheme 7 has an amount but no provider.",
    todo: "Fill the blank cells in, or clear the whole line.",
    source: super::super::template(
        "5. Expenditure: columns of the scheme table; 1. Guidance: 5. Expenditure",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// What is missing where a line is marked neither New nor Existing.
const MARK: &str = "New or Existing";

/// What a line must have.
const REQUIRED: [Field; 11] = [
    Field::Id,
    Field::Name,
    Field::Description,
    Field::Type,
    Field::SubType,
    Field::Area,
    Field::Commissioner,
    Field::Provider,
    Field::Source,
    Field::Amount,
    Field::NewExisting,
];

fn check(plan: &Plan) -> Outcome {
    let table = match &plan.expenditure {
        Ok(table) => table,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    if table.lines.is_empty() {
        return Outcome::does_not_apply("the expenditure table has no lines");
    }
    let missing = |field: Field| table.missing.iter().any(|it| it.0 == field);
    let waits: Vec<Wait> =
        REQUIRED.into_iter().filter_map(|field| plan.lines(&[field]).err()).flatten().collect();
    let mut findings = Vec::new();
    for line in &table.lines {
        let blanks: Vec<(&str, CellRef)> =
            REQUIRED.into_iter().filter(|it| !missing(*it)).filter_map(|field| blank(line, field)).collect();
        if !blanks.is_empty() {
            findings.push(incomplete(plan, line, &blanks));
        }
    }
    Outcome::of(findings, waits)
}

/// What is blank, in words, and its cell.
fn blank(line: &Line, field: Field) -> Option<(&'static str, CellRef)> {
    let (is_blank, cell, what) = match field {
        Field::Id => (line.id.get().is_blank(), line.id.cell, "scheme ID"),
        Field::Name => (line.name.get().is_blank(), line.name.cell, "scheme name"),
        Field::Description => (line.description.get().is_blank(), line.description.cell, "description"),
        Field::Type => (line.scheme_type.get().is_blank(), line.scheme_type.cell, "scheme type"),
        Field::SubType => {
            let has_any = line.scheme_type.get().known().is_some_and(|it| !it.sub_types.is_empty());
            (has_any && line.sub_type.get().is_blank(), line.sub_type.cell, "sub type")
        }
        Field::Area => (line.area.get().is_blank(), line.area.cell, "area of spend"),
        Field::Commissioner => (line.commissioner.get().is_blank(), line.commissioner.cell, "commissioner"),
        Field::Provider => (line.provider.get().is_blank(), line.provider.cell, "provider"),
        Field::Source => (line.source.get().is_blank(), line.source.cell, "source of funding"),
        Field::Amount => (line.amount.get().is_blank(), line.amount.cell, "amount"),
        Field::NewExisting => (line.new_existing.get().is_blank(), line.new_existing.cell, MARK),
        // The shares belong to joint lines only, and the descriptions to options called Other.
        Field::NhsShare | Field::LocalShare | Field::OtherType | Field::OtherArea => return None,
    };
    is_blank.then_some((what, cell))
}

fn incomplete(plan: &Plan, line: &Line, blanks: &[(&str, CellRef)]) -> Finding {
    let unmarked = blanks.iter().any(|it| it.0 == MARK);
    let others: Vec<String> = blanks.iter().filter(|it| it.0 != MARK).map(|it| it.0.to_owned()).collect();
    let (row, label) = (line.amount.cell.row + 1, line.label());
    let sheet = plan.sheet_name(line.amount.cell);
    let (mut lacks, mut asks) = (Vec::new(), Vec::new());
    if !others.is_empty() {
        lacks.push(format!("has no {}", either(&others)));
        asks.push(format!("for the {} of {label}", listed(&others)));
    }
    if unmarked {
        lacks.push(format!("is not marked {MARK}"));
        let which = if others.is_empty() { label.as_str() } else { "it" };
        asks.push(format!("whether {which} is new or existing"));
    }
    let lacks = listed(&lacks);
    let whole: Vec<String> = blanks.iter().map(|it| it.0.to_owned()).collect();
    Finding::new(State::NotMet, line.about(), format!("Row {row} {lacks}"))
        .message(if line.is_nameless() {
            format!("Row {row} of sheet {sheet} {lacks}.")
        } else {
            format!("In row {row} of sheet {sheet}, {label} {lacks}.")
        })
        .todo("Fill the blank cells in, or clear the whole line if it is not part of the plan.")
        .ask(format!("Ask {}.", asks.join(", and ")))
        .cells(blanks.iter().map(|it| it.1), "blank")
        .expected(listed(&whole), "blank")
}
