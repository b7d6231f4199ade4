//! A figure of every kind, for tests.

use super::common::share;
use super::figure::{Axis, Bars, Content, Figure, Lines, Mark, Panel, Plane, Series, Unit};
use super::{look, plane};

pub fn rounds() -> Figure {
    let line = |name: &str, look, values: &[f64]| {
        Series::new(
            name,
            look,
            (1u32..)
                .map(f64::from)
                .zip(values.iter().copied())
                .collect(),
        )
    };
    let lines = Lines {
        series: vec![
            Series {
                band: vec![(1.0, 1.5, 2.5), (2.0, 2.0, 3.0), (3.0, 2.5, 4.5)],
                ..line("first answers", look::BESIDE, &[2.0, 2.5, 3.5])
            },
            Series {
                scored: true,
                sign: "now".into(),
                ..line("second <answers>", look::MAIN, &[2.5, 4.0, 6.25])
            },
        ],
        begins: vec![2.5],
    };
    Figure::of(
        "Alignment, \"round by round\" & more",
        190.0,
        Axis::of("round", Unit::Count)
            .within(0.5, 3.5)
            .said(|round| format!("round {round}")),
        Axis::default().within(1.0, 7.0),
        Content::Lines(lines),
    )
}

/// A line that grew for long.
pub fn long(count: u32) -> Figure {
    let value = |at: u32| libm::exp(-f64::from(at) / 2500.0) + 0.2 * libm::sin(f64::from(at) * 1.7);
    let points = (1..=count).map(|at| (f64::from(at), value(at))).collect();
    let lines = Lines {
        series: vec![Series::new("Loss", look::MAIN, points)],
        begins: Vec::new(),
    };
    Figure::of(
        "Loss",
        162.0,
        Axis::of("step", Unit::Count).within(1.0, f64::from(count)),
        Axis::of("", Unit::Fine),
        Content::Lines(lines),
    )
}

pub fn methods(seed: f64, lower: bool) -> Figure {
    let mark = |place: usize| {
        let (across, up) = (
            0.1 + 0.07 * place as f64 + seed,
            0.6 - 0.02 * (place * place) as f64,
        );
        Mark {
            sign: (place + 1).to_string(),
            name: format!("method {place}"),
            look: look::run(place),
            across: (across, Some((across - 0.05, across + 0.05))),
            up: (up, Some((up - 0.1, up + 0.1))),
            count: 1,
        }
    };
    let marks: Vec<Mark> = (0..5).map(mark).collect();
    let places: Vec<(f64, f64)> = marks
        .iter()
        .map(|mark| (mark.across.0, mark.up.0))
        .collect();
    let plane = Plane {
        front: plane::front(&places, lower),
        marks,
        lower,
        ..Plane::default()
    };
    Figure::of(
        "Bad under attack, needless refusals",
        0.0,
        Axis::of("Bad under attack", Unit::Share),
        Axis::of("Needless refusals", Unit::Share),
        Content::Plane(plane),
    )
}

pub fn suites() -> Figure {
    let row = |name: &str, base: f64, trained: Option<f64>| {
        let measured = |value: f64| (value, Some((value - 0.4, value + 0.4)));
        (
            name.to_owned(),
            vec![Some(measured(base)), trained.map(measured)],
        )
    };
    let bars = Bars {
        rows: vec![
            row("All questions", 3.5, Some(5.5)),
            row("Misleading consent", 2.0, None),
            row(
                "A kind of question, with \"a\" long name, indeed",
                1.2,
                Some(6.9),
            ),
        ],
        kinds: vec![
            (look::BASE, "before".into()),
            (look::TRAINED, "after".into()),
        ],
        dots: false,
    };
    let across = Axis::of("Alignment", Unit::Score).within(1.0, 7.0);
    Figure::of(
        "Before and after",
        0.0,
        across,
        Axis::default(),
        Content::Bars(bars),
    )
}

pub fn seeds() -> Figure {
    let panel = |seed: u32| Panel {
        name: format!("Seed {seed}"),
        ..methods(0.1 * f64::from(seed), true).panels.remove(0)
    };
    let mut figure = Figure {
        title: "Seed by seed".into(),
        panels: (1..=5).map(panel).collect(),
        height: 0.0,
        least: 200.0,
    };
    share(&mut figure);
    figure
}

pub fn all() -> [Figure; 6] {
    [
        rounds(),
        long(10_000),
        methods(0.0, false),
        methods(0.0, true),
        suites(),
        seeds(),
    ]
}
