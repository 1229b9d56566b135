//! The sections of a format: one for all numbers, or some for positive ones, negative ones, nought and text.

use rust_decimal::Decimal;
use ssfmt::ast::{Color, Condition, FormatPart, NamedColor};
use ssfmt::{FormatOptions, NumberFormat, Section as Parsed};

use super::kind::{Kind, kind};
use super::{float, general};
use crate::display::colour::{Colour, numbered};

/// The longest code that Excel takes, in characters.
const LONGEST: usize = 255;

/// One section of a format.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The numbers it is for, where it says so itself.
    pub(super) condition: Option<Condition>,
    /// The colour of what it shows.
    pub(super) colour: Option<Colour>,
    shows: Shows,
}

#[derive(Clone, Debug)]
enum Shows {
    /// Nothing at all: this is how cells are made to look empty.
    Nothing,
    /// The number as General has it, with texts before and after.
    General(String, String),
    /// What the code says.
    Code { code: NumberFormat, kind: Kind, has_text: bool },
}

/// Every section of a code, four at most. Nothing where one of them is not to be relied on.
pub(super) fn sections(code: &str) -> Option<Vec<Section>> {
    if code.chars().count() > LONGEST {
        return None;
    }
    // Dates and times as the computer is set: those of the United Kingdom.
    let start = code.get(..8).unwrap_or_default().to_ascii_uppercase();
    let code = match start.as_str() {
        "[$-F800]" => "dd mmmm yyyy",
        "[$-F400]" => "hh:mm:ss",
        _ => code,
    };
    split(code).into_iter().take(4).map(Section::read).collect()
}

/// Parts a code at its semicolons: those that stand neither in quotes nor behind a sign that takes the next
/// character as it is.
fn split(code: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted, mut taken) = (0, false, false);
    for (at, it) in code.char_indices() {
        if taken {
            taken = false;
            continue;
        }
        match it {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => taken = true,
            ';' if !quoted => {
                pieces.extend(code.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(code.get(start..));
    pieces
}

/// The brackets at the start of a section, which may be colours and conditions, and what follows them.
fn brackets(piece: &str) -> (&str, &str) {
    let mut rest = piece;
    while let Some(end) = rest.starts_with('[').then(|| rest.find(']')).flatten() {
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    (piece.strip_suffix(rest).unwrap_or_default(), rest)
}

impl Section {
    fn read(piece: &str) -> Option<Self> {
        let (before, rest) = brackets(piece);
        if piece.is_empty() {
            return Some(Section { condition: None, colour: None, shows: Shows::Nothing });
        }
        if rest.trim().eq_ignore_ascii_case("general") {
            // A code of one section that ends so is read in a way that cannot be relied on.
            let head = parse(&format!("{before}0"))?;
            return Section::of(&head, Shows::General(String::new(), String::new()));
        }
        // The same at the end of a section, where what stands before it would otherwise replace it.
        let has_general = piece.to_ascii_lowercase().contains("general");
        let code = if has_general { format!("{piece}\"\"") } else { piece.to_owned() };
        let parsed = parse(&code)?;
        if parsed.parts.is_empty() {
            // Nothing but colours and conditions.
            return Section::of(&parsed, Shows::Nothing);
        }
        if parsed.parts.contains(&FormatPart::GeneralNumber) {
            let (head, tail) = around_general(&parsed.parts)?;
            return Section::of(&parsed, Shows::General(head, tail));
        }
        let kind = kind(&parsed.parts)?;
        let mut cleaned = parsed;
        if matches!(kind, Kind::Dated { .. }) {
            // In dates it would write the character whose room is only to be left.
            for part in &mut cleaned.parts {
                if matches!(part, FormatPart::Skip(_)) {
                    *part = FormatPart::Literal(" ".to_owned());
                }
            }
        }
        let has_text = cleaned.has_text_placeholder();
        let code = NumberFormat::from_sections(vec![Parsed { condition: None, ..cleaned.clone() }]);
        Section::of(&cleaned, Shows::Code { code, kind, has_text })
    }

    fn of(parsed: &Parsed, shows: Shows) -> Option<Self> {
        let colour = match parsed.color {
            Some(Color::Named(name)) => Some(named(name)),
            Some(Color::Indexed(number)) => numbered(number),
            None => None,
        };
        Some(Section { condition: parsed.condition, colour, shows })
    }

    /// Whether it has a place for text.
    pub(super) fn has_text(&self) -> bool {
        matches!(self.shows, Shows::Code { has_text: true, .. })
    }

    /// A number without its sign; `below_nought` is what the sign was. Nothing where it cannot be shown so.
    pub(super) fn number(
        &self,
        figure: Decimal,
        options: &FormatOptions,
        below_nought: bool,
    ) -> Option<String> {
        let (code, kind) = match &self.shows {
            Shows::Nothing => return Some(String::new()),
            Shows::General(head, tail) => return Some(format!("{head}{}{tail}", general(figure))),
            Shows::Code { code, kind, .. } => (code, *kind),
        };
        let figure = kind.prepared(figure, below_nought)?;
        // What stands around a figure to line it up with others is no part of it.
        let shown = code.try_format(float(figure)?, options).ok()?;
        Some(shown.trim().to_owned())
    }

    /// A text.
    pub(super) fn text(&self, text: &str) -> String {
        match &self.shows {
            Shows::Nothing => String::new(),
            Shows::General(..) => text.to_owned(),
            Shows::Code { code, .. } => {
                // The fourth section is the one that is applied to text.
                let mut four = code.sections().to_vec();
                four.splice(..0, [four.clone(), four.clone(), four.clone()].concat());
                NumberFormat::from_sections(four).format_text(text, &FormatOptions::default())
            }
        }
    }
}

/// Reads one section.
fn parse(piece: &str) -> Option<Parsed> {
    match NumberFormat::parse(piece).ok()?.sections() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// What stands before and after General in a section that says more.
fn around_general(parts: &[FormatPart]) -> Option<(String, String)> {
    let (mut head, mut tail, mut seen) = (String::new(), String::new(), false);
    for part in parts {
        let side = if seen { &mut tail } else { &mut head };
        match part {
            FormatPart::GeneralNumber if seen => return None,
            FormatPart::GeneralNumber => seen = true,
            FormatPart::Literal(text) | FormatPart::EscapedLiteral(text) => side.push_str(text),
            FormatPart::Locale(locale) => side.push_str(locale.currency.as_deref().unwrap_or_default()),
            FormatPart::Percent => side.push('%'),
            FormatPart::Skip(_) | FormatPart::Fill(_) => {}
            _ => return None,
        }
    }
    Some((head, tail))
}

fn named(name: NamedColor) -> Colour {
    Colour::of(match name {
        NamedColor::Black => 0,
        NamedColor::Blue => 0x00_00FF,
        NamedColor::Cyan => 0x00_FFFF,
        NamedColor::Green => 0x00_FF00,
        NamedColor::Magenta => 0xFF_00FF,
        NamedColor::Red => 0xFF_0000,
        NamedColor::White => 0xFF_FFFF,
        NamedColor::Yellow => 0xFF_FF00,
    })
}
