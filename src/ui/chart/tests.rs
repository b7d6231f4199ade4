//! Charts as they are used, without a browser: a figure of every kind, drawn at every width, read by
//! keys, and written as a file.

use super::common::share;
use super::drawing::tests::assert_legible;
use super::drawing::{Drawing, Part};
use super::figure::{Axis, Bars, Content, Figure, Lines, Mark, Panel, Plane, Series, Unit};
use super::layout::draw;
use super::reading::{Key, read, turn};
use super::sheet::{Heads, csv, table};
use super::svg;
use super::{look, plane};
use std::fmt::Write;
use std::time::Instant;

const HEADS: Heads = Heads {
    panel: "panel",
    name: "name",
    kind: "which",
    ends: ["low", "high"],
};

fn rounds() -> Figure {
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
fn long(count: u32) -> Figure {
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

fn methods(seed: f64, lower: bool) -> Figure {
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

fn suites() -> Figure {
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

fn seeds() -> Figure {
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

fn all() -> [Figure; 6] {
    [
        rounds(),
        long(10_000),
        methods(0.0, false),
        methods(0.0, true),
        suites(),
        seeds(),
    ]
}

#[test]
fn no_text_lies_on_another_at_any_width() {
    for width in [220.0, 288.0, 320.0, 360.0, 500.0, 640.0, 900.0] {
        for figure in all() {
            assert_legible(&draw(&figure, width));
        }
    }
    // Nor where there is nothing to show, or numbers are huge or tiny.
    for scale in [1e-7, 1.0, 1e9] {
        let mut figure = rounds();
        for panel in &mut figure.panels {
            (panel.up.range, panel.across.range) = (None, None);
            if let Content::Lines(lines) = &mut panel.content {
                for point in lines
                    .series
                    .iter_mut()
                    .flat_map(|series| &mut series.points)
                {
                    point.1 *= scale;
                }
            }
        }
        assert_legible(&draw(&figure, 320.0));
    }
    let mut nothing = rounds();
    nothing.panels[0].content = Content::Lines(Lines::default());
    assert_legible(&draw(&nothing, 320.0));
    assert!(!svg::inside(&draw(&nothing, 320.0).parts, &svg::named).contains("NaN"));
}

#[test]
fn ten_thousand_points_are_drawn_as_far_as_there_are_pixels_for_them() {
    let figure = long(10_000);
    let drawing = draw(&figure, 400.0);
    let corners = |drawing: &Drawing| {
        let line = drawing.parts.iter().find_map(|part| match part {
            Part::Line {
                class: "line",
                corners,
                ..
            } => Some(corners.clone()),
            _ => None,
        });
        line.expect("there is a line")
    };
    let drawn = corners(&drawing);
    assert!((600..=800).contains(&drawn.len()), "{}", drawn.len());
    assert_eq!(drawing.stops.len(), 10_000, "every point can be read");
    // The greatest and the least value are in the picture.
    let Content::Lines(lines) = &figure.panels[0].content else {
        panic!("it is lines");
    };
    let values = lines.series[0].points.iter().map(|point| point.1);
    let (low, high) = super::axes::ends(values);
    let field = drawing.fields[0];
    for value in [low, high] {
        let at = field.y.at(value);
        assert!(
            drawn.iter().any(|corner| (corner.1 - at).abs() < 1e-9),
            "{value}"
        );
    }
    // Cheap enough to be done ten times a second, on this machine and without optimisation.
    let begun = Instant::now();
    for _ in 0..10 {
        let drawing = draw(&figure, 400.0);
        assert!(!svg::inside(&drawing.parts, &svg::named).is_empty());
    }
    let each = begun.elapsed() / 10;
    println!("10,000 points: {each:?} a drawing");
    assert!(each.as_millis() < 100, "{each:?}");
}

#[test]
fn keys_lead_through_all_there_is() {
    for figure in all() {
        let drawing = draw(&figure, 360.0);
        let mut at = turn(&figure, &drawing, None, Key::Home);
        assert_eq!(at, Some(0));
        let last = drawing.stops.len() - 1;
        assert_eq!(turn(&figure, &drawing, None, Key::Left), Some(last));
        assert_eq!(turn(&figure, &drawing, at, Key::End), Some(last));
        assert_eq!(
            turn(&figure, &drawing, Some(last + 9), Key::End),
            Some(last)
        );
        let mut heard = Vec::new();
        for _ in 0..drawing.stops.len().min(40) {
            let place = at.expect("there is a place");
            assert!(
                read(&figure, &drawing, place).is_some_and(|reading| !reading.values.is_empty())
            );
            assert!(!heard.contains(&place), "{}: {place} twice", figure.title);
            heard.push(place);
            at = turn(&figure, &drawing, at, Key::Right);
        }
    }
}

#[test]
fn what_is_read_is_what_is_there() {
    let figure = rounds();
    let drawing = draw(&figure, 360.0);
    let reading = read(&figure, &drawing, 2).expect("it is read");
    let values: Vec<(&str, &str)> = reading
        .values
        .iter()
        .map(|one| (one.1.as_str(), one.2.as_str()))
        .collect();
    assert_eq!(reading.head, "round 3");
    assert_eq!(
        values,
        [
            ("now second <answers>", "6.25"),
            ("first answers", "3.50 (2.50\u{2013}4.50)")
        ]
    );
    // The place under a pointer: on the level axis alone for lines.
    let x = drawing.stops[1].at.0;
    assert_eq!(drawing.nearest((x + 3.0, 0.0)), Some(1));
    let (figure, drawing) = (suites(), draw(&suites(), 360.0));
    let reading = read(&figure, &drawing, 3).expect("it is read");
    assert_eq!(
        (reading.head.as_str(), reading.values[0].1.as_str()),
        ("A kind of question, with \"a\" long name, indeed", "before")
    );
    let figure = seeds();
    let drawing = draw(&figure, 700.0);
    let reading = read(&figure, &drawing, 7).expect("it is read");
    assert_eq!(reading.head, "Seed 2, 3 method 2");
    let stop = drawing.stops[7];
    assert_eq!(drawing.nearest(stop.at), Some(7));
}

#[test]
fn panels_have_common_scales() {
    let drawing = draw(&seeds(), 700.0);
    assert_eq!(drawing.fields.len(), 5);
    for field in &drawing.fields {
        assert_eq!(
            (field.x.from, field.y.from),
            (drawing.fields[0].x.from, drawing.fields[0].y.from)
        );
    }
}

/// Comma-separated values, read in the plainest way.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut inside) =
        (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => inside = !inside,
            ',' if !inside => line.push(std::mem::take(&mut cell)),
            '\n' if !inside => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    lines
}

#[test]
fn values_come_back_from_comma_separated_values() {
    for figure in all() {
        let lines = cells(&csv(&figure, HEADS));
        assert_eq!(lines.len() - 1, figure.count(), "{}", figure.title);
        assert!(
            lines.iter().all(|line| line.len() == lines[0].len()),
            "{}",
            figure.title
        );
    }
    let lines = cells(&csv(&rounds(), HEADS));
    assert_eq!(
        lines[0],
        [
            "round",
            "first answers",
            "first answers (low)",
            "first answers (high)",
            "second <answers>"
        ]
    );
    assert_eq!(lines[3], ["3", "3.5", "2.5", "4.5", "6.25"]);
    let lines = cells(&csv(&suites(), HEADS));
    assert_eq!(
        lines[5][..3],
        [
            "A kind of question, with \"a\" long name, indeed",
            "after",
            "6.9"
        ]
    );
    let lines = cells(&csv(&long(10_000), HEADS));
    let Content::Lines(of) = &long(10_000).panels[0].content else {
        panic!("it is lines");
    };
    for (line, point) in lines[1..].iter().zip(&of.series[0].points) {
        assert_eq!(
            (line[0].parse(), line[1].parse()),
            (Ok(point.0), Ok(point.1))
        );
    }
    assert_eq!(cells(&csv(&seeds(), HEADS))[7][..2], ["Seed 2", "method 1"]);
    // The table says the same, with intervals in their cells, and no more of it than asked for.
    let (shown, all) = table(&rounds(), HEADS, "<all>", 2);
    assert_eq!((shown.matches("<tr>").count(), all), (3, 3));
    assert!(shown.contains("<td>2.00 (1.50\u{2013}2.50)</td>") && !shown.contains("<all>"));
}

/// The elements of a document that is well-formed, opened and closed in turn; else what is wrong.
fn well_formed(document: &str) -> Result<Vec<String>, String> {
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for tag in document.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').ok_or("a tag without an end")?;
        if text.contains('&')
            && !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
                .iter()
                .any(|one| text.contains(one))
        {
            return Err(format!("a bare & in {text}"));
        }
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("{name} closes {last:?}"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        let quotes = tag.matches('\'').count() % 2 + tag.matches('"').count() % 2;
        if quotes > 0 {
            return Err(format!("a quote without an end in {tag}"));
        }
        seen.push(name.clone());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(seen)
    } else {
        Err(format!("{open:?} are not closed"))
    }
}

/// The colours of the light theme, from the style sheet itself.
fn light(ink: &str) -> String {
    let tokens = include_str!("../../../style/tokens.css");
    let line = tokens
        .split(&format!("--{ink}: "))
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    line.unwrap_or_else(|| panic!("no token {ink}")).to_owned()
}

/// A figure as a file; every colour of it a value.
fn file(figure: &Figure) -> String {
    let (svg, [wide, high]) = svg::file(figure, "drawn for a test", &light);
    let elements = well_formed(&svg).unwrap_or_else(|why| panic!("{}: {why}\n{svg}", figure.title));
    assert!(elements.len() > 10);
    assert!(svg.contains(&format!("width='{wide}' height='{high}'")));
    assert!(!svg.contains("var(") && !svg.contains("NaN"), "{svg}");
    svg
}

#[test]
fn every_figure_is_a_file_of_its_own() {
    for figure in all() {
        file(&figure);
    }
    assert!(well_formed("<a><b></a>").is_err());
    let names = file(&methods(0.0, true));
    assert!(
        names.contains(">1 method 0</text>"),
        "signs are explained in the file"
    );
}

/// The page and the file are the same drawing: the colours' names are all that differs.
#[test]
fn the_page_shows_what_the_file_has() {
    for figure in all() {
        let drawing = draw(&figure, svg::wide_of(&figure));
        let mut page = String::new();
        for part in &drawing.parts {
            let _ = write!(
                page,
                "\n{}",
                svg::inside(std::slice::from_ref(part), &light)
            );
        }
        assert!(file(&figure).contains(&page), "{}", figure.title);
    }
}

/// What files look like, kept. After a change that is meant:
/// `MORES_GOLDEN=write cargo test --no-default-features --features page chart::tests`; then look at them.
#[test]
fn drawings_stay_as_they_are() {
    for (name, figure) in [
        ("rounds", rounds()),
        ("suites", suites()),
        ("seeds", seeds()),
    ] {
        let path = format!(
            "{}/tests/fixtures/charts/{name}.svg",
            env!("CARGO_MANIFEST_DIR")
        );
        let drawn = file(&figure);
        if std::env::var("MORES_GOLDEN").is_ok_and(|wish| wish == "write") {
            std::fs::write(&path, &drawn).expect("it is written");
        }
        let kept = std::fs::read_to_string(&path).expect("the drawing is kept");
        let differs = kept
            .lines()
            .zip(drawn.lines())
            .find(|(kept, drawn)| kept != drawn);
        assert_eq!(differs, None, "{name}: a line differs");
        assert_eq!(kept.len(), drawn.len(), "{name}");
    }
}
