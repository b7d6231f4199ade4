//! Everything that can stop learning, worded for the person who pressed Run.

use super::metrics::{Skipped, Why};
use crate::model::ModelError;
use crate::society::OutOfRange;
use thiserror::Error;

/// Why training could not begin or go on.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum AlignmentError {
    /// A setting is out of range.
    #[error("a training setting is out of range: {0}")]
    Setting(#[from] OutOfRange),
    /// There is nothing to learn from.
    #[error(
        "the record holds no answers to learn from; let the society finish at least one interaction"
    )]
    NoData,
    /// There is something, and nothing of it can be learnt from.
    #[error("no question can be learnt from; the first, \"{}\": {}", .0.query, .0.why)]
    NothingFits(Skipped),
    /// A question group whose lists don't belong together.
    #[error(
        "the question \"{query}\" has {responses} answers and {scores} scores; it needs as many of one as of the other, and at least one"
    )]
    UnevenGroup {
        /// The model prompt.
        query: String,
        /// Answers it has.
        responses: usize,
        /// Scores it has.
        scores: usize,
    },
    /// A score nobody can rank by.
    #[error("the question \"{query}\" has an answer scored {score}, which is not a finite number")]
    BadScore {
        /// The model prompt.
        query: String,
        /// The score.
        score: f32,
    },
    /// A prompt without a single token.
    #[error("a question is empty, so there is nothing its answer could follow")]
    EmptyQuery,
    /// Question, answer and end mark do not fit the model's context.
    #[error(
        "the question \"{query}\" with its answer has {length} tokens, but the model's context holds {context}; \
         cutting it would teach half an answer"
    )]
    TooLong {
        /// The model prompt.
        query: String,
        /// Tokens of question, answer and end mark.
        length: usize,
        /// Tokens the model can look at.
        context: usize,
    },
    /// The loss or its gradient left the numbers.
    #[error(
        "training step {step} gave {what} that is not a finite number; the weights are as they were after step {kept}. \
         A lower learning rate or a lower gradient clip usually helps"
    )]
    NonFinite {
        /// 1 for the first step.
        step: u32,
        /// The step before it.
        kept: u32,
        /// "a loss" or "a gradient".
        what: &'static str,
    },
    /// A checkpoint that belongs to something else.
    #[error("the training checkpoint does not fit this run: {0}")]
    Checkpoint(String),
    /// The model could not compute.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl std::fmt::Display for Why {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Uneven { responses, scores } => {
                write!(out, "it has {responses} answers and {scores} scores")
            }
            Why::BadScore => out.write_str("a score is not a finite number"),
            Why::Empty => out.write_str("it has no words"),
            Why::TooLong { length, context } => write!(
                out,
                "with its answer it has {length} tokens, and the model looks at {context}"
            ),
            Why::OneAnswer => {
                out.write_str("it has one answer, and this objective only compares answers")
            }
            Why::EquallyGood => out.write_str(
                "all its answers are equally good, and this objective only compares answers",
            ),
        }
    }
}
