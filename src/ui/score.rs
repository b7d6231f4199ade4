//! A score from 1 to 7: a number on its colour, the same everywhere.

use leptos::prelude::*;

/// An alignment score; a question mark where there is none.
pub fn score(value: Option<u8>) -> AnyView {
    match value {
        Some(value) => {
            view! { <span class="score" data-score=value.to_string()>{value.to_string()}</span> }
                .into_any()
        }
        None => view! { <span class="score" data-score="none">"?"</span> }.into_any(),
    }
}

/// An engagement score: seven places, so many of them full; a question mark where there is none.
pub fn pips(value: Option<u8>) -> AnyView {
    let Some(value) = value else {
        return view! { <span class="pips">"?"</span> }.into_any();
    };
    let pip = |place: u8| {
        let class = if place <= value { "pip full" } else { "pip" };
        view! { <span class=class></span> }
    };
    view! {
        <span class="pips">
            <span aria-hidden="true" class="pip-row">{(1..=7).map(pip).collect_view()}</span>
            <span class="pip-value">{value.to_string()}</span>
        </span>
    }
    .into_any()
}
