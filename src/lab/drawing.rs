//! The wire between the page's canvas and the painter that draws it on a graphics card: what the
//! painter says, and how large a mark is. Both are built apart and must agree.

/// It waits for a canvas; the id of the build follows.
pub const LISTENING: &str = "listening ";
/// It has a device and can draw.
pub const OPEN: &str = "open";
/// A frame was drawn.
pub const DRAWN: &str = "drawn";
/// It can't draw, or no longer.
pub const BROKEN: &str = "broken";

/// Bytes of a mark: place and half its size (four floats), width and detail (two floats), colours of
/// inside and outline (four bytes each), and the number of its form.
pub const STRIDE: u64 = 36;
