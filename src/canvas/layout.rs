//! Where on the canvas everybody stands.
//!
//! The village is a square grid seen from slightly above, so a cell may be nearly
//! twice as wide as it is high. All lengths are CSS pixels.

/// Widest a cell gets, compared with its height.
const STRETCH: f64 = 1.8;
/// Room left free around the grid.
const MARGIN: f64 = 10.0;
/// Share of the height that belongs to the houses behind the people.
const BACKDROP: f64 = 0.13;
/// Canvases lower than this have no houses.
const LOWEST: f64 = 220.0;

/// A grid fitted into a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Cells along each side.
    pub side: u8,
    /// Left edge of the grid.
    pub left: f64,
    /// Upper edge of the grid.
    pub top: f64,
    /// Width of a cell.
    pub width: f64,
    /// Height of a cell.
    pub height: f64,
}

impl Layout {
    /// Fits a grid of `side` cells into a canvas of that size.
    pub fn fit(width: f64, height: f64, side: u8) -> Self {
        let cells = f64::from(side.max(1));
        let backdrop = backdrop(height);
        let tall = ((height - backdrop - 2.0 * MARGIN) / cells).max(1.0);
        let wide = ((width - 2.0 * MARGIN) / cells).max(1.0);
        let (tall, wide) = (tall.min(wide * 1.2), wide.min(tall * STRETCH));
        Self {
            side: side.max(1),
            left: (width - wide * cells) / 2.0,
            top: backdrop + (height - backdrop - tall * cells) / 2.0,
            width: wide,
            height: tall,
        }
    }

    /// The middle of a cell.
    pub fn centre(&self, row: u8, column: u8) -> (f64, f64) {
        (
            self.left + (f64::from(column) + 0.5) * self.width,
            self.top + (f64::from(row) + 0.5) * self.height,
        )
    }

    /// Row and column of the cell at a point.
    pub fn pick(&self, x: f64, y: f64) -> Option<(u8, u8)> {
        let column = (x - self.left) / self.width;
        let row = (y - self.top) / self.height;
        let cells = f64::from(self.side);
        let inside = |place: f64| (0.0..cells).contains(&place);
        // Both are below `side`, which is a byte.
        (inside(column) && inside(row)).then_some((row as u8, column as u8))
    }
}

/// Height of the strip for the houses behind the people.
pub fn backdrop(height: f64) -> f64 {
    if height < LOWEST {
        0.0
    } else {
        height * BACKDROP
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn everybody_is_picked_where_they_stand_and_nobody_outside() {
        for (width, height) in [(680.0, 420.0), (320.0, 320.0), (300.0, 900.0)] {
            for side in [2, 6, 32] {
                let layout = Layout::fit(width, height, side);
                for (row, column) in [(0, 0), (side - 1, 0), (side / 2, side - 1)] {
                    let (x, y) = layout.centre(row, column);
                    assert!((0.0..width).contains(&x) && (0.0..height).contains(&y));
                    assert_eq!(layout.pick(x, y), Some((row, column)));
                }
                assert_eq!(layout.pick(-1.0, 5.0), None);
                assert_eq!(layout.pick(width + 1.0, height / 2.0), None);
            }
        }
    }
}
