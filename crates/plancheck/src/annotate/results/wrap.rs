//! What the workbook's own styles have to offer to a sheet that may not add any: a style that breaks lines,
//! and the font of cells that have no style.

use crate::workbook::xml::{Element, Visit};

/// What was found among the styles.
#[derive(Debug, Default)]
pub(in crate::annotate) struct Styles {
    /// The number of the first style that breaks lines and otherwise leaves cells as they are.
    pub(in crate::annotate) wrapping: Option<usize>,
    /// The name and the size of the first font.
    pub(in crate::annotate) font: Option<(String, String)>,
    group: Group,
    fonts: usize,
    name: Option<String>,
    size: Option<String>,
    styles: usize,
    /// Whether the style being read changes nothing but its lines.
    is_plain: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Group {
    #[default]
    Other,
    Fonts,
    CellStyles,
}

impl Visit for Styles {
    fn open(&mut self, element: &Element<'_>, depth: usize) {
        let is_nought = |name: &str| element.number(name).unwrap_or(0) == 0;
        match (depth, element.name()) {
            (2, "fonts") => self.group = Group::Fonts,
            (2, "cellXfs") => self.group = Group::CellStyles,
            (2, _) => self.group = Group::Other,
            (3, "font") => self.fonts += 1,
            (4, "name") if self.group == Group::Fonts && self.fonts == 1 => self.name = element.attr("val"),
            (4, "sz") if self.group == Group::Fonts && self.fonts == 1 => self.size = element.attr("val"),
            (3, "xf") => {
                self.styles += usize::from(self.group == Group::CellStyles);
                // 49 is the format of texts; others may show nothing of a text.
                let format = element.number("numFmtId").unwrap_or(0);
                self.is_plain = self.group == Group::CellStyles
                    && ["fontId", "fillId", "borderId"].into_iter().all(is_nought)
                    && [0, 49].contains(&format);
            }
            (4, "alignment") if self.is_plain && self.wrapping.is_none() => {
                let side = element.attr("horizontal").is_none_or(|it| it == "left" || it == "general");
                let turned = !is_nought("textRotation") || !is_nought("indent") || element.is("shrinkToFit");
                if element.is("wrapText") && side && !turned {
                    self.wrapping = self.styles.checked_sub(1);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, depth: usize) {
        if depth == 3 && name == "font" && self.font.is_none() {
            self.font = self.name.take().zip(self.size.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::xml::visit;

    fn styles(fonts: &str, cells: &str) -> Styles {
        let xml = format!(
            "<styleSheet><fonts>{fonts}</fonts><cellStyleXfs><xf><alignment wrapText='1'/></xf></cellStyleXfs>\
             <cellXfs>{cells}</cellXfs></styleSheet>"
        );
        let mut styles = Styles::default();
        visit(xml.as_bytes(), &mut styles).unwrap();
        styles
    }

    #[test]
    fn a_style_that_only_breaks_lines_is_found() {
        let wrap = "<alignment vertical='top' wrapText='1'/>";
        let plain = format!("<xf numFmtId='0' fontId='0' fillId='0' borderId='0'>{wrap}</xf>");
        let others = [
            "<xf/>".to_owned(),
            format!("<xf fillId='2'>{wrap}</xf>"),
            format!("<xf numFmtId='164'>{wrap}</xf>"),
            "<xf><alignment wrapText='1' horizontal='center'/></xf>".to_owned(),
            "<xf><alignment wrapText='1' textRotation='90'/></xf>".to_owned(),
        ]
        .concat();
        assert_eq!(styles("", &format!("{others}{plain}{plain}")).wrapping, Some(5));
        assert_eq!(styles("", &others).wrapping, None);
    }

    #[test]
    fn the_first_font_is_that_of_cells_without_a_style() {
        let font = |name: &str| format!("<font><b/><sz val='10'/><name val='{name}'/></font>");
        let found = styles(&(font("Arial") + &font("Times")), "");
        assert_eq!(found.font, Some(("Arial".to_owned(), "10".to_owned())));
        assert_eq!(styles("<font><sz val='10'/></font>", "").font, None);
    }
}
