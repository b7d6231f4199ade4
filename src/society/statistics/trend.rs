//! A figure over the rounds: smoothed, averaged over seeds, and compared between two settings.
//!
//! One run is one observation. Its rounds share agents and memories, so an interval is taken over
//! runs with different seeds, never over the rounds of one; and each run is smoothed before the
//! average, because neighbouring values of a moving average share most of their rounds.

use super::measured::{Measured, mean};

/// The mean of each round and the `window - 1` rounds before it. None for rounds before the first
/// whole window; a missing value inside a window is left out of its mean, and where all are
/// missing, or the window is 0, there is none.
pub fn moving_average(values: &[Option<f64>], window: usize) -> Vec<Option<f64>> {
    let average = |(last, _): (usize, &Option<f64>)| {
        let first = (last + 1).checked_sub(window)?;
        let known = values.get(first..=last)?.iter().flatten();
        let (count, sum) = known.fold((0u32, 0.0), |(count, sum), value| (count + 1, sum + value));
        (count > 0).then(|| sum / f64::from(count))
    };
    values.iter().enumerate().map(average).collect()
}

/// Round by round, the mean over several runs' moving averages, with Student's 95 % interval over
/// the runs (from two on). One series a run, which differ in nothing but the seed; as long as the
/// longest. A run that has no value in a round is left out there, and the count says so.
pub fn over_seeds(runs: &[Vec<Option<f64>>], window: usize) -> Vec<Option<Measured>> {
    let smooth: Vec<_> = runs.iter().map(|run| moving_average(run, window)).collect();
    each_round(&smooth)
}

/// Round by round, by how much `other` lies above `one`: the mean over the seeds of the difference
/// of their moving averages, with Student's 95 % interval. Run `n` of both settings must have the
/// same seed: what luck they share then cancels, and fewer seeds show a difference. Runs without a
/// counterpart are left out.
pub fn paired(
    one: &[Vec<Option<f64>>],
    other: &[Vec<Option<f64>>],
    window: usize,
) -> Vec<Option<Measured>> {
    let difference = |(one, other): (&Vec<Option<f64>>, &Vec<Option<f64>>)| {
        let (one, other) = (moving_average(one, window), moving_average(other, window));
        let pairs = one.into_iter().zip(other);
        pairs.map(|(one, other)| Some(other? - one?)).collect()
    };
    let differences: Vec<Vec<Option<f64>>> = one.iter().zip(other).map(difference).collect();
    each_round(&differences)
}

/// The mean of one number a seed, with Student's 95 % interval.
pub fn mean_over_seeds(values: &[f64]) -> Option<Measured> {
    mean(values)
}

fn each_round(runs: &[Vec<Option<f64>>]) -> Vec<Option<Measured>> {
    let rounds = runs.iter().map(Vec::len).max().unwrap_or(0);
    let round = |round: usize| {
        let known = runs
            .iter()
            .filter_map(|run| run.get(round).copied().flatten());
        mean(&known.collect::<Vec<_>>())
    };
    (0..rounds).map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::luck::Luck;
    use crate::world::chance::unit;

    #[test]
    fn averages_move() {
        let values = [Some(1.0), Some(2.0), None, Some(6.0), None, None];
        let found = moving_average(&values, 2);
        let expected = [None, Some(1.5), Some(2.0), Some(6.0), Some(6.0), None];
        assert_eq!(found, expected);
        assert_eq!(moving_average(&values, 1), values);
        assert!(moving_average(&values, 0).iter().all(Option::is_none));
        assert!(moving_average(&values, 7).iter().all(Option::is_none));
        assert!(moving_average(&[], 2).is_empty());
    }

    #[test]
    fn seeds_by_hand_and_pairs_cancel_what_they_share() {
        let run = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        let runs = [run(&[1.0, 3.0]), run(&[2.0, 4.0]), run(&[3.0, 5.0, 9.0])];
        let found = over_seeds(&runs, 2);
        assert_eq!(found[0], None);
        // 2, 3, 4: mean 3, error 1 / sqrt(3), t 4.303.
        let (low, high) = found[1].unwrap().interval.unwrap();
        assert_eq!((found[1].unwrap().count, found[1].unwrap().value), (3, 3.0));
        assert!((high - 5.4843).abs() < 1e-3 && (low - 0.5157).abs() < 1e-3);
        let last = found[2].unwrap();
        assert_eq!((last.count, last.value, last.interval), (1, 7.0, None));

        // The seeds differ by whole points, the settings by 0.1, 0.2 and 0.3.
        let better = [run(&[1.1, 3.1]), run(&[2.2, 4.2]), run(&[3.3, 5.3])];
        let differences = paired(&runs, &better, 1);
        assert_eq!(differences.len(), 2);
        let (low, _) = differences[0].unwrap().interval.unwrap();
        assert!((differences[0].unwrap().value - 0.2).abs() < 1e-6);
        assert!((low - (0.2 - 4.303 * 0.1 / 3f32.sqrt())).abs() < 1e-4);
    }

    #[test]
    fn intervals_over_seeds_hold_the_truth_95_times_of_100() {
        let rng = &mut Luck::new(7);
        // Sums of twelve uniform numbers are nearly normal about 6.
        let mut draw = || (0..12).map(|_| f64::from(unit(rng))).sum::<f64>();
        let holds = (0..4_000).filter(|_| {
            let runs: Vec<_> = (0..5).map(|_| vec![Some(draw())]).collect();
            let (low, high) = over_seeds(&runs, 1)[0].unwrap().interval.unwrap();
            (low..=high).contains(&6.0)
        });
        let share = holds.count() as f64 / 4_000.0;
        // Standard error 0.0034.
        assert!((share - 0.95).abs() < 0.012, "{share}");
    }
}
