//! Things by one figure: a row for each, a bar for each kind, and the interval as a whisker. The names
//! stand beside the bars where there is room, else above them.

use super::axes::{Area, LINE, Steps, level_ticks, spans};
use super::drawing::{Anchor, Drawing, Field, Paint, Part, Stop, fitting, wide};
use super::figure::{Bars, Measured, Panel};
use super::look::{Look, Shape};
use super::scale::Scale;
use super::thin::Point;

/// Height of a bar.
const BAR: f64 = 9.0;
/// From one bar of a row to the next.
const NEXT: f64 = 12.0;
/// Between two rows.
const GAP: f64 = 9.0;
/// Below the last row: the numbers of the axis, and its name.
const FOOT: f64 = 24.0;

/// Where the parts of a panel of bars lie.
struct Plan {
    /// Names stand above their bars.
    above: bool,
    /// The left edge of the bars.
    left: f64,
    /// From one row to the next.
    row: f64,
}

impl Plan {
    fn of(bars: &Bars, width: f64) -> Self {
        let names = bars.rows.iter().map(|row| wide(&row.0));
        let widest = names.fold(0.0, f64::max);
        let above = widest > 0.42 * width;
        let thick = bars.kinds.len().max(1) as f64 * NEXT + GAP;
        Self {
            above,
            left: if above || widest == 0.0 {
                8.0
            } else {
                widest + 12.0
            },
            row: if above { thick + LINE } else { thick.max(LINE) },
        }
    }
}

/// How high a panel of bars is at a width.
pub fn height(panel: &Panel, bars: &Bars, width: f64) -> f64 {
    let name = if panel.name.is_empty() { 0.0 } else { LINE };
    let axis = if panel.across.title().is_empty() {
        0.0
    } else {
        LINE
    };
    8.0 + name + bars.rows.len() as f64 * Plan::of(bars, width).row + FOOT + axis
}

/// Draws a panel of bars.
pub fn draw(drawing: &mut Drawing, nth: usize, panel: &Panel, bars: &Bars, area: Area) {
    let plan = Plan::of(bars, area.width);
    let mut top = area.top + 8.0;
    if !panel.name.is_empty() {
        let name = fitting(&panel.name, area.width);
        drawing.words("name", (area.left, top + 4.0), Anchor::Start, name);
        top += LINE;
    }
    let [values, _] = spans(&panel.content);
    let (left, right) = (area.left + plan.left, area.left + area.width - 10.0);
    let room = ((right - left) / 48.0).floor().clamp(1.0, 6.0);
    let along = Steps::of(&panel.across, values, room as usize);
    let foot = top + bars.rows.len() as f64 * plan.row;
    let field = Field {
        x: Scale {
            from: along.ends,
            to: (left, right),
        },
        y: Scale {
            from: (0.0, 1.0),
            to: (top, top + plan.row),
        },
        edges: [
            area.left,
            area.top,
            area.left + area.width,
            area.top + area.height,
        ],
    };
    // Names above the bars stand on paper, not on lines.
    let stretches: Vec<(f64, f64)> = if plan.above {
        let rows = (0..bars.rows.len()).map(|row| field.y.at(row as f64));
        rows.map(|head| (head + LINE - 1.0, head + plan.row - 3.0))
            .collect()
    } else {
        vec![(top, foot)]
    };
    for tick in &along.at {
        let at = field.x.at(*tick);
        for (from, to) in &stretches {
            let corners = vec![(at, *from), (at, *to)];
            drawing.line("grid", corners, Paint::stroke("rule", 1.0));
        }
    }
    let edges = (area.left, area.left + area.width);
    level_ticks(drawing, &along, field.x, foot + 16.0, edges);
    let name = panel.across.title();
    if !name.is_empty() {
        let name = fitting(&format!("{name} \u{2192}"), area.width);
        drawing.words("axis", (edges.1, foot + 16.0 + LINE), Anchor::End, name);
    }
    let mut stop = 0;
    for (row, (name, found)) in bars.rows.iter().enumerate() {
        let head = field.y.at(row as f64);
        let first = if plan.above {
            drawing.words(
                "row",
                (left, head + 12.0),
                Anchor::Start,
                fitting(name, right - left),
            );
            head + LINE
        } else {
            let middle = head + plan.row / 2.0;
            drawing.words("row", (left - 8.0, middle + 3.0), Anchor::End, name.clone());
            head + (plan.row - bars.kinds.len() as f64 * NEXT) / 2.0 + (NEXT - BAR) / 2.0
        };
        for (kind, (look, _)) in bars.kinds.iter().enumerate() {
            let Some(found) = found.get(kind).copied().flatten() else {
                continue;
            };
            let middle = first + kind as f64 * NEXT + BAR / 2.0;
            one(drawing, &field, *look, found, middle, bars.dots);
            drawing.marks.push(Stop {
                panel: nth,
                nth: stop,
                at: (field.x.at(found.0), middle),
            });
            stop += 1;
        }
    }
    drawing.fields.push(field);
}

/// One bar, or dot, with its interval.
fn one(
    drawing: &mut Drawing,
    field: &Field,
    look: Look,
    (value, interval): Measured,
    middle: f64,
    dot: bool,
) {
    let (left, right) = field.x.to;
    let at = |value: f64| field.x.at(value).clamp(left, right);
    if !dot {
        let (over, under) = (middle - BAR / 2.0, middle + BAR / 2.0);
        let corners: Vec<Point> = vec![
            (left, over),
            (at(value), over),
            (at(value), under),
            (left, under),
        ];
        drawing.plate("bar", corners, Paint::bar(look));
    }
    if let Some((low, high)) = interval {
        let ink = if dot { look.ink } else { "ink" };
        drawing.line(
            "whisker",
            vec![(at(low), middle), (at(high), middle)],
            Paint::stroke(ink, 1.5),
        );
        if !dot {
            for end in [at(low), at(high)] {
                let cap = vec![(end, middle - 3.0), (end, middle + 3.0)];
                drawing.line("whisker", cap, Paint::stroke("ink", 1.5));
            }
        }
    }
    if dot {
        drawing.parts.push(Part::Dot {
            class: "mark",
            at: (at(value), middle),
            radius: 4.0,
            square: look.shape == Shape::Square,
            paint: Paint::mark(look, look.ink),
        });
    }
}
