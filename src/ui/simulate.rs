//! First act: the curve by rounds, and the record.

use super::chart::line::{Figure, LineChart, Series};
use super::happenings::Happenings;
use super::live::{live, words};
use super::record::Record;
use super::seat::TakeSeat;
use super::state::Page;
use super::statistics::Statistics;
use leptos::prelude::*;

#[component]
pub fn SimulatePanel() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let (scene, figures) = (&text.scene, &text.figures);
    let figure = Memo::new(move |_| {
        page.view.with(|view| {
            let rounds = view
                .config
                .as_ref()
                .map_or(1, |config| config.society.rounds);
            let line =
                |name: String,
                 class,
                 scored,
                 value: fn(&crate::lab::view::GroupStatistics) -> f32| Series {
                    name,
                    class,
                    points: view
                        .rounds
                        .iter()
                        .map(|round| (f64::from(round.round) + 1.0, f64::from(value(&round.all))))
                        .collect(),
                    scored,
                    band: Vec::new(),
                };
            Figure {
                series: vec![
                    line(
                        format!("{}, {}", scene.engagement, figures.revisions),
                        "line engagement",
                        false,
                        |all| all.engagement_revision,
                    ),
                    line(
                        format!("{}, {}", scene.alignment, figures.drafts),
                        "line drafts",
                        false,
                        |all| all.alignment_draft,
                    ),
                    line(
                        format!("{}, {}", scene.alignment, figures.revisions),
                        "line alignment",
                        true,
                        |all| all.alignment_revision,
                    ),
                ],
                marks: Vec::new(),
                fixed: Some((1.0, 7.0)),
                along: (0.5, f64::from(rounds.max(1)) + 0.5),
                counted: true,
            }
        })
    });
    let empty = Memo::new(move |_| page.view.with(|view| view.rounds.is_empty()));
    let keys = [
        ("line alignment", scene.alignment, figures.revisions),
        ("line drafts", scene.alignment, figures.drafts),
        ("line engagement", scene.engagement, figures.revisions),
    ];
    let key = |(class, what, whose): (&'static str, &'static str, &'static str)| {
        view! {
            <li>
                <svg class="key" width="28" height="10" aria-hidden="true"><g class=class><line x1="0" x2="28" y1="5" y2="5" /></g></svg>
                {what}", "{whose}
            </li>
        }
    };
    let rows = move || {
        page.view.with(|view| {
            let row = |round: &crate::lab::view::RoundStatistics| {
                let figures = [round.all.alignment_draft, round.all.alignment_revision, round.all.engagement_draft, round.all.engagement_revision];
                view! {
                    <tr><th scope="row">{(round.round + 1).to_string()}</th>{figures.map(|value| view! { <td>{format!("{value:.2}")}</td> }).collect_view()}</tr>
                }
            };
            view.rounds.iter().map(row).collect_view().into_any()
        })
    };
    let columns = [
        (scene.alignment, figures.drafts),
        (scene.alignment, figures.revisions),
        (scene.engagement, figures.drafts),
        (scene.engagement, figures.revisions),
    ];
    view! {
        <div class="chart-box">
            <h3>{figures.by_round}</h3>
            <LineChart figure=figure name=figures.by_round.to_owned() height=190.0 axis="" />
            <p class="chart-empty">{words(move || empty.get().then_some(figures.by_round_empty))}</p>
            <ul class="keys-line">{keys.map(key).collect_view()}</ul>
            <table class="hidden">
                <caption>{(figures.table_of)(figures.by_round)}</caption>
                <thead><tr><td></td>{columns.map(|(what, whose)| view! { <th scope="col">{what}", "{whose}</th> }).collect_view()}</tr></thead>
                <tbody>{live(rows)}</tbody>
            </table>
        </div>
        <Statistics />
        <div class="doings"><Happenings /><TakeSeat /></div>
        <Record />
    }
    .into_any()
}
