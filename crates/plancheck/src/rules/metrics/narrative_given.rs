//! MT06: each metric has a rationale and a local plan.

use crate::finding::{Finding, State};
use crate::plan::{LOCAL_PLAN, Metric, Plan, RATIONALE, Text, is_placeholder};
use crate::rule::{Check, Class, Outcome, Rule};
use crate::rules::ambitions::{self, metrics};
use crate::rules::answers::{self, Lack, lack};
use crate::rules::words::{either, listed};
use crate::template::{Section, label};

/// MT06 narrative-given.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "MT06",
    name: "narrative-given",
    class: Class::Completeness,
    states: &[State::Met, State::NotMet, State::CouldNotCheck],
    checks: "Each metric has a rationale and a local plan, each of at least three words. “n/a”, “tbc”, “none” and the heading itself do not count. Whether the words are good ones is for people to judge: “See narrative plan” passes.",
    matters: "Planning requirement 8 asks for the reason behind each ambition and for a clear plan to reach it. A figure without them cannot be assured.",
    example: "The rationale for residential admissions is “n/a”.",
    todo: "Say how the ambition was set, and what will be done to meet it.",
    source: super::super::template(
        "6. Metrics: Rationale for how ambition was set; Local plan to meet ambition",
    ),
    requirement: Some("PR8"),
    kinds: super::super::PLANNING,
    needs: &[Section::Metrics],
    check: Check::Plan(check),
};

/// The fewest words that can say anything.
const FEWEST_WORDS: usize = 3;

fn check(plan: &Plan) -> Outcome {
    let (metrics, mut waits) = metrics(plan);
    let mut findings = Vec::new();
    for (_, metric) in metrics {
        let mut lacks = Vec::new();
        for (what, text) in [("rationale", &metric.rationale), ("local plan", &metric.local_plan)] {
            match text.as_ref().map_err(|it| it.wait()).and_then(|it| lack(what, &[it], says_something)) {
                Ok(found) => lacks.extend(found),
                Err(wait) => waits.push(wait),
            }
        }
        if !lacks.is_empty() {
            findings.push(silent(plan, metric, &lacks));
        }
    }
    Outcome::of(findings, waits)
}

/// Whether a text says something of an ambition.
fn says_something(text: &Text) -> bool {
    let Some(text) = text.text() else { return false };
    // Words are what stands between spaces; what stands in for an answer, or holds no letter, is none.
    let placeholder = |word: &str| {
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        is_placeholder(bare) || bare.split(['/', '-']).all(is_placeholder) && !bare.is_empty()
    };
    let text_left = ["to be confirmed", "to be agreed", "to be added", "to follow", "not applicable"]
        .iter()
        .fold(text.to_lowercase(), |text, it| text.replace(it, " "));
    let counts = |word: &&str| {
        word.chars().any(char::is_alphanumeric)
            && !placeholder(word)
            && !matches!(*word, "e.g." | "eg" | "i.e.")
    };
    let words = text_left.split_whitespace().filter(counts).count();
    let heading = RATIONALE.iter().chain(LOCAL_PLAN).any(|it| label::key(it) == label::key(text));
    words >= FEWEST_WORDS && !heading && !is_placeholder(text)
}

fn silent(plan: &Plan, metric: &Metric, lacks: &[Lack]) -> Finding {
    let name = ambitions::name(metric);
    let whats: Vec<String> = lacks.iter().map(|it| it.what().to_owned()).collect();
    let sheet = plan.template.sheet(Section::Metrics).map_or("", |it| it.name);
    let short = if lacks.iter().any(|it| it.actual() != "nothing") {
        " Fewer than three words, “tbc” or the column heading does not count."
    } else {
        ""
    };
    let todo: Vec<String> = lacks
        .iter()
        .map(|it| {
            let say = match it.what() {
                "rationale" => "how the ambition was set",
                _ => "what will be done to meet the ambition",
            };
            format!("In {}, say {say}.", it.where_to())
        })
        .collect();
    let finding = Finding::new(State::NotMet, name.clone(), format!("No {} for {name}", either(&whats)))
        .message(format!("Sheet {sheet} gives {} for {name}.{short}", answers::clauses(lacks)))
        .todo(todo.join(" "))
        .ask(format!("Ask for the {} for {name}.", listed(&whats)));
    answers::on(finding, lacks, "at least three words on each")
}
