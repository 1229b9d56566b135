//! EX15: the minimum NHS contribution is seen to pay for Care Act duties, carers and reablement.

use super::{listed, on_lines, some_of};
use crate::finding::{Finding, State};
use crate::plan::{Choice, Line, Plan, Text, Total};
use crate::rule::{Check, Class, Outcome, Rule, Wait, Waits};
use crate::template::{Field, Identified, Section, SourceRole, label};

/// EX15 care-act-carers-reablement.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX15",
    name: "care-act-carers-reablement",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "The minimum NHS contribution pays for at least one line for Care Act duties, one for carers and one for reablement. A line counts where its scheme type, sub type, name or description names them.",
    matters: "PR7 asks for the funding of these three to be identified in the NHS contribution. Where no line names one of them, assurers cannot see that it is funded.",
    example: "Reablement is paid from the iBCF alone, and no line of the minimum NHS contribution names it.",
    todo: "Add a line for what is missing, or name it in the type or description of the line that already pays for it.",
    source: super::super::template(
        "7. Planning Requirements: PR7, funding for Care Act duties, carer-specific support and reablement",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// The columns it reads.
const NEEDS: [Field; 6] =
    [Field::Name, Field::Description, Field::Type, Field::SubType, Field::Source, Field::Amount];

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &NEEDS, |lines| {
        let (mut findings, mut waits) = (Vec::new(), Waits::default());
        for wanted in plan.template.identified {
            let mut open: Vec<Wait> = Vec::new();
            if lines.iter().any(|it| pays_for(it, wanted, &mut open)) {
                continue;
            }
            if open.is_empty() {
                findings.push(missing(plan, lines, wanted));
            }
            waits.extend(open);
        }
        Outcome::of(findings, waits)
    })
}

/// Whether a line is paid from the minimum NHS contribution and names what is wanted. Where something missing
/// decides, it is noted.
fn pays_for(line: &Line, wanted: &Identified, open: &mut Vec<Wait>) -> bool {
    let mut undecided: Vec<Wait> = Vec::new();
    match line.source.need(Some("EX04")) {
        Ok(Some(source)) if source.spec.role == SourceRole::NhsMinimum => {}
        Ok(_) => return false,
        Err(wait) => undecided.push(wait),
    }
    match line.amount.need(Some("EX04")) {
        Ok(amount) if amount.is_zero() => return false,
        Ok(_) => {}
        Err(wait) => undecided.push(wait),
    }
    if names(line, wanted) {
        open.extend(undecided.iter().cloned());
        return undecided.is_empty();
    }
    // A type that is missing may be the one that is made for it, and so may a sub type.
    let of_type = match line.scheme_type.need(Some("EX04")) {
        Ok(Some(it)) => it.sub_types.iter().any(|it| speaks_of(it, wanted)),
        Ok(None) => false,
        Err(wait) => {
            open.push(wait);
            open.append(&mut undecided);
            return false;
        }
    };
    if of_type && line.sub_type.get().text().is_none() {
        let blank = || Wait {
            on: Some("EX04"),
            cell: Some(line.sub_type.cell),
            why: format!("{} is blank", line.sub_type.cell),
            missing_value: false,
        };
        open.push(line.sub_type.unreadable().unwrap_or_else(blank));
        open.append(&mut undecided);
    }
    false
}

/// Whether anything in a line names what is wanted.
fn names(line: &Line, wanted: &Identified) -> bool {
    let scheme_type = match line.scheme_type.get() {
        Choice::Known(it) => Some(it.name),
        Choice::Unknown(it) => Some(it.as_str()),
        Choice::Blank | Choice::Unreadable(_) => None,
    };
    let texts = [&line.sub_type, &line.name, &line.description, &line.other_type].map(|it| it.get());
    let texts = texts.into_iter().filter_map(Text::text);
    scheme_type.into_iter().chain(texts).any(|it| speaks_of(it, wanted))
}

/// Whether a text has a word that begins with one of those wanted: "re-ablement" is one word or two.
fn speaks_of(text: &str, wanted: &Identified) -> bool {
    let key = label::option_key(text);
    [key.replace('-', ""), key.replace('-', " ")].iter().any(|key| {
        let has = |word: &&str| {
            key.match_indices(word)
                .any(|(at, _)| !key.get(..at).is_some_and(|it| it.ends_with(char::is_alphanumeric)))
        };
        wanted.words.iter().any(has)
            || wanted.beside.is_some_and(|(word, others)| has(&word) && others.iter().any(has))
    })
}

fn missing(plan: &Plan, lines: &[Line], wanted: &Identified) -> Finding {
    let name = wanted.name;
    let paid = |it: &&Line| matches!(it.source.get(), Choice::Known(source) if source.spec.role == SourceRole::NhsMinimum);
    // A line that is for it, and that nothing is planned on.
    let idle: Vec<&Line> = lines.iter().filter(|it| paid(it) && names(it, wanted)).collect();
    let elsewhere = elsewhere(lines.iter().filter(|it| !paid(it) && names(it, wanted)));
    let rows = some_of(&idle.iter().map(|it| (it.amount.cell.row + 1).to_string()).collect::<Vec<_>>());
    let unpaid = format!("No money of the minimum NHS contribution is planned for {name}");
    let (title, what, todo, actual) = match (idle.as_slice(), lines.iter().filter(paid).count()) {
        ([line], _) => (
            unpaid,
            format!(
                "The only line paid from the minimum NHS contribution that names {name} (row {rows}) is £0."
            ),
            format!("Enter the amount in {}", line.amount.cell),
            "£0",
        ),
        ([_, ..], _) => (
            unpaid,
            format!(
                "The lines paid from the minimum NHS contribution that name {name} (rows {rows}) are all £0."
            ),
            "Enter their amounts".to_owned(),
            "£0",
        ),
        ([], count) => {
            let from = "paid from the minimum NHS contribution";
            let lines = match count {
                0 => format!("No line is {from}, so none names"),
                1 => format!("The one line {from} does not name"),
                count => format!("None of the {count} lines {from} names"),
            };
            (
                format!("No line of the minimum NHS contribution is for {name}"),
                format!("{lines} {name} in its type, sub type, name or description."),
                format!(
                    "Add a line for {name} paid from the minimum NHS contribution (type {})",
                    wanted.types
                ),
                "none",
            )
        }
    };
    // Where the spend from this source is added up is the nearest there is to a place.
    let spend = plan.computed.iter().find(|it| {
        let of_minimum =
            |idx: usize| plan.template.sources.get(idx).is_some_and(|it| it.role == SourceRole::NhsMinimum);
        it.section == Section::Expenditure && matches!(it.total, Total::Spend(idx) if of_minimum(idx))
    });
    let spend = spend.map(|it| {
        let _ = it.figure.get();
        it.figure.cell
    });
    Finding::new(State::NotMet, name, title)
        .message(format!("{what}{elsewhere}"))
        .todo(format!("{todo}, or name {name} in the line that pays for it."))
        .ask(format!("Ask how much of the minimum NHS contribution pays for {name}, and in which line."))
        .expected(format!("a line for {name}"), actual)
        .cells(idle.iter().map(|it| it.amount.cell), "amount")
        .cells(spend, "total")
}

/// Which other sources pay for lines that name it.
fn elsewhere<'p>(lines: impl Iterator<Item = &'p Line>) -> String {
    let mut sources: Vec<String> = Vec::new();
    for source in lines.filter_map(|it| it.source.get().known()) {
        let name = source.spec.name.to_owned();
        if !sources.contains(&name) {
            sources.push(name);
        }
    }
    if sources.is_empty() { String::new() } else { format!(" Lines paid from {} name it.", listed(&sources)) }
}
