//! A row of a sheet, and the cells in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use plancheck_api::sheets::{
    Band, CellStyle, Holds, Horizontal, Merge, SheetCell, SheetHead, SheetRows, Vertical,
};
use plancheck_api::wire::{ChartUnit, State, Total};

use super::Lens;
use super::grid::cell_id;
use super::marks::{Mark, Marks};
use crate::address::At;
use crate::format;
use crate::goto::Goto;

/// What the cells of a sheet have in common.
pub(super) struct Shared {
    pub(super) id: String,
    pub(super) place: u32,
    pub(super) sheet: usize,
    pub(super) cols: u32,
    pub(super) marks: Arc<Marks>,
    lens: RwSignal<Lens>,
    head: SheetHead,
}

impl Shared {
    pub(super) fn new(
        head: &SheetHead,
        cols: u32,
        place: u32,
        sheet: usize,
        marks: Arc<Marks>,
        lens: RwSignal<Lens>,
        id: &str,
    ) -> Self {
        Self { id: id.to_owned(), place, sheet, cols: cols.max(1), marks, lens, head: head.clone() }
    }

    /// The width of a column in pixels. Hidden ones are shown, because there may be findings in them.
    pub(super) fn width(&self, col: u32) -> u32 {
        band(&self.head.columns, col)
            .and_then(|it| it.size)
            .filter(|it| *it > 0)
            .unwrap_or(self.head.col_width)
    }

    /// The height of a row in pixels.
    pub(super) fn height(&self, row: u32) -> u32 {
        band(&self.head.bands, row)
            .and_then(|it| it.size)
            .filter(|it| *it > 0)
            .unwrap_or(self.head.row_height)
    }

    pub(super) fn is_hidden_col(&self, col: u32) -> bool {
        within(&self.head.hidden_cols, col)
    }

    fn style(&self, idx: u32) -> CellStyle {
        self.head.styles.get(idx as usize).cloned().unwrap_or_default()
    }

    /// The style of a cell of which nothing is said: its row's, or its column's.
    fn style_of_blank(&self, at: At) -> u32 {
        let of = |bands: &[Band], at| band(bands, at).and_then(|it| it.style);
        of(&self.head.bands, at.row).or_else(|| of(&self.head.columns, at.col)).unwrap_or(0)
    }

    /// The merged area that a cell is in.
    fn merge(&self, at: At) -> Option<&Merge> {
        let inside = |first: u32, count: u32, it: u32| first <= it && it - first < count;
        self.head.merges.iter().find(|it| inside(it.row, it.rows, at.row) && inside(it.col, it.cols, at.col))
    }
}

fn band(bands: &[Band], at: u32) -> Option<&Band> {
    bands.iter().find(|it| (it.first..=it.last).contains(&at))
}

fn within(runs: &[(u32, u32)], at: u32) -> bool {
    runs.iter().any(|(first, last)| (*first..=*last).contains(&at))
}

/// A row with everything in its place.
#[derive(Clone)]
pub(super) struct LaidOut {
    row: u32,
    cells: Vec<Slot>,
}

/// A cell of the table, which may stand for several of the sheet.
#[derive(Clone)]
struct Slot {
    at: At,
    cell: SheetCell,
    colspan: u32,
    rowspan: u32,
    /// Whether its text must end where it does, because there is something right of it.
    clipped: bool,
}

/// The rows of a block up to `last`, the end not included. A merged area is cut at the end of its block.
pub(super) fn laid_out(rows: &SheetRows, last: u32, shared: &Shared) -> Vec<LaidOut> {
    (rows.first..last)
        .map(|row| {
            let cells = rows.rows.get((row - rows.first) as usize).map_or(&[] as &[SheetCell], Vec::as_slice);
            let held: BTreeMap<u32, &SheetCell> = cells.iter().map(|it| (it.col, it)).collect();
            let mut slots: Vec<Slot> = Vec::new();
            let mut col = 0;
            while col < shared.cols {
                let at = At { row, col };
                let (mut colspan, mut rowspan, mut shown) = (1, 1, true);
                if let Some(merge) = shared.merge(at) {
                    colspan = merge.cols.min(shared.cols - merge.col).max(1);
                    rowspan = (merge.row + merge.rows).min(last) - row;
                    // Below its first row a merged area goes on in the cell above, unless a block begins here.
                    shown = merge.col == col && (merge.row == row || row == rows.first);
                    if !shown {
                        col += 1;
                        continue;
                    }
                }
                if shown {
                    let blank =
                        || SheetCell { col, style: shared.style_of_blank(at), ..SheetCell::default() };
                    let cell = held.get(&col).map_or_else(blank, |it| (*it).clone());
                    let next = held.get(&(col + colspan));
                    let clipped = next.is_some_and(|it| !it.text.is_empty());
                    slots.push(Slot { at, cell, colspan, rowspan, clipped });
                }
                col += colspan;
            }
            LaidOut { row, cells: slots }
        })
        .collect()
}

#[component]
pub(super) fn Row(row: LaidOut, shared: Arc<Shared>) -> impl IntoView {
    let hidden = within(&shared.head.hidden_rows, row.row);
    let height = format!("{}px", shared.height(row.row));
    let cells = row.cells.into_iter().map(|slot| cell(slot, &shared)).collect_view();
    view! {
        <tr style:height=height class:pc-grid__hidden=hidden>
            <th scope="row">{row.row + 1}{hidden.then_some(" (hidden)")}</th>
            {cells}
        </tr>
    }
}

fn cell(slot: Slot, shared: &Arc<Shared>) -> impl IntoView + use<> {
    let Slot { at, cell, colspan, rowspan, clipped } = slot;
    let on = shared.marks.on(&shared.head.name);
    let found: Vec<Mark> = on.and_then(|it| it.found.get(&at)).cloned().unwrap_or_default();
    let read = on.is_some_and(|it| it.read.contains(&at));
    let total = on.and_then(|it| it.totals.get(&at)).cloned();
    let id = cell_id(&shared.id, shared.sheet, at);
    let filled = !cell.text.is_empty();
    let lens = shared.lens;
    let style = shared.style(cell.style);
    let class = {
        let worst = found.first().map(|_| worst(&found));
        let clipped = clipped || style.wrap;
        move || {
            let mut class = "pc-cell".to_owned();
            match worst {
                Some(State::NotMet) => class.push_str(" pc-cell--not-met"),
                Some(State::NeedsJudgement) => class.push_str(" pc-cell--judgement"),
                Some(State::CouldNotCheck | State::Met | State::DoesNotApply) => {
                    class.push_str(" pc-cell--unchecked")
                }
                None => {}
            }
            if clipped {
                class.push_str(" pc-cell--clipped");
            } else if filled {
                class.push_str(" pc-cell--filled");
            }
            match lens.get() {
                Lens::Checked if read => class.push_str(" pc-cell--read"),
                Lens::Checked if filled => class.push_str(" pc-cell--unread"),
                Lens::Findings | Lens::Checked | Lens::Totals => {}
            }
            class
        }
    };
    let note = cell.note.clone().map(|note| {
        view! { <span class="pc-cell__note" title=note.clone()><span class="nhsuk-u-visually-hidden">{format!("Comment: {note}")}</span></span> }
    });
    let codes = (!found.is_empty()).then(|| codes(&found, &id, shared));
    let beside = total.map(|total| move || (lens.get() == Lens::Totals).then(|| ours(&total)));
    let unsaved = (cell.formula && cell.holds == Holds::Nothing).then(|| {
        view! { <span class="pc-quiet">"formula without a value"</span> }
    });
    let span = |count: u32| (count > 1).then(|| count.to_string());
    let look = Look::of(&style, cell.holds);
    view! {
        <td
            class=class
            id=id.clone()
            tabindex=(!found.is_empty() || read).then_some("-1")
            colspan=span(colspan)
            rowspan=span(rowspan)
            style:background-color=look.fill
            style:color=look.colour
            style:font-weight=look.bold
            style:font-style=look.italic
            style:text-decoration=look.line
            style:font-size=look.size
            style:text-align=look.align
            style:vertical-align=look.vertical
            style:white-space=look.wrap
            style:padding-left=look.indent
            style:border-width=look.borders
        >
            {codes}
            {cell.text}
            {unsaved}
            {note}
            {beside}
        </td>
    }
}

/// The worst state of what was found at a cell.
fn worst(found: &[Mark]) -> State {
    [State::NotMet, State::CouldNotCheck, State::NeedsJudgement]
        .into_iter()
        .find(|state| found.iter().any(|it| it.state == *state))
        .unwrap_or(State::NeedsJudgement)
}

/// The code of each rule that found something here, as a way to the finding.
fn codes(found: &[Mark], cell: &str, shared: &Shared) -> impl IntoView + use<> {
    let goto = use_context::<Goto>();
    found
        .iter()
        .map(|mark| {
            let to = format!("{}-finding-{}", shared.id, mark.finding);
            let (from, target) = (cell.to_owned(), to.clone());
            let go = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                if let Some(goto) = goto {
                    goto.element(&from, &target);
                }
            };
            view! {
                <a class="pc-code" href=format!("#{to}") on:click=go>
                    {mark.rule.clone()}
                    <span class="nhsuk-u-visually-hidden">{format!(" {}: {}. ", format::state(mark.state), mark.title)}</span>
                </a>
            }
        })
        .collect_view()
}

/// Our figure under the workbook's.
fn ours(total: &Total) -> impl IntoView + use<> {
    let print = |value: &String| match total.unit {
        ChartUnit::Pounds => format::pounds(value),
        ChartUnit::Percent => format::percent(value),
        ChartUnit::People | ChartUnit::Rate => format::figure(value),
    };
    let (sign, class, said) = match total.agrees {
        Some(true) => ("= ", "pc-ours", "Worked out from the inputs, the same: "),
        Some(false) => ("≠ ", "pc-ours pc-ours--differs", "Worked out from the inputs, different: "),
        None => ("? ", "pc-ours", "Worked out from the inputs: "),
    };
    let figure = total.recomputed.as_ref().map_or_else(|| "not known".to_owned(), print);
    let typed = (!total.formula).then_some(" (typed, no formula)");
    view! {
        <span class=class>
            <span aria-hidden="true">{sign}</span>
            <span class="nhsuk-u-visually-hidden">{said}</span>
            {figure}
            {typed}
        </span>
    }
}

/// A cell's looks as styles. The values are numbers, and colours that the engine has read as such.
#[derive(Default)]
struct Look {
    fill: Option<String>,
    colour: Option<String>,
    bold: Option<&'static str>,
    italic: Option<&'static str>,
    line: Option<&'static str>,
    size: Option<String>,
    align: Option<&'static str>,
    vertical: Option<&'static str>,
    wrap: Option<&'static str>,
    indent: Option<String>,
    borders: Option<String>,
}

impl Look {
    fn of(style: &CellStyle, holds: Holds) -> Self {
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
        let side = |letter| if style.borders.contains(letter) { "1px" } else { "" };
        let borders = (!style.borders.is_empty())
            .then(|| ['t', 'r', 'b', 'l'].map(|it| if side(it).is_empty() { "0" } else { "1px" }).join(" "));
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
            wrap: style.wrap.then_some("pre-wrap"),
            indent: (style.indent > 0).then(|| format!("{}px", 3 + u32::from(style.indent) * 9)),
            borders,
        }
    }
}
