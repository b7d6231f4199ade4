//! The frame of a panel: where its axes lie, their ticks, and their names, none of them on another.

use super::drawing::{Anchor, Drawing, Field, Paint, fitting, wide};
use super::figure::{Axis, Content, Mark, Measured, Unit};
use super::scale::{Scale, short, ticks};

/// The least room between two figures on the level axis.
const GAP: f64 = 14.0;
/// The least room between two figures on the upright axis.
const ROW: f64 = 17.0;
/// From the axis to its figures.
const OFF: f64 = 6.0;
/// A line of words.
pub const LINE: f64 = 17.0;

/// Where a panel is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its size.
    pub width: f64,
    /// Its size.
    pub height: f64,
}

/// Round numbers on an axis, and its ends.
pub struct Steps {
    /// The ends of the axis.
    pub ends: (f64, f64),
    /// The numbers.
    pub at: Vec<f64>,
    /// From one to the next.
    step: f64,
    scale: f64,
}

impl Steps {
    /// Numbers for an axis whose values lie between two ends; it reaches as far as its numbers, if it
    /// is not fixed.
    pub fn of(axis: &Axis, values: (f64, f64), most: usize) -> Self {
        let (low, high) = axis.range.unwrap_or(values);
        let mut at = ticks(low, high, most.max(1));
        let mut step = match at.as_slice() {
            [first, second, ..] => second - first,
            _ => 1.0,
        };
        let inside = |tick: &f64| *tick >= low - step * 1e-6 && *tick <= high + step * 1e-6;
        let ends = if axis.range.is_some() {
            at.retain(inside);
            (low, high)
        } else if let (Some(first), Some(last)) = (at.first(), at.last()) {
            (*first, *last)
        } else {
            (low, high)
        };
        if axis.unit == Unit::Count {
            at.retain(|tick| tick.fract() == 0.0);
            step = step.max(1.0);
        }
        let scale = if axis.unit == Unit::Share { 100.0 } else { 1.0 };
        Self {
            ends,
            at,
            step,
            scale,
        }
    }

    /// A number as it stands beside the axis.
    pub fn told(&self, tick: f64) -> String {
        short(tick * self.scale, self.step * self.scale)
    }

    /// The widest of the numbers.
    pub fn wide(&self) -> f64 {
        let all = self.at.iter().map(|tick| wide(&self.told(*tick)));
        all.fold(0.0, f64::max)
    }
}

/// The ends of some numbers; of none, 0 and 1.
pub fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite());
    let ends = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if ends.0 <= ends.1 { ends } else { (0.0, 1.0) }
}

/// The ends of all that lies between two axes: on the level one, and on the upright one.
pub fn spans(content: &Content) -> [(f64, f64); 2] {
    match content {
        Content::Lines(lines) => {
            let places = lines.series.iter().flat_map(|series| {
                let ends = series
                    .points
                    .first()
                    .into_iter()
                    .chain(series.points.last());
                ends.map(|point| point.0)
            });
            // Points are many: they are looked at line by line, not one chain of all.
            let values = lines.series.iter().flat_map(|series| {
                let (low, high) = ends(series.points.iter().map(|point| point.1));
                let band = series.band.iter().flat_map(|(_, low, high)| [*low, *high]);
                let own = (!series.points.is_empty()).then_some([low, high]);
                own.into_iter().flatten().chain(band)
            });
            [ends(places), ends(values)]
        }
        Content::Plane(plane) => {
            let all = |of: fn(&Mark) -> Measured| {
                ends(plane.marks.iter().flat_map(move |mark| with_ends(of(mark))))
            };
            [all(|mark| mark.across), all(|mark| mark.up)]
        }
        Content::Bars(bars) => {
            let all = bars.rows.iter().flat_map(|row| row.1.iter().flatten());
            [ends(all.flat_map(|found| with_ends(*found))), (0.0, 1.0)]
        }
    }
}

/// Values with the ends of their intervals.
fn with_ends((value, interval): Measured) -> [f64; 3] {
    let (low, high) = interval.unwrap_or((value, value));
    [value, low, high]
}

/// Name and axes of a panel, the level axis first.
#[derive(Clone, Copy)]
pub struct Axes<'a>(pub &'a str, pub [&'a Axis; 2]);

/// Draws the frame of a panel whose values have these ends, with `right` left free for what stands
/// beside it, and gives the field inside.
pub fn frame(
    drawing: &mut Drawing,
    Axes(name, [level, upright]): Axes,
    area: Area,
    [across, up]: [(f64, f64); 2],
    right: f64,
) -> Field {
    let mut top = area.top + 10.0;
    let far = area.left + area.width;
    if !name.is_empty() {
        let name = fitting(name, area.width);
        drawing.words("name", (area.left, top + 2.0), Anchor::Start, name);
        top += LINE;
    }
    let above = upright.title();
    if !above.is_empty() {
        let name = fitting(&format!("\u{2191} {above}"), area.width);
        drawing.words("axis", (area.left, top + 2.0), Anchor::Start, name);
        top += LINE;
    }
    let below = level.title();
    let foot = area.top + area.height - if below.is_empty() { 22.0 } else { 22.0 + LINE };
    let rows = ((foot - top) / ROW).floor().max(1.0);
    // Scores from 1 to 7 have a line each; others every second one that there is room for.
    let rows = match upright.range {
        Some(_) => rows.min(7.0),
        None => (rows / 2.0).clamp(2.0, 6.0),
    };
    // A handful of rows.
    let up = Steps::of(upright, up, rows as usize);
    let left = (area.left + up.wide() + OFF).max(area.left + 34.0);
    let edge = far - right;
    // The widest number tells how many there is room for; it is one of the ends, nearly always.
    let first = Steps::of(level, across, 4);
    let room = ((edge - left) / (first.wide() + GAP))
        .floor()
        .clamp(1.0, 9.0);
    let along = Steps::of(level, across, room as usize);
    let field = Field {
        x: Scale {
            from: along.ends,
            to: (left, edge),
        },
        y: Scale {
            from: up.ends,
            to: (foot, top),
        },
        edges: [area.left, area.top, far, area.top + area.height],
    };
    for tick in &up.at {
        let at = field.y.at(*tick);
        drawing.line(
            "grid",
            vec![(left, at), (edge, at)],
            Paint::stroke("rule", 1.0),
        );
        drawing.words("tick", (left - OFF, at + 4.0), Anchor::End, up.told(*tick));
    }
    level_ticks(drawing, &along, field.x, foot + 16.0, (area.left, far));
    if !below.is_empty() {
        let name = fitting(&format!("{below} \u{2192}"), area.width);
        drawing.words("axis", (far, foot + 16.0 + LINE), Anchor::End, name);
    }
    field
}

/// The numbers of a level axis, those that have room.
pub fn level_ticks(
    drawing: &mut Drawing,
    along: &Steps,
    x: Scale,
    base: f64,
    (left, right): (f64, f64),
) {
    let mut free = f64::NEG_INFINITY;
    for tick in &along.at {
        let told = along.told(*tick);
        let half = wide(&told) / 2.0;
        // A number at an edge stands a little inside.
        let middle = x
            .at(*tick)
            .clamp((left + half).min(right), (right - half).max(left));
        if middle - half < free {
            continue;
        }
        free = middle + half + GAP / 2.0;
        drawing.words("tick", (middle, base), Anchor::Middle, told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_axes_keep_their_ends_and_others_reach_to_round_numbers() {
        let fixed = Steps::of(&Axis::default().within(1.0, 7.0), (2.0, 3.0), 7);
        assert_eq!((fixed.ends, fixed.at.len()), ((1.0, 7.0), 7));
        let few = Steps::of(&Axis::default().within(1.0, 7.0), (2.0, 3.0), 3);
        assert_eq!(few.at, [2.0, 4.0, 6.0]);
        let free = Steps::of(&Axis::default(), (0.13, 0.87), 4);
        assert_eq!(free.ends, (0.0, 1.0));
        let share = Steps::of(&Axis::of("", Unit::Share), (0.13, 0.87), 4);
        assert_eq!(share.told(share.at[1]), "20");
        let counted = Steps::of(&Axis::of("", Unit::Count).within(1.0, 3.0), (1.0, 3.0), 8);
        assert_eq!(counted.at, [1.0, 2.0, 3.0]);
        assert_eq!(counted.told(2.0), "2");
    }

    #[test]
    fn numbers_have_ends_though_some_are_none() {
        assert_eq!(ends([3.0, f64::NAN, -1.0].into_iter()), (-1.0, 3.0));
        assert_eq!(ends([f64::NAN].into_iter()), (0.0, 1.0));
        assert_eq!(with_ends((1.0, None)), [1.0; 3]);
    }
}
