//! The catalogue of rules: a page for each, an index and a table, all made from the rules themselves.

use std::fmt::Write as _;

use crate::rule::{Check, Rule};
use crate::rules;
use crate::rules::words::capital;
use crate::template::Kind;

/// A part of a rule's page: its heading and its text.
pub type Part = (&'static str, String);

/// The areas of rules: the letters their codes begin with, and what they are about.
pub const AREAS: [(&str, &str); 8] = [
    ("WB", "The workbook itself"),
    ("CV", "Cover"),
    ("IN", "Income"),
    ("EX", "Expenditure"),
    ("MT", "Metrics"),
    ("PR", "Planning requirements"),
    ("CD", "Capacity and demand"),
    ("XD", "Across workbooks of one board and year"),
];

/// The rules of an area, in their order.
pub fn of_area(letters: &str) -> impl Iterator<Item = &'static Rule> {
    rules::all().iter().copied().filter(move |it| it.code.starts_with(letters))
}

/// "Adult social care minimum", for "adult-social-care-minimum".
pub fn title(rule: &Rule) -> String {
    let words: Vec<&str> = rule
        .name
        .split('-')
        .map(|word| match word {
            "id" => "ID",
            "act" => "Act",
            _ => word,
        })
        .collect();
    capital(&words.join(" "))
}

/// Which workbooks the rule is about.
pub fn applies_to(rule: &Rule) -> &'static str {
    let has = |kind| rule.kinds.contains(&kind);
    match (has(Kind::Planning), has(Kind::CapacityDemand), has(Kind::Unknown)) {
        (_, _, true) => "every workbook",
        (true, true, false) => "planning workbooks, and capacity and demand workbooks",
        (true, false, false) => "planning workbooks",
        (false, true, false) => "capacity and demand workbooks",
        (false, false, false) => {
            "the planning and the capacity and demand workbook of one board and year, given together"
        }
    }
}

/// What a rule says of itself, part by part.
pub fn parts(rule: &Rule) -> Vec<Part> {
    vec![
        ("What it checks", rule.checks.to_owned()),
        ("Why it matters", rule.matters.to_owned()),
        ("Example", rule.example.to_owned()),
        ("What to do", rule.todo.to_owned()),
        ("Source", format!("{}, {}", rule.source.document, rule.source.reference)),
    ]
}

/// The facts of a rule that fit in a line each.
pub fn facts(rule: &Rule) -> Vec<Part> {
    let states: Vec<&str> = rule.states.iter().map(|it| it.name()).collect();
    vec![
        ("Class", rule.class.name().to_owned()),
        ("Applies to", applies_to(rule).to_owned()),
        ("Bears on", rule.requirement.unwrap_or("no single requirement").to_owned()),
        ("Ends in", states.join(", ")),
    ]
}

/// A rule's page, in Markdown.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("# {}: {}\n\n`{} {}`\n\n", rule.code, title(rule), rule.code, rule.name);
    // Writing to a string cannot fail.
    for (name, text) in facts(rule) {
        let _ = writeln!(out, "- {name}: {text}");
    }
    if matches!(rule.check, Check::After(_)) {
        let _ = writeln!(out, "- Runs after the rules whose results it reads");
    }
    for (name, text) in parts(rule) {
        let _ = write!(out, "\n## {name}\n\n{text}\n");
    }
    out
}

/// The index of all rules, in Markdown.
pub fn index() -> String {
    let count = rules::all().len();
    let mut out = format!(
        "# The rules\n\nMade from the code by `cargo xtask docs`; do not edit. Rules {}: {count} rules. The same as a table: \
         [rules.csv](rules.csv).\n",
        crate::RULES_VERSION
    );
    for (letters, name) in AREAS {
        let _ = write!(out, "\n## {name}\n\n| code | name | class | checks |\n|---|---|---|---|\n");
        for rule in of_area(letters) {
            let checks = rule.checks.replace('|', "\\|");
            let (code, name, class) = (rule.code, rule.name, rule.class.name());
            let _ = writeln!(out, "| [{code}]({code}.md) | {name} | {class} | {checks} |");
        }
    }
    out
}

/// Every rule as a row of a table, in CSV.
pub fn csv() -> String {
    let mut out =
        "code,name,class,applies to,bears on,states,checks,matters,example,to do,document,reference\r\n"
            .to_owned();
    for rule in rules::all() {
        let states: Vec<&str> = rule.states.iter().map(|it| it.name()).collect();
        let cells = [
            rule.code,
            rule.name,
            rule.class.name(),
            applies_to(rule),
            rule.requirement.unwrap_or_default(),
            &states.join(" "),
            rule.checks,
            rule.matters,
            rule.example,
            rule.todo,
            rule.source.document,
            rule.source.reference,
        ]
        .map(|it| format!("\"{}\"", it.replace('"', "\"\"")));
        let _ = write!(out, "{}\r\n", cells.join(","));
    }
    out
}
