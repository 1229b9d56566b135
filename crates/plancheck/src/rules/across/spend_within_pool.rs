//! XD02: the BCF related spend on intermediate care fits the pool and the scheme lines.

use rust_decimal::Decimal;

use crate::across::{Member, Together};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Line, Sum, Total};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::expenditure::ASK_NATIONALLY;
use crate::template::{Field, SchemeType, Section};
use crate::workbook::CellRef;

/// XD02 spend-within-pool.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "XD02",
    name: "spend-within-pool",
    class: Class::Arithmetic,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck],
    checks: "The capacity and demand workbook reports a BCF related spend on intermediate care that is no more than the pooled budget. It is also within 25% of what the planning workbook's lines of bed based intermediate care and of reablement come to.",
    matters: "Both workbooks speak of the same money. A spend that the scheme lines do not show is either counted differently or not planned.",
    example: "The capacity and demand workbook reports £24,531,170, but the plan's intermediate care lines come to £4,208,050.",
    todo: "Check which schemes the reported spend covers. Correct it, code the lines to the scheme types that they are, or explain the difference in the comments.",
    source: super::super::capacity_template(
        "5.0 Spend: BCF related spend, beside the planning template's 4. Income and 5. Expenditure",
    ),
    requirement: Some("PR6"),
    kinds: &[],
    needs: &[],
    check: Check::Across(check),
};

/// How far the spend may be from the lines, in percent of the lines.
const WITHIN: u32 = 25;

fn check(together: &Together<'_>) -> Outcome {
    let Some((planning, capacity)) = together.pair() else { return super::without_a_pair(together) };
    let spend = match capacity.plan.capacity.as_ref().map(|it| &it.related_spend) {
        Some(Ok(figure)) => figure,
        Some(Err(absent)) => return Outcome::of(Vec::new(), super::waits_in(capacity, vec![absent.wait()])),
        None => return super::without_a_pair(together),
    };
    let place = capacity.place(spend.cell);
    let of = |waits: Vec<Wait>, member: &Member<'_>| super::waits_in(member, waits);
    let reported = match spend.need(None) {
        Ok(reported) => money::pounds(reported),
        Err(wait) => return Outcome::of(Vec::new(), of(vec![wait], capacity)),
    };
    let mut findings = Vec::new();
    let mut waits = Vec::new();
    let finding = |state, about: &str, title: &str| {
        Finding::new(state, about, title).cell(capacity.cell(spend.cell), "BCF related spend")
    };
    match planning.plan.totals().expected(Total::Pool).map(money::pounds) {
        Ok(pool) if reported > pool => findings.push(
            finding(State::NotMet, "pooled budget", "More is reported than there is in the pool")
                .message(format!(
                    "{place} reports {} of BCF related spend on intermediate care, which is {} more than the whole pooled \
                     budget of {}.",
                    money::show_pounds(reported),
                    money::show_pounds(reported.saturating_sub(pool)),
                    money::show_pounds(pool)
                ))
                .todo(format!(
                    "Correct the BCF related spend, or the additional contributions on the income sheet of the planning \
                     workbook. {ASK_NATIONALLY}"
                ))
                .cells(pool_cell(planning), "pooled budget")
                .ask("Ask which of the two workbooks is right.")
                .expected(format!("no more than {}", money::show_pounds(pool)), money::plain(reported)),
        ),
        Ok(_) => {}
        Err(more) => waits.extend(of(more, planning)),
    }
    match lines(planning) {
        Ok((total, terms)) => {
            let gap = reported.saturating_sub(total);
            let most = total.saturating_mul(WITHIN.into());
            if gap.abs().saturating_mul(Decimal::ONE_HUNDRED) > most {
                findings.push(far_from_lines(
                    together,
                    &place,
                    (reported, total),
                    terms,
                    capacity.cell(spend.cell),
                    finding,
                ));
            }
        }
        Err(more) => waits.extend(of(more, planning)),
    }
    Outcome::of(findings, waits)
}

/// Where the planning workbook shows its pooled budget.
fn pool_cell(planning: &Member<'_>) -> Option<CellRef> {
    let mut computed = planning.plan.computed.iter();
    let pool = computed.find(|it| it.section == Section::Income && it.total == Total::Pool)?;
    Some(planning.cell(pool.figure.cell))
}

/// The lines of intermediate care, what they come to, and their amounts.
fn lines(planning: &Member<'_>) -> Result<(Decimal, Vec<Term>), Vec<Wait>> {
    let plan = planning.plan;
    let is_type = |it: &SchemeType| plan.template.intermediate_care.contains(&it.name);
    let total: Sum = plan.totals().types(is_type);
    let lines = plan.lines(&[Field::Type, Field::Amount])?;
    let counted = lines.iter().filter(|it| it.scheme_type.get().known().is_some_and(|it| is_type(it)));
    let term = |line: &Line| {
        let amount = line.amount.get().value()?;
        Some(Term::at(line.heading(), amount, planning.cell(line.amount.cell)))
    };
    let terms = counted.filter_map(term).collect();
    Ok((money::pounds(total?), terms))
}

fn far_from_lines(
    together: &Together<'_>,
    place: &str,
    (reported, total): (Decimal, Decimal),
    mut terms: Vec<Term>,
    spend: CellRef,
    finding: impl Fn(State, &str, &str) -> Finding,
) -> Finding {
    let gap = money::show_pounds(reported.saturating_sub(total).abs());
    let (more, ask) = if reported > total {
        (
            "more",
            "Ask which schemes make up the reported spend, and why their lines are coded to other types.",
        )
    } else {
        ("less", "Ask which intermediate care lines the reported spend leaves out, and why.")
    };
    let types = together
        .pair()
        .map(|(planning, _)| planning.plan.template.intermediate_care.join(" and "))
        .unwrap_or_default();
    let cells: Vec<_> = terms.iter().filter_map(|it| it.cell).collect();
    terms.push(Term::result("Lines of intermediate care", total));
    terms.push(Term::at("BCF related spend reported", reported, spend));
    finding(State::NeedsJudgement, "lines of intermediate care", "Spend and scheme lines are far apart")
        .message(format!(
            "{place} reports {} of BCF related spend on intermediate care, which is {gap} {more} than the {} that the \
             plan's lines of the types {types} come to. They should be within {WITHIN}% of each other.",
            money::show_pounds(reported),
            money::show_pounds(total)
        ))
        .todo("Check which schemes the reported spend covers, and explain the difference in the comments or correct the figure.")
        .ask(ask)
        .cells(cells, "amount of a line of intermediate care")
        .sum(terms)
        .expected(
            format!("within {WITHIN}% of {}", money::show_pounds(total)),
            money::plain(reported),
        )
}
