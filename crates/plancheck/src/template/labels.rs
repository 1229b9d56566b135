//! Every label that is ever looked for on a sheet: what a template calls its parts, and what the extraction
//! asks for by name.

use std::collections::BTreeSet;

use super::label::{self, Opening};
use super::{TEMPLATES, Template};
use crate::plan::{LOCAL_PLAN, RATIONALE};

/// Labels that every planning template has alike.
pub(crate) const RUNNING_BALANCES: &str = "Running Balances";
pub(crate) const FUNDING_SOURCES: &str = "Funding Sources";
pub(crate) const CONTRIBUTION: &[&str] = &["Contribution", "Gross Contribution"];
pub(crate) const ROLE: &str = "Role";
pub(crate) const MINIMUM_REQUIRED: &str = "Minimum required spend";
pub(crate) const PLANNED_SPEND: &str = "Planned spend";
pub(crate) const SCHEME_TYPES: &str = "Scheme Types";
pub(crate) const CODE: &str = "Code";

/// The labels that are worth keeping the places of. A sheet of a million texts has few of them.
pub(super) struct Wanted {
    keys: BTreeSet<String>,
    openings: BTreeSet<Opening>,
}

impl Wanted {
    /// The labels of every template.
    pub(super) fn new() -> Self {
        let own =
            [RUNNING_BALANCES, FUNDING_SOURCES, ROLE, MINIMUM_REQUIRED, PLANNED_SPEND, SCHEME_TYPES, CODE];
        let lists = [own.as_slice(), CONTRIBUTION, RATIONALE, LOCAL_PLAN];
        let of_templates = TEMPLATES.iter().flat_map(|it| of_template(it));
        let labels = lists.into_iter().chain(of_templates).flatten();
        let keys: BTreeSet<String> = labels.map(|it| label::key(it)).collect();
        let openings = keys.iter().flat_map(|it| label::openings(it)).collect();
        Wanted { keys, openings }
    }

    /// The key of a text, where it is one of these labels. Most texts are told from labels by how they begin.
    pub(super) fn key(&self, text: &str) -> Option<String> {
        if text.len() > label::LONGEST || !self.openings.contains(&label::opening(text)) {
            return None;
        }
        Some(label::key(text)).filter(|it| self.keys.contains(it))
    }
}

/// Every label that a template gives to something on its sheets.
fn of_template(template: &'static Template) -> Vec<&'static [&'static str]> {
    let Template { cover, requirements, .. } = template;
    let mut lists = vec![
        template.year_signs,
        template.pool,
        template.nhs_total,
        template.below_expenditure,
        template.board_repeated,
        cover.board,
        cover.signed_off,
        cover.expected,
        cover.completed_by,
        cover.email,
        cover.phone,
        cover.delegated,
        cover.job_title,
        cover.signatory,
        cover.checklist,
        cover.questions,
        requirements.theme,
        requirements.requirement,
        requirements.enquiries,
        requirements.answer,
        requirements.documents,
        requirements.actions,
        requirements.timeframe,
    ];
    for it in template.sheets {
        lists.extend([it.signs, std::slice::from_ref(&it.name), std::slice::from_ref(&it.heading)]);
    }
    for it in template.sources {
        lists.extend([it.income, it.breakdown, it.total, it.question]);
    }
    lists.extend(template.minimums.iter().map(|it| it.label));
    lists.extend(template.columns.iter().map(|it| it.1));
    lists.extend(template.metrics.iter().flat_map(|it| [it.heading, it.summary]));
    if let Some(it) = &template.capacity {
        lists.extend([it.service, it.assumptions, it.spend.year, it.spend.overall, it.spend.related]);
        lists.extend([it.discharges.summary, it.discharges.trust, it.discharges.pathway]);
        lists.extend(it.pathways.iter().flat_map(|it| it.capacity.iter().copied().chain([it.labels])));
        lists.extend(it.services.iter().flat_map(|it| [it.demand, it.capacity]));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_wanted_however_it_is_written() {
        let wanted = Wanted::new();
        for text in [
            "Role",
            " * role:",
            "Running  balances *",
            "CODE",
            "\u{feff}Planned spend",
            "Additional ICB Contribution",
            "Additional CCG Contribution",
        ] {
            assert_eq!(wanted.key(text), Some(label::key(text)), "{text}");
        }
        for text in ["", "*", "Rolex", "Scheme 7", "Planned"] {
            assert_eq!(wanted.key(text), None, "{text}");
        }
        for template in TEMPLATES {
            for it in of_template(template).into_iter().flatten() {
                assert!(wanted.key(it).is_some(), "{it}");
            }
        }
    }
}
