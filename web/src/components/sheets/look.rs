//! What a cell looks like on the page.

use plancheck_api::sheets::{CellStyle, Holds, Horizontal, Vertical};

/// A cell's looks as styles. The values are numbers, and colours that the engine has read as such.
#[derive(Default)]
pub(super) struct Look {
    pub(super) fill: Option<String>,
    pub(super) colour: Option<String>,
    pub(super) bold: Option<&'static str>,
    pub(super) italic: Option<&'static str>,
    pub(super) line: Option<&'static str>,
    pub(super) size: Option<String>,
    pub(super) align: Option<&'static str>,
    pub(super) vertical: Option<&'static str>,
    pub(super) indent: Option<String>,
    pub(super) borders: Option<String>,
}

impl Look {
    pub(super) fn of(style: &CellStyle, holds: Holds) -> Self {
        let align = match style.horizontal {
            Some(Horizontal::Left | Horizontal::Fill) => Some("left"),
            Some(Horizontal::Centre | Horizontal::CentreAcross) => Some("center"),
            Some(Horizontal::Right) => Some("right"),
            Some(Horizontal::Justify) => Some("justify"),
            None => match holds {
                Holds::Number => Some("right"),
                Holds::Logical | Holds::Error => Some("center"),
                Holds::Text | Holds::Nothing => None,
            },
        };
        let side = |letter| if style.borders.contains(letter) { "1px" } else { "0" };
        let borders = (!style.borders.is_empty()).then(|| ['t', 'r', 'b', 'l'].map(side).join(" "));
        Self {
            fill: style.fill.clone(),
            colour: style.colour.clone(),
            bold: style.bold.then_some("700"),
            italic: style.italic.then_some("italic"),
            line: match (style.underline, style.strike) {
                (true, true) => Some("underline line-through"),
                (true, false) => Some("underline"),
                (false, true) => Some("line-through"),
                (false, false) => None,
            },
            size: style.size.map(|it| format!("{}.{}pt", it / 10, it % 10)),
            align,
            vertical: style.vertical.map(|it| match it {
                Vertical::Top | Vertical::Justify => "top",
                Vertical::Centre => "middle",
            }),
            indent: (style.indent > 0).then(|| format!("{}px", 3 + u32::from(style.indent) * 9)),
            borders,
        }
    }
}
