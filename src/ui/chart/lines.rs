//! Lines from place to place: bands behind, what begins as upright lines, a mark at every point where
//! there are few.

use super::axes::{Area, Axes, frame, spans};
use super::drawing::{Anchor, Drawing, Paint, Part, wide};
use super::figure::{Lines, Panel, Series};
use super::look::Shape;
use super::thin::{Point, thin, unbroken};

/// More marks than this only hide the line.
const MOST_MARKS: usize = 24;
/// Points for each pixel: the least and the greatest.
const PER_PIXEL: f64 = 2.0;
/// The least room between two words at the ends of lines.
const SIGN: f64 = 13.0;
/// Room beside a line without a word at its end.
const RIGHT: f64 = 12.0;

/// Draws a panel of lines.
pub fn draw(drawing: &mut Drawing, panel: &Panel, lines: &Lines, area: Area) {
    let [across, up] = spans(&panel.content);
    let signs = lines.series.iter().map(|series| wide(&series.sign));
    let right = RIGHT + signs.fold(0.0, f64::max);
    // Lines reach from edge to edge: their axis ends where they do.
    let mut level = panel.across.clone();
    level.range = level.range.or(Some(across));
    let axes = Axes(&panel.name, [&level, &panel.up]);
    let field = frame(drawing, axes, area, [across, up], right);
    let (foot, top) = field.y.to;
    for begin in &lines.begins {
        let x = field.x.at(*begin);
        let paint = Paint {
            dash: "4 3",
            ..Paint::stroke("rule-strong", 1.5)
        };
        drawing.line("beginning", vec![(x, top), (x, foot)], paint);
    }
    let at = |(place, value): Point| (field.x.at(place), field.y.at(value));
    for series in lines.series.iter().filter(|series| !series.band.is_empty()) {
        let over = series
            .band
            .iter()
            .map(|(place, _, high)| at((*place, *high)));
        let under = series.band.iter().rev();
        let under = under.map(|(place, low, _)| at((*place, *low)));
        let paint = Paint {
            opacity: 0.12,
            ..Paint::fill(series.look.ink)
        };
        drawing.plate("band", over.chain(under).collect(), paint);
    }
    let (from, to) = field.x.to;
    // A few thousand at most.
    let most = ((to - from) * PER_PIXEL).max(8.0) as usize;
    for series in &lines.series {
        let share = |part: &[Point]| most * part.len() / series.points.len().max(1);
        for part in unbroken(&series.points) {
            let kept = thin(part, share(part)).into_iter().map(at).collect();
            let mut paint = Paint::line(series.look);
            // Where there are more points than pixels, a fine line shows how they scatter.
            if series.points.len() as f64 > to - from {
                paint.width = paint.width.min(1.0);
            }
            drawing.line("line", kept, paint);
        }
    }
    for series in lines
        .series
        .iter()
        .filter(|series| series.points.len() <= MOST_MARKS)
    {
        for point in series.points.iter().filter(|point| point.1.is_finite()) {
            drawing.parts.push(mark(series, *point, at(*point)));
        }
    }
    name_ends(drawing, lines, at, foot);
    drawing.fields.push(field);
}

/// The mark of a point.
pub fn mark(series: &Series, point: Point, at: Point) -> Part {
    let mut paint = Paint::mark(series.look, series.ink(point.1));
    if series.scored {
        // The colours of scores are seen on paper by their edge.
        (paint.stroke, paint.width) = ("ink", 1.25);
    }
    Part::Dot {
        class: "mark",
        at,
        radius: if series.scored { 4.5 } else { 3.0 },
        square: series.look.shape == Shape::Square,
        paint,
    }
}

/// Words at the ends of lines, pushed apart where they would lie on each other.
fn name_ends(drawing: &mut Drawing, lines: &Lines, at: impl Fn(Point) -> Point, foot: f64) {
    let mut named: Vec<(f64, f64, &Series)> = Vec::new();
    for series in lines.series.iter().filter(|series| !series.sign.is_empty()) {
        let last = series.points.iter().rev().find(|point| point.1.is_finite());
        if let Some((x, y)) = last.map(|point| at(*point)) {
            let place = named
                .iter()
                .position(|one| one.1 > y)
                .unwrap_or(named.len());
            named.insert(place, (x, y, series));
        }
    }
    // From above, none nearer to the one before than its own height; then back up from the foot.
    let mut free = f64::NEG_INFINITY;
    for one in &mut named {
        one.1 = one.1.max(free);
        free = one.1 + SIGN;
    }
    let mut free = foot;
    for one in named.iter_mut().rev() {
        one.1 = one.1.min(free);
        free = one.1 - SIGN;
    }
    for (x, y, series) in named {
        drawing.parts.push(Part::Words {
            class: "end",
            at: (x + 6.0, y + 4.0),
            anchor: Anchor::Start,
            ink: series.look.ink,
            bold: true,
            words: series.sign.clone(),
        });
    }
}
