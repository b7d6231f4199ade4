//! Second act: loss, margin, gradient norm and distance, step by step, stage after stage.

use super::chart::line::{Figure, LineChart, Series};
use super::live::{live, words};
use super::settings::stages;
use super::state::Page;
use super::term::{Term, term};
use super::watched;
use crate::lab::view::{Look, TimedStep, TrainingMetrics};
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

/// A curve over the optimiser steps.
#[derive(Clone, Copy)]
struct Curve {
    name: &'static str,
    about: Term,
    hint: &'static str,
    /// The figure of a step, if it is a figure of steps.
    step: Option<fn(&TrainingMetrics) -> f32>,
    /// The figure of a look, if somebody looks for it.
    look: Option<fn(&Look) -> f32>,
    class: &'static str,
}

impl Curve {
    fn figure(self, view: &RunView) -> Figure {
        let of_steps = self.step.map(|value| {
            let point = |step: &TimedStep| {
                let metrics = &step.metrics;
                (f64::from(metrics.step), f64::from(value(metrics)))
            };
            (self.class, view.training.iter().map(point).collect())
        });
        let of_looks = self.look.map(|value| {
            let point = |look: &Look| (f64::from(look.step), f64::from(value(look)));
            let class = if of_steps.is_some() {
                "line kept"
            } else {
                self.class
            };
            (class, view.looks.iter().map(point).collect())
        });
        let series = |(class, points)| Series {
            name: self.name.to_owned(),
            class,
            points,
            scored: false,
            band: Vec::new(),
        };
        let config = view.config.as_ref();
        let planned = config.map_or(1, |config| config.steps_before(usize::MAX));
        let steps = view.training_steps.max(planned).max(2);
        let stages = config.map_or(1, |config| config.then.len() + 1);
        let begins =
            |stage: usize| config.map_or(0.0, |config| f64::from(config.steps_before(stage)) + 0.5);
        Figure {
            series: of_steps.into_iter().chain(of_looks).map(series).collect(),
            marks: (1..stages).map(begins).collect(),
            fixed: None,
            along: (
                if self.look.is_some() { 0.0 } else { 1.0 },
                f64::from(steps),
            ),
            counted: true,
        }
    }

    fn newest(self, view: &RunView) -> Option<String> {
        let of_step =
            |value: fn(&TrainingMetrics) -> f32| Some(value(&view.training.last()?.metrics));
        let of_look = |value: fn(&Look) -> f32| Some(value(view.looks.last()?));
        let newest = match self.step {
            Some(value) => of_step(value),
            None => self.look.and_then(of_look),
        };
        newest.map(|value| format!("{value:.3}"))
    }
}

/// Which stage is on hand, where there are several; and what stages ended early.
fn stage_line(page: Page) -> AnyView {
    let text = page.text();
    let line = move || {
        page.view.with(|view| {
            let config = view.config.as_ref()?;
            let all: Vec<_> = config.stages().collect();
            let stage = usize::from(view.lessons.last()?.stage);
            let mut parts = Vec::new();
            if all.len() > 1 {
                let name = stages::name(text, &all.get(stage)?.data);
                parts.push((text.learning.stage_of)(
                    stage as u32 + 1,
                    all.len() as u32,
                    name,
                ));
            }
            // A stage is over once another one, or another act, has begun.
            let over =
                |at: usize| at < stage || matches!(view.phase(), Phase::Testing | Phase::Done);
            let waits = all
                .iter()
                .enumerate()
                .filter(|(at, one)| one.patience > 0 && over(*at));
            for (at, one) in waits {
                let of_it = view
                    .training
                    .iter()
                    .filter(|step| usize::from(step.metrics.stage) == at);
                let (made, planned) = (of_it.count() as u32, u32::from(one.steps));
                if 0 < made && made < planned {
                    parts.push((text.learning.ended_early)(made, planned));
                }
            }
            Some(parts.join(" "))
        })
    };
    view! { <p class="stage-line" id="stage-line">{words(line)}</p> }.into_any()
}

#[component]
pub fn TrainPanel() -> impl IntoView {
    let page = Page::here();
    let figures = &page.text().figures;
    let learning = &page.text().learning;
    let charts = [
        Curve {
            name: figures.loss,
            about: Term::Loss,
            hint: figures.loss_hint,
            step: Some(|step| step.loss),
            look: Some(|look| look.watched.loss),
            class: "line loss",
        },
        Curve {
            name: figures.margin,
            about: Term::Margin,
            hint: figures.margin_hint,
            step: Some(|step| step.margin),
            look: None,
            class: "line margin",
        },
        Curve {
            name: figures.gradient,
            about: Term::GradientNorm,
            hint: figures.gradient_hint,
            step: Some(|step| step.gradient_norm),
            look: None,
            class: "line gradient",
        },
        Curve {
            name: learning.divergence,
            about: Term::KlDivergence,
            hint: learning.divergence_hint,
            step: None,
            look: Some(|look| look.watched.divergence),
            class: "line divergence",
        },
    ];
    let kept = Memo::new(move |_| {
        page.view
            .with(|view| view.looks.last().map(|look| look.kept))
    });
    let key = move || {
        let second = match kept.get() {
            Some(false) => learning.loss_some,
            _ => learning.loss_kept,
        };
        let one = |(class, words): (&'static str, &'static str)| {
            view! { <li><svg class="key" width="28" height="10" aria-hidden="true"><g class=class><line x1="0" x2="28" y1="5" y2="5" /></g></svg>{words}</li> }
        };
        let keys = [("line loss", learning.loss_learnt), ("line kept", second)];
        view! { <ul class="keys-line">{keys.map(one).collect_view()}</ul> }.into_any()
    };
    let chart = move |curve: Curve| {
        let figure = Memo::new(move |_| page.view.with(|view| curve.figure(view)));
        let last = move || page.view.with(|view| curve.newest(view));
        let key = (curve.step.is_some() && curve.look.is_some()).then(|| live(key));
        view! {
            <div class="chart-box">
                <h3>{term(curve.about, curve.name)}" "<output>{words(last)}</output></h3>
                <p class="aside">{curve.hint}</p>
                <LineChart figure=figure name=curve.name.to_owned() height=150.0 axis=figures.step_axis />
                {key}
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
    let row = |head: u32, values: Vec<f32>| {
        let cells = values
            .into_iter()
            .map(|value| view! { <td>{format!("{value:.3}")}</td> });
        view! { <tr><th scope="row">{head.to_string()}</th>{cells.collect_view()}</tr> }
    };
    let rows = move || {
        page.view.with(|view| {
            let newest = view.training.iter().rev().take(20).map(|step| step.metrics);
            let values = |one: TrainingMetrics| vec![one.loss, one.margin, one.gradient_norm];
            newest
                .map(|one| row(one.step, values(one)))
                .collect_view()
                .into_any()
        })
    };
    let looks = move || {
        page.view.with(|view| {
            let values = |look: &Look| vec![look.watched.loss, look.watched.divergence];
            view.looks
                .iter()
                .map(|look| row(look.step, values(look)))
                .collect_view()
                .into_any()
        })
    };
    let table = |caption: &'static str, names: Vec<&'static str>, rows: AnyView| {
        let heads = names
            .into_iter()
            .map(|name| view! { <th scope="col">{name}</th> });
        view! {
            <table class="hidden">
                <caption>{(figures.table_of)(caption)}</caption>
                <thead><tr><th scope="col">{figures.step_axis}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        {stage_line(page)}
        <p class="speed">{words(move || if empty.get() { Some(figures.training_empty.to_owned()) } else { speed() })}</p>
        {watched::lessons(page)}
        <div class="trio">{charts.map(chart).collect_view()}</div>
        {table(figures.loss, vec![figures.loss, figures.margin, figures.gradient], live(rows))}
        {table(learning.loss_kept, vec![learning.loss_kept, learning.divergence], live(looks))}
        {watched::questions(page)}
    }
    .into_any()
}
