//! EX08: little of the mandatory money is spent on schemes of type Other.

use rust_decimal::Decimal;

use super::on_lines;
use super::other_described::is_of_type_other;
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Line, Plan};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::template::{Field, Section, SourceRole};

/// EX08 other-share.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX08",
    name: "other-share",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "Lines of the scheme type Other come to at most 5% of all planned expenditure from the mandatory sources. These are the minimum NHS contribution, the DFG and the iBCF. Spend from additional contributions is left out on both sides.",
    matters: "What is called Other is not counted in the national picture of what the fund buys. The template warns above 5%, because most schemes fit one of its types.",
    example: "£2,500,000 of £46,984,619 is of type Other: 5.3%.",
    todo: "Choose the type that fits best for the largest of these lines. Where none fits, be ready to say why.",
    source: super::super::template(
        "1. Guidance: 5. Expenditure, more than 5% of mandatory spend is classed as other",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// So many percent may be of type Other.
const MOST: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &[Field::Type, Field::Source, Field::Amount], |lines| {
        let mut waits: Vec<Wait> = Vec::new();
        let (mut all, mut others) = (Vec::new(), Vec::new());
        for line in lines {
            match mandatory_amount(line) {
                Ok(None) => {}
                Ok(Some(amount)) => {
                    all.push(amount);
                    match is_of_type_other(line) {
                        Ok(true) => others.push((line, amount)),
                        Ok(false) => {}
                        Err(wait) => waits.push(wait),
                    }
                }
                Err(wait) => waits.push(wait),
            }
        }
        if !waits.is_empty() {
            return Outcome::of(Vec::new(), waits);
        }
        let whole = money::sum(all);
        let part = money::sum(others.iter().map(|it| it.1));
        let Some(percent) =
            part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).filter(|_| whole > Decimal::ZERO)
        else {
            return Outcome::does_not_apply("no expenditure is planned from the mandatory sources");
        };
        // A share just above the limit must not be shown as the limit.
        let places = (2..8).find(|it| percent <= MOST || money::round(percent, *it) > MOST).unwrap_or(8);
        let shown = format!("{}%", money::show_number(percent, places));
        let figures = format!(
            "{} of {} from the mandatory sources is of type Other: {shown}",
            money::show_pounds(part),
            money::show_pounds(whole)
        );
        if percent <= MOST {
            return Outcome::met().because(Some(format!("{figures}, and {MOST}% is the most.")));
        }
        Outcome::of(vec![too_much(plan, &others, part, whole, &shown, &figures)], Vec::new())
    })
}

/// The amount of a line that is paid from a mandatory source.
fn mandatory_amount(line: &Line) -> Result<Option<Decimal>, Wait> {
    let Some(source) = line.source.need(Some("EX04"))? else { return Ok(None) };
    match source.spec.role {
        SourceRole::NhsMinimum | SourceRole::Mandatory => line.amount.need(Some("EX04")).map(Some),
        SourceRole::Additional => Ok(None),
    }
}

fn too_much(
    plan: &Plan,
    others: &[(&Line, Decimal)],
    part: Decimal,
    whole: Decimal,
    shown: &str,
    figures: &str,
) -> Finding {
    let mut sum: Vec<Term> =
        others.iter().map(|(line, amount)| Term::at(line.heading(), *amount, line.amount.cell)).collect();
    sum.push(Term::result("Spend of type Other from the mandatory sources", part));
    sum.push(Term::result("All spend from the mandatory sources", whole));
    let largest = others.iter().max_by_key(|it| it.1).map_or(String::new(), |it| it.0.label());
    let sheet = others.first().map_or("", |it| plan.sheet_name(it.0.scheme_type.cell));
    let most = whole.saturating_mul(MOST).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    let (over, most) = (money::show_pounds(part.saturating_sub(most)), money::show_pounds(most));
    Finding::new(
        State::NeedsJudgement,
        "type Other",
        format!("More than {MOST}% of mandatory spend is of type Other"),
    )
    .message(format!(
        "On sheet {sheet}, {figures}, which is {over} more than {MOST}% ({most}). The template warns above {MOST}%."
    ))
    .todo(format!("See whether another scheme type fits these lines, the largest first: {largest}."))
    .ask(format!("Ask what these schemes are and why no other type fits, above all for {largest}."))
    .cells(others.iter().map(|it| it.0.scheme_type.cell), "scheme type")
    .cells(others.iter().map(|it| it.0.amount.cell), "amount")
    .sum(sum)
    .expected(format!("at most {MOST}%"), shown)
}
