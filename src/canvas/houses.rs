//! The village behind its people: a row of roofs and trees, the same for everybody.

use super::palette::Palette;
use std::f64::consts::{PI, TAU};
use web_sys::CanvasRenderingContext2d as Context;

/// What stands in the row: width and height of each thing, in parts of the strip's height.
const ROW: [(Thing, f64, f64); 11] = [
    (Thing::House, 0.95, 0.62),
    (Thing::Tree, 0.5, 0.7),
    (Thing::House, 0.75, 0.8),
    (Thing::House, 1.1, 0.55),
    (Thing::Tree, 0.62, 0.86),
    (Thing::Tree, 0.42, 0.55),
    (Thing::Tower, 0.55, 1.0),
    (Thing::House, 1.0, 0.68),
    (Thing::House, 0.7, 0.52),
    (Thing::Tree, 0.55, 0.76),
    (Thing::House, 0.85, 0.74),
];

#[derive(Clone, Copy)]
enum Thing {
    House,
    Tower,
    Tree,
}

/// Draws the row into a strip of that height at the top of a canvas of that width.
pub(super) fn draw(context: &Context, palette: &Palette, width: f64, strip: f64) {
    let (unit, ground) = (strip * 0.8, strip);
    context.set_fill_style_str(&palette.shade);
    context.set_stroke_style_str(&palette.rule);
    context.set_line_width(1.0);
    let mut left = -unit * 0.3;
    for (thing, wide, high) in ROW.iter().cycle() {
        if left > width {
            break;
        }
        let (wide, high) = (wide * unit, high * unit);
        match thing {
            Thing::House => house(context, palette, left, ground, wide, high),
            Thing::Tower => tower(context, left, ground, wide, high),
            Thing::Tree => tree(context, left, ground, wide, high),
        }
        left += wide + unit * 0.12;
    }
    context.begin_path();
    context.move_to(0.0, ground);
    context.line_to(width, ground);
    context.stroke();
}

fn walls(context: &Context, left: f64, ground: f64, wide: f64, eaves: f64, ridge: f64) {
    context.begin_path();
    context.move_to(left, ground);
    context.line_to(left, ground - eaves);
    context.line_to(left + wide / 2.0, ground - ridge);
    context.line_to(left + wide, ground - eaves);
    context.line_to(left + wide, ground);
    context.fill();
    context.stroke();
}

fn house(context: &Context, palette: &Palette, left: f64, ground: f64, wide: f64, high: f64) {
    walls(context, left, ground, wide, high * 0.55, high);
    context.set_fill_style_str(&palette.paper);
    let (door, sill) = (wide * 0.16, high * 0.34);
    context.fill_rect(left + wide * 0.2, ground - sill, door, sill);
    context.fill_rect(left + wide * 0.6, ground - high * 0.42, door, high * 0.16);
    context.set_fill_style_str(&palette.shade);
}

fn tower(context: &Context, left: f64, ground: f64, wide: f64, high: f64) {
    walls(
        context,
        left + wide * 0.15,
        ground,
        wide * 0.7,
        high * 0.62,
        high,
    );
    context.begin_path();
    let _ = context.arc(
        left + wide / 2.0,
        ground - high * 0.5,
        wide * 0.12,
        0.0,
        TAU,
    );
    context.stroke();
}

fn tree(context: &Context, left: f64, ground: f64, wide: f64, high: f64) {
    let middle = left + wide / 2.0;
    context.begin_path();
    context.move_to(middle, ground);
    context.line_to(middle, ground - high * 0.4);
    context.stroke();
    context.begin_path();
    let _ = context.ellipse(
        middle,
        ground - high * 0.62,
        wide / 2.0,
        high * 0.38,
        0.0,
        0.0,
        2.0 * PI,
    );
    context.fill();
    context.stroke();
}
