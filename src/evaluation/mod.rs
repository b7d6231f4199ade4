//! Suites of held-out prompts answered by a model and scored by the judge, with intervals.
//!
//! Imports `world`, `society` and `model`. The reports, the scores and their intervals are plain
//! data (the page reads them); the runner sits behind the feature `engine`.

pub mod interval;
pub mod report;
#[cfg(feature = "engine")]
pub mod runner;
pub mod scores;

pub use report::{Estimate, EvaluationConfig, Example, SuiteResult, WhichModel};
#[cfg(feature = "engine")]
pub use runner::Evaluation;
