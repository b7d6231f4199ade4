//! What of the society is in sight: the room it is given on a canvas, and how far it was moved and
//! enlarged. All lengths are CSS pixels.

use super::layout::Arrangement;

/// Widest the society gets, compared with its height: it is seen from slightly above.
const STRETCH: f64 = 1.8;
/// Room left free around everybody.
const MARGIN: f64 = 10.0;
/// Share of the height that belongs to the houses behind the people.
const BACKDROP: f64 = 0.13;
/// Canvases lower than this have no houses.
const LOWEST: f64 = 220.0;
/// Size a figure has at the closest look.
const CLOSEST: f64 = 110.0;
/// Largest figure before anybody looks closer.
const LARGEST: f64 = 150.0;

/// How far the society was moved and enlarged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Times its size; 1 shows everything.
    pub zoom: f64,
    /// How far to the right.
    pub x: f64,
    /// How far down.
    pub y: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Camera {
    /// Moved by so much.
    pub fn panned(self, across: f64, down: f64) -> Self {
        Self {
            x: self.x + across,
            y: self.y + down,
            ..self
        }
    }

    /// Enlarged so many times; what lies at a point of the canvas stays there.
    pub fn zoomed(self, times: f64, at: (f64, f64)) -> Self {
        Self {
            zoom: self.zoom * times,
            x: at.0 - (at.0 - self.x) * times,
            y: at.1 - (at.1 - self.y) * times,
        }
    }

    /// Whether it shows more than everything at once.
    pub fn is_close(self) -> bool {
        self.zoom > 1.001
    }

    /// Part of the way to another camera, 0 to 1.
    pub fn towards(self, other: Self, share: f64) -> Self {
        let mix = |from: f64, to: f64| from + (to - from) * share;
        Self {
            zoom: mix(self.zoom, other.zoom),
            x: mix(self.x, other.x),
            y: mix(self.y, other.y),
        }
    }

    /// Whether nobody could tell the two apart.
    pub fn is_near(self, other: Self) -> bool {
        (self.zoom - other.zoom).abs() < 0.002 * other.zoom
            && (self.x - other.x).abs() < 0.3
            && (self.y - other.y).abs() < 0.3
    }
}

/// A society in its room, looked at through a camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Width of the canvas.
    pub width: f64,
    /// Height of the canvas.
    pub height: f64,
    /// Size of a figure before it is enlarged.
    pub figure: f64,
    /// How it was moved and enlarged.
    pub camera: Camera,
    left: f64,
    top: f64,
    wide: f64,
    tall: f64,
}

impl Sight {
    /// Fits a society into a canvas of that size.
    pub fn of(width: f64, height: f64, arrangement: &Arrangement, camera: Camera) -> Self {
        let backdrop = backdrop(height);
        let tall = (height - backdrop - 2.0 * MARGIN).max(1.0);
        let wide = (width - 2.0 * MARGIN).max(1.0);
        let (tall, wide) = (tall.min(wide * 1.2), wide.min(tall * STRETCH));
        // Off the grid a figure has neighbours on two sides rather than on four.
        let room = if arrangement.side.is_some() {
            1.0
        } else {
            1.25
        };
        let sight = Self {
            width,
            height,
            figure: (arrangement.spacing * tall.min(wide) * room).min(LARGEST),
            camera,
            left: (width - wide) / 2.0,
            top: backdrop + (height - backdrop - tall) / 2.0,
            wide,
            tall,
        };
        Self {
            camera: sight.bounded(camera),
            ..sight
        }
    }

    /// The nearest camera that loses nobody out of sight and comes no closer than makes sense.
    pub fn bounded(&self, camera: Camera) -> Camera {
        let closest = (CLOSEST / self.figure.max(0.1)).clamp(2.5, 40.0);
        let zoom = camera.zoom.clamp(1.0, closest);
        let about = (self.width / 2.0, self.height / 2.0);
        let camera = camera.zoomed(zoom / camera.zoom, about);
        Camera {
            zoom,
            x: camera.x.clamp(self.width * (1.0 - zoom), 0.0),
            y: camera.y.clamp(self.height * (1.0 - zoom), 0.0),
        }
    }

    /// Size of a figure as it is seen.
    pub fn size(&self) -> f64 {
        self.figure * self.camera.zoom
    }

    /// Where a place of the arrangement is seen.
    pub fn spot(&self, place: (f64, f64)) -> (f64, f64) {
        self.enlarged((
            self.left + place.0 * self.wide,
            self.top + place.1 * self.tall,
        ))
    }

    /// Where a point of the canvas is seen, had it been there before anything was moved.
    pub fn enlarged(&self, point: (f64, f64)) -> (f64, f64) {
        let camera = self.camera;
        (
            point.0 * camera.zoom + camera.x,
            point.1 * camera.zoom + camera.y,
        )
    }

    /// Whether something of that size around a point is seen at all.
    pub fn shows(&self, (x, y): (f64, f64), size: f64) -> bool {
        (-size..=self.width + size).contains(&x) && (-size..=self.height + size).contains(&y)
    }

    /// Who stands next to somebody in a direction: the nearest of those who stand rather there than
    /// aside.
    pub fn next(
        &self,
        arrangement: &Arrangement,
        from: u16,
        (across, down): (f64, f64),
    ) -> Option<u16> {
        let length = libm::sqrt(across * across + down * down).max(f64::MIN_POSITIVE);
        let (across, down) = (across / length, down / length);
        let (x, y) = self.spot(*arrangement.places.get(usize::from(from))?);
        let mut nearest = (f64::INFINITY, None);
        for (id, place) in (0u16..).zip(&arrangement.places) {
            let (right, below) = self.spot(*place);
            let (right, below) = (right - x, below - y);
            let along = right * across + below * down;
            let aside = (right * down - below * across).abs();
            let far = along + 2.0 * aside;
            if id != from && along > 0.5 && aside <= along * 1.5 && far < nearest.0 {
                nearest = (far, Some(id));
            }
        }
        nearest.1
    }

    /// Who stands at a point of the canvas, if anybody does.
    pub fn pick(&self, arrangement: &Arrangement, x: f64, y: f64) -> Option<u16> {
        let reach = (self.size() * 0.75).max(6.0);
        let mut nearest = (reach * reach, None);
        for (id, place) in (0u16..).zip(&arrangement.places) {
            let (across, down) = self.spot(*place);
            let square = (across - x) * (across - x) + (down - y) * (down - y);
            if square < nearest.0 {
                nearest = (square, Some(id));
            }
        }
        nearest.1
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
    use super::*;
    use crate::canvas::layout::Shape;
    use proptest::prelude::*;

    #[test]
    fn everybody_is_picked_where_they_stand_however_close_one_looks() {
        let close = Camera::default()
            .zoomed(3.0, (100.0, 80.0))
            .panned(-40.0, 9.0);
        for shape in [
            Shape::Grid,
            Shape::Ring,
            Shape::ScaleFree,
            Shape::Communities(4),
        ] {
            for count in [4, 36, 1024] {
                let laid = Arrangement::new(shape, count, Vec::new());
                for (width, height) in [(680.0, 420.0), (320.0, 320.0), (300.0, 900.0)] {
                    for camera in [Camera::default(), close] {
                        let sight = Sight::of(width, height, &laid, camera);
                        for id in [0, count / 2, count - 1] {
                            let (x, y) = sight.spot(laid.places[usize::from(id)]);
                            assert_eq!(sight.pick(&laid, x, y), Some(id));
                            assert!(camera.is_close() || sight.shows((x, y), 0.0));
                        }
                        assert_eq!(sight.pick(&laid, -900.0, 5.0), None);
                    }
                }
            }
        }
    }

    #[test]
    fn arrows_reach_everybody_and_come_back_on_the_grid() {
        let (right, left, down) = ((1.0, 0.0), (-3.0, 0.0), (0.0, 1.0));
        let grid = Arrangement::new(Shape::Grid, 36, Vec::new());
        let sight = Sight::of(680.0, 420.0, &grid, Camera::default());
        assert_eq!(sight.next(&grid, 7, right), Some(8));
        assert_eq!(sight.next(&grid, 8, left), Some(7));
        assert_eq!(sight.next(&grid, 7, down), Some(13));
        assert_eq!(sight.next(&grid, 5, right), None, "the end of a row");
        assert_eq!(sight.next(&grid, 99, right), None, "nobody");
        for shape in [Shape::Ring, Shape::ScaleFree, Shape::Communities(4)] {
            let laid = Arrangement::new(shape, 36, Vec::new());
            let sight = Sight::of(680.0, 420.0, &laid, Camera::default());
            let mut reached = vec![0u16];
            let mut at = 0;
            while let Some(from) = reached.get(at).copied() {
                at += 1;
                for way in [right, left, down, (0.0, -1.0)] {
                    let found = sight.next(&laid, from, way);
                    reached.extend(found.filter(|id| !reached.contains(id)));
                }
            }
            assert_eq!(reached.len(), 36, "{shape:?}");
        }
    }

    proptest! {
        #[test]
        fn what_lies_under_the_pointer_stays_there(
            times in 0.2..5.0f64, zoom in 1.0..9.0f64, at in (0.0..600.0f64, 0.0..400.0f64), by in (-500.0..500.0f64, -500.0..500.0f64),
        ) {
            let laid = Arrangement::new(Shape::Grid, 1024, Vec::new());
            let camera = Camera { zoom, x: by.0, y: by.1 };
            let seen = |camera: Camera, point: (f64, f64)| (point.0 * camera.zoom + camera.x, point.1 * camera.zoom + camera.y);
            let world = ((at.0 - camera.x) / zoom, (at.1 - camera.y) / zoom);
            let after = camera.zoomed(times, at);
            prop_assert!((seen(after, world).0 - at.0).abs() < 1e-6 && (seen(after, world).1 - at.1).abs() < 1e-6);
            // There and back again.
            let back = after.zoomed(1.0 / times, at).panned(3.0, -4.0).panned(-3.0, 4.0);
            prop_assert!(back.is_near(camera));
            // The society always covers the canvas, and bounds are kept by what is within them.
            let sight = Sight::of(600.0, 400.0, &laid, after);
            let kept = sight.camera;
            prop_assert!(kept.zoom >= 1.0 && kept.x <= 0.0 && kept.y <= 0.0);
            prop_assert!(kept.x + 600.0 * kept.zoom >= 599.999 && kept.y + 400.0 * kept.zoom >= 399.999);
            prop_assert!(sight.bounded(kept).is_near(kept));
        }
    }
}
