//! A figure, how many observations it comes from, and how far it may be from the truth.
//!
//! Scores, ratings and their differences are whole numbers, so they are summed as such: the order
//! of summing cannot show. Intervals are 95 %. They take observations as independent; where one
//! interaction counts for several peers, or one agent speaks often, they are somewhat too narrow.

use super::student::{self, Z};
use serde::{Deserialize, Serialize};

/// A figure with the observations behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Observations.
    pub count: u32,
    /// The mean, share, difference, slope or correlation.
    pub value: f32,
    /// Lower and upper end of the 95 % interval; none where there are too few observations.
    pub interval: Option<(f32, f32)>,
}

impl Measured {
    pub(super) fn new(count: u32, value: f64, interval: Option<(f64, f64)>) -> Self {
        Self {
            count,
            value: value as f32,
            interval: interval.map(|(low, high)| (low as f32, high as f32)),
        }
    }

    /// Whether the interval leaves out zero: the sign can be relied on.
    pub fn is_clear(&self) -> bool {
        self.interval
            .is_some_and(|(low, high)| low > 0.0 || high < 0.0)
    }
}

/// A share with Wilson's interval (Wilson, J. Am. Stat. Assoc. 22, 1927), which stays inside 0 to 1
/// and is honest about none of few. None of no observations.
pub(super) fn share(hits: u32, count: u32) -> Option<Measured> {
    if count == 0 {
        return None;
    }
    let (n, p) = (f64::from(count), f64::from(hits) / f64::from(count));
    let under = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / under;
    let half = Z / under * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    // At the ends the formula meets p exactly; rounding must not put p outside.
    let interval = ((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0));
    Some(Measured::new(count, p, Some(interval)))
}

/// The mean of real numbers with Student's interval (at least two of them). None of no numbers.
pub(super) fn mean(values: &[f64]) -> Option<Measured> {
    let (count, n) = (u32::try_from(values.len()).ok()?, values.len() as f64);
    if count == 0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let interval = student::quantile(n - 1.0).map(|t| {
        let half = t * libm::sqrt(squares / (n - 1.0) / n);
        (mean - half, mean + half)
    });
    Some(Measured::new(count, mean, interval))
}

/// Whole numbers, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sample {
    pub(super) count: u32,
    sum: i64,
    squares: i64,
}

impl Sample {
    pub(super) fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    /// None of nothing.
    pub(super) fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / f64::from(self.count))
    }

    /// The variance of what the sample was drawn from (divided by count - 1); none below two.
    pub(super) fn variance(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let count = i64::from(self.count);
        let spread = count * self.squares - self.sum * self.sum;
        Some(spread as f64 / (count * (count - 1)) as f64)
    }

    /// Variance of the mean.
    pub(super) fn error(&self) -> Option<f64> {
        Some(self.variance()? / f64::from(self.count))
    }

    /// The mean with Student's interval. Where all numbers are the same, there is no spread to
    /// learn from, and the interval would claim certainty; there, as in the benchmark, others may
    /// be as frequent as Wilson's interval allows, and anywhere on the scale `least..=most`.
    pub(super) fn measured(&self, least: f64, most: f64) -> Option<Measured> {
        let mean = self.mean()?;
        let interval = self.error().and_then(|error| {
            if error > 0.0 {
                let half = student::quantile(f64::from(self.count) - 1.0)? * libm::sqrt(error);
                return Some(((mean - half).max(least), (mean + half).min(most)));
            }
            let (_, others) = share(0, self.count)?.interval?;
            let towards = |end: f64| mean + f64::from(others) * (end - mean);
            Some((towards(least), towards(most)))
        });
        Some(Measured::new(self.count, mean, interval))
    }

    /// This mean less the other's, with Welch's interval (Welch, Biometrika 34, 1947), which does
    /// not ask that both spread alike. None if one is empty.
    pub(super) fn less(&self, other: &Self) -> Option<Measured> {
        let value = self.mean()? - other.mean()?;
        let interval = self.error().zip(other.error()).and_then(|(mine, theirs)| {
            let freedom = |error: f64, count: u32| error * error / (f64::from(count) - 1.0);
            let both = mine + theirs;
            let under = freedom(mine, self.count) + freedom(theirs, other.count);
            // Without any spread this is no number, and there is no interval.
            let half = student::quantile(both * both / under)? * libm::sqrt(both);
            Some((value - half, value + half))
        });
        Some(Measured::new(self.count + other.count, value, interval))
    }
}

/// A correlation from here on is perfect but for rounding.
const PERFECT: f64 = 1.0 - 1e-9;

/// Pairs of whole numbers, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pairs {
    count: i64,
    sums: [i64; 2],
    squares: [i64; 2],
    products: i64,
}

impl Pairs {
    pub(super) fn add(&mut self, one: i64, other: i64) {
        self.count += 1;
        self.sums = [self.sums[0] + one, self.sums[1] + other];
        self.squares = [self.squares[0] + one * one, self.squares[1] + other * other];
        self.products += one * other;
    }

    /// Pearson's correlation; none below three pairs, or where one side never varies.
    pub(super) fn correlation(&self) -> Option<f64> {
        let spread =
            |side: usize| self.count * self.squares[side] - self.sums[side] * self.sums[side];
        let (one, other) = (spread(0), spread(1));
        if self.count < 3 || one <= 0 || other <= 0 {
            return None;
        }
        let together = self.count * self.products - self.sums[0] * self.sums[1];
        let scale = libm::sqrt(one as f64) * libm::sqrt(other as f64);
        Some((together as f64 / scale).clamp(-1.0, 1.0))
    }

    /// The correlation with Fisher's interval.
    pub(super) fn measured(&self) -> Option<Measured> {
        fisher(self.correlation()?, self.count, 0)
    }
}

/// How two quantities go together once what a third says of both is taken out: the partial
/// correlation of the first two, given all three correlations' pairs (first and second, first and
/// third, second and third).
pub(super) fn partial(both: &Pairs, first: &Pairs, second: &Pairs) -> Option<Measured> {
    let (r, a, b) = (
        both.correlation()?,
        first.correlation()?,
        second.correlation()?,
    );
    let left = (1.0 - a * a) * (1.0 - b * b);
    if left < 1e-12 {
        return None;
    }
    fisher(
        ((r - a * b) / libm::sqrt(left)).clamp(-1.0, 1.0),
        both.count,
        1,
    )
}

/// Fisher's interval of a correlation (Fisher, Metron 1, 1921), with so many quantities taken out.
/// A perfect correlation has none: the formula would claim certainty.
fn fisher(value: f64, count: i64, taken_out: i64) -> Option<Measured> {
    let freedom = count - 3 - taken_out;
    let interval = (freedom > 0 && value.abs() < PERFECT).then(|| {
        let (middle, half) = (libm::atanh(value), Z / libm::sqrt(freedom as f64));
        (libm::tanh(middle - half), libm::tanh(middle + half))
    });
    Some(Measured::new(u32::try_from(count).ok()?, value, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[i64]) -> Sample {
        let mut sample = Sample::default();
        values.iter().for_each(|value| sample.add(*value));
        sample
    }

    fn close(found: Option<Measured>, value: f32, low: f32, high: f32) {
        let found = found.unwrap();
        let (found_low, found_high) = found.interval.unwrap();
        for (found, wanted) in [(found.value, value), (found_low, low), (found_high, high)] {
            assert!((found - wanted).abs() < 1e-3, "{found} and {wanted}");
        }
    }

    #[test]
    fn means_by_hand() {
        // 1 2 3 4: mean 2.5, variance 5/3, error of the mean 0.6455; times 3.182 is 2.054.
        close(sample(&[1, 2, 3, 4]).measured(-6.0, 6.0), 2.5, 0.446, 4.554);
        close(mean(&[1.0, 2.0, 3.0, 4.0]), 2.5, 0.446, 4.554);
        close(sample(&[1, 6]).measured(1.0, 7.0), 3.5, 1.0, 7.0);
        // Wilson allows 56.15 % others after three equal ones.
        close(sample(&[0, 0, 0]).measured(-6.0, 6.0), 0.0, -3.369, 3.369);
        assert_eq!(sample(&[2]).measured(-6.0, 6.0).unwrap().interval, None);
        assert_eq!(sample(&[]).measured(-6.0, 6.0), None);
        assert!(mean(&[2.0, 2.1, 2.2]).unwrap().is_clear());
        close(share(8, 40), 0.2, 0.105, 0.348);
    }

    #[test]
    fn welch_by_hand() {
        // Errors 5/12 and 1/3; freedom (0.75)^2 / (0.17361/3 + 0.11111/2) = 4.96, cut off to 4.
        let found = sample(&[1, 2, 3, 4]).less(&sample(&[0, 1, 2]));
        let half = 2.776 * 0.866_025_4;
        close(found, 1.5, 1.5 - half, 1.5 + half);
        assert_eq!(
            sample(&[1, 1]).less(&sample(&[2, 2])).unwrap().interval,
            None
        );
        assert_eq!(sample(&[1]).less(&sample(&[])), None);
    }

    #[test]
    fn correlations_by_hand() {
        let pairs = |values: &[(i64, i64)]| {
            let mut pairs = Pairs::default();
            values
                .iter()
                .for_each(|(one, other)| pairs.add(*one, *other));
            pairs
        };
        // Deviations -2 -1 0 1 2 and -1 -1 0 -1 3: 8 / sqrt(10 * 12) = 0.7303, z 0.9296 -+ 1.3859.
        let some = pairs(&[(1, 2), (2, 2), (3, 3), (4, 2), (5, 6)]);
        close(some.measured(), 0.7303, -0.428, 0.981);
        assert_eq!(pairs(&[(1, 2), (2, 2), (3, 2)]).measured(), None);
        let perfect = pairs(&[(1, 7), (2, 5), (3, 3), (4, 1)]).measured().unwrap();
        assert_eq!((perfect.value, perfect.interval), (-1.0, None));
        // Both are the third plus independent signs: alike only through it.
        let signs = [(1, 1), (1, -1), (-1, 1), (-1, -1)];
        let triples = (0..8).flat_map(|t| signs.map(|(x, y)| (x + 3 * t, y + 3 * t, t)));
        let triples: Vec<(i64, i64, i64)> = triples.collect();
        let of = |pick: fn(&(i64, i64, i64)) -> (i64, i64)| {
            pairs(&triples.iter().map(pick).collect::<Vec<_>>())
        };
        let (xy, xt, yt) = (of(|v| (v.0, v.1)), of(|v| (v.0, v.2)), of(|v| (v.1, v.2)));
        assert!(xy.correlation().unwrap() > 0.97);
        let left = partial(&xy, &xt, &yt).unwrap();
        assert!(left.value.abs() < 1e-9 && !left.is_clear(), "{left:?}");
    }
}
