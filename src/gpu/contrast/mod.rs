//! SA-CPO's reduction over the answers to each question: from log-probabilities to the slopes by them, without the
//! host's having a look in between, so that a training step is one piece of work.
//!
//! The formula is `alignment::objective::Contrast`'s, there in double precision for what is told to people. Here are only
//! its slopes, in single precision: a pair within a rounding of what is asked of it may push in the one and not in the
//! other. Imitation is the same without pairs.

mod kernel;
#[cfg(all(test, feature = "cli"))]
mod tests;

pub use kernel::contrast;

/// Which pairs of the best answer with another push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushing {
    /// Each that falls short.
    EachPair,
    /// All, where they fall short together.
    Together,
    /// The one that falls short most, the first of several.
    Furthest,
}

/// How slopes come of log-probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Which pairs push.
    pub pushing: Pushing,
    /// With how much they push together; 0 where there are no pairs to look at.
    pub weight: f32,
    /// What a question counts among those of its step.
    pub share: f32,
}

/// An answer, as far as it is known before the network has read it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Its tokens, whose log-probabilities follow those of the answer before it; at least one.
    pub tokens: usize,
    /// The slope by its mean log-probability whatever that is.
    pub own: f32,
    /// By how many nats a token the best answer should be ahead of it.
    pub asked: f32,
}

/// The answers to one question, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Place of the best answer.
    pub best: usize,
    /// All of them.
    pub answers: Vec<Answer>,
}
