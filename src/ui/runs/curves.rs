//! The runs' curves over each other: training step by step, the village round by round. And where runs
//! differ by nothing but their seed, a small panel for each seed.

use super::super::chart::common::share;
use super::super::chart::figure::{Axis, Content, Figure, Lines, Panel, Series, Unit};
use super::super::chart::look;
use super::super::chart::view::chart;
use super::super::live::live;
use super::super::parts;
use super::super::state::Page;
use super::super::text::RunsText;
use super::{Compared, Shown, words};
use crate::lab::RunConfig;
use crate::lab::kept::{KeptRun, RoundPoint, TrainingPoint};
use leptos::prelude::*;

/// Places and values.
type Points = Vec<(f64, f64)>;

fn steps(points: &[TrainingPoint], of: fn(&TrainingPoint) -> Option<f32>) -> Points {
    let point = |one: &TrainingPoint| Some((f64::from(one.step), f64::from(of(one)?)));
    points.iter().filter_map(point).collect()
}

fn rounds(points: &[RoundPoint], of: fn(&RoundPoint) -> Option<f32>) -> Points {
    let point = |one: &RoundPoint| Some((f64::from(one.round) + 1.0, f64::from(of(one)?)));
    points.iter().filter_map(point).collect()
}

/// A figure of a run, in the order of their names in the text.
fn points(run: &KeptRun, kind: usize) -> Points {
    match kind {
        0 => steps(&run.training, |one| one.loss),
        1 => steps(&run.training, |one| one.margin),
        2 => rounds(&run.rounds, |one| one.alignment),
        _ => rounds(&run.rounds, |one| one.engagement),
    }
}

/// The axes of a figure.
fn axes(text: &RunsText, kind: usize) -> [Axis; 2] {
    let across = if kind < 2 { text.step } else { text.round };
    let up = if kind < 2 { Unit::Fine } else { Unit::Score };
    [Axis::of(across, Unit::Count), Axis::of("", up)]
}

fn panel(text: &RunsText, kind: usize, name: &str, series: Vec<Series>) -> Option<Panel> {
    let [across, up] = axes(text, kind);
    let lines = Lines {
        series,
        begins: Vec::new(),
    };
    (!lines.series.is_empty()).then(|| Panel {
        name: name.to_owned(),
        across,
        up,
        content: Content::Lines(lines),
    })
}

/// A run's line, with its number at the end.
fn line(shown: &Shown, kind: usize) -> Option<Series> {
    let points = points(&shown.run, kind);
    (!points.is_empty()).then(|| Series {
        sign: (shown.place + 1).to_string(),
        ..Series::new(shown.run.name.clone(), look::run(shown.place), points)
    })
}

/// All figures that there is anything to show of, a panel each.
fn overlaid(text: &RunsText, runs: &[Shown]) -> Figure {
    let kinds = text.panels.iter().enumerate();
    let panels = kinds.filter_map(|(kind, name)| {
        // The first one lies in front, and is named first.
        let series = runs.iter().rev().filter_map(|shown| line(shown, kind));
        panel(text, kind, name, series.collect())
    });
    Figure {
        title: text.curves.to_owned(),
        panels: panels.collect(),
        height: 200.0,
        least: 250.0,
    }
}

/// Runs that differ by nothing but their seed, those alike together; only where there are such.
fn alike(runs: &[Shown]) -> Vec<Vec<&Shown>> {
    let without = |shown: &Shown| RunConfig {
        seed: 0,
        ..shown.run.config.clone()
    };
    let mut groups: Vec<(RunConfig, Vec<&Shown>)> = Vec::new();
    for shown in runs {
        let config = without(shown);
        match groups.iter_mut().find(|group| group.0 == config) {
            // The same run kept twice is one run.
            Some((_, known))
                if known
                    .iter()
                    .any(|one| one.run.config.seed == shown.run.config.seed) => {}
            Some((_, known)) => known.push(shown),
            None => groups.push((config, vec![shown])),
        }
    }
    groups.retain(|group| group.1.len() > 1);
    groups.into_iter().map(|group| group.1).collect()
}

/// One figure with each seed: a panel a seed, on common scales.
fn seed_by_seed(text: &RunsText, groups: &[Vec<&Shown>], kind: usize) -> Figure {
    let mut seeds: Vec<u64> = groups
        .iter()
        .flatten()
        .map(|shown| shown.run.config.seed)
        .collect();
    seeds.sort_unstable();
    seeds.dedup();
    let panels = seeds.iter().filter_map(|seed| {
        // The look of a group is that of its first run, in every panel.
        let series = groups.iter().rev().filter_map(|group| {
            let first = group.first()?;
            let own = group.iter().find(|shown| shown.run.config.seed == *seed)?;
            let look = look::run(first.place);
            let own = line(own, kind)?;
            Some(Series {
                look,
                name: first.run.name.clone(),
                ..own
            })
        });
        panel(
            text,
            kind,
            &(text.seed)(&seed.to_string()),
            series.collect(),
        )
    });
    let name = text.panels.get(kind).copied().unwrap_or_default();
    let mut figure = Figure {
        title: format!("{}: {name}", text.by_seed),
        panels: panels.collect(),
        height: 150.0,
        least: 150.0,
    };
    share(&mut figure);
    figure
}

fn by_seed(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let kind = RwSignal::new(2usize);
    let any = Memo::new(move |_| compared.with(|runs| !alike(runs).is_empty()));
    let figure =
        Memo::new(move |_| compared.with(|runs| seed_by_seed(text, &alike(runs), kind.get())));
    live(move || {
        if !any.get() {
            return ().into_any();
        }
        let names = text.panels.map(str::to_owned).into();
        let inside = vec![
            parts::radios("seeds-figure", text.by_seed, names, kind, ().into_any()),
            chart(page, "seeds", figure),
            parts::line("aside", text.by_seed_hint),
        ];
        parts::section("runs-seeds", text.by_seed, inside)
    })
}

pub fn curves(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let drawn = Memo::new(move |_| compared.with(|runs| overlaid(text, runs)));
    let inside = vec![chart(page, "runs-curves", drawn), by_seed(page, compared)];
    parts::section("runs-curves", text.curves, inside)
}
