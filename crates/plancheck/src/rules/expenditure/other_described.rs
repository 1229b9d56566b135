//! EX07: what is called Other is described.

use super::on_lines;
use crate::finding::{Finding, State};
use crate::plan::{Choice, Line, Located, Plan, Text, is_placeholder, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::workbook::own_checklist_agrees::BLANK;
use crate::template::{Field, OTHER, Section, label};
use crate::workbook::CellRef;

/// EX07 other-described.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX07",
    name: "other-described",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "A line whose scheme type or sub type is Other says what it is in the column “Please specify if 'Scheme Type' is 'Other'”. One whose area of spend is Other says so in the column beside the area. “tbc”, “n/a” or “Other” describe nothing. Does not apply where no line says Other.",
    matters: "Spend called Other is counted under no type and no area. Its description is all that assurers have to judge what the money buys.",
    example: "Scheme 24 has the type Other, and the column that asks what it is stands empty.",
    todo: "Write what the scheme or the area is, in a few words; or choose a type, sub type or area that fits.",
    source: super::super::template(
        "5. Expenditure: Please specify if 'Scheme Type' is 'Other'; Please specify if 'Area of Spend' is 'other'",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// The columns it reads.
const NEEDS: [Field; 5] = [Field::Type, Field::SubType, Field::OtherType, Field::Area, Field::OtherArea];

/// Whether an option is Other, with the cell that says so and what it is called.
type Says = Result<Option<(CellRef, &'static str)>, Vec<Wait>>;

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &NEEDS, |lines| {
        let (mut findings, mut waits, mut said) = (Vec::new(), Vec::new(), false);
        for line in lines {
            let of_line = [
                (type_says_other(line), &line.other_type, "scheme type"),
                (area_says_other(line), &line.other_area, "area of spend"),
            ];
            for (says, description, column) in of_line {
                match says {
                    Ok(None) => {}
                    Ok(Some(other)) => {
                        said = true;
                        waits.extend(description.unreadable());
                        findings.extend(undescribed(plan, line, other, description, column));
                    }
                    // Whatever stands in the cell that is missing, it is described.
                    Err(_) if is_description(description.get()) => {}
                    Err(more) => waits.extend(more),
                }
            }
        }
        if !said && waits.is_empty() {
            return Outcome::does_not_apply("no line has the type, sub type or area Other");
        }
        Outcome::of(findings, waits)
    })
}

fn is_other(text: &str) -> bool {
    label::option_key(text) == label::option_key(OTHER)
}

/// Both share one column for their description.
fn type_says_other(line: &Line) -> Says {
    let by_type = match line.scheme_type.need(Some("EX04")) {
        Ok(Some(it)) if is_other(it.name) => return Ok(Some((line.scheme_type.cell, "scheme type"))),
        Ok(it) => Ok(it.is_some_and(|it| !it.sub_types.is_empty())),
        Err(wait) => Err(wait),
    };
    let mut waits: Vec<Wait> = line.sub_type.unreadable().into_iter().collect();
    match line.sub_type.get() {
        Text::Is(it) if is_other(it) => return Ok(Some((line.sub_type.cell, "sub type"))),
        Text::Blank if matches!(by_type, Ok(true)) => waits.push(Wait {
            on: Some("EX04"),
            cell: Some(line.sub_type.cell),
            why: format!("{} is blank", line.sub_type.cell),
            missing_value: false,
        }),
        Text::Blank | Text::Is(_) | Text::Date(_) | Text::Error(_) | Text::NoValue => {}
    }
    waits.extend(by_type.err());
    if waits.is_empty() { Ok(None) } else { Err(waits) }
}

fn area_says_other(line: &Line) -> Says {
    match line.area.need(Some("EX04")) {
        Ok(_) if is_other(&line.written.area) => Ok(Some((line.area.cell, "area of spend"))),
        Ok(_) => Ok(None),
        Err(wait) => Err(vec![wait]),
    }
}

fn is_description(text: &Text) -> bool {
    match text {
        Text::Is(it) => !is_placeholder(it) && !is_other(it),
        Text::Date(_) => true,
        Text::Blank | Text::Error(_) | Text::NoValue => false,
    }
}

fn undescribed(
    plan: &Plan,
    line: &Line,
    (other, called): (CellRef, &'static str),
    description: &Located<Text>,
    column: &str,
) -> Option<Finding> {
    let cell = description.cell;
    let instead = match description.get() {
        text if is_description(text) => return None,
        Text::Error(_) | Text::NoValue => return None,
        Text::Is(it) if !is_prompt(it) => Some(shortened(it)),
        Text::Is(_) | Text::Blank | Text::Date(_) => None,
    };
    let stands = match &instead {
        Some(text) => format!("{} says only “{text}”", plan.place(cell)),
        None => format!("{} is blank", plan.place(cell)),
    };
    Some(
        Finding::new(
            State::NotMet,
            format!("{}, {column}", line.about()),
            format!("The {called} Other in {other} is not described"),
        )
        .message(format!(
            "{} has the {called} Other in {other}, but {stands}, where it should say what that is.",
            line.heading()
        ))
        .todo(format!("Write in {cell} what it is, or choose in {other} another {called} that fits."))
        .ask(format!("Ask what the money for {} buys, and why no {called} of the list fits.", line.label()))
        .cell(cell, if instead.is_none() { BLANK } else { "description" })
        .cell(other, called)
        .expected("a description", instead.unwrap_or_else(|| "blank".to_owned())),
    )
}

/// Whether a line is of the type Other: what EX08 adds up.
pub(super) fn is_of_type_other(line: &Line) -> Result<bool, Wait> {
    Ok(match line.scheme_type.need(Some("EX04"))? {
        Some(it) => is_other(it.name),
        None => matches!(line.scheme_type.get(), Choice::Unknown(it) if is_other(it)),
    })
}
