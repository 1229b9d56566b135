//! XD05: the Yes to PR6 rests on a capacity and demand workbook that is filled.

use crate::across::Together;
use crate::finding::{Finding, State};
use crate::plan::{is_placeholder, shortened};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::label;

/// XD05 capacity-and-demand-filled.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "XD05",
    name: "capacity-and-demand-filled",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "PR6 is answered Yes, and the capacity and demand workbook of the same board and year is filled: CD01 is met.",
    matters: "PR6 asks for a capacity and demand plan for intermediate care. A Yes beside a workbook with blank months is not borne out, and a No beside a full one needs a word.",
    example: "PR6 says Yes, but three months of pathway 1 are blank in the capacity and demand workbook.",
    todo: "Fill the blank months in, or answer No to PR6 and give the actions and the timeframe.",
    source: super::super::template("7. Planning Requirements: PR6"),
    requirement: Some("PR6"),
    kinds: &[],
    needs: &[],
    check: Check::Across(check),
};

/// What CD01 asks of a capacity and demand workbook.
const FILLED: &str = "every month filled";
/// What one that does not do it lacks.
const NOT_FILLED: &str = "months not filled";

/// The requirement that the capacity and demand plan is part of.
const REQUIREMENT: &str = "PR6";

fn check(together: &Together<'_>) -> Outcome {
    let Some((planning, capacity)) = together.pair() else { return super::without_a_pair(together) };
    let answers = match &planning.plan.answers {
        Ok(answers) => answers,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let Some(answer) = answers.iter().find(|it| it.code == REQUIREMENT) else {
        return Outcome::could_not_check(format!(
            "the row of {REQUIREMENT} was not found in {}",
            planning.file
        ));
    };
    let answer = &answer.answer;
    if let Some(wait) = answer.unreadable() {
        return Outcome::of(Vec::new(), super::waits_in(planning, vec![wait]));
    }
    let Some(said) = answer.get().text().filter(|it| !is_placeholder(it)) else {
        let wait = Wait {
            on: Some("PR01"),
            cell: Some(answer.cell),
            why: format!("{REQUIREMENT} is not answered in {}", answer.cell),
            missing_value: false,
        };
        return Outcome::of(Vec::new(), super::waits_in(planning, vec![wait]));
    };
    let yes = label::option_key(said) == "yes";
    let filled = capacity.state_of("CD01");
    let place = planning.place(answer.cell);
    let unfilled = capacity.first_found("CD01");
    let begins =
        unfilled.map_or_else(String::new, |it| format!(", beginning with {}", capacity.plan.place(it)));
    let fill = format!("Fill in every month in {} with a whole number of people{begins}.", capacity.file);
    let finding = |title: &str| {
        Finding::new(State::NotMet, REQUIREMENT, title)
            .cell(planning.cell(answer.cell), "answer")
            .cells(unfilled.map(|it| capacity.cell(it)), "not filled")
    };
    let finding = match (yes, filled) {
        (true, Some(State::Met)) => return Outcome::met(),
        (true, Some(State::NotMet | State::NeedsJudgement)) => {
            finding("PR6 says Yes, but the capacity and demand workbook is not filled")
                .message(format!(
                    "{place} answers Yes to PR6, but {} has months that are not filled in (CD01){begins}.",
                    capacity.file
                ))
                .todo(fill)
                .ask("Ask for the capacity and demand workbook with every month filled.")
                .expected(FILLED, NOT_FILLED)
        }
        (true, Some(State::CouldNotCheck | State::DoesNotApply) | None) => {
            let wait = Wait {
                on: Some("CD01"),
                cell: None,
                why: format!("whether {} is filled in every month", capacity.file),
                missing_value: false,
            };
            return Outcome::of(Vec::new(), vec![wait]);
        }
        (false, Some(State::NotMet)) => finding("PR6 is not answered Yes, and the workbook it asks for is not filled")
            .message(format!(
                "{place} answers “{}” to PR6, and {} has months that are not filled in (CD01){begins}.",
                shortened(said),
                capacity.file
            ))
            .todo(format!("{fill} Then answer PR6 anew."))
            .ask("Ask when the capacity and demand workbook will be filled.")
            .expected(format!("Yes, and {FILLED}"), format!("{}, and {NOT_FILLED}", shortened(said))),
        (false, _) => finding("There is a capacity and demand workbook, but PR6 is not answered Yes")
            .message(format!(
                "{place} answers “{}” to PR6, while the capacity and demand workbook that it asks for was given with it \
                 ({}).",
                shortened(said),
                capacity.file
            ))
            .todo("Keep No if another part of PR6 is not met, and say which in the actions. Answer Yes only if all of PR6 is met.")
            .ask("Ask what keeps the answer to PR6 from being Yes.")
            .expected("Yes", said),
    };
    Outcome::of(vec![finding], Vec::new())
}
