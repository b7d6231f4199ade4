//! What learning tells the world: each optimiser step, what is learnt from, and how the model does
//! on questions kept for measuring.

use serde::{Deserialize, Serialize};

/// Figures of one optimiser step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingMetrics {
    /// 1 for the first step of a run, whichever stage it is in.
    pub step: u32,
    /// Stage of learning, 0 the first.
    pub stage: u8,
    /// Mean loss over the questions of the step, nats per token and hinge together.
    pub loss: f32,
    /// Mean token cross-entropy of the best candidates, nats.
    pub imitation: f32,
    /// Mean of `l_other - l_best`, nats per token: how much likelier the best answer already is.
    pub margin: f32,
    /// Share of (best, other) pairs whose asked-for margin is not met yet, 0 to 1.
    pub active: f32,
    /// Global gradient norm before clipping.
    pub gradient_norm: f32,
    /// Learning rate of this step.
    pub learning_rate: f32,
    /// Tokens (padding excluded) that went forward and backward.
    pub tokens: u32,
    /// Mean reward of the model's own answers, as the reward model has it, where one is learnt.
    pub reward: Option<f32>,
}

/// What a model makes of some answers, beside the model that training began with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    /// Mean loss of the objective that is being learnt with.
    pub loss: f32,
    /// Mean token cross-entropy of the best answers, nats.
    pub imitation: f32,
    /// How much likelier a token of the best answer is than one of another, nats.
    pub margin: f32,
    /// Mean divergence from the model that training began with, nats a token: of the next word, at
    /// every place of the best answers.
    pub divergence: f32,
}

/// Why a question is not learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// It has as many answers as that, and another number of scores.
    Uneven {
        /// Answers.
        responses: u32,
        /// Scores.
        scores: u32,
    },
    /// A score is no finite number.
    BadScore,
    /// The question has no words.
    Empty,
    /// With an answer it has more tokens than the model can look at.
    TooLong {
        /// Tokens of question, answer and end mark.
        length: u32,
        /// Tokens the model can look at.
        context: u32,
    },
    /// The objective compares answers, and there is one only.
    OneAnswer,
    /// The objective compares answers, and all are equally good.
    EquallyGood,
}

/// A question that is not learnt from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// The model prompt.
    pub query: String,
    /// Why.
    pub why: Why,
}

/// What a stage learns from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lessons {
    /// Questions learnt from.
    pub learnt: u32,
    /// Of these, questions with nothing to compare, whose best answer is only imitated.
    pub imitated: u32,
    /// Questions kept for measuring.
    pub kept: u32,
    /// Questions that are not learnt from.
    pub left_out: u32,
    /// The first of them.
    pub skipped: Vec<Skipped>,
}
