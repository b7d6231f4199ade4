//! The losses, as pure functions of mean response cross-entropies and scores.
//!
//! For one question with candidates `i`, `l_i` is the mean cross-entropy (nats a token) over the
//! tokens of answer `i` alone and `r_i` its score; `best` is the first candidate with the highest
//! score. With `n` candidates:
//!
//! `L = l_best + lambda / (n - 1) * sum_{i != best} max(0, l_best - l_i + (r_best - r_i) / scale * M)`
//!
//! Every pair has its own hinge; a question with one candidate is plain imitation. Which
//! candidates are looked at (the best known one and sampled others, or sampled ones only) is the
//! business of [`super::batch`].
//!
//! [`plain`] is the formula on the host in f64 with its gradient by hand: it makes the figures of
//! a step and holds [`tensor`], the formula the device differentiates, to account.

pub mod plain;
#[cfg(feature = "engine")]
pub mod tensor;

use super::config::{ObjectiveKind, TrainingConfig};

/// The numbers of the hinge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// M: nats a token asked for over the whole rating scale.
    pub margin: f64,
    /// Lambda: weight of the hinge.
    pub weight: f64,
    /// What score differences are divided by.
    pub scale: f64,
}

/// A loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// `l_best` alone.
    Supervised,
    /// `l_best` and the hinge.
    SaCpo(Contrast),
}

impl Objective {
    /// The loss a configuration asks for.
    pub fn of(config: &TrainingConfig) -> Self {
        match config.objective {
            ObjectiveKind::SupervisedBest => Objective::Supervised,
            ObjectiveKind::SaCpo | ObjectiveKind::SaCpoAnchored => Objective::SaCpo(Contrast {
                margin: f64::from(config.margin),
                weight: f64::from(config.hinge_weight),
                scale: f64::from(config.rating_scale),
            }),
        }
    }

    /// How many nats a token the best answer should be ahead of another with `gap` points less.
    pub fn asked(&self, gap: f64) -> f64 {
        match self {
            Objective::Supervised => 0.0,
            Objective::SaCpo(contrast) => gap / contrast.scale * contrast.margin,
        }
    }

    /// Weight of the hinge, 0 without one.
    pub fn weight(&self) -> f64 {
        match self {
            Objective::Supervised => 0.0,
            Objective::SaCpo(contrast) => contrast.weight,
        }
    }
}

/// Place of the best score: the first one, if several are equal.
pub fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}
