//! Colours as the parts of a workbook name them, and what they come to: red, green and blue.

use std::fmt;

use crate::workbook::xml::{Element, Visit};

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

impl fmt::Display for Colour {
    /// "#DDEBF7".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

impl Colour {
    /// The colour of text that has none of its own.
    pub const BLACK: Colour = Colour::of(0);
    /// The colour of paper.
    pub const WHITE: Colour = Colour::of(0xFF_FFFF);

    /// The colour of 0xRRGGBB.
    pub(super) const fn of(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour { red, green, blue }
    }

    /// Reads "FFDDEBF7", opacity first, or "DDEBF7". Excel takes no notice of the opacity.
    fn read(text: &str) -> Option<Self> {
        let digits = text.trim();
        let from = match digits.len() {
            6 => 0,
            8 => 2,
            _ => return None,
        };
        u32::from_str_radix(digits.get(from..)?, 16).ok().map(Colour::of)
    }

    /// Lighter where the tint is above nought, darker where it is below: the lightness moves by that share
    /// of its way to white or black.
    fn tinted(self, tint: f64) -> Self {
        if !tint.is_finite() || tint == 0.0 {
            return self;
        }
        let tint = tint.clamp(-1.0, 1.0);
        let parts = [self.red, self.green, self.blue].map(|it| f64::from(it) / 255.0);
        let most = parts.into_iter().fold(0.0, f64::max);
        let least = parts.into_iter().fold(1.0, f64::min);
        let light = f64::midpoint(most, least);
        let moved = if tint < 0.0 { light * (1.0 + tint) } else { light * (1.0 - tint) + tint };
        // With hue and saturation kept, every part keeps its place between the darkest and the lightest.
        let room = |light: f64| light.min(1.0 - light);
        let stretch = if room(light) > 0.0 { room(moved) / room(light) } else { 0.0 };
        let [red, green, blue] = parts.map(|it| {
            let part = moved + (it - light) * stretch;
            // A number above 255 or below nought becomes the nearest that fits.
            (part * 255.0).round() as u8
        });
        Colour { red, green, blue }
    }
}

/// A colour as a part names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// By itself.
    Plain(Colour, f64),
    /// By its place in the theme.
    Theme(usize, f64),
    /// By its place in the palette.
    Palette(usize, f64),
}

impl Named {
    /// What an element says; nothing where it leaves the colour to the program.
    pub(super) fn read(element: &Element<'_>) -> Option<Self> {
        let tint = element.attr("tint").and_then(|it| it.trim().parse().ok()).unwrap_or(0.0);
        let place = |name: &str| element.number(name).and_then(|it| usize::try_from(it).ok());
        if let Some(colour) = element.attr("rgb").as_deref().and_then(Colour::read) {
            return Some(Named::Plain(colour, tint));
        }
        if let Some(place) = place("theme") {
            return Some(Named::Theme(place, tint));
        }
        place("indexed").map(|place| Named::Palette(place, tint))
    }

    /// Whether it can only be known by the theme.
    pub(super) fn is_of_theme(&self) -> bool {
        matches!(self, Named::Theme(..))
    }

    /// What it comes to; nothing where there is no such place.
    pub(super) fn resolved(&self, theme: &Theme, palette: &[Colour]) -> Option<Colour> {
        let (colour, tint) = match *self {
            Named::Plain(colour, tint) => (colour, tint),
            Named::Theme(place, tint) => (theme.at(place)?, tint),
            // The two after the palette are those of the window: its text and its paper.
            Named::Palette(64, tint) => (Colour::BLACK, tint),
            Named::Palette(65, tint) => (Colour::WHITE, tint),
            Named::Palette(place, tint) => {
                let own = palette.get(place).copied();
                (own.or_else(|| PALETTE.get(place).map(|it| Colour::of(*it)))?, tint)
            }
        };
        Some(colour.tinted(tint))
    }
}

/// The colours of a theme by their names in its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Theme([Colour; 12]);

/// The names in the order by which styles count them: light before dark, unlike the part itself.
const NAMES: [&str; 12] = [
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
    "folHlink",
];

impl Default for Theme {
    /// The colours that Excel takes for a workbook without a theme: those of its first themes.
    fn default() -> Self {
        Theme(
            [
                0xFF_FFFF, 0, 0xEE_ECE1, 0x1F_497D, 0x4F_81BD, 0xC0_504D, 0x9B_BB59, 0x80_64A2, 0x4B_ACC6,
                0xF7_9646, 0x00_00FF, 0x80_0080,
            ]
            .map(Colour::of),
        )
    }
}

impl Theme {
    fn at(&self, place: usize) -> Option<Colour> {
        self.0.get(place).copied()
    }
}

/// Reads the theme's part.
#[derive(Debug, Default)]
pub(super) struct ThemePart {
    pub(super) theme: Theme,
    in_scheme: bool,
    place: Option<usize>,
}

impl Visit for ThemePart {
    fn open(&mut self, element: &Element<'_>, _: usize) {
        match element.name() {
            "clrScheme" => self.in_scheme = true,
            "srgbClr" => self.set(element.attr("val")),
            // A colour of the system, with what it was when the file was saved.
            "sysClr" => self.set(element.attr("lastClr")),
            name if self.in_scheme => self.place = NAMES.iter().position(|it| *it == name).or(self.place),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, _: usize) {
        if name == "clrScheme" {
            (self.in_scheme, self.place) = (false, None);
        }
    }
}

impl ThemePart {
    fn set(&mut self, text: Option<String>) {
        if let Some(colour) = text.as_deref().and_then(Colour::read)
            && let Some(place) = self.place.take()
            && let Some(slot) = self.theme.0.get_mut(place)
        {
            *slot = colour;
        }
    }
}

/// A colour that a number format may give by its number, from 1.
pub(super) fn numbered(number: u8) -> Option<Colour> {
    PALETTE.get(usize::from(number).checked_add(7)?).filter(|_| number > 0).map(|it| Colour::of(*it))
}

/// The palette of a workbook that brings none.
const PALETTE: [u32; 64] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x00_0000,
    0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000,
    0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366, 0xFF_FFCC,
    0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF,
    0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF,
    0xFF_99CC, 0xCC_99FF, 0xFF_CC99, 0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600,
    0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399,
    0x33_3333,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::xml;

    fn theme(xml: &str) -> Theme {
        let mut part = ThemePart::default();
        xml::visit(xml.as_bytes(), &mut part).unwrap();
        part.theme
    }

    /// What Excel's own list of colours shows for the first accent of two themes, and for its paper. Excel
    /// reckons in whole 240ths, so that it may be a step or two of 255 away.
    #[test]
    fn tints_are_those_of_excels_list() {
        for (colour, tint, shown) in [
            (0x4F_81BD, 0.799_981_688_894_314_4, "#DCE6F1"),
            (0x4F_81BD, 0.599_993_896_298_104_8, "#B8CCE4"),
            (0x4F_81BD, 0.399_975_585_192_419_2, "#95B3D7"),
            (0x4F_81BD, -0.249_977_111_117_893, "#366092"),
            (0x4F_81BD, -0.499_984_740_745_262, "#244062"),
            (0x44_72C4, 0.799_981_688_894_314_4, "#D9E1F2"),
            (0x5B_9BD5, 0.799_981_688_894_314_4, "#DDEBF7"),
            (0xFF_FFFF, -0.049_989_318_521_683_4, "#F2F2F2"),
            (0xFF_FFFF, -0.149_998_474_074_526_2, "#D9D9D9"),
            (0x00_0000, 0.499_984_740_745_262, "#7F7F7F"),
            (0x12_3456, 0.0, "#123456"),
            (0x12_3456, f64::NAN, "#123456"),
            (0x12_3456, 9.0, "#FFFFFF"),
            (0x12_3456, -9.0, "#000000"),
        ] {
            let (got, excel) = (Colour::of(colour).tinted(tint), Colour::read(&shown[1..]).unwrap());
            let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
            assert!(
                near(got.red, excel.red) && near(got.green, excel.green) && near(got.blue, excel.blue),
                "{colour:06X} {tint}: {got} and not {excel}"
            );
        }
    }

    #[test]
    fn a_theme_is_counted_light_before_dark() {
        let read = theme(
            "<a:theme xmlns:a='a'><a:themeElements><a:clrScheme name='x'><a:dk1><a:sysClr val='windowText' \
             lastClr='010203'/></a:dk1><a:lt1><a:sysClr val='window' lastClr='FDFEFF'/></a:lt1><a:accent1>\
             <a:srgbClr val='005EB8'/></a:accent1><a:accent2><a:srgbClr val='junk'/></a:accent2></a:clrScheme>\
             <a:fmtScheme><a:srgbClr val='FF0000'/></a:fmtScheme></a:themeElements></a:theme>",
        );
        let shown = |place| Named::Theme(place, 0.0).resolved(&read, &[]).map(|it| it.to_string());
        assert_eq!(shown(0).unwrap(), "#FDFEFF");
        assert_eq!(shown(1).unwrap(), "#010203");
        assert_eq!(shown(4).unwrap(), "#005EB8");
        assert_eq!(shown(5).unwrap(), "#C0504D");
        assert_eq!(shown(12), None);
    }

    #[test]
    fn a_palette_of_the_workbooks_own_comes_first() {
        let shown = |place, own: &[Colour]| {
            Named::Palette(place, 0.0).resolved(&Theme::default(), own).map(|it| it.to_string())
        };
        assert_eq!(shown(43, &[]).unwrap(), "#FFFF99");
        assert_eq!(shown(1, &[Colour::BLACK, Colour::of(0x11_2233)]).unwrap(), "#112233");
        assert_eq!((shown(64, &[]).unwrap(), shown(65, &[]).unwrap()), ("#000000".into(), "#FFFFFF".into()));
        assert_eq!(shown(usize::MAX, &[]), None);
        assert_eq!(numbered(3).unwrap().to_string(), "#FF0000");
        assert_eq!((numbered(0), numbered(57), numbered(255)), (None, None, None));
    }

    #[test]
    fn colours_are_read_with_opacity_or_without() {
        assert_eq!(Colour::read("FFDDEBF7"), Some(Colour::of(0xDD_EBF7)));
        assert_eq!(Colour::read("00DDEBF7"), Some(Colour::of(0xDD_EBF7)));
        assert_eq!(Colour::read("DDEBF7"), Some(Colour::of(0xDD_EBF7)));
        for text in ["", "DDEBF", "éé1234", "ZZZZZZ", "FFFFDDEBF7"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }
}
