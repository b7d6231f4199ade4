//! Drawings of figures. [`scale`] is plain arithmetic; [`line`] and [`bars`] make SVG of it;
//! [`beside`] makes the words that stand beside it.

pub mod bars;
pub mod beside;
pub mod line;
pub mod scale;
