//! Draws the society.
//!
//! [`scene`] says what there is to see (pure data, made of a [`crate::lab::RunView`]), [`layout`]
//! where it lies, [`palette`] in which colours (the style sheet's own), and a [`Renderer`] puts it
//! on a canvas. [`plane`] is the renderer for 2-D canvases; another one only has to keep the trait.
//!
//! May import `lab`.

mod houses;
pub mod layout;
pub mod palette;
mod peg;
pub mod plane;
pub mod scene;

pub use layout::Layout;
pub use palette::Palette;
pub use plane::PlaneRenderer;
pub use scene::{Letter, Person, Scene, Spotlight};

/// What moves, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Seconds since the spotlight turned to what it shows.
    pub seconds: f64,
    /// Nothing may move: everything is drawn where it ends up.
    pub still: bool,
}

/// Puts scenes on a canvas.
pub trait Renderer {
    /// The canvas got another size: CSS pixels, and device pixels for each of them.
    fn resize(&mut self, width: f64, height: f64, density: f64);

    /// Draws the scene; true while something still moves and another frame is wanted.
    fn paint(&mut self, scene: &Scene, palette: &Palette, moment: Moment) -> bool;
}
