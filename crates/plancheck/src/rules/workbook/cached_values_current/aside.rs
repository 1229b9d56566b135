//! Formulas that do not show what their inputs give, through no fault of their own, and why.

use rust_decimal::Decimal;

use crate::money;
use crate::plan::{Area, Choice, Commissioner, Figure, Line, Located, Plan, shortened};
use crate::rules::words::some_of;
use crate::template::SourceRole;
use crate::workbook::CellRef;

/// Formulas that are left aside, by the reason.
#[derive(Default)]
pub(super) struct Aside {
    /// Nobody can say what they should show.
    pub(super) unknowable: usize,
    /// They follow a typed total.
    pub(super) typed: usize,
    /// They follow a formula that is out of date.
    pub(super) stale: usize,
    /// Excel counts less there than the rules do.
    pub(super) less: Vec<CellRef>,
    /// Excel counts more there.
    pub(super) more: Vec<CellRef>,
}

impl Aside {
    /// What qualifies the state.
    pub(super) fn reason(&self, plan: &Plan) -> Option<String> {
        let formulas = |count: usize, one: &str, more: &str| match count {
            1 => format!("1 formula {one}"),
            _ => format!("{count} formulas {more}"),
        };
        let mut parts = Vec::new();
        if self.unknowable > 0 {
            let left = formulas(self.unknowable, "was", "were");
            parts.push(format!("{left} left out, because what they rest on is missing or unreadable."));
        }
        if self.typed > 0 {
            let follow = formulas(self.typed, "follows", "follow");
            parts.push(format!("{follow} a typed total that its inputs do not give (see WB05)."));
        }
        if self.stale > 0 {
            let follow = formulas(self.stale, "follows", "follow");
            parts.push(format!("{follow} a formula that is out of date."));
        }
        for (cells, than) in [(&self.less, "less"), (&self.more, "more")] {
            let places: Vec<String> = cells.iter().map(|it| plan.place(*it)).collect();
            let (formula, shows) =
                if places.len() == 1 { ("formula", "shows") } else { ("formulas", "show") };
            if !places.is_empty() {
                let places = some_of(&places);
                parts.push(format!("Excel's {formula} in {places} {shows} {than} than the rules count."));
            }
        }
        if !self.less.is_empty() || !self.more.is_empty() {
            let mut causes = causes(plan);
            let more = causes.len().saturating_sub(3);
            causes.truncate(3);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            let told = format!("{}{more}.", causes.join("; "));
            parts.push(if causes.is_empty() { UNTOLD.to_owned() } else { told });
        }
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// What is said where none of the causes is found.
const UNTOLD: &str = "Excel takes no number stored as text into a sum, compares options to the letter, spaces and all, and \
     multiplies by a share of 60 as it stands; the rules read what is meant.";

/// What Excel takes to the letter and the rules read as it is meant, and how to mend it.
fn causes(plan: &Plan) -> Vec<String> {
    let lines = || plan.expenditure.iter().flat_map(|it| &it.lines);
    let rows = plan.streams.iter().flat_map(|it| it.rows.iter().flatten()).map(|it| &it.amount);
    let trusts = plan.capacity.iter().flat_map(|it| it.trusts_in_use()).flat_map(|it| it.months.found());
    let figures = rows.chain(lines().map(|it| &it.amount)).chain(trusts);
    let texts = figures.filter(|it| matches!(it.peek(), Figure::TextNumber(_)));
    let texts = texts.map(|it| format!("{} is a number stored as text (see WB06)", plan.place(it.cell)));
    texts.chain(lines().flat_map(|it| in_line(plan, it))).chain(two_names(plan, lines())).collect()
}

/// The NHS commissioner under two names, of which the template's formula may count one.
fn two_names<'p>(plan: &Plan, lines: impl Iterator<Item = &'p Line>) -> Option<String> {
    let nhs = |it: &&Line| it.commissioner.peek().known() == Some(&Commissioner::Nhs);
    let mut named =
        lines.filter(nhs).map(|it| (it.written.commissioner.to_uppercase(), it.commissioner.cell));
    let (name, cell) = named.next()?;
    let (other, beside) = named.find(|it| it.0 != name)?;
    Some(format!("{} says {name} and {beside} says {other}: choose one of them throughout", plan.place(cell)))
}

/// The same in the options and shares of a line.
fn in_line(plan: &Plan, line: &Line) -> Vec<String> {
    let written = &line.written;
    let mut causes = Vec::new();
    if let (Some(source), false) = (line.source.peek().known(), written.source) {
        causes.push(spelt(plan, line.source.cell, &written.source_text, source.spec.name));
    }
    if let (Some(scheme_type), false) = (line.scheme_type.peek().known(), written.scheme_type) {
        let place = plan.place(line.scheme_type.cell);
        causes.push(format!("{place} is not written as “{}”: {CHOOSE}", scheme_type.name));
    }
    // Areas, commissioners and shares decide what counts towards a minimum, and nothing else.
    let counts = |it: &crate::plan::Source| it.spec.role == SourceRole::NhsMinimum;
    if !line.source.peek().known().is_some_and(counts) {
        return causes;
    }
    let area = match line.area.peek() {
        Choice::Known(Area::SocialCare) if !written.social_care => Some("Social Care"),
        Choice::Known(Area::Acute) if !written.acute => Some("Acute"),
        Choice::Known(_) | Choice::Unknown(_) | Choice::Blank | Choice::Unreadable(_) => None,
    };
    causes.extend(area.map(|it| spelt(plan, line.area.cell, &written.area, it)));
    let joint = line.commissioner.peek().known() == Some(&Commissioner::Joint);
    if joint && written.commissioner != "joint" {
        causes.push(spelt(plan, line.commissioner.cell, &written.commissioner, "Joint"));
    }
    let share: &Located<Figure> = &line.nhs_share;
    if let (true, Some(figure)) = (joint, share.peek().value().filter(|it| *it > Decimal::ONE)) {
        let figure = money::plain(figure);
        causes.push(format!("{} holds {figure} for {figure}%: enter {figure}%", plan.place(share.cell)));
    }
    causes
}

const CHOOSE: &str = "choose it again from the list";

/// An option that is not the template's to the letter.
fn spelt(plan: &Plan, cell: CellRef, written: &str, option: &str) -> String {
    let place = plan.place(cell);
    let written = shortened(written);
    if written.eq_ignore_ascii_case(option) {
        format!("{place} has a space before or after “{option}”: {CHOOSE}")
    } else {
        format!("{place} says “{written}” for “{option}”: {CHOOSE}")
    }
}
