//! Which findings are shown, and in which order.

use std::collections::BTreeSet;

use leptos::prelude::*;
use plancheck_api::wire::{Finding, State};

use super::findings::FindingsOf;
use crate::format::{self, WORST_FIRST};

/// Findings that bear on no planning requirement.
const NO_REQUIREMENT: &str = "No planning requirement";

/// Findings that stand in no cell.
const WHOLE: &str = "The workbook as a whole";

/// What findings are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they stand in the workbook.
    #[default]
    Sheet,
    /// What is not met first.
    Worst,
    /// By the code of the rule.
    Rule,
    /// By the planning requirement that they bear on.
    Requirement,
}

/// What the reader has chosen; nothing chosen shows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) state: Option<State>,
    pub(crate) sheet: Option<String>,
    pub(crate) requirement: Option<String>,
    pub(crate) class: Option<String>,
    pub(crate) order: Order,
    /// Whether they stand the other way round.
    pub(crate) reversed: bool,
}

impl Choice {
    /// The indexes of the findings that are shown, in their order.
    pub(crate) fn of(&self, findings: &[Finding]) -> Vec<usize> {
        let fits = |it: &Finding| {
            self.state.is_none_or(|state| it.state == state)
                && self.sheet.as_ref().is_none_or(|name| sheets(it).contains(name.as_str()))
                && self.requirement.as_ref().is_none_or(|name| it.requirement.as_ref() == Some(name))
                && self.class.as_ref().is_none_or(|name| it.class == *name)
        };
        let mut chosen: Vec<(usize, &Finding)> =
            findings.iter().enumerate().filter(|it| fits(it.1)).collect();
        // Stable sorts: within a group findings stay in the order of the workbook.
        match self.order {
            Order::Sheet => {
                // Sheets in the order in which they first come, though a finding may point into several.
                let first = |it: &Finding| findings.iter().position(|other| sheet(other) == sheet(it));
                chosen.sort_by_key(|it| first(it.1));
            }
            Order::Worst => {
                chosen.sort_by_key(|it| WORST_FIRST.iter().position(|state| *state == it.1.state))
            }
            Order::Rule => chosen.sort_by(|a, b| a.1.rule.cmp(&b.1.rule)),
            // Those that bear on none come last.
            Order::Requirement => {
                let key = |it: &Finding| (it.requirement.is_none(), it.requirement.clone());
                chosen.sort_by_key(|it| key(it.1));
            }
        }
        if self.reversed {
            chosen.reverse();
        }
        chosen.into_iter().map(|it| it.0).collect()
    }

    /// The heading that a finding stands under.
    pub(crate) fn heading(&self, finding: &Finding) -> String {
        match self.order {
            // A finding may stand on other sheets before the one that was chosen.
            Order::Sheet => self.sheet.clone().unwrap_or_else(|| sheet(finding).to_owned()),
            Order::Worst => format::state(finding.state).to_owned(),
            Order::Rule => finding.rule.clone(),
            Order::Requirement => finding.requirement.clone().unwrap_or_else(|| NO_REQUIREMENT.to_owned()),
        }
    }
}

/// The sheet that a finding leads to.
fn sheet(finding: &Finding) -> &str {
    finding.cells.first().map_or(WHOLE, |cell| &cell.sheet)
}

/// Every sheet that a finding has a cell on.
fn sheets(finding: &Finding) -> BTreeSet<&str> {
    let all: BTreeSet<&str> = finding.cells.iter().map(|cell| cell.sheet.as_str()).collect();
    if all.is_empty() { BTreeSet::from([WHOLE]) } else { all }
}

/// Each value once, in the order in which they come, with how many findings have it.
fn values<'a, I: IntoIterator<Item = &'a str>>(
    findings: &'a [Finding],
    of: impl Fn(&'a Finding) -> I,
) -> Vec<(String, usize)> {
    let mut values: Vec<(String, usize)> = Vec::new();
    for value in findings.iter().flat_map(of) {
        match values.iter_mut().find(|it| it.0 == value) {
            Some((_, count)) => *count += 1,
            None => values.push((value.to_owned(), 1)),
        }
    }
    values
}

#[component]
pub(crate) fn Filter(
    findings: FindingsOf,
    choice: RwSignal<Choice>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let findings = findings.all();
    let states: Vec<(State, usize)> = WORST_FIRST
        .into_iter()
        .map(|state| (state, findings.iter().filter(|it| it.state == state).count()))
        .filter(|it| it.1 > 0)
        .collect();
    let names: Vec<(String, usize)> =
        states.iter().map(|(state, count)| (format::state(*state).to_owned(), *count)).collect();
    let by_name = move |name: Option<String>| {
        states.iter().find(|it| name.as_deref() == Some(format::state(it.0))).map(|it| it.0)
    };
    let mut requirements = values(findings, |it| it.requirement.as_deref());
    requirements.sort();
    let mut classes = values(findings, |it| [it.class.as_str()]);
    classes.sort();
    let select = |key: &'static str,
                  label: &'static str,
                  every: &'static str,
                  values: Vec<(String, usize)>,
                  get: fn(&Choice) -> Option<String>,
                  set: Box<dyn Fn(Option<String>)>| {
        let chosen = Signal::derive(move || choice.with(get).unwrap_or_default());
        view! { <Select id=format!("{id}-{key}") label every values chosen set/> }
    };
    let orders = [
        ("Sheet by sheet", Order::Sheet),
        ("Worst first", Order::Worst),
        ("Rule by rule", Order::Rule),
        ("Requirement by requirement", Order::Requirement),
    ];
    let order_id = format!("{id}-order");
    view! {
        <div class="pc-filter" role="group" aria-label="Filter and sort the findings">
            {select("state", "State", "Every state", names, |it| it.state.map(|it| format::state(it).to_owned()), Box::new(move |name| { let state = by_name(name); choice.update(|it| it.state = state); }))}
            {select("sheet", "Sheet", "Every sheet", values(findings, sheets), |it| it.sheet.clone(), Box::new(move |name| choice.update(|it| it.sheet = name)))}
            {select("requirement", "Requirement", "Every requirement", requirements, |it| it.requirement.clone(), Box::new(move |name| choice.update(|it| it.requirement = name)))}
            {select("class", "Kind of check", "Every kind", classes, |it| it.class.clone(), Box::new(move |name| choice.update(|it| it.class = name)))}
            <div class="nhsuk-form-group">
                <label class="nhsuk-label" for=order_id.clone()>"Sorted"</label>
                <select
                    class="nhsuk-select"
                    id=order_id
                    prop:value=move || orders.iter().find(|it| it.1 == choice.with(|it| it.order)).map_or("", |it| it.0)
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        let order = orders.iter().find(|it| it.0 == name).map(|it| it.1).unwrap_or_default();
                        choice.update(|it| *it = Choice { order, reversed: false, ..it.clone() });
                    }
                >
                    {orders.into_iter().map(|(name, _)| view! { <option value=name>{name}</option> }).collect_view()}
                </select>
            </div>
        </div>
    }
}

/// One list to choose from. The first entry stands for all of them.
#[component]
fn Select(
    id: String,
    label: &'static str,
    every: &'static str,
    values: Vec<(String, usize)>,
    /// The value that is chosen now; blank for all of them.
    chosen: Signal<String>,
    set: Box<dyn Fn(Option<String>)>,
) -> impl IntoView {
    let options = values
        .into_iter()
        .map(|(name, count)| view! { <option value=name.clone()>{format!("{} ({count})", format::sentence_case(&name))}</option> })
        .collect_view();
    view! {
        <div class="nhsuk-form-group">
            <label class="nhsuk-label" for=id.clone()>{label}</label>
            <select
                class="nhsuk-select"
                id=id.clone()
                prop:value=chosen
                on:change=move |event| set(Some(event_target_value(&event)).filter(|it| !it.is_empty()))
            >
                <option value="">{every}</option>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plancheck_api::wire::{CellMark, Source, Unit};

    fn finding(rule: &str, state: State, sheet: &str, requirement: Option<&str>) -> Finding {
        let cell =
            CellMark { document: None, sheet: sheet.to_owned(), range: "A1".to_owned(), role: String::new() };
        Finding {
            rule: rule.to_owned(),
            class: "condition".to_owned(),
            state,
            title: String::new(),
            message: String::new(),
            todo: String::new(),
            ask: String::new(),
            cells: if sheet.is_empty() { Vec::new() } else { vec![cell] },
            sum: Vec::new(),
            unit: Unit::Pounds,
            expected: None,
            actual: None,
            requirement: requirement.map(str::to_owned),
            source: Source { document: String::new(), reference: String::new() },
            suppressed: 0,
            fingerprint: String::new(),
            cause: None,
            remedies: Vec::new(),
        }
    }

    fn findings() -> Vec<Finding> {
        vec![
            finding("EX05", State::NeedsJudgement, "5a", None),
            finding("CV02", State::NotMet, "2", Some("PR1")),
            finding("EX01", State::NotMet, "5a", Some("PR7")),
            finding("WB10", State::NeedsJudgement, "", None),
        ]
    }

    #[test]
    fn without_a_choice_everything_is_shown_sheet_by_sheet() {
        assert_eq!(Choice::default().of(&findings()), [0, 2, 1, 3]);
        assert_eq!(Choice::default().heading(&findings()[3]), WHOLE);
    }

    #[test]
    fn choices_narrow_each_other_down() {
        let choice = Choice { state: Some(State::NotMet), ..Choice::default() };
        assert_eq!(choice.of(&findings()), [2, 1]);
        let choice = Choice { sheet: Some("5a".to_owned()), ..choice };
        assert_eq!(choice.of(&findings()), [2]);
        let choice = Choice { requirement: Some("PR1".to_owned()), ..choice };
        assert_eq!(choice.of(&findings()), [0_usize; 0]);
    }

    #[test]
    fn a_finding_belongs_to_every_sheet_that_it_has_a_cell_on() {
        let mut both = finding("CD02", State::NotMet, "3.1", None);
        both.cells.extend(finding("", State::NotMet, "3.2", None).cells);
        let all = [finding("CD01", State::NotMet, "3.1", None), both];
        assert_eq!(values(&all, sheets), [("3.1".to_owned(), 2), ("3.2".to_owned(), 1)]);
        let choice = Choice { sheet: Some("3.2".to_owned()), ..Choice::default() };
        assert_eq!(choice.of(&all), [1]);
        assert_eq!(choice.heading(&all[1]), "3.2");
        assert_eq!(Choice::default().heading(&all[1]), "3.1");
    }

    #[test]
    fn the_worst_comes_first_and_rules_in_the_order_of_their_codes() {
        let by = |order| Choice { order, ..Choice::default() }.of(&findings());
        assert_eq!(by(Order::Worst), [1, 2, 0, 3]);
        assert_eq!(by(Order::Rule), [1, 2, 0, 3]);
        assert_eq!(by(Order::Requirement), [1, 2, 0, 3]);
        let choice = Choice { order: Order::Requirement, reversed: true, ..Choice::default() };
        assert_eq!(choice.of(&findings()), [3, 0, 2, 1]);
        assert_eq!(choice.heading(&findings()[3]), NO_REQUIREMENT);
    }
}
