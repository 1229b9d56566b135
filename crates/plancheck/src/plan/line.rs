//! A line of the expenditure table, and what it counts towards.

use rust_decimal::Decimal;

use super::leaf::{Choice, Figure, Located, Text, shortened};
use crate::rule::Wait;
use crate::rules::words::capital;
use crate::template::{Minimum, SchemeType, SourceOfFunding, SourceRole};

/// A row of the expenditure table with an amount, a source of funding or a scheme type.
#[derive(Debug)]
pub struct Line {
    /// The scheme's number, which several lines may share.
    pub id: Located<Text>,
    /// The scheme's name.
    pub name: Located<Text>,
    /// What it is.
    pub description: Located<Text>,
    /// Its type.
    pub scheme_type: Located<Choice<&'static SchemeType>>,
    /// Its sub type.
    pub sub_type: Located<Text>,
    /// What a type or sub type Other is.
    pub other_type: Located<Text>,
    /// The area of spend.
    pub area: Located<Choice<Area>>,
    /// What an area Other is.
    pub other_area: Located<Text>,
    /// Who commissions it.
    pub commissioner: Located<Choice<Commissioner>>,
    /// The NHS share of a joint line, of one.
    pub nhs_share: Located<Figure>,
    /// The local authority share of a joint line, of one.
    pub local_share: Located<Figure>,
    /// Who provides it.
    pub provider: Located<Text>,
    /// Which money pays for it.
    pub source: Located<Choice<Source>>,
    /// Pounds.
    pub amount: Located<Figure>,
    /// Whether it is new this year.
    pub new_existing: Located<Text>,
    /// How its options are written, to the letter.
    pub written: Written,
}

/// How a line's options are written. We forgive what Excel's own sums do not.
#[derive(Debug, Default)]
pub struct Written {
    /// The source of funding is the template's, but for case.
    pub source: bool,
    /// The scheme type is the template's, but for case.
    pub scheme_type: bool,
    /// The commissioner, in lower case.
    pub commissioner: String,
    /// The area of spend, as it is written, without spaces around it.
    pub area: String,
    /// The source of funding, as it is written.
    pub source_text: String,
    /// The area of spend is "Social Care", but for case.
    pub social_care: bool,
    /// The area of spend is "Acute", but for case.
    pub acute: bool,
}

/// What an Excel sum counts as commissioned by the NHS: templates of one year have used all three names.
pub(super) const NHS_NAMES: [&str; 3] = ["ccg", "icb", "nhs"];

/// The areas of spend that a minimum looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Social care.
    SocialCare,
    /// Acute care.
    Acute,
    /// Any other area.
    Other,
}

/// Who commissions a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commissioner {
    /// The ICB, named ICB, CCG or NHS.
    Nhs,
    /// The local authority.
    Local,
    /// Both, in shares.
    Joint,
}

/// A source of funding of the template, by its place in the list.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its place in the template's list.
    pub idx: usize,
    /// The source.
    pub spec: &'static SourceOfFunding,
}

/// Whether a line counts towards a minimum spend.
#[derive(Debug)]
pub enum Counted {
    /// It does not.
    No,
    /// This part of its amount does, of one.
    Share(Decimal),
    /// It cannot be said until these can be read.
    Unknown(Vec<Wait>),
}

impl Line {
    /// "scheme 46 (Contribution to Placements & Packages)".
    pub fn label(&self) -> String {
        match (self.id.peek().text(), self.name.peek().text()) {
            (Some(id), Some(name)) => format!("scheme {} ({})", shortened(id), shortened(name)),
            (Some(id), None) => format!("scheme {}", shortened(id)),
            (None, Some(name)) => format!("the scheme “{}”", shortened(name)),
            (None, None) => format!("the line in row {}", self.amount.cell.row + 1),
        }
    }

    /// Whether it has neither ID nor name to be called by.
    pub fn is_nameless(&self) -> bool {
        self.id.peek().text().is_none() && self.name.peek().text().is_none()
    }

    /// The same at the head of a row: "Scheme 46 (Contribution to Placements & Packages)".
    pub fn heading(&self) -> String {
        capital(&self.label())
    }

    /// What names this line in a fingerprint: scheme and source, but no row.
    pub fn about(&self) -> String {
        let source = match self.source.peek() {
            Choice::Known(source) => source.spec.name,
            Choice::Unknown(text) => text,
            Choice::Blank | Choice::Unreadable(_) => "no source",
        };
        match (self.id.peek().text(), self.name.peek().text()) {
            (Some(id), _) => format!("scheme {id}, {source}"),
            (None, Some(name)) => format!("scheme {name}, {source}"),
            (None, None) => format!("unnamed scheme, {source}"),
        }
    }

    /// Whether the line counts towards a minimum spend, and how much of it.
    ///
    /// Source: the template's box "National Conditions 2 & 3" on the expenditure sheet. Adult social
    /// care: area of spend Social Care, paid from the minimum NHS contribution. Out of hospital: any area
    /// but Acute, commissioned by the ICB (of a joint line, the NHS share), paid from the same.
    pub fn counts(&self, minimum: Minimum) -> Counted {
        let mut waits = Vec::new();
        let mut test = |answer: Result<bool, Wait>| match answer {
            Ok(holds) => holds,
            Err(wait) => {
                waits.push(wait);
                true
            }
        };
        let paid = self
            .source
            .need(Some("EX04"))
            .map(|it| it.is_some_and(|source| source.spec.role == SourceRole::NhsMinimum));
        let area = self.area.need(Some("EX04"));
        let in_area = match minimum {
            Minimum::SocialCare => area.map(|it| it == Some(&Area::SocialCare)),
            Minimum::OutOfHospital => area.map(|it| it != Some(&Area::Acute)),
        };
        if !test(paid) || !test(in_area) {
            return Counted::No;
        }
        let mut share = Decimal::ONE;
        if minimum == Minimum::OutOfHospital {
            match self.commissioner.need(Some("EX04")) {
                Ok(Some(Commissioner::Nhs)) => {}
                Ok(Some(Commissioner::Joint)) => match self.nhs_share.need(Some("EX09")) {
                    Ok(it) => {
                        share = match self.local_share.get().value() {
                            Some(local) => as_shares(it, local).0,
                            None => as_share(it),
                        }
                    }
                    Err(wait) => waits.push(wait),
                },
                Ok(Some(Commissioner::Local) | None) => return Counted::No,
                Err(wait) => waits.push(wait),
            }
        }
        if waits.is_empty() { Counted::Share(share) } else { Counted::Unknown(waits) }
    }

    /// The same as the template's own formula counts, which compares to the letter, but for case: "Acute"
    /// with a space after it is another area than Acute. It counts this name of the NHS commissioner.
    pub(super) fn counts_in_excel(&self, minimum: Minimum, nhs: &str) -> Counted {
        let paid = self.source.get().known().is_some_and(|it| it.spec.role == SourceRole::NhsMinimum);
        let written = &self.written;
        let in_area = match minimum {
            Minimum::SocialCare => written.social_care,
            Minimum::OutOfHospital => !written.acute,
        };
        if !(paid && written.source && in_area) {
            return Counted::No;
        }
        match (minimum, written.commissioner.as_str()) {
            (Minimum::SocialCare, _) => Counted::Share(Decimal::ONE),
            (Minimum::OutOfHospital, commissioner) if commissioner == nhs => Counted::Share(Decimal::ONE),
            // It multiplies by the share as it stands, also by 60 for 60%.
            (Minimum::OutOfHospital, "joint") => match self.nhs_share.need(None) {
                Ok(it) => Counted::Share(it),
                Err(_) if self.nhs_share.get().is_blank() => Counted::No,
                Err(wait) => Counted::Unknown(vec![wait]),
            },
            (Minimum::OutOfHospital, _) => Counted::No,
        }
    }
}

/// Two shares are rounded: they come to a whole when they do to a hundredth of a percent.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// A share as a part of one. A cell without the percent format holds 60 for 60 %.
fn as_share(figure: Decimal) -> Decimal {
    if figure > Decimal::ONE { of_hundred(figure) } else { figure }
}

fn of_hundred(figure: Decimal) -> Decimal {
    figure.checked_div(Decimal::ONE_HUNDRED).unwrap_or(figure)
}

/// The NHS and the local authority share of a joint line, each as a part of one. 60 and 40, 60% and 40%,
/// 0.6 and 0.4 say the same. A 1 may be all of it or one percent: the share beside it decides.
pub(crate) fn as_shares(nhs: Decimal, local: Decimal) -> (Decimal, Decimal) {
    let each = (as_share(nhs), as_share(local));
    let percents = (of_hundred(nhs), of_hundred(local));
    if come_to_a_whole(each) {
        each
    } else if come_to_a_whole(percents) || nhs.abs().max(local.abs()) > Decimal::TWO {
        // Both cells are of one kind: 150 beside −50 are percentages, and 1.5 beside −0.5 are not.
        percents
    } else {
        (nhs, local)
    }
}

/// Whether two shares, each of one, are shares of one whole.
pub(crate) fn come_to_a_whole(shares: (Decimal, Decimal)) -> bool {
    let is_share = |it: Decimal| (Decimal::ZERO..=Decimal::ONE).contains(&it);
    let sum = shares.0.saturating_add(shares.1);
    is_share(shares.0) && is_share(shares.1) && sum.saturating_sub(Decimal::ONE).abs() <= TOLERANCE
}

impl Area {
    /// The area of spend that a text names.
    pub(super) fn named(text: &str) -> Self {
        match crate::template::label::option_key(text).as_str() {
            "social care" => Area::SocialCare,
            "acute" => Area::Acute,
            _ => Area::Other,
        }
    }
}

impl Commissioner {
    /// The commissioner that a text names.
    pub(super) fn named(text: &str) -> Option<Self> {
        match crate::template::label::option_key(text).as_str() {
            name if NHS_NAMES.contains(&name) => Some(Commissioner::Nhs),
            "la" | "local authority" => Some(Commissioner::Local),
            "joint" => Some(Commissioner::Joint),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(nhs: &str, local: &str) -> (Decimal, Decimal) {
        as_shares(nhs.parse().unwrap(), local.parse().unwrap())
    }

    #[test]
    fn shares_are_read_however_they_are_written() {
        for (nhs, local) in [("60", "40"), ("0.6", "0.4"), ("0.6", "40"), ("60", "0.4")] {
            let it = shares(nhs, local);
            assert_eq!(it, ("0.6".parse().unwrap(), "0.4".parse().unwrap()), "{nhs} and {local}");
            assert!(come_to_a_whole(it), "{nhs} and {local}");
        }
        for (nhs, local) in [("100", "0"), ("1", "0")] {
            assert_eq!(shares(nhs, local), (Decimal::ONE, Decimal::ZERO));
        }
    }

    #[test]
    fn one_percent_is_told_from_all_of_it_by_the_other_share() {
        assert_eq!(shares("1", "99"), ("0.01".parse().unwrap(), "0.99".parse().unwrap()));
        assert_eq!(shares("99.5", "0.5"), ("0.995".parse().unwrap(), "0.005".parse().unwrap()));
        assert_eq!(shares("1", "0.99").0, Decimal::ONE);
    }

    #[test]
    fn a_hundredth_of_a_percent_is_forgiven_and_no_more() {
        for (nhs, local, whole) in [
            ("33.33", "66.67", true),
            ("0.333333", "0.666666", true),
            ("33.33", "66.66", true),
            ("33.3", "66.6", false),
            ("60", "39", false),
            ("-10", "110", false),
            ("0", "0", false),
            ("100", "100", false),
        ] {
            assert_eq!(come_to_a_whole(shares(nhs, local)), whole, "{nhs} and {local}");
        }
    }
}
