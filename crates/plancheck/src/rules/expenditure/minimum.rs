//! What EX02 and EX03 have in common: a minimum spend from the minimum NHS contribution.

use rust_decimal::Decimal;

use super::{listed, places, what_if};
use crate::finding::{CellMark, Condition, Finding, State, Term};
use crate::money;
use crate::plan::{Area, Choice, Plan};
use crate::rule::{Outcome, Wait};
use crate::rules::words::first_of;
use crate::template::{Minimum, SourceRole};
use crate::workbook::CellRef;

/// How one minimum is spoken of.
pub(super) struct Words {
    /// The ledger's title.
    pub(super) title: &'static str,
    /// What is spent, in the middle of a sentence.
    pub(super) spend: &'static str,
    /// Which lines count, given what this plan calls the NHS commissioner.
    pub(super) counts: fn(&str) -> String,
    /// What to ask when it is short.
    pub(super) ask: &'static str,
}

/// Checks one minimum spend.
pub(super) fn check(plan: &Plan, minimum: Minimum, words: &Words) -> Outcome {
    let Some(spend) = plan.minimum(minimum) else {
        return Outcome::does_not_apply("this year's template has no such minimum");
    };
    let required = plan.totals().required(minimum);
    let planned = plan.totals().planned(minimum);
    let waits: Vec<Wait> =
        required.as_ref().err().into_iter().chain(planned.as_ref().err()).flatten().cloned().collect();
    let required_cell = spend.required.as_ref().ok().map(|it| it.cell);
    let mut cells: Vec<CellMark> =
        required_cell.into_iter().map(|cell| CellMark { cell, role: "minimum required" }).collect();
    cells.extend(
        plan.answers
            .iter()
            .flatten()
            .filter(|it| it.code == spend.spec.requirement)
            .map(|it| CellMark { cell: it.answer.cell, role: "declared answer" }),
    );
    let mut condition = Condition {
        title: words.title.to_owned(),
        condition: Some(spend.spec.condition),
        requirement: Some(spend.spec.requirement),
        sentence: unknown(words, &waits),
        required: required.as_ref().ok().copied(),
        planned: planned.as_ref().ok().map(|it| it.0),
        declared: plan.declared(spend.spec.requirement),
        sum: planned.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
        cells,
    };
    let (Ok(required), Ok((planned, terms))) = (required, planned) else {
        return Outcome::of(Vec::new(), waits).with_condition(condition);
    };
    condition.sum.push(Term::result("Planned spend that counts", planned));
    let Some((headroom, _)) = condition.headroom() else { return Outcome::of(Vec::new(), waits) };
    let short = headroom.is_sign_negative() && !headroom.is_zero();
    let gap = money::show_pounds(headroom.abs());
    let against = format!(
        "Planned {} from the minimum NHS contribution is {}, which is {gap} {} the minimum of {}.",
        words.spend,
        money::show_pounds(money::pounds(planned)),
        if short { "below" } else { "above" },
        money::show_pounds(money::pounds(required))
    );
    condition.sentence = if headroom.is_zero() {
        format!(
            "Planned {} from the minimum NHS contribution is {}, exactly the minimum.",
            words.spend,
            money::show_pounds(money::pounds(planned))
        )
    } else {
        against.clone()
    };
    let mut findings = Vec::new();
    if short {
        let mut finding =
            Finding::new(State::NotMet, spend.spec.condition, format!("{gap} short of the minimum"))
                .message(against)
                .sum(condition.sum.clone())
                .expected(money::plain(required), money::plain(planned))
                .requirement(Some(spend.spec.requirement))
                .cells(required_cell, "minimum required");
        finding = match beyond_reach(plan, required) {
            Some(whole) => whole.explain(plan, finding, required),
            None => finding
                .todo(format!(
                    "Plan at least {gap} more of the minimum NHS contribution on lines that count. Where all of it is \
                     planned, take as much off lines that do not count, so that it still balances. {} Correct the coding of \
                     lines only where it is wrong.",
                    (words.counts)(&what_if::nhs_name(plan))
                ))
                .ask(words.ask)
                .cause(left_out(plan, minimum))
                .remedies(what_if::remedies(plan, minimum, planned, required)),
        };
        findings.push(finding.cells(terms.iter().filter_map(|it| it.cell), "amount that counts"));
    }
    // A finding gives it as its cause.
    let reason = if findings.is_empty() { left_out(plan, minimum) } else { None };
    Outcome::of(findings, waits).with_condition(condition).because(reason)
}

/// The whole minimum NHS contribution, and where it stands.
struct Whole {
    pounds: Decimal,
    cells: Vec<CellRef>,
}

/// The whole contribution, where the minimum is more than that: then no plan can meet it.
fn beyond_reach(plan: &Plan, required: Decimal) -> Option<Whole> {
    let (idx, stream) =
        plan.streams.iter().enumerate().find(|(_, it)| it.source.role == SourceRole::NhsMinimum)?;
    let whole = money::pounds(plan.totals().income(idx).ok()?);
    let cells = || stream.terms().into_iter().filter_map(|it| it.cell).collect();
    (money::pounds(required) > whole).then(|| Whole { pounds: whole, cells: cells() })
}

impl Whole {
    fn explain(self, plan: &Plan, finding: Finding, required: Decimal) -> Finding {
        let minimum = finding.cells.first().map_or(String::new(), |it| format!(" ({})", plan.place(it.cell)));
        finding
            .cause(Some(format!(
                "The minimum of {} is more than the whole minimum NHS contribution of {}, so no plan can meet it.",
                money::show_pounds(money::pounds(required)),
                money::show_pounds(self.pounds)
            )))
            .todo(format!(
                "Check that neither the minimum{minimum} nor the minimum NHS contribution ({}) was changed: both are \
                 pre-filled.",
                places(plan, &self.cells)
            ))
            .ask("Ask which is right, the minimum or the contribution.")
            .cells(self.cells, "income")
    }
}

/// The lines that would count if they named a commissioner of the template's: neither the template nor
/// this rule counts them, and nobody should have to guess that.
fn left_out(plan: &Plan, minimum: Minimum) -> Option<String> {
    if minimum == Minimum::SocialCare {
        return None;
    }
    let cells: Vec<String> = plan
        .lines(&[])
        .unwrap_or_default()
        .iter()
        .filter(|it| {
            let paid = it.source.get().known().is_some_and(|it| it.spec.role == SourceRole::NhsMinimum);
            paid && it.area.get().known() != Some(&Area::Acute)
                && matches!(it.commissioner.get(), Choice::Unknown(_))
        })
        .map(|it| it.commissioner.cell.a1())
        .collect();
    (!cells.is_empty()).then(|| {
        format!(
            "Not counted, because the commissioner is none of the template's: {}.",
            listed(&first_of(&cells))
        )
    })
}

/// Why it is not known whether the minimum is met.
fn unknown(words: &Words, waits: &[Wait]) -> String {
    let more = waits.len().saturating_sub(1);
    let more = match more {
        0 => String::new(),
        1 => " and 1 more cell cannot be read".to_owned(),
        more => format!(" and {more} more cells cannot be read"),
    };
    let why = waits.first().map_or("", |it| it.why.as_str());
    format!("Whether planned {} reaches the minimum could not be checked: {why}{more}.", words.spend)
}
