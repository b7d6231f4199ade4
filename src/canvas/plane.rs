//! The renderer for 2-D canvases.

use super::houses;
use super::layout::{Layout, backdrop};
use super::palette::Palette;
use super::peg::{self, Pose};
use super::scene::{Letter, Scene, Spotlight};
use super::{Moment, Renderer};
use std::f64::consts::TAU;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement};

/// Seconds a letter is on its way.
const FLIGHT: f64 = 0.9;
/// Seconds between two letters' departures.
const STAGGER: f64 = 0.18;
/// Where on its way a letter stays lying, 0 at the writer and 1 at the author.
const REST: f64 = 0.62;

/// Draws with a canvas's 2-D context.
pub struct PlaneRenderer {
    canvas: HtmlCanvasElement,
    context: Context,
    width: f64,
    height: f64,
    density: f64,
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
        })
    }

    fn ground(&self, layout: &Layout, palette: &Palette) {
        let context = &self.context;
        context.set_fill_style_str(&palette.rule);
        let radius = (layout.height * 0.02).clamp(0.6, 1.4);
        for row in 0..=layout.side {
            for column in 0..=layout.side {
                let x = layout.left + f64::from(column) * layout.width;
                let y = layout.top + f64::from(row) * layout.height;
                context.begin_path();
                let _ = context.arc(x, y, radius, 0.0, TAU);
                context.fill();
            }
        }
    }

    /// A beam from above and the pool it makes on the ground.
    fn beam(&self, layout: &Layout, palette: &Palette, x: f64, y: f64, size: f64) {
        let context = &self.context;
        let lean = if x < self.width / 2.0 { -1.0 } else { 1.0 };
        let (wide, low) = ((size * 0.46).max(8.0), (size * 0.2).max(4.0));
        let ground = y + size * 0.3;
        let source = x + lean * layout.width * 0.6;
        context.set_fill_style_str(&palette.beam);
        context.begin_path();
        context.move_to(source - 5.0, 0.0);
        context.line_to(source + 5.0, 0.0);
        context.line_to(x + wide, ground);
        let _ = context.ellipse(x, ground, wide, low, 0.0, 0.0, std::f64::consts::PI);
        context.close_path();
        context.fill();
        context.begin_path();
        let _ = context.ellipse(x, ground, wide, low, 0.0, 0.0, TAU);
        context.fill();
        context.set_stroke_style_str(&palette.light);
        context.set_line_width(1.5);
        context.stroke();
    }

    fn letters(
        &self,
        scene: &Scene,
        layout: &Layout,
        palette: &Palette,
        spotlight: &Spotlight,
        moment: Moment,
    ) -> bool {
        let Some(author) = scene.person(spotlight.author) else {
            return false;
        };
        let end = layout.centre(author.row, author.column);
        let mut moving = false;
        for (number, letter) in (0u32..).zip(&spotlight.letters) {
            let Some(writer) = scene.person(letter.from) else {
                continue;
            };
            let start = layout.centre(writer.row, writer.column);
            let gone = (moment.seconds - f64::from(number) * STAGGER) / FLIGHT;
            let share = if moment.still {
                1.0
            } else {
                gone.clamp(0.0, 1.0)
            };
            moving |= share < 1.0;
            if share > 0.0 {
                let bow = bow(start, end, number);
                self.letter(
                    palette,
                    letter,
                    (start, bow, end),
                    REST * ease(share),
                    layout.height,
                );
            }
        }
        moving
    }

    fn letter(&self, palette: &Palette, letter: &Letter, way: Way, share: f64, cell: f64) {
        let context = &self.context;
        let start = way.0;
        context.set_stroke_style_str(palette.rating(letter.rating));
        context.set_line_width((cell * 0.03).clamp(1.25, 2.5));
        context.begin_path();
        context.move_to(start.0, start.1);
        for part in 1..=16 {
            let (x, y) = along(way, share * f64::from(part) / 16.0);
            context.line_to(x, y);
        }
        context.stroke();
        let (x, y) = along(way, share);
        let (w, h) = (
            (cell * 0.3).clamp(12.0, 22.0),
            (cell * 0.24).clamp(10.0, 17.0),
        );
        context.set_fill_style_str(palette.rating(letter.rating));
        context.fill_rect(x - w / 2.0, y - h / 2.0, w, h);
        context.set_stroke_style_str(&palette.ink);
        context.set_line_width(1.0);
        context.stroke_rect(x - w / 2.0, y - h / 2.0, w, h);
        let words = letter
            .rating
            .map_or_else(|| "?".to_owned(), |rating| rating.to_string());
        context.set_fill_style_str(palette.on_rating(letter.rating));
        context.set_font(&format!("600 {:.0}px system-ui, sans-serif", h * 0.78));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        let _ = context.fill_text(&words, x, y + 0.5);
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

    fn paint(&mut self, scene: &Scene, palette: &Palette, moment: Moment) -> bool {
        let context = &self.context;
        // A finite matrix is never refused.
        let _ = context.set_transform(self.density, 0.0, 0.0, self.density, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, self.width, self.height);
        let layout = Layout::fit(self.width, self.height, scene.side);
        let size = layout.height.min(layout.width);
        let pose = |person: &super::Person| {
            let (x, y) = layout.centre(person.row, person.column);
            Pose {
                x,
                y,
                size,
                chosen: scene.chosen == Some(person.id),
            }
        };
        let strip = backdrop(self.height);
        if strip > 0.0 {
            houses::draw(context, palette, self.width, strip);
        }
        if size > 14.0 {
            self.ground(&layout, palette);
        }
        if let Some(author) = scene
            .spotlight
            .as_ref()
            .and_then(|spotlight| scene.person(spotlight.author))
        {
            let (x, y) = layout.centre(author.row, author.column);
            self.beam(&layout, palette, x, y, size);
        }
        for person in &scene.people {
            peg::ring(context, palette, person, &pose(person));
        }
        for person in &scene.people {
            peg::figure(context, palette, person, &pose(person));
        }
        match &scene.spotlight {
            Some(spotlight) => self.letters(scene, &layout, palette, spotlight, moment),
            None => false,
        }
    }
}

/// The way of a letter: where it begins, how far its middle is bent aside, where it ends.
type Way = ((f64, f64), (f64, f64), (f64, f64));

/// How far the middle of a way is bent aside: upwards, or to the side where the way is steep, and
/// by another amount for each letter, so that no two lie on top of each other.
fn bow(start: (f64, f64), end: (f64, f64), number: u32) -> (f64, f64) {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let bend = 0.14 + 0.07 * f64::from(number % 3);
    let (x, y) = (dy * bend, -dx * bend);
    let down = y > 0.0;
    let steep = dx.abs() < 0.35 * dy.abs();
    if steep {
        let side = if number.is_multiple_of(2) { 1.0 } else { -1.0 };
        (x.abs().max(14.0) * side, 0.0)
    } else if down {
        (-x, -y)
    } else {
        (x, y)
    }
}

/// A point on a way, 0 at its beginning and 1 at its end.
fn along((start, bow, end): Way, t: f64) -> (f64, f64) {
    let lift = 4.0 * t * (1.0 - t);
    (
        start.0 + (end.0 - start.0) * t + bow.0 * lift,
        start.1 + (end.1 - start.1) * t + bow.1 * lift,
    )
}

/// Slow at both ends.
fn ease(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}
