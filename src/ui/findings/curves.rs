//! The curves of a setting, beside those of another, with intervals over the seeds.

use super::super::chart::figure::{Axis, Content, Figure, Lines, Series, Unit};
use super::super::chart::look::{self, Look};
use super::super::chart::view::chart;
use super::super::parts;
use super::super::state::Page;
use super::claims::setting;
use super::file::{CURVES, Curves, Findings, Rounds};
use crate::lab::view::statistics::Measured;
use leptos::prelude::*;

/// What each can be: intervals over few seeds reach beyond it.
const RANGES: [(f64, f64); CURVES.len()] = [
    (1.0, 7.0),
    (1.0, 7.0),
    (1.0, 7.0),
    (1.0, 7.0),
    (-1.0, 1.0),
    (0.0, 6.0),
    (0.0, 6.0),
];

/// The figure of a setting that is shown at first.
const FIRST: usize = 1;

fn series(name: &str, look: Look, rounds: &[Option<Measured>], range: (f64, f64)) -> Series {
    let known = || {
        let numbered = (1u32..).zip(rounds);
        numbered.filter_map(|(round, found)| Some((f64::from(round), (*found)?)))
    };
    let end = |(round, found): (f64, Measured)| {
        let (low, high) = found.interval?;
        let inside = |end: f32| f64::from(end).clamp(range.0, range.1);
        Some((round, inside(low), inside(high)))
    };
    let points = known().map(|(round, found)| (round, f64::from(found.value)));
    Series {
        band: known().filter_map(end).collect(),
        ..Series::new(name, look, points.collect())
    }
}

/// What is drawn of a setting.
#[derive(Clone)]
struct Shown {
    name: String,
    /// In the order of [`CURVES`].
    rounds: Vec<Rounds>,
}

pub fn curves(page: Page, found: &Findings) -> AnyView {
    let text = page.text();
    let words = &text.findings;
    if found.settings.is_empty() {
        return ().into_any();
    }
    let scale = |one: &Curves| (words.scale)(one.size * one.size, one.rounds);
    let long = |one: &Curves| {
        let about = match (words.setting)(&one.name) {
            Some(known) => known.to_owned(),
            None => format!("{}: {}", setting(words, &one.name), one.about),
        };
        format!("{about} ({})", scale(one))
    };
    let shown = |one: &Curves| Shown {
        name: format!("{} ({})", setting(words, &one.name), scale(one)),
        rounds: one.curves.clone(),
    };
    let names: Vec<String> = found.settings.iter().map(long).collect();
    let others: Vec<String> = std::iter::once(words.none.to_owned())
        .chain(names.clone())
        .collect();
    let all = StoredValue::new(found.settings.iter().map(shown).collect::<Vec<Shown>>());
    let window = found.settings.first().map_or(1, |one| one.window);
    let bad = found.settings.iter().position(|one| one.name == "all_bad");
    let (one, other, figure) = (
        RwSignal::new(0usize),
        RwSignal::new(bad.map_or(0, |place| place + 1)),
        RwSignal::new(FIRST),
    );
    let kinds = [
        words.alignment,
        words.revised,
        words.engagement,
        words.engagement_revised,
        words.moran,
        text.statistics.neighbours,
        text.statistics.anybody,
    ];
    let kinds_list = kinds.map(str::to_owned).into();
    // The settings that are drawn, the one in front last.
    let chosen = move || {
        let mut places = vec![(one.get(), look::MAIN)];
        if let Some(other) = other
            .get()
            .checked_sub(1)
            .filter(|other| *other != one.get())
        {
            places.insert(0, (other, look::BESIDE));
        }
        places
    };
    let drawn = Memo::new(move |_| {
        let kind = figure.get();
        let series: Vec<Series> = all.with_value(|all| {
            let places = chosen();
            let places = places.iter().filter_map(|(place, look)| {
                let shown = all.get(*place)?;
                let rounds = shown.rounds.get(kind)?;
                Some(series(&shown.name, *look, rounds, *RANGES.get(kind)?))
            });
            places.collect()
        });
        let ends = series.iter().filter_map(|one| one.points.last());
        let last = ends.fold(1.0, |last: f64, point| last.max(point.0));
        let across = Axis::of("", Unit::Count).said(text.scene.round);
        let lines = Lines {
            series,
            begins: Vec::new(),
        };
        Figure::of(
            kinds.get(kind).copied().unwrap_or_default(),
            190.0,
            across.within(0.5, last + 0.5),
            Axis::default(),
            Content::Lines(lines),
        )
    });
    let select = |name, options, chosen| parts::select("", "field", name, options, chosen);
    let choices = vec![
        select(words.figure, kinds_list, figure),
        select(words.shown, names, one),
        select(words.beside, others, other),
    ];
    let inside = vec![
        view! { <div class="findings-choices">{choices}</div> }.into_any(),
        chart(page, "found-curves", drawn),
        parts::line("aside", (words.curves_hint)(window)),
    ];
    parts::section("findings-curves", words.curves, inside)
}
