//! The sheets of a workbook as they travel to be drawn: a [`SheetHead`] for each, with everything but its
//! cells, and the cells of as many rows as are asked for ([`SheetRows`]).
//!
//! They are no part of the report, and no schema is made of them: page and engine are always of one build.
//! Rows and columns are counted from nought.

#[cfg(feature = "engine")]
mod convert;

use serde::{Deserialize, Serialize};

#[cfg(feature = "engine")]
pub use convert::{rows, sheets};

/// Declares a type that travels: camelCase, and what says nothing is left out.
macro_rules! travels {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub $kind $name { $($body)* }
    )*};
}

travels! {
    /// A workbook for display.
    pub struct Sheets {
        /// What cannot be shown as Excel shows it, in plain words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub plain: Option<String>,
        /// Its sheets, in the order of their tabs.
        pub sheets: Vec<SheetHead>,
    }

    /// A sheet without its cells.
    pub struct SheetHead {
        /// The name on its tab.
        pub name: String,
        /// How its tab is shown.
        pub state: SheetState,
        /// How many rows are in use.
        pub rows: u32,
        /// How many columns are in use.
        pub cols: u32,
        /// How many cells hold something.
        pub filled: u32,
        /// The width of a column that has none of its own, in pixels.
        pub col_width: u32,
        /// The height of a row that has none of its own, in pixels.
        pub row_height: u32,
        /// Columns with a width or a style of their own, from left to right.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub columns: Vec<Band>,
        /// Rows with a height or a style of their own, from top to bottom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub bands: Vec<Band>,
        /// Columns that are hidden, the first and last of each run.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub hidden_cols: Vec<(u32, u32)>,
        /// Rows that are hidden, the first and last of each run.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub hidden_rows: Vec<(u32, u32)>,
        /// Merged areas. Only what stands in the first cell of each is shown.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub merges: Vec<Merge>,
        /// How many rows stay when the others are scrolled.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub frozen_rows: u32,
        /// How many columns stay when the others are scrolled.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub frozen_cols: u32,
        /// What is remarked at cells, in the order of rows and columns; the first of them where there are many.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub notes: Vec<Remark>,
        /// How many more cells are remarked at.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub more_notes: u32,
        /// Whether lines are shown between cells that have no border.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub grid: bool,
        /// What cells look like. The first is the style of a cell of which nothing else is said.
        pub styles: Vec<CellStyle>,
    }

    /// How a sheet's tab is shown.
    #[derive(Copy)]
    pub enum SheetState {
        /// As tabs are.
        #[serde(rename = "visible")]
        Visible,
        /// Hidden; "Unhide" shows it.
        #[serde(rename = "hidden")]
        Hidden,
        /// Hidden so that only a program can show it.
        #[serde(rename = "very-hidden")]
        VeryHidden,
    }

    /// Rows or columns next to each other that are of one size and style.
    #[derive(Copy)]
    pub struct Band {
        /// The first.
        pub first: u32,
        /// The last.
        pub last: u32,
        /// How wide or high each is, in pixels.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<u32>,
        /// The style of its cells that are not given themselves; a row's comes before a column's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub style: Option<u32>,
    }

    /// A merged area.
    #[derive(Copy)]
    pub struct Merge {
        /// The row of its first cell.
        pub row: u32,
        /// The column of its first cell.
        pub col: u32,
        /// How many rows it has.
        pub rows: u32,
        /// How many columns it has.
        pub cols: u32,
    }

    /// What is remarked at a cell.
    pub struct Remark {
        /// The row of the cell.
        pub row: u32,
        /// Its column.
        pub col: u32,
        /// The remark, or several one after the other.
        pub text: String,
    }

    /// What a cell looks like.
    #[derive(Default)]
    pub struct CellStyle {
        /// The colour it is filled with: "#DDEBF7".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fill: Option<String>,
        /// The colour of its text, where that is not black.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub colour: Option<String>,
        /// Bold.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub bold: bool,
        /// Italic.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub italic: bool,
        /// Underlined.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub underline: bool,
        /// Struck through.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub strike: bool,
        /// The size of its text in tenths of a point, where it is not the workbook's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<u16>,
        /// Whether long text goes on in a further line.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub wrap: bool,
        /// Where its text stands from side to side; left out where that depends on what it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub horizontal: Option<Horizontal>,
        /// Where its text stands from top to bottom; left out at the bottom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vertical: Option<Vertical>,
        /// How far its text is moved in, in steps of about three spaces.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub indent: u8,
        /// The sides with a border: "ltrb", in this order.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub borders: String,
    }

    /// Where text stands from side to side.
    #[derive(Copy)]
    pub enum Horizontal {
        /// On the left.
        #[serde(rename = "left")]
        Left,
        /// In the centre.
        #[serde(rename = "centre")]
        Centre,
        /// On the right.
        #[serde(rename = "right")]
        Right,
        /// In the centre of this cell and the empty ones right of it that are styled so too.
        #[serde(rename = "centre-across")]
        CentreAcross,
        /// Repeated until the cell is full.
        #[serde(rename = "fill")]
        Fill,
        /// Stretched to both sides.
        #[serde(rename = "justify")]
        Justify,
    }

    /// Where text stands from top to bottom.
    #[derive(Copy)]
    pub enum Vertical {
        /// At the top.
        #[serde(rename = "top")]
        Top,
        /// In the middle.
        #[serde(rename = "centre")]
        Centre,
        /// Spread from top to bottom.
        #[serde(rename = "justify")]
        Justify,
    }

    /// The cells of some rows of a sheet.
    pub struct SheetRows {
        /// The first row.
        pub first: u32,
        /// Every row from there on, as long as rows are in use and were asked for; each the cells that hold
        /// something, are remarked at, or can be seen although they are blank.
        pub rows: Vec<Vec<SheetCell>>,
    }

    /// A cell.
    #[derive(Default)]
    pub struct SheetCell {
        /// Its column.
        pub col: u32,
        /// What Excel shows in it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub text: String,
        /// What it looks like: its place in [`SheetHead::styles`].
        #[serde(default, skip_serializing_if = "is_plain")]
        pub style: u32,
        /// What kind of value it holds.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub holds: Holds,
        /// Whether it holds a formula.
        #[serde(default, skip_serializing_if = "is_plain")]
        pub formula: bool,
        /// What is remarked at it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    /// What kind of value a cell holds, on which it depends where Excel puts it by itself.
    #[derive(Copy, Default)]
    pub enum Holds {
        /// Text, which stands on the left.
        #[default]
        #[serde(rename = "text")]
        Text,
        /// A number or a date, which stands on the right.
        #[serde(rename = "number")]
        Number,
        /// TRUE or FALSE, which stands in the centre.
        #[serde(rename = "logical")]
        Logical,
        /// An error, which stands in the centre.
        #[serde(rename = "error")]
        Error,
        /// Nothing. With a formula: it was saved without a value.
        #[serde(rename = "nothing")]
        Nothing,
    }
}

/// Whether a value is the one that is meant where nothing is said.
fn is_plain<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}
