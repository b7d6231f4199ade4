//! Panels on common scales, so that what differs between them is what they show.

use super::axes::{Steps, ends, spans};
use super::figure::{Axis, Figure, Panel, Unit};

/// Gives the axes of all panels the same ends: they reach as far as the values of any. Axes that are
/// fixed stay as they are.
pub fn share(figure: &mut Figure) {
    let all: Vec<[(f64, f64); 2]> = figure
        .panels
        .iter()
        .map(|panel| spans(&panel.content))
        .collect();
    let both = [0, 1].map(|axis| ends(all.iter().flat_map(|spans| [spans[axis].0, spans[axis].1])));
    for panel in &mut figure.panels {
        let Panel { across, up, .. } = panel;
        for (axis, values) in [across, up].into_iter().zip(both) {
            axis.range = axis.range.or_else(|| Some(reaching(axis, values)));
        }
    }
}

/// The ends of an axis that reaches to round numbers; places are counted, and have an end.
fn reaching(axis: &Axis, values: (f64, f64)) -> (f64, f64) {
    if axis.unit == Unit::Count {
        values
    } else {
        Steps::of(axis, values, 4).ends
    }
}
