//! The few signs on the page, as inline SVG in the colour of the words beside them.

use leptos::prelude::*;

fn icon(inside: AnyView) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{inside}</svg> }.into_any()
}

/// The ring on the ground below whoever was raised badly.
pub fn dashed_ring() -> AnyView {
    icon(view! { <ellipse cx="8" cy="8" rx="7" ry="3.4" fill="none" stroke="currentColor" stroke-width="1.3" stroke-dasharray="2.6 1.8" /> }.into_any())
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

/// One step back.
pub fn step_back() -> AnyView {
    icon(view! { <path d="M13 3v10L6 8zM3 3h2v10H3z" fill="currentColor" /> }.into_any())
}

/// To the end.
pub fn to_end() -> AnyView {
    icon(
        view! { <path d="M2 3v10l5-5zM7 3v10l5-5zM12 3h2v10h-2z" fill="currentColor" /> }
            .into_any(),
    )
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

/// Modules of a code, to be shared.
pub fn code() -> AnyView {
    let way =
        "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.6v1.6H9.5zM12 12h1.6v1.6H12z";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.4" /> }.into_any())
}

/// One step of the settings back.
pub fn undo() -> AnyView {
    let way = "M6 3 2.8 6.2 6 9.4M3.2 6.2h6.3a3.4 3.4 0 0 1 0 6.8H6";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any())
}

/// The step that was taken back, again.
pub fn redo() -> AnyView {
    let way = "m10 3 3.2 3.2L10 9.4M12.8 6.2H6.5a3.4 3.4 0 0 0 0 6.8H10";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any())
}

/// Put away.
pub fn cross() -> AnyView {
    icon(view! { <path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any())
}

/// More of it.
pub fn plus() -> AnyView {
    icon(
        view! { <path d="M8 3v10M3 8h10" fill="none" stroke="currentColor" stroke-width="1.8" /> }
            .into_any(),
    )
}

/// Less of it.
pub fn minus() -> AnyView {
    icon(
        view! { <path d="M3 8h10" fill="none" stroke="currentColor" stroke-width="1.8" /> }
            .into_any(),
    )
}

/// All of it.
pub fn whole() -> AnyView {
    let way = "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10";
    icon(view! { <path d=way fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any())
}

/// Line by line.
pub fn list() -> AnyView {
    icon(view! { <path d="M2.5 4h1.6M2.5 8h1.6M2.5 12h1.6M6.4 4h7.1M6.4 8h7.1M6.4 12h7.1" fill="none" stroke="currentColor" stroke-width="1.5" /> }.into_any())
}

/// A shape of the canvas, in a colour of the style sheet.
pub fn shape(name: &str, colour: &str) -> AnyView {
    let way = match name {
        "diamond" => "M8 1.5 14.5 8 8 14.5 1.5 8z",
        "square" => "M3 3h10v10H3z",
        "triangle" => "M8 2l6.5 12h-13z",
        "hexagon" => "M8 1.5l6 3.25v6.5L8 14.5l-6-3.25v-6.5z",
        _ => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
    };
    let fill = format!("var(--{colour})");
    icon(
        view! { <path d=way style:fill=fill stroke="currentColor" stroke-width="1.2" /> }
            .into_any(),
    )
}
