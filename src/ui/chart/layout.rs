//! From a figure to its drawing at a width: panels beside each other as there is room.

use super::axes::Area;
use super::drawing::Drawing;
use super::figure::{Content, Figure, Panel};
use super::{bars, lines, plane};

/// Between two panels.
const GAP: f64 = 20.0;
/// How high a plane is for its width.
const PLANE: f64 = 0.86;
/// A plane alone is no wider.
pub const WIDEST_PLANE: f64 = 430.0;

/// How a figure's panels lie.
struct Grid {
    columns: usize,
    wide: f64,
    high: f64,
}

impl Grid {
    fn of(figure: &Figure, width: f64) -> Self {
        let count = figure.panels.len().max(1);
        let fit = ((width + GAP) / (figure.least.max(1.0) + GAP))
            .floor()
            .max(1.0);
        // No more than there are panels.
        let fit = (fit.min(count as f64) as usize).max(1);
        // As many rows as needed, each as full as the others.
        let columns = count.div_ceil(count.div_ceil(fit));
        let wide = (width - (columns - 1) as f64 * GAP) / columns as f64;
        let high = |panel: &Panel| match &panel.content {
            Content::Lines(_) => figure.height,
            Content::Plane(_) => PLANE * wide + 24.0,
            Content::Bars(bars) => bars::height(panel, bars, wide),
        };
        Self {
            columns,
            wide,
            high: figure.panels.iter().map(high).fold(0.0, f64::max),
        }
    }

    fn rows(&self, figure: &Figure) -> f64 {
        figure.panels.len().div_ceil(self.columns) as f64
    }

    fn height(&self, figure: &Figure) -> f64 {
        let rows = self.rows(figure);
        rows * self.high + (rows - 1.0).max(0.0) * GAP
    }
}

/// The width that a figure makes use of, where there is so much room.
pub fn used(figure: &Figure, room: f64) -> f64 {
    match figure.panels.as_slice() {
        [only] if matches!(only.content, Content::Plane(_)) => room.min(WIDEST_PLANE),
        _ => room,
    }
}

/// The height of a figure's drawing at a width.
pub fn height(figure: &Figure, width: f64) -> f64 {
    Grid::of(figure, width).height(figure)
}

/// Draws a figure.
pub fn draw(figure: &Figure, width: f64) -> Drawing {
    let grid = Grid::of(figure, width);
    let mut drawing = Drawing {
        width,
        height: grid.height(figure),
        ..Drawing::default()
    };
    for (nth, panel) in figure.panels.iter().enumerate() {
        let (column, row) = ((nth % grid.columns) as f64, (nth / grid.columns) as f64);
        let area = Area {
            left: column * (grid.wide + GAP),
            top: row * (grid.high + GAP),
            width: grid.wide,
            height: grid.high,
        };
        match &panel.content {
            Content::Lines(lines) => lines::draw(&mut drawing, panel, lines, area),
            Content::Plane(plane) => plane::draw(&mut drawing, nth, panel, plane, area),
            Content::Bars(bars) => bars::draw(&mut drawing, nth, panel, bars, area),
        }
    }
    drawing
}
