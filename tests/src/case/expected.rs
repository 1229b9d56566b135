//! What a case expects.
//!
//! ```text
//! verdict: not-met
//! EX01: not-met
//!   says: £1 more than
//!   at: 5a. Expenditure: iBCF under Balance
//!   expected: 200000
//!   actual: 200001
//!   suppresses: 0
//!   cause: Paid from the iBCF
//!   remedy: 14000 What if the area of spend
//! EX03: could-not-check
//!   because: O49
//! does not apply: MT02
//! met: IN01
//!   because: recalculated
//! balance iBCF: -1
//! imbalance pathway 0, 2022-10: -1326
//! ```

/// What a case expects of its report.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The verdict, where the case says.
    pub verdict: Option<String>,
    /// Every rule that ends in anything but met or does-not-apply, and others that the case speaks of.
    pub rules: Vec<ExpectedRule>,
    /// The differences of sources that the case speaks of.
    pub balances: Vec<(String, String)>,
    /// The shortfalls of capacity, by pathway or service and month. Where the case gives any, these are all.
    pub imbalances: Vec<(String, String)>,
    /// Rules that must not be in the list at all, or "the rest" for all that are not named.
    pub absent: Vec<String>,
}

/// A rule and the state it must end in.
#[derive(Clone, Debug)]
pub struct ExpectedRule {
    /// Its code.
    pub code: String,
    /// The state.
    pub state: String,
    /// What its reason must contain.
    pub because: Vec<String>,
    /// Its findings, where the case says: as many as there are, in the report's order.
    pub findings: Vec<ExpectedFinding>,
}

/// A finding.
#[derive(Clone, Debug, Default)]
pub struct ExpectedFinding {
    /// What its message must contain.
    pub says: String,
    /// Where its first cell is.
    pub at: Option<String>,
    /// What should stand there.
    pub expected: Option<String>,
    /// What does stand there.
    pub actual: Option<String>,
    /// How many rules wait on it.
    pub suppresses: Option<usize>,
    /// What its likeliest cause must contain; "none" where no cause may be named.
    pub cause: Option<String>,
    /// Its remedies, where the case says: the effect in pounds, and what the text must contain.
    pub remedies: Vec<(String, String)>,
}

impl Expected {
    pub(super) fn read(case: &str, text: &str) -> Self {
        let mut expected = Expected::default();
        for line in text.lines().filter(|it| !it.trim().is_empty()) {
            let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{case}: what is “{line}”?"));
            let (name, value) = (name.trim_end(), value.trim());
            if let Some(detail) = name.strip_prefix("  ") {
                let rule = expected.rules.last_mut().unwrap_or_else(|| panic!("{case}: {detail} of what?"));
                rule.detail(case, detail.trim(), value);
                continue;
            }
            match name {
                "nothing" => {}
                "verdict" => expected.verdict = Some(value.to_owned()),
                "met" | "does not apply" => {
                    let state = if name == "met" { "met" } else { "does-not-apply" };
                    value.split(", ").for_each(|code| expected.rules.push(ExpectedRule::new(code, state)));
                }
                "not run" => expected.absent.extend(value.split(", ").map(str::to_owned)),
                _ => match (name.strip_prefix("balance "), name.strip_prefix("imbalance ")) {
                    (Some(source), _) => expected.balances.push((source.to_owned(), value.to_owned())),
                    (_, Some(month)) => expected.imbalances.push((month.to_owned(), value.to_owned())),
                    (None, None) => expected.rules.push(ExpectedRule::new(name, value)),
                },
            }
        }
        expected
    }
}

impl ExpectedRule {
    fn new(code: &str, state: &str) -> Self {
        ExpectedRule {
            code: code.to_owned(),
            state: state.to_owned(),
            because: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn detail(&mut self, case: &str, detail: &str, value: &str) {
        let value = value.to_owned();
        match detail {
            "because" => self.because.push(value),
            "says" => self.findings.push(ExpectedFinding { says: value, ..ExpectedFinding::default() }),
            _ => {
                let finding = self.findings.last_mut().unwrap_or_else(|| panic!("{case}: says comes first"));
                match detail {
                    "at" => finding.at = Some(value),
                    "expected" => finding.expected = Some(value),
                    "actual" => finding.actual = Some(value),
                    "suppresses" => finding.suppresses = value.parse().ok(),
                    "cause" => finding.cause = Some(value),
                    "remedy" => {
                        let (effect, text) = value.split_once(' ').unwrap_or((&value, ""));
                        finding.remedies.push((effect.to_owned(), text.to_owned()));
                    }
                    _ => panic!("{case}: what is {detail}?"),
                }
            }
        }
    }
}
