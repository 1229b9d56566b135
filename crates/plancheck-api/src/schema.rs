//! The report's JSON Schema and TypeScript types, generated from the wire types.
//!
//! `cargo xtask docs` writes both files; a test fails while either is out of date.

use ts_rs::{Config, TS};

use crate::wire;

/// Where the JSON Schema is kept, from the root of the repository.
pub const JSON_SCHEMA_PATH: &str = "docs/report.schema.json";

/// Where the TypeScript types are kept, from the root of the repository.
pub const TYPESCRIPT_PATH: &str = "docs/report.d.ts";

/// The JSON Schema of [`wire::Report`].
///
/// # Errors
/// None in practice: a schema is plain JSON.
pub fn json_schema() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(wire::Report))?;
    text.push('\n');
    Ok(text)
}

/// The TypeScript types of [`wire::Report`].
pub fn typescript() -> String {
    let config = Config::default();
    let mut out = String::from(
        "// The report of plancheck. Generated from the wire types by `cargo xtask docs`; do not edit.\n",
    );
    macro_rules! declare {
        ($($name:ident),* $(,)?) => {$(
            out.push('\n');
            if let Some(docs) = <wire::$name as TS>::docs() {
                out.push_str(&docs);
            }
            out.push_str("export ");
            out.push_str(&<wire::$name as TS>::decl(&config));
            out.push('\n');
        )*};
    }
    declare!(
        Report,
        Checker,
        Document,
        Kind,
        Template,
        TemplateStatus,
        OpenError,
        State,
        Counts,
        Balance,
        Condition,
        Imbalance,
        RuleOutcome,
        Finding,
        Unit,
        CellMark,
        CellPlace,
        Term,
        Source,
        Remedy,
        Enquiry,
        Coverage,
        Total,
        Chart,
        ChartUnit,
        ChartForm,
        Series,
        Point,
        Across,
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_report_is_declared() {
        let types = typescript();
        let source = include_str!("wire.rs");
        let names = source.lines().filter_map(|line| {
            let line = line.trim_start();
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            Some(rest.trim_end_matches([' ', '{', ';']))
        });
        let missing: Vec<&str> =
            names.filter(|name| !types.contains(&format!("export type {name} "))).collect();
        assert_eq!(missing, [""; 0]);
    }
}
