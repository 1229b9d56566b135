//! A choice of a few, all in sight.

use leptos::prelude::*;

#[component]
pub(crate) fn Radios<T: Copy + PartialEq + Send + Sync + 'static>(
    legend: &'static str,
    /// What the choice is called among those of the page.
    name: String,
    value: RwSignal<T>,
    /// The values, each with its label and its own part of the ids.
    options: Vec<(T, &'static str, &'static str)>,
) -> impl IntoView {
    let group = name.clone();
    let item = move |(option, label, key): (T, &'static str, &'static str)| {
        let input = format!("{group}-{key}");
        view! {
            <div class="nhsuk-radios__item">
                <input
                    class="nhsuk-radios__input"
                    id=input.clone()
                    name=group.clone()
                    type="radio"
                    value=key
                    prop:checked=move || value.get() == option
                    on:change=move |_| value.set(option)
                />
                <label class="nhsuk-label nhsuk-radios__label" for=input>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="nhsuk-fieldset pc-radios">
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{legend}</legend>
            <div class="nhsuk-radios nhsuk-radios--inline nhsuk-radios--small">{options.into_iter().map(item).collect_view()}</div>
        </fieldset>
    }
}
