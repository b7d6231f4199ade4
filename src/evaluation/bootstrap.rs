//! The bootstrap: how much a figure would move had other prompts been asked.
//!
//! Prompts are drawn again from those that were asked, as many and with replacement, and the
//! figure is computed anew; the middle 95 % of a thousand such figures are the interval
//! (percentile bootstrap). The draws hang on the suite's name alone and are whole numbers, so
//! every platform finds the same interval, and base and trained model are resampled alike.

use crate::world::chance::{Fixed, below};

/// How often prompts are drawn again.
pub const RESAMPLES: usize = 1_000;
/// Figures cut off at each end of the sorted thousand: 2.5 %.
const CUT: usize = RESAMPLES / 40;

/// The 95 % percentile interval of `figure` over `count` prompts. `figure` is told how often each
/// prompt was drawn, and may find that a draw says nothing; if most say nothing, there is no
/// interval.
pub fn interval(
    name: &str,
    count: usize,
    mut figure: impl FnMut(&[u32]) -> Option<f64>,
) -> Option<(f64, f64)> {
    let mut figures = Vec::with_capacity(RESAMPLES);
    resample(name, count, |drawn| figures.extend(figure(drawn)));
    if figures.len() * 2 < RESAMPLES {
        return None;
    }
    figures.sort_by(f64::total_cmp);
    middle(&figures)
}

/// Draws prompts again [`RESAMPLES`] times and tells each time how often each was drawn.
pub(super) fn resample(name: &str, count: usize, mut told: impl FnMut(&[u32])) {
    let rng = &mut Fixed::named(name);
    let mut drawn = vec![0_u32; count];
    for _ in 0..RESAMPLES {
        drawn.fill(0);
        for _ in 0..count {
            let prompt = below(rng, count as u32) as usize;
            if let Some(times) = drawn.get_mut(prompt) {
                *times += 1;
            }
        }
        told(&drawn);
    }
}

/// The ends of the middle 95 % of sorted figures; none of none.
pub(super) fn middle(figures: &[f64]) -> Option<(f64, f64)> {
    let cut = CUT * figures.len() / RESAMPLES;
    let last = figures.len().checked_sub(1 + cut)?;
    Some((*figures.get(cut)?, *figures.get(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> impl FnMut(&[u32]) -> Option<f64> {
        |drawn| {
            let pairs = values.iter().zip(drawn);
            let sum: f64 = pairs.map(|(value, times)| value * f64::from(*times)).sum();
            Some(sum / values.len() as f64)
        }
    }

    #[test]
    fn agrees_with_the_normal_interval_where_that_one_holds() {
        // 300 values 0..299: mean 149.5, deviation 86.75, so half the interval is 9.82.
        let values: Vec<f64> = (0..300).map(f64::from).collect();
        let (low, high) = interval("even", 300, mean(&values)).unwrap();
        assert!((low - 139.7).abs() < 1.0, "{low}");
        assert!((high - 159.3).abs() < 1.0, "{high}");
        assert_eq!(interval("even", 300, mean(&values)).unwrap(), (low, high));
        assert_ne!(interval("odd", 300, mean(&values)).unwrap(), (low, high));
    }

    #[test]
    fn draws_that_say_nothing_are_left_out() {
        let half = |drawn: &[u32]| (drawn[0] > 0).then_some(1.0);
        assert_eq!(interval("half", 2, half), Some((1.0, 1.0)));
        assert_eq!(interval("never", 2, |_| None), None);
        assert_eq!(interval("nobody", 0, |_| None), None);
    }

    #[test]
    fn the_thousand_draws_never_change() {
        // Golden: a report made today must be made again by every later build.
        let values: Vec<f64> = (0..7).map(f64::from).collect();
        let (low, high) = interval("in-distribution", 7, mean(&values)).unwrap();
        let round = |value: f64| (value * 7.0 + 0.5) as u32;
        assert_eq!((round(low), round(high)), (GOLDEN.0, GOLDEN.1));
    }

    const GOLDEN: (u32, u32) = (10, 31);
}
