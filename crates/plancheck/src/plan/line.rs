//! A line of the expenditure table, and what it counts towards.

use rust_decimal::Decimal;

use super::leaf::{Choice, Figure, Located, Text, shortened};
use crate::rule::Wait;
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
    /// The area of spend, as it is written.
    pub area: String,
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

    /// The same at the head of a row: "Scheme 46 (Contribution to Placements & Packages)".
    pub fn heading(&self) -> String {
        let label = self.label();
        let mut letters = label.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
                Ok(Some(Commissioner::Joint)) => match self.nhs_share.need(None) {
                    Ok(it) => share = as_share(it),
                    Err(wait) => waits.push(wait),
                },
                Ok(Some(Commissioner::Local) | None) => return Counted::No,
                Err(wait) => waits.push(wait),
            }
        }
        if waits.is_empty() { Counted::Share(share) } else { Counted::Unknown(waits) }
    }
}

/// A share as a part of one. A cell without the percent format holds 60 for 60 %.
fn as_share(figure: Decimal) -> Decimal {
    if figure > Decimal::ONE { figure.checked_div(Decimal::ONE_HUNDRED).unwrap_or(figure) } else { figure }
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
