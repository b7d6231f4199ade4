//! Draws one villager: a wooden peg with a head, on the ring that says how it was raised.

use super::palette::Palette;
use super::scene::Person;
use crate::lab::view::Label;
use std::f64::consts::TAU;
use web_sys::CanvasRenderingContext2d as Context;

/// Below this height of a cell there is no room for a figure, only for a mark.
const SMALLEST_FIGURE: f64 = 20.0;

/// How a villager is drawn.
pub(super) struct Pose {
    /// Middle of the cell.
    pub x: f64,
    /// Middle of the cell.
    pub y: f64,
    /// Size of the figure: the smaller of a cell's height and width.
    pub size: f64,
    /// Chosen by the visitor.
    pub chosen: bool,
}

/// Draws the ring on the ground; pegs stand on it, so all rings come first.
pub(super) fn ring(context: &Context, palette: &Palette, person: &Person, pose: &Pose) {
    if pose.size < SMALLEST_FIGURE {
        return;
    }
    let Some(label) = person.label else {
        return;
    };
    let dash = pose.size * 0.07;
    set_dash(
        context,
        if label == Label::Bad {
            Some(dash.max(2.0))
        } else {
            None
        },
    );
    context.set_stroke_style_str(&palette.ink);
    context.set_line_width((pose.size * 0.022).clamp(1.0, 2.0));
    context.begin_path();
    let _ = context.ellipse(
        pose.x,
        pose.y + pose.size * 0.31,
        pose.size * 0.3,
        pose.size * 0.11,
        0.0,
        0.0,
        TAU,
    );
    context.stroke();
    set_dash(context, None);
}

/// Draws the villager.
pub(super) fn figure(context: &Context, palette: &Palette, person: &Person, pose: &Pose) {
    context.set_fill_style_str(&palette.person(person.alignment, person.engagement));
    context.set_stroke_style_str(&palette.ink);
    let thin = (pose.size * 0.025).clamp(0.75, 2.0);
    context.set_line_width(if pose.chosen { thin * 2.2 } else { thin });
    if pose.size < SMALLEST_FIGURE {
        mark(context, person, pose);
        return;
    }
    let (x, y, s) = (pose.x, pose.y, pose.size);
    let (foot, shoulder) = (s * 0.2, s * 0.115);
    context.begin_path();
    context.move_to(x - foot, y + s * 0.3);
    context.bezier_curve_to(
        x - foot,
        y + s * 0.05,
        x - shoulder,
        y + s * 0.06,
        x - shoulder * 0.8,
        y - s * 0.1,
    );
    context.line_to(x + shoulder * 0.8, y - s * 0.1);
    context.bezier_curve_to(
        x + shoulder,
        y + s * 0.06,
        x + foot,
        y + s * 0.05,
        x + foot,
        y + s * 0.3,
    );
    context.quadratic_curve_to(x, y + s * 0.385, x - foot, y + s * 0.3);
    context.close_path();
    context.fill();
    context.stroke();
    context.begin_path();
    let _ = context.arc(x, y - s * 0.2, s * 0.135, 0.0, TAU);
    context.fill();
    context.stroke();
    if person.speaking {
        speech(context, palette, pose);
    }
}

/// In a crowd: a disc for somebody raised well, a diamond for somebody raised badly.
fn mark(context: &Context, person: &Person, pose: &Pose) {
    let radius = pose.size * 0.36;
    context.begin_path();
    if person.label == Some(Label::Bad) {
        context.move_to(pose.x, pose.y - radius * 1.15);
        context.line_to(pose.x + radius * 1.15, pose.y);
        context.line_to(pose.x, pose.y + radius * 1.15);
        context.line_to(pose.x - radius * 1.15, pose.y);
        context.close_path();
    } else {
        let _ = context.arc(pose.x, pose.y, radius, 0.0, TAU);
    }
    context.fill();
    context.stroke();
}

/// Three short strokes beside the mouth.
fn speech(context: &Context, palette: &Palette, pose: &Pose) {
    context.set_stroke_style_str(&palette.ink);
    context.set_line_width((pose.size * 0.03).clamp(1.0, 2.0));
    // Cosine and sine of 40 degrees up, straight on, 40 degrees down.
    for (along, down) in [(0.766, -0.643), (1.0, 0.0), (0.766, 0.643)] {
        let (near, far) = (pose.size * 0.19, pose.size * 0.26);
        let (x, y) = (pose.x, pose.y - pose.size * 0.2);
        context.begin_path();
        context.move_to(x + near * along, y + near * down);
        context.line_to(x + far * along, y + far * down);
        context.stroke();
    }
}

/// Dashes of that length, or a line without any.
pub(super) fn set_dash(context: &Context, length: Option<f64>) {
    let pattern = js_sys::Array::new();
    if let Some(length) = length {
        pattern.push(&length.into());
        pattern.push(&length.into());
    }
    // Only negative lengths are refused.
    let _ = context.set_line_dash(&pattern);
}
