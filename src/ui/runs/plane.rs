//! Things by two figures, with the front that none of them surpasses: runs, and methods of sweeps.

use super::super::chart::figure::{Axis, Content, Figure, Mark, Plane, Unit};
use super::super::chart::look::{self, Look};
use super::super::chart::plane::front;
use super::super::chart::view::chart;
use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::term::linked_line;
use super::results::Column;
use super::{Compared, Shown, words};
use crate::lab::view::WhichModel;
use crate::lab::view::paired;
use leptos::prelude::*;

/// The figure of some marks in the plane of two figures of these names; `shares` where both are shares,
/// of which less is better.
pub fn figure(marks: Vec<Mark>, names: [String; 2], shares: bool) -> Figure {
    let unit = if shares { Unit::Share } else { Unit::Score };
    let title = names.join(" · ");
    let [across, up] = names.map(|name| Axis::of(name, unit));
    let places: Vec<(f64, f64)> = marks
        .iter()
        .map(|mark| (mark.across.0, mark.up.0))
        .collect();
    let plane = Plane {
        front: front(&places, shares),
        marks,
        lower: shares,
        ..Plane::default()
    };
    Figure::of(title, 0.0, across, up, Content::Plane(plane))
}

/// Whether a mark is on the front.
pub fn is_on_front(plane: &Plane, mark: &Mark) -> bool {
    plane.front.contains(&(mark.across.0, mark.up.0))
}

/// The class of a look's number in the style sheet.
fn number(look: Look) -> &'static str {
    if look == look::UNTRAINED {
        "run-before"
    } else {
        look.ink
    }
}

/// The key: every mark with its values, those on the front marked so. It is the drawing in words.
fn key(figure: &Figure, on_front: &str) -> String {
    let of = |panel: &super::super::chart::figure::Panel| {
        let Content::Plane(plane) = &panel.content else {
            return String::new();
        };
        let line = |mark: &Mark| {
            let star = if is_on_front(plane, mark) {
                format!(" <em>{on_front}</em>")
            } else {
                String::new()
            };
            format!(
                "<li><span class='run-number {}'>{}</span><span>{} <small>{} · {}</small>{star}</span></li>",
                number(mark.look),
                escaped(&mark.sign),
                escaped(&mark.name),
                panel.across.told(mark.across.0),
                panel.up.told(mark.up.0)
            )
        };
        plane.marks.iter().map(line).collect()
    };
    let lines: String = figure.panels.iter().map(of).collect();
    format!("<ul class='plane-key'>{lines}</ul>")
}

/// A plane as a part of the page.
pub fn view(page: Page, id: &'static str, plane: Memo<Figure>) -> AnyView {
    let text = words(page);
    let titled = Memo::new(move |_| {
        plane.with(|figure| {
            let mut figure = figure.clone();
            let marks = figure.count() as u32;
            let fronts = figure.panels.iter().map(|panel| match &panel.content {
                Content::Plane(plane) => plane
                    .marks
                    .iter()
                    .filter(|mark| is_on_front(plane, mark))
                    .count(),
                _ => 0,
            });
            let counted = (text.scatter_line)(marks, fronts.sum::<usize>() as u32);
            figure.title = format!("{}. {counted}", figure.title);
            figure
        })
    });
    let key = parts::markup("", move || plane.with(|figure| key(figure, text.on_front)));
    view! { <div class="scatter-row">{chart(page, id, titled)}{key}</div> }.into_any()
}

/// The runs, trained, and the models they began with where those differ.
fn of_these(page: Page, runs: &[Shown]) -> Figure {
    let text = words(page);
    let [across, up] = [paired::Figure::Alignment, paired::Figure::Engagement].map(Column::Over);
    let mark = |shown: &Shown, model| {
        let base = model == WhichModel::Base;
        let sign = if base { 0 } else { shown.place + 1 };
        let name = if base { text.base } else { &shown.run.name };
        Some(Mark {
            sign: sign.to_string(),
            name: name.to_owned(),
            look: if base {
                look::UNTRAINED
            } else {
                look::run(shown.place)
            },
            across: across.of(&shown.run, model)?,
            up: up.of(&shown.run, model)?,
            count: 1,
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
    figure(marks, names, false)
}

pub fn of_runs(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let drawn = Memo::new(move |_| compared.with(|runs| of_these(page, runs)));
    let inside = vec![
        view(page, "runs-plane", drawn),
        linked_line("aside", text.scatter_hint),
    ];
    parts::section("runs-scatter", text.scatter, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_file_stay_words_and_the_front_is_named() {
        let mark = |across, up| Mark {
            sign: "1".into(),
            name: "<b>'&".into(),
            look: look::run(0),
            across: (across, Some((across - 0.1, across + 0.1))),
            up: (up, None),
            count: 1,
        };
        let figure = figure(
            vec![mark(0.1, 0.5), mark(0.3, 0.2), mark(0.4, 0.6)],
            ["a".into(), "b".into()],
            true,
        );
        let key = key(&figure, "on the front");
        assert_eq!(key.matches("on the front").count(), 2);
        assert!(!key.contains("<b>") && key.contains("&lt;b&gt;&#39;&amp;"));
        assert!(key.contains("10.0% · 50.0%"));
    }
}
