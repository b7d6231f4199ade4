//! Charts: one room for all of them.
//!
//! A [`figure`] says what is shown; [`layout`] makes a [`drawing`] of it at a width (with [`axes`],
//! [`lines`], [`plane`] and [`bars`], [`thin`] where there are more points than pixels, and [`common`]
//! scales where there are panels);
//! [`reading`] says what is read at a place of it. [`svg`] writes a drawing for the page or as a file
//! of its own, [`sheet`] writes the values as a table or as comma-separated values. None of these needs
//! a browser, and all are tested without one. [`view`] puts a chart on the page, [`save`] hands out its
//! files.

mod axes;
mod bars;
pub mod common;
mod drawing;
#[cfg(test)]
mod examples;
pub mod figure;
#[cfg(test)]
mod file_tests;
mod layout;
mod lines;
pub mod look;
pub mod plane;
mod reading;
mod save;
pub mod scale;
pub mod sheet;
pub mod svg;
#[cfg(test)]
mod tests;
mod thin;
pub mod view;
