//! Long lists, drawn stretch by stretch: tens of thousands of lines at once help nobody and take their time and memory.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use crate::format;
use crate::goto::focus_on;
use crate::print::on_paper;

/// So many are drawn before more are asked for.
const AT_ONCE: usize = 200;
/// So many on paper, where nobody can ask: forty pages of them.
const ON_PAPER: usize = 2_000;

/// A list that may be list.
#[derive(Clone)]
pub(crate) struct LongList {
    pub(crate) count: usize,
    /// What one and several of it are called: "line", "lines".
    pub(crate) what: (&'static str, &'static str),
    /// The beginning of its ids on the page.
    pub(crate) id: String,
    /// Draws some of it.
    pub(crate) draw: Arc<dyn Fn(Range<usize>) -> AnyView + Send + Sync>,
    /// Puts what is said of the rest into the place of an entry.
    pub(crate) entry: fn(AnyView) -> AnyView,
}

impl LongList {
    /// The id of an entry that the reader is taken to because those before it were drawn earlier.
    pub(crate) fn first_id(id: &str, nth: usize) -> Option<String> {
        (nth > 0 && nth.is_multiple_of(AT_ONCE)).then(|| format!("{id}-{nth}"))
    }
}

/// A list from one of its entries on, as far as it is drawn at once.
#[component]
pub(crate) fn Stretch(list: LongList, #[prop(optional)] from: usize) -> impl IntoView {
    let at_once = if on_paper() { ON_PAPER } else { AT_ONCE };
    let to = list.count.min(from + at_once);
    let drawn = (list.draw)(from..to);
    let rest = list.count - to;
    if rest == 0 {
        return drawn;
    }
    let left = format::count(rest, &format!("more {} is", list.what.0), &format!("more {} are", list.what.1));
    if on_paper() {
        let left = format!("{left} not printed here. The full report (JSON) has them all.");
        return view! { {drawn}{(list.entry)(left.into_any())} }.into_any();
    }
    let is_wanted = RwSignal::new(false);
    let next = move || {
        if is_wanted.get() {
            return view! { <Stretch list=list.clone() from=to/> }.into_any();
        }
        let id = list.id.clone();
        let show = move |_| {
            is_wanted.set(true);
            focus_on(&format!("{id}-{to}"));
        };
        let rest = view! {
            <span class="pc-more">{format!("{left} not shown here. ")}
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small pc-more__button" on:click=show>
                {format!("Show more {}", list.what.1)}
            </button></span>
        };
        (list.entry)(rest.into_any())
    };
    view! { {drawn}{next} }.into_any()
}
