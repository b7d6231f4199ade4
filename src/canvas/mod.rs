//! Draws the society.
//!
//! [`scene`] says what there is to see (pure data, made of a [`crate::lab::RunView`]), [`layout`]
//! where it lies, [`sight`] how closely it is looked at, [`palette`] and [`colouring`] in which
//! colours (the style sheet's own). [`sketch()`] makes [`mark`]s of all that, and a [`Renderer`] puts
//! them on a canvas: [`plane`] with a 2-D context, [`lens`] with WebGPU, by way of the `painter`, which
//! lies [`beside`] the page like the engine.
//!
//! May import `lab`.

pub mod beside;
pub mod card;
pub mod colouring;
mod houses;
pub mod layout;
pub mod lens;
mod letters;
pub mod mark;
pub mod palette;
pub mod peg;
pub mod plane;
pub mod scene;
pub mod sight;
mod sketch;

pub use colouring::{Colouring, Role};
pub use layout::{Arrangement, Shape};
pub use lens::LensRenderer;
pub use palette::Palette;
pub use plane::PlaneRenderer;
pub use scene::{Cue, Letter, Person, Scene, Spotlight};
pub use sight::{Camera, Sight};
pub use sketch::sketch;

/// What moves, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Seconds of what the spotlight shows: they go by slower in slow motion, and stand still while it
    /// is held.
    pub seconds: f64,
    /// Nothing may move: everything is drawn where it ends up.
    pub still: bool,
}

/// Puts scenes on a canvas.
pub trait Renderer {
    /// The canvas got another size: CSS pixels, and device pixels for each of them.
    fn resize(&mut self, width: f64, height: f64, density: f64);

    /// Draws the scene as the camera sees it; true while something still moves and another frame is
    /// wanted.
    fn paint(&mut self, scene: &Scene, palette: &Palette, camera: Camera, moment: Moment) -> bool;

    /// Whether the last picture was put off: it has to be asked for again, even where nothing moves.
    fn owes(&self) -> bool {
        false
    }

    /// Whether it still can; one that can't is to be replaced.
    fn works(&self) -> bool {
        true
    }
}
