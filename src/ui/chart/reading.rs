//! What is read at a place of a chart, by hand or by keys: words, and marks that show where.

use super::drawing::{Drawing, Paint, Part, Stop};
use super::figure::{Content, Figure, Lines, Measured, Panel, signed};
use super::lines;
use super::look::Look;
use super::thin::Point;

/// What is read at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Where.
    pub head: String,
    /// The values there, with the look and the name of each; a look or a name where there are several.
    pub values: Vec<(Option<Look>, String, String)>,
    /// Where the words stand.
    pub at: Point,
    /// What shows the place.
    pub parts: Vec<Part>,
}

/// All that can be read in a drawing, panel by panel.
pub fn stops(figure: &Figure, drawing: &Drawing) -> Vec<Stop> {
    let of = |(nth, panel): (usize, &Panel)| match (&panel.content, drawing.fields.get(nth)) {
        (Content::Lines(lines), Some(field)) => {
            let stop = |(place, x): (usize, f64)| Stop {
                panel: nth,
                nth: place,
                at: (field.x.at(x), f64::NAN),
            };
            lines.places().into_iter().enumerate().map(stop).collect()
        }
        _ => {
            let own = drawing.marks.iter().filter(|stop| stop.panel == nth);
            own.copied().collect::<Vec<Stop>>()
        }
    };
    figure.panels.iter().enumerate().flat_map(of).collect()
}

/// What can be read at a place: the nearest stop of its panel, on the level axis alone where there are
/// lines.
pub fn nearest(drawing: &Drawing, stops: &[Stop], (x, y): Point) -> Option<usize> {
    let away = |[left, top, right, foot]: [f64; 4]| {
        let out = |at: f64, low: f64, high: f64| (low - at).max(at - high).max(0.0);
        out(x, left, right) + out(y, top, foot)
    };
    let panels = drawing.fields.iter().enumerate();
    let panel = panels.min_by(|one, other| away(one.1.edges).total_cmp(&away(other.1.edges)))?;
    let far = |stop: &Stop| {
        let up = if stop.at.1.is_nan() {
            0.0
        } else {
            stop.at.1 - y
        };
        (stop.at.0 - x) * (stop.at.0 - x) + up * up
    };
    let own = stops
        .iter()
        .enumerate()
        .filter(|(_, stop)| stop.panel == panel.0);
    let nearest = own.min_by(|one, other| far(one.1).total_cmp(&far(other.1)));
    nearest.map(|(place, _)| place)
}

/// A key that moves along a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next on the left.
    Left,
    /// To the next on the right.
    Right,
    /// To the next above.
    Up,
    /// To the next below.
    Down,
    /// To the first.
    Home,
    /// To the last.
    End,
    /// A tenth of the way back.
    PageUp,
    /// A tenth of the way on.
    PageDown,
}

impl Key {
    /// A key by the name that browsers give it.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowLeft" => Key::Left,
            "ArrowRight" => Key::Right,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "Home" => Key::Home,
            "End" => Key::End,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            _ => return None,
        })
    }
}

/// Where a key leads from a place, if there is anything to read. From no place, keys that lead back
/// begin at the last one: what is newest is asked for first.
pub fn turn(figure: &Figure, stops: &[Stop], from: Option<usize>, key: Key) -> Option<usize> {
    let last = stops.len().checked_sub(1)?;
    let Some(from) = from.map(|from| from.min(last)) else {
        return Some(match key {
            Key::Right | Key::Down | Key::Home => 0,
            _ => last,
        });
    };
    let tenth = (stops.len() / 10).max(1);
    Some(match key {
        Key::Home => 0,
        Key::End => last,
        Key::PageUp => from.saturating_sub(tenth),
        Key::PageDown => (from + tenth).min(last),
        Key::Left | Key::Right | Key::Up | Key::Down => {
            let panel = stops
                .get(from)
                .and_then(|stop| figure.panels.get(stop.panel));
            match panel.map(|panel| &panel.content) {
                Some(Content::Plane(_)) => towards(stops, from, key).unwrap_or(from),
                _ if matches!(key, Key::Left | Key::Up) => from.saturating_sub(1),
                _ => (from + 1).min(last),
            }
        }
    })
}

/// The next mark of a plane in the order of one axis; marks at the same height of it follow their
/// order in the list. At the end of a panel comes the next panel.
fn towards(stops: &[Stop], from: usize, key: Key) -> Option<usize> {
    let stop = stops.get(from)?;
    let along = |place: usize, stop: &Stop| {
        let (x, y) = stop.at;
        (
            if matches!(key, Key::Left | Key::Right) {
                x
            } else {
                -y
            },
            place,
        )
    };
    let less = |one: (f64, usize), other: (f64, usize)| {
        one.0 < other.0 || (one.0 == other.0 && one.1 < other.1)
    };
    let onwards = matches!(key, Key::Right | Key::Up);
    let here = along(from, stop);
    let own = stops
        .iter()
        .enumerate()
        .filter(|(_, other)| other.panel == stop.panel);
    let mut best: Option<(f64, usize)> = None;
    for (place, other) in own {
        let there = along(place, other);
        let ahead = if onwards {
            less(here, there)
        } else {
            less(there, here)
        };
        let nearer = best.is_none_or(|best| {
            if onwards {
                less(there, best)
            } else {
                less(best, there)
            }
        });
        if ahead && nearer {
            best = Some(there);
        }
    }
    if let Some((_, place)) = best {
        return Some(place);
    }
    let panel = if onwards {
        stop.panel + 1
    } else {
        stop.panel.checked_sub(1)?
    };
    stops.iter().position(|other| other.panel == panel)
}

/// What is read at a stop.
pub fn read(figure: &Figure, drawing: &Drawing, stop: &Stop) -> Option<Reading> {
    let panel = figure.panels.get(stop.panel)?;
    let mut reading = match &panel.content {
        Content::Lines(lines) => of_lines(panel, lines, drawing, stop)?,
        Content::Plane(plane) => {
            let mark = plane.marks.get(stop.nth)?;
            let value = |axis: &super::figure::Axis, measured: Measured| {
                (None, axis.name.clone(), axis.measured(measured))
            };
            Reading {
                head: signed(&mark.sign, &mark.name),
                values: vec![value(&panel.across, mark.across), value(&panel.up, mark.up)],
                ..Reading::default()
            }
        }
        Content::Bars(bars) => {
            let found = bars.rows.iter().flat_map(|(name, found)| {
                let found = found.iter().zip(&bars.kinds);
                found.filter_map(move |(found, kind)| Some((name, kind, (*found)?)))
            });
            let (row, (look, kind), measured) = found.into_iter().nth(stop.nth)?;
            Reading {
                head: row.clone(),
                values: vec![(Some(*look), kind.clone(), panel.across.measured(measured))],
                ..Reading::default()
            }
        }
    };
    if !panel.name.is_empty() {
        reading.head = format!("{} · {}", panel.name, reading.head);
    }
    if reading.parts.is_empty() {
        reading.at = stop.at;
        reading.parts = vec![Part::Dot {
            class: "cursor",
            at: stop.at,
            radius: 11.0,
            square: false,
            paint: Paint::stroke("ink", 1.5),
        }];
    }
    Some(reading)
}

/// All lines' values at a place.
fn of_lines(panel: &Panel, lines: &Lines, drawing: &Drawing, stop: &Stop) -> Option<Reading> {
    let field = drawing.fields.get(stop.panel)?;
    let place = *lines.places().get(stop.nth)?;
    let (foot, top) = field.y.to;
    let x = stop.at.0;
    let upright = Part::Line {
        class: "cursor",
        corners: vec![(x, top), (x, foot)],
        closed: false,
        paint: Paint::stroke("ink", 1.0),
    };
    let mut reading = Reading {
        head: panel.across.placed(place),
        at: (x, top),
        parts: vec![upright],
        ..Reading::default()
    };
    let several = lines.series.len() > 1;
    // The line in front is named first, as in the key.
    for series in lines.series.iter().rev() {
        let Some(value) = series.at(place) else {
            continue;
        };
        let name = signed(&series.sign, &series.name);
        let look = several.then_some(series.look);
        let told = panel.up.measured((value, series.ends(place)));
        reading
            .values
            .push((look, if several { name } else { String::new() }, told));
        if value.is_finite() {
            let at = (x, field.y.at(value));
            reading.parts.push(lines::mark(series, (place, value), at));
        }
    }
    Some(reading)
}
