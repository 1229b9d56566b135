//! WB05: what the template computes is still computed.

use super::cached_values_current::{about, absent_sheets, role};
use crate::finding::{Finding, State};
use crate::plan::{Computed, Figure, Plan, Total};
use crate::rule::{Check, Class, Outcome, Rule, Waits};
use crate::rules::words::{OTHERS_FIRST, PUT_BACK};

/// WB05 formulas-intact.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB05",
    name: "formulas-intact",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet, State::NeedsJudgement, State::CouldNotCheck],
    checks: "No total, balance, rate or share that the template computes is a figure typed over the formula, and none of their formulas was deleted. Checklist cells, repeated answers and pre-filled amounts are left out.",
    matters: "A typed figure stays as it is when the plan changes. It may be right today and wrong after the next edit, and nobody will see why.",
    example: "“Total NHS Minimum Contribution” holds the typed figure 26,435,346 where the template adds the rows up.",
    todo: PUT_BACK,
    source: super::super::template("formulas of 3. Summary, 4. Income, 5. Expenditure and 6. Metrics"),
    requirement: None,
    kinds: super::super::WORKBOOKS,
    needs: &[],
    check: Check::Plan(check),
};

fn check(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    let mut waits = Waits::default();
    waits.extend(plan.unfound(|_| true));
    waits.extend(absent_sheets(plan));
    // A minimum that is required is filled in by the template, not computed from the plan.
    let computes = |it: &&Computed| !matches!(it.total, Total::Required(_));
    for computed in plan.computed.iter().filter(computes) {
        if computed.formula {
            continue;
        }
        let cell = computed.figure.cell;
        let finding = |state, title: String| {
            Finding::new(state, about(plan, computed), title)
                .todo(PUT_BACK)
                .ask("Ask why the formula was typed over, and whether the figure is kept up to date by hand.")
                .cell(cell, role(computed))
        };
        let typed = match computed.figure.get() {
            Figure::Blank => {
                findings.push(
                    finding(State::NeedsJudgement, format!("{} is empty", computed.label))
                        .message(format!(
                            "{} ({}) is empty where the template computes a figure: its formula is gone.",
                            plan.place(cell),
                            computed.label
                        ))
                        .ask("Ask why the formula was deleted, and read the recomputed figure.")
                        .expected("a formula", "nothing"),
                );
                continue;
            }
            Figure::NotANumber(text) => {
                findings.push(
                    finding(State::NotMet, format!("{} is a typed text", computed.label))
                        .message(format!(
                            "{} ({}) holds the text “{text}” where the template computes a figure.",
                            plan.place(cell),
                            computed.label
                        ))
                        .ask("Ask for the figure, and why the formula was typed over.")
                        .expected("a formula", text.as_str()),
                );
                continue;
            }
            other => match other.value() {
                Some(typed) => typed,
                None => continue,
            },
        };
        let print = |it| computed.shown.print(it);
        match plan.totals().expected(computed.total) {
            Ok(expected) if computed.agrees(typed, expected) => findings.push(
                finding(State::NeedsJudgement, format!("{} is typed, not computed", computed.label))
                    .message(format!(
                        "{} ({}) holds the typed figure {} where the template has a formula. It agrees with its \
                         inputs now, but will not follow them.",
                        plan.place(cell),
                        computed.label,
                        print(typed)
                    ))
                    .expected("a formula", computed.shown.plain(typed)),
            ),
            Ok(expected) => findings.push(
                finding(State::NotMet, format!("{} is typed, and wrong", computed.label))
                    .todo(match computed.total {
                        // A total above the sum may hold discharges that stand nowhere else.
                        Total::Discharges(..) if typed > expected => format!("{OTHERS_FIRST} {PUT_BACK}"),
                        _ => PUT_BACK.to_owned(),
                    })
                    .message(format!(
                        "{} ({}) holds the typed figure {} where the template has a formula. Its inputs give {}.",
                        plan.place(cell),
                        computed.label,
                        print(typed),
                        print(expected)
                    ))
                    .expected(computed.shown.plain(expected), computed.shown.plain(typed)),
            ),
            Err(more) => {
                // That it was typed over is certain; whether it is right is not.
                findings.push(
                    finding(State::NeedsJudgement, format!("{} is typed, not computed", computed.label)).message(
                        format!(
                            "{} ({}) holds the typed figure {} where the template has a formula. Whether it agrees \
                             with its inputs could not be checked.",
                            plan.place(cell),
                            computed.label,
                            print(typed)
                        ),
                    ),
                );
                waits.extend(more);
            }
        }
    }
    Outcome::of(findings, waits)
}
