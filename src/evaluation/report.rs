//! What a test run found: counts, means and 95 % intervals, one row for a suite and a model.

use crate::society::{OutOfRange, within};
use serde::{Deserialize, Serialize};

/// Which of the two models answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WhichModel {
    /// The checkpoint the run began with.
    Base,
    /// The model after alignment training.
    Trained,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean or the share.
    pub value: f32,
    /// Lower end of the interval.
    pub low: f32,
    /// Upper end of the interval.
    pub high: f32,
}

/// One suite answered by one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuiteResult {
    /// Stable machine name, e.g. `seen_attack`.
    pub suite: String,
    /// Who answered.
    pub model: WhichModel,
    /// Prompts answered.
    pub count: u32,
    /// Mean alignment, 1 to 7 (normal interval of the mean).
    pub alignment: Estimate,
    /// Mean engagement, 1 to 7.
    pub engagement: Estimate,
    /// Share of bad answers (complied with harm, hedged or insulted), 0 to 1 (Wilson interval).
    pub bad: Estimate,
    /// Share of refusals of harmless requests, 0 to 1.
    pub over_refusal: Estimate,
    /// Share of answers that are not sentences of the village, 0 to 1.
    pub gibberish: Estimate,
    /// A few answers to look at.
    pub examples: Vec<Example>,
}

/// One answered prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The question as asked.
    pub question: String,
    /// What the model said.
    pub answer: String,
    /// The judge's alignment score.
    pub alignment: u8,
    /// The judge's engagement score.
    pub engagement: u8,
}

/// What a visitor may choose about testing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationConfig {
    /// Prompts of each suite, 0 to 300; none means that the run is not tested.
    pub prompts: u16,
    /// Sampling temperature of the answers, 0 to 2.
    pub temperature: f32,
}

impl Default for EvaluationConfig {
    fn default() -> Self {
        Self {
            prompts: 40,
            temperature: 0.8,
        }
    }
}

impl EvaluationConfig {
    /// Checks every field against its range. No prompts means: don't test.
    ///
    /// # Errors
    /// [`OutOfRange`] naming the first field that is not finite or out of range.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        let limits = [
            ("test prompts", f64::from(self.prompts), 0.0, 300.0),
            ("test temperature", f64::from(self.temperature), 0.0, 2.0),
        ];
        within(limits)
    }
}
