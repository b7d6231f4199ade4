//! The few shapes that everything on the canvas is made of, the same for every renderer.

use super::palette::Colour;

/// A shape. `half` is half its width and half its height unless it says otherwise. The numbers are
/// those of the painter's shader, `marks.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Form {
    /// An ellipse. `detail` is the length of its outline's dashes, 0 for none.
    Disc = 0,
    /// A rhombus.
    Diamond = 1,
    /// A rectangle.
    Square = 2,
    /// A triangle that points up.
    Triangle = 3,
    /// A hexagon that points up.
    Hexagon = 4,
    /// A villager without the head.
    Body = 5,
    /// Walls under a roof. `detail` is the share of the height that is wall.
    House = 6,
    /// A beam that falls on a pool of light: `centre` is where it lands, `half` half the pool's
    /// width and the whole height, `detail` how far to the side it begins.
    Beam = 7,
    /// A line with round ends, from `centre`, by `half`.
    Line = 8,
    /// A sign of [`SIGNS`]: `detail` is its number.
    Sign = 9,
}

/// What [`Form::Sign`] can write.
pub const SIGNS: [char; 8] = ['?', '1', '2', '3', '4', '5', '6', '7'];

/// Half the width of a beam where it begins.
pub const SOURCE: f64 = 5.0;

/// A shape somewhere on the canvas. Lengths are CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its shape.
    pub form: Form,
    /// Its middle.
    pub centre: (f64, f64),
    /// How far it reaches from the middle.
    pub half: (f64, f64),
    /// Colour of its inside.
    pub fill: Colour,
    /// Colour of its outline.
    pub line: Colour,
    /// Width of its outline.
    pub width: f64,
    /// What the shape wants besides.
    pub detail: f64,
}

impl Mark {
    /// A shape without colours.
    pub fn new(form: Form, centre: (f64, f64), half: (f64, f64)) -> Self {
        Self {
            form,
            centre,
            half,
            fill: Colour::NONE,
            line: Colour::NONE,
            width: 0.0,
            detail: 0.0,
        }
    }

    /// A line between two points.
    pub fn between(from: (f64, f64), to: (f64, f64), line: Colour, width: f64) -> Self {
        Self::new(Form::Line, from, (to.0 - from.0, to.1 - from.1)).lined(line, width)
    }

    /// Filled with a colour.
    pub fn filled(self, fill: Colour) -> Self {
        Self { fill, ..self }
    }

    /// With an outline.
    pub fn lined(self, line: Colour, width: f64) -> Self {
        Self {
            line,
            width,
            ..self
        }
    }

    /// With what the shape wants besides.
    pub fn with(self, detail: f64) -> Self {
        Self { detail, ..self }
    }
}
