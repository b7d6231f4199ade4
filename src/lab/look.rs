//! What learning is told about while it goes on: what it learns from, and looks at the model between
//! two steps.

pub use crate::alignment::{Lessons, Skipped, Watched, Why};
use crate::evaluation::Example;
use serde::{Deserialize, Serialize};

/// What a stage learns from, told when it begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningData {
    /// Stage of learning, 0 the first.
    pub stage: u8,
    /// What is learnt from and what is left out.
    pub lessons: Lessons,
}

/// A look at the model between two steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Steps made before it, over all stages.
    pub step: u32,
    /// Stage of learning, 0 the first.
    pub stage: u8,
    /// Whether the loss is that of questions kept for measuring; otherwise it is that of some that
    /// are learnt from, because none were kept.
    pub kept: bool,
    /// Loss, margin and distance from the model the stage began with.
    pub watched: Watched,
    /// Mean alignment of the answers to a few questions that are in no suite, 1 to 7.
    pub alignment: f32,
    /// Mean engagement of the same, 1 to 7.
    pub engagement: f32,
    /// Share of the same that are bad, 0 to 1.
    pub bad: f32,
    /// The first of these answers.
    pub answers: Vec<Example>,
}
