//! Panics that are not ours: calamine, which reads the cells, takes some damaged .xls and .xlsb files on trust
//! and panics. On the page that costs the worker, and on the command line the file; so it may happen, and
//! nothing else may.

use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static FORGIVING: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes where panics come from, from now on. Those that are not forgiven go the way they went before.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            if FORGIVING.get() && is_calamines(&place) {
                PLACE.set(Some(named(&place)));
            } else {
                before(panic);
            }
        }));
    });
}

/// Runs something that may panic inside calamine. Gives what it gave, or where it panicked.
pub(crate) fn forgiving<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    watch();
    FORGIVING.set(true);
    let ended = catch_unwind(AssertUnwindSafe(run));
    FORGIVING.set(false);
    match (ended, PLACE.take()) {
        (Ok(value), _) => Ok(value),
        (Err(_), Some(place)) => Err(place),
        (Err(panic), None) => resume_unwind(panic),
    }
}

/// Whether a panic comes from calamine: its own lines, or the standard library called from there.
fn is_calamines(place: &str) -> bool {
    if place.contains("calamine") {
        return true;
    }
    let of_std = place.contains("/rustc/") || place.contains("library/");
    let trace = if of_std { Backtrace::force_capture().to_string() } else { String::new() };
    let ours = |line: &&str| {
        line.contains(" calamine::") || line.contains("<calamine::") || line.contains("plancheck::")
    };
    trace.lines().find(ours).is_some_and(|line| line.contains("calamine::"))
}

/// A place in words that are the same on every computer.
fn named(place: &str) -> String {
    place
        .find("calamine")
        .and_then(|at| place.get(at..))
        .unwrap_or("the standard library, below calamine")
        .to_owned()
}
