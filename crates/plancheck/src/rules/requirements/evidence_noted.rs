//! PR04: each Yes names the documents that support it.

use crate::finding::{Finding, State};
use crate::plan::{Answer, Plan};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::answers::{self, Lack, is_filled, lack};
use crate::template::Section;

/// PR04 evidence-noted.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "PR04",
    name: "evidence-noted",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Beside each planning requirement that is answered Yes, the cell for supporting documents is filled, and not with “n/a”, “tbc” or “none”.",
    matters: "Assurers look for the evidence where the area says that it is. Without a document and a page they have to search the whole plan.",
    example: "PR2 is answered Yes, and nothing says where the narrative can be found.",
    todo: "Name the document, sheet or section that shows it, with its pages.",
    source: super::super::template(
        "7. Confirmation of Planning Requirements: Please note any supporting documents referred to and relevant page numbers",
    ),
    requirement: None,
    kinds: super::super::PLANNING,
    needs: &[Section::Requirements],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let (yeses, mut waits) = super::answered(plan, "Yes");
    if yeses.is_empty() && waits.is_empty() {
        return Outcome::does_not_apply("no planning requirement is answered Yes");
    }
    let mut findings = Vec::new();
    for answer in yeses {
        let documents = answer.documents.as_ref().map_err(|it| it.wait());
        match documents.and_then(|it| lack("supporting documents", &[it], is_filled)) {
            Ok(found) => findings.extend(found.map(|it| unsupported(plan, answer, it))),
            Err(wait) => waits.push(wait),
        }
    }
    Outcome::of(findings, waits)
}

fn unsupported(plan: &Plan, answer: &Answer, documents: Lack) -> Finding {
    let code = answer.code;
    let finding = Finding::new(
        State::NeedsJudgement,
        code,
        format!("{code} is answered Yes without supporting documents"),
    )
    .message(format!(
        "{} answers Yes to {code}, and the row names {}.",
        plan.place(answer.answer.cell),
        documents.clause()
    ))
    .todo(format!(
        "In {}, name the documents and pages that show how the plan meets {code}.",
        documents.where_to()
    ))
    .ask(format!("Ask where the plan shows that {code} is met."))
    .requirement(Some(code));
    answers::on(finding, &[documents], "the documents and their pages").cell(answer.answer.cell, "Yes")
}
