//! From finding to finding on a sheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::grid::cell_id;
use super::row::Shared;
use crate::address::At;
use crate::format;
use crate::goto::{Goto, Target};
use crate::root;

/// The cells of a sheet that findings stand in, and the one that was gone to last.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// In the order of the sheet, each with how many findings stand there first.
    cells: StoredValue<Vec<(At, usize)>>,
    shared: StoredValue<Arc<Shared>>,
    now: RwSignal<Option<usize>>,
    goto: Option<Goto>,
}

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To the next.
    On,
    /// To the one before.
    Back,
}

impl Steps {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            cells: StoredValue::new(steps(&shared.on.first)),
            shared: StoredValue::new(shared.clone()),
            now: RwSignal::default(),
            goto: use_context(),
        }
    }

    /// Goes one on or back: from the cell that has the focus where findings stand in it, and otherwise from
    /// the one that was gone to last.
    pub(super) fn go(self, way: Way) {
        let Some(goto) = self.goto else { return };
        self.shared.with_value(|shared| {
            self.cells.with_value(|cells| {
                let focused = root::active().map(|it| it.id()).unwrap_or_default();
                let here = cells.iter().position(|(at, _)| cell_id(&shared.id, shared.sheet, *at) == focused);
                let Some(to) = step(here.or(self.now.get_untracked()), way, cells.len()) else { return };
                let Some((at, _)) = cells.get(to) else { return };
                self.now.set(Some(to));
                let sheet = shared.head.name.clone();
                let from = if here.is_some() { focused } else { shared.found_id() };
                goto.cell(&from, Target { document: shared.place, sheet, at: *at });
            });
        });
    }
}

/// The step after or before one, round the ends; the first or last where there was none.
fn step(now: Option<usize>, way: Way, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (way, now) {
        (Way::On, Some(now)) if now < last => now + 1,
        (Way::On, _) => 0,
        (Way::Back, Some(now)) if now > 0 => now - 1,
        (Way::Back, _) => last,
    })
}

/// How much was found on the sheet, and the ways from one to the next.
#[component]
pub(super) fn Found(steps: Steps) -> impl IntoView {
    let Steps { cells, shared, now, .. } = steps;
    let findings: usize = cells.with_value(|it| it.iter().map(|it| it.1).sum());
    if findings == 0 {
        return view! { <p class="pc-found">"Nothing was found on this sheet."</p> }.into_any();
    }
    let ordinals: Vec<String> = cells.with_value(|it| ordinals(it));
    let many = format::count(findings, "finding", "findings");
    let line = move || match now.get().and_then(|now| ordinals.get(now)) {
        None => format!("{many} on this sheet"),
        Some(ordinal) => format!("{ordinal} of {findings} on this sheet"),
    };
    view! {
        <div class="pc-found" id=shared.with_value(|it| it.found_id()) tabindex="-1">
            <p class="pc-found__line" role="status">{line}</p>
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=move |_| steps.go(Way::Back)>"Previous finding"</button>
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=move |_| steps.go(Way::On)>"Next finding"</button>
            <div class="nhsuk-hint pc-found__keys">"On the sheet, N goes to the next finding and P to the previous one."</div>
        </div>
    }
    .into_any()
}

/// The cells that findings lead to, in the order of the sheet, and how many lead to each.
fn steps(first: &[At]) -> Vec<(At, usize)> {
    let mut counts: BTreeMap<At, usize> = BTreeMap::new();
    for at in first {
        *counts.entry(*at).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// "Finding 1", "Findings 2 to 4": what stands at each step.
fn ordinals(steps: &[(At, usize)]) -> Vec<String> {
    let mut before = 0;
    let ordinal = |(_, many): &(At, usize)| {
        let first = before + 1;
        before += many;
        if *many == 1 { format!("Finding {first}") } else { format!("Findings {first} to {before}") }
    };
    steps.iter().map(ordinal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_at_one_cell_are_one_step_and_steps_go_down_the_sheet() {
        let at = |range| At::read(range).unwrap();
        let steps = steps(&[at("C20"), at("D4"), at("C20"), at("B20")]);
        assert_eq!(steps, [(at("D4"), 1), (at("B20"), 1), (at("C20"), 2)]);
        assert_eq!(ordinals(&steps), ["Finding 1", "Finding 2", "Findings 3 to 4"]);
    }

    #[test]
    fn steps_go_round_the_ends() {
        let walked: Vec<_> =
            [None, Some(0), Some(2)].map(|now| (step(now, Way::On, 3), step(now, Way::Back, 3))).into();
        assert_eq!(walked, [(Some(0), Some(2)), (Some(1), Some(2)), (Some(0), Some(1))]);
        assert_eq!(step(None, Way::On, 0), None);
    }
}
