//! The styles part: what fonts, fills, borders and alignments make a cell look like, and which number
//! format it has.

use std::collections::BTreeMap;

use super::colour::{Colour, Named, Theme};
use super::style::{Borders, Horizontal, Style, Vertical};
use crate::workbook::facts::most;
use crate::workbook::xml::{Element, Visit};

/// How many fonts, fills, borders and cell styles are read: as many as Excel can have of the last.
const MOST: usize = 65_500;

/// What the styles part says.
#[derive(Debug, Default)]
pub(super) struct StylesPart {
    /// The codes of the workbook's own number formats.
    codes: BTreeMap<u32, String>,
    fonts: Vec<Font>,
    fills: Vec<Option<Named>>,
    borders: Vec<Borders>,
    xfs: Vec<Xf>,
    palette: Vec<Colour>,
    list: List,
    is_solid: bool,
}

/// Which list of the part is being read: others, of conditional formats and the like, have the same elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Other,
    Codes,
    Fonts,
    Fills,
    Borders,
    Xfs,
    Colours,
}

#[derive(Clone, Debug, Default)]
struct Font {
    colour: Option<Named>,
    bold: bool,
    italic: bool,
    underline: bool,
    strike: bool,
    /// Tenths of a point.
    size: Option<u16>,
}

/// A style of cells, as it refers to the lists.
#[derive(Clone, Debug, Default)]
struct Xf {
    code: u32,
    font: usize,
    fill: usize,
    border: usize,
    wrap: bool,
    horizontal: Horizontal,
    vertical: Vertical,
    indent: u8,
}

/// Every style of a workbook's cells, resolved.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// What cells of each look like.
    pub(super) styles: Vec<Style>,
    /// The number of the format of each.
    pub(super) formats: Vec<u32>,
    /// The codes of the workbook's own formats.
    pub(super) codes: BTreeMap<u32, String>,
    /// Whether any colour is one of the theme's.
    pub(super) needs_theme: bool,
}

impl Visit for StylesPart {
    fn open(&mut self, element: &Element<'_>, depth: usize) {
        let name = element.name();
        match (depth, self.list) {
            (2, _) => {
                self.list = match name {
                    "numFmts" => List::Codes,
                    "fonts" => List::Fonts,
                    "fills" => List::Fills,
                    "borders" => List::Borders,
                    "cellXfs" => List::Xfs,
                    "colors" => List::Colours,
                    _ => List::Other,
                }
            }
            (3, List::Codes) if name == "numFmt" && self.codes.len() < most::ENTRIES => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attr("formatCode")) {
                    self.codes.insert(id, code);
                }
            }
            (3, List::Fonts) if name == "font" && self.fonts.len() < MOST => self.fonts.push(Font::default()),
            (4, List::Fonts) if self.fonts.len() < MOST => {
                if let Some(font) = self.fonts.last_mut() {
                    font.element(element);
                }
            }
            (3, List::Fills) if name == "fill" && self.fills.len() < MOST => self.fills.push(None),
            (4, List::Fills) => {
                self.is_solid =
                    name == "patternFill" && element.attr("patternType").is_some_and(|it| it == "solid");
            }
            (5, List::Fills) if name == "fgColor" && self.is_solid && self.fills.len() < MOST => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = Named::read(element);
                }
            }
            (3, List::Borders) if name == "border" && self.borders.len() < MOST => {
                self.borders.push(Borders::default());
            }
            (4, List::Borders) if self.borders.len() < MOST => {
                if let Some(borders) = self.borders.last_mut() {
                    borders.element(element);
                }
            }
            (3, List::Xfs) if name == "xf" && self.xfs.len() < MOST => self.xfs.push(Xf::read(element)),
            (4, List::Xfs) if name == "alignment" && self.xfs.len() < MOST => {
                if let Some(xf) = self.xfs.last_mut() {
                    xf.align(element);
                }
            }
            (4, List::Colours) if name == "rgbColor" && self.palette.len() < 64 => {
                let colour = Named::read(element).and_then(|it| it.resolved(&Theme::default(), &[]));
                self.palette.push(colour.unwrap_or(Colour::BLACK));
            }
            _ => {}
        }
    }
}

impl Font {
    fn element(&mut self, element: &Element<'_>) {
        // The element alone says yes.
        let says_yes = || element.attr("val").is_none() || element.is("val");
        match element.name() {
            "b" => self.bold = says_yes(),
            "i" => self.italic = says_yes(),
            "strike" => self.strike = says_yes(),
            "u" => self.underline = element.attr("val").is_none_or(|it| it != "none"),
            "color" => self.colour = Named::read(element),
            "sz" => {
                let points = element.attr("val").and_then(|it| it.trim().parse::<f64>().ok());
                // Excel's sizes go from 1 to 409.
                self.size =
                    points.filter(|it| (1.0..=409.0).contains(it)).map(|it| (it * 10.0).round() as u16);
            }
            _ => {}
        }
    }
}

impl Borders {
    fn element(&mut self, element: &Element<'_>) {
        let drawn = element.attr("style").is_some_and(|it| it != "none");
        match element.name() {
            "left" | "start" => self.left = drawn,
            "right" | "end" => self.right = drawn,
            "top" => self.top = drawn,
            "bottom" => self.bottom = drawn,
            _ => {}
        }
    }
}

impl Xf {
    fn read(element: &Element<'_>) -> Self {
        let place =
            |name: &str| element.number(name).and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
        Xf {
            code: element.number("numFmtId").unwrap_or_default(),
            font: place("fontId"),
            fill: place("fillId"),
            border: place("borderId"),
            ..Xf::default()
        }
    }

    fn align(&mut self, element: &Element<'_>) {
        self.wrap = element.is("wrapText");
        self.indent = element.number("indent").map_or(0, |it| u8::try_from(it).unwrap_or(u8::MAX));
        self.horizontal = match element.attr("horizontal").as_deref() {
            Some("left") => Horizontal::Left,
            Some("center") => Horizontal::Centre,
            Some("right") => Horizontal::Right,
            Some("centerContinuous") => Horizontal::CentreAcross,
            Some("fill") => Horizontal::Fill,
            Some("justify" | "distributed") => Horizontal::Justify,
            Some(_) | None => Horizontal::General,
        };
        self.vertical = match element.attr("vertical").as_deref() {
            Some("top") => Vertical::Top,
            Some("center") => Vertical::Centre,
            Some("justify" | "distributed") => Vertical::Justify,
            Some(_) | None => Vertical::Bottom,
        };
    }
}

impl StylesPart {
    /// Every style of cells, with the colours of a theme.
    pub(super) fn resolved(self, theme: &Theme) -> Styles {
        let colours =
            self.fonts.iter().filter_map(|it| it.colour).chain(self.fills.iter().flatten().copied());
        let needs_theme = colours.into_iter().any(|it| it.is_of_theme());
        let own_size = self.fonts.first().and_then(|it| it.size);
        let resolved = |named: Option<Named>| named.and_then(|it| it.resolved(theme, &self.palette));
        let style = |xf: &Xf| {
            let font = self.fonts.get(xf.font).cloned().unwrap_or_default();
            Style {
                fill: resolved(self.fills.get(xf.fill).copied().flatten()),
                colour: resolved(font.colour).filter(|it| *it != Colour::BLACK),
                bold: font.bold,
                italic: font.italic,
                underline: font.underline,
                strike: font.strike,
                size: font.size.filter(|it| Some(*it) != own_size),
                wrap: xf.wrap,
                horizontal: xf.horizontal,
                vertical: xf.vertical,
                indent: xf.indent,
                borders: self.borders.get(xf.border).copied().unwrap_or_default(),
            }
        };
        let styles = self.xfs.iter().map(style).collect();
        let formats = self.xfs.iter().map(|it| it.code).collect();
        Styles { styles, formats, codes: self.codes, needs_theme }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::xml;

    fn styles(inside: &str) -> Styles {
        let mut part = StylesPart::default();
        xml::visit(format!("<x:styleSheet xmlns:x='m'>{inside}</x:styleSheet>").as_bytes(), &mut part)
            .unwrap();
        part.resolved(&Theme::default())
    }

    #[test]
    fn a_style_is_put_together_from_its_lists() {
        let read = styles(
            "<numFmts><numFmt numFmtId='164' formatCode='\"£\"#,##0'/></numFmts>\
             <fonts><font><sz val='11'/><color theme='1'/></font><font><b/><i val='0'/><u/><strike val='1'/>\
             <sz val='10.5'/><color rgb='FFC00000'/></font></fonts>\
             <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='gray125'>\
             <fgColor rgb='FF112233'/></patternFill></fill><fill><patternFill patternType='solid'>\
             <fgColor theme='4' tint='0.79998168889431442'/><bgColor indexed='64'/></patternFill></fill>\
             <fill><patternFill patternType='solid'><fgColor indexed='43'/></patternFill></fill></fills>\
             <borders><border/><border><left style='thin'><color auto='1'/></left><right style='none'/>\
             <top/><bottom style='double'/></border></borders>\
             <cellStyleXfs><xf fillId='3'/></cellStyleXfs>\
             <cellXfs><xf/><xf numFmtId='164' fontId='1' fillId='2' borderId='1' xfId='0'><alignment wrapText='1' \
             horizontal='centerContinuous' vertical='center' indent='2'/></xf><xf fillId='1'/><xf fillId='3'/></cellXfs>\
             <dxfs><dxf><font><b/></font><fill><patternFill patternType='solid'><fgColor rgb='FF000000'/>\
             </patternFill></fill></dxf></dxfs>\
             <colors><indexedColors><rgbColor rgb='00000000'/></indexedColors></colors>",
        );
        assert_eq!(read.styles.len(), 4);
        assert_eq!(read.styles[0], Style::default());
        let style = Style {
            fill: Some(Colour::of(0xDC_E6F2)),
            colour: Some(Colour::of(0xC0_0000)),
            bold: true,
            underline: true,
            strike: true,
            size: Some(105),
            wrap: true,
            horizontal: Horizontal::CentreAcross,
            vertical: Vertical::Centre,
            indent: 2,
            borders: Borders { left: true, bottom: true, ..Borders::default() },
            ..Style::default()
        };
        assert_eq!(read.styles[1], style);
        assert_eq!((read.styles[2].fill, read.styles[3].fill), (None, Some(Colour::of(0xFF_FF99))));
        assert_eq!((read.formats[1], read.codes[&164].as_str()), (164, "\"£\"#,##0"));
        assert!(read.needs_theme);
    }

    /// Numbers that lead nowhere leave the style plain.
    #[test]
    fn every_reference_is_looked_up() {
        let read = styles(
            "<fonts count='4294967295'><font><color theme='99'/><sz val='1e300'/></font></fonts>\
             <fills><fill><patternFill patternType='solid'><fgColor indexed='4294967295'/></patternFill></fill></fills>\
             <cellXfs count='-1'><xf fontId='0' fillId='0'/><xf fontId='7' fillId='4294967295' borderId='9'/>\
             <xf fontId='junk'><alignment indent='99999'/></xf></cellXfs>",
        );
        assert_eq!(read.styles[0], Style::default());
        assert_eq!(read.styles[1], Style::default());
        assert_eq!(read.styles[2].indent, 255);
    }

    #[test]
    fn no_more_styles_are_kept_than_excel_has() {
        let read = styles(&format!("<cellXfs>{}</cellXfs>", "<xf/>".repeat(70_000)));
        assert_eq!(read.styles.len(), MOST);
    }
}
