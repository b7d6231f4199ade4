//! Suites of held-out prompts answered by a model and scored by the judge, with intervals.
//!
//! Imports `world`, `society` and `model`. The reports are plain data (the page reads them); the
//! runner sits behind the feature `engine`.

pub mod report;

pub use report::{Estimate, EvaluationConfig, Example, SuiteResult, WhichModel};
