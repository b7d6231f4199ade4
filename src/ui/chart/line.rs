//! A chart of lines that fits itself to its place, with a table of the same figures.

use super::scale::{Scale, short, thin, ticks};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// More points than this can't be told apart on any screen.
const MOST_POINTS: usize = 600;
/// More marks than this only hide the line.
const MOST_MARKS: usize = 24;
/// Width of a figure beside the upright axis.
const FIGURE: f64 = 7.5;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 22.0;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it shows.
    pub name: String,
    /// Its look, a class of the style sheet.
    pub class: &'static str,
    /// Places and values.
    pub points: Vec<(f64, f64)>,
    /// Points carry a mark in the colour of their value, a score from 1 to 7.
    pub scored: bool,
    /// Places with the lower and upper ends of intervals, drawn as a band behind the line.
    pub band: Vec<(f64, f64, f64)>,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figure {
    /// The lines.
    pub series: Vec<Series>,
    /// Places on the level axis where something begins.
    pub marks: Vec<f64>,
    /// Range of the upright axis, if it is fixed.
    pub fixed: Option<(f64, f64)>,
    /// Range of the level axis.
    pub along: (f64, f64),
    /// The level axis counts whole things.
    pub counted: bool,
}

/// Draws a figure; `name` says what it is to those who can't see it.
#[component]
pub fn LineChart(
    #[prop(into)] figure: Signal<Figure>,
    name: String,
    height: f64,
    axis: &'static str,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let width = RwSignal::new(0.0f64);
    Effect::new(move || {
        let Some(element) = place.get() else {
            return;
        };
        width.set(element.get_bounding_client_rect().width());
        let measured = element.clone();
        let resized = Closure::<dyn Fn()>::new(move || {
            let now = measured.get_bounding_client_rect().width();
            if (now - width.get_untracked()).abs() > 0.5 {
                width.set(now);
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, resized));
            on_cleanup(move || {
                kept.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
    let drawing = move || {
        let wide = width.get();
        if wide < 60.0 {
            ().into_any()
        } else {
            figure.with(|figure| draw(figure, wide, height, axis))
        }
    };
    view! {
        <div class="chart" node_ref=place role="img" aria-label=name style:height=format!("{height}px")>
            {crate::ui::live::live(drawing)}
        </div>
    }
    .into_any()
}

fn draw(figure: &Figure, width: f64, height: f64, axis: &'static str) -> AnyView {
    let values = || {
        figure
            .series
            .iter()
            .flat_map(|series| {
                let ends = series.band.iter().flat_map(|(_, low, high)| [*low, *high]);
                series.points.iter().map(|point| point.1).chain(ends)
            })
            .filter(|value| value.is_finite())
    };
    let (low, high) = figure.fixed.unwrap_or_else(|| {
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        if low <= high { (low, high) } else { (0.0, 1.0) }
    });
    let up = ticks(low, high, if figure.fixed.is_some() { 6 } else { 3 });
    let ends = (
        up.first().copied().unwrap_or(low),
        up.last().copied().unwrap_or(high),
    );
    let step = if up.len() > 1 { up[1] - up[0] } else { 1.0 };
    let figures = up.iter().map(|tick| short(*tick, step).len()).max();
    let left = (figures.unwrap_or(1) as f64 * FIGURE + 8.0).max(34.0);
    let x = Scale {
        from: figure.along,
        to: (left, width - RIGHT),
    };
    let y = Scale {
        from: ends,
        to: (height - BOTTOM, TOP),
    };
    let level = up.iter().map(|tick| {
        let at = y.at(*tick);
        view! {
            <line x1=left.to_string() x2=(width - RIGHT).to_string() y1=at.to_string() y2=at.to_string() class="grid" />
            <text x=(left - 6.0).to_string() y=(at + 4.0).to_string() text-anchor="end">{short(*tick, step)}</text>
        }
    });
    let along = ticks(
        figure.along.0,
        figure.along.1,
        if width < 360.0 { 4 } else { 8 },
    );
    let wide = if along.len() > 1 {
        along[1] - along[0]
    } else {
        1.0
    };
    let shown = along.iter().filter(|tick| {
        let inside = (figure.along.0..=figure.along.1).contains(*tick);
        inside && (!figure.counted || tick.fract() == 0.0)
    });
    let feet = shown.map(|tick| {
        let words = short(*tick, wide.max(if figure.counted { 1.0 } else { 0.0 }));
        view! { <text x=x.at(*tick).to_string() y=(height - 6.0).to_string() text-anchor="middle">{words}</text> }
    });
    let marks = figure.marks.iter().map(|mark| {
        let at = x.at(*mark).to_string();
        view! { <line class="beginning" x1=at.clone() x2=at y1=TOP.to_string() y2=(height - BOTTOM).to_string() /> }
    });
    let lines = figure.series.iter().map(|series| one_line(series, x, y));
    view! {
        <svg width=width.to_string() height=height.to_string() aria-hidden="true" focusable="false">
            {level.collect_view()}
            {feet.collect_view()}
            <text class="axis" x="0" y=(height - 6.0).to_string()>{axis}</text>
            {marks.collect_view()}
            {lines.collect_view()}
        </svg>
    }
    .into_any()
}

fn one_line(series: &Series, x: Scale, y: Scale) -> AnyView {
    let points = thin(&series.points, MOST_POINTS);
    let finite = points.iter().filter(|point| point.1.is_finite());
    let path: Vec<String> = finite
        .clone()
        .map(|point| format!("{:.1},{:.1}", x.at(point.0), y.at(point.1)))
        .collect();
    let marks = if points.len() > MOST_MARKS {
        ().into_any()
    } else {
        let mark = |point: &(f64, f64)| {
            // Scores lie between 1 and 7.
            let score = series
                .scored
                .then(|| (point.1.round().clamp(1.0, 7.0) as u8).to_string());
            let size = if series.scored { "4.5" } else { "3" };
            view! { <circle class="mark" data-score=score cx=x.at(point.0).to_string() cy=y.at(point.1).to_string() r=size /> }
        };
        finite.map(mark).collect_view().into_any()
    };
    let corner = |at: f64, value: f64| format!("{:.1},{:.1}", x.at(at), y.at(value));
    let over = series.band.iter().map(|(at, _, high)| corner(*at, *high));
    let under = series.band.iter().rev();
    let under = under.map(|(at, low, _)| corner(*at, *low));
    let band: Vec<String> = over.chain(under).collect();
    let band = (!band.is_empty()).then(|| view! { <polygon class="band" points=band.join(" ") /> });
    view! { <g class=series.class>{band}<polyline points=path.join(" ") fill="none" />{marks}</g> }
        .into_any()
}
