//! Both models beside each other, as bars: what every test and every attack is drawn as.

use super::chart::figure::{Axis, Bars, Content, Figure};
use super::chart::look;
use super::text::Figures;
use crate::lab::view::Estimate;

/// A figure of both models, row by row, each a bar with its interval.
pub fn before_after(
    figures: &Figures,
    title: &str,
    axis: Axis,
    rows: Vec<(String, [Option<Estimate>; 2])>,
) -> Figure {
    let measured = |found: Option<Estimate>| {
        let found = found?;
        let ends = (f64::from(found.low), f64::from(found.high));
        Some((f64::from(found.value), Some(ends)))
    };
    let row = |(name, found): (String, [Option<Estimate>; 2])| (name, found.map(measured).into());
    let kinds = [(look::BASE, figures.base), (look::TRAINED, figures.trained)];
    let bars = Bars {
        rows: rows.into_iter().map(row).collect(),
        kinds: kinds.map(|(look, name)| (look, name.to_owned())).into(),
        dots: false,
    };
    Figure::of(title, 0.0, axis, Axis::default(), Content::Bars(bars))
}
