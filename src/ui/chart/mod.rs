//! Drawings of figures. [`scale`] is plain arithmetic; [`line`] and [`bars`] make SVG of it;

pub mod bars;
pub mod line;
pub mod scale;
