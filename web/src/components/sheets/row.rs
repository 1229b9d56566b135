//! A row of a sheet, and what its cells have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::sheets::{Band, CellStyle, Holds, SheetCell, SheetHead, SheetRows};

use super::areas::Areas;
use super::cell::cell;
use super::grid::NUMBERS;
use super::marks::OfSheet;
use super::{Lens, width};
use crate::address::At;

/// The width of a column in which a code stands whole, in pixels, and that of one that says "(hidden)".
const CODE: u32 = 64;
const HIDDEN: u32 = 84;
/// What the sign of a cell that was read takes, in pixels.
const READ: u32 = 14;
/// Frozen columns that are wider than this, in pixels, would leave too little room for the others.
const WIDEST_PINNED: u32 = 520;
/// A frozen row that is higher than this, in pixels, would leave too little room for the others.
const HIGHEST_FROZEN: u32 = 120;

/// What the cells of a sheet have in common.
pub(super) struct Shared {
    pub(super) id: String,
    pub(super) place: u32,
    pub(super) sheet: usize,
    pub(super) cols: u32,
    pub(super) on: OfSheet,
    pub(super) areas: Areas,
    pub(super) lens: RwSignal<Lens>,
    pub(super) head: Arc<SheetHead>,
    /// Columns that must be wider than the workbook has them, and how wide, in pixels.
    wide: RwSignal<BTreeMap<u32, u32>>,
}

impl Shared {
    pub(super) fn new(
        head: &Arc<SheetHead>,
        (rows, cols): (u32, u32),
        place: u32,
        sheet: usize,
        on: &OfSheet,
        lens: RwSignal<Lens>,
        id: &str,
    ) -> Self {
        let (head, cols) = (head.clone(), cols.max(1));
        let areas = Areas::new(&head.merges, rows, cols);
        let on = on.moved(|at| areas.shown_at(at));
        let wide = RwSignal::default();
        let shared = Self { id: id.to_owned(), place, sheet, cols, on, areas, lens, head, wide };
        let plain = CellStyle { bold: true, ..CellStyle::default() };
        let codes = shared.on.found.keys().map(|at| (*at, CODE));
        let totals = shared.on.totals.iter();
        let totals = totals
            .map(|(at, it)| (*at, width::of_figure(&format!("≠ {}", super::cell::printed(it)), &plain)));
        let hidden =
            (0..cols).filter(|col| shared.is_hidden_col(*col)).map(|col| (At { row: rows, col }, HIDDEN));
        shared.widen(codes.chain(totals).chain(hidden));
        shared
    }

    /// The id of the line that says what was found here.
    pub(super) fn found_id(&self) -> String {
        format!("{}-found-{}", self.id, self.sheet)
    }

    /// The id of the head of a row.
    pub(super) fn row_id(&self, row: u32) -> String {
        format!("{}-sheet-{}-row-{}", self.id, self.sheet, row + 1)
    }

    /// The width of a column in pixels. Hidden ones are shown, because there may be findings in them.
    pub(super) fn width(&self, col: u32) -> u32 {
        self.own_width(col).max(self.wide.with(|it| it.get(&col).copied().unwrap_or_default()))
    }

    /// The width of a column as the workbook has it.
    fn own_width(&self, col: u32) -> u32 {
        band(&self.head.columns, col)
            .and_then(|it| it.size)
            .filter(|it| *it > 0)
            .unwrap_or(self.head.col_width)
    }

    /// Widens columns for what must stand whole in cells.
    fn widen(&self, needs: impl Iterator<Item = (At, u32)>) {
        let mut wider = BTreeMap::<u32, u32>::new();
        let now = self.wide.get_untracked();
        for (At { row, col }, need) in needs {
            let has = || now.get(&col).copied().unwrap_or_default().max(self.own_width(col));
            // An area of several columns has their room, and a figure that needs more goes on in a further line.
            if wider.get(&col).is_none_or(|it| *it < need)
                && need > has()
                && self.areas.at(At { row, col }).is_none_or(|it| it.cols == 1)
            {
                wider.insert(col, need);
            }
        }
        if !wider.is_empty() {
            self.wide.update(|it| it.extend(wider));
        }
    }

    /// Makes room for the figures of rows that have come.
    pub(super) fn make_room(&self, rows: &SheetRows) {
        let figures = (rows.first..).zip(&rows.rows).flat_map(|(row, cells)| {
            cells.iter().filter(|it| it.col < self.cols && is_figure(it)).map(move |cell| {
                let at = At { row, col: cell.col };
                let read = if self.on.read.contains(&at) { READ } else { 0 };
                (at, width::of_figure(&cell.text, &self.style(cell.style)) + read)
            })
        });
        self.widen(figures);
    }

    /// The height of a row in pixels.
    pub(super) fn height(&self, row: u32) -> u32 {
        band(&self.head.bands, row)
            .and_then(|it| it.size)
            .filter(|it| *it > 0)
            .unwrap_or(self.head.row_height)
    }

    /// The height of rows one after the other, the end not included.
    pub(super) fn height_of(&self, first: u32, end: u32) -> u32 {
        let standard = self.head.row_height;
        let from = self.head.bands.partition_point(|it| it.last < first);
        let own = self.head.bands.iter().skip(from).take_while(|it| it.first < end);
        let (mut rows, mut height) = (end.saturating_sub(first), 0_u32);
        for it in own {
            let many = (it.last.saturating_add(1).min(end)).saturating_sub(it.first.max(first));
            rows = rows.saturating_sub(many);
            height = height.saturating_add(many * it.size.filter(|it| *it > 0).unwrap_or(standard));
        }
        height.saturating_add(rows * standard)
    }

    /// The last of the frozen rows, which names the columns, where it can stay in sight.
    pub(super) fn frozen_row(&self) -> Option<u32> {
        self.head.frozen_rows.checked_sub(1).filter(|row| self.height(*row) <= HIGHEST_FROZEN)
    }

    /// How many columns stay in sight when the others are scrolled: those that stay in Excel, unless that would
    /// leave too little room for the others.
    fn pinned(&self) -> u32 {
        let frozen = self.head.frozen_cols.min(self.cols);
        let width: u32 = (0..frozen).map(|col| self.width(col)).sum();
        if width <= WIDEST_PINNED { frozen } else { 0 }
    }

    /// The width of the columns that stay in sight, in pixels.
    pub(super) fn pinned_width(&self) -> u32 {
        (0..self.pinned()).map(|col| self.width(col)).sum()
    }

    /// Where each of the columns stays that stay in sight, from the left edge in pixels.
    pub(super) fn lefts(&self) -> Vec<u32> {
        let widths = (0..self.pinned()).map(|col| self.width(col));
        widths.scan(NUMBERS, |left, width| Some(std::mem::replace(left, *left + width))).collect()
    }

    pub(super) fn is_hidden_col(&self, col: u32) -> bool {
        within(&self.head.hidden_cols, col)
    }

    pub(super) fn style(&self, idx: u32) -> CellStyle {
        self.head.styles.get(idx as usize).cloned().unwrap_or_default()
    }

    /// The style of a cell of which nothing is said: its row's, or its column's.
    fn style_of_blank(&self, at: At) -> u32 {
        let of = |bands: &[Band], at| band(bands, at).and_then(|it| it.style);
        of(&self.head.bands, at.row).or_else(|| of(&self.head.columns, at.col)).unwrap_or(0)
    }
}

/// Whether what a cell shows is a figure, of which nothing may be cut off.
pub(super) fn is_figure(cell: &SheetCell) -> bool {
    cell.holds == Holds::Number || width::is_figure(&cell.text)
}

/// The one of some bands, which stand in their order, that a row or column is in.
fn band(bands: &[Band], at: u32) -> Option<&Band> {
    bands.get(bands.partition_point(|it| it.last < at)).filter(|it| it.first <= at)
}

fn within(runs: &[(u32, u32)], at: u32) -> bool {
    runs.get(runs.partition_point(|it| it.1 < at)).is_some_and(|it| it.0 <= at)
}

/// A row with everything in its place.
#[derive(Clone)]
pub(super) struct LaidOut {
    row: u32,
    cells: Vec<Slot>,
    /// Whether the focus may be brought to its head.
    leads: bool,
}

/// A cell of the table, which may stand for several of the sheet.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) at: At,
    pub(super) cell: SheetCell,
    pub(super) colspan: u32,
    pub(super) rowspan: u32,
    /// Whether its text must end where it does, because there is something right of it.
    pub(super) clipped: bool,
}

/// The rows of a block up to `last`, the end not included. A merged area is cut at the end of its block, and
/// goes on blank in the next.
pub(super) fn laid_out(rows: &SheetRows, last: u32, shared: &Shared) -> Vec<LaidOut> {
    (rows.first..last)
        .map(|row| {
            let cells = rows.rows.get((row - rows.first) as usize).map_or(&[] as &[SheetCell], Vec::as_slice);
            let held: BTreeMap<u32, &SheetCell> = cells.iter().map(|it| (it.col, it)).collect();
            let merged = shared.areas.of_row(row);
            let mut slots: Vec<Slot> = Vec::new();
            let mut col = 0;
            while col < shared.cols {
                let at = At { row, col };
                let merge = merged.get(&col);
                let colspan = merge.map_or(1, |it| it.cols);
                // Below its first row a merged area goes on in the cell above, unless a block begins here.
                if merge.is_none_or(|it| it.row == row || row == rows.first) {
                    let rowspan = merge.map_or(1, |it| (it.row + it.rows).min(last) - row);
                    let covered = merge.is_some_and(|it| it.row < row);
                    let blank =
                        || SheetCell { col, style: shared.style_of_blank(at), ..SheetCell::default() };
                    let mut cell = held.get(&col).map_or_else(blank, |it| (*it).clone());
                    if covered {
                        cell = SheetCell { col, style: cell.style, ..SheetCell::default() };
                    }
                    let clipped = held.get(&(col + colspan)).is_some_and(|it| !it.text.is_empty());
                    slots.push(Slot { at, cell, colspan, rowspan, clipped });
                }
                col += colspan;
            }
            LaidOut { row, cells: slots, leads: row == rows.first }
        })
        .collect()
}

#[component]
pub(super) fn Row(row: LaidOut, shared: Arc<Shared>) -> impl IntoView {
    let hidden = within(&shared.head.hidden_rows, row.row);
    let frozen = shared.frozen_row() == Some(row.row);
    let height = format!("{}px", shared.height(row.row));
    let id = row.leads.then(|| shared.row_id(row.row));
    let cells = row.cells.into_iter().map(|slot| cell(slot, &shared)).collect_view();
    view! {
        <tr style:height=height class:pc-grid__hidden=hidden class:pc-grid__frozen=frozen>
            <th scope="row" id=id tabindex=row.leads.then_some("-1")>{row.row + 1}{hidden.then_some(" (hidden)")}</th>
            {cells}
        </tr>
    }
}
