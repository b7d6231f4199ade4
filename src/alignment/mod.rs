//! Learning from the record: data sets made of interactions, objectives over log-probabilities,
//! and the trainer.
//!
//! Imports `world`, `society`, `model`, `cpu` and `gpu`. Whatever needs burn sits behind the feature
//! `engine`, so that the page can read configurations and metrics without it.
//!
//! From data to weights: [`data`] makes question groups of the record; [`batch`] picks questions
//! and candidates and turns them into token arrays; [`objective`] turns mean cross-entropies into
//! a loss; [`optimizer`] and [`schedule`] turn gradients into steps; [`trainer`] runs them one
//! micro-batch at a time. [`pretrain`] is the same machinery over the village's own documents.

pub mod config;
pub mod data;
pub mod error;
pub mod metrics;
pub mod objective;
pub mod schedule;

#[cfg(feature = "engine")]
pub mod batch;
#[cfg(feature = "engine")]
mod groups;
#[cfg(feature = "engine")]
mod learning;
#[cfg(feature = "engine")]
pub mod lessons;
#[cfg(feature = "engine")]
pub mod muon;
#[cfg(feature = "engine")]
pub mod optimizer;
#[cfg(feature = "engine")]
pub mod passes;
#[cfg(feature = "engine")]
pub mod pretrain;
#[cfg(feature = "engine")]
mod reference;
#[cfg(feature = "engine")]
mod reward;
#[cfg(feature = "engine")]
mod rollout;
#[cfg(feature = "engine")]
pub mod trainer;
#[cfg(feature = "engine")]
pub mod watch;

#[cfg(all(test, feature = "cli"))]
mod tests;

pub use config::{ObjectiveKind, ScoreKind, TrainingConfig};
pub use error::AlignmentError;
pub use metrics::{Lessons, Skipped, TrainingMetrics, Watched, Why};
