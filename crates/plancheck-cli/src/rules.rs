//! `plancheck rules`.

use std::fmt::Write as _;
use std::io::Write as _;

use anstyle::Style;
use anyhow::{Result, bail};
use plancheck::catalogue;
use plancheck::rule::Rule;
use textwrap::Options;

/// Lists every rule, or prints one whole. Gives the exit status.
pub(crate) fn run(code: Option<&str>) -> Result<u8> {
    let text = match code {
        None => list(),
        Some(code) => match plancheck::rules::by_code(code) {
            Some(rule) => page(rule),
            None => bail!("there is no rule {code}; `plancheck rules` lists them"),
        },
    };
    // A closed pipe, as of `head`, is no error.
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    Ok(0)
}

fn list() -> String {
    let mut out = String::new();
    for rule in plancheck::rules::all() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}  {:<28} {}", rule.code, rule.name, rule.class.name());
    }
    out
}

fn page(rule: &Rule) -> String {
    let bold = Style::new().bold();
    let mut out = format!("{bold}{} {}{bold:#}\n", rule.code, rule.name);
    for (name, text) in catalogue::facts(rule).into_iter().chain(catalogue::parts(rule)) {
        let filled = textwrap::fill(&text, Options::new(99).initial_indent("  ").subsequent_indent("  "));
        let _ = write!(out, "\n{bold}{name}{bold:#}\n{filled}\n");
    }
    out
}
