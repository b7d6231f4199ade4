//! Things by two figures, with the front that none of them surpasses: runs, and methods of sweeps.
//!
//! Drawn as SVG that is well-formed by itself, so that the same drawing can be saved.

use super::super::chart::scale::{Scale, short, ticks};
use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::term::linked_line;
use super::results::Column;
use super::{Compared, Shown, look, words};
use crate::lab::view::WhichModel;
use crate::lab::view::paired::Figure;
use crate::lab::view::statistics::{Point, front};
use leptos::prelude::*;

/// The drawing's own units.
pub const WIDE: f64 = 360.0;
pub const HIGH: f64 = 300.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 10.0;
const FOOT: f64 = 262.0;

/// A value with its interval.
pub type Measured = (f64, Option<(f64, f64)>);

/// A mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What stands in it; short.
    pub sign: String,
    /// What it is.
    pub name: String,
    /// Its look, a class of the style sheet.
    pub look: &'static str,
    pub across: Measured,
    pub up: Measured,
}

/// Marks by two figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    pub marks: Vec<Mark>,
    /// Names of the two figures.
    pub names: [String; 2],
    /// Whether less of both is better, and they are shares, shown in per cent.
    pub shares: bool,
}

impl Plane {
    /// The marks on the front, from the one that is best upwards to the one that is best across.
    pub fn front(&self) -> Vec<usize> {
        let sign = if self.shares { -1.0 } else { 1.0 };
        let point = |mark: &Mark| Point {
            alignment: sign * mark.across.0 as f32,
            engagement: sign * mark.up.0 as f32,
            count: 1,
        };
        front(&self.marks.iter().map(point).collect::<Vec<Point>>())
    }

    /// A value as it is read.
    pub fn told(&self, value: f64) -> String {
        if self.shares {
            format!("{:.1} %", 100.0 * value)
        } else {
            format!("{value:.2}")
        }
    }

    fn scales(&self) -> [(Scale, Vec<f64>); 2] {
        let scale = |of: fn(&Mark) -> Measured, to: (f64, f64)| {
            let ends = self.marks.iter().map(of).flat_map(|(value, ends)| {
                let (low, high) = ends.unwrap_or((value, value));
                [value, low, high]
            });
            let ends = ends.filter(|end| end.is_finite());
            let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
                (low.min(end), high.max(end))
            });
            let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
            let ticks = ticks(low, high, 5);
            let from = (
                ticks.first().copied().unwrap_or(low),
                ticks.last().copied().unwrap_or(high),
            );
            (Scale { from, to }, ticks)
        };
        [
            scale(|mark| mark.across, (LEFT, RIGHT)),
            scale(|mark| mark.up, (FOOT, TOP)),
        ]
    }

    /// The drawing: what is inside an SVG of [`WIDE`] by [`HIGH`].
    pub fn draw(&self) -> String {
        let [(x, along), (y, up)] = self.scales();
        let mut svg = String::new();
        let step = |ticks: &[f64]| match ticks {
            [first, second, ..] => second - first,
            _ => 1.0,
        };
        let figure = |tick: f64, step: f64| {
            if self.shares {
                short(100.0 * tick, 100.0 * step)
            } else {
                short(tick, step)
            }
        };
        for tick in &along {
            let at = x.at(*tick);
            svg.push_str(&format!(
                "<path class='grid' d='M{at:.1} {TOP}V{FOOT}'/><text x='{at:.1}' y='277' text-anchor='middle'>{}</text>",
                figure(*tick, step(&along))
            ));
        }
        for tick in &up {
            let at = y.at(*tick);
            svg.push_str(&format!(
                "<path class='grid' d='M{LEFT} {at:.1}H{RIGHT}'/><text x='40' y='{:.1}' text-anchor='end'>{}</text>",
                at + 4.0,
                figure(*tick, step(&up))
            ));
        }
        let unit = if self.shares { " (%)" } else { "" };
        svg.push_str(&format!(
            "<text x='{:.1}' y='294' text-anchor='middle'>{}{unit}</text><text transform='translate(12 {:.1}) rotate(-90)' text-anchor='middle'>{}{unit}</text>",
            (LEFT + RIGHT) / 2.0,
            escaped(&self.names[0]),
            (TOP + FOOT) / 2.0,
            escaped(&self.names[1])
        ));
        svg.push_str(&self.stairs(x, y));
        for mark in &self.marks {
            let (across, upward) = (x.at(mark.across.0), y.at(mark.up.0));
            let mut whiskers = String::new();
            if let Some((low, high)) = mark.across.1 {
                let (low, high) = (x.at(low), x.at(high));
                whiskers.push_str(&format!("M{low:.1} {upward:.1}H{high:.1}"));
            }
            if let Some((low, high)) = mark.up.1 {
                let (low, high) = (y.at(low), y.at(high));
                whiskers.push_str(&format!("M{across:.1} {low:.1}V{high:.1}"));
            }
            svg.push_str(&format!(
                "<g class='{}'><path class='whisker' d='{whiskers}'/><circle cx='{across:.1}' cy='{upward:.1}' r='8'/><text class='sign' x='{across:.1}' y='{:.1}' text-anchor='middle'>{}</text><title>{}</title></g>",
                mark.look,
                upward + 3.5,
                escaped(&mark.sign),
                escaped(&mark.name)
            ));
        }
        svg
    }

    /// The border of what the front surpasses.
    fn stairs(&self, x: Scale, y: Scale) -> String {
        let front = self.front();
        let marks = front.iter().filter_map(|place| self.marks.get(*place));
        let mut path = String::new();
        for mark in marks {
            let (across, upward) = (x.at(mark.across.0), y.at(mark.up.0));
            // Where less is better, what is surpassed lies to the right and above.
            path.push_str(&match (path.is_empty(), self.shares) {
                (true, false) => format!("M{LEFT} {upward:.1}H{across:.1}"),
                (true, true) => format!("M{RIGHT} {upward:.1}H{across:.1}"),
                (false, _) => format!("V{upward:.1}H{across:.1}"),
            });
        }
        if path.is_empty() {
            return path;
        }
        let end = if self.shares { TOP } else { FOOT };
        format!("<path class='front' d='{path}V{end}'/>")
    }

    /// The key: every mark with its values, those on the front marked so. It is the drawing in words.
    pub fn key(&self, on_front: &str) -> String {
        let front = self.front();
        let line = |(place, mark): (usize, &Mark)| {
            let star = if front.contains(&place) {
                format!(" <em>{on_front}</em>")
            } else {
                String::new()
            };
            format!(
                "<li><span class='run-number {}'>{}</span><span>{} <small>{}, {}</small>{star}</span></li>",
                mark.look,
                escaped(&mark.sign),
                escaped(&mark.name),
                self.told(mark.across.0),
                self.told(mark.up.0)
            )
        };
        let lines: String = self.marks.iter().enumerate().map(line).collect();
        format!("<ul class='plane-key'>{lines}</ul>")
    }
}

/// A plane as a part of the page.
pub fn view(page: Page, plane: Memo<Plane>) -> AnyView {
    let text = words(page);
    let line = move || {
        plane.with(|plane| {
            let names = plane.names.join(", ");
            let counted = (text.scatter_line)(plane.marks.len() as u32, plane.front().len() as u32);
            format!("{names}. {counted}")
        })
    };
    let drawing = super::super::live::value(move || plane.with(Plane::draw));
    let key = parts::markup("", move || plane.with(|plane| plane.key(text.on_front)));
    view! {
        <div class="scatter-row">
            <svg class="plane" viewBox=format!("0 0 {WIDE} {HIGH}") role="img" aria-label=super::super::live::value(line) inner_html=drawing></svg>
            {key}
        </div>
    }
    .into_any()
}

/// The runs, trained, and the models they began with where those differ.
pub fn plane(page: Page, runs: &[Shown]) -> Plane {
    let text = words(page);
    let [across, up] = [Figure::Alignment, Figure::Engagement].map(Column::Over);
    let mark = |shown: &Shown, model| {
        let base = model == WhichModel::Base;
        let name = &shown.run.name;
        Some(Mark {
            sign: if base {
                "0".to_owned()
            } else {
                (shown.place + 1).to_string()
            },
            name: if base {
                text.base.to_owned()
            } else {
                name.clone()
            },
            look: if base {
                "run-before"
            } else {
                look(shown.place)
            },
            across: across.of(&shown.run, model)?,
            up: up.of(&shown.run, model)?,
        })
    };
    let mut marks: Vec<Mark> = Vec::new();
    for shown in runs {
        let base = mark(shown, WhichModel::Base).filter(|base| !marks.contains(base));
        marks.extend(base);
    }
    marks.extend(
        runs.iter()
            .filter_map(|shown| mark(shown, WhichModel::Trained)),
    );
    let names = [across, up].map(|column| {
        let name = (text.figure_name)(column.name());
        name.unwrap_or_default().to_owned()
    });
    Plane {
        marks,
        names,
        shares: false,
    }
}

pub fn of_runs(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let drawn = Memo::new(move |_| compared.with(|runs| plane(page, runs)));
    let inside = vec![view(page, drawn), linked_line("aside", text.scatter_hint)];
    parts::section("runs-scatter", text.scatter, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(across: f64, up: f64) -> Mark {
        Mark {
            sign: "1".into(),
            name: "<b>'&".into(),
            look: "run-0",
            across: (across, Some((across - 0.1, across + 0.1))),
            up: (up, None),
        }
    }

    #[test]
    fn the_front_follows_what_is_better() {
        let marks = vec![mark(0.1, 0.5), mark(0.3, 0.2), mark(0.4, 0.6)];
        let mut plane = Plane {
            marks,
            names: ["a".into(), "b".into()],
            shares: false,
        };
        assert_eq!(plane.front(), [2]);
        plane.shares = true;
        let mut front = plane.front();
        front.sort_unstable();
        assert_eq!(front, [0, 1]);
        let drawn = plane.draw();
        assert!(!drawn.contains("<b>") && drawn.contains("&lt;b&gt;&#39;&amp;"));
        assert!(!Plane::default().draw().contains("NaN"));
    }
}
