//! Stable Alignment's own objective, here called SA-CPO, in its three versions.
//!
//! For one question with answers `i`, `l_i` is minus the mean log-probability a token and `r_i` the
//! score; `best` is the first answer with the highest score. A pair (best, other) falls short by
//!
//! `d_i = l_best - l_i + (r_best - r_i) / scale * M`
//!
//! and the loss is `l_best + lambda * (what the pairs fall short by)`. The versions differ in that
//! last part, which is what [`Clamp`] and [`Ranks`] say.

use super::answer::{Answer, Outcome, best, best_of};
use super::imitation;
use serde::{Deserialize, Serialize};

/// Where what is more than enough is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clamp {
    /// `mean_i max(0, d_i)`: a pair that is far ahead pays for nobody.
    EachPair,
    /// `max(0, mean_i d_i)`, as published (defect 12): it may.
    TheMean,
}

/// How the pairs become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// All count alike.
    Mean,
    /// Only the one that falls short most (the authors' `max_flow`).
    Max,
}

/// Whose score stands in a pair's margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ranks {
    /// The other answer's own.
    Own,
    /// Of all scores from high to low, the one at the place where the other answer stands in the
    /// unsorted list (defect 1), every score cut to a whole number, as the released code does.
    ByPlace,
}

/// The numbers and versions of SA-CPO.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// M: nats a token asked for over the whole rating scale.
    pub margin: f64,
    /// Lambda: weight of the pairs.
    pub weight: f64,
    /// What score differences are divided by.
    pub scale: f64,
    /// Where what is more than enough is cut off.
    pub clamp: Clamp,
    /// How the pairs become one number.
    pub flow: Flow,
    /// Whose score stands in the margin.
    pub ranks: Ranks,
}

impl Contrast {
    /// Our version with the numbers of the authors' README.
    pub const CORRECTED: Self = Self {
        margin: 10.0,
        weight: 0.2,
        scale: 7.0,
        clamp: Clamp::EachPair,
        flow: Flow::Mean,
        ranks: Ranks::Own,
    };
    /// What the paper says.
    pub const PAPER: Self = Self {
        clamp: Clamp::TheMean,
        ..Self::CORRECTED
    };
    /// What the released code does.
    pub const OFFICIAL: Self = Self {
        ranks: Ranks::ByPlace,
        ..Self::PAPER
    };

    /// The loss of one question.
    pub fn outcome(&self, answers: &[Answer]) -> Outcome {
        let mut outcome = imitation::supervised_best(answers);
        let first = best(answers);
        let scores: Vec<f64> = answers.iter().map(|one| one.score).collect();
        let asked = self.asked(&scores);
        let others: Vec<usize> = (0..answers.len()).filter(|place| *place != first).collect();
        let short: Vec<f64> = others
            .iter()
            .map(|place| answers[*place].mean - answers[first].mean + asked[*place])
            .collect();
        for (place, short) in others.iter().zip(&short) {
            outcome.pair(&answers[first], &answers[*place], *short > 0.0);
        }
        let shares = self.shares(&short);
        for ((place, short), share) in others.iter().zip(&short).zip(shares) {
            let push = self.weight * share;
            outcome.loss += push * short;
            outcome.slopes[*place].by_mean += push;
            outcome.slopes[first].by_mean -= push;
        }
        outcome
    }

    /// With how much weight each pair counts, before lambda.
    fn shares(&self, short: &[f64]) -> Vec<f64> {
        let count = short.len().max(1) as f64;
        match (self.flow, self.clamp) {
            (Flow::Mean, Clamp::EachPair) => short
                .iter()
                .map(|short| if *short > 0.0 { 1.0 / count } else { 0.0 })
                .collect(),
            (Flow::Mean, Clamp::TheMean) => {
                let open = short.iter().sum::<f64>() > 0.0;
                vec![if open { 1.0 / count } else { 0.0 }; short.len()]
            }
            (Flow::Max, _) => {
                let mut most: Option<usize> = None;
                for (place, value) in short.iter().enumerate() {
                    if most.is_none_or(|most| *value > short[most]) {
                        most = Some(place);
                    }
                }
                let counts = |place: usize| most == Some(place) && short[place] > 0.0;
                (0..short.len())
                    .map(|place| if counts(place) { 1.0 } else { 0.0 })
                    .collect()
            }
        }
    }

    /// By how many nats a token the best answer should be ahead of each, which scores alone say. What stands there
    /// for the best itself means nothing.
    pub fn asked(&self, scores: &[f64]) -> Vec<f64> {
        let first = best_of(scores.iter().copied());
        let pairs = self.scores(scores);
        let best = pairs.get(first).map_or(0.0, |best| best.0);
        let others = pairs.iter().map(|other| other.1);
        others
            .map(|other| (best - other) / self.scale * self.margin)
            .collect()
    }

    /// Of every answer, its score as the best and as the other of a pair.
    fn scores(&self, scores: &[f64]) -> Vec<(f64, f64)> {
        match self.ranks {
            Ranks::Own => scores.iter().map(|one| (*one, *one)).collect(),
            Ranks::ByPlace => {
                let whole = scores.iter().map(|one| libm::trunc(*one));
                let whole: Vec<f64> = whole.collect();
                let mut sorted = whole.clone();
                sorted.sort_by(|one, other| other.total_cmp(one));
                whole.into_iter().zip(sorted).collect()
            }
        }
    }
}
