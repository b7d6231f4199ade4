//! Charts as they are used, without a browser: a figure of every kind, drawn at every width and read
//! by keys.

use super::drawing::tests::assert_legible;
use super::drawing::{Drawing, Part};
use super::examples::{all, long, rounds, seeds, suites};
use super::figure::{Content, Lines};
use super::layout::draw;
use super::reading::{Key, nearest, read, stops, turn};
use super::svg;
use std::time::Instant;

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
    assert_eq!(
        stops(&figure, &drawing).len(),
        10_000,
        "every point can be read"
    );
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
        let stops = stops(&figure, &drawing);
        let mut at = turn(&figure, &stops, None, Key::Home);
        assert_eq!(at, Some(0));
        let last = stops.len() - 1;
        assert_eq!(turn(&figure, &stops, None, Key::Left), Some(last));
        assert_eq!(turn(&figure, &stops, at, Key::End), Some(last));
        assert_eq!(turn(&figure, &stops, Some(last + 9), Key::End), Some(last));
        let mut heard = Vec::new();
        for _ in 0..stops.len().min(40) {
            let place = at.expect("there is a place");
            assert!(
                read(&figure, &drawing, &stops[place])
                    .is_some_and(|reading| !reading.values.is_empty())
            );
            assert!(!heard.contains(&place), "{}: {place} twice", figure.title);
            heard.push(place);
            at = turn(&figure, &stops, at, Key::Right);
        }
    }
}

#[test]
fn what_is_read_is_what_is_there() {
    let figure = rounds();
    let drawing = draw(&figure, 360.0);
    let reading = read(&figure, &drawing, &stops(&figure, &drawing)[2]).expect("it is read");
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
    let x = stops(&figure, &drawing)[1].at.0;
    assert_eq!(
        nearest(&drawing, &stops(&figure, &drawing), (x + 3.0, 0.0)),
        Some(1)
    );
    let (figure, drawing) = (suites(), draw(&suites(), 360.0));
    let reading = read(&figure, &drawing, &stops(&figure, &drawing)[3]).expect("it is read");
    assert_eq!(
        (reading.head.as_str(), reading.values[0].1.as_str()),
        ("A kind of question, with \"a\" long name, indeed", "before")
    );
    let figure = seeds();
    let drawing = draw(&figure, 700.0);
    let reading = read(&figure, &drawing, &stops(&figure, &drawing)[7]).expect("it is read");
    assert_eq!(reading.head, "Seed 2 · 3 method 2");
    let stop = stops(&figure, &drawing)[7];
    assert_eq!(
        nearest(&drawing, &stops(&figure, &drawing), stop.at),
        Some(7)
    );
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
