//! The curve by rounds, which is always in view below the conversation, and the first act: the society
//! in figures, and the record.

use super::chart::figure::{Axis, Content, Figure, Lines, Series, Unit};
use super::chart::look;
use super::chart::view::chart;
use super::happenings::Happenings;
use super::live::words;
use super::record::Record;
use super::seat::TakeSeat;
use super::state::Page;
use super::statistics::Statistics;
use super::text::SceneText;
use crate::lab::view::{GroupStatistics, RoundStatistics};
use leptos::prelude::*;

/// As low as it can be and still be read: it has to be in the first view, below the conversation.
const CURVE_HEIGHT: f64 = 132.0;

/// Scores from round to round, on axes that hold the whole run from its first moment.
pub fn by_rounds(
    scene: &SceneText,
    title: &str,
    height: f64,
    rounds: u16,
    series: Vec<Series>,
) -> Figure {
    let across = Axis::of("", Unit::Count).said(scene.round);
    let lines = Lines {
        series,
        begins: Vec::new(),
    };
    Figure::of(
        title,
        height,
        across.within(0.5, f64::from(rounds.max(1)) + 0.5),
        Axis::default().within(1.0, 7.0),
        Content::Lines(lines),
    )
}

/// How the society fares from round to round.
#[component]
pub fn Curve() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let (scene, figures) = (&text.scene, &text.figures);
    let figure = Memo::new(move |_| {
        page.view.with(|view| {
            let config = view.config.as_ref();
            let rounds = config.map_or(1, |config| config.society.rounds);
            let and = text.frame.and;
            let line = |what: &str, whose: &str, look, value: fn(&GroupStatistics) -> f32| {
                let point = |round: &RoundStatistics| {
                    // Without a score a mean is 0, which is below the scale.
                    let mean = Some(value(&round.all)).filter(|mean| *mean >= 1.0);
                    Some((f64::from(round.round) + 1.0, f64::from(mean?)))
                };
                let points = view.rounds.iter().filter_map(point).collect();
                Series::new(format!("{what}{and}{whose}"), look, points)
            };
            let series = vec![
                line(scene.engagement, figures.revisions, look::BESIDE, |all| {
                    all.engagement_revision
                }),
                line(scene.alignment, figures.drafts, look::BEFORE, |all| {
                    all.alignment_draft
                }),
                Series {
                    scored: true,
                    ..line(scene.alignment, figures.revisions, look::MAIN, |all| {
                        all.alignment_revision
                    })
                },
            ];
            by_rounds(scene, figures.by_round, CURVE_HEIGHT, rounds, series)
        })
    });
    let empty = Memo::new(move |_| page.view.with(|view| view.rounds.is_empty()));
    view! {
        <section class="panel curve chart-box" aria-labelledby="curve-title">
            <h2 id="curve-title">{figures.curve}</h2>
            {chart(page, "rounds", figure)}
            <p class="chart-empty">{words(move || empty.get().then_some(figures.by_round_empty))}</p>
        </section>
    }
    .into_any()
}

#[component]
pub fn SimulatePanel() -> impl IntoView {
    view! {
        <Statistics />
        <div class="doings"><Happenings /><TakeSeat /></div>
        <Record />
    }
    .into_any()
}
