//! How far a figure from a few answers may be from the truth: 95 % intervals.

use super::report::Estimate;

/// The normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// A share with Wilson's interval, which stays inside 0..1 and is honest about 0 of n. Of nothing
/// at all: 0, and anything is possible.
pub fn share(hits: usize, count: usize) -> Estimate {
    if count == 0 {
        return Estimate {
            value: 0.0,
            low: 0.0,
            high: 1.0,
        };
    }
    let n = count as f64;
    let p = hits.min(count) as f64 / n;
    let under = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / under;
    let half = Z / under * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    // At the ends the formula meets p exactly; rounding must not put p outside.
    let (low, high) = ((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0));
    Estimate {
        value: p as f32,
        low: low as f32,
        high: high as f32,
    }
}

/// A mean of ratings with its normal interval (sample deviation), cut to `least..=most`. One
/// rating alone, or none, says nothing: the interval is then the whole scale.
pub fn mean(values: &[u8], least: u8, most: u8) -> Estimate {
    let (least, most) = (f64::from(least), f64::from(most));
    let n = values.len() as f64;
    let mean = if values.is_empty() {
        least
    } else {
        values.iter().map(|value| f64::from(*value)).sum::<f64>() / n
    };
    if values.len() < 2 {
        return Estimate {
            value: mean as f32,
            low: least as f32,
            high: most as f32,
        };
    }
    let squares: f64 = values
        .iter()
        .map(|value| (f64::from(*value) - mean) * (f64::from(*value) - mean))
        .sum();
    let half = Z * libm::sqrt(squares / (n - 1.0) / n);
    Estimate {
        value: mean as f32,
        low: (mean - half).max(least) as f32,
        high: (mean + half).min(most) as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Estimate, value: f32, low: f32, high: f32) {
        for (found, wanted) in [(found.value, value), (found.low, low), (found.high, high)] {
            assert!((found - wanted).abs() < 5e-4, "{found} and {wanted}");
        }
    }

    #[test]
    fn wilson_as_in_the_books() {
        close(share(8, 40), 0.2, 0.105, 0.348);
        close(share(0, 40), 0.0, 0.0, 0.0876);
        close(share(40, 40), 1.0, 0.9124, 1.0);
        close(share(0, 0), 0.0, 0.0, 1.0);
    }

    #[test]
    fn means_and_their_limits() {
        // 1..7 evenly: mean 4, deviation 2.1602, half 1.96 * 2.1602 / sqrt(7) = 1.6003
        close(mean(&[1, 2, 3, 4, 5, 6, 7], 1, 7), 4.0, 2.3997, 5.6003);
        close(mean(&[7, 7, 7, 1], 1, 7), 5.5, 2.5601, 7.0);
        close(mean(&[5], 1, 7), 5.0, 1.0, 7.0);
    }
}
