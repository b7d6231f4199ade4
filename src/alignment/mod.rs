//! Learning from the record: data sets made of interactions, objectives over log-probabilities,
//! and the trainer.
//!
//! Imports `world`, `society`, `model` and `gpu`. Whatever needs burn sits behind the feature
//! `engine`, so that the page can read configurations and metrics without it.

pub mod config;
pub mod data;
pub mod metrics;

pub use config::{ObjectiveKind, OutOfRange, ScoreKind, TrainingConfig};
pub use metrics::TrainingMetrics;
