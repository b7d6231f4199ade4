//! Moran's I: whether linked agents are alike, more than chance would have it.

use super::consensus::PairSums;
use serde::{Deserialize, Serialize};

/// Moran's I: the correlation of an agent's score with those of its neighbours. Above the expected
/// value neighbours are alike, below it they differ as on a checkerboard.
///
/// With `z` the scores less their mean, `n` agents and `w` = 1 for each ordered pair of linked
/// agents: `I = n / sum(w) * sum(w z_i z_j) / sum(z_i^2)` (Moran, Biometrika 37, 1950).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moran {
    /// I; mostly between -1 and 1.
    pub value: f32,
    /// Its mean if the same scores were dealt to the agents at random: -1 / (n - 1).
    pub expected: f32,
    /// Its standard deviation under the same dealing, by the formula of Cliff and Ord (Spatial
    /// Processes, 1981, randomisation assumption). It is exact, where a permutation test is an
    /// estimate that costs a thousand times as much after every round. None below four agents, and
    /// where dealing changes nothing, as when everybody is linked with everybody.
    pub deviation: Option<f32>,
    /// How likely a value at least as far from the expected one is by such dealing, two-sided, as
    /// if I were normally distributed: good from about 25 agents on, rough below.
    pub p: Option<f32>,
}

/// Moments of all scores about their mean.
pub(super) struct Spread {
    pub(super) agents: f64,
    mean: f64,
    /// Sum of squared deviations.
    pub(super) squares: f64,
    /// Sum of fourth powers of deviations.
    fourths: f64,
}

impl Spread {
    pub(super) fn of(counts: &[u64; 7]) -> Self {
        let over = |power: &dyn Fn(f64) -> f64| -> f64 {
            let each = (1..).zip(counts);
            each.map(|(score, count)| *count as f64 * power(f64::from(score)))
                .sum()
        };
        let agents = over(&|_| 1.0);
        let mean = if agents > 0.0 {
            over(&|score| score) / agents
        } else {
            0.0
        };
        let squared = |score: f64| (score - mean) * (score - mean);
        Self {
            agents,
            mean,
            squares: over(&squared),
            fourths: over(&|score| squared(score) * squared(score)),
        }
    }
}

pub(super) fn moran(spread: &Spread, pairs: &PairSums, degrees: &[u32]) -> Option<Moran> {
    let (n, mean) = (spread.agents, spread.mean);
    // Every pair of linked agents is two ordered ones.
    let weight = 2.0 * pairs.count as f64;
    // Equal scores deviate by rounding only; the smallest true sum of squares is a half.
    if weight == 0.0 || spread.squares < 1e-6 {
        return None;
    }
    let together =
        2.0 * (pairs.products as f64 - mean * pairs.sums as f64 + mean * mean * pairs.count as f64);
    let value = n / weight * together / spread.squares;
    let expected = -1.0 / (n - 1.0);
    let deviation = deviation(spread, weight, degrees, expected);
    let p = deviation.map(|deviation| {
        let away = libm::fabs(value - expected) / deviation;
        libm::erfc(away / core::f64::consts::SQRT_2) as f32
    });
    Some(Moran {
        value: value as f32,
        expected: expected as f32,
        deviation: deviation.map(|deviation| deviation as f32),
        p,
    })
}

/// Standard deviation of I under randomisation (Cliff and Ord 1981, equation 1.44), with
/// `s1 = 1/2 sum (w_ij + w_ji)^2` and `s2 = sum_i (w_i. + w_.i)^2`, which for links that go both
/// ways are `2 sum(w)` and four times the sum of squared degrees.
fn deviation(spread: &Spread, weight: f64, degrees: &[u32], expected: f64) -> Option<f64> {
    let n = spread.agents;
    if n < 4.0 {
        return None;
    }
    let squared: u64 = degrees.iter().map(|degree| u64::from(*degree).pow(2)).sum();
    let (s1, s2, whole) = (2.0 * weight, 4.0 * squared as f64, weight * weight);
    let kurtosis = n * spread.fourths / (spread.squares * spread.squares);
    let usual = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * whole);
    let tails = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * whole);
    let square = (usual - tails) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * whole);
    let variance = square - expected * expected;
    (variance > 1e-12).then(|| libm::sqrt(variance))
}

#[cfg(test)]
mod tests {
    use super::super::Consensus;

    /// All orders of some scores.
    fn dealings(scores: &[u8]) -> Vec<Vec<u8>> {
        let Some((first, rest)) = scores.split_first() else {
            return vec![vec![]];
        };
        let insert = |dealt: Vec<u8>| {
            (0..=dealt.len()).map(move |place| {
                let mut dealt = dealt.clone();
                dealt.insert(place, *first);
                dealt
            })
        };
        dealings(rest).into_iter().flat_map(insert).collect()
    }

    #[test]
    fn mean_and_deviation_of_all_dealings_are_those_of_the_formula() {
        // A path of five with a knot, and an agent nobody is linked to.
        let links = [
            vec![1, 2],
            vec![0, 2],
            vec![0, 1, 3],
            vec![2, 4],
            vec![3],
            vec![],
        ];
        let dealt = dealings(&[1, 1, 3, 4, 7, 6]);
        assert_eq!(dealt.len(), 720);
        let of = |scores: &Vec<u8>| {
            let scores: Vec<Option<u8>> = scores.iter().copied().map(Some).collect();
            Consensus::of(&scores, &links).moran.unwrap()
        };
        let values: Vec<f64> = dealt
            .iter()
            .map(|scores| f64::from(of(scores).value))
            .collect();
        let mean = values.iter().sum::<f64>() / 720.0;
        let square = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / 720.0;
        let told = of(&dealt[0]);
        assert!(
            (mean - f64::from(told.expected)).abs() < 1e-6,
            "{mean} {told:?}"
        );
        let deviation = f64::from(told.deviation.unwrap());
        assert!(
            (square.sqrt() - deviation).abs() < 1e-6,
            "{square} {told:?}"
        );
    }
}
