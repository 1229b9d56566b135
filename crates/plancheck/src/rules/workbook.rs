//! Rules on the file itself.

pub(super) mod cached_values_current;
pub(super) mod file_readable;
pub(super) mod formulas_intact;
pub(super) mod no_outside_links;
pub(super) mod no_personal_data;
pub(super) mod nothing_hidden;
pub(super) mod numbers_are_numbers;
pub(super) mod one_area;
pub(super) mod own_checklist_agrees;
pub(super) mod protection_kept;
pub(super) mod rows_in_table;
pub(super) mod sheets_present;
pub(super) mod template_recognised;

pub(crate) use cached_values_current::NO_SAVED_VALUES;

/// The rule that says what a workbook was recognised as.
pub(crate) static RECOGNISED: &crate::rule::Rule = &template_recognised::RULE;
