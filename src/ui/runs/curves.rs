//! The runs' curves over each other: training step by step, the village round by round.

use super::super::chart::scale::{Scale, short, ticks};
use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::text::RunsText;
use super::{Compared, Shown, look, words};
use crate::lab::kept::{RoundPoint, TrainingPoint};
use leptos::prelude::*;

/// One panel's own units.
pub const WIDE: f64 = 340.0;
pub const HIGH: f64 = 200.0;
const LEFT: f64 = 42.0;
const RIGHT: f64 = 330.0;
const TOP: f64 = 26.0;
const FOOT: f64 = 172.0;

/// What the panels show, in the order of their names in the text.
type Points = Vec<(f64, f64)>;

/// One run's line in a panel.
pub struct Line {
    look: &'static str,
    name: String,
    points: Points,
}

/// A panel: a figure of every run.
pub struct Panel {
    pub name: &'static str,
    axis: &'static str,
    pub lines: Vec<Line>,
}

fn steps(points: &[TrainingPoint], of: fn(&TrainingPoint) -> Option<f32>) -> Points {
    let point = |one: &TrainingPoint| Some((f64::from(one.step), f64::from(of(one)?)));
    points.iter().filter_map(point).collect()
}

fn rounds(points: &[RoundPoint], of: fn(&RoundPoint) -> Option<f32>) -> Points {
    let point = |one: &RoundPoint| Some((f64::from(one.round) + 1.0, f64::from(of(one)?)));
    points.iter().filter_map(point).collect()
}

/// All panels that have something to show.
pub fn panels(text: &RunsText, runs: &[Shown]) -> Vec<Panel> {
    let kinds = text.panels.iter().enumerate().map(|(kind, name)| {
        let line = |shown: &Shown| {
            let run = &shown.run;
            let points = match kind {
                0 => steps(&run.training, |one| one.loss),
                1 => steps(&run.training, |one| one.margin),
                2 => rounds(&run.rounds, |one| one.alignment),
                _ => rounds(&run.rounds, |one| one.engagement),
            };
            (!points.is_empty()).then(|| Line {
                look: look(shown.place),
                name: run.name.clone(),
                points,
            })
        };
        Panel {
            name,
            axis: if kind < 2 { text.step } else { text.round },
            lines: runs.iter().filter_map(line).collect(),
        }
    });
    kinds.filter(|panel| !panel.lines.is_empty()).collect()
}

/// The ends of some numbers; of none, 0 and 1.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if ends.0 <= ends.1 { ends } else { (0.0, 1.0) }
}

impl Panel {
    /// The drawing: what is inside an SVG of [`WIDE`] by [`HIGH`].
    pub fn draw(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let (low, high) = ends(points().map(|point| point.1));
        let (first, last) = ends(points().map(|point| point.0));
        let up = ticks(low, high, 4);
        let from = (
            up.first().copied().unwrap_or(low),
            up.last().copied().unwrap_or(high),
        );
        let y = Scale {
            from,
            to: (FOOT, TOP),
        };
        let x = Scale {
            from: (first, last),
            to: (LEFT + 4.0, RIGHT - 6.0),
        };
        let apart = match up.as_slice() {
            [first, second, ..] => second - first,
            _ => 1.0,
        };
        let mut svg = format!(
            "<text class='panel-name' x='2' y='14'>{}</text>",
            escaped(self.name)
        );
        for tick in &up {
            let at = y.at(*tick);
            svg.push_str(&format!(
                "<path class='grid' d='M{LEFT} {at:.1}H{RIGHT}'/><text x='36' y='{:.1}' text-anchor='end'>{}</text>",
                at + 4.0,
                short(*tick, apart)
            ));
        }
        let along = ticks(first, last, 5);
        let inside = along
            .iter()
            .filter(|tick| (first..=last).contains(*tick) && tick.fract() == 0.0);
        for tick in inside {
            svg.push_str(&format!(
                "<text x='{:.1}' y='188' text-anchor='middle'>{}</text>",
                x.at(*tick),
                short(*tick, 1.0)
            ));
        }
        svg.push_str(&format!(
            "<text x='2' y='188'>{}</text>",
            escaped(self.axis)
        ));
        for line in &self.lines {
            svg.push_str(&line.draw(x, y));
        }
        svg
    }
}

impl Line {
    fn draw(&self, x: Scale, y: Scale) -> String {
        /// More marks than this only hide the line.
        const MOST_MARKS: usize = 24;
        let places = self
            .points
            .iter()
            .map(|(at, value)| (x.at(*at), y.at(*value)));
        let corners: Vec<String> = places
            .clone()
            .map(|(across, up)| format!("{across:.1},{up:.1}"))
            .collect();
        let marks: String = if self.points.len() <= MOST_MARKS {
            places
                .map(|(across, up)| format!("<circle cx='{across:.1}' cy='{up:.1}' r='2.5'/>"))
                .collect()
        } else {
            String::new()
        };
        format!(
            "<g class='{}'><polyline points='{}' fill='none'/>{marks}<title>{}</title></g>",
            self.look,
            corners.join(" "),
            escaped(&self.name)
        )
    }
}

/// Which look is whose, as markup.
fn key(runs: &[Shown]) -> String {
    let line = |shown: &Shown| {
        format!(
            "<li><svg class='key' width='28' height='10' aria-hidden='true'><g class='{}'><polyline points='0,5 28,5'/></g></svg>{} {}</li>",
            look(shown.place),
            shown.place + 1,
            escaped(&shown.run.name)
        )
    };
    format!(
        "<ul class='keys-line'>{}</ul>",
        runs.iter().map(line).collect::<String>()
    )
}

pub fn curves(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let drawn = move || {
        compared.with(|runs| {
            let panels = panels(text, runs);
            let drawing = |panel: &Panel| {
                format!(
                    "<svg viewBox='0 0 {WIDE} {HIGH}' aria-hidden='true' focusable='false'>{}</svg>",
                    panel.draw()
                )
            };
            let drawings: String = panels.iter().map(drawing).collect();
            // In words: where every curve ends.
            let ends = panels.iter().flat_map(|panel| {
                panel.lines.iter().map(|line| {
                    let last = line.points.last();
                    let last = last.map(|(at, value)| format!("{value:.3} ({} {at})", panel.axis));
                    vec![
                        format!("{}, {}", panel.name, line.name),
                        last.unwrap_or_default(),
                    ]
                })
            });
            let caption = (page.text().figures.table_of)(text.curves);
            let columns = [text.last.to_owned()];
            let table = parts::table(&caption, &columns, &ends.collect::<Vec<_>>());
            format!(
                "{}<div class='panels'>{drawings}</div>{table}",
                key(runs)
            )
        })
    };
    parts::section("runs-curves", text.curves, vec![parts::markup("", drawn)])
}
