//! Numbers to places, and round numbers for axes.

/// A linear scale from values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Values at the two ends.
    pub from: (f64, f64),
    /// Pixels at the two ends.
    pub to: (f64, f64),
}

impl Scale {
    /// Where a value lies.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.from.1 - self.from.0;
        let share = if span == 0.0 {
            0.5
        } else {
            (value - self.from.0) / span
        };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// Round numbers that cover a range: the first at or below `low`, the last at or above `high`,
/// `count` steps at most.
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    if !low.is_finite() || !high.is_finite() {
        return vec![0.0, 1.0];
    }
    let span = (high - low).abs().max(1e-9 * low.abs().max(1e-3));
    let rough = span / count.max(1) as f64;
    let (up, down) = power_of_ten(rough);
    // Multiplied and divided once, so that a tick is the number that its digits mean.
    let at = |steps: f64, factor: f64| steps * factor * up / down;
    let factor = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|factor| at(1.0, *factor) >= rough * 0.999)
        .unwrap_or(10.0);
    let step = at(1.0, factor);
    let first = libm::floor(low / step + 1e-9);
    let last = libm::ceil(high / step - 1e-9).max(first + 1.0);
    // A handful of steps.
    (0..=(last - first) as usize)
        .map(|i| at(first + i as f64, factor))
        .collect()
}

/// The largest power of ten that is not above a positive number, as what to multiply and what to
/// divide by: tenths are not exact, powers of ten up to 10^22 are.
fn power_of_ten(most: f64) -> (f64, f64) {
    let (mut up, mut down) = (1.0, 1.0);
    while up * 10.0 <= most {
        up *= 10.0;
    }
    while up / down > most {
        down *= 10.0;
    }
    (up, down)
}

/// A number as short as it can be told apart from its neighbours.
pub fn short(value: f64, step: f64) -> String {
    let (mut places, mut scaled) = (0, step);
    while scaled < 1.0 - 1e-9 && places < 6 {
        (places, scaled) = (places + 1, scaled * 10.0);
    }
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_range() {
        assert_eq!(ticks(0.13, 0.87, 4), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(3.0, 3.0, 4).len(), 2);
        for (low, high) in [
            (-3.2, 4.7),
            (1e-6, 2e-6),
            (0.0, 12345.0),
            (5.0, 5.0 + 1e-12),
            (f64::NAN, 1.0),
        ] {
            let ticks = ticks(low, high, 4);
            assert!((2..=7).contains(&ticks.len()), "{low} {high}: {ticks:?}");
            if low.is_finite() {
                assert!(
                    ticks[0] <= low && ticks[ticks.len() - 1] >= high,
                    "{low} {high}: {ticks:?}"
                );
            }
        }
        assert_eq!(short(0.6000000000000001, 0.2), "0.6");
        assert_eq!(short(12000.0, 5000.0), "12000");
    }
}
