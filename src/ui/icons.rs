//! The few signs on the page, as inline SVG in the colour of the words beside them.

use leptos::prelude::*;

fn icon(inside: AnyView) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{inside}</svg> }.into_any()
}

/// Begin.
pub fn run() -> AnyView {
    icon(view! { <path d="M4 2.5v11l9-5.5z" fill="currentColor" /> }.into_any())
}

/// Begin, towards the past.
pub fn run_back() -> AnyView {
    icon(view! { <path d="M12 2.5v11L3 8z" fill="currentColor" /> }.into_any())
}

/// Hold.
pub fn pause() -> AnyView {
    icon(view! { <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" /> }.into_any())
}

/// One step.
pub fn step() -> AnyView {
    icon(view! { <path d="M3 3v10l7-5zM11 3h2v10h-2z" fill="currentColor" /> }.into_any())
}

/// Back to the beginning.
pub fn reset() -> AnyView {
    let way = "M4.2 5.2A5 5 0 1 1 3 8.6";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M3.2 1.8v4h4z" fill="currentColor" /> }.into_any())
}

/// To the left.
pub fn left() -> AnyView {
    icon(
        view! { <path d="M10 3 5 8l5 5" fill="none" stroke="currentColor" stroke-width="1.8" /> }
            .into_any(),
    )
}

/// To the right.
pub fn right() -> AnyView {
    icon(
        view! { <path d="m6 3 5 5-5 5" fill="none" stroke="currentColor" stroke-width="1.8" /> }
            .into_any(),
    )
}

/// From one to the other.
pub fn arrow() -> AnyView {
    icon(view! { <path d="M2 8h10M9 4.5 12.5 8 9 11.5" fill="none" stroke="currentColor" stroke-width="1.5" /> }.into_any())
}

/// To take away.
pub fn parcel() -> AnyView {
    icon(view! { <path d="M8 2v7M4.8 6 8 9.2 11.2 6M2.5 10v3.5h11V10" fill="none" stroke="currentColor" stroke-width="1.5" /> }.into_any())
}

/// A link.
pub fn chain() -> AnyView {
    let way = "M6.5 9.5 9.5 6.5M7 4.5l1.6-1.6a2.9 2.9 0 0 1 4.2 4.2L11.2 8.7M9 11.5l-1.6 1.6a2.9 2.9 0 0 1-4.2-4.2l1.6-1.6";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.5" /> }.into_any())
}

/// Put away.
pub fn cross() -> AnyView {
    icon(view! { <path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any())
}
