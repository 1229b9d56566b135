//! Every rule, in the order of the reports: an explicit list, because nothing else is as easy to read
//! and because constructors do not run by themselves on wasm.
//!
//! A rule is one file: what it checks, its data, its messages and its check. What each must do is laid
//! down in the rule catalogue; see `docs/architecture.md` for how rules are run.

mod across;
mod ambitions;
mod answers;
mod capacity;
mod cover;
mod expenditure;
mod income;
mod metrics;
pub(crate) mod personal_data;
mod recomputed;
mod requirements;
pub(crate) mod words;
mod workbook;

use crate::rule::{Rule, Source};
use crate::template::{Kind, TEMPLATES, Template};

pub use capacity::demand_and_capacity;
pub use expenditure::income_and_expenditure;
pub(crate) use workbook::{NO_SAVED_VALUES, RECOGNISED};

/// Every rule.
pub fn all() -> &'static [&'static Rule] {
    ALL
}

/// The rules that apply to this kind of document.
pub fn of_kind(kind: Kind) -> Vec<&'static Rule> {
    ALL.iter().copied().filter(|it| it.kinds.contains(&kind)).collect()
}

/// The rule of this code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|it| it.code.eq_ignore_ascii_case(code))
}

static ALL: &[&Rule] = &[
    &workbook::file_readable::RULE,
    &workbook::template_recognised::RULE,
    &workbook::sheets_present::RULE,
    &workbook::cached_values_current::RULE,
    &workbook::formulas_intact::RULE,
    &workbook::numbers_are_numbers::RULE,
    &workbook::nothing_hidden::RULE,
    &workbook::protection_kept::RULE,
    &workbook::no_outside_links::RULE,
    &workbook::no_personal_data::RULE,
    &workbook::rows_in_table::RULE,
    &workbook::own_checklist_agrees::RULE,
    &workbook::one_area::RULE,
    &cover::board_named::RULE,
    &cover::signed_off_or_dated::RULE,
    &cover::signatory_named::RULE,
    &cover::contacts_complete::RULE,
    &cover::contacts_well_formed::RULE,
    &cover::signatories_distinct::RULE,
    &income::pooled_budget_adds_up::RULE,
    &income::subtotals_add_up::RULE,
    &income::district_split_adds_up::RULE,
    &income::additional_answers_agree::RULE,
    &income::additional_explained::RULE,
    &income::whole_pounds::RULE,
    &income::allocations_unchanged::RULE,
    &expenditure::funding_balance::RULE,
    &expenditure::adult_social_care_minimum::RULE,
    &expenditure::out_of_hospital_minimum::RULE,
    &expenditure::line_complete::RULE,
    &expenditure::scheme_id::RULE,
    &expenditure::scheme_type::RULE,
    &expenditure::other_described::RULE,
    &expenditure::other_share::RULE,
    &expenditure::joint_shares::RULE,
    &expenditure::known_options::RULE,
    &expenditure::source_has_income::RULE,
    &expenditure::amounts::RULE,
    &expenditure::duplicate_lines::RULE,
    &expenditure::grant_purpose::RULE,
    &expenditure::care_act_carers_reablement::RULE,
    &expenditure::scheme_type_summary::RULE,
    &expenditure::thin_headroom::RULE,
    &metrics::plan_complete::RULE,
    &metrics::rates_recompute::RULE,
    &metrics::possible_values::RULE,
    &metrics::stretching::RULE,
    &metrics::plausible_change::RULE,
    &metrics::narrative_given::RULE,
    &requirements::answered::RULE,
    &requirements::no_explained::RULE,
    &requirements::yes_borne_out::RULE,
    &requirements::evidence_noted::RULE,
    &capacity::filled::RULE,
    &capacity::totals_are_sums::RULE,
    &capacity::capacity_meets_demand::RULE,
    &capacity::capacity_not_copied::RULE,
    &capacity::trusts_named::RULE,
    &capacity::spend_nested::RULE,
    &capacity::assumptions_given::RULE,
    &across::one_of_each::RULE,
    &across::spend_within_pool::RULE,
    &across::capacity_and_demand_filled::RULE,
];

/// Everything that can be opened, whatever it is.
const EVERY: &[Kind] = &[Kind::Planning, Kind::CapacityDemand, Kind::Unknown];
/// The workbooks that a board fills in.
const WORKBOOKS: &[Kind] = &[Kind::Planning, Kind::CapacityDemand];
/// The planning workbook.
const PLANNING: &[Kind] = &[Kind::Planning];

/// The capacity and demand workbook.
const CAPACITY_DEMAND: &[Kind] = &[Kind::CapacityDemand];

/// The template itself, as a source: its printed labels, notes and formulas.
const fn template(reference: &'static str) -> Source {
    Source { document: "Better Care Fund planning template 2022-23", reference }
}

/// The same of the capacity and demand template.
const fn capacity_template(reference: &'static str) -> Source {
    Source { document: "Better Care Fund capacity and demand template 2022-23", reference }
}

/// Where a rule comes from on a document that was made from this template: a rule that several templates
/// have names its place in each.
pub fn source_on(rule: &Rule, template: &Template) -> Source {
    let source = rule.source;
    let reference = template.references.iter().find(|(code, _)| *code == rule.code);
    let elsewhere = TEMPLATES.iter().any(|it| it.document == source.document && it.id != template.id);
    match reference {
        Some((_, reference)) => Source { document: template.document, reference },
        None if elsewhere => Source { document: template.document, ..source },
        None => source,
    }
}
