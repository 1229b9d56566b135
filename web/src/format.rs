//! Decimal strings and labels as a reader expects them. Formatting only: nothing is computed here.

use std::fmt::Display;

use plancheck_api::wire::{ChartUnit, Counts, Document, Kind, State, TemplateStatus};

/// "14168050" as "£14,168,050"; a negative amount has a real minus sign before the pound sign.
pub(crate) fn pounds(amount: &str) -> String {
    let (sign, digits) = sign(amount);
    let (whole, pence) = digits.split_once('.').map_or((digits, None), |(whole, pence)| (whole, Some(pence)));
    let pence = pence.map(|pence| format!(".{pence:0<2}")).unwrap_or_default();
    format!("{sign}£{}{pence}", thousands(whole))
}

/// A decimal string with its thousands set off, "15725904" as "15,725,904"; any other text as it is.
pub(crate) fn figure(text: &str) -> String {
    let (sign, digits) = sign(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return text.to_owned();
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", thousands(whole))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2022-10" as "October 2022"; any other text as it is.
pub(crate) fn month(period: &str) -> String {
    let name = period.split_once('-').and_then(|(year, month)| {
        let month: usize = month.parse().ok()?;
        Some(format!("{} {year}", MONTHS.get(month.checked_sub(1)?)?))
    });
    name.unwrap_or_else(|| period.to_owned())
}

/// "2022-10" as "Oct".
pub(crate) fn short_month(period: &str) -> String {
    month(period).chars().take(3).collect()
}

/// "pathway 0" as "Pathway 0".
pub(crate) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "4.3" as "4.3%".
pub(crate) fn percent(rate: &str) -> String {
    let (sign, digits) = sign(rate);
    format!("{sign}{digits}%")
}

fn sign(amount: &str) -> (&'static str, &str) {
    amount.strip_prefix('-').map_or(("", amount), |digits| ("−", digits))
}

fn thousands(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A figure in its unit.
pub(crate) fn in_unit(unit: ChartUnit, value: &str) -> String {
    match unit {
        ChartUnit::Pounds => pounds(value),
        ChartUnit::Percent => percent(value),
        ChartUnit::People | ChartUnit::Rate => figure(value),
    }
}

/// A file's size as file managers show it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The states, the worst first.
pub(crate) const WORST_FIRST: [State; 5] =
    [State::NotMet, State::CouldNotCheck, State::NeedsJudgement, State::Met, State::DoesNotApply];

/// How many checks ended in a state.
pub(crate) fn in_state(counts: &Counts, state: State) -> u32 {
    match state {
        State::Met => counts.met,
        State::NotMet => counts.not_met,
        State::NeedsJudgement => counts.needs_judgement,
        State::CouldNotCheck => counts.could_not_check,
        State::DoesNotApply => counts.does_not_apply,
    }
}

/// A state as its tag says it.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Met => "Met",
        State::NotMet => "Not met",
        State::NeedsJudgement => "Needs judgement",
        State::CouldNotCheck => "Could not check",
        State::DoesNotApply => "Does not apply",
    }
}

/// A rule's name as words: "adult-social-care-minimum" as "Adult social care minimum".
pub(crate) fn rule_name(name: &str) -> String {
    sentence_case(&name.replace('-', " "))
}

/// The verdict in a few words: the worst state there is, and how many checks ended in it.
pub(crate) fn headline(document: &Document) -> String {
    let Counts { met, not_met, needs_judgement, could_not_check, .. } = document.counts;
    match document.verdict {
        State::NotMet => count(not_met, "check not met", "checks not met"),
        State::CouldNotCheck => count(could_not_check, "check could not be made", "checks could not be made"),
        State::NeedsJudgement => count(needs_judgement, "check needs judgement", "checks need judgement"),
        State::Met if could_not_check > 0 => "Every check that could be made is met".to_owned(),
        State::Met => count(met, "check met, none missed", "checks met, none missed"),
        State::DoesNotApply => "No check applies to this file".to_owned(),
    }
}

/// The document as a reader would name it: "Sefton 2022-23: planning".
pub(crate) fn subject(document: &Document) -> String {
    match (&document.board, &document.template) {
        (Some(board), Some(template)) => {
            let kind = kind(document.kind).to_lowercase();
            format!("{board} {}: {}", template.year, kind.trim_end_matches(" workbook"))
        }
        (Some(board), None) => board.clone(),
        (None, Some(template)) => format!("{} {}", kind(document.kind), template.year),
        (None, None) => document.file.clone(),
    }
}

/// The sort of document, as a heading begins.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Planning => "Planning workbook",
        Kind::CapacityDemand => "Capacity and demand workbook",
        Kind::Narrative => "Narrative plan",
        Kind::Unknown => "Unrecognised document",
    }
}

/// The template's version and how sure the checker is of it.
pub(crate) fn template(document: &Document) -> String {
    let Some(template) = &document.template else { return "Not one that this checker knows".to_owned() };
    let version =
        template.version.as_ref().map_or_else(String::new, |version| format!(", version {version}"));
    let status = match template.status {
        TemplateStatus::Verified => "compared with a published workbook",
        TemplateStatus::Unverified => "not yet compared with a published workbook",
    };
    format!("{} {}{version} ({status})", kind(document.kind), template.year)
}

/// "1 check", "2,000 checks".
pub(crate) fn count<N: Display + From<u8> + PartialEq>(number: N, one: &str, many: &str) -> String {
    let what = if number == N::from(1) { one } else { many };
    format!("{} {what}", figure(&number.to_string()))
}

/// "a.xlsx, b.xlsx and c.xlsx"; of very many, the first and how many more.
pub(crate) fn listed(files: &[String]) -> String {
    const MOST: usize = 3;
    let shown = if files.len() > MOST + 1 { MOST } else { files.len().saturating_sub(1) };
    let (first, rest) = files.split_at_checked(shown).unwrap_or_default();
    let last = match rest {
        [] => return first.join(", "),
        [last] => last.clone(),
        more => format!("{} more", more.len()),
    };
    if first.is_empty() { last } else { format!("{} and {last}", first.join(", ")) }
}

/// "22 November 2026" of "2026-11-22".
pub(crate) fn day(iso: &str) -> String {
    let mut parts = iso.split('-').map(|it| it.parse::<usize>().ok());
    let mut next = || parts.next().flatten();
    match (next(), next().and_then(|it| MONTHS.get(it.checked_sub(1)?)), next()) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        assert_eq!(day("2026-11-02"), "2 November 2026");
        assert_eq!([day(""), day("2026-13-01")], ["", "2026-13-01"]);
    }

    #[test]
    fn pounds_have_commas_a_real_minus_and_two_places_of_pence() {
        for (amount, shown) in [
            ("0", "£0"),
            ("999", "£999"),
            ("1000", "£1,000"),
            ("14168050", "£14,168,050"),
            ("-1", "−£1"),
            ("-312891.5", "−£312,891.50"),
            ("0.25", "£0.25"),
        ] {
            assert_eq!(pounds(amount), shown);
        }
    }

    #[test]
    fn figures_have_their_thousands_set_off_and_texts_are_left_alone() {
        for (text, shown) in [
            ("15725904", "15,725,904"),
            ("-1", "−1"),
            ("92.47", "92.47"),
            ("a formula", "a formula"),
            ("7 December 2022", "7 December 2022"),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(figure(text), shown);
        }
    }

    #[test]
    fn percentages_keep_the_places_they_come_with() {
        assert_eq!(percent("43.9"), "43.9%");
        assert_eq!(percent("-0.1"), "−0.1%");
    }

    #[test]
    fn sizes_read_as_in_a_file_manager() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(38_042), "39 KB");
        assert_eq!(size(20_000_000), "20.0 MB");
    }

    #[test]
    fn a_rules_name_reads_as_words() {
        assert_eq!(rule_name("adult-social-care-minimum"), "Adult social care minimum");
        assert_eq!(rule_name(""), "");
    }

    #[test]
    fn files_are_listed_as_in_a_sentence() {
        let files: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let said = [1, 2, 4, 5].map(|many| listed(&files[..many]));
        assert_eq!(said, ["a", "a and b", "a, b, c and d", "a, b, c and 2 more"]);
        assert_eq!(listed(&[]), "");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(count(1, "check", "checks"), "1 check");
        assert_eq!(count(0, "check", "checks"), "0 checks");
    }
}
