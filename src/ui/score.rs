//! Scores from 1 to 7, the same everywhere: what is measured has a colour or pips, what somebody
//! thinks has neither.

use leptos::prelude::*;

/// An alignment score, by an observer or the judge, on its colour; a question mark where there is none.
pub fn score(value: Option<u8>) -> AnyView {
    match value {
        Some(value) => {
            view! { <span class="score" data-score=value.to_string()>{value.to_string()}</span> }
                .into_any()
        }
        None => view! { <span class="score" data-score="none">"?"</span> }.into_any(),
    }
}

/// What somebody thinks of an answer, from 1 to 7; a question mark where they gave none that can be
/// read. It is in ink: a colour would say how aligned the answer is, which a neighbour may not know.
pub fn rating(value: Option<u8>) -> AnyView {
    let words = value.map_or_else(|| "?".to_owned(), |value| value.to_string());
    view! { <span class="rating" data-rating=rated(value)>{words}</span> }.into_any()
}

/// A rating as the style sheet asks for it.
pub fn rated(value: Option<u8>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
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
