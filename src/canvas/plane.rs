//! The renderer for 2-D canvases.

use super::mark::{Form, Mark, SIGNS, SOURCE};
use super::palette::{Colour, Palette};
use super::scene::Scene;
use super::sight::{Camera, Sight};
use super::{Moment, Renderer, sketch};
use std::f64::consts::{PI, TAU};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement};

/// The face of signs, ready to have a size put before it.
const FACE: &str = "px system-ui, sans-serif";

/// Draws with a canvas's 2-D context.
pub struct PlaneRenderer {
    canvas: HtmlCanvasElement,
    context: Context,
    width: f64,
    height: f64,
    density: f64,
    marks: Vec<Mark>,
}

impl PlaneRenderer {
    /// Takes a canvas; none if it has no 2-D context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            canvas,
            context,
            width: 1.0,
            height: 1.0,
            density: 1.0,
            marks: Vec::new(),
        })
    }

    /// Leaves nothing on the canvas.
    pub fn erase(&self) {
        let context = &self.context;
        // A finite matrix is never refused.
        let _ = context.set_transform(self.density, 0.0, 0.0, self.density, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, self.width, self.height);
    }
}

impl Renderer for PlaneRenderer {
    fn resize(&mut self, width: f64, height: f64, density: f64) {
        (self.width, self.height, self.density) = (width, height, density);
        // Canvases are a few thousand pixels wide at most.
        self.canvas
            .set_width((width * density).round().max(1.0) as u32);
        self.canvas
            .set_height((height * density).round().max(1.0) as u32);
    }

    fn paint(&mut self, scene: &Scene, palette: &Palette, camera: Camera, moment: Moment) -> bool {
        self.erase();
        let sight = Sight::of(self.width, self.height, &scene.arrangement, camera);
        let moves = sketch(scene, palette, &sight, moment, &mut self.marks);
        let mut brush = Brush::new(&self.context);
        for mark in &self.marks {
            brush.put(mark);
        }
        brush.finish();
        moves
    }
}

/// A context that is told only what changes: most marks look like the one before.
struct Brush<'a> {
    context: &'a Context,
    fill: Option<Colour>,
    line: Option<(Colour, f64)>,
    /// Lines that will be drawn with one stroke.
    lines: bool,
}

impl<'a> Brush<'a> {
    fn new(context: &'a Context) -> Self {
        context.set_line_cap("round");
        context.set_line_join("miter");
        Self {
            context,
            fill: None,
            line: None,
            lines: false,
        }
    }

    fn put(&mut self, mark: &Mark) {
        let context = self.context;
        let line = (mark.line, mark.width);
        if self.lines && (mark.form != Form::Line || self.line != Some(line)) {
            self.finish();
        }
        if mark.width > 0.0 && self.line != Some(line) {
            context.set_stroke_style_str(&mark.line.css());
            context.set_line_width(mark.width);
            self.line = Some(line);
        }
        if mark.form == Form::Line {
            if !self.lines {
                context.begin_path();
                self.lines = true;
            }
            context.move_to(mark.centre.0, mark.centre.1);
            context.line_to(mark.centre.0 + mark.half.0, mark.centre.1 + mark.half.1);
            return;
        }
        if mark.fill.alpha > 0 && self.fill != Some(mark.fill) {
            context.set_fill_style_str(&mark.fill.css());
            self.fill = Some(mark.fill);
        }
        if mark.form == Form::Sign {
            sign(context, mark);
            return;
        }
        context.begin_path();
        trace(context, mark);
        if mark.fill.alpha > 0 {
            context.fill();
        }
        if mark.width > 0.0 {
            if mark.detail > 0.0 && mark.form == Form::Disc {
                dash(context, Some(mark.detail));
                context.stroke();
                dash(context, None);
            } else {
                context.stroke();
            }
        }
    }

    /// Draws the lines that wait.
    fn finish(&mut self) {
        if std::mem::take(&mut self.lines) {
            self.context.stroke();
        }
    }
}

/// Makes the mark's outline the path.
fn trace(context: &Context, mark: &Mark) {
    let ((x, y), (w, h)) = (mark.centre, mark.half);
    let corners = |points: &[(f64, f64)]| {
        for (place, (across, down)) in points.iter().enumerate() {
            if place == 0 {
                context.move_to(x + across, y + down);
            } else {
                context.line_to(x + across, y + down);
            }
        }
        context.close_path();
    };
    match mark.form {
        // Only negative radii are refused.
        Form::Disc => drop(context.ellipse(x, y, w, h, 0.0, 0.0, TAU)),
        Form::Diamond => corners(&[(0.0, -h), (w, 0.0), (0.0, h), (-w, 0.0)]),
        Form::Square => context.rect(x - w, y - h, 2.0 * w, 2.0 * h),
        Form::Triangle => corners(&[(0.0, -h), (w, h), (-w, h)]),
        Form::Hexagon => corners(&[
            (0.0, -h),
            (w, -h / 2.0),
            (w, h / 2.0),
            (0.0, h),
            (-w, h / 2.0),
            (-w, -h / 2.0),
        ]),
        Form::House => {
            let eaves = h - 2.0 * h * mark.detail;
            corners(&[(-w, h), (-w, eaves), (0.0, -h), (w, eaves), (w, h)]);
        }
        Form::Beam => {
            context.move_to(x + mark.detail - SOURCE, y - h);
            context.line_to(x + mark.detail + SOURCE, y - h);
            context.line_to(x + w, y);
            // The nearer half of the pool, which lies a little flatter than it is wide.
            let _ = context.ellipse(x, y, w, w * 0.43, 0.0, 0.0, PI);
            context.close_path();
        }
        Form::Body => body(context, (x, y), (w, h)),
        Form::Line | Form::Sign => {}
    }
}

/// Shoulders, sides that swing out to the foot as a cubic does, and a round foot.
fn body(context: &Context, (x, y): (f64, f64), (w, h): (f64, f64)) {
    let shoulder = w * 0.46;
    context.move_to(x - w, y + h);
    let (low, high) = (y + h / 3.0, y - h / 3.0);
    context.bezier_curve_to(x - w, low, x - shoulder, high, x - shoulder, y - h);
    context.line_to(x + shoulder, y - h);
    context.bezier_curve_to(x + shoulder, high, x + w, low, x + w, y + h);
    context.quadratic_curve_to(x, y + h * 1.425, x - w, y + h);
    context.close_path();
}

/// Writes a sign as high as the mark.
pub(super) fn sign(context: &Context, mark: &Mark) {
    // Below the number of signs.
    let sign = SIGNS.get(mark.detail as usize).copied().unwrap_or('?');
    let size = (mark.half.1 * 1.56) as u32;
    context.set_font(&["600 ", &size.to_string(), FACE].concat());
    context.set_text_align("center");
    context.set_text_baseline("middle");
    let _ = context.fill_text(
        sign.encode_utf8(&mut [0; 4]),
        mark.centre.0,
        mark.centre.1 + 0.5,
    );
}

/// Dashes of that length, or a line without any.
fn dash(context: &Context, length: Option<f64>) {
    context.set_line_cap(if length.is_some() { "butt" } else { "round" });
    let pattern = js_sys::Array::new();
    if let Some(length) = length {
        pattern.push(&length.into());
        pattern.push(&length.into());
    }
    // Only negative lengths are refused.
    let _ = context.set_line_dash(&pattern);
}
