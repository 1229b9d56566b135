//! How much room a figure takes. A figure that is cut off is another figure, so columns are made as wide as
//! their widest one.

use plancheck_api::sheets::CellStyle;

/// The pixels of text of which no size is said.
const PLAIN: u32 = 14;
/// What stands beside the text in a cell, in pixels: its padding and borders, and the frame of a marked one.
const BESIDE: u32 = 12;
/// No figure makes a column wider than this; a longer one goes on in a further line.
const WIDEST: u32 = 360;

/// The width of a cell, in pixels, in which a figure stands whole.
pub(super) fn of_figure(text: &str, style: &CellStyle) -> u32 {
    // Tenths of points, of which there are 72 to an inch of 96 pixels.
    let pixels = style.size.map_or(PLAIN, |tenths| (u32::from(tenths) * 4).div_ceil(30));
    let thousandths: u32 = text.chars().take(200).map(thousandths).sum();
    ((thousandths * pixels).div_ceil(1000) + BESIDE + u32::from(style.indent) * 9).min(WIDEST)
}

/// The width of a character in thousandths of the text's size: of Arial as it is wide or wider, bold too.
fn thousandths(it: char) -> u32 {
    match it {
        ',' | '.' | ' ' => 278,
        '-' | '(' | ')' | ':' | '/' => 334,
        '0'..='9' | '£' | '$' | '€' => 557,
        '=' | '≠' | '+' | '?' => 612,
        _ => 950,
    }
}

/// Whether a text is to be read as a figure: digits, and no words.
pub(super) fn is_figure(text: &str) -> bool {
    text.chars().any(|it| it.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_the_room_that_it_takes_and_no_more_than_a_screen() {
        let plain = CellStyle::default();
        // Measured: 75.5 pixels of text.
        let money = of_figure("£26,435,346", &plain);
        assert!((76 + BESIDE..100).contains(&money), "{money}");
        let large = of_figure("£26,435,346", &CellStyle { size: Some(240), ..plain.clone() });
        assert!(large > 2 * money - BESIDE, "{large}");
        assert_eq!(of_figure(&"9".repeat(10_000), &plain), WIDEST);
        assert!(is_figure("26,435,346") && !is_figure("Row 5") && !is_figure("-"));
    }
}
