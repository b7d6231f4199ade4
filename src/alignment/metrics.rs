//! What one optimiser step tells the world.

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
}
