//! IN04: whether there are additional contributions is answered as the amounts have it.

use rust_decimal::Decimal;

use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{IncomeRow, Located, Plan, Stream, Text, is_prompt, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Section, label};

/// IN04 additional-answers-agree.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "IN04",
    name: "additional-answers-agree",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "The question “Are any additional contributions being made?” is answered Yes where an amount stands under it, and only there. It is asked once of the local authority and once of the ICB.",
    matters: "The answer decides whether the rows under it are read. Yes without an amount may be money that was forgotten; an amount under No, or under no answer, may not be counted.",
    example: "The answer is No, and £252,100 from the council stands under it.",
    todo: "Answer Yes where there is an additional contribution and No where there is none, or put the amounts right.",
    source: super::super::template(
        "4. Income: Are any additional LA Contributions being made in 2022-23?; Are any additional ICB Contributions being made in 2022-23?",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Income],
    check: Check::Plan(check),
};

/// What a question was answered.
enum Answer<'p> {
    Yes,
    No,
    Nothing,
    Neither(&'p str),
}

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut waits: Vec<Wait> = Vec::new();
    for stream in &plan.streams {
        match &stream.any {
            None => {}
            Some(Err(absent)) => waits.push(absent.wait()),
            Some(Ok(asked)) => match compare(plan, stream, asked) {
                Ok(finding) => findings.extend(finding),
                Err(more) => waits.extend(more),
            },
        }
    }
    Outcome::of(findings, waits)
}

fn compare(plan: &Plan, stream: &Stream, asked: &Located<Text>) -> Result<Option<Finding>, Vec<Wait>> {
    let answer = match asked.get() {
        Text::Is(text) => read(text),
        Text::Date(_) => Answer::Neither("a date"),
        Text::Blank => Answer::Nothing,
        Text::Error(_) | Text::NoValue => return Err(asked.unreadable().into_iter().collect()),
    };
    let rows = stream.rows.as_ref().map_err(|it| vec![it.wait()])?;
    let filled = rows.iter().filter(|it| !it.amount.get().is_blank());
    let (mut money, mut unread): (Vec<(&IncomeRow, Decimal)>, _) = (Vec::new(), Vec::new());
    for row in filled {
        match row.amount.need(None) {
            Ok(amount) if amount.is_zero() => {}
            Ok(amount) => money.push((row, amount)),
            Err(wait) => unread.push(wait),
        }
    }
    match answer {
        Answer::Yes if !money.is_empty() => Ok(None),
        // What stands there may be an amount once it can be read.
        _ if money.is_empty() && !unread.is_empty() => Err(unread),
        Answer::Yes => Ok(Some(nothing_given(plan, stream, asked))),
        _ if money.is_empty() => Ok(None),
        Answer::No => Ok(Some(not_yes(plan, stream, asked, &money, "says No", "No"))),
        Answer::Nothing => {
            let held = asked.get().text().map(shortened);
            let says = match &held {
                Some(prompt) => format!("still holds the prompt “{prompt}”"),
                None => "is not answered".to_owned(),
            };
            Ok(Some(not_yes(plan, stream, asked, &money, &says, held.as_deref().unwrap_or("blank"))))
        }
        Answer::Neither(text) => {
            let text = shortened(text);
            let says = format!("says “{text}”, which is neither Yes nor No");
            Ok(Some(not_yes(plan, stream, asked, &money, &says, &text)))
        }
    }
}

/// Case, spaces and whatever follows the word are forgiven: "yes - see below".
fn read(text: &str) -> Answer<'_> {
    if is_prompt(text) {
        return Answer::Nothing;
    }
    let key = label::option_key(text);
    match key.split(|it: char| !it.is_alphanumeric()).next() {
        Some("yes" | "y") => Answer::Yes,
        Some("no" | "n") if !crate::plan::is_placeholder(text) => Answer::No,
        _ => Answer::Neither(text),
    }
}

fn nothing_given(plan: &Plan, stream: &Stream, asked: &Located<Text>) -> Finding {
    let named = stream.rows.iter().flatten().map(|it| it.amount.cell);
    Finding::new(State::NotMet, stream.source.name, format!("{}: Yes, and no amount", stream.source.name))
        .message(format!(
            "{} says that there is an {}, but no amount stands under it: its rows are blank or £0.",
            plan.place(asked.cell),
            stream.source.name
        ))
        .todo("Enter the contribution with its contributor and a comment, or answer No.")
        .ask(format!("Ask whether there is an {}, and how much it is.", stream.source.name))
        .cell(asked.cell, "answer")
        .cells(named, "amount")
        .expected("No, or an amount", "Yes")
}

fn not_yes(
    plan: &Plan,
    stream: &Stream,
    asked: &Located<Text>,
    money: &[(&IncomeRow, Decimal)],
    says: &str,
    actual: &str,
) -> Finding {
    let sum = money::sum(money.iter().map(|it| it.1));
    let name = stream.source.name;
    let mut terms: Vec<Term> = money
        .iter()
        .map(|(row, amount)| {
            let label = row.name.get().text().map_or_else(|| name.to_owned(), shortened);
            Term::at(label, *amount, row.amount.cell)
        })
        .collect();
    terms.push(Term::result(format!("Sum of {}", stream.source.stream), sum));
    Finding::new(State::NotMet, name, format!("{name}: an amount without a Yes"))
        .message(format!(
            "{} asks whether there is an {name} and {says}, but {} stands under it.",
            plan.place(asked.cell),
            money::show_pounds(sum)
        ))
        .todo("Answer Yes, or take the amounts out if there is no such contribution.")
        .ask(format!("Ask whether the {} is agreed.", money::show_pounds(sum)))
        .cell(asked.cell, "answer")
        .cells(money.iter().map(|it| it.0.amount.cell), "amount")
        .sum(terms)
        .expected("Yes", actual)
}
