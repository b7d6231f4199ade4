//! The losses, as pure functions of log-probabilities and scores.
//!
//! A loss looks at one question: its answers as the model finds them ([`Answer`]), and gives what
//! they come to with its slopes by hand ([`Outcome`]), on the host and in f64. That is all there is
//! of it: a device multiplies the slopes with its log-probabilities and differentiates the sum
//! ([`tensor`]), which is the same gradient, so no loss is written twice and each can be held
//! against finite differences and against PyTorch without a model. The exception is SA-CPO, whose slopes, with
//! those of imitation, a graphics card finds by itself (`gpu::contrast`), so that a step need not wait for the host;
//! a test of the trainer holds the two together.
//!
//! Which answers of a question are looked at is the business of [`super::batch`].

mod answer;
mod contrast;
mod imitation;
mod policy;
mod preference;
#[cfg(feature = "engine")]
pub mod tensor;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Outcome, Slope, Unit, best_of};
pub use contrast::{Clamp, Contrast, Flow, Ranks};
pub use policy::{Leash, advantages, reward_model};
pub use preference::Prospect;

use super::config::{ObjectiveKind, TrainingConfig};

/// How far a policy gradient pushes a token in one go, as its authors have it.
const POLICY_CLIP: f64 = 0.2;

/// A loss with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// Imitation of every answer.
    SupervisedAll,
    /// Imitation of the best answer.
    SupervisedBest,
    /// Stable Alignment's contrast.
    SaCpo(Contrast),
    /// Direct preference optimisation.
    Dpo {
        /// How far the model may leave the reference.
        beta: f64,
    },
    /// Identity preference optimisation.
    Ipo {
        /// How far the model may leave the reference.
        beta: f64,
    },
    /// Ranking by mean log-probability, and imitation of the best.
    Rrhf,
    /// Sequence likelihood calibration.
    Slic {
        /// Nats asked for between the better and the worse answer.
        margin: f64,
        /// Weight of imitation.
        weight: f64,
    },
    /// Imitation and an odds ratio, without a reference.
    Orpo {
        /// Weight of the odds ratio.
        weight: f64,
    },
    /// Preference by mean log-probability, without a reference.
    SimPo {
        /// Scale of the difference.
        beta: f64,
        /// What it should exceed, on that scale.
        gamma: f64,
    },
    /// Answers judged one by one against the reference.
    Kto(Prospect),
    /// Imitation of the best, and no token of the worse.
    Unlikelihood {
        /// Weight of the worse answers.
        weight: f64,
    },
    /// Towards a reward, on a leash.
    PolicyGradient(Leash),
}

impl Objective {
    /// The loss a configuration asks for.
    pub fn of(config: &TrainingConfig) -> Self {
        let (margin, weight) = (f64::from(config.margin), f64::from(config.hinge_weight));
        let beta = f64::from(config.beta);
        match config.objective {
            ObjectiveKind::SupervisedBest | ObjectiveKind::SupervisedSampled => {
                Objective::SupervisedBest
            }
            ObjectiveKind::SupervisedAll | ObjectiveKind::Hindsight => Objective::SupervisedAll,
            ObjectiveKind::SaCpo | ObjectiveKind::SaCpoAnchored => Objective::SaCpo(Contrast {
                margin,
                weight,
                scale: f64::from(config.rating_scale),
                clamp: config.clamp,
                flow: config.flow,
                ranks: config.ranks,
            }),
            ObjectiveKind::Dpo => Objective::Dpo { beta },
            ObjectiveKind::Ipo => Objective::Ipo { beta },
            ObjectiveKind::Rrhf => Objective::Rrhf,
            ObjectiveKind::Slic => Objective::Slic { margin, weight },
            ObjectiveKind::Orpo => Objective::Orpo { weight },
            ObjectiveKind::SimPo => Objective::SimPo {
                beta,
                gamma: f64::from(config.gamma),
            },
            ObjectiveKind::Kto => Objective::Kto(Prospect {
                beta,
                desirable: 1.0,
                undesirable: f64::from(config.undesirable),
                threshold: f64::from(config.desirable_from),
                reference_point: 0.0,
            }),
            ObjectiveKind::Unlikelihood => Objective::Unlikelihood { weight },
            ObjectiveKind::PolicyGradient => Objective::PolicyGradient(Leash {
                clip: POLICY_CLIP,
                kl_weight: beta,
            }),
        }
    }

    /// What a question's answers come to. Nothing comes of nothing.
    pub fn outcome(&self, answers: &[Answer]) -> Outcome {
        match self {
            Objective::SupervisedAll => imitation::supervised_all(answers),
            Objective::SupervisedBest => imitation::supervised_best(answers),
            Objective::SaCpo(contrast) => contrast.outcome(answers),
            Objective::Dpo { beta } => preference::dpo(*beta, answers),
            Objective::Ipo { beta } => preference::ipo(*beta, answers),
            Objective::Rrhf => preference::rrhf(answers),
            Objective::Slic { margin, weight } => preference::slic(*margin, *weight, answers),
            Objective::Orpo { weight } => preference::orpo(*weight, answers),
            Objective::SimPo { beta, gamma } => preference::simpo(*beta, *gamma, answers),
            Objective::Kto(prospect) => preference::kto(prospect, answers),
            Objective::Unlikelihood { weight } => imitation::unlikelihood(*weight, answers),
            Objective::PolicyGradient(leash) => policy::policy_gradient(leash, answers),
        }
    }

    /// Whether it compares with a reference model.
    pub fn needs_reference(&self) -> bool {
        match self {
            Objective::Dpo { .. } | Objective::Ipo { .. } | Objective::Kto(_) => true,
            Objective::PolicyGradient(leash) => leash.kl_weight > 0.0,
            _ => false,
        }
    }

    /// In which unit of log-probability it looks at an answer.
    pub fn unit(&self) -> Unit {
        match self {
            Objective::SupervisedAll
            | Objective::SupervisedBest
            | Objective::SaCpo(_)
            | Objective::Rrhf
            | Objective::Orpo { .. }
            | Objective::SimPo { .. } => Unit::Mean,
            Objective::Dpo { .. }
            | Objective::Ipo { .. }
            | Objective::Slic { .. }
            | Objective::Kto(_) => Unit::Sum,
            Objective::Unlikelihood { .. } | Objective::PolicyGradient(_) => Unit::Token,
        }
    }
}
