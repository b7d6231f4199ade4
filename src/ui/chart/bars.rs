//! Two bars with their 95 % intervals, before and after. Percentages only, so it fits any width.

use crate::lab::view::Estimate;
use leptos::prelude::*;

/// Height of one bar and of the gap around it.
const BAR: f64 = 9.0;
const ROW: f64 = 16.0;

/// Bars for a suite; `full` is the value at the right edge, `from` the one at the left.
pub fn pair(base: Option<Estimate>, trained: Option<Estimate>, from: f64, full: f64) -> AnyView {
    let place = move |value: f32| {
        format!(
            "{:.2}%",
            ((f64::from(value) - from) / (full - from)).clamp(0.0, 1.0) * 100.0
        )
    };
    let bar = move |estimate: Estimate, class: &'static str, row: f64| {
        let middle = (row + BAR / 2.0).to_string();
        view! {
            <rect class=class x="0" y=row.to_string() width=place(estimate.value) height=BAR.to_string() />
            <line class="whisker" x1=place(estimate.low) x2=place(estimate.high) y1=middle.clone() y2=middle />
            {[estimate.low, estimate.high].map(|end| view! {
                <line class="whisker" x1=place(end) x2=place(end) y1=(row + 1.0).to_string() y2=(row + BAR - 1.0).to_string() />
            }).collect_view()}
        }
        .into_any()
    };
    view! {
        <svg class="bars" width="100%" height=(2.0 * ROW).to_string() aria-hidden="true" focusable="false">
            <line class="grid" x1="0" x2="0" y1="0" y2=(2.0 * ROW).to_string() />
            <line class="grid" x1="100%" x2="100%" y1="0" y2=(2.0 * ROW).to_string() />
            {base.map(|estimate| bar(estimate, "bar base", 3.5))}
            {trained.map(|estimate| bar(estimate, "bar trained", ROW + 3.5))}
        </svg>
    }
    .into_any()
}
