//! EX06: scheme types and sub types come from the template's lists and belong together.

use crate::finding::{Finding, State};
use crate::plan::{Choice, Line, Plan, Text, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, SchemeType, Section};

/// EX06 scheme-type.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX06",
    name: "scheme-type",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "The scheme type of each line is one of the template's, and its sub type is one of that type's; a type without sub types has none. Case, spacing and trailing punctuation are forgiven.",
    matters: "Spend is added up nationally by type and sub type. A line under a name of its own is counted nowhere.",
    example: "A line of type Carers Services has the sub type Telecare, which belongs to Assistive Technologies and Equipment.",
    todo: "Choose the type from its list, then the sub type from its list.",
    source: super::super::template("5b. Scheme types: 2022-23 Revised Scheme types"),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let lines = match plan.lines(&[Field::Type, Field::SubType]) {
        Ok(lines) => lines,
        Err(waits) => return Outcome::of(Vec::new(), waits),
    };
    if lines.is_empty() {
        return Outcome::does_not_apply("the expenditure table has no lines");
    }
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for line in lines {
        match line.scheme_type.need(Some("EX04")) {
            Err(wait) => waits.push(wait),
            Ok(None) => findings.extend(unknown_type(plan, line)),
            Ok(Some(scheme_type)) => match sub_type(plan, line, scheme_type) {
                Err(wait) => waits.push(wait),
                Ok(finding) => findings.extend(finding),
            },
        }
    }
    Outcome::of(findings, waits)
}

fn unknown_type(plan: &Plan, line: &Line) -> Option<Finding> {
    let Choice::Unknown(name) = line.scheme_type.get() else { return None };
    let name = shortened(name);
    Some(
        finding(line, "type", format!("“{name}” is not a scheme type"))
            .message(format!(
                "{} gives {} the scheme type “{name}”, which is not one of the template's {} types.",
                plan.place(line.scheme_type.cell),
                line.label(),
                plan.template.scheme_types.len()
            ))
            .todo(format!("Choose the scheme type in {} from its list.", line.scheme_type.cell))
            .cell(line.scheme_type.cell, "scheme type")
            .expected("one of the template's scheme types", name),
    )
}

fn sub_type(plan: &Plan, line: &Line, scheme_type: &SchemeType) -> Result<Option<Finding>, Wait> {
    if let Some(wait) = line.sub_type.unreadable() {
        return Err(wait);
    }
    let cell = line.sub_type.cell;
    let name = match (line.sub_type.get(), scheme_type.sub_types.is_empty()) {
        (Text::Blank, true) => return Ok(None),
        (Text::Blank, false) => {
            let why = format!("{cell} is blank");
            return Err(Wait { on: Some("EX04"), cell: Some(cell), why, missing_value: false });
        }
        (Text::Is(name), _) if scheme_type.has_sub_type(name) => return Ok(None),
        (Text::Is(name), _) => shortened(name),
        (Text::Date(date), _) => date.to_string(),
        // Both were sent away above.
        (Text::Error(_) | Text::NoValue, _) => return Ok(None),
    };
    let finding = if scheme_type.sub_types.is_empty() {
        finding(line, "sub type", format!("{} has no sub types", scheme_type.name))
            .message(format!(
                "{} gives {} the sub type “{name}”, but its type {} has none.",
                plan.place(cell),
                line.label(),
                scheme_type.name
            ))
            .todo(format!("Clear {cell}, or choose the scheme type that “{name}” belongs to."))
            .expected("blank", name)
    } else {
        let owner = plan.template.scheme_types.iter().find(|it| it.has_sub_type(&name));
        let hint = owner.map_or(String::new(), |it| format!(" It belongs to {}.", it.name));
        finding(line, "sub type", format!("“{name}” does not belong to {}", scheme_type.name))
            .message(format!(
                "{} gives {} the sub type “{name}”, which is not one of the sub types of {}.{hint}",
                plan.place(cell),
                line.label(),
                scheme_type.name
            ))
            .todo(format!("Choose the sub type in {cell} from the list of {}.", scheme_type.name))
            .expected(scheme_type.sub_types.join(" | "), name)
    };
    Ok(Some(finding.cell(cell, "sub type").cell(line.scheme_type.cell, "scheme type")))
}

fn finding(line: &Line, what: &str, title: String) -> Finding {
    Finding::new(State::NotMet, format!("{}, {what}", line.about()), title)
        .ask(format!("Ask which scheme type and sub type {} is meant to have.", line.label()))
}
