//! Things by two figures, with the front that none of them surpasses drawn as stairs: what lies
//! behind them is surpassed.

use super::axes::{Area, Axes, frame, spans};
use super::drawing::{Anchor, Drawing, Field, Paint, Part, Stop};
use super::figure::{Mark, Panel, Plane};
use super::look::{PLAIN, Shape};
use super::thin::Point;
use crate::lab::view::statistics;

/// Radius of a mark with a sign in it.
const SIGNED: f64 = 8.0;

/// The corners of the front of some things, from the one that is best upwards to the one that is best
/// across; `lower` where less of both is better.
pub fn front(things: &[Point], lower: bool) -> Vec<Point> {
    let sign = if lower { -1.0 } else { 1.0 };
    let point = |(across, up): &Point| statistics::Point {
        alignment: (sign * across) as f32,
        engagement: (sign * up) as f32,
        count: 1,
    };
    let points: Vec<statistics::Point> = things.iter().map(point).collect();
    let mut corners: Vec<Point> = Vec::new();
    // A front is short, and the machinery of sorting is long.
    for corner in statistics::front(&points)
        .into_iter()
        .filter_map(|place| things.get(place))
    {
        let after = corners
            .iter()
            .position(|known| sign * known.0 > sign * corner.0);
        corners.insert(after.unwrap_or(corners.len()), *corner);
    }
    corners.dedup();
    corners
}

/// Draws a panel of things by two figures.
pub fn draw(drawing: &mut Drawing, nth: usize, panel: &Panel, plane: &Plane, area: Area) {
    let axes = Axes(&panel.name, [&panel.across, &panel.up]);
    let field = frame(drawing, axes, area, spans(&panel.content), SIGNED + 2.0);
    upright_grid(drawing, panel, &field);
    drawing.line("front", stairs(plane, &field), Paint::stroke("ink", 1.75));
    if plane.joined {
        let way = plane.marks.iter().map(|mark| place(mark, &field)).collect();
        drawing.line("way", way, Paint::line(PLAIN));
    }
    for mark in &plane.marks {
        whiskers(drawing, mark, &field);
    }
    for (place_of, mark) in plane.marks.iter().enumerate() {
        let at = place(mark, &field);
        drawing.parts.push(dot(mark, at));
        if !mark.sign.is_empty() {
            drawing.parts.push(Part::Words {
                class: "sign",
                at: (at.0, at.1 + 3.5),
                anchor: Anchor::Middle,
                ink: "plate",
                bold: true,
                words: mark.sign.clone(),
            });
        }
        drawing.marks.push(Stop {
            panel: nth,
            nth: place_of,
            at,
        });
    }
    // Those that carry no sign are ringed.
    if plane.marks.iter().all(|mark| mark.sign.is_empty()) {
        for (across, up) in &plane.front {
            drawing.parts.push(Part::Dot {
                class: "ring",
                at: (field.x.at(*across), field.y.at(*up)),
                radius: 6.5,
                square: false,
                paint: Paint::stroke("ink", 1.75),
            });
        }
    }
    drawing.fields.push(field);
}

fn place(mark: &Mark, field: &Field) -> Point {
    (field.x.at(mark.across.0), field.y.at(mark.up.0))
}

/// How large a mark is: its area grows with what it stands for.
fn radius(mark: &Mark) -> f64 {
    if mark.sign.is_empty() {
        (2.4 + libm::sqrt(f64::from(mark.count))).min(11.0)
    } else {
        SIGNED
    }
}

fn dot(mark: &Mark, at: Point) -> Part {
    let paint = Paint {
        opacity: if mark.sign.is_empty() { 0.8 } else { 1.0 },
        ..Paint::mark(mark.look, mark.look.ink)
    };
    Part::Dot {
        class: "mark",
        at,
        radius: radius(mark),
        square: mark.look.shape == Shape::Square,
        paint,
    }
}

fn whiskers(drawing: &mut Drawing, mark: &Mark, field: &Field) {
    let (x, y) = place(mark, field);
    let paint = Paint {
        opacity: 0.55,
        ..Paint::stroke(mark.look.ink, 1.25)
    };
    if let Some((low, high)) = mark.across.1 {
        let ends = vec![(field.x.at(low), y), (field.x.at(high), y)];
        drawing.line("whisker", ends, paint);
    }
    if let Some((low, high)) = mark.up.1 {
        let ends = vec![(x, field.y.at(low)), (x, field.y.at(high))];
        drawing.line("whisker", ends, paint);
    }
}

/// Lines up from the numbers of the level axis; those across are the frame's.
fn upright_grid(drawing: &mut Drawing, panel: &Panel, field: &Field) {
    let (foot, top) = field.y.to;
    let along = super::axes::Steps::of(&panel.across, field.x.from, 6);
    for tick in &along.at {
        let at = field.x.at(*tick);
        drawing.line(
            "grid",
            vec![(at, top), (at, foot)],
            Paint::stroke("rule", 1.0),
        );
    }
}

/// The border of what the front surpasses: to the left and below, or where less is better to the
/// right and above.
fn stairs(plane: &Plane, field: &Field) -> Vec<Point> {
    let edge = if plane.lower {
        field.x.to.1
    } else {
        field.x.to.0
    };
    let end = if plane.lower {
        field.y.to.1
    } else {
        field.y.to.0
    };
    let mut corners: Vec<Point> = Vec::new();
    let mut before = edge;
    for (across, up) in &plane.front {
        let (x, y) = (field.x.at(*across), field.y.at(*up));
        corners.extend([(before, y), (x, y)]);
        before = x;
    }
    if !corners.is_empty() {
        corners.push((before, end));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::chart::scale::Scale;

    #[test]
    fn the_front_follows_what_is_better() {
        let things = [(0.1, 0.5), (0.3, 0.2), (0.4, 0.6)];
        assert_eq!(front(&things, false), [(0.4, 0.6)]);
        assert_eq!(front(&things, true), [(0.3, 0.2), (0.1, 0.5)]);
        assert!(front(&[], true).is_empty());
    }

    #[test]
    fn the_front_is_drawn_as_stairs() {
        let field = Field {
            x: Scale {
                from: (1.0, 7.0),
                to: (30.0, 312.0),
            },
            y: Scale {
                from: (1.0, 7.0),
                to: (252.0, 8.0),
            },
            edges: [0.0; 4],
        };
        let mut plane = Plane {
            front: vec![(4.0, 7.0), (7.0, 4.0)],
            ..Plane::default()
        };
        assert_eq!(
            stairs(&plane, &field),
            [
                (30.0, 8.0),
                (171.0, 8.0),
                (171.0, 130.0),
                (312.0, 130.0),
                (312.0, 252.0)
            ]
        );
        plane.front.clear();
        assert_eq!(stairs(&plane, &field), []);
    }
}
