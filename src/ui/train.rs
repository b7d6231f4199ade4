//! Second act: loss, margin and gradient norm, step by step.

use super::chart::line::{Figure, LineChart, Series};
use super::live::{live, words};
use super::state::Page;
use crate::lab::view::{TimedStep, TrainingMetrics};
use leptos::prelude::*;

/// Name, explanation, figure and look of a curve.
type Curve = (
    &'static str,
    &'static str,
    fn(&TrainingMetrics) -> f32,
    &'static str,
);

#[component]
pub fn TrainPanel() -> impl IntoView {
    let page = Page::here();
    let figures = &page.text().figures;
    let charts: [Curve; 3] = [
        (
            figures.loss,
            figures.loss_hint,
            |step| step.loss,
            "line loss",
        ),
        (
            figures.margin,
            figures.margin_hint,
            |step| step.margin,
            "line margin",
        ),
        (
            figures.gradient,
            figures.gradient_hint,
            |step| step.gradient_norm,
            "line gradient",
        ),
    ];
    let chart = move |(name, hint, value, class): Curve| {
        let figure = Memo::new(move |_| {
            page.view.with(|view| {
                let points = view
                    .training
                    .iter()
                    .map(|step| {
                        (
                            f64::from(step.metrics.step),
                            f64::from(value(&step.metrics)),
                        )
                    })
                    .collect();
                let planned = view
                    .config
                    .as_ref()
                    .map_or(1, |config| config.steps_before(usize::MAX));
                let steps = view.training_steps.max(planned).max(2);
                Figure {
                    series: vec![Series {
                        name: name.to_owned(),
                        class,
                        points,
                        scored: false,
                        band: Vec::new(),
                    }],
                    marks: Vec::new(),
                    fixed: None,
                    along: (1.0, f64::from(steps)),
                    counted: true,
                }
            })
        });
        let last = move || {
            page.view.with(|view| {
                view.training
                    .last()
                    .map(|step| format!("{:.3}", value(&step.metrics)))
            })
        };
        view! {
            <div class="chart-box">
                <h3>{name}" "<output>{words(last)}</output></h3>
                <p class="aside">{hint}</p>
                <LineChart figure=figure name=name.to_owned() height=150.0 axis=figures.step_axis />
            </div>
        }
        .into_any()
    };
    let empty = Memo::new(move |_| page.view.with(|view| view.training.is_empty()));
    let speed = move || {
        // A rate of tokens; far below the largest number.
        page.view.with(|view| {
            view.tokens_per_second()
                .map(|rate| (figures.tokens_per_second)(rate.round() as u32))
        })
    };
    let rows = move || {
        page.view.with(|view| {
            let row = |step: &TimedStep| {
                let metrics = step.metrics;
                view! {
                    <tr>
                        <th scope="row">{metrics.step.to_string()}</th>
                        {[metrics.loss, metrics.margin, metrics.gradient_norm].map(|value| view! { <td>{format!("{value:.3}")}</td> }).collect_view()}
                    </tr>
                }
            };
            view.training.iter().rev().take(20).map(row).collect_view().into_any()
        })
    };
    view! {
        <p class="speed">{words(move || if empty.get() { Some(figures.training_empty.to_owned()) } else { speed() })}</p>
        <div class="trio">{charts.map(chart).collect_view()}</div>
        <table class="hidden">
            <caption>{(figures.table_of)(figures.loss)}</caption>
            <thead><tr><th scope="col">{figures.step_axis}</th>{[figures.loss, figures.margin, figures.gradient].map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
            <tbody>{live(rows)}</tbody>
        </table>
    }
    .into_any()
}
