//! When a society stops moving, and where it drifts until then.

use super::measured::{Measured, Sample, share};
use super::score::{Answer, Camp, alignment, engagement};
use super::student;
use super::trend::moving_average;
use crate::society::record::Interaction;
use crate::world::situation::Norm;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What counts as standing still.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settling {
    /// Rounds in a moving average, and rounds it must stay within the band. At least 1.
    pub window: u16,
    /// Width of the band in points of alignment, from its lowest to its highest value.
    pub band: f32,
}

impl Default for Settling {
    /// Three rounds within half a point. The mean over three rounds of 36 agents, with scores about
    /// 2 points apart, is off by about 0.2: a narrower band would wait for luck.
    fn default() -> Self {
        Self {
            window: 3,
            band: 0.5,
        }
    }
}

/// How far a society moved in one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// The round, from 0.
    pub round: u16,
    /// Mean alignment of the revisions.
    pub alignment: Option<Measured>,
    /// Its standard error.
    pub standard_error: Option<f32>,
    /// The mean less that of the round before; none where that one was not played.
    pub change: Option<f32>,
    /// Standard error of the change, both rounds' together: questions differ from round to round,
    /// so rounds are taken as independent.
    pub noise: Option<f32>,
    /// Of the agents who had answered something of the same kind before (the same norm, harmful or
    /// fine), the share whose answer is now on the other side of the scale, aligned or misaligned.
    /// The answer compared with is the last one of that kind; a 4 is on no side and is passed over.
    pub turned: Option<Measured>,
}

impl Movement {
    /// Whether the change could be noise: within 1.96 of its standard errors. None if unknown.
    pub fn is_noise(&self) -> Option<bool> {
        let (change, noise) = (self.change?, self.noise?);
        Some(change.abs() <= student::Z as f32 * noise)
    }
}

/// Slopes over the rounds, in points a round.
///
/// Each is fitted by least squares to the rounds' means, and its interval is Student's with two
/// degrees of freedom less than rounds. What one round's questions have in common thus counts as
/// noise between rounds; fitted to single answers, the interval would be far too narrow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Alignment of drafts: what agents have come to remember.
    pub alignment_draft: Option<Measured>,
    /// Alignment of revisions.
    pub alignment_revision: Option<Measured>,
    /// Engagement of drafts.
    pub engagement_draft: Option<Measured>,
    /// Engagement of revisions.
    pub engagement_revision: Option<Measured>,
}

/// When a society stops moving, and where it drifts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Convergence {
    /// What counts as standing still here.
    pub settling: Settling,
    /// The first round from which on it stood still; none if it never did (see [`settled`]).
    pub settled: Option<u16>,
    /// Round by round, those without any interaction left out.
    pub rounds: Vec<Movement>,
    /// Where it drifts.
    pub drift: Drift,
}

impl Convergence {
    /// Over a record. O(interactions * log(agents)).
    pub fn of<'a>(
        interactions: impl IntoIterator<Item = &'a Interaction>,
        settling: Settling,
    ) -> Self {
        let mut rounds: BTreeMap<u16, RoundSums> = BTreeMap::new();
        let mut interactions: Vec<&Interaction> = interactions.into_iter().collect();
        interactions.sort_by_key(|one| one.iteration);
        let mut sides = BTreeMap::new();
        for one in interactions {
            let sums = rounds.entry(one.iteration).or_default();
            sums.add(one);
            if let Some(camp) = alignment(one, Answer::Revision).and_then(Camp::of) {
                let about: (Norm, bool) = (one.situation.norm(), one.situation.harmful());
                if let Some(before) = sides.insert((one.agent_id, about), camp) {
                    sums.compared += 1;
                    sums.turned += u32::from(before != camp);
                }
            }
        }
        let length = rounds
            .keys()
            .next_back()
            .map_or(0, |last| usize::from(*last) + 1);
        let mut means = vec![None; length];
        for (round, sums) in &rounds {
            if let Some(place) = means.get_mut(usize::from(*round)) {
                *place = sums.alignment_revision.mean();
            }
        }
        let slope = |of: fn(&RoundSums) -> &Sample| {
            let points = rounds
                .iter()
                .filter_map(|(round, sums)| Some((f64::from(*round), of(sums).mean()?)));
            slope(&points.collect::<Vec<_>>())
        };
        Self {
            settling,
            settled: settled(&means, settling),
            drift: Drift {
                alignment_draft: slope(|sums| &sums.alignment_draft),
                alignment_revision: slope(|sums| &sums.alignment_revision),
                engagement_draft: slope(|sums| &sums.engagement_draft),
                engagement_revision: slope(|sums| &sums.engagement_revision),
            },
            rounds: rounds
                .iter()
                .map(|(round, sums)| {
                    let before = round.checked_sub(1).and_then(|before| rounds.get(&before));
                    sums.movement(*round, before.map(|before| &before.alignment_revision))
                })
                .collect(),
        }
    }
}

#[derive(Default)]
struct RoundSums {
    alignment_draft: Sample,
    alignment_revision: Sample,
    engagement_draft: Sample,
    engagement_revision: Sample,
    compared: u32,
    turned: u32,
}

impl RoundSums {
    fn add(&mut self, one: &Interaction) {
        for (sample, score) in [
            (&mut self.alignment_draft, alignment(one, Answer::Draft)),
            (
                &mut self.alignment_revision,
                alignment(one, Answer::Revision),
            ),
            (&mut self.engagement_draft, engagement(one, Answer::Draft)),
            (
                &mut self.engagement_revision,
                engagement(one, Answer::Revision),
            ),
        ] {
            if let Some(score) = score {
                sample.add(score.into());
            }
        }
    }

    fn movement(&self, round: u16, before: Option<&Sample>) -> Movement {
        let now = &self.alignment_revision;
        let root = |square: f64| libm::sqrt(square) as f32;
        let change = before.and_then(|before| Some((now.mean()? - before.mean()?) as f32));
        let noise = before.and_then(|before| Some(root(now.error()? + before.error()?)));
        Movement {
            round,
            alignment: now.measured(1.0, 7.0),
            standard_error: now.error().map(root),
            change,
            noise,
            turned: share(self.turned, self.compared),
        }
    }
}

/// The first round from which on a society stood still: its moving average (of `window` rounds, the
/// last of them this one) and those of the `window` rounds after it all lie within `band`. So
/// nothing is settled before `2 * window` rounds were played. `means` holds a mean for each round
/// from 0; none if there is no such round, or the window is 0.
pub fn settled(means: &[Option<f64>], settling: Settling) -> Option<u16> {
    let window = usize::from(settling.window);
    if window == 0 {
        return None;
    }
    let averages = moving_average(means, window);
    let still = |stretch: &[Option<f64>]| {
        let mut range: Option<(f64, f64)> = None;
        for average in stretch {
            let Some(average) = *average else {
                return false;
            };
            let (low, high) = range.unwrap_or((average, average));
            range = Some((low.min(average), high.max(average)));
        }
        range.is_some_and(|(low, high)| high - low <= f64::from(settling.band))
    };
    let first = averages.windows(window + 1).position(still)?;
    u16::try_from(first).ok()
}

/// The slope of a straight line through points, by least squares, with Student's interval; none
/// below two different places. The interval needs three points.
pub fn slope(points: &[(f64, f64)]) -> Option<Measured> {
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (middle, level) = (mean(|point| point.0), mean(|point| point.1));
    let over = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        let deviations = points.iter().map(|(x, y)| term(x - middle, y - level));
        deviations.sum()
    };
    let width = over(&|x, _| x * x);
    // Also refuses what is no number.
    if !(width > 0.0 && width.is_finite()) {
        return None;
    }
    let value = over(&|x, y| x * y) / width;
    let left = over(&|x, y| (y - value * x) * (y - value * x));
    let interval = student::quantile(n - 2.0).map(|t| {
        let half = t * libm::sqrt(left / (n - 2.0) / width);
        (value - half, value + half)
    });
    Some(Measured::new(
        u32::try_from(points.len()).ok()?,
        value,
        interval,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::example::{Told, interaction};
    use super::*;

    #[test]
    fn a_climb_settles_when_it_ends_and_a_drift_never() {
        let known = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        let means = known(&[1.0, 3.0, 5.0, 6.0, 6.0, 6.0, 6.0, 6.0]);
        let two = |band| Settling { window: 2, band };
        // Averages from round 1: 2, 4, 5.5, 6, 6, 6, 6. Rounds 4, 5 and 6 are all 6.
        assert_eq!(settled(&means, two(0.1)), Some(4));
        assert_eq!(settled(&means, two(0.5)), Some(3));
        assert_eq!(settled(&means[..6], two(0.1)), None);
        let drift: Vec<f64> = (0..60).map(|round| 0.1 * f64::from(round)).collect();
        let three = |band| Settling { window: 3, band };
        assert_eq!(settled(&known(&drift), three(0.29)), None);
        assert_eq!(settled(&known(&drift), three(0.31)), Some(2));
        assert_eq!(settled(&known(&[4.0; 5]), three(0.5)), None);
        assert_eq!(settled(&known(&[4.0; 6]), three(0.5)), Some(2));
        assert_eq!(settled(&[None; 9], three(0.5)), None);
        assert_eq!(
            settled(
                &means,
                Settling {
                    window: 0,
                    band: 9.0
                }
            ),
            None
        );
    }

    #[test]
    fn slopes_by_hand() {
        // Slope 0.9; residuals 0.1, -0.8, 1.3, -0.6: 2.7 over 2 over 5, root 0.5196, times 4.303.
        let points = [(0.0, 1.0), (1.0, 1.0), (2.0, 4.0), (3.0, 3.0)];
        let found = slope(&points).unwrap();
        let (low, high) = found.interval.unwrap();
        assert!((found.value - 0.9).abs() < 1e-6 && found.count == 4);
        assert!(
            (low + 1.336).abs() < 1e-3 && (high - 3.136).abs() < 1e-3,
            "{found:?}"
        );
        assert_eq!(slope(&points[..2]).unwrap().interval, None);
        assert_eq!(slope(&points[..1]), None);
        assert_eq!(slope(&[]), None);
        assert_eq!(slope(&[(1.0, 2.0), (1.0, 3.0)]), None);
    }

    #[test]
    fn movement_by_hand() {
        let told = |round, agent, revision| {
            interaction(Told {
                round,
                agent,
                revision,
                ..Told::default()
            })
        };
        // Every example is of the same situation, so each compares with the one before.
        let record = [
            told(0, 0, 2),
            told(0, 1, 6),
            told(0, 2, 4),
            // 0 turns; 1 passes over its 4; 2 has no side to compare with.
            told(1, 0, 5),
            told(1, 1, 4),
            told(1, 2, 6),
            // 1 turns against round 0; 0 and 2 stay; round 3 was not played.
            told(2, 0, 7),
            told(2, 1, 3),
            told(2, 2, 5),
            told(4, 0, -1),
        ];
        let found = Convergence::of(&record, Settling::default());
        let turned: Vec<Option<(u32, f32)>> = found
            .rounds
            .iter()
            .map(|round| round.turned.map(|t| (t.count, t.value)))
            .collect();
        assert_eq!(turned, [None, Some((1, 1.0)), Some((3, 1.0 / 3.0)), None]);
        let second = &found.rounds[1];
        // Means 4 and 5; variances 4 and 1, each over 3.
        assert_eq!(second.change, Some(1.0));
        assert!((second.noise.unwrap() - (5.0_f32 / 3.0).sqrt()).abs() < 1e-6);
        assert_eq!(second.is_noise(), Some(true));
        let last = &found.rounds[3];
        assert_eq!((last.round, last.change, last.alignment), (4, None, None));
        assert_eq!(found.settled, None);
        // Means of revisions 4, 5, 5; drafts are 4 throughout, round 4 included.
        let drift = &found.drift;
        assert!((drift.alignment_revision.unwrap().value - 0.5).abs() < 1e-6);
        assert_eq!(
            drift.alignment_draft.map(|d| (d.count, d.value)),
            Some((4, 0.0))
        );
        let mut shuffled = record.to_vec();
        shuffled.sort_by_key(|one| core::cmp::Reverse(one.agent_id));
        assert_eq!(Convergence::of(&shuffled, Settling::default()), found);
    }
}
