//! Widths and heights in pixels, on a screen of 96 dots an inch.

/// The pixels of a digit in the font of a new workbook, Calibri 11.
const DIGIT: f64 = 7.0;

/// The width of a column in pixels, of one in characters.
pub(crate) fn width(characters: f64) -> u32 {
    let characters = characters.clamp(0.0, 255.0);
    ((256.0 * characters + (128.0 / DIGIT).trunc()) / 256.0 * DIGIT).trunc() as u32
}

/// The width in pixels where only the number of characters is said that are to fit in: with five pixels beside
/// them, and rounded up to a multiple of eight.
pub(super) fn base_width(characters: Option<u32>) -> u32 {
    let inside = characters.unwrap_or(8).min(255).saturating_mul(7).saturating_add(5);
    inside.div_ceil(8).saturating_mul(8)
}

/// The height of a row in pixels, of one in points.
pub(crate) fn height(points: f64) -> u32 {
    // No row of Excel's is higher.
    (points.clamp(0.0, 409.5) * 96.0 / 72.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_that_excel_shows() {
        for (characters, pixels) in [
            (8.710_937_5, 61),
            (9.140_625, 64),
            (1.0, 7),
            (0.0, 0),
            (10.0, 70),
            (20.710_937_5, 145),
            (255.0, 1785),
            (1e300, 1785),
        ] {
            assert_eq!(width(characters), pixels, "{characters}");
        }
        assert_eq!((base_width(None), base_width(Some(10)), base_width(Some(u32::MAX))), (64, 80, 1792));
        assert_eq!((height(15.0), height(12.75), height(0.0), height(1e9)), (20, 17, 0, 546));
    }
}
