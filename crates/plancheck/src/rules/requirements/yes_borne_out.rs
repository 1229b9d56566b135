//! PR03: no Yes to a planning requirement is contradicted by the plan's own figures.

use crate::finding::{Finding, State};
use crate::plan::{Answer, Plan};
use crate::rule::{Check, Class, Outcome, Outcomes, Rule, Waits};
use crate::rules::cover::signed_off_or_dated::NO_DATE;
use crate::rules::words::listed;
use crate::template::{Section, label};

/// PR03 yes-borne-out.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "PR03",
    name: "yes-borne-out",
    class: Class::Consistency,
    states: &[State::Met, State::NotMet, State::CouldNotCheck, State::DoesNotApply],
    checks: "No Yes to a planning requirement is contradicted by the plan. PR1 is contradicted by a sign-off of No without a date, and PR4 and PR5 by a minimum spend that is not met. PR7 is contradicted by a source of funding that does not balance, or by missing Care Act, carers or reablement lines. PR8 is contradicted by metrics or narratives that are missing.",
    matters: "The answers are what the board puts its name to. A Yes beside figures that say No is the first thing an assurance panel will ask about.",
    example: "PR4 says Yes, but planned spend on adult social care is £12,000 below its minimum.",
    todo: "Put the figures right, or answer No and give the actions and the timeframe.",
    source: super::super::template(
        "7. Planning Requirements: PR1, PR4, PR5, PR7, PR8 and their key lines of enquiry",
    ),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Requirements],
    check: Check::After(check),
};

/// Which rules bear out which requirement.
const WITNESSES: [(&str, &[Witness]); 5] = [
    (
        "PR1",
        &[Witness {
            rule: "CV02",
            says: "the plan is not signed off and has no date",
            mend: "give the date of the sign-off",
        }],
    ),
    (
        "PR4",
        &[Witness {
            rule: "EX02",
            says: "adult social care spend is below its minimum",
            mend: "bring adult social care spend up to its minimum",
        }],
    ),
    (
        "PR5",
        &[Witness {
            rule: "EX03",
            says: "NHS commissioned out of hospital spend is below its minimum",
            mend: "bring NHS commissioned out of hospital spend up to its minimum",
        }],
    ),
    (
        "PR7",
        &[
            Witness {
                rule: "EX01",
                says: "not every source of funding balances",
                mend: "balance every source of funding",
            },
            Witness {
                rule: "EX15",
                says: "lines for Care Act duties, carers or reablement are missing",
                mend: "plan lines for Care Act duties, carers and reablement",
            },
        ],
    ),
    (
        "PR8",
        &[
            Witness {
                rule: "MT01",
                says: "the plan of a metric is not complete",
                mend: "complete the plan of every metric",
            },
            Witness {
                rule: "MT06",
                says: "a metric has no rationale or no local plan",
                mend: "give every metric its rationale and its local plan",
            },
        ],
    ),
];

/// A rule that speaks against a Yes where it is not met.
struct Witness {
    rule: &'static str,
    /// What is the matter then, in a clause.
    says: &'static str,
    /// What puts it right.
    mend: &'static str,
}

fn check(plan: &Plan, outcomes: &Outcomes<'_>) -> Outcome {
    let answers = match &plan.answers {
        Ok(answers) => answers,
        Err(absent) => return Outcome::of(Vec::new(), vec![absent.wait()]),
    };
    let mut findings = Vec::new();
    let mut waits = Waits::default();
    let mut tested = false;
    for (code, witnesses) in WITNESSES {
        let Some(answer) = answers.iter().find(|it| it.code == code) else { continue };
        if let Some(wait) = answer.answer.unreadable() {
            waits.push(wait);
            continue;
        }
        if answer.answer.get().text().map(label::option_key).as_deref() != Some("yes") {
            continue;
        }
        tested = true;
        let against: Vec<(&Witness, &Finding)> = witnesses
            .iter()
            .filter_map(|it| Some((it, outcomes.of(it.rule)?)))
            .flat_map(|(witness, outcome)| outcome.findings.iter().map(move |it| (witness, it)))
            .filter(|(by, it)| it.state == State::NotMet && (by.rule != "CV02" || it.about == NO_DATE))
            .collect();
        if against.is_empty() {
            let waiting = witnesses.iter().filter_map(|it| outcomes.of(it.rule)).flat_map(|it| &it.waits);
            waits.extend(waiting.cloned());
        } else {
            findings.push(contradicted(plan, answer, &against));
        }
    }
    if !tested && findings.is_empty() && waits.is_empty() {
        return Outcome::does_not_apply("no requirement that figures can bear out is answered Yes");
    }
    Outcome::of(findings, waits)
}

fn contradicted(plan: &Plan, answer: &Answer, against: &[(&Witness, &Finding)]) -> Finding {
    let (code, cell) = (answer.code, answer.answer.cell);
    let what = against.first().map_or("", |it| it.1.message.as_str());
    let more = match against.len().saturating_sub(1) {
        0 => String::new(),
        1 => " 1 more finding speaks against it.".to_owned(),
        more => format!(" {more} more findings speak against it."),
    };
    let mut witnesses: Vec<&Witness> = against.iter().map(|it| it.0).collect();
    witnesses.dedup_by_key(|it| it.rule);
    let all = |of: fn(&Witness) -> &str| {
        listed(&witnesses.iter().map(|it| format!("{} ({})", of(it), it.rule)).collect::<Vec<_>>())
    };
    let says = all(|it| it.says);
    let title = format!("{code} is answered Yes, but the plan says otherwise");
    Finding::new(State::NotMet, code, title)
        .message(format!("{} answers Yes to {code}, but {says}. {what}{more}", plan.place(cell)))
        .todo(format!(
            "First {}. If that cannot be done before submission, answer No in {cell} and give the actions and the \
             timeframe.",
            all(|it| it.mend)
        ))
        .ask(format!("Ask why {code} says Yes when {says}."))
        .cell(cell, "answer")
        .expected("Yes borne out by the figures, or No", "Yes")
        .requirement(Some(code))
        .cells(
            against.iter().filter_map(|it| it.1.cells.first()).map(|it| it.cell),
            "what speaks against it",
        )
}
