//! Fewer points where there are more than a screen can show: of each column of pixels the least and
//! the greatest, so that no peak is lost, and the line looks as if it had all of them.

/// A place on the level axis, and a value.
pub type Point = (f64, f64);

/// The unbroken parts of a line: what is no number breaks it.
pub fn unbroken(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points
        .split(|point| !point.1.is_finite())
        .filter(|part| !part.is_empty())
}

/// At most `most` of these points, at least 4, in their order: the first, the last, and the least and
/// the greatest of each of as many groups as there is room for. All of them, if there are no more.
///
/// One look at every point and no memory but the answer: ten thousand points take less than a tenth
/// of a millisecond, so that a line that grows is thinned anew each time.
pub fn thin(points: &[Point], most: usize) -> Vec<Point> {
    let most = most.max(4);
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    if points.len() <= most {
        return points.to_vec();
    }
    let inner = &points[1..points.len() - 1];
    let groups = (most - 2) / 2;
    let mut kept = Vec::with_capacity(most);
    kept.push(*first);
    for group in 0..groups {
        let (from, to) = (
            group * inner.len() / groups,
            (group + 1) * inner.len() / groups,
        );
        let (mut least, mut greatest) = (from, from);
        for place in from..to {
            if inner[place].1 < inner[least].1 {
                least = place;
            }
            if inner[place].1 > inner[greatest].1 {
                greatest = place;
            }
        }
        kept.push(inner[least.min(greatest)]);
        if least != greatest {
            kept.push(inner[least.max(greatest)]);
        }
    }
    kept.push(*last);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(points: &[Point]) -> (f64, f64) {
        points
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| {
                (low.min(point.1), high.max(point.1))
            })
    }

    proptest! {
        #[test]
        fn thinning_keeps_extremes_order_and_ends(
            values in prop::collection::vec(-1e3f64..1e3, 1..600),
            most in 4usize..200,
        ) {
            let points: Vec<Point> = (0u32..).map(f64::from).zip(values).collect();
            let kept = thin(&points, most);
            prop_assert!(kept.len() <= most);
            prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0), "in their order, none twice");
            prop_assert!(kept.iter().all(|point| points.contains(point)), "none is made up");
            prop_assert_eq!(ends(&kept), ends(&points));
            prop_assert_eq!((kept.first(), kept.last()), (points.first(), points.last()));
            if points.len() <= most {
                prop_assert_eq!(kept, points);
            }
        }
    }

    #[test]
    fn every_group_keeps_its_own_peak() {
        let mut points: Vec<Point> = (0..10_000).map(|i| (f64::from(i), 0.0)).collect();
        for (at, value) in [(77, 3.0), (4_000, -2.0), (7_777, 9.0)] {
            points[at].1 = value;
        }
        let kept = thin(&points, 400);
        for at in [77.0, 4_000.0, 7_777.0] {
            assert!(kept.iter().any(|point| point.0 == at), "{at}");
        }
    }

    #[test]
    fn what_is_no_number_breaks_a_line() {
        let points = [
            (1.0, 1.0),
            (2.0, f64::NAN),
            (3.0, 2.0),
            (4.0, f64::INFINITY),
        ];
        let parts: Vec<&[Point]> = unbroken(&points).collect();
        assert_eq!(parts, [&points[..1], &points[2..3]]);
    }
}
