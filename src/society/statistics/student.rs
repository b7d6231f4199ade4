//! Quantiles of Student's t for two-sided 95 % intervals: how much wider an interval must be
//! because its own width was estimated from few observations.
//!
//! One to thirty degrees of freedom come from a table (NIST/SEMATECH e-Handbook of Statistical
//! Methods, section 1.3.6.7.2, column 0.975). Above, the normal quantile is corrected by the
//! expansion of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5, which is exact
//! to five digits there.

/// The normal quantile of a two-sided 95 % interval.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// From 1 degree of freedom on.
const TABLE: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];

/// The 0.975 quantile; fractions of a degree of freedom are cut off, which errs on the wide side.
/// None below one degree of freedom: one observation says nothing about spread.
pub(super) fn quantile(freedom: f64) -> Option<f64> {
    // Also refuses what is no number.
    if !(freedom.is_finite() && freedom >= 1.0) {
        return None;
    }
    if let Some(tabled) = TABLE.get(freedom as usize - 1) {
        return Some(*tabled);
    }
    let (z, v) = (Z, libm::floor(freedom));
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z);
    let first = (z3 + z) / (4.0 * v);
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v);
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v);
    Some(z + first + second + third)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How likely |t| is to be at most `limit`: Simpson's rule over the density.
    fn within(freedom: f64, limit: f64) -> f64 {
        let density = |t: f64| libm::pow(1.0 + t * t / freedom, -(freedom + 1.0) / 2.0);
        let gammas = libm::lgamma((freedom + 1.0) / 2.0) - libm::lgamma(freedom / 2.0);
        let factor = libm::exp(gammas) / libm::sqrt(freedom * core::f64::consts::PI);
        let step = limit / 4_000.0;
        let weigh = |place: i32| match place {
            0 | 4_000 => 1.0,
            odd if odd % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let sum: f64 = (0..=4_000)
            .map(|place| weigh(place) * density(f64::from(place) * step))
            .sum();
        2.0 * factor * sum * step / 3.0
    }

    #[test]
    fn every_quantile_holds_95_percent() {
        for freedom in (1..=45).chain([60, 120, 1_000]) {
            let limit = quantile(f64::from(freedom)).unwrap();
            let held = within(f64::from(freedom), limit);
            // The table has three decimals.
            assert!(
                (held - 0.95).abs() < 6e-5,
                "{freedom}: {limit} holds {held}"
            );
        }
        assert_eq!(quantile(4.9), quantile(4.0));
        for nothing in [0.0, 0.9, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(quantile(nothing), None);
        }
    }
}
