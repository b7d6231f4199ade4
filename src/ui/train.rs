//! Second act: loss, margin, gradient norm and distance, step by step, stage after stage.

use super::chart::figure::{Axis, Content, Figure, Lines, Series, Unit};
use super::chart::look;
use super::chart::view::chart;
use super::live::words;
use super::settings::stages;
use super::state::Page;
use super::term::{Term, term};
use super::text::Text;
use super::watched;
use crate::lab::view::{Look, TimedStep, TrainingMetrics};
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

/// A curve over the optimiser steps.
#[derive(Clone, Copy)]
struct Curve {
    /// Names its files.
    id: &'static str,
    name: &'static str,
    about: Term,
    hint: &'static str,
    /// The figure of a step, if it is a figure of steps.
    step: Option<fn(&TrainingMetrics) -> f32>,
    /// The figure of a look, if somebody looks for it.
    look: Option<fn(&Look) -> f32>,
}

impl Curve {
    /// What is drawn; a curve of both steps and looks has a name for each.
    fn figure(self, view: &RunView, text: &Text) -> Figure {
        let of_steps = self.step.map(|value| {
            let point = |step: &TimedStep| {
                let metrics = &step.metrics;
                (f64::from(metrics.step), f64::from(value(metrics)))
            };
            view.training.iter().map(point).collect()
        });
        let of_looks = self.look.map(|value| {
            let point = |look: &Look| (f64::from(look.step), f64::from(value(look)));
            view.looks.iter().map(point).collect()
        });
        let learning = &text.learning;
        let some = view.looks.last().is_some_and(|look| !look.kept);
        let kept = if some {
            learning.loss_some
        } else {
            learning.loss_kept
        };
        let series = match (of_steps, of_looks) {
            (Some(steps), Some(looks)) => vec![
                Series::new(kept, look::BESIDE, looks),
                Series::new(learning.loss_learnt, look::MAIN, steps),
            ],
            (steps, looks) => {
                let points = steps.or(looks).unwrap_or_default();
                vec![Series::new(self.name, look::MAIN, points)]
            }
        };
        let config = view.config.as_ref();
        let planned = config.map_or(1, |config| config.steps_before(usize::MAX));
        let steps = view.training_steps.max(planned).max(2);
        let stages = config.map_or(1, |config| config.then.len() + 1);
        let begins =
            |stage: usize| config.map_or(0.0, |config| f64::from(config.steps_before(stage)) + 0.5);
        let first = if self.look.is_some() { 0.0 } else { 1.0 };
        let lines = Lines {
            series,
            begins: (1..stages).map(begins).collect(),
        };
        Figure::of(
            self.name,
            162.0,
            Axis::of(text.figures.step_axis, Unit::Count)
                .within(first, f64::from(steps))
                .said(learning.at_step),
            Axis::of("", Unit::Fine),
            Content::Lines(lines),
        )
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
            id: "loss",
            name: figures.loss,
            about: Term::Loss,
            hint: figures.loss_hint,
            step: Some(|step| step.loss),
            look: Some(|look| look.watched.loss),
        },
        Curve {
            id: "margin",
            name: figures.margin,
            about: Term::Margin,
            hint: figures.margin_hint,
            step: Some(|step| step.margin),
            look: None,
        },
        Curve {
            id: "gradient",
            name: figures.gradient,
            about: Term::GradientNorm,
            hint: figures.gradient_hint,
            step: Some(|step| step.gradient_norm),
            look: None,
        },
        Curve {
            id: "divergence",
            name: learning.divergence,
            about: Term::KlDivergence,
            hint: learning.divergence_hint,
            step: None,
            look: Some(|look| look.watched.divergence),
        },
    ];
    let drawn = move |curve: Curve| {
        let figure = Memo::new(move |_| page.view.with(|view| curve.figure(view, page.text())));
        let last = move || page.view.with(|view| curve.newest(view));
        view! {
            <div class="chart-box">
                <h3>{term(curve.about, curve.name)}" "<output>{words(last)}</output></h3>
                <p class="aside">{curve.hint}</p>
                {chart(page, curve.id, figure)}
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
    view! {
        {stage_line(page)}
        <p class="speed">{words(move || if empty.get() { Some(figures.training_empty.to_owned()) } else { speed() })}</p>
        {watched::lessons(page)}
        <div class="trio">{charts.map(drawn).collect_view()}</div>
        {watched::questions(page)}
    }
    .into_any()
}
