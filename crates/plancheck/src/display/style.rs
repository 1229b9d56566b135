//! What a cell looks like, without saying where that is written.

use super::colour::Colour;

/// What a cell looks like. Conditional formats, patterns, gradients and styles of tables are not among it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style {
    /// The colour it is filled with.
    pub fill: Option<Colour>,
    /// The colour of its text, where that is not black.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined, once or twice.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// The size of its text in tenths of a point, where it is not the workbook's own.
    pub size: Option<u16>,
    /// Whether long text goes on in a further line.
    pub wrap: bool,
    /// Where its text stands from side to side.
    pub horizontal: Horizontal,
    /// Where its text stands from top to bottom.
    pub vertical: Vertical,
    /// How far its text is moved in, in steps of about three spaces.
    pub indent: u8,
    /// Its borders.
    pub borders: Borders,
}

/// Where text stands from side to side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Horizontal {
    /// As what it holds wants it: text left, numbers right, TRUE, FALSE and errors in the centre.
    #[default]
    General,
    /// On the left.
    Left,
    /// In the centre.
    Centre,
    /// On the right.
    Right,
    /// In the centre of this cell and the empty ones right of it that are styled so too.
    CentreAcross,
    /// Repeated until the cell is full.
    Fill,
    /// Stretched to both sides.
    Justify,
}

/// Where text stands from top to bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vertical {
    /// At the top.
    Top,
    /// In the middle.
    Centre,
    /// At the bottom, as Excel does by itself.
    #[default]
    Bottom,
    /// Spread from top to bottom.
    Justify,
}

/// On which sides a cell has a border, however thin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Borders {
    /// Left.
    pub left: bool,
    /// Right.
    pub right: bool,
    /// Top.
    pub top: bool,
    /// Bottom.
    pub bottom: bool,
}

impl Style {
    /// Whether a cell that holds nothing can be seen: it is filled or has a border.
    pub fn shows_when_blank(&self) -> bool {
        self.fill.is_some_and(|it| it != Colour::WHITE) || self.borders != Borders::default()
    }
}
